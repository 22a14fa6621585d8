//! What is said of a pair, of a kink and of how products are added is true of every engine.

use super::{DIRECTIONS, LAYERS};
use rampscope::arith::{Bytes, Engine, Lane, RowShape};
use rampscope::state::{Deriver, Direction, PairLoss, State, Visibility, describe, link};

/// Whether an engine loses something of a pair of bytes and weights, from the definitions.
fn loses(engine: Engine, x: [u8; 2], w: [i8; 2]) -> bool {
    let signed = engine.accumulator().signed_inputs;
    let read = |byte: u8| if signed && byte > 127 { i32::from(byte) - 256 } else { byte.into() };
    let products = [0, 1].map(|side| read(x[side]) * i32::from(w[side]));
    match engine.lane() {
        Lane::Saturate | Lane::Wrap | Lane::Acc16 => {
            i16::try_from(products[0] + products[1]).is_err()
        }
        Lane::Product15 => products.iter().any(|product| !(-16_384..=16_383).contains(product)),
        other => panic!("{other:?} judges no pairs"),
    }
}

#[test]
fn a_pair_is_judged_as_the_chosen_engine_treats_it() {
    let pairs = [
        "127_127",
        "64_64",
        "65_64",
        "-64_-64",
        "-65_-64",
        "-128_-128",
        "-61_-117",
        "127_-128",
        "3_-5",
        "0_0",
    ];
    let mut wraps_low = 0;
    for &engine in Engine::ALL {
        // Of 16 inputs the first and its partner have weights.
        let first = engine.accumulator().over(RowShape::linear(16)).group.of(16).next();
        let partner = first.into_iter().flatten().nth(1).expect("the first of 16 is in a pair");
        for zero_point in [0, 77, 128, 255] {
            for range in ["", "&clamp=observer&reduce_range=1", "&direction=one&dir_k=1&rest=200"] {
                for pair in pairs {
                    let (one, other) = pair.split_once('_').expect("two weights");
                    let mut weights = ["0"; 16];
                    (weights[0], weights[partner]) = (one, other);
                    let link = format!(
                        "#/lab?engine={}&inputs=16&outputs=1&output=0&x_scale=1&x_zp={zero_point}&w=0.0:{}{range}",
                        engine.key(),
                        weights.join("_")
                    );
                    let (state, problems) = link::query(&link).apply(&State::default());
                    assert_eq!(problems, [], "{link}");
                    let derived = Deriver::default().derive(&state);
                    let verdict = derived.pair_verdicts(&state)[0];
                    let ks: Vec<usize> = verdict.products().map(|(k, _)| k).collect();
                    assert_eq!(ks, [0, partner], "{link}");
                    let sentence = describe::pair(&state, &derived, &verdict);
                    let codes = derived.layer.activation_codes;
                    let codes: Vec<u8> = (codes.qmin..=codes.qmax)
                        .map(|code| u8::try_from(code).expect("a code of quint8"))
                        .collect();
                    let row = derived.layer.row(0);
                    let byte = |code: u8| engine.raw_byte(&derived.layer, code);
                    let at =
                        |a: u8, b: u8| loses(engine, [byte(a), byte(b)], [row[0], row[partner]]);
                    match verdict.loss {
                        PairLoss::From(first) => {
                            let lost: Vec<u8> =
                                codes.iter().copied().filter(|code| at(*code, *code)).collect();
                            let all: Vec<u8> =
                                codes.iter().copied().filter(|code| *code >= first).collect();
                            assert_eq!(lost, all, "{link}: {sentence}");
                            let both = if state.sweep.direction == Direction::All {
                                ""
                            } else {
                                " where both inputs have it"
                            };
                            assert!(
                                sentence.ends_with(&format!("from code {first}{both}")),
                                "{sentence}"
                            );
                        }
                        PairLoss::UpTo(last) => {
                            let lost: Vec<u8> =
                                codes.iter().copied().filter(|code| at(*code, *code)).collect();
                            let all: Vec<u8> =
                                codes.iter().copied().filter(|code| *code <= last).collect();
                            assert_eq!(lost, all, "{link}: {sentence}");
                            assert!(sentence.contains(&format!("at code {last}")), "{sentence}");
                            wraps_low += 1;
                        }
                        PairLoss::Never if engine.lane() == Lane::Exact => {
                            assert!(sentence.contains("exact"), "{sentence}");
                        }
                        PairLoss::Never if engine.lane() == Lane::HalfWeights => {
                            assert!(row.iter().all(|w| w % 2 == 0), "{link}");
                        }
                        PairLoss::Never => {
                            assert!(
                                ["every input", "any input", "fits; added"]
                                    .iter()
                                    .any(|said| sentence.contains(said)),
                                "{sentence}"
                            );
                            let every = codes.iter().all(|a| codes.iter().all(|b| !at(*a, *b)));
                            assert!(every, "{link}: {sentence}");
                        }
                        PairLoss::OddWeights => {
                            assert!(row.iter().any(|w| w % 2 != 0), "{link}");
                        }
                        PairLoss::DependsOnOthers => {
                            assert!(describe::row_sum(&state, &derived).is_some(), "{link}");
                        }
                    }
                }
            }
        }
    }
    assert!(wraps_low > 5, "{wraps_low}");
}

#[test]
fn a_kink_names_what_leaves_its_range() {
    let mut deriver = Deriver::default();
    let mut sentences = 0;
    for &engine in Engine::ALL {
        for layer in LAYERS {
            for direction in DIRECTIONS {
                let link = format!("#/lab?engine={}&{layer}&{direction}", engine.key());
                let (state, _) = link::read(&link.replace("&&", "&"));
                let derived = deriver.derive(&state);
                if derived.unavailable.is_some() {
                    continue;
                }
                for kink in &derived.chosen(&state).kinks {
                    let sentence = describe::kink(&state, kink);
                    sentences += 1;
                    let is_pair =
                        sentence.contains("pair (") || sentence.contains("which stands alone");
                    let is_clamp = sentence.contains("the signed input is clamped");
                    let is_sum = sentence.contains("the sum of 16 bits");
                    let causes = [is_pair, is_clamp, is_sum].into_iter().filter(|one| *one).count();
                    assert_eq!(causes, 1, "{link}: {sentence}");
                    assert!(
                        !is_clamp || engine.bytes() == Bytes::ShiftedBy128,
                        "{link}: {sentence}"
                    );
                    assert_eq!(
                        is_sum && engine.lane() == Lane::Running16,
                        engine.lane() == Lane::Running16,
                        "{link}: {sentence}"
                    );
                    assert!(
                        !is_sum || matches!(engine.lane(), Lane::Running16 | Lane::Acc16),
                        "{link}: {sentence}"
                    );
                    // No input is named that is not there.
                    for pair in &kink.pairs {
                        let named = pair.second_k.map_or_else(
                            || format!("input {}, which", pair.first_k),
                            |second| format!("pair ({}, {second})", pair.first_k),
                        );
                        assert!(sentence.contains(&named), "{sentence}");
                        let last = pair.second_k.unwrap_or_default().max(pair.first_k);
                        assert!(last < state.experiment.inputs, "{sentence}");
                        let trace = derived.pairs_at(&state, state.picture.output, 0.0);
                        assert_eq!(trace[pair.group].first_k(), pair.first_k, "{sentence}");
                    }
                    let shown = kink.shown(&state);
                    assert_eq!(
                        describe::visibility(shown).is_none(),
                        shown == Visibility::Visible,
                        "{link}"
                    );
                }
            }
        }
    }
    assert!(sentences > 150, "{sentences}");
}

#[test]
fn how_products_are_added_follows_the_engine() {
    let layer = |link: &str| Deriver::default().derive(&link::read(link).0).layer;
    let said = |engine, link: &str| describe::grouping(engine, &layer(link));
    assert!(said(Engine::OnnxQLinearNeon, "").starts_with("k and k + 8 are added"));
    let kernel = "#/lab?kernel=3x3&inputs=";
    let brgemm = |inputs: &str| said(Engine::OneDnnConvBrgemm, &format!("{kernel}{inputs}"));
    assert!(brgemm("9").starts_with("two taps down"), "{}", brgemm("9"));
    assert!(brgemm("27").starts_with("two neighbours of one tap"), "{}", brgemm("27"));
    assert!(brgemm("36").starts_with("two neighbours are"), "{}", brgemm("36"));
    let jit = said(Engine::OneDnnConvJit, &format!("{kernel}9"));
    assert!(jit.starts_with("no two products"), "{jit}");
    let layer = layer("");
    for &engine in Engine::ALL {
        let exact = engine.lane() == Lane::Exact;
        assert_eq!(
            describe::grouping(engine, &layer).contains("16 bits"),
            !exact && engine.lane() != Lane::Product15,
            "{engine:?}"
        );
        assert!(!(exact && describe::has_rails(engine)), "{engine:?}");
        assert_eq!(
            describe::summing(engine).contains("pairs"),
            matches!(engine.lane(), Lane::Saturate | Lane::Wrap | Lane::HalfWeights),
            "{engine:?}"
        );
    }
}
