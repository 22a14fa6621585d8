//! What the audit says of a layer is what the kernel does with it: an output that can saturate does on its
//! worst input, one that cannot never does.

use rampscope::arith::Rail;
use rampscope::audit::{CodeRange, MatrixAudit, RowAudit, pairs, worst_input};
use rampscope::kernel::{PackedWeights, PairSum, gemm};

const INPUTS: usize = 24;

/// Numbers from 0 to 2³² − 1, the same everywhere.
fn numbers(mut state: u32) -> impl FnMut() -> u32 {
    move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 8
    }
}

/// Weights of outputs of which some are safe, and some by one unit.
fn layer(outputs: usize) -> Vec<i8> {
    let mut next = numbers(7);
    let mut weights = Vec::new();
    for output in 0..outputs {
        for _ in 0..INPUTS / 2 {
            let [one, two] = [next(), next()].map(|number| number.to_le_bytes()[1].cast_signed());
            // The edge itself: two weights of one sign that come to 128.
            let edge = if one < 0 { -128 - i16::from(one) } else { 128 - i16::from(one) };
            let edge = i8::try_from(edge.clamp(-128, 127)).expect("it is clamped");
            weights.extend(match output % 3 {
                0 => [one, two],
                1 => [one, edge],
                _ => [one / 2, two / 2],
            });
        }
    }
    weights
}

/// A layer's weights, for saturated and for exact sums.
fn packed(weights: &[i8]) -> [PackedWeights; 2] {
    [PairSum::Saturate, PairSum::Exact].map(|sum| {
        PackedWeights::pack(weights, weights.len() / INPUTS, INPUTS, sum).expect("it fits")
    })
}

/// Saturated and exact sums of a layer, `[sample][output]`.
fn both(codes: &[u8], packed: &[PackedWeights; 2]) -> [Vec<i32>; 2] {
    let samples = codes.len() / INPUTS;
    packed.each_ref().map(|packed| {
        let mut sums = vec![0; samples * packed.outputs()];
        gemm(codes, samples, packed, &mut sums).expect("it fits");
        sums
    })
}

/// Samples at random, half of their codes at an end.
fn samples(count: usize, seed: u32) -> Vec<u8> {
    let mut next = numbers(seed);
    let code = |number: u32| match number % 4 {
        0 => 0,
        1 => 255,
        _ => number.to_le_bytes()[1],
    };
    (0..count * INPUTS).map(|_| code(next())).collect()
}

#[test]
fn an_output_that_can_saturate_does_on_its_worst_input() {
    let weights = layer(120);
    let MatrixAudit { rows, totals } = MatrixAudit::by_rows(&weights, INPUTS);
    assert!((10..110).contains(&totals.rows_hit), "{}", totals.rows_hit);
    for (row, audit) in weights.chunks(INPUTS).zip(&rows) {
        let packed = packed(row);
        let lost = |codes: &[u8]| {
            let [saturated, exact] = both(codes, &packed);
            i64::from(saturated[0] - exact[0])
        };
        assert_eq!(lost(&worst_input(row, Rail::High, CodeRange::ALL)), -audit.over);
        assert_eq!(lost(&worst_input(row, Rail::Low, CodeRange::ALL)), audit.under);
        assert_eq!(audit.over + audit.under > 0, audit.pairs > 0);
    }
}

/// A sum of two products is linear in each code, so that what holds at its four corners holds everywhere.
#[test]
fn an_output_that_cannot_saturate_is_safe_at_the_corners_of_each_pair() {
    let weights = layer(120);
    let MatrixAudit { rows, .. } = MatrixAudit::by_rows(&weights, INPUTS);
    for (row, audit) in weights.chunks(INPUTS).zip(&rows) {
        let fits = |[w0, w1]: [i8; 2]| {
            let sum = |x0: i32, x1: i32| x0 * i32::from(w0) + x1 * i32::from(w1);
            let corners = [sum(0, 0), sum(0, 255), sum(255, 0), sum(255, 255)];
            corners.into_iter().all(|sum| i16::try_from(sum).is_ok())
        };
        assert_eq!(pairs(row).all(fits), audit.pairs == 0);
    }
}

fn never_differs(count: usize) {
    let weights: Vec<i8> = layer(60)
        .chunks(INPUTS)
        .filter(|row| RowAudit::of(row, CodeRange::ALL).pairs == 0)
        .take(8)
        .flatten()
        .copied()
        .collect();
    assert_eq!(weights.len(), 8 * INPUTS);
    let packed = packed(&weights);
    const AT_ONCE: usize = 1000;
    for seed in 0..u32::try_from(count / AT_ONCE).expect("it fits") {
        let [saturated, exact] = both(&samples(AT_ONCE, seed), &packed);
        assert_eq!(saturated, exact);
    }
}

#[test]
fn a_safe_layer_is_exact_for_many_inputs() {
    never_differs(20_000);
}

/// `cargo test --release --no-default-features --features model --test audit_kernel -- --ignored`
#[test]
#[ignore = "ten million inputs, for a release build"]
fn a_safe_layer_is_exact_for_ten_million_inputs() {
    never_differs(10_000_000);
}
