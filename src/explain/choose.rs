//! Which reading counts as the right one, and which of the ways to a result is told.

use super::comparison::Reason;
use super::matcher::{Matcher, Source};
use super::search::{Candidate, Found};
use super::view::View;

/// Another layout, and other types, than those of the reading that counts.
const OTHER_LAYOUT: u8 = 2;
const OTHER_TYPES: u8 = 3;
/// What a result costs that nothing gives.
const UNEXPLAINED: u32 = 100;

/// The view whose reading explains most of what was seen with least that is unexpected; the first of
/// equals. `None` where sums were given.
pub(super) fn reading(matcher: &Matcher, found: &[Found]) -> Option<usize> {
    let plain = matcher.views.iter().enumerate().filter(|(_, view)| view.reading.mistake.is_none());
    let cost = |view: &View| -> u32 {
        let costs = found.iter().map(|found| {
            let best = found.whole.iter().filter_map(|one| way(matcher, *one, Some(view)));
            best.map(|reason| u32::from(reason.cost)).min().unwrap_or(UNEXPLAINED)
        });
        costs.sum()
    };
    plain.min_by_key(|(_, view)| cost(view)).map(|(at, _)| at)
}

/// The way to a candidate that is nearest to what is expected in a reading.
pub(super) fn way(matcher: &Matcher, one: Candidate, view: Option<&View>) -> Option<Reason> {
    let (set, finish) = (matcher.sets.get(one.set)?, *matcher.finishes.get(one.finish)?);
    let finish_cost = finish.cost(matcher.ending);
    let made = |source, cost| Reason { source, set: one.set, finish, place: one.place, cost };
    let Some(view) = view else {
        return Some(made(None, finish_cost + one.place.cost));
    };
    let ways = set.sources.iter().filter_map(|source| {
        let cost = source.with(finish_cost)? + far(matcher, source, view) + one.place.cost;
        Some(made(Some(*source), cost))
    });
    ways.min_by_key(|reason| reason.cost)
}

/// How far the reading of a source is from another one.
pub(super) fn far(matcher: &Matcher, source: &Source, view: &View) -> u8 {
    let Some(other) = matcher.views.get(source.view) else { return 0 };
    let [a, b] = [other.reading, view.reading];
    let layout = if a.layout == b.layout { 0 } else { OTHER_LAYOUT };
    let types = if a.types == b.types { 0 } else { OTHER_TYPES };
    layout + types
}

/// The candidate that is told, with its way.
pub(super) fn best(matcher: &Matcher, all: &[Candidate], view: Option<&View>) -> Option<Reason> {
    all.iter().filter_map(|one| way(matcher, *one, view)).min_by_key(|reason| reason.cost)
}
