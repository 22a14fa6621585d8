//! The kernel's contract: on every backend, for every input, the oracle's numbers to the bit.
//!
//! The oracle is `rampscope::arith::Accumulator`, a plain loop over groups. Every product below is
//! made by [`gemm`] or [`products`] (in the browser: 128-bit vectors) and by [`gemm_soft`] or
//! [`products_soft`] (plain arrays).

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "bytes that are drawn, and numbers that are known to fit"
)]

mod properties;

use properties::holds;
use proptest::prelude::*;
use rampscope::arith::{Accumulator, Blocks, CODES, Engine, Group, Lane, MAX_INPUTS, Members};
use rampscope::kernel::{
    Backend, PackedWeights, PairSum, ShapeError, backend, gemm, gemm_soft, is_quick, pair_sums,
    products, products_soft, row_sums, sweep, sweep_exact, sweep_saturating,
};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Those whose ramps have a closed form.
const BOTH: [PairSum; 2] = [PairSum::Exact, PairSum::Saturate];

const ALL: [PairSum; 3] = [PairSum::Exact, PairSum::Saturate, PairSum::Wrap];

fn say(line: &str) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_test::console_log!("{line}");
    #[cfg(not(target_arch = "wasm32"))]
    println!("{line}");
}

fn oracle(pair_sum: PairSum, x: &[u8], w: &[i8]) -> i32 {
    let accumulator = match pair_sum {
        PairSum::Exact => Accumulator::EXACT,
        PairSum::Saturate => Accumulator::PAIR_SATURATING,
        PairSum::Wrap => Accumulator { signed_inputs: true, ..Accumulator::PAIR_WRAPPING },
    };
    assert_eq!(PairSum::of(accumulator), Some(pair_sum));
    accumulator.accumulate(x, w)
}

fn packed(w: &[i8], outputs: usize, inputs: usize, pair_sum: PairSum) -> PackedWeights {
    PackedWeights::pack(w, outputs, inputs, pair_sum).expect("the shape fits")
}

/// A product by both backends, which must agree.
fn product(x: &[u8], rows: usize, packed: &PackedWeights) -> Vec<i32> {
    // Not zero before, so that an accumulator left out is seen.
    let mut out = vec![i32::MIN; rows * packed.outputs()];
    let mut soft = vec![i32::MAX; rows * packed.outputs()];
    gemm(x, rows, packed, &mut out).expect("the shape fits");
    gemm_soft(x, rows, packed, &mut soft).expect("the shape fits");
    assert_eq!(out, soft, "{:?} and plain arrays", backend());
    out
}

/// Checks a whole layer `x [rows][inputs]` × `w [outputs][inputs]` against the oracle; returns
/// the number of accumulators compared.
fn check(x: &[u8], rows: usize, w: &[i8], outputs: usize, inputs: usize) -> usize {
    for pair_sum in ALL {
        let out = product(x, rows, &packed(w, outputs, inputs, pair_sum));
        for m in 0..rows {
            for n in 0..outputs {
                let (x, w) = (&x[m * inputs..][..inputs], &w[n * inputs..][..inputs]);
                assert_eq!(
                    out[m * outputs + n],
                    oracle(pair_sum, x, w),
                    "{pair_sum:?} K={inputs} M={m}/{rows} N={n}/{outputs} x={x:?} w={w:?}"
                );
            }
        }
    }
    ALL.len() * rows * outputs
}

/// Bytes without a pattern, the same on every machine (SplitMix64).
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

/// Noise of which half is at the ends of the range, so that about every third pair saturates.
fn loud_codes(seed: u64, length: usize) -> Vec<u8> {
    let loud = |byte: u8| if byte & 1 == 0 { byte | 0xf0 } else { byte };
    noise(seed, length).into_iter().map(loud).collect()
}

fn loud_weights(seed: u64, length: usize) -> Vec<i8> {
    let loud = |byte: u8| match byte & 3 {
        0 => 127 - (byte >> 5) as i8,
        1 => -128 + (byte >> 5) as i8,
        _ => byte as i8,
    };
    noise(seed, length).into_iter().map(loud).collect()
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_backend_is_the_one_compiled_for() {
    say(&format!("kernel backend: {} (compared with {})", backend().name(), Backend::Soft.name()));
    let vectors = cfg!(all(target_arch = "wasm32", target_feature = "simd128"));
    assert_eq!(backend() == Backend::Simd128, vectors);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_length_and_alignment() {
    const LENGTHS: std::ops::RangeInclusive<usize> = 0..=130;
    const OFFSETS: usize = 16;
    // Off the tile in both directions: 3 rows, 5 outputs.
    let (rows, outputs) = (3, 5);
    let codes = loud_codes(1, rows * LENGTHS.end() + OFFSETS);
    let weights = loud_weights(2, outputs * LENGTHS.end() + OFFSETS);
    let mut compared = 0;
    for inputs in LENGTHS {
        for offset in 0..OFFSETS {
            let x = &codes[offset..][..rows * inputs];
            // Another step for the weights, so that the two offsets do not move together.
            let w = &weights[offset * 7 % OFFSETS..][..outputs * inputs];
            compared += check(x, rows, w, outputs, inputs);
        }
    }
    assert_eq!(compared, 131 * 16 * 3 * 15);
    say(&format!("K 0..=130 × 16 alignments: {compared} equal"));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_number_of_rows_and_outputs() {
    // Rows in groups of 4 and 16, outputs of 4 and 8.
    for inputs in [0, 1, 2, 15, 16, 17, 33] {
        for rows in [0, 1, 2, 3, 4, 5, 8, 15, 16, 17, 33] {
            for outputs in (0..=9).chain([15, 16, 17]) {
                let x = loud_codes(3, rows * inputs);
                let w = loud_weights(4, outputs * inputs);
                check(&x, rows, &w, outputs, inputs);
            }
        }
    }
}

/// Few pairs that can saturate are listed, and each pair is looked at where there are many: both ways, and from
/// the last share that is listed to the first that is not.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_share_of_unsafe_pairs() {
    let (rows, outputs, inputs) = (19, 5, 80);
    let x = loud_codes(7, rows * inputs);
    let loud = loud_weights(8, outputs * inputs);
    for listed in 0..=60 {
        let mut w: Vec<i8> =
            noise(9, outputs * inputs).iter().map(|&byte| byte as i8 / 2).collect();
        for pair in 0..listed {
            // Spread over all rows; the rails alternate.
            let at = pair * 37 % (outputs * inputs / 2) * 2;
            w[at..at + 2].copy_from_slice(if pair % 2 == 0 { &[127, 66] } else { &[-128, -70] });
        }
        check(&x, rows, &w, outputs, inputs);
        // The same number in one output.
        w[..2 * listed.min(40)].copy_from_slice(&loud[..2 * listed.min(40)]);
        check(&x, rows, &w, outputs, inputs);
    }
}

/// Longer than the part of K that is worked off at once, by one place and by many.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn rows_of_several_blocks() {
    for inputs in [2047, 2048, 2049, 2050, 2053, 4096, 4100, 6145] {
        let x = loud_codes(10, 5 * inputs);
        let w = loud_weights(11, 9 * inputs);
        check(&x, 5, &w, 9, inputs);
        let mild: Vec<i8> = w.iter().map(|&weight| weight / 3).collect();
        check(&x, 5, &mild, 9, inputs);
    }
}

/// Every accumulator that an engine has, and what the kernel knows of groups in every lane.
fn accumulators() -> Vec<Accumulator> {
    let members = [
        Members::Run(1),
        Members::Run(2),
        Members::Run(4),
        Members::Apart(8),
        Members::Apart(2),
        Members::Crossed,
        Members::Taps(3),
    ];
    let blocks = [
        Blocks::Whole,
        Blocks::Every(3),
        Blocks::Every(16),
        Blocks::Halved { whole: 20, size: 40 },
    ];
    let mut all: Vec<Accumulator> = Engine::ALL.iter().map(|engine| engine.accumulator()).collect();
    for (members, blocks) in
        members.iter().flat_map(|one| blocks.iter().map(move |two| (*one, *two)))
    {
        let group = Group { members, blocks };
        for lane in [Lane::Exact, Lane::Saturate, Lane::Wrap, Lane::Acc16] {
            all.extend([false, true].map(|signed_inputs| Accumulator {
                group,
                lane,
                signed_inputs,
            }));
        }
    }
    all
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_group_at_every_length() {
    let (rows, outputs) = (2, 3);
    let codes = loud_codes(5, rows * 130);
    let weights = loud_weights(6, outputs * 130);
    let (mut quick, mut lossy) = (0, 0);
    for accumulator in accumulators() {
        for inputs in 0..=130 {
            let (x, w) = (&codes[..rows * inputs], &weights[..outputs * inputs]);
            let made = products(accumulator, x, w, inputs).expect("whole rows");
            let soft = products_soft(accumulator, x, w, inputs).expect("whole rows");
            assert_eq!(made, soft, "{:?} and plain arrays", backend());
            for (at, sum) in made.iter().enumerate() {
                let x = &x[at / outputs * inputs..][..inputs];
                let w = &w[at % outputs * inputs..][..inputs];
                assert_eq!(*sum, accumulator.accumulate(x, w), "{accumulator:?} K={inputs}");
                let exact = Accumulator { lane: Lane::Exact, ..accumulator };
                lossy += usize::from(*sum != exact.accumulate(x, w));
            }
            for (n, w) in w.chunks_exact(inputs.max(1)).enumerate() {
                let of_output: Vec<i32> = made.iter().skip(n).step_by(outputs).copied().collect();
                assert_eq!(row_sums(accumulator, x, w), of_output, "{accumulator:?} K={inputs}");
            }
            quick += usize::from(is_quick(accumulator, inputs));
        }
    }
    say(&format!("{quick} shapes by the kernel, {lossy} sums that lose something"));
    assert!(quick > 10_000 && lossy > 50_000, "{quick} {lossy}");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_has_a_kernel() {
    let of = |members, lane, signed_inputs| {
        let group = Group { members, blocks: Blocks::Whole };
        is_quick(Accumulator { group, lane, signed_inputs }, 100)
    };
    // ONNX Runtime on ARM64, oneDNN's taps.
    assert!(of(Members::Apart(8), Lane::Wrap, true) && of(Members::Taps(3), Lane::Saturate, false));
    assert!(of(Members::Run(4), Lane::Exact, false));
    assert!(!of(Members::Run(4), Lane::Saturate, false), "groups of more than two");
    assert!(!of(Members::Run(2), Lane::Running16, false), "sums that remember");
    // Each alone, such a row has twice as many places.
    let alone = Accumulator {
        group: Group { members: Members::Run(1), blocks: Blocks::Whole },
        ..Accumulator::PAIR_SATURATING
    };
    assert_eq!([MAX_INPUTS / 2, MAX_INPUTS].map(|inputs| is_quick(alone, inputs)), [true, false]);
    for engine in Engine::ALL {
        let is_library = match engine.lane() {
            Lane::Exact | Lane::Saturate => true,
            Lane::Wrap => engine.accumulator().signed_inputs,
            _ => false,
        };
        assert_eq!(is_quick(engine.accumulator(), 777), is_library, "{engine:?}");
    }
}

/// All rows of `length` values out of two.
fn all_patterns<T: Copy>(length: usize, values: [T; 2]) -> Vec<T> {
    let row = |bits: usize| (0..length).map(move |k| values[bits >> k & 1]);
    (0..1 << length).flat_map(row).collect()
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_pattern_of_extremes() {
    for inputs in 1..=8 {
        let w = all_patterns(inputs, [-128, 127]);
        // Of bytes, and of signed ones: only -128 · -128 twice wraps around.
        for ends in [[0, 255], [128, 127]] {
            let x = all_patterns(inputs, ends);
            check(&x, 1 << inputs, &w, 1 << inputs, inputs);
        }
    }
    // The patterns of two pairs, repeated over every lane and a remainder.
    for inputs in [16, 31, 32, 130] {
        let tile =
            |pattern: &[u8]| -> Vec<u8> { pattern.iter().copied().cycle().take(inputs).collect() };
        let x: Vec<u8> = all_patterns(4, [0, 255]).chunks(4).flat_map(tile).collect();
        let w: Vec<i8> =
            all_patterns(4, [128, 127]).chunks(4).flat_map(tile).map(|byte| byte as i8).collect();
        check(&x, 16, &w, 16, inputs);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn pairs_at_the_rails() {
    // Pairs whose exact sum is within 2 of a rail, found by solving for the second code.
    let mut pairs = Vec::new();
    let mut seen = [[0_usize; 5]; 2];
    for w0 in (-128..=127_i32).step_by(5) {
        for w1 in (-128..=127_i32).rev().step_by(3).filter(|&w| w != 0) {
            for x0 in (0..=255_i32).rev().step_by(11) {
                for (side, rail) in [-32_768, 32_767].into_iter().enumerate() {
                    let nearest = (rail - x0 * w0) / w1;
                    for x1 in nearest - 1..=nearest + 1 {
                        let distance = x0 * w0 + x1 * w1 - rail;
                        if (0..=255).contains(&x1) && distance.abs() <= 2 {
                            seen[side][(distance + 2) as usize] += 1;
                            pairs.push(([x0 as u8, x1 as u8], [w0 as i8, w1 as i8]));
                        }
                    }
                }
            }
        }
    }
    say(&format!(
        "{} pairs at -2, -1, 0, 1, 2 from the low and the high rail: {seen:?}",
        pairs.len()
    ));
    assert!(seen.iter().flatten().all(|&count| count > 20), "{seen:?}");
    // One by one, and 65 at a time so that they stand at every lane.
    for size in [1, 65] {
        for group in pairs.chunks(size) {
            let (x, w): (Vec<[u8; 2]>, Vec<[i8; 2]>) = group.iter().copied().unzip();
            check(x.as_flattened(), 1, w.as_flattened(), 1, 2 * group.len());
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_longest_rows_do_not_overflow() {
    let x = vec![255; MAX_INPUTS];
    for (weight, pair) in [(-128_i8, -32_768), (127, 32_767)] {
        let w = vec![weight; MAX_INPUTS];
        let exact = MAX_INPUTS as i64 * 255 * i64::from(weight);
        let saturated = MAX_INPUTS as i64 / 2 * pair;
        let found =
            BOTH.map(|pair_sum| i64::from(product(&x, 1, &packed(&w, 1, MAX_INPUTS, pair_sum))[0]));
        assert_eq!(found, [exact, saturated]);
        let mut ramp = [0; CODES];
        sweep_exact(&w, &mut ramp);
        assert_eq!(i64::from(ramp[255]), exact);
        sweep_saturating(&w, &mut ramp);
        assert_eq!(i64::from(ramp[255]), saturated);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn wrong_shapes_are_errors_and_write_nothing() {
    let packed = packed(&[1; 6], 2, 3, PairSum::Exact);
    let run = |codes: usize, rows: usize, room: usize| {
        let mut out = vec![7; room];
        let result = gemm(&vec![1; codes], rows, &packed, &mut out);
        assert!(result.is_ok() || out.iter().all(|&sum| sum == 7));
        result
    };
    let codes = |expected, found| Err(ShapeError::Codes { expected, found });
    let room = |expected, found| Err(ShapeError::Accumulators { expected, found });
    assert_eq!(run(12, 4, 8), Ok(()));
    assert_eq!(run(11, 4, 8), codes(12, 11));
    assert_eq!(run(13, 4, 8), codes(12, 13));
    assert_eq!(run(12, 4, 7), room(8, 7));
    assert_eq!(run(12, 4, 9), room(8, 9));
    assert_eq!(run(0, usize::MAX, 0), Err(ShapeError::TooLarge));

    let pack = |length, outputs, inputs| {
        PackedWeights::pack(&vec![0; length], outputs, inputs, PairSum::Exact).map(|_| ())
    };
    let weights = |expected, found| Err(ShapeError::Weights { expected, found });
    assert_eq!(pack(5, 2, 3), weights(6, 5));
    assert_eq!(pack(7, 2, 3), weights(6, 7));
    assert_eq!(pack(0, usize::MAX, 2), Err(ShapeError::TooLarge));
    let inputs = MAX_INPUTS + 1;
    let too_many = Err(ShapeError::TooManyInputs { inputs });
    assert_eq!(pack(inputs, 1, inputs), too_many);
    for error in [codes(12, 11), weights(6, 5), room(8, 7), too_many] {
        let sentence = error.map_or_else(|e| e.to_string(), |()| String::new());
        assert!(sentence.contains(char::is_numeric), "{sentence}");
    }
}

/// Both sweeps of all rows of a layer against the kernel's product of 256 constant rows.
fn check_sweeps(w: &[i8], outputs: usize, inputs: usize) {
    let x: Vec<u8> = (0..=255_u8).flat_map(|code| std::iter::repeat_n(code, inputs)).collect();
    for pair_sum in BOTH {
        let table = product(&x, CODES, &packed(w, outputs, inputs, pair_sum));
        for n in 0..outputs {
            let row = &w[n * inputs..][..inputs];
            let mut ramp = [i32::MIN; CODES];
            match pair_sum {
                PairSum::Exact => sweep_exact(row, &mut ramp),
                _ => sweep_saturating(row, &mut ramp),
            }
            for (code, &raw) in ramp.iter().enumerate() {
                let brute = table[code * outputs + n];
                assert_eq!(raw, brute, "{pair_sum:?} code {code} of {row:?}");
            }
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn sweeps_equal_the_product_for_every_length() {
    for inputs in 0..=64 {
        check_sweeps(&loud_weights(inputs as u64, 7 * inputs), 7, inputs);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn sweeps_equal_the_product_for_every_pair_sum() {
    // Every sum of two weights once: -256..=254.
    let w: Vec<i8> = (-256..=254_i32)
        .flat_map(|sum| {
            let first = (sum / 2).clamp(-128, 127);
            [first as i8, (sum - first) as i8]
        })
        .collect();
    assert!(pair_sums(&w).eq(-256..=254));
    check_sweeps(&w, 511, 2);
    for sum in -256..=254 {
        let over = |code: &u8| i16::try_from(i32::from(*code) * sum).is_err();
        assert_eq!(sweep::first_saturated_code(sum), (0..=255).find(over));
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn an_odd_last_weight_never_saturates() {
    assert!(pair_sums(&[1, 2, 3]).eq([3, 3]));
    for weight in [-128, 127] {
        check_sweeps(&[weight], 1, 1);
        let mut ramp = [0; CODES];
        sweep_saturating(&[0, 0, weight], &mut ramp);
        assert_eq!(ramp[255], 255 * i32::from(weight));
    }
}

/// A shape, and codes and weights for it, with the ends of the ranges often drawn.
fn layers() -> impl Strategy<Value = (usize, usize, usize, Vec<u8>, Vec<i8>)> {
    let code = prop_oneof![3 => any::<u8>(), 1 => 250..=255_u8, 1 => 126..=130_u8, 1 => Just(0)];
    let weight = prop_oneof![
        3 => any::<i8>(), 1 => 120..=127_i8, 1 => -128..=-120_i8, 1 => 62..=66_i8, 1 => -66..=-62_i8,
    ];
    (0..=6_usize, 0..=9_usize, 0..=200_usize).prop_flat_map(move |(rows, outputs, inputs)| {
        let codes = proptest::collection::vec(code.clone(), rows * inputs);
        let weights = proptest::collection::vec(weight.clone(), outputs * inputs);
        (Just(rows), Just(outputs), Just(inputs), codes, weights)
    })
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn random_layers() {
    holds(200, layers(), |(rows, outputs, inputs, x, w)| {
        for pair_sum in ALL {
            let out = product(&x, rows, &packed(&w, outputs, inputs, pair_sum));
            for (at, &sum) in out.iter().enumerate() {
                let x = &x[at / outputs * inputs..][..inputs];
                let w = &w[at % outputs * inputs..][..inputs];
                prop_assert_eq!(sum, oracle(pair_sum, x, w), "{:?}", pair_sum);
            }
        }
        Ok(())
    });
}
