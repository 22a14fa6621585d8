//! The presets of public reports.

use rampscope::arith::Engine;

use super::{Claim, Seen, said};

/// What the shown output should be at the cursor, and what it is.
fn sums(s: &Seen) -> [i32; 2] {
    [s.derived.cursor.exact.acc, s.derived.cursor.trace.acc]
}

/// The weights of the pair that loses most at the cursor, its sum and what is kept of it.
fn worst(s: &Seen) -> ([i8; 2], i32, i32) {
    let pair = s.derived.cursor.pairs.iter().max_by_key(|pair| pair.lost().abs());
    let pair = pair.expect("there is a pair");
    (pair.weights(), pair.exact, pair.kept)
}

pub const CLAIMS: [Claim; 10] = [
    ("onednn-518", |s| {
        let [exact, kept] = sums(s);
        assert!(s.on(Engine::TorchOneDnnVnni).acc(255) == exact);
        said![s.derived.cursor.codes[0], s.row()[0], exact, kept, i16::BITS]
    }),
    ("onednn-1354", |s| {
        let first = s.with("output=0");
        let [[exact, kept], [other, minus]] = [sums(&first), sums(s)];
        let [a, _, b, _] = s.row() else { panic!("four weights") };
        let code = s.derived.cursor.codes[0];
        said![code, first.row()[0], kept, exact, a, b, s.state.picture.output, minus, other]
    }),
    ("onednn-476", |s| {
        let [exact, kept] = sums(s);
        let ([a, b], sum, stays) = worst(s);
        // Each output, as the issue has it.
        for (output, wanted) in [[270, 270], [10_552, 10_552], [20_064, 15_387], [14_456, 14_456]]
            .into_iter()
            .enumerate()
        {
            assert_eq!(sums(&s.with(&format!("output={output}"))), wanted, "{output}");
        }
        said![
            s.state.picture.output,
            exact,
            kept,
            s.derived.layer.input.zero_point,
            a,
            b,
            sum,
            stays
        ]
    }),
    ("onednn-375", |s| {
        let [exact, got] = sums(s);
        let [inputs, one] = [s.row().len(), usize::from(s.derived.cursor.codes[0])];
        assert!(s.derived.cursor.pairs.iter().all(|pair| pair.exact < 32_767));
        said![inputs, one, exact, s.row()[0], 0, got, 3 * exact, got]
    }),
    ("onnxruntime-7524", |s| {
        let [exact, kept] = sums(s);
        let ([a, b], sum, stays) = worst(s);
        let zero_points =
            [s.derived.layer.input.zero_point, s.derived.layer.weight_param(0).zero_point];
        for (output, wanted) in
            [[12_100, 12_100], [1951, 1951], [40_214, 34_491]].into_iter().enumerate()
        {
            assert_eq!(sums(&s.with(&format!("output={output}"))), wanted, "{output}");
        }
        let [input, weight] = zero_points;
        said![input, weight, s.state.picture.output, exact, kept, a, b, sum, stays]
    }),
    ("pytorch-56331", |s| {
        let [exact, acc] = sums(s);
        assert_eq!(exact, acc);
        let trace = &s.derived.cursor.trace;
        let step = s.derived.layer.output.scale;
        let code = trace.code.expect("it has codes");
        said![
            acc,
            step,
            trace.unclamped.expect("it has codes"),
            s.derived.layer.output.zero_point,
            code
        ]
    }),
    ("pytorch-139464", |s| {
        let made = s.derived.quantizing(0);
        let (x, scale) = (s.state.gaze.at, s.derived.layer.input.scale);
        let divided = x / scale;
        said![x, scale, divided, divided.round_ties_even(), 1, scale, made.product, made.code]
    }),
    ("tensorflow-103028", |s| {
        let acc = s.derived.cursor.trace.acc;
        let multiplier = s.derived.layer.input.scale * s.derived.layer.weight_param(0).scale
            / s.derived.layer.output.scale;
        let steps = acc as f32 * multiplier;
        let code = |engine| s.on(engine).derived.cursor.trace.code.expect("it has codes");
        let [even, up] = [Engine::Xnnpack, Engine::TfliteRuy].map(code);
        assert_eq!(up, code(Engine::TfliteGemmlowp));
        let zero_point = s.derived.layer.output.zero_point;
        said![acc, steps, even - zero_point, up - zero_point, even, up, even - 128, up - 128]
    }),
    ("int-mm-64", |s| {
        let [exact, kept] = sums(s);
        let pairs = &s.derived.cursor.pairs;
        assert!(pairs.iter().all(|pair| pair.kept == pairs[0].kept));
        let shift = s.derived.layer.input.zero_point;
        said![pairs.len() * 2, s.row()[0], exact, pairs.len(), pairs[0].kept, shift, kept]
    }),
    ("onnxruntime-31573", |s| {
        let pairs = &s.derived.cursor.pairs;
        let pair = pairs.iter().max_by_key(|pair| pair.lost()).expect("there are pairs");
        let [a, b] = [0, 1].map(|index| pair.products[index]);
        assert_eq!((a.k + 8, a.x, a.w), (b.k, b.x, b.w));
        let [exact, kept] = sums(s);
        assert_eq!((pair.exact, pair.kept), (exact, kept));
        // One more, and nothing is lost.
        let mended = s.with("w=0.8:-127");
        assert_eq!(sums(&mended)[0], sums(&mended)[1]);
        said![a.x, a.w, exact, 16, kept, exact - kept, i32::from(a.w) + 1]
    }),
];
