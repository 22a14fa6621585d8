//! Sums in narrow lanes: what clamps, wraps or is halved.

use super::super::comparison::{Compared, Comparison};
use super::super::finding::{Code, Finding};
use super::super::finish::Quantity;
use super::super::sum_rule::{Narrow, SumRule, Summing};
use super::super::view::View;
use super::super::words::{self, whole};
use super::super::zero_points::ZeroPointRule;
use crate::arith::{GroupTrace, Lane, Product};

/// What a sum loses in the lanes of the arithmetic that gives the result.
pub(super) fn find(comparison: &Comparison) -> Option<Finding> {
    let (view, rule, source) = comparison.rule()?;
    let worst = comparison.worst(Compared::has_other_sum)?;
    let cells = comparison.cells.iter().filter(|one| one.has_other_sum());
    let cells: Vec<[usize; 2]> = cells.map(|one| one.cell).collect();
    let head = comparison.head(worst);
    let narrow = match rule.summing {
        Summing::Exact => return None,
        Summing::Float32 => {
            let sentence = format!(
                "{head}: products are added in float32, which holds whole numbers up to 2²⁴ only."
            );
            return Some(comparison.finding(Code::Beyond2Pow24, sentence, cells));
        }
        Summing::Narrow(narrow) => narrow,
    };
    if source.zero_points == ZeroPointRule::Before {
        let sentence = format!(
            "{head}: zero points are taken off before the products, and pairs of those saturate. No library is known to do so."
        );
        return Some(comparison.finding(Code::PairClamps, sentence, cells));
    }
    let groups = Groups::new(view, narrow, worst.cell);
    let (code, body) = match narrow.accumulator.lane {
        Lane::Saturate => (Code::PairClamps, pair_clamps(comparison, worst, &groups)?),
        Lane::Wrap => (Code::Wraps, wraps(&head, &groups)?),
        Lane::Acc16 | Lane::Running16 => (Code::Sum16Clamps, clamps_16(&head, &groups)),
        Lane::Product15 => (Code::ProductClamps, clamps_product(&head, &groups)?),
        Lane::HalfWeights => (Code::HalvedWeight, halves(&head, &groups)?),
        Lane::Exact => return None,
    };
    // Halved weights clamp nothing, whatever they meet.
    let first = if code == Code::HalvedWeight { String::new() } else { shifted(narrow) };
    let ends =
        [first, untouched(comparison, view, worst, narrow, &groups), where_it_is(view, rule)];
    let ends: String =
        ends.iter().filter(|end| !end.is_empty()).map(|end| format!(" {end}")).collect();
    Some(comparison.finding(code, format!("{body}{ends}"), cells))
}

/// The groups of one output.
struct Groups {
    all: Vec<GroupTrace>,
    is_b_left: bool,
}

impl Groups {
    fn new(view: &View, narrow: Narrow, [row, output]: [usize; 2]) -> Groups {
        let one = view.single(view.row(row), [row, output]);
        let (a, b) = narrow.shifted(&one);
        let (left, right) = if narrow.is_b_left { (b, a) } else { (a, b) };
        let low = |code: i32| code.to_le_bytes()[0];
        let bytes: Vec<u8> = left.into_iter().map(low).collect();
        let weights: Vec<i8> = right.into_iter().map(|code| low(code).cast_signed()).collect();
        let all = narrow.accumulator.trace(&bytes, &weights);
        Groups { all, is_b_left: narrow.is_b_left }
    }

    /// The group that loses most, and how many lose something.
    fn worst(&self) -> Option<(&GroupTrace, usize)> {
        let losing = || self.all.iter().filter(|group| group.lost() != 0);
        let worst = losing().rev().max_by_key(|group| group.lost().unsigned_abs())?;
        Some((worst, losing().count()))
    }

    /// Factors of a product, that of A first.
    fn factors(&self, product: &Product) -> [i64; 2] {
        let [left, right] = [product.x.into(), product.w.into()];
        if self.is_b_left { [right, left] } else { [left, right] }
    }

    fn written(&self, group: &GroupTrace) -> String {
        let factors: Vec<[i64; 2]> =
            group.products.iter().map(|product| self.factors(product)).collect();
        words::products(&factors)
    }
}

fn places(group: &GroupTrace) -> String {
    let all: Vec<usize> = group.products.iter().map(|product| product.k).collect();
    words::places(&all)
}

/// The word for a group.
fn called(group: &GroupTrace) -> &'static str {
    if group.products.len() == 2 { "pair" } else { "group" }
}

/// How many others lose something beside the worst.
fn others(count: usize) -> String {
    match count {
        0 | 1 => String::new(),
        count => format!(" It loses most of {count} such."),
    }
}

fn pair_clamps(comparison: &Comparison, worst: &Compared, groups: &Groups) -> Option<String> {
    let (group, count) = groups.worst()?;
    let (written, exact) = (groups.written(group), whole(group.exact.into()));
    let kept = f64::from(group.kept);
    let is_all = groups.all.len() == 1
        && comparison.exact.shape == [1, 1]
        && comparison.quantity() == Quantity::Sum;
    if comparison.seen.is_some() && is_all && worst.seen == kept {
        // The number that people search for.
        return Some(format!(
            "{} is the pair {} at its rail: {written} = {exact} does not fit 16 bits; exact gives {}.",
            words::number(worst.seen),
            places(group),
            words::number(worst.expected)
        ));
    }
    Some(format!(
        "{}: the pair {}, {written} = {exact}, does not fit 16 bits, and {} is kept.{}",
        comparison.head(worst),
        places(group),
        words::number(kept),
        others(count)
    ))
}

fn wraps(head: &str, groups: &Groups) -> Option<String> {
    let (group, count) = groups.worst()?;
    Some(format!(
        "{head}: the {} {}, {} = {}, does not fit 16 bits and wraps around to {}.{}",
        called(group),
        places(group),
        groups.written(group),
        whole(group.exact.into()),
        whole(group.kept.into()),
        others(count)
    ))
}

fn clamps_16(head: &str, groups: &Groups) -> String {
    let sum = |each: fn(&GroupTrace) -> i32| -> i64 {
        groups.all.iter().map(|group| i64::from(each(group))).sum()
    };
    format!(
        "{head}: the products come to {}, and a sum that saturates at 16 bits makes {} of them.",
        whole(sum(|group| group.exact)),
        whole(sum(|group| group.kept))
    )
}

fn clamps_product(head: &str, groups: &Groups) -> Option<String> {
    let products = groups.all.iter().flat_map(|group| &group.products);
    let largest = products.max_by_key(|product| product.value().unsigned_abs())?;
    Some(format!(
        "{head}: each product is clamped to 15 bits, as {} = {} at k = {}.",
        words::products(&[groups.factors(largest)]),
        whole(largest.value().into()),
        largest.k
    ))
}

fn halves(head: &str, groups: &Groups) -> Option<String> {
    let counted = |product: &Product| {
        i64::from(crate::arith::Accumulator::HALF_SCALE_WEIGHTS.counted_weight(product.w))
    };
    let lost = |product: &&Product| {
        (i64::from(product.x) * (i64::from(product.w) - counted(product))).unsigned_abs()
    };
    let products = groups.all.iter().flat_map(|group| &group.products);
    // The first of equals.
    let worst = products.rev().max_by_key(lost)?;
    Some(format!(
        "{head}: weights are halved and rounded to even before they are multiplied, and no pair clamps. The weight {} at k = {} counts as {}.",
        whole(worst.w.into()),
        worst.k,
        whole(counted(worst))
    ))
}

/// What is added to the codes first.
fn shifted(narrow: Narrow) -> String {
    let side = |name: &str, by: i32| match by {
        0 => None,
        by if by > 0 => Some(format!("{by} is added to {name}")),
        by => Some(format!("{} is taken off {name}", -by)),
    };
    let sides = [side("A", narrow.shift[0]), side("B", narrow.shift[1])];
    let sides: Vec<String> = sides.into_iter().flatten().collect();
    match sides.is_empty() {
        true => String::new(),
        false => words::capital(&format!("{} first.", words::list(&sides, "and"))),
    }
}

/// That zero points have no part in it, where there are some, and what a check by hand comes to.
fn untouched(
    comparison: &Comparison,
    view: &View,
    worst: &Compared,
    narrow: Narrow,
    groups: &Groups,
) -> String {
    let [row, output] = worst.cell;
    let zero_points = [view.zero_point_of_a(row), view.zero_point_of_b(output)];
    let said: Vec<String> =
        zero_points.iter().filter(|&&one| one != 0).map(|&one| whole(one.into())).collect();
    if said.is_empty() || narrow.recentred || comparison.rule().is_none() {
        return String::new();
    }
    let (points, have, they) = match said.as_slice() {
        [_] => ("point", "has", "it is"),
        _ => ("points", "have", "they are"),
    };
    let zero_points = words::list(&said, "and");
    let lost = groups.worst().filter(|(_, count)| *count == 1).map(|(group, _)| group);
    let is_lost = |group: &&GroupTrace| {
        let lost = f64::from(group.exact - group.kept);
        comparison.quantity() == Quantity::Sum && worst.expected - lost == worst.seen
    };
    let by_hand = lost.filter(is_lost).map_or(String::new(), |group| {
        let lost = group.exact - group.kept;
        let sign = if lost < 0 { '+' } else { '−' };
        format!(
            " So {} − {} = {} is lost, and {} {sign} {} = {} is left.",
            whole(group.exact.into()),
            words::number(f64::from(group.kept)),
            whole(lost.into()),
            words::number(worst.expected),
            whole(i64::from(lost).abs()),
            words::number(worst.seen)
        )
    });
    format!(
        "The zero {points} {zero_points} {have} no part in it: {they} taken off the sum afterwards.{by_hand}"
    )
}

/// Who does so with the operands as they are meant.
fn where_it_is(view: &View, rule: &SumRule) -> String {
    if view.reading.mistake.is_some() {
        return String::new();
    }
    words::where_it_happens(&rule.engines, rule.who)
}
