//! The presets that have a recording. Layers of one output, input scale 1.

use rampscope::arith::{Effect, Engine};
use rampscope::story::preset;

use super::{Claim, Seen, said};

pub const CLAIMS: [Claim; 16] = [
    ("one-pair", |s| {
        let [kink] = flat(s);
        said![both_weights(s), kink, s.pair(0, kink).kept]
    }),
    ("just-safe-64", |s| {
        s.assert_all_straight();
        let most = s.pair(0, 255).exact;
        assert!(most < i16::MAX.into());
        said![both_weights(s), 255, most, i16::MAX]
    }),
    ("just-over-65", |s| {
        let [kink] = flat(s);
        let most = s.codes().into_iter().max().expect("256 codes");
        said![both_weights(s), kink, s.pair(0, kink).kept, most]
    }),
    ("lone-product", |s| {
        s.assert_all_straight();
        let [weight] = s.row() else { panic!("one weight") };
        let alone = s.pair(0, 255);
        assert!(alone.products.len() == 1 && alone.lost() == 0);
        said![weight, alone.exact]
    }),
    ("padded-odd", |s| {
        let [kink] = s.kinks();
        let [a, b, c] = s.row() else { panic!("three weights") };
        assert_eq!((a, b, kink.pairs[0].first_k), (b, c, 0));
        assert_eq!(s.pair(2, 255).lost(), 0);
        said![a, kink.code, kink.slope_before, kink.slope_after]
    }),
    ("staircase", |s| {
        let kinks = s.kinks::<4>();
        let [a, b, c, d] = kinks.each_ref().map(|kink| kink.code);
        assert_eq!(kinks.each_ref().map(|kink| kink.pairs[0].first_k), [0, 2, 4, 6]);
        assert_eq!(kinks[3].effect, Effect::Flat);
        said![a, b, c, d, kinks[0].slope_before, kinks[3].slope_after]
    }),
    ("wrong-way", |s| {
        let [first, second] = s.kinks();
        let [a, b, c, d] = s.row() else { panic!("four weights") };
        assert_eq!((first.pairs[0].first_k, second.pairs[0].first_k), (0, 2));
        assert_eq!(first.effect, Effect::Turned);
        let (slope, before) = (first.slope_after, first.slope_before);
        said![a, b, first.code, c, d, second.code, slope, before]
    }),
    ("reordered", |s| {
        s.assert_all_straight();
        let [a, b, c, d] = s.row() else { panic!("four weights") };
        let wrong_way = Seen::open(preset("wrong-way").expect("it is there"));
        let sorted = |seen: &Seen| {
            let mut row = seen.row().to_vec();
            row.sort_unstable();
            row
        };
        assert_eq!(sorted(s), sorted(&wrong_way), "the same weights");
        let pairs = [s.pair(0, 1).exact, s.pair(2, 1).exact];
        assert_eq!(pairs[0], pairs[1]);
        said![a, b, c, d, pairs[0], s.exact_codes()[255]]
    }),
    ("cancel", |s| {
        let [kink] = s.kinks();
        let [high, low] = [s.pair(0, kink.code).kept, s.pair(2, kink.code).kept];
        let code = usize::from(kink.code);
        assert!((code..256).all(|code| s.acc(code) == high + low));
        assert_eq!(s.codes(), s.exact_codes());
        said![kink.code, high, low, s.acc(code), s.view().exact.acc[code]]
    }),
    ("negative-edge", |s| {
        let [kink] = flat(s);
        let touch = s.pair(0, kink - 1);
        assert_eq!((touch.lost(), touch.exact), (0, i16::MIN.into()));
        said![both_weights(s), kink - 1, touch.exact, kink]
    }),
    ("minus127", |s| {
        let [kink] = flat(s);
        let (kept, codes) = (s.pair(0, kink).kept, s.codes());
        said![both_weights(s), kink, kept, codes[255], s.exact_codes()[255]]
    }),
    ("zp-does-not-help", |s| {
        let [kink] = flat(s);
        let [x] = s.kinks_at();
        said![s.derived.layer.input.zero_point, kink, x]
    }),
    ("issue-76390-a", |s| {
        let [kink] = flat(s);
        let code = usize::from(kink);
        let (kept, zero) = (s.pair(0, kink).kept, s.derived.layer.input.zero_point);
        said![both_weights(s), zero, kink, kept, s.codes()[code], s.exact_codes()[code]]
    }),
    ("issue-76390-b", |s| {
        let [kink] = flat(s);
        let code = usize::from(kink);
        let equal = Seen::open(preset("issue-76390-a").expect("it is there"));
        let ([more, same], [before, _]) = (s.row(), equal.row()) else { panic!("two weights") };
        assert_eq!((*more, same), (before + 1, before));
        let (wrong, less) = (s.codes()[code], equal.codes()[code] - s.codes()[code]);
        said![more, same, kink, wrong, s.exact_codes()[code], less]
    }),
    ("hidden-in-bulk", |s| {
        let [kink] = s.kinks();
        let [pair] = kink.pairs.as_slice() else { panic!("one pair") };
        let [a, b] = pair.weights;
        said![s.row().len(), a, b, kink.code, kink.slope_after, kink.slope_before]
    }),
    ("acc16-only", |s| {
        s.assert_all_straight();
        let weight = s.row()[0];
        assert!(s.row().iter().all(|other| *other == weight));
        assert!(s.on(Engine::FbgemmAcc16).is_bent());
        said![s.row().len(), weight, s.pair(0, 255).exact, i16::BITS]
    }),
];

/// The weight of a pair of equal weights.
fn both_weights(s: &Seen) -> i8 {
    let [a, b] = s.row() else { panic!("two weights") };
    assert_eq!(a, b);
    *a
}

/// The code of the only kink: the pair stays at its rail and the output at its code from there
/// on.
fn flat(s: &Seen) -> [u8; 1] {
    let [kink] = s.kinks();
    assert_eq!(kink.effect, Effect::Flat);
    let rest = usize::from(kink.code)..256;
    let (kept, codes) = (s.pair(0, kink.code).kept, s.codes());
    assert!(kept == i32::from(i16::MAX) || kept == i32::from(i16::MIN));
    assert!(codes[rest.clone()].iter().all(|code| *code == codes[255]));
    assert!((kink.code..=255).all(|code| s.pair(0, code).kept == kept));
    [kink.code]
}
