//! The kernel as a bare WebAssembly module, for `benches/kernel.mjs`: no imports, numbers only.
//!
//! ```text
//! cargo build --profile page --no-default-features --target wasm32-unknown-unknown \
//!     --example kernel_wasm
//! node benches/kernel.mjs
//! ```

use std::hint::black_box;
use std::sync::LazyLock;

use rampscope::arith::{Accumulator, Blocks, Group, Lane, Members};
use rampscope::kernel::{Backend, PackedWeights, PairSum, backend, gemm, products};

/// Rows of the product (M).
const ROWS: usize = 64;
/// Outputs (N).
const OUTPUTS: usize = 256;
/// Inputs (K).
const INPUTS: usize = 1024;

/// Pairs (k, k + 8) of signed bytes that wrap, as on ARM64; taps of 3×3 in columns, as oneDNN's
/// `brg_conv_fwd` takes them; blocks of K after which pairs start anew, the first of them odd.
const GROUPS: [Accumulator; 3] = [
    Accumulator {
        group: Group { members: Members::Apart(8), blocks: Blocks::Whole },
        lane: Lane::Wrap,
        signed_inputs: true,
    },
    Accumulator {
        group: Group { members: Members::Taps(3), blocks: Blocks::Whole },
        ..Accumulator::PAIR_SATURATING
    },
    Accumulator {
        group: Group { members: Members::Run(2), blocks: Blocks::Every(511) },
        ..Accumulator::PAIR_SATURATING
    },
];

struct Layer {
    x: Vec<u8>,
    w: Vec<i8>,
    exact: PackedWeights,
    saturating: PackedWeights,
}

/// Any bytes, the same everywhere (Marsaglia's xorshift).
#[expect(clippy::cast_possible_truncation, reason = "a byte of it")]
fn bytes() -> impl FnMut() -> u8 {
    let mut state = 1_u32;
    move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 16) as u8
    }
}

impl Layer {
    fn new(mut weight: impl FnMut() -> i8) -> Layer {
        let mut byte = bytes();
        let x = (0..ROWS * INPUTS).map(|_| byte()).collect();
        let w: Vec<i8> = (0..OUTPUTS * INPUTS).map(|_| weight()).collect();
        let packed = |pair_sum| {
            PackedWeights::pack(&w, OUTPUTS, INPUTS, pair_sum).expect("the shape is constant")
        };
        Layer { exact: packed(PairSum::Exact), saturating: packed(PairSum::Saturate), x, w }
    }
}

/// All weights are as frequent: one pair in four can saturate.
static UNIFORM: LazyLock<Layer> = LazyLock::new(|| {
    let mut byte = bytes();
    Layer::new(move || byte().cast_signed())
});

/// As layers are that were trained: a normal distribution, the largest weight of 1024 at the end of the range.
/// One pair in 60 can saturate, as in MiniLM-L6 with a scale for each output.
static TRAINED: LazyLock<Layer> = LazyLock::new(|| {
    let mut byte = bytes();
    Layer::new(move || {
        // Twelve uniform numbers have a variance of 256²; σ is to be 38.
        let sum: i32 = (0..12).map(|_| i32::from(byte()) - 127).sum();
        i8::try_from((sum * 38 / 256).clamp(-127, 127)).expect("it is clamped")
    })
});

fn layer(which: u32) -> &'static Layer {
    if which == 1 { &TRAINED } else { &UNIFORM }
}

/// Where the codes of a layer are: 0 the uniform one, 1 the one as if trained.
#[unsafe(no_mangle)]
pub extern "C" fn codes(which: u32) -> *const u8 {
    layer(which).x.as_ptr()
}

/// Where its weights are, by outputs.
#[unsafe(no_mangle)]
pub extern "C" fn weights(which: u32) -> *const i8 {
    layer(which).w.as_ptr()
}

/// Multiply-adds of one product.
#[unsafe(no_mangle)]
#[expect(clippy::cast_possible_truncation, reason = "some millions")]
pub extern "C" fn macs() -> u32 {
    (ROWS * OUTPUTS * INPUTS) as u32
}

/// 1 where the kernel runs on 128-bit vectors, 0 where it runs on plain arrays.
#[unsafe(no_mangle)]
pub extern "C" fn vectors() -> u32 {
    u32::from(backend() == Backend::Simd128)
}

/// Computes the product `times` times; returns a checksum of the last accumulators.
///
/// `which`: 0 the plain loop, exact; 1 the plain loop, saturating pairs; 2 the kernel, exact;
/// 3 the kernel, saturating pairs. Then, of the groups other than neighbours, [`GROUPS`], the kernel by
/// 4, 6, 8 and the plain loop over groups by 5, 7, 9. From 10 on, weights as if trained: 10 the plain loop,
/// saturating pairs; 11 the kernel, exact; 12 the kernel, saturating pairs.
#[unsafe(no_mangle)]
pub extern "C" fn run(which: u32, times: u32) -> u32 {
    let layer = layer(u32::from(which >= 10));
    let mut out = vec![0; ROWS * OUTPUTS];
    for _ in 0..times {
        let x = black_box(&layer.x[..]);
        match which {
            0 => plain(dot_exact, x, &layer.w, &mut out),
            1 | 10 => plain(dot_pairs, x, &layer.w, &mut out),
            2 | 11 => kernel(x, &layer.exact, &mut out),
            3 | 12 => kernel(x, &layer.saturating, &mut out),
            _ => {
                let accumulator = GROUPS[(which / 2 - 2) as usize];
                if which.is_multiple_of(2) {
                    // Weights are packed every time, as whoever calls it does.
                    out = products(accumulator, x, &layer.w, INPUTS).expect("whole rows");
                } else {
                    plain(|x, w| accumulator.accumulate(x, w), x, &layer.w, &mut out);
                }
            }
        }
    }
    out.iter().fold(0, |sum, &value| sum.rotate_left(5).wrapping_add(value.cast_unsigned()))
}

/// The product by a loop over all rows and outputs, as one would write it first.
fn plain(dot: impl Fn(&[u8], &[i8]) -> i32, x: &[u8], w: &[i8], out: &mut [i32]) {
    for (x, out) in x.chunks_exact(INPUTS).zip(out.chunks_exact_mut(OUTPUTS)) {
        for (w, out) in w.chunks_exact(INPUTS).zip(out) {
            *out = dot(x, w);
        }
    }
}

// Not the oracle's loops: those are written to be read, and would flatter the ratio.
fn dot_exact(x: &[u8], w: &[i8]) -> i32 {
    x.iter().zip(w).map(|(&x, &w)| i32::from(x) * i32::from(w)).sum()
}

fn dot_pairs(x: &[u8], w: &[i8]) -> i32 {
    let pair = |(x, w)| dot_exact(x, w).clamp(i16::MIN.into(), i16::MAX.into());
    x.chunks_exact(2).zip(w.chunks_exact(2)).map(pair).sum()
}

fn kernel(x: &[u8], packed: &PackedWeights, out: &mut [i32]) {
    gemm(x, ROWS, packed, out).expect("the shape is constant");
}

/// Run natively, the example only shows that kernel and plain loop agree.
fn main() {
    assert_eq!(run(0, 1), run(2, 1));
    assert_eq!(run(1, 1), run(3, 1));
    assert_eq!(run(10, 1), run(12, 1));
    for which in [4, 6, 8] {
        assert_eq!(run(which, 1), run(which + 1, 1));
    }
    println!("kernel and plain loop agree on {} multiply-adds", 6 * macs());
}
