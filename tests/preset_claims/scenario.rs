//! The scenarios.

use rampscope::arith::{
    CODES, Codes, Effect, Engine, OnnxCpu, QScheme, QType, Rail, min_max_qparams,
};
use rampscope::state::Visibility;
use rampscope::state::number::fixed;
use rampscope::story::preset;

use super::{Claim, Seen, said};

pub const CLAIMS: [Claim; 25] = [
    ("thread", |s| {
        let straight: Vec<usize> =
            (0..10).filter(|output| s.kinks_of(*output).is_empty()).collect();
        let [a, b] = straight.as_slice() else { panic!("{straight:?}") };
        let turned = s.kinks_of(0);
        assert_eq!((turned.len(), turned[0].effect), (1, Effect::Turned));
        let [first, second] = s.kinks();
        said![a, b, 0, turned[0].code, s.state.picture.output, first.code, second.code]
    }),
    ("thread-turned", |s| {
        let [kink] = s.kinks();
        let [pair] = kink.pairs.as_slice() else { panic!("one pair") };
        assert_eq!(kink.effect, Effect::Turned);
        let (code, [a, b]) = (kink.code, pair.weights);
        let kept = s.pair(pair.first_k, code).kept;
        said![s.state.picture.output, code, a, b, kept, kink.slope_before, kink.slope_after]
    }),
    ("thread-steeper", |s| {
        let [first, second] = s.kinks();
        assert_eq!((first.pairs[0].rail, second.pairs[0].rail), (Rail::Low, Rail::High));
        assert_eq!((first.effect, second.effect), (Effect::Steeper, Effect::Shallower));
        let (before, after) = (first.slope_before, first.slope_after);
        said![s.state.picture.output, first.code, before, after, second.code, second.slope_after]
    }),
    ("thread-qnnpack", |s| {
        s.assert_all_straight();
        let thread = s.on(Engine::FbgemmAvx2);
        assert!(thread.is_bent());
        assert_eq!(thread.derived.layer, s.derived.layer);
        said![i32::BITS, s.derived.outputs.len()]
    }),
    ("three-inputs", |s| {
        let [kink] = s.kinks();
        let [a, b, c] = s.row() else { panic!("three weights") };
        assert_eq!(kink.pairs[0].first_k, 0);
        assert_eq!(kink.slope_after, i32::from(*c));
        said![a, b, kink.code, c, kink.slope_after, kink.slope_before]
    }),
    ("narrow-calibration", |s| {
        let [first, second] = s.kinks();
        let wide = s.with("gain=1");
        assert_eq!(wide.kinks().map(|kink| kink.code), [first.code, second.code]);
        assert_eq!(s.state.experiment.calibration_gain, 0.25);
        let [a, b] = s.kinks_at().map(|at| fixed(at, 2));
        // The first real value of two decimals beyond the last code.
        let end = fixed(s.derived.input_at(CODES - 1), 2);
        assert_eq!(s.with(&format!("at={end}")).derived.cursor.codes[0], 255);
        said![s.state.picture.output, first.code, second.code, a, b, end]
    }),
    ("reduce-range-inside", |s| {
        let (from, to) = s.input_codes();
        assert_eq!(from, 0);
        s.assert_straight(from..=to);
        let (low, high) = s.derived.calibrated.input_range;
        assert!(low < s.state.sweep.from && s.state.sweep.to < high);
        assert!(!s.is_bent() && s.with("reduce_range=0").is_bent());
        said![s.state.sweep.from, s.state.sweep.to, to, s.derived.outputs.len()]
    }),
    ("reduce-range-beyond", |s| {
        let [kink, _] = s.kinks();
        let [at, _] = s.kinks_at();
        let end = s.derived.calibrated.input_range.1;
        assert_eq!(s.with(&format!("at={end}")).derived.cursor.codes[0], 127);
        assert!(
            s.state.experiment.reduce_range && s.view().kinks[0].visibility == Visibility::Visible
        );
        said![fixed(end.into(), 2), 127, s.state.picture.output, kink.code, fixed(at, 2)]
    }),
    ("reduce-range-ten-inputs", |s| {
        let [a, b, c] = s.kinks();
        let seen = s.view().kinks.iter().all(|kink| kink.visibility == Visibility::Visible);
        assert!(s.state.experiment.reduce_range && seen);
        assert_eq!((s.row().len(), s.state.experiment.calibration_gain), (10, 0.25));
        said![s.state.picture.output, a.code, b.code, c.code]
    }),
    ("symmetric-trap", |s| {
        let input = s.derived.layer.input;
        let range = 63.5 * input.scale;
        let observed = min_max_qparams(-range, range, QType::QUInt8, QScheme::Symmetric, true);
        assert_eq!((observed, s.state.experiment.reduce_range), (input, true));
        let ((from, to), [kink], [at]) = (s.input_codes(), s.kinks(), s.kinks_at());
        assert_eq!(s.view().kinks[0].visibility, Visibility::Visible);
        assert_eq!(kink.effect, Effect::Flat);
        let zero = input.zero_point;
        said![from, to, zero, zero, kink.code, fixed(at, 3)]
    }),
    ("fake-quantize", |s| {
        let open = s.with("clamp=type");
        assert!(open.is_bent() && !s.is_bent());
        let last = s.with("at=4").derived.cursor;
        assert_eq!(
            (last.sum, s.with("clamp=type&at=4").derived.cursor.codes[0]),
            (last.exact_sum, 255)
        );
        let beyond = Seen::open(preset("reduce-range-beyond").expect("it is there"));
        assert_eq!(beyond.derived.calibrated, s.derived.calibrated, "the same calibration");
        said![last.codes[0]]
    }),
    ("seven-bit-weights", |s| {
        s.assert_all_straight();
        assert!(s.with("reduce_weights=0").is_bent());
        let range = QType::QInt8.observer_range(true);
        let inside = |weight: &i8| range.clamp(i32::from(*weight)) == i32::from(*weight);
        assert!(s.derived.layer.weights.iter().all(inside));
        assert!(2 * 255 * range.qmin >= i16::MIN.into());
        said![range.qmin, range.qmax, i16::BITS, s.derived.outputs.len()]
    }),
    ("half-scale-weights", |s| {
        assert!(!s.is_bent() && s.on(Engine::FbgemmAvx2).is_bent());
        assert!(s.on(Engine::FbgemmAvx2).kinks_of(s.state.picture.output).is_empty());
        assert!(s.row().iter().any(|weight| weight % 2 != 0));
        let off = s.view().saturation_over(s.derived.window(&s.state));
        said![i16::BITS, s.state.picture.output, off.below, off.above]
    }),
    ("per-channel-bad-row", |s| {
        let [first, second] = s.kinks();
        let scales = [0, 1, 2].map(|output| s.derived.layer.weight_param(output).scale);
        assert_eq!(scales[0], scales[1]);
        assert!(s.kinks_of(0).is_empty() && s.kinks_of(1).is_empty());
        let largest = |output| s.derived.layer.row(output).iter().map(|w| w.unsigned_abs()).max();
        assert_eq!(largest(2), largest(0));
        said![s.state.picture.output, scales[0] / scales[2], first.code, second.code]
    }),
    ("issue-44939", |s| {
        let cursor = &s.derived.cursor;
        let [pair] = cursor.pairs.as_slice() else { panic!("one pair") };
        assert_eq!((pair.exact, pair.kept), (cursor.exact_sum, cursor.sum));
        let [x0, x1] = [0, 1].map(|index| pair.products[index].x);
        let [w0, w1] = pair.weights();
        said![s.state.gaze.at, x0, x1, w0, w1, pair.exact, pair.kept]
    }),
    ("onednn-s8s8", |s| {
        let [kink] = s.kinks();
        let raw = |code| Engine::OneDnnS8S8.raw_byte(&s.derived.layer, code);
        let codes = s.codes();
        assert!(codes[usize::from(kink.code)..].iter().all(|code| *code == codes[1]));
        assert!(s.row().iter().all(|weight| *weight == 127));
        said![raw(0), kink.code, raw(kink.code), s.row()[0]]
    }),
    ("dynamic-linear", |s| {
        let [kink] = s.kinks();
        assert_eq!(kink.effect, Effect::Flat);
        let (x, params) = (s.state.gaze.at, s.derived.layer.input);
        let made = s.derived.quantizing(0);
        let fixed = s.on(Engine::FbgemmAvx2);
        let own = fixed.derived.quantizing(0);
        assert!(made.has_zero_point && !own.has_zero_point);
        assert_eq!(fixed.kinks::<1>()[0].code, kink.code);
        assert_eq!(own.unclamped - params.zero_point, 0);
        let zero_point = params.zero_point;
        said![x, zero_point, made.product, made.code, x, 0, own.code, s.row()[0], kink.code]
    }),
    ("qdq-s8", |s| {
        let [kink] = s.kinks();
        assert_eq!(kink.effect, Effect::Flat);
        assert!(s.on(Engine::OnnxQLinearS8S8).kinks_of(0).is_empty());
        let signed = i32::from(kink.code) - s.derived.layer.input.zero_point;
        assert_eq!(signed as f32, s.state.gaze.at);
        said![signed, kink.code, s.row()[0]]
    }),
    ("convinteger", |s| {
        // On the left are the weights: what the Lab calls inputs.
        let (x, w) = (s.derived.cursor.codes.clone(), s.row());
        let w: Vec<u8> = w.iter().map(|w| w.cast_unsigned()).collect();
        let [exact, kept] =
            [OnnxCpu::Vnni, OnnxCpu::Avx2].map(|cpu| cpu.product(Codes::u8(&x), Codes::s8(&w)));
        let trace = &s.derived.cursor.trace;
        assert_eq!((trace.raw, s.derived.cursor.exact_sum), (kept, exact));
        let turned = OnnxCpu::Avx2.product(Codes::s8(&w), Codes::u8(&x));
        assert_eq!(turned, exact);
        said![x[0], s.row()[0], exact, kept]
    }),
    ("acc16", |s| {
        let [kink] = s.kinks();
        assert_eq!(kink.effect, Effect::Flat);
        s.on(Engine::FbgemmAvx2).assert_all_straight();
        assert_eq!(s.pair(0, 255).lost(), 0);
        said![i16::BITS, s.row().len(), s.row()[0], kink.code]
    }),
    ("tflite-rounding", |s| {
        s.assert_straight_sum();
        let others = [Engine::TfliteRuy, Engine::TfliteReference, Engine::Xnnpack];
        let [ruy, reference, xnnpack] = others.map(|engine| {
            let other = s.on(engine);
            other.assert_straight_sum();
            let apart = s.codes().into_iter().zip(other.codes()).map(|(a, b)| a.abs_diff(b));
            let apart: Vec<u32> = apart.filter(|steps| *steps != 0).collect();
            assert!(apart.iter().all(|steps| *steps == 1), "{engine:?}: {apart:?}");
            apart.len()
        });
        said![s.codes().len(), ruy, reference, xnnpack, 1]
    }),
    ("bit-shift", |s| {
        assert!(!s.is_bent());
        let layer = &s.derived.layer;
        let multiplier = layer.input.scale * layer.weight_params[0].scale / layer.output.scale;
        #[expect(clippy::cast_possible_truncation, reason = "an exponent")]
        let shift = (-multiplier.log2()).round() as i32;
        let flatter = 1.0 - 0.5_f32.powi(shift) / multiplier;
        let percent = fixed(f64::from(flatter) * 100.0, 0);
        let multiplier = fixed(multiplier.into(), 5);
        said![1, 1 << shift, multiplier, percent, s.state.picture.output, most_off(s)]
    }),
    ("pair-wraps", |s| {
        let jump = s.kinks_of(s.state.picture.output).swap_remove(0);
        assert!(jump.is_jump);
        let (code, codes) = (usize::from(jump.code), s.codes());
        let bent = s.on(Engine::FbgemmAvx2);
        assert_eq!(bent.kinks::<2>()[0].code, jump.code);
        assert!(bent.codes()[code].abs_diff(bent.codes()[code - 1]) <= 1);
        said![s.state.picture.output, codes[code - 1], codes[code], code]
    }),
    ("products-15-bit", |s| {
        let turn = turned_by_a_theory(s);
        said![15, s.state.picture.output, turn]
    }),
    ("running-16-bit", |s| {
        let turn = turned_by_a_theory(s);
        said![i16::BITS, s.state.picture.output, turn]
    }),
];

/// The most that the chosen output is off, in output codes.
fn most_off(s: &Seen) -> u32 {
    let apart = s.codes().into_iter().zip(s.exact_codes()).map(|(a, b)| a.abs_diff(b));
    apart.max().expect("256 codes")
}

/// The code at which a theory first turns a ramp that is straight on the real CPU.
fn turned_by_a_theory(s: &Seen) -> u8 {
    let first = s.kinks_of(s.state.picture.output).swap_remove(0);
    assert_eq!(first.effect, Effect::Turned);
    assert!(s.on(Engine::FbgemmAvx2).kinks_of(s.state.picture.output).is_empty());
    first.code
}
