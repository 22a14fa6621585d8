//! The map of all pairs of weights: what is drawn and said of it is held against the accumulators, on
//! every engine, over types, shapes of groups, reduced ranges, odd rows and weights of 0.

use std::collections::BTreeMap;

use rampscope::arith::{Accumulator, Engine, Group, Lane, Linear, PairReach};
use rampscope::plot::{MapPointing, Mark, Role, Scene, pair_map_scene};
use rampscope::state::{Derived, Deriver, PairMap, State, describe::map as words, link};

const LAYERS: &[&str] = &[
    "",
    "output=5&w_scheme=affine",
    "output=0&reduce_range=1",
    "output=0&reduce_range=1&clamp=observer",
    "output=0&reduce_range=1&clamp=observer&x_scheme=symmetric",
    "output=1&reduce_weights=1&per_channel=1",
    "inputs=3&output=5",
    "inputs=1&output=0",
    "inputs=2&outputs=1&output=0&w=0.0:127_127",
    "inputs=5&outputs=1&output=0&x_zp=77&w=0.0:0_127_-128_-128_-128",
    "inputs=4&outputs=1&output=0&x_zp=0&w=0.0:127_100_-1_-128",
    "inputs=4&outputs=1&output=0&x_zp=255&w=0.0:127_127_-127_-127",
    // Pairs eight apart, where the lowest bytes meet the lowest weights.
    "outputs=1&output=0&inputs=17&w=0.0:-128_127_90_3_4_5_6_7_-128_127_90",
    // Rows of convolutions: three channels of four taps, and nine taps of one.
    "kernel=2x2&outputs=1&output=0&inputs=12&w=0.0:127_127_127_90_80_-128_-128_-128_9_70_80_90",
    "kernel=3x3&outputs=1&output=0&inputs=9&w=0.0:-128_127_-128_90_80_-128_70_-128_9",
    "kernel=1x3&outputs=1&output=0&inputs=3&w=0.0:127_126_125",
];

/// Calls with every state of the walk.
fn walk(mut each: impl FnMut(&str, &State, &Derived, &PairMap)) {
    let mut deriver = Deriver::default();
    for engine in Engine::ALL {
        for layer in LAYERS {
            let link = format!("#/lab?engine={}&{layer}", engine.key());
            let (state, problems) = link::read(&link);
            assert_eq!(problems, [], "{link}");
            let derived = deriver.derive(&state);
            each(&link, &state, &derived, &derived.pair_map(&state));
        }
    }
}

/// What an engine makes of two weights at two codes of a layer: the exact sum, and what it keeps.
fn kept(engine: Engine, layer: &Linear, weights: [i8; 2], codes: [u8; 2]) -> (i32, i32) {
    let bytes = codes.map(|code| engine.raw_byte(layer, code));
    let own = Accumulator { group: Group::NEIGHBOURS, ..engine.accumulator() };
    let exact = Accumulator { lane: Lane::Exact, ..own };
    (exact.accumulate(&bytes, &weights), own.accumulate(&bytes, &weights))
}

/// The codes that inputs can have.
fn codes(layer: &Linear) -> std::ops::RangeInclusive<u8> {
    let code = |code: i32| u8::try_from(code).expect("a code of quint8");
    code(layer.activation_codes.qmin)..=code(layer.activation_codes.qmax)
}

/// Whether an engine loses anything of a pair where codes are ends of their range.
fn loses_at_ends(engine: Engine, layer: &Linear, weights: [i8; 2]) -> bool {
    let ends = [*codes(layer).start(), *codes(layer).end()];
    let mut corners = ends.iter().flat_map(|one| ends.map(|other| [*one, other]));
    corners.any(|codes| {
        let (exact, kept) = kept(engine, layer, weights, codes);
        exact != kept
    })
}

/// The numbers of a text, commas between thousands and signs read.
fn numbers(text: &str) -> Vec<i64> {
    let is_part = |c: char| c.is_ascii_digit() || c == ',' || c == '−';
    text.split(|c: char| !is_part(c))
        .filter_map(|part| part.trim_matches(',').replace(',', "").replace('−', "-").parse().ok())
        .collect()
}

#[test]
fn what_is_safe_is_safe_in_the_accumulator_and_counted_so() {
    let mut counts = BTreeMap::new();
    walk(|link, state, derived, map| {
        let (engine, layer) = (state.arithmetic.engine, &derived.layer);
        let said = words::shown(state, derived, map);
        if derived.unavailable.is_some() {
            assert!(said.contains("cannot run") && map.compares(), "{link}: {said}");
            return;
        }
        let is_of_pairs =
            matches!(engine.lane(), Lane::Saturate | Lane::Wrap | Lane::Acc16 | Lane::Product15);
        assert_eq!(map.has_bounds(), is_of_pairs, "{link}");
        if !is_of_pairs {
            assert!(!said.contains("65,536"), "{link}: {said}");
            return;
        }
        let count = counts.entry(format!("{:?}", map.reach)).or_insert_with(|| {
            let all = || i8::MIN..=i8::MAX;
            let mut safe = 0;
            for second in all() {
                for first in all() {
                    let loses = loses_at_ends(engine, layer, [first, second]);
                    assert_eq!(
                        map.reach.is_safe([first, second]),
                        !loses,
                        "{link} {first} {second}"
                    );
                    safe += i64::from(!loses);
                }
            }
            safe
        });
        assert_eq!(numbers(&said)[0], *count, "{link}: {said}");
    });
    // As the table of engines is: u8 with every code, with other zero points of shifted ones, and so on.
    assert!(counts.len() >= 10, "{:?}", counts.keys());
    assert_eq!(counts[&format!("{:?}", PairReach::PMADDUBSW)], 49_279);
}

#[test]
fn the_pairs_of_the_output_are_those_of_the_engine() {
    let mut said_of_pairs = BTreeMap::<String, usize>::new();
    walk(|link, state, derived, map| {
        let (engine, layer) = (derived.cursor.engine, &derived.layer);
        let row = layer.row(state.picture.output);
        let groups: Vec<Vec<usize>> =
            engine.accumulator_of(layer).group.of(row.len()).map(Iterator::collect).collect();
        assert_eq!(map.dots.len(), groups.len(), "{link}");
        for (dot, ks) in map.dots.iter().zip(&groups) {
            let second = ks.get(1).copied();
            assert_eq!(dot.ks, (ks[0], second), "{link}");
            assert_eq!(dot.weights, [row[ks[0]], second.map_or(0, |k| row[k])], "{link}");
        }
        let said = words::shown(state, derived, map);
        if !map.has_bounds() || derived.unavailable.is_some() {
            return;
        }
        let pairs: Vec<_> = map.dots.iter().filter(|dot| dot.ks.1.is_some()).collect();
        let is_safe = |dot: &&&rampscope::state::MapDot| !loses_at_ends(engine, layer, dot.weights);
        let safe = pairs.iter().filter(is_safe).count();
        let of_output = said.split_once("Output ").expect("it speaks of the output").1;
        let (_, of_pairs) = of_output.split_once(": ").expect("the output has its number");
        let (of_pairs, alone) = match of_pairs.split_once("; ") {
            Some((pairs, alone)) => (pairs, alone),
            None => (of_pairs.trim_end_matches('.'), ""),
        };
        let expected = match (pairs.len(), safe) {
            (0, _) => "no two products are added in 16 bits".to_string(),
            (1, 1) => "its one pair is safe".to_string(),
            (1, _) => "its one pair is not safe".to_string(),
            (2, 2) => "both pairs are safe".to_string(),
            (all, safe) if all == safe => format!("all {all} pairs are safe"),
            (all, 0) => format!("none of its {all} pairs is safe"),
            (all, 1) => format!("one of its {all} pairs is safe"),
            (all, safe) => format!("{safe} of its {all} pairs are safe"),
        };
        assert_eq!(of_pairs, expected, "{link}: {said}");
        let kind = match map.dots.len() - pairs.len() {
            0 => "",
            _ if pairs.is_empty() => "its weights stand alone",
            1 => "one weight stands alone",
            _ => "the others stand alone",
        };
        assert!(alone.starts_with(kind) && alone.is_empty() == kind.is_empty(), "{link}: {said}");
        *said_of_pairs.entry(format!("{kind}|{}", safe == pairs.len())).or_default() += 1;
    });
    assert!(said_of_pairs.len() >= 6, "{said_of_pairs:?}");
}

#[test]
fn a_cell_s_sentence_has_the_first_code_and_the_worst_inputs() {
    let cells: [[i8; 2]; 11] = [
        [0, 0],
        [127, 127],
        [-128, -128],
        [127, -128],
        [65, 64],
        [64, 64],
        [-64, -64],
        [-128, 0],
        [-1, -128],
        [127, 2],
        [100, 90],
    ];
    let (mut lost, mut up_to) = (0, 0);
    walk(|link, state, derived, map| {
        let (engine, layer) = (derived.cursor.engine, &derived.layer);
        let here = map.dots.iter().map(|dot| dot.weights);
        for weights in cells.into_iter().chain(here) {
            let said = words::cell(map, weights);
            let place = format!("{link}: {said}");
            let dots = map.dots.iter().filter(|dot| dot.weights == weights).count();
            assert_eq!(said.contains(" Here: "), dots > 0, "{place}");
            if !map.has_bounds() {
                let word = match engine.lane() {
                    Lane::Exact => "added in 32 bits",
                    Lane::HalfWeights => "halved",
                    _ => "one sum of 16 bits",
                };
                assert!(said.contains(word), "{place}");
                continue;
            }
            let off = |codes: [u8; 2]| {
                let (exact, kept) = kept(engine, layer, weights, codes);
                exact.abs_diff(kept)
            };
            let grid =
                || codes(layer).filter(|code| code % 15 == 0 || [127, 1, 254].contains(code));
            let all = || grid().chain([*codes(layer).end()]);
            let most = all().flat_map(|one| all().map(move |other| [one, other])).map(off).max();
            let equal = || codes(layer).filter(|&code| off([code, code]) > 0);
            let told = said.split_once(": ").expect("the weights come first").1;
            if told.starts_with("safe") {
                assert_eq!((most, equal().count()), (Some(0), 0), "{place}");
                let sums = all().flat_map(|one| all().map(move |other| [one, other]));
                let sums = sums.map(|codes| i64::from(kept(engine, layer, weights, codes).0));
                let (least, greatest) = (sums.clone().min(), sums.max());
                let [low, high] = numbers(told)[..2] else { panic!("{place}") };
                assert_eq!((Some(low), Some(high)), (least, greatest), "{place}");
                continue;
            }
            lost += 1;
            let (from, worst) = told.split_once(" At worst, ").expect("it says the worst");
            let code = numbers(from)[0];
            if from.contains("from code") {
                assert_eq!(equal().next().map(i64::from), Some(code), "{place}");
            } else {
                up_to += 1;
                assert_eq!(equal().next_back().map(i64::from), Some(code), "{place}");
            }
            let [x0, x1, exact, becomes] = numbers(worst)[..4] else { panic!("{place}") };
            let code = |code: i64| u8::try_from(code).expect("a code");
            let made = kept(engine, layer, weights, [code(x0), code(x1)]);
            assert_eq!((i64::from(made.0), i64::from(made.1)), (exact, becomes), "{place}");
            assert_eq!(most, Some(made.0.abs_diff(made.1)), "{place}");
        }
        let _ = state;
    });
    assert!(lost > 1000 && up_to > 10, "{lost} {up_to}");
}

#[test]
fn the_table_counts_what_it_names() {
    walk(|link, _, _, map| {
        let areas = words::areas(map);
        let count = |place: usize| numbers(&areas[place].1)[0];
        assert_eq!(count(0), i64::from(map.reach.safe_pairs()), "{link}");
        if !map.has_bounds() {
            return;
        }
        let is_lost = |area: &&(String, String, String)| {
            ["too", "wraps", "a product"].iter().any(|word| area.0.starts_with(word))
        };
        let lost: i64 = areas.iter().filter(is_lost).map(|area| numbers(&area.1)[0]).sum();
        assert_eq!(count(0) + lost, 65_536, "{link} {areas:?}");
        assert_eq!(numbers(&areas[areas.len() - 1].1), [128 * 128], "{link}");
    });
    let state = State::default();
    let map = Deriver::default().derive(&state).pair_map(&state);
    let counts: Vec<String> = words::areas(&map).into_iter().map(|area| area.1).collect();
    assert_eq!(counts, ["49,279", "8,001", "8,256", "32,513", "16,384"]);
}

/// The words in a picture.
fn texts(scene: &Scene) -> String {
    let lines = scene.frames[0].marks.iter().filter_map(|mark| match mark {
        Mark::Words { lines, .. } => Some(lines.join(" ")),
        _ => None,
    });
    lines.collect::<Vec<_>>().join("; ")
}

#[test]
fn the_picture_says_what_its_areas_are() {
    let picture = |link: &str, width| {
        let state = link::read(link).0;
        let derived = Deriver::default().derive(&state);
        pair_map_scene(&derived.pair_map(&state), MapPointing::default(), width)
    };
    let said = texts(&picture("#/lab", 560.0));
    for part in [
        "saturates above 32767",
        "saturates below −32768",
        "opposite signs: always safe",
        "A2Q stays within |w₀| + |w₁| ≤ 127",
        "7-bit weights",
        "from code 170 on",
        "k 0, 1",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let said = texts(&picture("#/lab", 300.0));
    assert!(!said.contains("from code") && said.contains("A2Q"), "{said}");
    let regions = |link: &str| {
        let scene = picture(link, 560.0);
        let marks = scene.frames[0].marks.iter();
        marks.filter(|mark| matches!(mark, Mark::Region { .. })).count()
    };
    assert_eq!(regions("#/lab"), 2);
    // Nothing is marked where nothing is lost.
    let safe = "#/lab?reduce_range=1&clamp=observer";
    assert_eq!(regions(safe), 0);
    assert!(texts(&picture(safe, 560.0)).contains("every pair is safe"));
    for engine in ["fbgemm_vnni", "onednn_half_scale"] {
        let link = format!("#/lab?engine={engine}");
        assert_eq!(regions(&link), 0);
        assert!(texts(&picture(&link, 560.0)).contains("saturates with vpmaddubsw"));
    }
    assert!(texts(&picture("#/lab?engine=onnx_runtime_neon", 560.0)).contains("only −128, −128"));
    let running = texts(&picture("#/lab?engine=running_16_bit", 560.0));
    assert!(!running.contains("satur") && !running.contains("A2Q"), "{running}");
}

#[test]
fn a_tensor_s_pairs_are_drawn_where_they_are_and_counted() {
    let place = |[w0, w1]: [i32; 2]| usize::try_from(256 * (w1 + 128) + w0 + 128).expect("a place");
    let mut counts = vec![0_u32; 1 << 16];
    counts[place([0, 0])] = 1000;
    counts[place([127, 127])] = 1;
    counts[place([-128, 127])] = 7;
    let map = PairMap::of_density(counts.clone().into()).expect("65,536 counts");
    let said = words::tensor(&map).expect("it is counted");
    assert!(said.starts_with("Of 1,008 pairs one is not safe: "), "{said}");
    assert_eq!(map.count([-128, 127]), Some(7));
    assert!(words::cell(&map, [127, 127]).ends_with("Once in this tensor."));
    assert!(words::cell(&map, [0, 0]).ends_with("1,000 times in this tensor."));
    assert!(words::cell(&map, [1, 0]).ends_with("Not in this tensor."));
    let scene = pair_map_scene(&map, MapPointing::default(), 560.0);
    let mut blocks = Vec::new();
    for mark in &scene.frames[0].marks {
        if let Mark::Blocks { blocks: some, role } = mark {
            blocks.extend(some.iter().map(|block| (*block, *role)));
        }
    }
    blocks.sort_by(|a, b| a.0.partial_cmp(&b.0).expect("numbers"));
    // So few are drawn larger than they are, within the map.
    let found: Vec<_> = blocks.iter().map(|(block, role)| (*block, *role)).collect();
    assert_eq!(
        found,
        [
            ([-128.5, 125.5, -126.5, 127.5], Role::Density(1)),
            ([-1.5, -1.5, 1.5, 1.5], Role::Density(4)),
            ([125.5, 125.5, 127.5, 127.5], Role::LostDensity(0)),
        ]
    );
    // As many as there can be are drawn coarser, none is left out.
    let noise = |place: usize| u32::try_from(place * 2_654_435_761 % 4099).expect("small");
    let all: Vec<u32> = (0..1 << 16).map(noise).collect();
    let map = PairMap::of_density(all.into()).expect("65,536 counts");
    let scene = pair_map_scene(&map, MapPointing::default(), 560.0);
    let count: usize = scene.frames[0]
        .marks
        .iter()
        .map(|mark| match mark {
            Mark::Blocks { blocks, .. } => blocks.len(),
            _ => 0,
        })
        .sum();
    assert!((100..=5000).contains(&count), "{count}");
    assert_eq!(PairMap::of_density(vec![1; 3].into()), None);
}
