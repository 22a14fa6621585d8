//! How long the audit of a layer takes, beside reading its weights once and beside the definition.
//!
//!     cargo bench --no-default-features --features model --bench audit
//!
//! 4096 × 4096 weights, normally distributed, one scale for each output; then the same of other sizes, per
//! weight. Rounds alternate; of each work the best and the median are printed, and ratios of the best. It is
//! processor time of the thread where the system tells it: the machine may be busy.

#![expect(clippy::print_stdout, reason = "what it finds is printed")]

use std::hint::black_box;
use std::rc::Rc;

use rampscope::audit::{
    Audits, CodeRange, Layout, MatrixAudit, Role, Totals, WeightQuantizer, inspect,
};
use rampscope::kernel::{sweep::CODES, sweep_saturating};
use rampscope::tensor::{Bytes, Dtype, Scheme, Span, Tensor, View};

const SIZE: usize = 4096;
const ROUNDS: usize = 15;

/// Milliseconds of the thread so far.
#[cfg(target_os = "linux")]
fn clock() -> f64 {
    /// `struct timespec` and `CLOCK_THREAD_CPUTIME_ID` of 64-bit Linux.
    #[repr(C)]
    struct Time {
        seconds: i64,
        nanoseconds: i64,
    }
    unsafe extern "C" {
        fn clock_gettime(clock: i32, time: *mut Time) -> i32;
    }
    let mut time = Time { seconds: 0, nanoseconds: 0 };
    // SAFETY: the time is one that may be written.
    let status = unsafe { clock_gettime(3, &raw mut time) };
    assert_eq!(status, 0, "the thread's clock");
    time.seconds as f64 * 1e3 + time.nanoseconds as f64 / 1e6
}

#[cfg(not(target_os = "linux"))]
fn clock() -> f64 {
    static START: std::sync::LazyLock<std::time::Instant> =
        std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed().as_secs_f64() * 1e3
}

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
        ("all ramps", Box::new(|| ramps(&codes, SIZE))),
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
            let start = clock();
            run();
            times.push(clock() - start);
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
    by_size();
}

/// Nanoseconds a weight, of squares of several sizes.
fn by_size() {
    println!("{:>16} {:>12} {:>12}", "ns a weight", "audit", "all ramps");
    for size in [256, 512, 1024, 2048, 4096, 8192] {
        let weights = codes(size);
        let best = |run: &dyn Fn()| {
            let times = (0..ROUNDS).map(|_| {
                let start = clock();
                run();
                clock() - start
            });
            times.fold(f64::INFINITY, f64::min) * 1e6 / weights.len() as f64
        };
        let audit = best(&|| {
            black_box(MatrixAudit::by_rows(&weights, size));
        });
        let ramps = best(&|| ramps(&weights, size));
        println!("{:>16} {audit:>12.3} {ramps:>12.3}", format!("{size} × {size}"));
    }
}

/// The ramps of all outputs.
fn ramps(weights: &[i8], inputs: usize) {
    let mut raw = [0; CODES];
    for row in weights.chunks_exact(inputs) {
        sweep_saturating(row, &mut raw);
        black_box(&mut raw);
    }
}

/// A square of normally distributed weights, one scale for each output.
fn codes(size: usize) -> Vec<i8> {
    WeightQuantizer::TORCH.quantize(&normal(size * size), size, Scheme::Channel).0
}
