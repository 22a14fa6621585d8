//! Other meetings of types, on other kernels: what is unsafe there.

use super::pair::{CodeRange, pairs};
use crate::arith::{Group, Members};

/// Which operand of a signed product gets 128 added, where a kernel has only u8 × s8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shifted {
    /// The activations: their bytes + 128 meet the weights, so the same pairs are unsafe as with
    /// unsigned activations, from a signed code 128 smaller on.
    Activations,
    /// The weights: w + 128 in 0..=255 meets activations in −128..=127. An odd last weight meets no
    /// partner there, and is safe.
    Weights,
}

/// Unsafe pairs of a row whose activations are signed.
pub fn unsafe_pairs_signed(row: &[i8], shifted: Shifted) -> u64 {
    let is_unsafe = |pair: &[i8]| match (shifted, pair) {
        (Shifted::Activations, _) => {
            let both = [pair[0], pair.get(1).copied().unwrap_or(0)];
            CodeRange::ALL.is_unsafe(both)
        }
        // −128·(w0 + w1 + 256) leaves int16 from 257 on, 127·(…) only from 259 on.
        (Shifted::Weights, &[w0, w1]) => i32::from(w0) + i32::from(w1) >= 1,
        (Shifted::Weights, _) => false,
    };
    row.chunks(2).filter(|pair| is_unsafe(pair)).count() as u64
}

/// Pairs of a row that wrap around where NEON adds two products s8 × s8 in 16 bits: only −128·−128 twice
/// does, so both weights must be −128. `members` says which products meet: `Members::Apart(8)` in
/// MLAS without dot products and in gemmlowp, `Members::Run(2)` for neighbours.
pub fn wrapping_pairs(row: &[i8], members: Members) -> u64 {
    let groups = Group { members, ..Group::NEIGHBOURS }.of(row.len());
    let is_wrapping =
        |group: Vec<usize>| group.len() == 2 && group.iter().all(|&k| row[k] == i8::MIN);
    groups.filter(|group| is_wrapping(group.clone().collect())).count() as u64
}

/// Whether a bias as an int32 code, rint(bias / (s_x·s_w)), does not fit: ONNX Runtime, TensorFlow Lite
/// and QNNPACK have it so; FBGEMM adds it as a float.
pub fn bias_overflows(bias: f32, input_scale: f32, weight_scale: f32) -> bool {
    let unit = f64::from(input_scale) * f64::from(weight_scale);
    let code = (f64::from(bias) / unit).round_ties_even();
    !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&code)
}

/// The largest |Σ(x − zero_point)·w| that a row can reach with codes of a range. Above 2²⁴ the
/// conversion to float32 rounds; above 2³¹ − 1 int32 overflows.
pub fn largest_sum(row: &[i8], zero_point: i32, range: CodeRange) -> i64 {
    let (lo, hi) = (i32::from(range.lo()) - zero_point, i32::from(range.hi()) - zero_point);
    let ends = |w: i8| (i64::from(w) * i64::from(lo), i64::from(w) * i64::from(hi));
    let top: i64 = row.iter().map(|&w| ends(w)).map(|(one, two)| one.max(two)).sum();
    let bottom: i64 = row.iter().map(|&w| ends(w)).map(|(one, two)| one.min(two)).sum();
    top.abs().max(bottom.abs())
}

/// Unsafe pairs of a row of unsigned weights on an engine that turns them into signed ones: the same test
/// on weights less 128. Where a kernel has u8 × u8, as ONNX Runtime, nothing saturates.
pub fn unsafe_pairs_unsigned(row: &[u8]) -> u64 {
    let signed: Vec<i8> = row.iter().map(|&w| (w ^ 0x80).cast_signed()).collect();
    pairs(&signed).filter(|pair| CodeRange::ALL.is_unsafe(*pair)).count() as u64
}
