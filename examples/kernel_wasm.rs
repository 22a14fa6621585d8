//! The kernel as a bare WebAssembly module, for `benches/kernel.mjs`: no imports, numbers only.
//!
//! ```text
//! cargo build --release --no-default-features --target wasm32-unknown-unknown \
//!     --example kernel_wasm
//! node benches/kernel.mjs
//! ```

use std::hint::black_box;
use std::sync::LazyLock;

use rampscope::kernel::{Backend, PackedWeights, Saturation, backend, gemm};

/// Rows of the product (M).
const ROWS: usize = 64;
/// Outputs (N).
const OUTPUTS: usize = 256;
/// Inputs (K).
const INPUTS: usize = 1024;

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
/// 3 the kernel, saturating pairs.
#[unsafe(no_mangle)]
pub extern "C" fn run(which: u32, times: u32) -> u32 {
    let layer = &*LAYER;
    let mut out = vec![0; ROWS * OUTPUTS];
    for _ in 0..times {
        let x = black_box(&layer.x[..]);
        match which {
            0 => plain(dot_exact, x, &layer.w, &mut out),
            1 => plain(dot_pairs, x, &layer.w, &mut out),
            2 => kernel(Saturation::Exact, x, &layer.packed, &mut out),
            _ => kernel(Saturation::Pairs, x, &layer.packed, &mut out),
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

fn kernel(saturation: Saturation, x: &[u8], packed: &PackedWeights, out: &mut [i32]) {
    gemm(x, ROWS, packed, saturation, out).expect("the shape is constant");
}

/// Run natively, the example only shows that kernel and plain loop agree.
fn main() {
    assert_eq!(run(0, 1), run(2, 1));
    assert_eq!(run(1, 1), run(3, 1));
    println!("kernel and plain loop agree on {} multiply-adds", 2 * macs());
}
