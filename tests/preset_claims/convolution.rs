//! The presets of convolutions.

use rampscope::arith::Engine;
use rampscope::state::State;

use super::{Claim, Seen, said};

/// Rows and columns of the kernel, and channels of a tap.
fn shape(state: &State) -> [usize; 3] {
    let row = state.row_shape();
    let [rows, columns] = row.kernel();
    [rows, columns, row.channels()]
}

/// The first kink's code and its pair.
fn first(s: &Seen) -> (u8, [usize; 2]) {
    let kinks = s.kinks_of(s.state.picture.output);
    let kink = kinks.first().expect("it bends");
    let [pair] = kink.pairs[..] else { panic!("one pair") };
    (kink.code, [pair.first_k, pair.second_k.expect("a pair")])
}

pub const CLAIMS: [Claim; 6] = [
    ("conv", |s| {
        let [rows, columns, channels] = shape(&s.state);
        let kinks: [_; 4] = s.kinks();
        let inputs = rows * columns * channels;
        assert_eq!(inputs, s.row().len());
        for kink in &kinks {
            assert!(kink.pairs.iter().all(|pair| pair.second_k == Some(pair.first_k + 1)));
        }
        let [a, b, c, d] = kinks.map(|kink| kink.code);
        // In the title they are numbers too, which only the sentence is held to.
        said![inputs, s.state.picture.output, a, b, c, d]
    }),
    ("conv-odd-channels", |s| {
        let [.., channels] = shape(&s.state);
        let [(code, [a, b]), (other, [c, d])] = [first(s), first(&s.on(Engine::FbgemmAvx2))];
        // From the first channel of a tap on, and from the second: the first was with the tap before.
        assert_eq!((a % channels, c % channels), (0, 1));
        said![a, b, code, c, d, other]
    }),
    ("conv-grouped", |s| {
        let [.., channels] = shape(&s.state);
        let (code, _) = first(s);
        let kinks = s.kinks_of(s.state.picture.output);
        assert!(kinks[0].slope_before > 0 && kinks[0].slope_after < 0);
        s.on(Engine::FbgemmVnni).assert_all_straight();
        said![channels, s.row().len(), s.state.picture.output, code]
    }),
    ("depthwise-vnni", |s| {
        let [kink] = s.kinks();
        assert_eq!((s.row().len(), kink.pairs.len()), (9, 4));
        assert_eq!(kink.slope_after, i32::from(s.row()[8]));
        assert!(!s.on(Engine::FbgemmVnni).is_bent());
        said![s.row()[0], kink.code, s.pair(0, kink.code).kept]
    }),
    ("conv-one-channel", |s| {
        let [fbgemm, brgemm] = [&s.on(Engine::FbgemmDepthwise), s].map(first);
        s.on(Engine::OneDnnConvJit).assert_all_straight();
        let ((code, [a, b]), (other, [c, d])) = (fbgemm, brgemm);
        said![a, b, code, c, d, other]
    }),
    ("conv-arm", |s| {
        let pairs = &s.derived.cursor.pairs;
        let [rows, columns, channels] = shape(&s.state);
        assert_eq!(channels, 1);
        let lost: Vec<_> = pairs.iter().filter(|pair| pair.lost() != 0).collect();
        let [pair] = lost[..] else { panic!("one pair") };
        let code = s.derived.cursor.codes[0];
        let [a, b] = [0, 1].map(|index| pair.products[index]);
        let [acc, exact] = [s.derived.cursor.trace.acc, s.derived.cursor.exact.acc];
        said![code, a.x, a.k, b.k, rows, columns, a.w, acc, exact]
    }),
];
