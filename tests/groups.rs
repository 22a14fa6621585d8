//! The accumulators over every group, held to a reference that knows none of their code: labels
//! instead of places, lists instead of iterators.

mod properties;

use properties::holds;
use proptest::collection::vec;
use proptest::prelude::*;
use rampscope::arith::{Accumulator, Blocks, Group, Lane, Members, Product};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// As long as four blocks of 16 and some.
const MOST: usize = 70;

const LANES: [Lane; 7] = [
    Lane::Exact,
    Lane::Saturate,
    Lane::Wrap,
    Lane::Product15,
    Lane::Running16,
    Lane::Acc16,
    Lane::HalfWeights,
];

const MEMBERS: [Members; 15] = [
    Members::Run(1),
    Members::Run(2),
    Members::Run(3),
    Members::Run(4),
    Members::Run(64),
    Members::Apart(1),
    Members::Apart(2),
    Members::Apart(5),
    Members::Apart(8),
    Members::Crossed,
    Members::Taps(1),
    Members::Taps(3),
    Members::Taps(5),
    Members::OneDnnTaps,
    Members::OnnxTaps,
];

/// Ends and middles: each product in reach of the others' rails.
fn operands(inputs: usize) -> impl Strategy<Value = (Vec<u8>, Vec<i8>)> {
    let code = prop_oneof![Just(255), Just(0), Just(128), any::<u8>()];
    let weight = prop_oneof![Just(127), Just(-128), Just(-127), any::<i8>()];
    (vec(code, inputs), vec(weight, inputs))
}

/// The k of a block in the order of its groups, each with the label that its group shares.
fn labelled(members: Members, ks: &[usize]) -> Vec<(usize, usize)> {
    let at = |label: &dyn Fn(usize) -> usize| -> Vec<(usize, usize)> {
        ks.iter().enumerate().map(|(place, k)| (label(place), *k)).collect()
    };
    let mut found = match members {
        // Without a row neighbours; in a row they are one of the others (`Group::over`).
        Members::OneDnnTaps | Members::OnnxTaps => at(&|place| place / 2),
        Members::Run(size) => at(&|place| place / size),
        // The lower half of 2·distance has numbers of its own; the upper half takes them.
        Members::Apart(distance) => at(&|place| {
            let turn = place / (2 * distance);
            turn * distance + place % distance
        }),
        Members::Crossed => at(&|place| {
            let inner = [0, 1, 1, 0][place % 4];
            2 * (place / 4) + inner
        }),
        Members::Taps(width) => {
            let columns = (0..width).flat_map(|column| ks.iter().skip(column).step_by(width));
            columns.enumerate().map(|(place, k)| (place / 2, *k)).collect()
        }
    };
    found.sort_by_key(|(label, _)| *label);
    found
}

/// How long blocks are.
fn block(blocks: Blocks, inputs: usize) -> usize {
    match blocks {
        Blocks::Whole | Blocks::Tap => inputs,
        Blocks::Every(size) => size,
        Blocks::Halved { whole, .. } if inputs <= whole => inputs,
        Blocks::Halved { size, .. } if inputs >= 2 * size => size,
        Blocks::Halved { .. } => inputs.div_ceil(2),
    }
}

/// The sum, from its definition.
fn reference(accumulator: Accumulator, x: &[u8], w: &[i8]) -> i64 {
    let input = |k: usize| match (accumulator.signed_inputs, i64::from(x[k])) {
        (true, byte) if byte >= 128 => byte - 256,
        (_, byte) => byte,
    };
    let Group { members, blocks } = accumulator.group;
    let all: Vec<usize> = (0..x.len()).collect();
    let mut sum = 0;
    for ks in all.chunks(block(blocks, x.len()).max(1)) {
        let labelled = labelled(members, ks);
        let mut narrow = 0_i64;
        for group in labelled.chunk_by(|(one, _), (other, _)| one == other) {
            let weight = |k: usize| match accumulator.lane {
                // Half to even: of an odd weight's two neighbours the one that 2 divides.
                Lane::HalfWeights => match i64::from(w[k]).rem_euclid(4) {
                    3 => (i64::from(w[k]) + 1) / 2,
                    _ => i64::from(w[k]).div_euclid(2),
                },
                _ => i64::from(w[k]),
            };
            let products: Vec<i64> = group.iter().map(|(_, k)| input(*k) * weight(*k)).collect();
            let saturated = |value: i64| value.clamp(-32_768, 32_767);
            let total: i64 = products.iter().sum();
            match accumulator.lane {
                Lane::Exact => sum += total,
                Lane::Saturate => sum += saturated(total),
                Lane::Wrap => sum += (total + 32_768).rem_euclid(65_536) - 32_768,
                Lane::Product15 => {
                    sum += products.iter().map(|one| (*one).clamp(-16_384, 16_383)).sum::<i64>();
                }
                Lane::Running16 => {
                    for product in products {
                        narrow = saturated(narrow + product);
                    }
                }
                Lane::Acc16 => narrow = saturated(narrow + saturated(total)),
                Lane::HalfWeights => sum += 2 * saturated(total),
            }
        }
        sum += narrow;
    }
    sum
}

fn agree(accumulator: Accumulator, x: &[u8], w: &[i8]) -> Result<(), TestCaseError> {
    let sum = accumulator.accumulate(x, w);
    prop_assert_eq!(i64::from(sum), reference(accumulator, x, w), "{:?}", accumulator);
    let trace = accumulator.trace(x, w);
    prop_assert_eq!(trace.iter().map(|group| group.kept).sum::<i32>(), sum, "{:?}", accumulator);
    let mut seen = vec![0; x.len()];
    for group in &trace {
        let exact: i32 = group.products.iter().map(Product::value).sum();
        prop_assert_eq!(group.exact, exact);
        for product in &group.products {
            seen[product.k] += 1;
            prop_assert_eq!(product.x.rem_euclid(256), i32::from(x[product.k]));
            prop_assert_eq!(product.w, w[product.k]);
        }
    }
    prop_assert!(seen.iter().all(|times| *times == 1), "{:?}", accumulator);
    Ok(())
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_group_and_lane_is_the_reference_at_every_k() {
    for inputs in 0..=MOST {
        holds(3, operands(inputs), |(x, w)| {
            let halved = [(0, 1), (4, 6), (16, 24), (64, 96)]
                .map(|(whole, size)| Blocks::Halved { whole, size });
            let every = [1, 2, 3, 7, 9, 16, 100].map(Blocks::Every);
            for blocks in [Blocks::Whole, Blocks::Tap].into_iter().chain(every).chain(halved) {
                for members in MEMBERS {
                    for lane in LANES {
                        let group = Group { members, blocks };
                        for signed_inputs in [false, true] {
                            agree(Accumulator { group, lane, signed_inputs }, &x, &w)?;
                        }
                    }
                }
            }
            Ok(())
        });
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn named_accumulators_are_the_reference_across_their_blocks() {
    let onednn = |whole, size| Accumulator {
        group: Group { members: Members::Run(2), blocks: Blocks::Halved { whole, size } },
        ..Accumulator::PAIR_SATURATING
    };
    let all = Accumulator::ALL.iter().copied();
    let all: Vec<Accumulator> = all.chain([onednn(256, 384), onednn(384, 768)]).collect();
    for inputs in [255, 256, 257, 258, 385, 511, 512, 513, 767, 768, 1537] {
        holds(4, operands(inputs), |(x, w)| {
            all.iter().try_for_each(|accumulator| agree(*accumulator, &x, &w))
        });
    }
}
