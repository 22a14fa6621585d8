//! How long the audit of a layer takes, beside reading its weights once and beside the definition.
//!
//!     cargo bench --no-default-features --features model --bench audit
//!
//! 4096 × 4096 weights, normally distributed, one scale for each output. Rounds alternate; of each work the
//! best and the median are printed, and ratios of the best, which say most on a busy machine.

#![expect(clippy::print_stdout, reason = "what it finds is printed")]

use std::hint::black_box;
use std::rc::Rc;
use std::time::Instant;

use rampscope::audit::{
    Audits, CodeRange, Layout, MatrixAudit, Role, Totals, WeightQuantizer, inspect,
};
use rampscope::tensor::{Bytes, Dtype, Scheme, Span, Tensor, View};

const SIZE: usize = 4096;
const ROUNDS: usize = 15;

/// Numbers of a normal distribution, the same everywhere (a sum of twelve uniform ones, less six).
fn normal(count: usize) -> Vec<f32> {
    let mut state = 0x1234_5678_u32;
    let mut uniform = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 16_777_216.0
    };
    (0..count).map(|_| (0..12).map(|_| uniform()).sum::<f32>() - 6.0).collect()
}

fn tensor(dtype: Dtype, bytes: Vec<u8>) -> Tensor {
    let bytes = Bytes::Stored(Span::whole(Rc::new(bytes)));
    let shape = [SIZE as u64; 2];
    let view = View::in_c_order(bytes, &shape, dtype.bytes(), false).expect("it fits");
    Tensor::new(String::new(), dtype, view)
}

fn main() {
    let floats = normal(SIZE * SIZE);
    let (codes, _) = WeightQuantizer::TORCH.quantize(&floats, SIZE, Scheme::Channel);
    let bytes: Vec<u8> = codes.iter().map(|code| code.cast_unsigned()).collect();
    let float_bytes: Vec<u8> = floats.iter().flat_map(|value| value.to_le_bytes()).collect();
    let (stored, real) = (tensor(Dtype::Int8, bytes), tensor(Dtype::Float32, float_bytes));
    let expected = Totals::of(&codes, SIZE, CodeRange::ALL);
    println!("{SIZE} × {SIZE}, {} unsafe pairs", expected.unsafe_pairs);
    assert_eq!(MatrixAudit::by_rows(&codes, SIZE).totals, expected);

    let read = |tensor: &Tensor, layout, role, is_hashed| {
        inspect(tensor, Some(layout), role, is_hashed).expect("it is read")
    };
    let found = read(&real, Layout::Nk, Role::Float, false);
    assert!(matches!(found.audits, Audits::IfQuantized { channel, .. } if channel == expected));
    type Contender<'c> = (&'c str, Box<dyn Fn() + 'c>);
    let contenders: Vec<Contender<'_>> = vec![
        (
            "read once: a sum of all weights",
            Box::new(|| {
                black_box(codes.iter().map(|&code| i64::from(code)).sum::<i64>());
            }),
        ),
        (
            "audit by rows",
            Box::new(|| {
                black_box(MatrixAudit::by_rows(&codes, SIZE));
            }),
        ),
        (
            "audit by columns",
            Box::new(|| {
                black_box(MatrixAudit::by_columns(&codes, SIZE));
            }),
        ),
        (
            "the definition",
            Box::new(|| {
                black_box(Totals::of(&codes, SIZE, CodeRange::ALL));
            }),
        ),
        (
            "a tensor of codes [N, K]",
            Box::new(|| {
                black_box(read(&stored, Layout::Nk, Role::Codes, false));
            }),
        ),
        (
            "a tensor of codes [K, N]",
            Box::new(|| {
                black_box(read(&stored, Layout::Kn, Role::Codes, false));
            }),
        ),
        (
            "the same, with its hash",
            Box::new(|| {
                black_box(read(&stored, Layout::Kn, Role::Codes, true));
            }),
        ),
        (
            "from float32 [N, K], both schemes",
            Box::new(|| {
                black_box(read(&real, Layout::Nk, Role::Float, false));
            }),
        ),
        (
            "from float32 [K, N], both schemes",
            Box::new(|| {
                black_box(read(&real, Layout::Kn, Role::Float, false));
            }),
        ),
    ];
    let mut times = vec![Vec::new(); contenders.len()];
    for _ in 0..ROUNDS {
        for ((_, run), times) in contenders.iter().zip(&mut times) {
            let start = Instant::now();
            run();
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    println!("{:36} {:>8} {:>8}  ratio", "ms", "best", "median");
    let mut first = None;
    for ((name, _), mut times) in contenders.iter().zip(times) {
        times.sort_by(f64::total_cmp);
        let (best, median) = (times[0], times[ROUNDS / 2]);
        let ratio = best / *first.get_or_insert(best);
        println!("{name:36} {best:8.2} {median:8.2} {ratio:6.1}");
    }
}
