//! Kinks in words.

use crate::arith::{Effect, Engine, KinkPair, Lane, Rail};
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
    match engine.lane() {
        Lane::Saturate => "a pair is saturated",
        Lane::Wrap => "a pair has wrapped around",
        Lane::Product15 => "a product is cut to 15 bits",
        Lane::Running16 | Lane::Acc16 => "the 16-bit sum is saturated",
        Lane::HalfWeights => "halved weights have lost their last bit",
        Lane::Exact => "the sum is not exact",
    }
}

/// The slope of a kink's side: whole where places are codes.
#[expect(clippy::cast_possible_truncation, reason = "whole, of sums in 32 bits")]
pub fn slope(value: f64) -> String {
    if value.fract() == 0.0 { whole(value as i64) } else { short(value) }
}

/// The pairs of a kink: `0, 1 · 4, 5`; a product without a partner stands alone.
pub fn pairs(view: &KinkView) -> String {
    let name = |pair: &KinkPair| match pair.second_k {
        Some(second) => format!("{}, {second}", pair.first_k),
        None => pair.first_k.to_string(),
    };
    view.pairs.iter().map(name).collect::<Vec<_>>().join(" · ")
}

/// The weights of a kink's pairs: `127, 66 · 14`.
pub fn weights(view: &KinkView) -> String {
    let name = |pair: &KinkPair| {
        let [w0, w1] = pair.weights.map(|w| whole(w.into()));
        if pair.second_k.is_some() { format!("{w0}, {w1}") } else { w0 }
    };
    view.pairs.iter().map(name).collect::<Vec<_>>().join(" · ")
}

/// The end of the range that an engine's pairs leave, or its products.
pub fn end(engine: Engine, rail: Rail) -> &'static str {
    match (engine.lane(), rail) {
        (Lane::Product15, Rail::Low) => "−16384",
        (Lane::Product15, Rail::High) => "16383",
        (_, rail) => self::rail(rail),
    }
}

/// What a sweep goes along: the input x, or the factor t of a vector.
pub fn variable(direction: Direction) -> &'static str {
    match direction {
        Direction::Vector => "t",
        Direction::All | Direction::One => "x",
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
    let lane = state.arithmetic.engine.lane();
    let cause = if view.pairs.is_empty() {
        match lane {
            Lane::Running16 | Lane::Acc16 => {
                "the sum of 16 bits reaches the end of its range, or comes back"
            }
            // The one engine that multiplies other bytes than the codes.
            _ => "the signed input is clamped to −128 … 127",
        }
        .to_string()
    } else {
        let each = view.pairs.iter().map(|pair| {
            let [w0, w1] = pair.weights.map(|w| whole(w.into()));
            let end = end(state.arithmetic.engine, pair.rail);
            let what = match lane {
                Lane::Wrap => format!("wraps around at {end}"),
                Lane::Product15 => format!("has a product that is cut at {end}"),
                _ if view.is_release => format!("leaves {end}"),
                _ => format!("reaches {end}"),
            };
            let first = pair.first_k;
            match pair.second_k {
                Some(second) => {
                    format!("pair ({first}, {second}) with weights {w0} and {w1} {what}")
                }
                None => format!("input {first}, which stands alone, with weight {w0} {what}"),
            }
        });
        each.collect::<Vec<_>>().join(" and ")
    };
    let seen =
        visibility(view.shown(state)).map_or(String::new(), |reason| format!(" It is {reason}."));
    let code = view.code.map_or(String::new(), |code| format!(" (code {code})"));
    let (before, after) = (slope(view.slope_before), slope(view.slope_after));
    let unit = slope_unit(state.sweep.direction);
    let does = if view.is_jump {
        format!("the ramp jumps, and the slope stays {after} {unit}")
    } else {
        format!("the slope goes from {before} to {after} {unit}, {}", effect(view))
    };
    format!(
        "Kink {} at {} {}{code}: {cause}; {does}.{seen}",
        view.number,
        variable(state.sweep.direction),
        fixed(view.at, 3),
    )
}

/// What stands in the place of a table of kinks where there are none.
pub fn none(state: &State, derived: &Derived) -> String {
    let engine = derived.cursor.engine.name();
    if derived.knows_kinks(state) {
        format!("None: with {engine}, nothing of this output leaves its range in this sweep.")
    } else {
        format!(
            "With {engine}, kinks are looked for code by code, and along a vector there are none."
        )
    }
}

/// What the columns of the table of kinks mean.
pub fn columns(state: &State, derived: &Derived) -> String {
    let first = if derived.sweep.is_by_code() { "The code" } else { "t" };
    format!(
        "{first} is the first one at which something has left its range, or has come back; the slope is in accumulator units {}.",
        slope_unit(state.sweep.direction)
    )
}
