//! The forms of sentences, each with its check.

use super::checks::{
    apart, bytes, cell, clamp16, count, differing, element, exact_all, exact_one, factors, fits,
    flips, happens, head, left, lost_most, misread, multiple, nearest, not_these, nothing,
    only_head, output_clamp, places, ranking, raw, tie, untouched, value, wrap16, zero_point,
};
use super::{Case, Form, number};
use rampscope::explain::{Bias, Code, Numbers};

/// Forms that few states have.
pub const RARE: &[&str] = &[
    "{}: zero points are taken off before the products, and pairs of those saturate",
    "{}: zero points are taken off in 8 bits, and the difference wraps around",
    "{} is taken off B first",
    "{} give the same here",
    "{}: the output zero point {} is left out",
    "No single arithmetic gives all {} numbers, several together do",
];

const fn form(text: &'static str, check: fn(&mut Case, &[&str])) -> Form {
    Form { text, check }
}

#[rustfmt::skip]
pub static FORMS: &[Form] = &[
    form("{} is the pair ({}) at its rail: {} = {} does not fit 16 bits; exact gives {}", |case, gaps| {
        let factors = factors(gaps[2]);
        assert_eq!(number(gaps[3]), value(&factors));
        assert_eq!(number(gaps[0]), clamp16(value(&factors)));
        bytes(case, &places(gaps[1]), &factors);
        assert_eq!(number(gaps[0]), case.facts.seen(case.seen.expect("it was seen"), [0, 0]));
        assert_eq!(number(gaps[4]), case.facts.expected(case.seen, [0, 0]));
    }),
    form("{}: the pair ({}), {} = {}, does not fit 16 bits, and {} is kept", |case, gaps| {
        head(case, gaps[0]);
        let factors = factors(gaps[2]);
        assert_eq!(number(gaps[3]), value(&factors));
        assert_eq!(number(gaps[4]), clamp16(value(&factors)));
        assert_ne!(value(&factors), clamp16(value(&factors)));
        bytes(case, &places(gaps[1]), &factors);
    }),
    form("{}: the {} ({}), {} = {}, does not fit 16 bits and wraps around to {}", |case, gaps| {
        head(case, gaps[0]);
        let (places, factors) = (places(gaps[2]), factors(gaps[3]));
        assert_eq!(gaps[1], if places.len() == 2 { "pair" } else { "group" });
        assert_eq!(number(gaps[4]), value(&factors));
        assert_eq!(number(gaps[5]), wrap16(value(&factors)));
        bytes(case, &places, &factors);
    }),
    form("{}: the products come to {}, and a sum that saturates at 16 bits makes {} of them", |case, gaps| {
        head(case, gaps[0]);
        assert_eq!(number(gaps[1]), raw(case));
        assert_ne!(number(gaps[1]), number(gaps[2]));
    }),
    form("{}: each product is clamped to 15 bits, as {} = {} at k = {}", |case, gaps| {
        head(case, gaps[0]);
        let factors = factors(gaps[1]);
        assert_eq!(number(gaps[2]), value(&factors));
        bytes(case, &[count(gaps[3])], &factors);
        assert!(!(-16_384.0..=16_383.0).contains(&value(&factors)));
    }),
    form("{}: weights are halved and rounded to even before they are multiplied, and no pair clamps", only_head),
    form("The weight {} at k = {} counts as {}", |case, gaps| {
        let k = count(gaps[1]);
        assert_eq!(number(gaps[0]), case.facts.w[case.cell[1]][k] as f64);
        assert_eq!(number(gaps[2]), 2.0 * (number(gaps[0]) / 2.0).round_ties_even());
    }),
    form("{}: products are added in float32, which holds whole numbers up to 2²⁴ only", only_head),
    form("{}: zero points are taken off before the products, and pairs of those saturate", only_head),
    form("{}: zero points are taken off in 8 bits, and the difference wraps around", only_head),
    form("It loses most of {} such", lost_most),
    form("{} is added to A first", |_, gaps| assert_eq!(gaps[0], "128")),
    form("{} is added to B first", |_, gaps| assert_eq!(gaps[0], "128")),
    form("{} is taken off A first", |_, gaps| assert_eq!(gaps[0], "128")),
    form("{} is taken off B first", |_, gaps| assert_eq!(gaps[0], "128")),
    form("The zero points {} and {} have no part in it: they are taken off the sum afterwards", untouched),
    form("The zero point {} has no part in it: it is taken off the sum afterwards", untouched),
    form("So {} − {} = {} is lost, and {} − {} = {} is left", |case, gaps| left(case, gaps, 1.0)),
    form("So {} − {} = {} is lost, and {} + {} = {} is left", |case, gaps| left(case, gaps, -1.0)),
    form("It happens {}", happens),
    form("No library is known to do so", nothing),
    form("{}: B is the other way round, its {} are taken as outputs, not its {}", |case, gaps| {
        head(case, gaps[0]);
        assert_ne!(gaps[1], gaps[2]);
    }),
    form("{}: it is B·A, and A·B is expected", only_head),
    form("{}: bytes of {}", |case, gaps| {
        head(case, gaps[0]);
        misread(case, &format!("bytes of {}", gaps[1]));
    }),
    form("{}: the zero point {} of {} is not taken off", zero_point),
    form("{}: the zero points {} of A and {} of B are not taken off", |case, gaps| {
        head(case, gaps[0]);
        let both = case.facts.zero_points(case.cell).map(|one| one as f64);
        assert_eq!([number(gaps[1]), number(gaps[2])], both);
    }),
    form("{}: the sum is right, its conversion to float32 rounds", only_head),
    form("Beyond 2²⁴ it holds every {}th whole number here", |case, gaps| {
        let step = number(gaps[0]);
        let size = case.facts.expected(case.seen, case.cell).abs();
        assert!(size >= step * 8_388_608.0 && size < step * 16_777_216.0, "{size} {step}");
    }),
    form("{}: the bias is left out", only_head),
    form("{}: the relu is left out", only_head),
    form("{}: the output zero point {} is left out", |case, gaps| {
        head(case, gaps[0]);
        assert_eq!(number(gaps[1]), f64::from(case.facts.entry.zero_points.output));
    }),
    form("{}: that is what {} keeps of it", |case, gaps| {
        head(case, gaps[0]);
        assert!(["int8", "uint8", "int16", "uint16", "int32", "uint32"].contains(&gaps[1]));
    }),
    form("The difference {} is {} times {}", |case, gaps| {
        multiple(case, [gaps[0], gaps[1], gaps[2]]);
    }),
    form("{}: the difference {} is {} times {}, so something wraps around", |case, gaps| {
        head(case, gaps[0]);
        multiple(case, [gaps[1], gaps[2], gaps[3]]);
    }),
    form("{}: the sum is clamped to {} at its end", only_head),
    form("{}: the code is not clamped to {}, it wraps around", only_head),
    form("{}: the result is cut towards zero, not rounded", only_head),
    form("{}: the result is rounded down, not to nearest", only_head),
    form("{}: the sum {} comes to {} output steps, of which {}", tie),
    form("The first sums at which it differs: {}", |_, gaps| {
        let all: Vec<f64> = gaps[0].split(", ").map(number).collect();
        assert!(all.len() > 1 && all.is_sorted() && all.iter().all(|sum| *sum <= 4096.0));
    }),
    form("The exact result{} is the code {}, {} the range {} to {}, and becomes {}", output_clamp),
    form("{} is the result before the clamp", |case, gaps| {
        assert_eq!(number(gaps[0]), case.facts.seen(case.seen.expect("it was seen"), [0, 0]));
    }),
    form("The bias {} is {} units of the sum, more than 32 bits hold: {} keep {}; {} add it in float", |case, gaps| {
        let scales = &case.facts.entry.scales;
        let Some(Bias::Real(Numbers::One(bias))) = case.facts.entry.bias else { panic!() };
        let Numbers::One(b) = scales.b else { panic!("one scale") };
        let units = bias / (scales.a.expect("a scale") * b);
        assert_eq!([number(gaps[0]), number(gaps[1])], [bias, units.round()]);
        assert!(units.abs() > 2_147_483_647.0 && number(gaps[3]).abs() >= 2_147_483_647.0);
    }),
    form("{}: its sign is the other one", |case, gaps| flips(case, 0.0, gaps[0])),
    form("{}: it is on the other side of the zero point {}", |case, gaps| {
        let zero_point = f64::from(case.facts.entry.zero_points.output);
        assert_eq!(number(gaps[1]), zero_point);
        flips(case, zero_point, gaps[0]);
    }),
    form("So do {} numbers in all", |case, gaps| {
        let findings = case.facts.answer.findings.iter();
        let all: Vec<usize> = findings
            .filter(|one| one.code == Code::SignFlips && one.seen == case.seen)
            .map(|one| one.cells.len())
            .collect();
        assert!(all.contains(&count(gaps[0])));
    }),
    form("The largest output is {}, with {}; by the exact result it is {}, with {}", |case, gaps| {
        ranking(case, 0, [gaps[0], gaps[1], gaps[2], gaps[3]]);
    }),
    form("Row {}: the largest output is {}, with {}; by the exact result it is {}, with {}", |case, gaps| {
        ranking(case, count(gaps[0]), [gaps[1], gaps[2], gaps[3], gaps[4]]);
    }),
    form("The same inputs and weights give {} at {} and {} at {}: the place in a vector decides, not the CPU, and nothing saturates", |case, gaps| {
        let seen = case.seen.expect("it was seen");
        for at in [0, 2] {
            assert_eq!(number(gaps[at]), case.facts.seen(seen, cell(gaps[at + 1])));
        }
        let [one, two] = [cell(gaps[1]), cell(gaps[3])];
        assert_eq!(case.facts.w[one[1]], case.facts.w[two[1]]);
        assert_ne!(gaps[0], gaps[2]);
    }),
    form("A vector loop and what is left over after it round otherwise, as with and without a fused multiply-add", nothing),
    form("{} is the exact result", exact_one),
    form("{} is the code nearest to the exact result", exact_one),
    form("{} is the code nearest to the exact value", |case, gaps| {
        let one = &case.facts.answer.seen[case.seen.expect("it was seen")];
        assert_eq!([number(gaps[0])], [one.expected[0][0]]);
    }),
    form("All {} numbers are the exact results", exact_all),
    form("All {} numbers are the codes nearest to the exact results", exact_all),
    form("{} of {} numbers differ", differing),
    form("All {} codes are nearest to the exact values", exact_all),
    form("Elements {} and {} are equal, and {} and {} were seen: {}", |case, gaps| {
        let seen = &case.facts.answer.seen[case.seen.expect("it was seen")].values[0];
        for at in [0, 1] {
            let element = count(gaps[at]);
            assert_eq!(number(gaps[at + 2]), seen[element]);
            assert_eq!(case.facts.x[0][element], case.facts.x[0][count(gaps[0])]);
        }
    }),
    form("The place in a vector decides, not the CPU, and nothing saturates", nothing),
    form("An operator that goes element by element adds no products: no pair can saturate, and the table of engines does not have it", nothing),
    form("The rules here are those of the public report", nothing),
    form("{} of {} numbers are explained", |case, gaps| {
        let one = &case.facts.answer.seen[case.seen.expect("it was seen")];
        let all = one.values.iter().flatten().count();
        assert_eq!([count(gaps[0]), count(gaps[1])], [one.explained, all]);
        assert!(one.explained < all);
    }),
    form("No single arithmetic gives all {} numbers, several together do", |case, gaps| {
        let one = &case.facts.answer.seen[case.seen.expect("it was seen")];
        assert_eq!(count(gaps[0]), one.explained);
    }),
    form("No arithmetic that was tried gives {}: not the exact result ({}){}", not_these),
    form("The nearest is {} with {}, {} away", nearest),
    form("The nearest is {} with {}, {} away at most", nearest),
    form("No pair of the codes leaves 16 bits: the largest {} ({}), {} = {}, is within −32768 to 32767", fits),
    form("{} gives the same here", |_, _| {}),
    form("{} gives the same here, and no inputs that were tried tell them apart with these weights", |_, _| {}),
    form("{} give the same here", |_, _| {}),
    form("To tell them apart take {}: {}", apart),
    form("No rule that was tried gives {} for {}: not the exact value ({})", |case, gaps| {
        let one = &case.facts.answer.seen[case.seen.expect("it was seen")];
        assert!(one.values.iter().flatten().any(|value| *value == number(gaps[0])));
        assert!(one.expected.iter().flatten().any(|value| *value == number(gaps[2])));
    }),
    form("{} in place of {}: for {}, and the exact value is {}", element),
    form("B is {} × {}: its rows or its columns may be the outputs, and both were tried", |case, gaps| {
        let Numbers::Matrix(b) = &case.facts.entry.b else { panic!("a matrix") };
        assert_eq!([count(gaps[0]), count(gaps[1])], [b.len(), b[0].len()]);
    }),
    form("What was seen fits its {} as outputs", |case, gaps| {
        let reading = case.facts.answer.reading.expect("one was chosen");
        let layout = format!("{:?}", case.facts.answer.readings[reading].reading.layout);
        assert_eq!(layout.to_lowercase(), gaps[0]);
    }),
    form("What was seen does not tell which; here its {} are taken as outputs", |_, _| {}),
    form("Say which it is", nothing),
    form("The values of {} fit u8 and s8; both were tried", |_, _| {}),
    form("ONNX Runtime refuses a zero point for each row of A (issue 27897)", nothing),
    form("ONNX Runtime refuses u8 weights with a zero point for each output (issue 28447)", nothing),
    form("{} takes weights of zero point 0 only", |case, _| {
        assert!(case.facts.entry.zero_points.b.iter().any(|one| one != 0.0));
    }),
    form("The range of the values gives the scale {} and the zero point {}", |case, gaps| {
        let values: Vec<f64> = case.facts.entry.a.iter().collect();
        let low = values.iter().copied().fold(0.0, f64::min);
        let high = values.iter().copied().fold(0.0, f64::max);
        let scale = (high - low) / 255.0;
        assert!((number(gaps[0]) - scale).abs() < scale * 1e-6);
        for said in gaps[1].split(" or ") {
            assert!((number(said) + low / scale).abs() <= 0.5 + 1e-4);
        }
    }),
];
