//! [`Matcher`]: every arithmetic that is tried, each sum made once.

use std::collections::BTreeMap;

use super::ending::Ending;
use super::finish::Finish;
use super::numbers::Grid;
use super::operands::Operands;
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

    /// What some sums are seen as, row by row.
    pub fn given(&self, set: &SumSet, finish: Finish) -> Vec<f64> {
        let outputs = set.shape[1].max(1);
        let values = set.values.iter().enumerate();
        values.map(|(at, &sum)| finish.apply(self.ending, sum, at % outputs)).collect()
    }

    /// How far the nearest way to some sums in a form is from what is expected; `None` where it takes
    /// more than one thing that nobody expects.
    pub fn cost(&self, set: &SumSet, finish: Finish) -> Option<u8> {
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
