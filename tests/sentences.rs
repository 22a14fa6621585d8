//! Sentences about numbers are true in every state: engine, direction, clamp, drawn quantity and
//! window are walked, and what is said is held against the oracle, one input vector at a time.

mod pair_sentences;

use rampscope::arith::{Engine, EngineOutput, Linear, quantize};
use rampscope::state::{
    Derived, Deriver, Direction, Extent, Overlay, Quantity, State, describe, link,
};

const LAYERS: &[&str] = &[
    "",
    "output=5",
    "output=0&reduce_range=1",
    "inputs=3&output=5",
    "outputs=1&output=0&x_scale=1&x_zp=0&w_scale=1&y_scale=254&y_zp=0&inputs=2&w=0.0:127_127",
    "outputs=1&output=0&x_scale=1&x_zp=77&w_scale=1&y_scale=99&y_zp=9&inputs=4&w=0.0:127_-100_127_66",
    "outputs=1&output=0&x_scale=1&x_zp=0&w_scale=1&y_scale=1&inputs=4&w=0.0:127_127_-127_-127",
    "output=2&bias=2:0.7&relu=1",
    "w_scheme=affine&output=1",
    "outputs=1&output=0&x_scale=1&x_zp=0&w_scale=1&y_scale=254000&y_zp=10&inputs=2&w=0.0:127_127",
    // Pairs eight apart, where the lowest bytes meet the lowest weights.
    "outputs=1&output=0&x_scale=1&x_zp=9&w_scale=1&y_scale=9000&y_zp=128&inputs=17&w=0.0:-128_127_90_3_4_5_6_7_-128_127_90",
    // Rows of convolutions: three channels of four taps, and nine taps of one.
    "kernel=2x2&outputs=1&output=0&x_scale=1&x_zp=7&w_scale=1&y_scale=900&y_zp=99&inputs=12&w=0.0:127_127_127_90_80_-128_-128_-128_9_70_80_90",
    "kernel=3x3&outputs=1&output=0&x_scale=1&x_zp=7&w_scale=1&y_scale=900&y_zp=99&inputs=9&w=0.0:-128_127_-128_90_80_-128_70_-128_9",
];
const DIRECTIONS: &[&str] = &["", "direction=one&dir_k=1&rest=3", "direction=vector&dir=0:2,1:-1"];
const CLAMPS: &[&str] = &["", "clamp=observer&reduce_range=1"];
const PLOTS: &[&str] = &["", "plot=accumulator"];
const WINDOWS: &[&str] = &[
    "",
    "from=0&to=1",
    "from=0&to=255",
    "zoom_from=-1&zoom_to=0.5",
    "from=-20&to=20&zoom_from=1&zoom_to=3",
];

/// Every state of the walk, as a link.
fn links() -> impl Iterator<Item = String> {
    let of = |engine: &'static Engine| {
        LAYERS.iter().flat_map(move |layer| {
            DIRECTIONS.iter().flat_map(move |direction| {
                CLAMPS.iter().flat_map(move |clamp| {
                    PLOTS.iter().flat_map(move |plot| {
                        WINDOWS.iter().map(move |window| {
                            let engine = format!("engine={}", engine.key());
                            let parts = [layer, direction, clamp, plot, window];
                            let parts = parts.into_iter().filter(|part| !part.is_empty());
                            let parts: Vec<&str> = parts.copied().collect();
                            format!("#/lab?{engine}&{}", parts.join("&"))
                        })
                    })
                })
            })
        })
    };
    Engine::ALL.iter().flat_map(of)
}

/// The codes of all inputs at a value of the sweep.
#[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
fn codes(state: &State, layer: &Linear, t: f64) -> Vec<u8> {
    (0..layer.inputs)
        .map(|k| {
            let (offset, factor) = state.motion(k);
            let x = offset + factor * t as f32;
            // A dynamic layer that runs quantizes by its own rule.
            let engine = state.arithmetic.engine;
            let code = match engine.dynamic().filter(|_| engine.unavailable(layer).is_none()) {
                Some(dynamic) => layer.activation_codes.clamp(dynamic.code(x, layer.input)),
                None => quantize(x, layer.input, layer.activation_codes),
            };
            u8::try_from(code).expect("a code of quint8")
        })
        .collect()
}

/// What is drawn: the chosen engine and the exact one at every place of the window.
#[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
fn drawn(state: &State, derived: &Derived) -> Vec<(f64, EngineOutput, EngineOutput)> {
    let (from, to) = state.window();
    let (from, to) = (f64::from(from), f64::from(to));
    let places = derived.sweep.at.iter().copied().filter(|at| from < *at && *at < to);
    // Along a vector the nearest place is drawn at an end.
    let ends = [from, to].map(|end| {
        if derived.sweep.is_by_code() {
            end
        } else {
            derived.sweep.at[derived.place_of(state, end as f32)]
        }
    });
    let at = |t: f64| {
        let x = codes(state, &derived.layer, t);
        let run = |engine: Engine| engine.run(&derived.layer, &x)[state.picture.output];
        (t, run(state.arithmetic.engine), run(Engine::FbgemmVnni))
    };
    let mut drawn: Vec<_> = places.chain(ends).map(at).collect();
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    drawn
}

/// The number after `up to` at one of some words for a side, as a sentence says it.
fn said(sentence: &str, sides: [&str; 2]) -> f64 {
    let words: Vec<&str> =
        sentence.split([' ', '.', ',', ';']).filter(|word| !word.is_empty()).collect();
    let Some(at) = words.iter().position(|word| sides.contains(word)) else { return 0.0 };
    let number = words[..at].iter().rev().find_map(|word| word.parse().ok());
    number.expect("a side has its number")
}

const BELOW: [&str; 2] = ["low", "below"];
const ABOVE: [&str; 2] = ["high", "above"];

/// What differs at a place, in what is drawn: output codes, or the accumulator.
fn off_at(state: &State, (_, chosen, exact): &(f64, EngineOutput, EngineOutput)) -> f64 {
    let is_accumulator =
        state.picture.plot == Quantity::Accumulator || state.arithmetic.engine.rescale().is_none();
    let codes = chosen.code.zip(exact.code).filter(|_| !is_accumulator);
    codes.map_or(f64::from(chosen.acc) - f64::from(exact.acc), |(chosen, exact)| {
        f64::from(chosen - exact)
    })
}

#[test]
fn a_summary_is_true_of_what_is_drawn() {
    let (mut states, mut off) = (0, 0);
    let mut deriver = Deriver::default();
    for link in links() {
        let (state, problems) = link::query(&link).apply(&State::default());
        assert_eq!(problems, [], "{link}");
        let derived = deriver.derive(&state);
        let sentence = describe::summary(&state, &derived);
        states += 1;
        if derived.unavailable.is_some() {
            assert!(sentence.ends_with("Only the exact ramp is drawn."), "{link}: {sentence}");
            continue;
        }
        let drawn = drawn(&state, &derived);
        let is_accumulator = state.picture.plot == Quantity::Accumulator
            || state.arithmetic.engine.rescale().is_none();
        let differences: Vec<f64> = drawn.iter().map(|one| off_at(&state, one)).collect();
        let below = differences.iter().fold(0.0_f64, |most, off| most.max(-off));
        let above = differences.iter().fold(0.0_f64, |most, off| most.max(*off));
        let what = || format!("{link}: {sentence}; {below} below, {above} above");
        // A sum and a rounding are told apart; they may take a ramp to two sides.
        let is_split = sentence.contains("Its sum takes it");
        if !is_split {
            let (_, end) = sentence.split_once(". ").unwrap_or_else(|| panic!("{}", what()));
            assert_eq!((said(end, BELOW), said(end, ABOVE)), (below, above), "{}", what());
        }
        // Of what differs the first place is named.
        let first = differences.iter().position(|off| *off != 0.0).map(|place| drawn[place].0);
        let firsts = ["First wrong output: ", "First wrong sum: ", "First output that differs: "];
        let named = firsts.iter().find_map(|first| sentence.split_once(first));
        assert_eq!(named.is_some(), first.is_some(), "{}", what());
        // Of the accumulator, where that is drawn; and only what a sum has lost is wrong.
        assert_eq!(sentence.contains(firsts[1]), is_accumulator && first.is_some(), "{}", what());
        if sentence.contains(firsts[0]) {
            let place = drawn.iter().find(|one| off_at(&state, one) != 0.0).expect("the first");
            assert_ne!(place.1.acc, place.2.acc, "{}", what());
        }
        if let Some(named) = named.and_then(|(_, named)| named.strip_prefix("input code ")) {
            let code: u8 = named[..named.find(',').expect("a place")].parse().expect("a code");
            let t = first.unwrap_or_else(|| panic!("{}", what()));
            let k =
                if state.sweep.direction == Direction::One { state.sweep.swept_input } else { 0 };
            assert_eq!(codes(&state, &derived.layer, t)[k], code, "{} {t}", what());
        }
        if sentence.contains("in its accumulator only") {
            assert_eq!(below + above, 0.0, "{}", what());
        }
        if below + above > 0.0 {
            off += 1;
            assert!(sentence.contains("up to"), "{}", what());
        }
        if sentence.contains("sum is exact") || sentence.contains("accumulator is the exact one") {
            assert!(drawn.iter().all(|(_, chosen, exact)| chosen.acc == exact.acc), "{}", what());
        }
        assert_eq!(
            sentence.contains("output code"),
            drawn[0].1.code.is_some()
                && !is_accumulator
                && (below + above > 0.0 || sentence.contains("Every output code is"))
                || sentence.contains("has no output code"),
            "{}",
            what()
        );
        // Between two kinks a ramp of codes is a line.
        if state.sweep.direction == Direction::All && sentence.contains("has no kink in this") {
            let (from, to) = derived.window(&state).into_inner();
            let acc = &derived.chosen(&state).curve().acc;
            let codes = derived.layer.activation_codes;
            let (from, to) = (from.max(codes.qmin as usize), to.min(codes.qmax as usize));
            let steps: Vec<i32> =
                acc[from..=to].windows(2).map(|w| w[1].wrapping_sub(w[0])).collect();
            // The last step to an end is that of a kink beyond it.
            let inner = steps.get(1..steps.len().saturating_sub(1)).unwrap_or_default();
            assert!(inner.windows(2).all(|step| step[0] == step[1]), "{}", what());
        }
        if sentence.contains("has no kink in this") {
            let kinks = &derived.chosen(&state).kinks;
            assert!(kinks.iter().all(|kink| !kink.is_drawn(&state)), "{}", what());
        }
        assert!(
            !sentence.contains("hidden by the output clamp")
                || state.picture.plot == Quantity::Output,
            "{}",
            what()
        );
    }
    assert!(states > 9000 && off > 1500, "{states} states, {off} of them off the exact ramp");
    println!("{states} states, {off} of them off the exact ramp");
}

/// What lies under a pointer is told of that place: its number, its value, and which way it is off.
#[test]
fn a_place_under_the_pointer_is_told_as_it_is() {
    let mut deriver = Deriver::default();
    let mut told = 0;
    for link in links().step_by(7) {
        let (state, _) = link::query(&link).apply(&State::default());
        let derived = deriver.derive(&state);
        let places = drawn(&state, &derived);
        for one in places.iter().step_by(11) {
            let sentence = describe::hover(&state, &derived, one.0);
            let what = || format!("{link}: {sentence}");
            let variable = match state.sweep.direction {
                Direction::All => "x = ".to_string(),
                Direction::One => format!("input {} = ", state.sweep.swept_input),
                Direction::Vector => "t = ".to_string(),
            };
            let (place, made) = sentence.split_once(" → ").expect("a place and what is made");
            assert!(place.contains(&variable), "{}", what());
            assert_eq!(place.starts_with("code "), derived.sweep.is_by_code(), "{}", what());
            if derived.unavailable.is_some() {
                continue;
            }
            let is_accumulator = state.picture.plot == Quantity::Accumulator
                || state.arithmetic.engine.rescale().is_none();
            assert_eq!(made.starts_with("accumulator "), is_accumulator, "{}", what());
            let off = off_at(&state, one);
            let (_, end) = made.rsplit_once(", ").expect("how far it is off");
            assert_eq!(end == "as exact", off == 0.0, "{}", what());
            if off != 0.0 {
                let side = if off < 0.0 { BELOW } else { ABOVE };
                assert!(end.starts_with(&format!("{} ", off.abs())), "{}", what());
                assert_eq!(said(end, side), off.abs(), "{}", what());
                let is_sum = end.ends_with("too low") || end.ends_with("too high");
                assert!(!is_sum || one.1.acc != one.2.acc, "{}", what());
                told += 1;
            }
        }
    }
    assert!(told > 500, "{told}");
}

/// The table of engines counts what is drawn, and on its side.
#[test]
fn engines_side_by_side_are_counted_in_what_is_drawn() {
    let mut deriver = Deriver::default();
    let mut lost = 0;
    for layer in LAYERS {
        for direction in DIRECTIONS {
            for plot in PLOTS {
                let link = format!("#/lab?{layer}&{direction}&{plot}").replace("&&", "&");
                let (state, _) = link::read(link.trim_end_matches('&'));
                let derived = deriver.derive(&state);
                let is_sums = state.picture.plot == Quantity::Accumulator;
                let head = describe::beside(&state);
                assert_eq!(head.contains("accumulator"), is_sums, "{link}: {head}");
                assert_eq!(head.contains("output codes"), !is_sums, "{link}: {head}");
                let from = derived.place_of(&state, state.sweep.from);
                let to = derived.place_of(&state, state.sweep.to);
                for view in derived.engines.iter() {
                    let Overlay::Engine(engine) = view.overlay else { continue };
                    if view.unavailable.is_some() {
                        continue;
                    }
                    let (mut below, mut above) = (0.0_f64, 0.0_f64);
                    for place in from..=to {
                        let x = if derived.sweep.is_equal() {
                            vec![u8::try_from(place).expect("a code"); derived.layer.inputs]
                        } else {
                            codes(&state, &derived.layer, derived.sweep.at[place])
                        };
                        let acc = |engine: Engine| {
                            f64::from(engine.run(&derived.layer, &x)[state.picture.output].acc)
                        };
                        let off = acc(engine) - acc(Engine::FbgemmVnni);
                        (below, above) = (below.max(-off), above.max(off));
                    }
                    let what = format!("{link}: {engine:?}");
                    assert_eq!(view.accumulator, Extent { below, above }, "{what}");
                    let cell = describe::wrong(view.accumulator);
                    assert_eq!((said(&cell, BELOW), said(&cell, ABOVE)), (below, above), "{what}");
                    assert_eq!(cell == "0", below + above == 0.0, "{what}: {cell}");
                    lost += usize::from(cell != "0");
                }
            }
        }
    }
    assert!(lost > 50, "{lost}");
}

/// What an engine keeps of two neighbours and of the whole row is told of the place that is shown.
#[test]
fn the_cursor_and_the_16_bit_sums_are_told_as_they_are() {
    let mut deriver = Deriver::default();
    for &engine in Engine::ALL {
        let layers = LAYERS.iter().flat_map(|layer| CLAMPS.iter().map(move |clamp| (layer, clamp)));
        for (layer, clamp) in layers {
            for at in ["-4", "0", "1.5", "3.1"] {
                let link = format!("#/lab?engine={}&at={at}&{clamp}&{layer}", engine.key());
                let state = link::query(&link).apply(&State::default()).0;
                let derived = deriver.derive(&state);
                let sentence = describe::cursor(&state, &derived);
                let lost = derived.cursor.pairs.iter().filter(|pair| pair.lost() != 0).count();
                assert!(!sentence.contains("no pair is not"), "{link}: {sentence}");
                let is_none =
                    sentence.contains("every pair is exact") || sentence.contains("no pair");
                assert_eq!(is_none, lost == 0, "{link}: {sentence}");
                assert_eq!(
                    sentence.contains(&format!("{lost} pair")),
                    lost > 0,
                    "{link}: {sentence}"
                );
                let Some(said) = describe::row_sum(&state, &derived) else { continue };
                let reached = derived.layer.activation_codes;
                let mut codes = (0..=u8::MAX)
                    .filter(|code| (reached.qmin..=reached.qmax).contains(&i32::from(*code)));
                let first = codes.find(|code| {
                    let x = vec![*code; derived.layer.inputs];
                    let acc =
                        |engine: Engine| engine.run(&derived.layer, &x)[state.picture.output].acc;
                    acc(engine) != acc(Engine::FbgemmVnni)
                });
                match first {
                    None => assert!(said.contains("nothing is lost"), "{link}: {said}"),
                    Some(code) => {
                        assert!(said.ends_with(&format!("at code {code}.")), "{link}: {said}")
                    }
                }
            }
        }
    }
}
