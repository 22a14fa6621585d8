//! Kinks in words.

use crate::arith::{Accumulator, Effect, Engine, Rail};
use crate::state::derived::{Derived, KinkView, Visibility};
use crate::state::number::{fixed, short, whole};
use crate::state::{Direction, State};

/// The name of what a kink does to the slope. Where the old slope goes on
/// after one step aside, that is a jump.
pub fn effect(kink: &KinkView) -> &'static str {
    if kink.is_jump {
        return "jump";
    }
    match kink.effect {
        Effect::Flat => "flat",
        Effect::Turned => "turned",
        Effect::Shallower => "shallower",
        Effect::Steeper => "steeper",
    }
}

/// The value of a rail.
pub fn rail(rail: Rail) -> &'static str {
    match rail {
        Rail::Low => "−32768",
        Rail::High => "32767",
    }
}

/// Why a kink cannot be seen, if it cannot.
pub fn visibility(visibility: Visibility) -> Option<&'static str> {
    match visibility {
        Visibility::Visible => None,
        Visibility::OutsideSweep => Some("outside the sweep"),
        Visibility::AtInputClamp => Some("at the input clamp, so not seen"),
        Visibility::HiddenByOutputClamp => {
            Some("hidden by the output clamp; draw the accumulator to see it")
        }
        Visibility::OutsideWindow => Some("outside the window"),
    }
}

/// What the chosen engine's sum does where it is not exact.
pub fn loss(engine: Engine) -> &'static str {
    match engine.accumulator() {
        Accumulator::PairSaturating => "a pair is saturated",
        Accumulator::PairWrapping => "a pair has wrapped around",
        Accumulator::Product15 => "a product is cut to 15 bits",
        Accumulator::Running16 | Accumulator::Acc16 => "the 16-bit sum is saturated",
        Accumulator::HalfScaleWeights => "halved weights have lost their last bit",
        Accumulator::Exact => "the sum is not exact",
    }
}

/// The slope of a kink's side: whole where places are codes.
#[expect(clippy::cast_possible_truncation, reason = "whole, of sums in 32 bits")]
pub fn slope(value: f64) -> String {
    if value.fract() == 0.0 { whole(value as i64) } else { short(value) }
}

/// The pairs of a kink: `0, 1 · 4, 5`; a last weight without a neighbour stands alone.
pub fn pairs(state: &State, view: &KinkView) -> String {
    let name = |first_k: usize| {
        if first_k + 1 < state.inputs {
            format!("{first_k}, {}", first_k + 1)
        } else {
            first_k.to_string()
        }
    };
    let names: Vec<String> = view.pairs.iter().map(|pair| name(pair.first_k)).collect();
    names.join(" · ")
}

/// The end of the range that an engine's pairs leave, or its products.
pub fn end(engine: Engine, rail: Rail) -> &'static str {
    match (engine.accumulator(), rail) {
        (Accumulator::Product15, Rail::Low) => "−16384",
        (Accumulator::Product15, Rail::High) => "16383",
        (_, rail) => self::rail(rail),
    }
}

/// What an engine's slopes are counted in.
pub fn slope_unit(direction: Direction) -> &'static str {
    match direction {
        Direction::Vector => "per input scale of t",
        Direction::All | Direction::One => "per code",
    }
}

/// A kink in a sentence.
pub fn kink(state: &State, view: &KinkView) -> String {
    let accumulator = state.engine.accumulator();
    let cause = if view.pairs.is_empty() {
        match accumulator {
            Accumulator::Running16 | Accumulator::Acc16 => {
                "a sum of 16 bits reaches the end of its range, or comes back"
            }
            // The one engine that multiplies other bytes than the codes.
            _ => "the signed input is clamped to −128 … 127",
        }
        .to_string()
    } else {
        let each = view.pairs.iter().map(|pair| {
            let [w0, w1] = pair.weights.map(|w| whole(w.into()));
            let end = end(state.engine, pair.rail);
            let what = match accumulator {
                Accumulator::PairWrapping => format!("wraps around at {end}"),
                Accumulator::Product15 => format!("has a product that is cut at {end}"),
                _ if view.is_release => format!("leaves {end}"),
                _ => format!("reaches {end}"),
            };
            format!(
                "pair ({}, {}) with weights {w0} and {w1} {what}",
                pair.first_k,
                pair.first_k + 1
            )
        });
        each.collect::<Vec<_>>().join(" and ")
    };
    let seen =
        visibility(view.shown(state)).map_or(String::new(), |reason| format!(" It is {reason}."));
    let code = view.code.map_or(String::new(), |code| format!(" (code {code})"));
    format!(
        "Kink {} at {} {}{code}: {cause}; the slope goes from {} to {} {}, {}.{seen}",
        view.number,
        if state.direction == Direction::Vector { "t" } else { "input" },
        fixed(view.at, 3),
        slope(view.slope_before),
        slope(view.slope_after),
        slope_unit(state.direction),
        effect(view),
    )
}

/// What stands in the place of a table of kinks where there are none.
pub fn none(state: &State, derived: &Derived) -> String {
    let engine = state.engine.name();
    if derived.knows_kinks(state) {
        format!(
            "None: with {engine}, nothing in this sweep changes the slope of this output’s accumulator."
        )
    } else {
        format!(
            "With {engine}, kinks are looked for code by code, and along a vector there are none."
        )
    }
}

/// What the columns of the table of kinks mean.
pub fn columns(state: &State, derived: &Derived) -> String {
    let first = match (derived.sweep.is_by_code(), state.engine.accumulator()) {
        (true, Accumulator::PairSaturating) => {
            "The code is the first one at which the pair is saturated, or no longer is"
        }
        (true, _) => "The code is the first one at which the sum is off its old slope",
        (false, _) => "t is the first drawn one at which the pair is saturated, or no longer is",
    };
    format!("{first}; the slope is in accumulator units {}.", slope_unit(state.direction))
}
