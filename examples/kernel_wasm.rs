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
    packed: PackedWeights,
}

#[expect(clippy::cast_possible_truncation, reason = "a byte of it")]
static LAYER: LazyLock<Layer> = LazyLock::new(|| {
    let mut state = 1_u32;
    let mut byte = || {
        // Marsaglia's xorshift: any bytes will do, the time does not depend on them.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state >> 16) as u8
    };
    let x = (0..ROWS * INPUTS).map(|_| byte()).collect();
    let w: Vec<i8> = (0..OUTPUTS * INPUTS).map(|_| byte().cast_signed()).collect();
    let packed = PackedWeights::pack(&w, OUTPUTS, INPUTS).expect("the shape is constant");
    Layer { x, w, packed }
});

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
/// 4, 6, 8 and the plain loop over groups by 5, 7, 9.
#[unsafe(no_mangle)]
pub extern "C" fn run(which: u32, times: u32) -> u32 {
    let layer = &*LAYER;
    let mut out = vec![0; ROWS * OUTPUTS];
    for _ in 0..times {
        let x = black_box(&layer.x[..]);
        match which {
            0 => plain(dot_exact, x, &layer.w, &mut out),
            1 => plain(dot_pairs, x, &layer.w, &mut out),
            2 => kernel(PairSum::Exact, x, &layer.packed, &mut out),
            3 => kernel(PairSum::Saturate, x, &layer.packed, &mut out),
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

fn kernel(pair_sum: PairSum, x: &[u8], packed: &PackedWeights, out: &mut [i32]) {
    gemm(x, ROWS, packed, pair_sum, out).expect("the shape is constant");
}

/// Run natively, the example only shows that kernel and plain loop agree.
fn main() {
    assert_eq!(run(0, 1), run(2, 1));
    assert_eq!(run(1, 1), run(3, 1));
    for which in [4, 6, 8] {
        assert_eq!(run(which, 1), run(which + 1, 1));
    }
    println!("kernel and plain loop agree on {} multiply-adds", 5 * macs());
}
