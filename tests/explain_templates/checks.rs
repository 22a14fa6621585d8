//! The forms, and what is computed again for each.

use super::{Case, Form, number};
use rampscope::explain::{Code, Entry, Match, Numbers, Operator, Seen, explain};

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

/// A count of things that is in the text.
fn count(text: &str) -> usize {
    text.parse().unwrap_or_else(|_| panic!("{text} is no count"))
}

/// `238·125 + 115·76`, as factors.
fn factors(text: &str) -> Vec<[f64; 2]> {
    let product = |text: &str| {
        let (x, w) = text.split_once('·').expect("a product");
        [number(x), number(w)]
    };
    text.split(" + ").map(product).collect()
}

fn value(factors: &[[f64; 2]]) -> f64 {
    factors.iter().map(|[x, w]| x * w).sum()
}

/// `0, 1`.
fn places(text: &str) -> Vec<usize> {
    text.split(", ").map(count).collect()
}

/// `row 0, output 2`, `output 2`, `row 2` or nothing.
fn cell(text: &str) -> [usize; 2] {
    let text = text.to_lowercase();
    let of = |name: &str| {
        let (_, rest) = text.split_once(name)?;
        Some(count(rest.split(|c: char| !c.is_ascii_digit()).next().expect("a piece")))
    };
    [of("row ").unwrap_or(0), of("output ").unwrap_or(0)]
}

/// The start of a sentence: what was seen where, and what is expected.
fn head(case: &mut Case, text: &str) {
    if let Some((sums, stays)) = text.split_once(", which leaves ") {
        let (start, exact) = sums.split_once(" in place of ").expect("two numbers");
        case.cell = cell(start);
        let [m, n] = case.cell;
        assert_eq!(number(exact), case.facts.exact[m][n] as f64, "{text}");
        assert_eq!(number(stays), case.facts.expected(case.seen, case.cell), "{text}");
        return;
    }
    let (seen, expected) = text.split_once(" in place of ").expect("two numbers");
    let (place, value) = [" is ", " can be "]
        .iter()
        .find_map(|is| seen.split_once(is))
        .map_or(("", seen), |(place, value)| (place, value));
    let place = if place == "It" { "" } else { place };
    case.cell = cell(place);
    assert_eq!(number(expected), case.facts.expected(case.seen, case.cell), "{text}");
    if let Some(seen) = case.seen {
        assert_eq!(number(value), case.facts.seen(seen, case.cell), "{text}");
    }
    assert_ne!(number(value), number(expected), "{text}");
}

/// Bytes of the operands at some places, shifted by the same amount each.
fn bytes(case: &mut Case, places: &[usize], factors: &[[f64; 2]]) -> [f64; 2] {
    let [m, n] = case.cell;
    let (x, w) = (&case.facts.x[m], &case.facts.w[n]);
    let shifts = places.iter().zip(factors).map(|(&k, [a, b])| {
        // A byte that is read as the other type is 256 off.
        [(a - x[k] as f64).rem_euclid(256.0), (b - w[k] as f64).rem_euclid(256.0)]
    });
    let shifts: Vec<[f64; 2]> = shifts.collect();
    assert!(shifts.iter().all(|shift| *shift == shifts[0]), "{shifts:?}");
    assert!(shifts[0].iter().all(|by| [0.0, 128.0].contains(by)), "{shifts:?}");
    case.group = places.to_vec();
    shifts[0]
}

fn clamp16(sum: f64) -> f64 {
    sum.clamp(-32_768.0, 32_767.0)
}

fn wrap16(sum: f64) -> f64 {
    (sum + 32_768.0).rem_euclid(65_536.0) - 32_768.0
}

fn raw(case: &Case) -> f64 {
    let [m, n] = case.cell;
    case.facts.x[m].iter().zip(&case.facts.w[n]).map(|(x, w)| (x * w) as f64).sum()
}

fn nothing(_: &mut Case, gaps: &[&str]) {
    assert!(gaps.is_empty());
}

fn only_head(case: &mut Case, gaps: &[&str]) {
    head(case, gaps[0]);
}

fn exact_one(case: &mut Case, gaps: &[&str]) {
    let seen = case.seen.expect("it was seen");
    let one = &case.facts.answer.seen[seen];
    assert_eq!(number(gaps[0]), one.values[0][0]);
    assert_eq!(number(gaps[0]), case.facts.expected(case.seen, one.place));
}

fn exact_all(case: &mut Case, gaps: &[&str]) {
    let one = &case.facts.answer.seen[case.seen.expect("it was seen")];
    let all = one.values.iter().flatten().count();
    assert_eq!(count(gaps[0]), all);
    assert!(one.differs.iter().flatten().all(|differs| !differs));
}

fn differing(case: &mut Case, gaps: &[&str]) {
    let one = &case.facts.answer.seen[case.seen.expect("it was seen")];
    let [rows, columns] = [one.values.len(), one.values[0].len()];
    let mut off = 0;
    for row in 0..rows {
        for column in 0..columns {
            let [m, n] = if one.is_turned { [column, row] } else { [row, column] };
            let cell = [one.place[0] + m, one.place[1] + n];
            off += usize::from(one.values[row][column] != case.facts.expected(case.seen, cell));
        }
    }
    assert_eq!([count(gaps[0]), count(gaps[1])], [off, rows * columns]);
}

fn lost_most(case: &mut Case, gaps: &[&str]) {
    // Of groups like the one before, how many do not fit.
    assert!(count(gaps[0]) > 1);
    let [first, second] = case.group[..] else { return };
    if second != first + 1 {
        return;
    }
    let [m, n] = case.cell;
    assert!(count(gaps[0]) <= case.facts.x[m].len().div_ceil(2).min(case.facts.w[n].len()));
}

fn untouched(case: &mut Case, gaps: &[&str]) {
    let [a, b] = case.facts.zero_points(case.cell);
    let said: Vec<i64> = [a, b].into_iter().filter(|one| *one != 0).collect();
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers")]
    let told: Vec<i64> = gaps.iter().map(|gap| number(gap) as i64).collect();
    assert_eq!(told, said);
}

fn tie(case: &mut Case, gaps: &[&str]) {
    head(case, gaps[0]);
    let [m, n] = case.cell;
    assert_eq!(number(gaps[1]), case.facts.exact[m][n] as f64);
    let steps = case.facts.steps(case.cell);
    assert!((number(gaps[2]) - steps).abs() <= 5e-10, "{steps}");
    let numbers: Vec<f64> = gaps[3]
        .replace(" make ", " makes ")
        .split(" makes ")
        .skip(1)
        .map(|rest| number(rest.split(',').next().expect("a piece")))
        .collect();
    let zero_point = f64::from(case.facts.entry.zero_points.output);
    let seen = case.facts.seen(case.seen.expect("it was seen"), case.cell);
    assert_eq!(numbers[0], seen - zero_point);
    // Both are next to the exact value.
    assert!((numbers[0] - steps).abs() < 1.0);
    if let Some((_, last)) = gaps[3].rsplit_once(' ') {
        assert!((number(last) - steps).abs() < 1.0);
    }
}

fn output_clamp(case: &mut Case, gaps: &[&str]) {
    case.cell = cell(gaps[0]);
    let steps = case.facts.steps(case.cell);
    let code = case.facts.unclamped(steps);
    assert_eq!(number(gaps[1]), code);
    let [low, high] = case.facts.range();
    assert_eq!([number(gaps[3]), number(gaps[4])], [low, high]);
    assert_eq!(gaps[2], if code < low { "below" } else { "above" });
    let end = code.clamp(low, high);
    let (becomes, advice) = gaps[5].split_once(": ").expect("what to do");
    assert_eq!(number(becomes), end);
    if let Some((_, needed)) = advice.rsplit_once(" of at ") {
        let needed = number(needed.rsplit_once(' ').expect("a number").1);
        // With that zero point the code is just the end.
        let zero_point = f64::from(case.facts.entry.zero_points.output);
        assert_eq!(code - zero_point + needed, end);
        assert!((0.0..=255.0).contains(&needed));
    }
}

fn zero_point(case: &mut Case, gaps: &[&str]) {
    head(case, gaps[0]);
    let [a, b] = case.facts.zero_points(case.cell);
    let value = if gaps[2] == "A" { a } else { b };
    assert_eq!(number(gaps[1]), value as f64);
}

fn nearest(case: &mut Case, gaps: &[&str]) {
    let one = &case.facts.answer.seen[case.seen.expect("it was seen")];
    let near = one.nearest.as_ref().expect("it is there");
    assert_eq!([number(gaps[1]), number(gaps[2])], [near.value, near.distance]);
    let values = one.values.iter().flatten();
    let is_there = values.clone().any(|seen| (near.value - seen).abs() == near.distance);
    assert!(is_there, "{near:?}");
}

fn not_these(case: &mut Case, gaps: &[&str]) {
    let seen = case.seen.expect("it was seen");
    // The exact result is the first that it is not.
    let one = &case.facts.answer.seen[seen];
    let (place, rest) = match gaps[0].split_once(" at ") {
        Some((value, place)) => (cell(place), value),
        None => (one.place, gaps[0]),
    };
    assert_eq!(number(rest), case.facts.seen(seen, place));
    assert_eq!(number(gaps[1]), case.facts.expected(case.seen, place));
    for other in gaps[2].split(", not ").skip(1) {
        let (_, value) = other.trim_end_matches(')').rsplit_once(" (").expect("a number");
        assert_ne!(number(value), number(rest));
    }
}

fn multiple(case: &mut Case, [off, times, modulus]: [&str; 3]) {
    let [off, times, modulus] = [off, times, modulus].map(number);
    assert_eq!(off, times * modulus);
    assert!([256.0, 65_536.0, 4_294_967_296.0].contains(&modulus));
    let seen = case.facts.seen(case.seen.expect("it was seen"), case.cell);
    assert_eq!(off, case.facts.expected(case.seen, case.cell) - seen);
}

fn fits(case: &mut Case, gaps: &[&str]) {
    let places = places(gaps[1]);
    let factors = factors(gaps[2]);
    assert_eq!(number(gaps[3]), value(&factors));
    assert!((-32_768.0..=32_767.0).contains(&value(&factors)));
    // No pair is larger.
    let mut is_there = false;
    for x in &case.facts.x {
        for w in &case.facts.w {
            for k in (0..x.len()).step_by(2) {
                let pair = x[k..].iter().zip(&w[k..]).take(2).map(|(x, w)| x * w).sum::<i64>();
                assert!((pair as f64).abs() <= value(&factors).abs());
                is_there |= k == places[0] && pair as f64 == value(&factors);
            }
        }
    }
    assert!(is_there);
}

fn element(case: &mut Case, gaps: &[&str]) {
    let entry = &case.facts.entry;
    let seen = case.seen.expect("it was seen");
    assert!(case.facts.answer.seen[seen].values[0].contains(&number(gaps[0])));
    if entry.operator == Operator::Add {
        return added(case, gaps);
    }
    let Numbers::One(x) = entry.a else { return };
    #[expect(clippy::cast_possible_truncation, reason = "float32 is meant")]
    let narrow = |value: f64| value as f32;
    let [x, scale] = [x, entry.scales.output.unwrap_or(1.0)].map(narrow);
    let exact = f64::from(x) / f64::from(scale);
    let code = exact.round_ties_even() + f64::from(entry.zero_points.output);
    assert_eq!(number(gaps[1]), code);
    assert!((number(gaps[3]) - exact).abs() < 5e-10);
    let (x_said, rest) = gaps[2].split_once(' ').expect("a value");
    assert_eq!(narrow(number(x_said)).to_bits(), x.to_bits());
    // What is rounded is within a step of the zero point or not far from the exact value.
    let rounded = number(rest.rsplit_once(' ').expect("a number").1);
    let zero_point = f64::from(entry.zero_points.output);
    assert!((rounded - exact).abs() < 0.01 || (rounded - exact - zero_point).abs() < 0.01);
}

fn added(case: &mut Case, gaps: &[&str]) {
    let entry = &case.facts.entry;
    let one = |numbers: &Numbers| numbers.iter().next().unwrap_or(0.0);
    let (scales, zero_points) = (&entry.scales, &entry.zero_points);
    let a = (one(&entry.a) - one(&zero_points.a)) * scales.a.expect("a scale");
    let b = (one(&entry.b) - one(&zero_points.b)) * one(&scales.b);
    let exact = (a + b) / scales.output.expect("a scale");
    let zero_point = f64::from(zero_points.output);
    assert_eq!(number(gaps[1]), exact.round_ties_even() + zero_point);
    assert!((number(gaps[3]) - exact).abs() < 5e-10);
    let rounded = number(gaps[2].rsplit_once(' ').expect("a number").1);
    assert!((rounded - exact - zero_point).abs() < 1e-4);
    assert_eq!(rounded.round_ties_even(), number(gaps[0]));
}

/// Inputs that tell two ways apart: with them each gives what is said.
fn apart(case: &mut Case, gaps: &[&str]) {
    let (one, other) = gaps[1].split_once(" then, ").expect("two results");
    let said = [one, other].map(|text| {
        let (name, value) = text.rsplit_once(' ').expect("a number");
        (name.trim_end_matches(" gives"), number(value))
    });
    assert_ne!(said[0].1, said[1].1);
    let seen = &case.facts.answer.seen[case.seen.expect("it was seen")];
    let mut entry = case.facts.entry.clone();
    let mut place = seen.place;
    if let Some(value) = gaps[0].strip_prefix("the value ") {
        // Beside the others, so that the range stays.
        let mut values: Vec<f64> = entry.a.iter().collect();
        values.push(number(value));
        place = [0, values.len() - 1];
        entry.a = values.into();
    } else {
        let reading = case.facts.answer.reading.expect("one was chosen");
        entry.layout = Some(case.facts.answer.readings[reading].reading.layout);
        [entry.types.a, entry.types.b] = case.facts.types.map(Some);
        entry.a = probe(case, gaps[0], place).into();
        entry.zero_points.a = Numbers::One(case.facts.zero_points(place)[0] as f64);
    }
    for (name, value) in said {
        let output = Some(place[1]);
        let seen = Seen { values: value.into(), output, ..Seen::default() };
        let answer = explain(&Entry { seen: vec![seen], ..entry.clone() }).expect("it fits");
        let is_so = |one: &Match| {
            let words = name.trim_start_matches("a sum with ");
            let of_form = |form: &String| {
                let start = form.get(..4).unwrap_or(form);
                words.to_lowercase().contains(start)
            };
            one.words == words || one.forms.iter().any(of_form)
        };
        assert!(answer.seen[0].matches.iter().any(is_so), "{name}: {:#?}", answer.seen[0].matches);
    }
}

/// `255 at inputs 0 and 1, and 0 elsewhere`, `inputs of 255 where weights are above 0, and 0 elsewhere`,
/// `input 0 as 12`.
fn probe(case: &Case, text: &str, [m, n]: [usize; 2]) -> Vec<f64> {
    let (x, w) = (&case.facts.x[m], &case.facts.w[n]);
    let (main, rest) = text.split_once(", and ").unwrap_or((text, "0 elsewhere"));
    let rest = number(rest.strip_suffix(" elsewhere").expect("elsewhere"));
    if let Some(of) = main.strip_prefix("inputs of ") {
        return match of.strip_suffix(" where weights are above 0") {
            Some(code) => w.iter().map(|w| if *w > 0 { number(code) } else { rest }).collect(),
            None => vec![number(of); x.len()],
        };
    }
    if let Some(one) = main.strip_prefix("input ") {
        let (k, code) = one.split_once(" as ").expect("an input");
        let mut row: Vec<f64> = x.iter().map(|&code| code as f64).collect();
        row[count(k)] = number(code);
        return row;
    }
    let (code, places) = main.split_once(" at inputs ").expect("inputs");
    let mut row = vec![rest; x.len()];
    places.split(" and ").for_each(|k| row[count(k)] = number(code));
    row
}

fn ranking(case: &mut Case, row: usize, gaps: [&str; 4]) {
    let seen = case.seen;
    let outputs = case.facts.exact[row].len();
    let best = |value: &dyn Fn(usize) -> f64| {
        let most = (0..outputs).map(value).fold(f64::NEG_INFINITY, f64::max);
        let at: Vec<usize> = (0..outputs).filter(|&n| value(n) == most).collect();
        assert_eq!(at.len(), 1);
        (at[0], most)
    };
    let expected = best(&|n| case.facts.expected(seen, [row, n]));
    assert_eq!((count(gaps[2]), number(gaps[3])), expected);
    if let Some(seen) = seen {
        let found = best(&|n| case.facts.seen(seen, [row, n]));
        assert_eq!((count(gaps[0]), number(gaps[1])), found);
    }
    assert_ne!(gaps[0], gaps[2]);
}

fn flips(case: &mut Case, zero: f64, text: &str) {
    head(case, text);
    let expected = case.facts.expected(case.seen, case.cell) - zero;
    if let Some(seen) = case.seen {
        assert!((case.facts.seen(seen, case.cell) - zero) * expected < 0.0, "{text}");
    }
}

fn misread(case: &mut Case, text: &str) {
    let operands = [&case.facts.x, &case.facts.w];
    for part in text.split(" and bytes of ") {
        let part = part.trim_start_matches("bytes of ");
        let (side, rest) = part.split_at(1);
        let (_, rest) = rest.split_once("so that ").expect("an example");
        let (meant, read) = rest.split_once(" is ").expect("two numbers");
        assert_eq!((number(meant) - number(read)).abs(), 256.0);
        let all = operands[usize::from(side == "B")].iter().flatten();
        assert!(all.clone().any(|&code| code as f64 == number(meant)));
    }
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
    form("The zero points {} and {} have no part in it", untouched),
    form("The zero point {} has no part in it", untouched),
    form("It happens {}", |_, gaps| {
        // CPUs and libraries, whose names have the only numbers.
        let names = ["AVX2", "AVX-512", "ARM64", "u8", "x86", "16 bits"];
        let rest = names.iter().fold(gaps[0].to_string(), |rest, name| rest.replace(name, ""));
        assert!(!rest.contains(|c: char| c.is_ascii_digit()), "{rest}");
    }),
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
        let Some(rampscope::explain::Bias::Real(Numbers::One(bias))) = case.facts.entry.bias else { panic!() };
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
    form("{} take weights of zero point 0 only", |case, _| {
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
