//! Pairs of weights in words, as the chosen engine treats them.

use crate::arith::{Engine, Lane};
use crate::state::derived::{Derived, PairLoss, PairVerdict};
use crate::state::number::{short, whole};
use crate::state::{Direction, State};

/// What the mark of the upper half of the codes means.
pub const HALF: &str = "codes above 128: only here can a pair leave 16 bits";

/// What the chosen engine does to a pair, after its sum: `sum 193: saturates from code 170`. The
/// code is the first that both inputs can have; without one the pair is safe for every input.
pub fn pair(state: &State, derived: &Derived, verdict: &PairVerdict) -> String {
    let accumulator = derived.cursor.engine.accumulator();
    let said = match verdict.loss {
        PairLoss::Never => match (accumulator.lane, verdict.weights.1) {
            (Lane::Exact, _) => "exact in 32 bits".to_string(),
            (Lane::HalfWeights, _) => "halved without loss".to_string(),
            (Lane::Product15, _) => "no product is cut, at any input".to_string(),
            (Lane::Acc16, _) => "fits; added to a sum of 16 bits".to_string(),
            (_, None) => "alone: safe for every input".to_string(),
            (_, Some(_)) => "safe for every input".to_string(),
        },
        PairLoss::From(code) => {
            let verb = match accumulator.lane {
                Lane::Wrap => "wraps around",
                Lane::Product15 => "a product is cut",
                _ => "saturates",
            };
            // Where inputs differ along the sweep, that says nothing of a place in it.
            let both = match (state.sweep.direction, verdict.weights.1) {
                (Direction::All, _) | (_, None) => "",
                (_, Some(_)) => " where both inputs have it",
            };
            format!("{verb} from code {code}{both}")
        }
        PairLoss::OddWeights => {
            let acts = |w: i8| whole(accumulator.counted_weight(w).into());
            let (first, second) = verdict.weights;
            let second = second.map_or(String::new(), |w| format!(", {}", acts(w)));
            format!("halved, acts as {}{second}", acts(first))
        }
        PairLoss::DependsOnOthers => "added to a sum of 16 bits".to_string(),
    };
    match verdict.weights.1 {
        Some(_) => format!("sum {}: {said}", whole(verdict.sum().into())),
        None => said,
    }
}

/// Where a row first loses something, for the engines with a sum of 16 bits over all inputs.
pub fn row_sum(state: &State, derived: &Derived) -> Option<String> {
    let what = match derived.cursor.engine.accumulator().lane {
        Lane::Running16 => "Products are added one by one to a sum of 16 bits",
        Lane::Acc16 => "Pairs are added to a sum of 16 bits",
        _ => return None,
    };
    let view = derived.chosen(state);
    let mut places = 0..derived.sweep.len();
    let first = places.find(|place| derived.is_reached(*place) && view.is_saturated(*place));
    let fits = match first {
        None => "along this sweep nothing is lost".to_string(),
        Some(place) if derived.sweep.is_by_code() => {
            format!("something is first lost at code {place}")
        }
        Some(place) => {
            format!("something is first lost at t = {}", short(derived.sweep.at[place]))
        }
    };
    Some(format!("{what}; {fits}."))
}

/// How an engine adds its products, as a sentence's end: `two neighbours are added in 16 bits`.
pub fn grouping(engine: Engine) -> &'static str {
    match engine.accumulator().lane {
        Lane::Exact => "all of them are added in 32 bits",
        Lane::Saturate => "two neighbours are added in 16 bits, which saturate",
        Lane::Wrap => "two neighbours are added in 16 bits, which wrap around",
        Lane::Product15 => "each is cut to 15 bits, and all are added in 32",
        Lane::Running16 => "one after the other is added to a sum of 16 bits, which saturates",
        Lane::Acc16 => {
            "two neighbours are added in 16 bits, then all pairs of 256 inputs too, and both saturate"
        }
        Lane::HalfWeights => {
            "weights are halved before, so that two neighbours fit 16 bits, and what is kept is doubled after"
        }
    }
}

/// How an engine makes its whole sum.
pub fn summing(engine: Engine) -> &'static str {
    match engine.accumulator().lane {
        Lane::Exact | Lane::Product15 => "all products added in 32 bits",
        Lane::Saturate | Lane::Wrap => "all pairs added in 32 bits",
        Lane::Running16 => "one sum of 16 bits over all products",
        Lane::Acc16 => "sums of 16 bits over 256 inputs each, added in 32 bits",
        Lane::HalfWeights => "twice the sum of all pairs of halved weights",
    }
}

/// Whether an engine's pairs have the ends of 16 bits as their range.
pub fn has_rails(engine: Engine) -> bool {
    matches!(engine.accumulator().lane, Lane::Saturate | Lane::Wrap | Lane::Acc16)
}
