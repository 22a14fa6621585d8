//! [`Matcher`]: every arithmetic that is tried, each sum made once, and what of it gives a result.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::ending::Ending;
use super::finish::{Finish, Quantity};
use super::numbers::Grid;
use super::operands::Operands;
use super::seen::{Place, SeenValues};
use super::sum_rule::{SumRule, Summing, rules};
use super::sums::RawSums;
use super::view::{Mistake, View, readings};
use super::zero_points::ZeroPointRule;
use crate::arith::Accumulator;

/// Sums of all matched outputs, and all ways that lead to them.
#[derive(Clone, Debug)]
pub(super) struct SumSet {
    /// Rows and outputs.
    pub shape: [usize; 2],
    /// Row by row.
    pub values: Vec<i64>,
    /// How they are made; none where the sums themselves were given.
    pub sources: Vec<Source>,
}

/// A way to some sums.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Source {
    /// Which view.
    pub view: usize,
    /// Which of its rules.
    pub rule: usize,
    /// What becomes of zero points.
    pub zero_points: ZeroPointRule,
    /// How far mistake, rule and zero points are from what is expected.
    pub costs: [u8; 3],
}

/// What was tried, and how near it came to a result.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Which sums.
    pub set: usize,
    /// In which form.
    pub finish: usize,
    /// Where the result belongs.
    pub place: Place,
    /// How far the nearest way to it is from what is expected.
    pub cost: u8,
    /// The numbers that it gives, a bit each.
    pub given: Bits,
    /// The largest distance of a number from it.
    pub farthest: f64,
}

/// What comes of matching a result.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Gives every number, the nearest to what is expected first.
    pub whole: Vec<Candidate>,
    /// Give some of the numbers each and together as many as can be, if nothing gives all.
    pub parts: Vec<Candidate>,
    /// Comes nearest, if nothing gives all.
    pub nearest: Option<Candidate>,
}

/// Every arithmetic that is tried.
pub(super) struct Matcher<'a> {
    /// What follows the sums.
    pub ending: &'a Ending,
    /// The operands in every reading; none where sums were given.
    pub views: Vec<View>,
    /// The rules of each view.
    pub rules: Vec<Vec<SumRule>>,
    /// Distinct sums.
    pub sets: Vec<SumSet>,
    /// The forms in which they are seen.
    pub finishes: Vec<Finish>,
}

/// No more candidates than these are kept of a result, and not more parts.
const MOST_KEPT: usize = 4096;
const MOST_PARTS: usize = 4;

impl<'a> Matcher<'a> {
    /// Of two operands.
    pub fn of_operands(operands: &Operands, ending: &'a Ending) -> Matcher<'a> {
        let views = readings(operands);
        let rules: Vec<Vec<SumRule>> = views
            .iter()
            .map(|view| {
                let zero_points = [0, 1].map(|side| view.zero_points[side].as_slice());
                rules(view.types, view.row_shape, zero_points)
            })
            .collect();
        let sets = sets(&views, &rules);
        Matcher { ending, views, rules, sets, finishes: Finish::all(ending) }
    }

    /// Of sums that were given.
    pub fn of_sums(sums: &Grid<i64>, ending: &'a Ending) -> Matcher<'a> {
        let (shape, values) = ([sums.rows, sums.columns], sums.values.clone());
        let sets = vec![SumSet { shape, values, sources: Vec::new() }];
        let finishes = Finish::all(ending);
        Matcher { ending, views: Vec::new(), rules: Vec::new(), sets, finishes }
    }

    /// What gives a result.
    pub fn find(&self, seen: &SeenValues) -> Found {
        let mut found = Found::default();
        // Of what gives some of the numbers, the cheapest for each set of them.
        let mut partial: BTreeMap<(Quantity, usize, Bits), Candidate> = BTreeMap::new();
        let count = seen.count();
        let all = Bits::first(count);
        for (at, set) in self.sets.iter().enumerate() {
            for (finish_at, &finish) in self.finishes.iter().enumerate() {
                let Some(cost) = self.cost(set, finish) else { continue };
                let given = self.given(set, finish);
                if finish.simpler().is_some_and(|simpler| self.given(set, simpler) == given) {
                    continue;
                }
                for (place_at, &place) in seen.places.iter().enumerate() {
                    let (bits, farthest) = compare(seen, place, set.shape, &given, finish);
                    let candidate = Candidate {
                        set: at,
                        finish: finish_at,
                        place,
                        cost: cost + place.cost,
                        given: bits,
                        farthest,
                    };
                    if bits == all && count > 0 {
                        found.whole.push(candidate);
                    } else {
                        if bits != Bits::default() {
                            let key = (finish.quantity(), place_at, bits);
                            let known = partial.entry(key).or_insert(candidate);
                            if candidate.cost < known.cost {
                                *known = candidate;
                            }
                        }
                        let is_nearer = found.nearest.is_none_or(|one| {
                            (farthest, candidate.cost) < (one.farthest, one.cost)
                        });
                        // What nobody is known to do is no help as the nearest.
                        let is_usual = finish.cost(self.ending) < 2 && candidate.cost <= 2;
                        if is_usual && is_nearer {
                            found.nearest = Some(candidate);
                        }
                    }
                }
            }
            // A number may have many places.
            if found.whole.len() > 2 * MOST_KEPT {
                found.whole.sort_by_key(|one| one.cost);
                found.whole.truncate(MOST_KEPT);
            }
        }
        found.whole.sort_by_key(|one| one.cost);
        found.whole.truncate(MOST_KEPT);
        if found.whole.is_empty() {
            let partial: Vec<(Quantity, Candidate)> =
                partial.into_iter().map(|((quantity, ..), one)| (quantity, one)).collect();
            found.parts = cover(all, &partial);
        } else {
            found.nearest = None;
        }
        found
    }

    /// What some sums are seen as, row by row.
    pub fn given(&self, set: &SumSet, finish: Finish) -> Vec<f64> {
        let outputs = set.shape[1].max(1);
        let values = set.values.iter().enumerate();
        values.map(|(at, &sum)| finish.apply(self.ending, sum, at % outputs)).collect()
    }

    /// How far the nearest way to some sums in a form is from what is expected; `None` where it takes
    /// more than one thing that nobody expects.
    fn cost(&self, set: &SumSet, finish: Finish) -> Option<u8> {
        let cost = finish.cost(self.ending);
        if set.sources.is_empty() {
            return Some(cost);
        }
        set.sources.iter().filter_map(|source| source.with(cost)).min()
    }

    /// The exact sums of a view.
    pub fn exact(&self, view: usize) -> Option<&SumSet> {
        let is_exact = |source: &Source| {
            let summing = self.rules[source.view][source.rule].summing;
            source.view == view
                && summing == Summing::Exact
                && source.zero_points == ZeroPointRule::After
        };
        self.sets.iter().find(|set| set.sources.iter().any(is_exact))
    }
}

impl Source {
    /// The whole cost with a form of some cost, if that is not too much at once.
    pub fn with(&self, finish: u8) -> Option<u8> {
        let [mistake, rule, zero_points] = self.costs;
        let all = [mistake, rule, zero_points, finish];
        let unexpected = all.iter().filter(|&&cost| cost >= 2).count();
        // A misread byte meets kernels of other types.
        let is_misread = mistake > 0 && rule == 2 && zero_points == 0 && finish < 2;
        (unexpected < 2 || unexpected == 2 && is_misread).then_some(all.iter().sum())
    }
}

/// Every distinct set of sums.
fn sets(views: &[View], rules: &[Vec<SumRule>]) -> Vec<SumSet> {
    let mut known: BTreeMap<([usize; 2], Vec<i64>), usize> = BTreeMap::new();
    let mut all: Vec<SumSet> = Vec::new();
    for (view_at, (view, rules)) in views.iter().zip(rules).enumerate() {
        let mistake = match view.reading.mistake {
            None => 0,
            Some(Mistake::Layout) => 2,
            Some(_) => 3,
        };
        for (rule_at, rule) in rules.iter().enumerate() {
            if mistake > 0 && !is_tried_misread(rule) {
                continue;
            }
            let raw = RawSums::new(view, rule);
            for zero_points in ZeroPointRule::ALL {
                let costs = [mistake, rule.cost, zero_points.cost()];
                let source = Source { view: view_at, rule: rule_at, zero_points, costs };
                let is_tried = zero_points.matters(view.has_zero_points())
                    && raw.allows(zero_points)
                    && source.with(0).is_some();
                if !is_tried {
                    continue;
                }
                let (shape, values) = (view.shape(), raw.after(view, zero_points));
                let at = *known.entry((shape, values.clone())).or_insert_with(|| {
                    all.push(SumSet { shape, values, sources: Vec::new() });
                    all.len() - 1
                });
                all[at].sources.push(source);
            }
        }
    }
    all
}

/// Whether a rule is tried on operands that are misread, too.
fn is_tried_misread(rule: &SumRule) -> bool {
    match rule.summing {
        Summing::Exact => true,
        Summing::Narrow(narrow) => narrow.accumulator == Accumulator::PAIR_SATURATING,
        Summing::Float32 => false,
    }
}

/// The numbers of a result that are given, and how far the farthest is.
fn compare(
    seen: &SeenValues,
    place: Place,
    [rows, outputs]: [usize; 2],
    given: &[f64],
    finish: Finish,
) -> (Bits, f64) {
    let (mut bits, mut farthest) = (Bits::default(), 0.0_f64);
    for (at, (row, column, value)) in seen.cells().enumerate() {
        let [row, output] = place.cell(row, column);
        let there =
            if row < rows && output < outputs { given.get(row * outputs + output) } else { None };
        let Some(&there) = there else {
            return (Bits::default(), f64::INFINITY);
        };
        if finish.is(there, value) {
            bits.set(at);
        } else {
            farthest = farthest.max((there - value).abs());
        }
    }
    (bits, farthest)
}

/// Candidates that give some of the numbers each and together as many as can be, the one that gives
/// most first.
fn cover(all: Bits, candidates: &[(Quantity, Candidate)]) -> Vec<Candidate> {
    let mut open = all;
    let mut parts: Vec<(Quantity, Candidate)> = Vec::new();
    while parts.len() < MOST_PARTS {
        let gain = |one: &Candidate| one.given.count() - one.given.without(open).count();
        // All in one place and form; and one number by something odd is chance.
        let goes_with = |(quantity, one): &&(Quantity, Candidate)| {
            let first = parts.first();
            first.is_none_or(|(form, first)| form == quantity && first.place == one.place)
                && (gain(one) > 1 || gain(one) == 1 && one.cost <= 1)
        };
        let best = candidates
            .iter()
            .filter(goes_with)
            .max_by(|(_, a), (_, b)| gain(a).cmp(&gain(b)).then_with(|| b.cost.cmp(&a.cost)));
        let Some(best) = best else { break };
        open = open.without(best.1.given);
        parts.push(*best);
    }
    parts.into_iter().map(|(_, one)| one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_unexpected_things_are_one_too_many() {
        let source = |costs| Source { view: 0, rule: 0, zero_points: ZeroPointRule::After, costs };
        assert_eq!(source([0, 1, 0]).with(1), Some(2));
        assert_eq!(source([0, 4, 0]).with(1), Some(5));
        assert_eq!(source([0, 4, 0]).with(2), None);
        assert_eq!(source([3, 2, 0]).with(0), Some(5));
        assert_eq!(source([3, 2, 0]).with(2), None);
        assert_eq!(source([2, 0, 2]).with(0), None);
    }
}
