//! Holding every arithmetic of a [`Matcher`] against results that were seen.

use std::collections::BTreeMap;

use super::bits::Bits;
use super::finish::{Finish, Quantity};
use super::matcher::Matcher;
use super::seen::{Place, SeenValues};

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

/// No more candidates than these are kept of a result, and not more parts.
const MOST_KEPT: usize = 4096;
const MOST_PARTS: usize = 4;

/// What was found for a result so far.
struct Search<'a> {
    seen: &'a SeenValues,
    found: Found,
    /// Of what gives some of the numbers, the cheapest for each set of them.
    partial: BTreeMap<(Quantity, usize, Bits), Candidate>,
}

/// What gives each result. Every sum is made into every form once, for all results.
pub(super) fn search(matcher: &Matcher, seen: &[SeenValues]) -> Vec<Found> {
    let mut all: Vec<Search> = seen
        .iter()
        .map(|seen| Search { seen, found: Found::default(), partial: BTreeMap::new() })
        .collect();
    let places: Vec<(Finish, u8, Option<usize>)> = matcher
        .finishes
        .iter()
        .map(|&finish| {
            let simpler = finish.simpler();
            let at = matcher.finishes.iter().position(|one| Some(*one) == simpler);
            (finish, finish.cost(matcher.ending), at)
        })
        .collect();
    for (at, set) in matcher.sets.iter().enumerate() {
        // Simpler forms come first.
        let mut made: Vec<Vec<f64>> = Vec::with_capacity(places.len());
        for (finish_at, &(finish, own_cost, simpler)) in places.iter().enumerate() {
            let given = matcher.given(set, finish);
            let is_new = simpler.and_then(|at| made.get(at)).is_none_or(|known| *known != given);
            if let Some(cost) = matcher.cost(set, finish).filter(|_| is_new) {
                let one = Tried { at, finish_at, finish, cost, is_usual: own_cost < 2 };
                all.iter_mut().for_each(|search| search.hold(one, set.shape, &given));
            }
            made.push(given);
        }
        all.iter_mut().for_each(Search::shorten);
    }
    all.into_iter().map(Search::end).collect()
}

/// Some sums in a form.
#[derive(Clone, Copy)]
struct Tried {
    at: usize,
    finish_at: usize,
    finish: Finish,
    cost: u8,
    /// Whether the form is one that somebody may mean.
    is_usual: bool,
}

impl Search<'_> {
    /// Holds some sums in a form against the result, at every place.
    fn hold(&mut self, tried: Tried, shape: [usize; 2], given: &[f64]) {
        let Tried { at, finish_at, finish, cost, is_usual } = tried;
        let all = Bits::first(self.seen.count());
        for (place_at, &place) in self.seen.places.iter().enumerate() {
            let (bits, farthest) = compare(self.seen, place, shape, given, finish);
            let cost = cost + place.cost;
            let candidate =
                Candidate { set: at, finish: finish_at, place, cost, given: bits, farthest };
            if bits == all {
                self.found.whole.push(candidate);
                continue;
            }
            if bits != Bits::default() {
                let key = (finish.quantity(), place_at, bits);
                let known = self.partial.entry(key).or_insert(candidate);
                if candidate.cost < known.cost {
                    *known = candidate;
                }
            }
            let is_nearer = self
                .found
                .nearest
                .is_none_or(|one| (farthest, candidate.cost) < (one.farthest, one.cost));
            // What nobody is known to do is no help as the nearest.
            if is_usual && candidate.cost <= 2 && is_nearer {
                self.found.nearest = Some(candidate);
            }
        }
    }

    /// Keeps the cheapest: a number may have many places.
    fn shorten(&mut self) {
        if self.found.whole.len() > 2 * MOST_KEPT {
            self.found.whole.sort_by_key(|one| one.cost);
            self.found.whole.truncate(MOST_KEPT);
        }
    }

    fn end(mut self) -> Found {
        let found = &mut self.found;
        found.whole.sort_by_key(|one| one.cost);
        found.whole.truncate(MOST_KEPT);
        if found.whole.is_empty() {
            let partial: Vec<(Quantity, Candidate)> =
                self.partial.into_iter().map(|((quantity, ..), one)| (quantity, one)).collect();
            found.parts = cover(Bits::first(self.seen.count()), &partial);
        } else {
            found.nearest = None;
        }
        self.found
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
