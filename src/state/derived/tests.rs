use super::*;
use crate::state::{Direction, Key, Overlay, Query};

#[test]
fn the_kernel_the_sweep_and_the_oracle_agree_at_the_cursor() {
    let mut deriver = Deriver::default();
    for (at, edits) in
        [("2", ""), ("3.1", "2.0:127,2.1:127"), ("-4", ""), ("4", "2.6:-128,2.7:-128")]
    {
        for engine in Engine::ALL {
            let query = Query::one("at", at).and("w", edits).and("engine", engine.key());
            let (state, problems) = query.apply(&State::default());
            assert_eq!(problems, []);
            let derived = deriver.derive(&state);
            let view = &derived.outputs[state.picture.output];
            let (cursor, code) = (&derived.cursor, derived.cursor.place);
            let chosen = view.chosen.as_ref().expect("symmetric weights suit every engine");
            assert_eq!(cursor.sum, chosen.raw[code], "{engine:?}");
            assert_eq!(cursor.sum, cursor.pairs.iter().map(|pair| pair.kept).sum::<i32>());
            assert_eq!(cursor.exact_sum, cursor.pairs.iter().map(|pair| pair.exact).sum::<i32>());
            assert_eq!(*chosen, Ramp::brute_force(*engine, &derived.layer, state.picture.output));
        }
    }
}

#[test]
fn an_engine_that_shifts_the_codes_is_not_saturated_for_that() {
    let (state, _) = Query::one("engine", "onednn_s8s8").apply(&State::default());
    let derived = Deriver::default().derive(&state);
    let straight = &derived.outputs[3];
    // Beyond code 251 its signed codes are clamped, which does lose something.
    assert!((0..252).all(|code| !straight.is_saturated(code)));
}

#[test]
fn reduce_range_moves_the_kinks_out_of_the_calibrated_range() {
    let (state, _) = Query::one("reduce_range", 1).apply(&State::default());
    let derived = Deriver::default().derive(&state);
    let high = f64::from(derived.calibrated.input_range.1);
    assert!(derived.outputs.iter().flat_map(|view| &view.kinks).all(|kink| kink.at > high));
}

fn derived(pairs: &[(&str, &str)]) -> (State, Derived) {
    let query = Query(pairs.iter().map(|(k, v)| (k.to_string(), v.to_string())).collect());
    let (state, problems) = query.apply(&State::default());
    assert_eq!(problems, []);
    let derived = Deriver::default().derive(&state);
    (state, derived)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "places of such a sweep are codes, and inputs are float32"
)]
#[test]
fn every_place_of_every_sweep_is_a_run_of_the_engine() {
    let sweeps: [&[(&str, &str)]; 4] = [
        &[("clamp", "observer"), ("reduce_range", "1"), ("relu", "1")],
        &[("direction", "one"), ("dir_k", "3"), ("rest", "2.5"), ("from", "-3")],
        &[("direction", "vector"), ("dir", "0:2,1:-1,2:0,5:0.25"), ("bias", "2:0.4,9:-1")],
        &[
            ("per_channel", "1"),
            ("w_scales", "4:0.01"),
            ("w_scheme", "affine"),
            ("direction", "vector"),
            ("dir", "7:3"),
        ],
    ];
    for sweep in sweeps {
        for engine in Engine::ALL {
            let pairs: Vec<_> =
                sweep.iter().copied().chain([("engine", engine.key()), ("output", "4")]).collect();
            let (state, derived) = derived(&pairs);
            if derived.unavailable.is_some() {
                continue;
            }
            let (layer, at) = (&derived.layer, &derived.sweep.at);
            assert!(at.windows(2).all(|pair| pair[0] < pair[1]) && at.len() > 20);
            for (place, t) in at.iter().enumerate() {
                let x = match derived.sweep.codes() {
                    None => vec![place as u8; layer.inputs],
                    Some(codes) => codes[place * layer.inputs..][..layer.inputs].to_vec(),
                };
                if derived.sweep.is_equal() && place > layer.activation_codes.qmax as usize {
                    continue;
                }
                assert_eq!(x, sweep::codes_at(&state, layer, *t as f32), "{sweep:?} {t}");
                let run = engine.run(layer, &x);
                for (output, view) in derived.outputs.iter().enumerate() {
                    let ramp = view.chosen.as_ref().expect("available");
                    assert_eq!(ramp.acc[place], run[output].acc, "{engine:?} {sweep:?} {place}");
                    assert_eq!(ramp.code[place], run[output].code);
                    assert_eq!(ramp.real[place].to_bits(), run[output].real.to_bits());
                }
            }
            let run = engine.run(layer, &derived.cursor.codes)[4];
            let trace = &derived.cursor.trace;
            assert_eq!((trace.acc, trace.code, trace.real), (run.acc, run.code, run.real));
        }
    }
}

#[test]
fn saturation_and_rounding_are_told_apart_and_add_up() {
    for engine in ["fbgemm_avx2", "tflite_ruy", "qnnpack", "power_of_two_shift"] {
        let (state, derived) = derived(&[("engine", engine), ("rescale", "gemmlowp")]);
        let view = derived.chosen(&state);
        let chosen = view.chosen.as_ref().expect("available");
        for place in 0..derived.sweep.len() {
            let difference = chosen.code[place].zip(view.exact.code[place]).map(|(a, b)| a - b);
            assert_eq!(difference.map(f64::from), Some(view.difference(place)));
        }
        let by_sum = view.saturation_over(derived.window(&state));
        assert_eq!(!by_sum.is_none(), engine == "fbgemm_avx2", "{engine}");
    }
}

#[test]
fn every_engine_stands_beside_the_chosen_one() {
    let (state, derived) = derived(&[("w_scheme", "affine")]);
    let avx2 = derived.engines.of(Overlay::Engine(Engine::FbgemmAvx2));
    assert_eq!(avx2.acc, derived.chosen(&state).curve().acc);
    assert!(!avx2.saturation.is_none() && avx2.rounding.is_none() && avx2.kinks > Some(0));
    let ruy = derived.engines.of(Overlay::Engine(Engine::TfliteRuy));
    assert!(ruy.unavailable.is_some() && ruy.real.is_empty());
    let float = derived.engines.of(Overlay::Float32);
    assert_eq!(float.real.len(), derived.sweep.len());
    let listed: Vec<_> = derived.engines.iter().map(|view| view.overlay).collect();
    let engines = Engine::ALL.iter().map(|engine| Overlay::Engine(*engine));
    assert_eq!(listed, engines.chain([Overlay::Float32]).collect::<Vec<_>>());
}

#[test]
fn an_engine_is_made_when_somebody_looks_at_it() {
    let mut deriver = Deriver::default();
    let (state, _) = Query::one("overlay", "float32,qnnpack").apply(&State::default());
    let derived = deriver.derive(&state);
    assert_eq!(derived.engines.made(), 0);
    state.picture.overlay.iter().for_each(|overlay| drop(derived.engines.of(*overlay).clone()));
    assert_eq!(derived.engines.made(), 2);
    // The cursor moves along the same views.
    let (moved, _) = Query::one("at", "1").apply(&state);
    assert!(Rc::ptr_eq(&deriver.derive(&moved).engines, &derived.engines));
}

#[test]
fn float32_of_a_layer_by_hand_is_the_dequantized_line() {
    let (_, derived) = derived(&[
        ("inputs", "2"),
        ("outputs", "1"),
        ("w", "0.0:127_-3"),
        ("w_scale", "0.5"),
        ("bias", "0:1.5"),
        ("output", "0"),
    ]);
    let float = derived.engines.of(Overlay::Float32);
    for (t, real) in derived.sweep.at.iter().zip(&float.real) {
        #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
        let (x, y) = (f64::from(*t as f32), f64::from(*real));
        assert!((y - (62.0 * x + 1.5)).abs() <= 1e-4 * y.abs().max(1.0), "{x} {y}");
    }
}

#[test]
fn kinks_along_one_input_and_a_vector_are_where_a_pair_changes() {
    // Pair (0, 1): 127·x0 + 127·x1 with x1 at rest on code 200 saturates from x0 = 59 on.
    let unit = [
        ("inputs", "2"),
        ("outputs", "1"),
        ("output", "0"),
        ("w", "0.0:127_127"),
        ("x_scale", "1"),
        ("x_zp", "0"),
        ("w_scale", "1"),
        ("from", "0"),
        ("to", "255"),
    ];
    let with = |more: &[(&'static str, &'static str)]| {
        derived(&unit.iter().chain(more).copied().collect::<Vec<_>>())
    };
    let (state, one) = with(&[("direction", "one"), ("dir_k", "0"), ("rest", "200")]);
    let [kink] = one.outputs[0].kinks.as_slice() else { panic!("{:?}", one.outputs[0].kinks) };
    assert_eq!((kink.code, kink.slope_before, kink.slope_after), (Some(59), 127.0, 0.0));
    assert_eq!(state.sweep.direction, Direction::One);
    // Issue 44939 of PyTorch: 211·71 + 171·107 = 33278 is kept as 32767.
    let (_, vector) = with(&[
        ("w", "0.0:71_107"),
        ("direction", "vector"),
        ("dir", "0:211,1:171"),
        ("to", "1.2"),
        ("at", "1"),
    ]);
    assert_eq!(vector.cursor.codes, [211, 171]);
    assert_eq!((vector.cursor.sum, vector.cursor.exact_sum), (32_767, 33_278));
    let [kink] = vector.outputs[0].kinks.as_slice() else { panic!("{vector:?}") };
    assert!((0.98..1.0).contains(&kink.at), "{}", kink.at);
    assert_eq!((kink.slope_before, kink.slope_after), (71.0 * 211.0 + 107.0 * 171.0, 0.0));
}

#[test]
fn a_clamp_to_the_observers_codes_hides_what_lies_beyond() {
    let (_, derived) = derived(&[("reduce_range", "1"), ("clamp", "observer"), ("to", "12")]);
    let kinks = derived.outputs.iter().flat_map(|view| &view.kinks);
    let mut count = 0;
    for kink in kinks {
        assert_eq!(kink.visibility, Visibility::AtInputClamp);
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn ranges_by_hand_replace_what_the_observer_saw() {
    let (_, derived) = derived(&[("x_min", "-1"), ("x_max", "1"), ("y_max", "100")]);
    assert_eq!(derived.calibrated.input_range, (-1.0, 1.0));
    assert_eq!(derived.layer.input.scale, 2.0 / 255.0);
    assert_eq!(derived.calibrated.output_range.1, 100.0);
    assert!(derived.calibrated.from_data.input_range.1 > 2.0);
}

#[test]
fn the_next_power_of_two_makes_the_shift_exact() {
    let (state, before) = derived(&[]);
    let scale = before.power_of_two_output_scale(&state).to_string();
    let (state, after) = derived(&[("y_scale", &scale), ("engine", "power_of_two_shift")]);
    assert!(after.layer.output.scale >= before.layer.output.scale);
    assert!(after.layer.output.scale < 2.0 * before.layer.output.scale);
    // Ties alone are rounded another way.
    assert!(after.chosen(&state).rounding_over(after.window(&state)).most() <= 1.0);
}

#[test]
fn what_is_kept_equals_what_is_made_anew() {
    let steps = [
        ("w", "2.1:90"),
        ("at", "1.5"),
        ("w", "2.1:-90,4.0:127"),
        ("overlay", "float32"),
        ("output", "4"),
        ("y_scale", "0.05"),
        // By hand: the calibrated ones follow the bias.
        ("y_zp", "100"),
        ("bias", "4:0.5"),
        ("engine", "fbgemm_acc16"),
        ("engine", "fbgemm_avx2"),
        ("direction", "vector"),
        ("dir", "0:2,1:-1"),
        ("w", "4.0:3"),
        ("to", "3"),
        ("relu", "1"),
        ("rescale", "qnnpack"),
        ("per_channel", "1"),
        ("w_scales", "4:0.02"),
        ("w_scheme", "affine"),
        ("direction", "one"),
        ("dir_k", "3"),
        ("rest", "2"),
        ("clamp", "observer"),
        ("seed", "7"),
        ("inputs", "5"),
        ("outputs", "6"),
        ("reduce_range", "1"),
        ("plot", "accumulator"),
        ("w", ""),
    ];
    let mut keeping = Deriver::default();
    let mut state = State::default();
    for (key, value) in steps {
        let (next, problems) = Query::one(key, value).apply(&state);
        assert_eq!(problems, [], "{key}={value}");
        state = next;
        assert_eq!(keeping.derive(&state), Deriver::default().derive(&state), "{key}={value}");
    }
}

#[test]
fn outputs_whose_weights_stay_are_not_made_anew() {
    let mut deriver = Deriver::default();
    // A scale by hand: the calibrated one follows every weight.
    let base = Query::one("y_scale", "0.05").and("y_zp", "100");
    let mut at = |weights: &str| {
        let (state, _) = base.clone().and("w", weights).apply(&State::default());
        deriver.derive(&state)
    };
    let (before, after) = (at("2.1:90"), at("2.1:91"));
    for (output, (before, after)) in before.outputs.iter().zip(&after.outputs).enumerate() {
        assert_eq!(Rc::ptr_eq(before, after), output != 2, "{output}");
    }
}

/// The line that explains a parameter.
fn help(key: Key) -> &'static str {
    key.parameter().help
}

#[test]
fn the_zero_points_help_is_true_of_every_engine() {
    for engine in Engine::ALL {
        let codes = |zero_point: &str| {
            let (state, derived) = derived(&[("engine", engine.key()), ("x_zp", zero_point)]);
            let codes = derived.chosen(&state).kinks.iter().map(|kink| kink.code);
            codes.collect::<Vec<_>>()
        };
        let moves = codes("120") != codes("139");
        // Those of s8×s8 that take the codes as they are do not.
        let shifts = engine.bytes() == crate::arith::Bytes::ShiftedBy128;
        assert_eq!(moves, shifts, "{}", engine.name());
        assert!(!moves || engine.name().contains("s8×s8"), "{}", engine.name());
    }
    assert!(help(Key::InputZeroPoint).contains("in codes it moves none but those of s8×s8"));
}

#[test]
fn the_help_of_the_gain_and_of_reduce_range_is_true() {
    let range = |gain| derived(&[("gain", gain)]).1.calibrated.from_data.input_range;
    let (whole, half) = (range("1"), range("0.5"));
    assert_eq!((half.0 * 2.0, half.1 * 2.0), whole);
    // The usual sweep leaves the range at 1, too.
    assert!(whole.0 > -4.0 && whole.1 < 4.0);
    assert!(!help(Key::CalibrationGain).contains("Below 1"));
    for (scheme, words) in
        [("affine", "0 to 127 if affine"), ("symmetric", "64 to 192 if symmetric")]
    {
        let pairs =
            [("reduce_range", "1"), ("x_scheme", scheme), ("x_min", "-3"), ("x_max", "3.1")];
        let (_, of) = derived(&pairs);
        let largest = f32::max(-of.calibrated.input_range.0, of.calibrated.input_range.1);
        let ends = if scheme == "affine" { (-3.0, 3.1) } else { (-largest, largest) };
        let code = |x| crate::arith::quantize(x, of.layer.input, of.layer.activation_codes);
        let said = format!("{} to {} if {scheme}", code(ends.0), code(ends.1));
        assert_eq!(said, words);
        assert!(help(Key::ReduceRange).contains(words), "{}", help(Key::ReduceRange));
    }
    let beyond = |clamp| {
        let (_, of) = derived(&[("reduce_range", "1"), ("clamp", clamp)]);
        crate::arith::quantize(4.0, of.layer.input, of.layer.activation_codes)
    };
    assert!(beyond("type") > 127 && beyond("observer") == 127);
}

#[test]
fn an_input_becomes_its_code_as_the_library_makes_it() {
    let (_, derived) =
        derived(&[("x_scale", "15"), ("x_zp", "0"), ("to", "4000"), ("at", "757.5")]);
    let made = derived.quantizing(0);
    assert_eq!((made.product, made.code), (50.500004, 51));
    assert_eq!(i32::from(derived.cursor.codes[0]), made.code);
}

#[test]
fn a_bias_beyond_32_bits_is_named_as_what_it_is() {
    let small = [("x_scale", "0.000001"), ("w_scale", "0.000001"), ("bias", "2:5")];
    for engine in Engine::ALL {
        let with = |bias: &[(&str, &str)]| {
            let (state, derived) = derived(&[bias, &[("engine", engine.key())]].concat());
            let beside = derived.engines.of(Overlay::Engine(*engine)).clamps_bias;
            assert_eq!(derived.clamps_bias(&state), beside);
            (beside, crate::state::describe::summary(&state, &derived))
        };
        let (clamps, said) = with(&small);
        let is_float = engine.rescale().is_none_or(crate::arith::Rescale::adds_bias_in_float);
        assert_eq!(clamps, !is_float && !said.contains("cannot run"), "{said}");
        assert_eq!(clamps, said.contains("bias, clamped to 32 bits, and its rounding"), "{said}");
        let (clamps, said) = with(&[("bias", "2:5")]);
        assert!(!clamps && !said.contains("clamped to 32 bits"), "{said}");
    }
}
