//! Products: what was seen of A·B, or what could be.

use super::choose;
use super::comparison::{Comparison, Reason};
use super::ending::Ending;
use super::entry::Entry;
use super::explanation::{Exact, Explanation, SeenExplanation, TriedReading, joined};
use super::fault::{EntryFault, Operand};
use super::finding::{Code, Finding, sorted};
use super::findings;
use super::fits;
use super::following;
use super::limits::MOST_MATCHED;
use super::matcher::Matcher;
use super::notes;
use super::numbers::Grid;
use super::operands::{Operands, whole};
use super::search::{Found, search};
use super::seen::{Place, SeenValues};
use super::sum_rule::Summing;
use super::told::{Right, Told, tell};
use super::verdict::verdict;
use super::view::View;
use super::zero_points::ZeroPointRule;
use crate::arith::Provenance;

/// The answer about a product.
pub(super) fn explain(entry: &Entry) -> Result<Explanation, EntryFault> {
    if entry.sums.is_empty() {
        let operands = Operands::check(entry)?;
        let ending = Ending::check(entry, operands.outputs)?;
        let shape = [operands.rows, operands.outputs];
        let seen = SeenValues::check(&entry.seen, shape, [MOST_MATCHED; 2])?;
        let matcher = Matcher::of_operands(&operands, &ending);
        Ok(answer(entry, Some(&operands), &matcher, &seen))
    } else {
        let [rows, outputs] = entry.sums.shape(Operand::Sums)?;
        let ending = Ending::check(entry, outputs)?;
        let seen = SeenValues::check(&entry.seen, [rows, outputs], [MOST_MATCHED; 2])?;
        let sums = sums(entry)?.corner(MOST_MATCHED, MOST_MATCHED);
        let matcher = Matcher::of_sums(&sums, &ending);
        Ok(answer(entry, None, &matcher, &seen))
    }
}

fn sums(entry: &Entry) -> Result<Grid<i64>, EntryFault> {
    let what = Operand::Sums;
    let grid = entry.sums.grid(what)?;
    if let Some(at) = grid.values.iter().position(|&value| whole(value).is_none()) {
        let (row, column, value) = (at / grid.columns, at % grid.columns, grid.values[at]);
        return Err(EntryFault::NotWhole { what, row, column, value });
    }
    Ok(grid.map(|value| whole(value).unwrap_or(0)))
}

fn answer(
    entry: &Entry,
    operands: Option<&Operands>,
    matcher: &Matcher,
    seen: &[SeenValues],
) -> Explanation {
    let found = search(matcher, seen);
    let view_at = choose::reading(matcher, &found);
    let view = view_at.and_then(|at| Some((at, matcher.views.get(at)?)));
    // There is one exact set for every view, and one where sums were given.
    let exact = view_at.and_then(|at| matcher.exact(at)).unwrap_or(&matcher.sets[0]);
    let right = Right { matcher, view, exact };
    let told: Vec<Told> = seen
        .iter()
        .zip(&found)
        .enumerate()
        .map(|(index, (values, found))| tell(right, index, values, found))
        .collect();
    let off: Vec<f64> = told.iter().flat_map(|one| one.off.iter().copied()).collect();
    let mut all: Vec<Finding> = Vec::new();
    let mut results: Vec<SeenExplanation> = Vec::new();
    for one in told {
        all.extend(one.findings);
        results.push(one.seen);
    }
    let is_quiet = all.is_empty() && off.is_empty();
    if is_quiet {
        all.extend(predicted(right));
        all.extend(view.and_then(|(_, view)| fits::find(view, exact.shape, !seen.is_empty())));
    }
    all.extend(operands.and_then(notes::refused));
    let findings = sorted(all);
    let answers = entry.answers.or(following::answers(&results, &findings, &off));
    let tried = tried(matcher, &found);
    let reading =
        view.and_then(|(_, view)| tried.iter().position(|one| one.reading == view.reading));
    let mut notes = Vec::new();
    if let Some(operands) = operands {
        notes.extend(notes::of(operands, matcher, &tried, view.map(|(_, view)| view.reading)));
    }
    let verdict = verdict(answers, &findings);
    Explanation {
        sentence: sentence(&results, &findings),
        readings: tried,
        reading,
        exact: exact_results(right),
        seen: results,
        findings,
        notes,
        answers,
        open: answers.open().collect(),
        verdict,
    }
}

/// What recorded engines give that is not exact.
fn predicted(right: Right) -> Vec<Finding> {
    let Right { matcher, view, exact } = right;
    let Some((view_at, view)) = view else { return Vec::new() };
    let Some(&finish) = matcher.finishes.first() else { return Vec::new() };
    let is_recorded = |rule: usize| {
        let engines = &matcher.rules[view_at][rule].engines;
        engines.iter().any(|engine| engine.provenance() == Provenance::Recorded)
    };
    let mut all = Vec::new();
    for (at, set) in matcher.sets.iter().enumerate() {
        let source = set.sources.iter().find(|source| {
            let rule = &matcher.rules[source.view][source.rule];
            source.view == view_at
                && source.zero_points == ZeroPointRule::After
                && rule.summing != Summing::Exact
                && is_recorded(source.rule)
        });
        if let Some(&source) = source.filter(|_| set.values != exact.values) {
            let place = Place { row: 0, output: 0, is_turned: false, cost: 0 };
            let reason = Reason { source: Some(source), set: at, finish, place, cost: 1 };
            let comparison = Comparison::predicted(matcher, Some(view), exact, reason);
            all.extend(findings::all(&comparison));
        }
    }
    all
}

/// How many results each plain reading explains.
fn tried(matcher: &Matcher, found: &[Found]) -> Vec<TriedReading> {
    let plain = matcher.views.iter().filter(|view| view.reading.mistake.is_none());
    let explained = |view: &View| {
        let gives = |found: &&Found| {
            found.whole.iter().any(|one| {
                matcher.sets.get(one.set).is_some_and(|set| {
                    set.sources.iter().any(|source| {
                        matcher.views.get(source.view).is_some_and(|of| of.reading == view.reading)
                    })
                })
            })
        };
        found.iter().filter(gives).count()
    };
    plain.map(|view| TriedReading { reading: view.reading, explained: explained(view) }).collect()
}

fn exact_results(right: Right) -> Exact {
    let Right { matcher, exact, .. } = right;
    let [rows, columns] = exact.shape;
    let ending = matcher.ending;
    let with_bias = exact
        .values
        .iter()
        .enumerate()
        .map(|(at, &sum)| sum.saturating_add(ending.integer_bias(at % columns)));
    let sums = Grid { rows, columns, values: with_bias.collect() };
    let finish = matcher.finishes.first().filter(|_| ending.output.is_some());
    let codes = finish.map(|finish| {
        let values = matcher.given(exact, *finish);
        #[expect(clippy::cast_possible_truncation, reason = "codes")]
        let values = values.into_iter().map(|code| code as i32).collect();
        Grid { rows, columns, values }.nested()
    });
    Exact { sums: sums.nested(), codes }
}

/// The answer where nothing was seen and nothing can differ.
const NOTHING_DIFFERS: &str = "Nothing was seen, and nothing that is recorded for such operands differs from the exact result. Enter the number that was seen.";

/// The answer in a few words.
fn sentence(seen: &[SeenExplanation], findings: &[Finding]) -> String {
    if seen.is_empty() {
        // What is asked first is whether they fit, and whether it runs at all.
        let of = |code: Code| findings.iter().filter(move |one| one.code == code);
        let causes = findings.iter().filter(|one| one.code.is_cause());
        let all = of(Code::Refused).chain(of(Code::Fits)).chain(causes);
        let said: Vec<&str> = all.map(|one| one.sentence.as_str()).take(2).collect();
        return match said.is_empty() {
            true => NOTHING_DIFFERS.into(),
            false => said.join(" "),
        };
    }
    joined(seen)
}
