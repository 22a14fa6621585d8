//! Inputs that tell two arithmetics apart, where both give what was seen.

use super::comparison::Reason;
use super::finish::Finish;
use super::matched;
use super::matcher::{Matcher, Source};
use super::search::Candidate;
use super::sum_rule::Summing;
use super::sums::RawSums;
use super::view::View;
use super::words;

/// Other arithmetics that are tried against the one that is told.
const MOST_TRIED: usize = 6;

/// One way to a number.
#[derive(Clone, Copy)]
struct Way {
    source: Source,
    finish: Finish,
}

/// Inputs of a row, and what they are.
struct Probe {
    x: Vec<i32>,
    words: String,
}

/// What would tell the arithmetic that is told from others that give the same: a sentence, empty where
/// there is no other.
pub(super) fn sentence(
    matcher: &Matcher,
    view: &View,
    told: Reason,
    others: &[Candidate],
    cell: [usize; 2],
) -> String {
    let Some(source) = told.source.filter(|source| is_plain(matcher, source, view)) else {
        return String::new();
    };
    let told = Way { source, finish: told.finish };
    // Another sum matters more than another rounding.
    let sums = others.iter().filter_map(|one| other_sum(matcher, view, told, one));
    let roundings = others.iter().filter_map(|one| other_rounding(matcher, view, told, one));
    let mut ways: Vec<[Way; 2]> = sums.take(MOST_TRIED).map(|other| [told, other]).collect();
    let roundings: Vec<Way> = roundings.take(MOST_TRIED).collect();
    if let Some((first, rest)) = roundings.split_first() {
        ways.extend(rest.iter().map(|other| [*first, *other]));
    }
    let probes = probes(view, cell);
    for &two in &ways {
        for probe in &probes {
            let [a, b] = two.map(|one| value(matcher, one, &probe.x, cell));
            if a != b {
                let [one, other] = names(matcher, two);
                return format!(
                    "{} gives the same here. To tell them apart take {}: {one} gives {} then, {other} {}.",
                    words::capital(&other),
                    probe.words,
                    words::number(a),
                    words::number(b)
                );
            }
        }
    }
    // Of an exact result others that lose nothing with these weights are no news.
    let is_exact = matcher.rules[source.view][source.rule].summing == Summing::Exact;
    ways.first().filter(|_| !is_exact).map_or_else(String::new, |two| {
        let [_, other] = names(matcher, *two);
        format!(
            "{} gives the same here, and no inputs that were tried tell them apart with these weights.",
            words::capital(&other)
        )
    })
}

/// Whether a way reads the operands as the right reading does.
fn is_plain(matcher: &Matcher, source: &Source, view: &View) -> bool {
    matcher.views.get(source.view).is_some_and(|one| one.reading == view.reading)
}

/// The cheapest way to a candidate that reads the operands as the right reading does, zero points
/// taken off after the sum; nobody is known to take others.
fn plain_way(matcher: &Matcher, view: &View, one: &Candidate) -> Option<Source> {
    let sources = matcher.sets.get(one.set)?.sources.iter().filter(|source| {
        let is_known = source.costs[2] == 0 && source.costs[1] < 3;
        is_known && is_plain(matcher, source, view)
    });
    sources.min_by_key(|source| source.costs[1]).copied()
}

/// Another way to sum, in the form that is told.
fn other_sum(matcher: &Matcher, view: &View, told: Way, one: &Candidate) -> Option<Way> {
    let finish = *matcher.finishes.get(one.finish)?;
    let sources = matcher.sets.get(one.set)?.sources.iter().filter(|source| {
        let is_known = source.costs[2] == 0 && source.costs[1] < 3;
        is_known && is_plain(matcher, source, view) && source.rule != told.source.rule
    });
    let source = sources.min_by_key(|source| source.costs[1])?;
    (finish == told.finish).then_some(Way { source: *source, finish })
}

/// The same sum with a library's rounding.
fn other_rounding(matcher: &Matcher, view: &View, told: Way, one: &Candidate) -> Option<Way> {
    let finish = *matcher.finishes.get(one.finish)?;
    let rule = finish.code_rule().filter(|_| finish.quantity() == told.finish.quantity())?;
    let source = told.source;
    let is_same = plain_way(matcher, view, one)?.rule == source.rule;
    // An engine of the table, for these types.
    let engines = &matcher.rules[source.view][source.rule].engines;
    let is_engines = rule.rounding.engines().any(|engine| engines.contains(&engine));
    let is_known = rule.is_plain() && rule.rounding.is_librarys() && is_engines;
    (is_same && is_known).then_some(Way { source, finish })
}

/// What a way makes of a row of inputs at an output.
fn value(matcher: &Matcher, way: Way, x: &[i32], cell: [usize; 2]) -> f64 {
    let single = matcher.views[way.source.view].single(x, cell);
    let rule = &matcher.rules[way.source.view][way.source.rule];
    let sums = RawSums::new(&single, rule).after(&single, way.source.zero_points);
    way.finish.apply(matcher.ending, sums.first().copied().unwrap_or(0), cell[1])
}

/// What two ways are called where they differ, in the middle of a sentence.
fn names(matcher: &Matcher, two: [Way; 2]) -> [String; 2] {
    let [told, other] = two;
    if told.source.rule == other.source.rule {
        return two.map(|way| {
            way.finish.code_rule().map_or_else(String::new, |rule| rule.rounding.who())
        });
    }
    two.map(|way| match matcher.rules[way.source.view][way.source.rule].summing {
        Summing::Exact => "the exact sum".into(),
        other => format!("a sum with {}", matched::words(other)),
    })
}

/// Rows of inputs that most arithmetics part at.
fn probes(view: &View, [row, output]: [usize; 2]) -> Vec<Probe> {
    let range = view.types[0].range();
    let (low, high) = (range.qmin, range.qmax);
    let rest = view.zero_point_of_a(row);
    let w = view.weights(output);
    let all = |code: i32| Probe {
        x: vec![code; w.len()],
        words: format!("inputs of {}", words::whole(code.into())),
    };
    let by_sign = |positive: i32, others: i32| Probe {
        x: w.iter().map(|&w| if w > 0 { positive } else { others }).collect(),
        words: format!(
            "inputs of {} where weights are above 0, and {} elsewhere",
            words::whole(positive.into()),
            words::whole(others.into())
        ),
    };
    let mut probes = Vec::new();
    let pair = (0..w.len() / 2).max_by_key(|pair| (w[2 * pair] + w[2 * pair + 1]).abs());
    if let Some(pair) = pair {
        probes.extend([high, low].map(|code| some(w.len(), &[2 * pair, 2 * pair + 1], code, rest)));
    }
    if let Some(k) = (0..w.len().saturating_sub(8)).min_by_key(|&k| w[k] + w[k + 8]) {
        probes.push(some(w.len(), &[k, k + 8], low, rest));
    }
    probes.extend([all(high), all(low), by_sign(high, low), by_sign(low, high)]);
    // Roundings part at single steps.
    let own = view.row(row);
    for k in 0..w.len().min(2) {
        probes.extend((low..=high).filter(|&code| code != own[k]).map(|code| {
            let mut x = own.to_vec();
            x[k] = code;
            Probe { x, words: format!("input {k} as {}", words::whole(code.into())) }
        }));
    }
    probes
}

/// A code at some inputs, and another one elsewhere.
fn some(inputs: usize, at: &[usize], code: i32, rest: i32) -> Probe {
    let mut x = vec![rest; inputs];
    at.iter().for_each(|&k| x[k] = code);
    let at: Vec<String> = at.iter().map(usize::to_string).collect();
    let elsewhere = match inputs == at.len() {
        true => String::new(),
        false => format!(", and {} elsewhere", words::whole(rest.into())),
    };
    let words =
        format!("{} at inputs {}{elsewhere}", words::whole(code.into()), words::list(&at, "and"));
    Probe { x, words }
}
