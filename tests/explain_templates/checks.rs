//! What is computed again for each form.

use super::{Case, number};
use rampscope::arith::{Engine, Lane, Library};
use rampscope::explain::{CodeType, Entry, Match, Numbers, Operator, Seen, explain};

/// A count of things that is in the text.
pub fn count(text: &str) -> usize {
    text.parse().unwrap_or_else(|_| panic!("{text} is no count"))
}

/// `238·125 + 115·76`, as factors.
pub fn factors(text: &str) -> Vec<[f64; 2]> {
    let product = |text: &str| {
        let (x, w) = text.split_once('·').expect("a product");
        [number(x), number(w)]
    };
    text.split(" + ").map(product).collect()
}

pub fn value(factors: &[[f64; 2]]) -> f64 {
    factors.iter().map(|[x, w]| x * w).sum()
}

/// `0, 1`.
pub fn places(text: &str) -> Vec<usize> {
    text.split(", ").map(count).collect()
}

/// `row 0, output 2`, `output 2`, `row 2` or nothing.
pub fn cell(text: &str) -> [usize; 2] {
    let text = text.to_lowercase();
    let of = |name: &str| {
        let (_, rest) = text.split_once(name)?;
        Some(count(rest.split(|c: char| !c.is_ascii_digit()).next().expect("a piece")))
    };
    [of("row ").unwrap_or(0), of("output ").unwrap_or(0)]
}

/// The start of a sentence: what was seen where, and what is expected.
pub fn head(case: &mut Case, text: &str) {
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
pub fn bytes(case: &mut Case, places: &[usize], factors: &[[f64; 2]]) -> [f64; 2] {
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

pub fn clamp16(sum: f64) -> f64 {
    sum.clamp(-32_768.0, 32_767.0)
}

pub fn wrap16(sum: f64) -> f64 {
    (sum + 32_768.0).rem_euclid(65_536.0) - 32_768.0
}

pub fn raw(case: &Case) -> f64 {
    let [m, n] = case.cell;
    case.facts.x[m].iter().zip(&case.facts.w[n]).map(|(x, w)| (x * w) as f64).sum()
}

/// CPUs and libraries: their names have the only numbers, and each has an engine that loses something with
/// such types.
pub fn happens(case: &mut Case, gaps: &[&str]) {
    let names = ["AVX2", "AVX-512", "ARM64", "u8", "x86", "16 bits"];
    let rest = names.iter().fold(gaps[0].to_string(), |rest, name| rest.replace(name, ""));
    assert!(!rest.contains(|c: char| c.is_ascii_digit()), "{rest}");
    let types = case.facts.types.map(CodeType::name).join(" × ");
    let libraries = [
        ("FBGEMM", &[Library::Fbgemm][..]),
        ("ONNX Runtime", &[Library::OnnxRuntime]),
        ("TensorFlow Lite", &[Library::TfLite]),
        ("QNNPACK", &[Library::Qnnpack]),
    ];
    for (name, all) in libraries {
        let loses = |engine: &&Engine| {
            let family = engine.family().info();
            engine.lane() != Lane::Exact
                && family.types.name() == types
                && all.contains(&family.library)
        };
        // Those that are no row of the table are said by operator.
        let is_row = gaps[0].contains(name) && !gaps[0].contains("ConvInteger");
        assert!(!is_row || Engine::ALL.iter().any(|engine| loses(&engine)), "{} {types}", gaps[0]);
    }
}

pub fn nothing(_: &mut Case, gaps: &[&str]) {
    assert!(gaps.is_empty());
}

pub fn only_head(case: &mut Case, gaps: &[&str]) {
    head(case, gaps[0]);
}

pub fn exact_one(case: &mut Case, gaps: &[&str]) {
    let seen = case.seen.expect("it was seen");
    let one = &case.facts.answer.seen[seen];
    assert_eq!(number(gaps[0]), one.values[0][0]);
    assert_eq!(number(gaps[0]), case.facts.expected(case.seen, one.place));
}

pub fn exact_all(case: &mut Case, gaps: &[&str]) {
    let one = &case.facts.answer.seen[case.seen.expect("it was seen")];
    let all = one.values.iter().flatten().count();
    assert_eq!(count(gaps[0]), all);
    assert!(one.differs.iter().flatten().all(|differs| !differs));
}

pub fn differing(case: &mut Case, gaps: &[&str]) {
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

pub fn lost_most(case: &mut Case, gaps: &[&str]) {
    // Of groups like the one before, how many do not fit.
    assert!(count(gaps[0]) > 1);
    let [first, second] = case.group[..] else { return };
    if second != first + 1 {
        return;
    }
    let [m, n] = case.cell;
    assert!(count(gaps[0]) <= case.facts.x[m].len().div_ceil(2).min(case.facts.w[n].len()));
}

pub fn untouched(case: &mut Case, gaps: &[&str]) {
    let [a, b] = case.facts.zero_points(case.cell);
    let said: Vec<i64> = [a, b].into_iter().filter(|one| *one != 0).collect();
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers")]
    let told: Vec<i64> = gaps.iter().map(|gap| number(gap) as i64).collect();
    assert_eq!(told, said);
}

/// A check by hand: what the pair loses is what the result is off.
pub fn left(case: &mut Case, gaps: &[&str], sign: f64) {
    let [pair, kept, lost, expected, off, left] = [0, 1, 2, 3, 4, 5].map(|at| number(gaps[at]));
    assert_eq!(pair - kept, lost);
    assert_eq!([lost, expected - lost], [sign * off, left]);
    assert_eq!(expected, case.facts.expected(case.seen, case.cell));
    if let Some(seen) = case.seen {
        assert_eq!(left, case.facts.seen(seen, case.cell));
    }
}

pub fn tie(case: &mut Case, gaps: &[&str]) {
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

pub fn output_clamp(case: &mut Case, gaps: &[&str]) {
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

pub fn zero_point(case: &mut Case, gaps: &[&str]) {
    head(case, gaps[0]);
    let [a, b] = case.facts.zero_points(case.cell);
    let value = if gaps[2] == "A" { a } else { b };
    assert_eq!(number(gaps[1]), value as f64);
}

pub fn nearest(case: &mut Case, gaps: &[&str]) {
    let one = &case.facts.answer.seen[case.seen.expect("it was seen")];
    let near = one.nearest.as_ref().expect("it is there");
    assert_eq!([number(gaps[1]), number(gaps[2])], [near.value, near.distance]);
    let values = one.values.iter().flatten();
    let is_there = values.clone().any(|seen| (near.value - seen).abs() == near.distance);
    assert!(is_there, "{near:?}");
}

pub fn not_these(case: &mut Case, gaps: &[&str]) {
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

pub fn multiple(case: &mut Case, [off, times, modulus]: [&str; 3]) {
    let [off, times, modulus] = [off, times, modulus].map(number);
    assert_eq!(off, times * modulus);
    assert!([256.0, 65_536.0, 4_294_967_296.0].contains(&modulus));
    let seen = case.facts.seen(case.seen.expect("it was seen"), case.cell);
    assert_eq!(off, case.facts.expected(case.seen, case.cell) - seen);
}

pub fn fits(case: &mut Case, gaps: &[&str]) {
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

pub fn element(case: &mut Case, gaps: &[&str]) {
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

pub fn added(case: &mut Case, gaps: &[&str]) {
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
pub fn apart(case: &mut Case, gaps: &[&str]) {
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
pub fn probe(case: &Case, text: &str, [m, n]: [usize; 2]) -> Vec<f64> {
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

pub fn ranking(case: &mut Case, row: usize, gaps: [&str; 4]) {
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

pub fn flips(case: &mut Case, zero: f64, text: &str) {
    head(case, text);
    let expected = case.facts.expected(case.seen, case.cell) - zero;
    if let Some(seen) = case.seen {
        assert!((case.facts.seen(seen, case.cell) - zero) * expected < 0.0, "{text}");
    }
}

pub fn misread(case: &mut Case, text: &str) {
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
