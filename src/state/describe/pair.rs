//! Pairs of weights in words, as the chosen engine treats them.

use crate::arith::{Accumulator, Engine};
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
        PairLoss::Never => match (accumulator, verdict.weights.1) {
            (Accumulator::Exact, _) => "exact in 32 bits".to_string(),
            (Accumulator::HalfScaleWeights, _) => "halved without loss".to_string(),
            (Accumulator::Product15, _) => "no product is cut, at any input".to_string(),
            (Accumulator::Acc16, _) => "fits; added to a sum of 16 bits".to_string(),
            (_, None) => "alone: safe for every input".to_string(),
            (_, Some(_)) => "safe for every input".to_string(),
        },
        PairLoss::From(code) => {
            let verb = match accumulator {
                Accumulator::PairWrapping => "wraps around",
                Accumulator::Product15 => "a product is cut",
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
    let what = match derived.cursor.engine.accumulator() {
        Accumulator::Running16 => "Products are added one by one to a sum of 16 bits",
        Accumulator::Acc16 => "Pairs are added to a sum of 16 bits",
        _ => return None,
    };
    let view = derived.chosen(state);
    let first = (0..derived.sweep.len()).find(|place| view.is_saturated(*place));
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
    match engine.accumulator() {
        Accumulator::Exact => "all of them are added in 32 bits",
        Accumulator::PairSaturating => "two neighbours are added in 16 bits, which saturate",
        Accumulator::PairWrapping => "two neighbours are added in 16 bits, which wrap around",
        Accumulator::Product15 => "each is cut to 15 bits, and all are added in 32",
        Accumulator::Running16 => {
            "one after the other is added to a sum of 16 bits, which saturates"
        }
        Accumulator::Acc16 => {
            "two neighbours are added in 16 bits, then all pairs of 256 inputs too, and both saturate"
        }
        Accumulator::HalfScaleWeights => {
            "weights are halved before, so that two neighbours fit 16 bits, and what is kept is doubled after"
        }
    }
}

/// How an engine makes its whole sum.
pub fn summing(engine: Engine) -> &'static str {
    match engine.accumulator() {
        Accumulator::Exact | Accumulator::Product15 => "all products added in 32 bits",
        Accumulator::PairSaturating | Accumulator::PairWrapping => "all pairs added in 32 bits",
        Accumulator::Running16 => "one sum of 16 bits over all products",
        Accumulator::Acc16 => "sums of 16 bits over 256 inputs each, added in 32 bits",
        Accumulator::HalfScaleWeights => "twice the sum of all pairs of halved weights",
    }
}

/// Whether an engine's pairs have the ends of 16 bits as their range.
pub fn has_rails(engine: Engine) -> bool {
    matches!(
        engine.accumulator(),
        Accumulator::PairSaturating | Accumulator::PairWrapping | Accumulator::Acc16
    )
}
