//! The audit of one tensor: the definition against every pair and code, the fast scans against the
//! definition, whole tensors in every layout and order, and every audit that the reference has made of
//! `tests/layers`.

mod layers_support;
mod properties;

use std::rc::Rc;

use layers_support::{Beside, bytes, entries, flatten, is_close, json, open_bytes, text};
use properties::holds;
use proptest::collection::vec;
use proptest::prelude::*;
use rampscope::arith::{Accumulator, Members, Rail};
use rampscope::audit::{
    Audits, CodeRange, Distribution, Expectation, Expecter, Layout, MatrixAudit, Role, RowAudit,
    Shifted, Totals, WeightQuantizer, bias_overflows, first_code, inspect, largest_sum,
    unsafe_pairs_signed, unsafe_pairs_unsigned, worst_input, wrapping_pairs,
};
use rampscope::tensor::{
    Bytes, Dtype, NumberKind, Scheme, Source, SourceError, Span, Tensor, View, append_floats,
};
use serde_json::{Value, to_value};

fn every_weight() -> impl Iterator<Item = i8> {
    i8::MIN..=i8::MAX
}

#[test]
fn the_definition_is_true_of_every_pair_of_weights() {
    let mut safe = 0;
    for w0 in every_weight() {
        for w1 in every_weight() {
            let pair = [w0, w1];
            let is_unsafe = CodeRange::ALL.is_unsafe(pair);
            let (a, b) = (i32::from(w0), i32::from(w1));
            let one_sign = (a > 0) == (b > 0);
            assert_eq!(is_unsafe, one_sign && a.abs() + b.abs() >= 129, "{pair:?}");
            assert_eq!(is_unsafe, first_code(pair).is_some(), "{pair:?}");
            safe += u32::from(!is_unsafe);
        }
    }
    assert_eq!(safe, 49_279);
}

#[test]
fn the_definition_is_true_of_every_code() {
    let pairs = (any::<i8>(), any::<i8>(), any::<bool>());
    holds(300, pairs, |(w0, w1, is_large)| {
        // Half of them are aimed at the unsafe ones.
        let pair = if is_large { [w0 | 0x40, w1 | 0x40] } else { [w0, w1] };
        let (a, b) = (i32::from(pair[0]), i32::from(pair[1]));
        let sum = |x: u8, y: u8| i32::from(x) * a + i32::from(y) * b;
        let leaves = |x: u8, y: u8| i16::try_from(sum(x, y)).is_err();
        let codes = || (0..=255_u8).flat_map(|x| (0..=255_u8).map(move |y| (x, y)));
        let free = codes().filter(|&(x, y)| leaves(x, y)).map(|(x, y)| x.max(y)).min();
        let equal = (0..=255_u8).find(|&code| leaves(code, code));
        prop_assert_eq!((first_code(pair), first_code(pair)), (free, equal));
        for (lo, hi) in [(0, 255), (0, 127), (0, 128), (100, 200), (129, 129)] {
            let range = CodeRange::new(lo, hi).expect("a range");
            let within = || codes().filter(|(x, y)| (lo..=hi).contains(x) && (lo..=hi).contains(y));
            let (mut over, mut under) = (0, 0);
            for (x, y) in within() {
                over = over.max(sum(x, y) - 32767);
                under = under.max(-32768 - sum(x, y));
            }
            prop_assert_eq!(range.losses(pair), (over, under), "{}..={}", lo, hi);
        }
        Ok(())
    });
}

/// Weights of all kinds of size: mostly small, with many at the ends.
fn weights(length: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = Vec<i8>> {
    let one = prop_oneof![
        3 => any::<i8>(),
        2 => prop_oneof![Just(-128_i8), Just(127), Just(64), Just(65), Just(-64), Just(0)],
        2 => -20_i8..20,
    ];
    vec(one, length)
}

#[test]
fn bounds_are_reached_and_nothing_exceeds_them() {
    let rows = (weights(1..40), vec(any::<u8>(), 40));
    holds(500, rows, |(row, codes)| {
        let audit = RowAudit::of(&row, CodeRange::ALL);
        let lost = |codes: &[u8]| {
            let exact = Accumulator::EXACT.accumulate(codes, &row);
            i64::from(Accumulator::PAIR_SATURATING.accumulate(codes, &row) - exact)
        };
        prop_assert_eq!(lost(&worst_input(&row, Rail::High, CodeRange::ALL)), -audit.over);
        prop_assert_eq!(lost(&worst_input(&row, Rail::Low, CodeRange::ALL)), audit.under);
        let lost = lost(&codes[..row.len()]);
        prop_assert!((-audit.over..=audit.under).contains(&lost));
        Ok(())
    });
}

/// The same mix of weights without a strategy for each.
fn mixed_weights(count: usize, seed: u64) -> Vec<i8> {
    const ENDS: [i8; 8] = [-128, 127, 64, 65, -64, -65, 0, -1];
    let at = |k: u64, part: u64| byte(seed.wrapping_add(3 * k + part));
    let weight = |k| match at(k, 0) % 8 {
        0..3 => at(k, 1).cast_signed(),
        3..5 => ENDS[usize::from(at(k, 1) % 8)],
        _ => at(k, 1).cast_signed() / 6,
    };
    (0..count as u64).map(weight).collect()
}

#[test]
fn the_fast_scans_are_the_definition() {
    // Up to several steps of sixteen pairs, and up to more pairs than are summed in 16 bits.
    let inputs = prop_oneof![7 => 1_usize..300, 1 => 4000_usize..8200];
    holds(1000, (1_usize..8, inputs, any::<u64>()), |(rows, inputs, seed)| {
        let weights = mixed_weights(rows * inputs, seed);
        let expected: Vec<RowAudit> =
            weights.chunks(inputs).map(|row| RowAudit::of(row, CodeRange::ALL)).collect();
        let totals = Totals::of(&weights, inputs, CodeRange::ALL);
        let found = MatrixAudit::by_rows(&weights, inputs);
        prop_assert_eq!(&found.rows, &expected);
        prop_assert_eq!(&found.totals, &totals);
        let columns: Vec<i8> = (0..inputs)
            .flat_map(|k| (0..rows).map(move |n| (n, k)))
            .map(|(n, k)| weights[n * inputs + k])
            .collect();
        let found = MatrixAudit::by_columns(&columns, rows);
        prop_assert_eq!(&found.rows, &expected);
        prop_assert_eq!(&found.totals, &totals);
        Ok(())
    });
    // As much as can be: every lane at its end.
    for weight in [127, -128] {
        for (rows, inputs) in [(1, 70_001), (300, 600)] {
            let all = vec![weight; rows * inputs];
            let totals = Totals::of(&all, inputs, CodeRange::ALL);
            assert_eq!(MatrixAudit::by_rows(&all, inputs).totals, totals);
            assert_eq!(MatrixAudit::by_columns(&all, rows).totals, totals);
        }
    }
}

/// Bytes that follow from their places, so that a large tensor takes no memory.
struct Pattern {
    size: u64,
    /// Bits that may be set: without some of them no float is infinite.
    mask: u8,
}

fn byte(at: u64) -> u8 {
    let mixed = (at ^ (at >> 9)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 40).to_le_bytes()[0]
}

impl Source for Pattern {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), SourceError> {
        into.iter_mut().zip(offset..).for_each(|(into, at)| *into = byte(at) & self.mask);
        Ok(())
    }
}

/// A tensor of such bytes.
fn patterned(dtype: Dtype, shape: &[u64], strides: &[u64]) -> Tensor {
    let reach: u64 = shape.iter().zip(strides).map(|(n, s)| (n - 1) * s).sum();
    let size = (reach + 1) * dtype.bytes() as u64;
    let mask = if dtype.kind() == NumberKind::Real { 0xb7 } else { 0xff };
    let bytes = Bytes::Stored(Span::whole(Rc::new(Pattern { size, mask })));
    let view = View::strided(bytes, 0, shape, strides, dtype.bytes(), false).expect("it fits");
    Tensor::new(String::new(), dtype, view)
}

/// The values of a tensor in kernel order by the definition of its layout, as indices in C order.
fn kernel_order(shape: &[usize], layout: Option<Layout>) -> (Vec<usize>, usize) {
    let last = shape.len() - 1;
    match layout {
        None => ((0..shape[0]).collect(), shape[0]),
        Some(Layout::Nk) => ((0..shape.iter().product()).collect(), shape[last]),
        Some(Layout::Kn) => {
            let (k, n) = (shape[last - 1], shape[last]);
            let stacks = shape[..last - 1].iter().product::<usize>();
            let places = (0..stacks * n)
                .flat_map(move |row| (0..k).map(move |k_| (row / n) * k * n + k_ * n + row % n));
            (places.collect(), k)
        }
        Some(Layout::Oihw) => {
            let (channels, taps) = (shape[1], shape[2..].iter().product::<usize>());
            let inputs = channels * taps;
            let places = (0..shape[0]).flat_map(move |row| {
                (0..inputs).map(move |k| row * inputs + (k % channels) * taps + k / channels)
            });
            (places.collect(), inputs)
        }
    }
}

/// The bytes of all values of a tensor in kernel order, little-endian.
fn in_kernel_order(tensor: &Tensor, layout: Option<Layout>) -> (Vec<u8>, usize) {
    let all = tensor.view.held(u64::MAX).expect("it is there");
    let sizes = tensor.shape();
    let shape: Vec<usize> = sizes.iter().filter_map(|&size| usize::try_from(size).ok()).collect();
    let (places, inputs) = kernel_order(&shape, layout);
    let item = tensor.stored.bytes();
    (places.iter().flat_map(|place| all[place * item..][..item].iter().copied()).collect(), inputs)
}

const LAYOUTS: [(&[u64], Option<Layout>); 14] = [
    (&[41], None),
    (&[700_001], None),
    (&[5, 9], Some(Layout::Nk)),
    (&[3, 300_001], Some(Layout::Nk)),
    (&[2, 5, 9], Some(Layout::Nk)),
    (&[9, 5], Some(Layout::Kn)),
    (&[2501, 900], Some(Layout::Kn)),
    (&[3, 7, 5], Some(Layout::Kn)),
    (&[3, 140_000], Some(Layout::Kn)),
    (&[4, 6, 3, 3], Some(Layout::Oihw)),
    (&[2, 32_000, 3, 3], Some(Layout::Oihw)),
    (&[8, 1, 3, 3], Some(Layout::Oihw)),
    (&[8, 5, 1, 1], Some(Layout::Oihw)),
    (&[3, 4, 5], Some(Layout::Oihw)),
];

/// Strides in C order, in Fortran order, and in C order with a gap behind every value.
fn orders(shape: &[u64]) -> [Vec<u64>; 3] {
    let along = |axes: &mut dyn Iterator<Item = usize>| {
        let mut strides = vec![0; shape.len()];
        let mut stride = 1;
        for axis in axes {
            strides[axis] = stride;
            stride *= shape[axis];
        }
        strides
    };
    let c = along(&mut (0..shape.len()).rev());
    let gaps = c.iter().map(|stride| 2 * stride).collect();
    [c, along(&mut (0..shape.len())), gaps]
}

#[test]
fn codes_are_audited_in_every_layout_and_order() {
    for (shape, layout) in LAYOUTS {
        for strides in orders(shape) {
            for dtype in [Dtype::Int8, Dtype::UInt8] {
                let tensor = patterned(dtype, shape, &strides);
                let is_signed = dtype == Dtype::Int8;
                let role = if is_signed { Role::Codes } else { Role::Unsigned };
                let (values, inputs) = in_kernel_order(&tensor, layout);
                let flip = if is_signed { 0 } else { 0x80 };
                let codes: Vec<i8> =
                    values.iter().map(|value| (value ^ flip).cast_signed()).collect();
                let totals = Totals::of(&codes, inputs, CodeRange::ALL);
                let expected =
                    if is_signed { Audits::Codes(totals) } else { Audits::Shifted(totals) };
                let found = inspect(&tensor, layout, role, false).expect("it is read");
                assert_eq!(found.audits, expected, "{shape:?} {layout:?} {strides:?}");
            }
        }
    }
}

#[test]
fn floats_are_quantized_and_audited_in_every_layout_and_order() {
    for (shape, layout) in LAYOUTS {
        for strides in orders(shape) {
            for dtype in [Dtype::Float8E4M3Fn, Dtype::BFloat16] {
                let tensor = patterned(dtype, shape, &strides);
                let (values, inputs) = in_kernel_order(&tensor, layout);
                let mut floats = Vec::new();
                append_floats(&values, dtype, &mut floats);
                let found = inspect(&tensor, layout, Role::Float, false).expect("it is read");
                let audit = |scheme| {
                    let (codes, _) = WeightQuantizer::TORCH.quantize(&floats, inputs, scheme);
                    Totals::of(&codes, inputs, CodeRange::ALL)
                };
                let (tensor, channel) = (audit(Scheme::Tensor), audit(Scheme::Channel));
                let expected = Audits::IfQuantized { tensor, channel };
                assert_eq!(found.audits, expected, "{shape:?} {layout:?} {strides:?}");
            }
        }
    }
}

/// Fields of an audit that differ from the reference's.
fn differences(found: &Totals, expected: &Value) -> Vec<String> {
    let found = to_value(found).expect("it is JSON");
    let fields = found.as_object().expect("an object");
    let wrong = fields.iter().filter(|(key, value)| !is_close(value, &expected[key.as_str()]));
    wrong.map(|(key, value)| format!("{key}: {value}, not {}", expected[key])).collect()
}

#[test]
fn every_audit_is_the_references() {
    let audited = json("expected_audit.json");
    let (mut compared, mut failures) = (0, Vec::new());
    for entry in entries() {
        let name = text(&entry, "file");
        let with_files = entry.get("expected_with_files");
        let files = entry["detail"]["files"].as_array().into_iter().flatten();
        let files = files.map(|file| file.as_str().expect("a name").to_string()).collect();
        let expected = with_files.unwrap_or(&entry);
        let Ok(opened) = open_bytes(name, bytes(name), &Beside(files)) else { continue };
        let mut opened = flatten(opened, expected);
        for wanted in expected["tensors"].as_array().into_iter().flatten() {
            let role = match () {
                () if wanted.get("audit").is_some() => Role::Codes,
                () if wanted.get("audit_if_shifted_by_128").is_some() => Role::Unsigned,
                () if wanted.get("audit_if_quantized").is_some() => Role::Float,
                () => continue,
            };
            let found = opened.tensors.read.iter();
            let index = found.clone().position(|tensor| *tensor.name == wanted["name"]);
            let Some(index) = index else {
                failures.push(format!("{name}: {} is missing", wanted["name"]));
                continue;
            };
            let tensor = opened.tensors.read.remove(index);
            let layout = match wanted.get("layout").and_then(Value::as_str) {
                Some("NK") => Some(Layout::Nk),
                Some("KN") => Some(Layout::Kn),
                Some("OIHW") => Some(Layout::Oihw),
                _ => None,
            };
            let inspection = inspect(&tensor, layout, role, true).expect("it is read");
            assert_eq!(inspection.sha256.as_deref(), wanted["sha256_values"].as_str(), "{name}");
            let wrong = match &inspection.audits {
                Audits::Codes(totals) => {
                    let node = wanted.get("node").and_then(Value::as_str).unwrap_or_default();
                    let key = format!("{name}|{node}|{}", text(wanted, "name"));
                    if let Some(again) = audited["fixtures"].get(&key) {
                        assert!(differences(totals, again).is_empty(), "{key}");
                    }
                    differences(totals, &wanted["audit"])
                }
                Audits::Shifted(totals) => differences(totals, &wanted["audit_if_shifted_by_128"]),
                Audits::IfQuantized { tensor, channel } => {
                    let wanted = &wanted["audit_if_quantized"];
                    let mut wrong = differences(tensor, &wanted["tensor"]);
                    wrong.extend(differences(channel, &wanted["channel"]));
                    wrong
                }
            };
            compared += 1;
            failures
                .extend(wrong.iter().map(|wrong| format!("{name} {}: {wrong}", wanted["name"])));
        }
    }
    println!("{compared} audits were compared");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(compared > 150, "only {compared} audits were compared");
}

/// By the definition: over all 65,536 codes of each pair.
fn expected_by_definition(row: &[i8], shares: &[f64; 256]) -> Expectation {
    let mut all = Expectation::default();
    for pair in row.chunks(2) {
        let (w0, w1) = (i32::from(pair[0]), i32::from(pair.get(1).copied().unwrap_or(0)));
        for (x, p) in (0_i32..).zip(shares) {
            for (y, q) in (0_i32..).zip(shares) {
                let sum = x * w0 + y * w1;
                let lost = (f64::from(sum - 32767), f64::from(-32768 - sum));
                all.clamps += if lost.0 > 0.0 || lost.1 > 0.0 { p * q } else { 0.0 };
                all.over += p * q * lost.0.max(0.0);
                all.under += p * q * lost.1.max(0.0);
            }
        }
    }
    all
}

#[test]
fn expectations_are_the_sums_over_all_codes() {
    let row: Vec<i8> = [
        [127, 127],
        [64, 65],
        [1, 127],
        [2, 127],
        [-128, -128],
        [-64, -65],
        [-1, -128],
        [100, -100],
        [-127, -3],
        [90, 39],
        [89, 39],
        [0, 127],
        [0, -128],
    ]
    .concat();
    let range = |lo, hi| CodeRange::new(lo, hi).expect("a range");
    let counted: [u64; 256] = std::array::from_fn(|code| (code as u64 * 7919) % 101);
    let distributions = [
        (Distribution::uniform(CodeRange::ALL), std::array::from_fn(|_| 1.0 / 256.0)),
        (
            Distribution::uniform(range(100, 254)),
            std::array::from_fn(|code| if (100..=254).contains(&code) { 1.0 / 155.0 } else { 0.0 }),
        ),
        (
            Distribution::counted(&counted).expect("some codes"),
            std::array::from_fn(|code| counted[code] as f64 / counted.iter().sum::<u64>() as f64),
        ),
        (Distribution::normal(128.0, 30.0).expect("some codes"), {
            let raw: [f64; 256] =
                std::array::from_fn(|code| (-((code as f64 - 128.0) / 30.0).powi(2) / 2.0).exp());
            raw.map(|share| share / raw.iter().sum::<f64>())
        }),
    ];
    for (distribution, shares) in distributions {
        let found = Expecter::new(distribution).row(&row);
        let expected = expected_by_definition(&row, &shares);
        for (found, expected) in [
            (found.clamps, expected.clamps),
            (found.over, expected.over),
            (found.under, expected.under),
        ] {
            assert!((found - expected).abs() <= 1e-9 * expected, "{found}, not {expected}");
        }
    }
    assert_eq!(Distribution::normal(1e9, 1.0), None);
    assert_eq!(Distribution::counted(&[0; 256]), None);
}

#[test]
fn other_types_are_their_definition() {
    for w0 in every_weight() {
        for w1 in every_weight() {
            let row = [w0, w1];
            let leaves = |lo: i32, hi: i32, a: i32, b: i32| {
                let ends = [lo, hi].into_iter().flat_map(|x| [lo, hi].map(|y| x * a + y * b));
                ends.into_iter().any(|sum| i16::try_from(sum).is_err())
            };
            let (a, b) = (i32::from(w0), i32::from(w1));
            let signed = |shifted| unsafe_pairs_signed(&row, shifted) == 1;
            assert_eq!(signed(Shifted::Activations), leaves(0, 255, a, b), "{row:?}");
            assert_eq!(signed(Shifted::Weights), leaves(-128, 127, a + 128, b + 128), "{row:?}");
            let unsigned = row.map(|w| w.cast_unsigned() ^ 0x80);
            assert_eq!(unsafe_pairs_unsigned(&unsigned) == 1, leaves(0, 255, a, b), "{row:?}");
            assert_eq!(
                wrapping_pairs(&row, Members::Run(2)) == 1,
                a * a + b * b == 32768,
                "{row:?}"
            );
        }
    }
    assert_eq!(unsafe_pairs_signed(&[127], Shifted::Weights), 0);
    let mut row = [0; 32];
    for k in [0, 8, 20, 28, 9] {
        row[k] = -128;
    }
    assert_eq!(wrapping_pairs(&row, Members::Apart(8)), 2);
    assert_eq!(wrapping_pairs(&row, Members::Run(2)), 1);
    assert!(bias_overflows(5.0, 3.92e-11, 1.0) && !bias_overflows(0.01, 3.92e-11, 1.0));
    assert!(bias_overflows(f32::NAN, 1.0, 1.0) && bias_overflows(1.0, 0.0, 1.0));
    assert!(largest_sum(&[127; 519], 0, CodeRange::ALL) > 1 << 24);
    assert!(largest_sum(&[127; 518], 0, CodeRange::ALL) <= 1 << 24);
    assert_eq!(largest_sum(&[1, -2], 128, CodeRange::ALL), 127 + 256);
}
