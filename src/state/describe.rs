//! The page in sentences: for screen readers, captions and live messages.

use super::choices::Direction;
use super::derived::{Derived, KinkView, Visibility};
use super::number::{fixed, short, signed, whole};
use super::state::State;
use crate::arith::{Accumulator, Effect, Engine, Rail};

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
    }
}

/// What the chosen engine's sum does where it is not exact.
pub fn loss(engine: Engine) -> &'static str {
    match engine.accumulator() {
        Accumulator::PairSaturating => "a pair is saturated",
        Accumulator::PairWrapping => "a pair has wrapped around",
        Accumulator::Product15 => "a product is cut to 15 bits",
        Accumulator::Running16 | Accumulator::Acc16 => "the 16-bit sum is saturated",
        Accumulator::HalfScaleWeights => "a halved weight has lost its last bit",
        Accumulator::Exact => "the sum is not exact",
    }
}

/// The slope of a kink's side: whole where places are codes.
#[expect(clippy::cast_possible_truncation, reason = "whole, of sums in 32 bits")]
pub fn slope(value: f64) -> String {
    if value.fract() == 0.0 { whole(value as i64) } else { short(value) }
}

/// The pairs of a kink: `k 0, 1`.
pub fn pairs(view: &KinkView) -> String {
    let names: Vec<String> =
        view.pairs.iter().map(|pair| format!("{}, {}", pair.first_k, pair.first_k + 1)).collect();
    names.join(" · ")
}

/// A kink in a sentence.
pub fn kink(view: &KinkView) -> String {
    let cause = match view.pairs.as_slice() {
        [] => "the sum leaves its range".to_string(),
        pairs => {
            let each: Vec<String> = pairs
                .iter()
                .map(|pair| {
                    let [w0, w1] = pair.weights.map(|w| whole(w.into()));
                    format!(
                        "pair ({}, {}) with weights {w0} and {w1} {} {}",
                        pair.first_k,
                        pair.first_k + 1,
                        if view.is_release { "leaves" } else { "reaches" },
                        rail(pair.rail)
                    )
                })
                .collect();
            each.join(" and ")
        }
    };
    let seen =
        visibility(view.visibility).map_or(String::new(), |reason| format!(" It is {reason}."));
    let code = view.code.map_or(String::new(), |code| format!(" (code {code})"));
    format!(
        "Kink {} at input {}{code}: {cause}; the slope goes from {} to {} per code, {}.{seen}",
        view.number,
        fixed(view.at, 3),
        slope(view.slope_before),
        slope(view.slope_after),
        effect(view),
    )
}

/// A difference in output codes, signed.
#[expect(clippy::cast_possible_truncation, reason = "whole, and below 256")]
pub fn codes(value: f64) -> String {
    if value.fract() == 0.0 { signed(value as i64) } else { short(value) }
}

/// The picture in a sentence or two: how often it bends, and what its sum and its rounding do.
pub fn summary(state: &State, derived: &Derived) -> String {
    let engine = state.engine.name();
    if let Some(reason) = &derived.unavailable {
        return format!(
            "Output {}: {engine} cannot run this layer: {reason} Only the exact ramp is drawn.",
            state.output
        );
    }
    let view = derived.chosen(state);
    let seen = view.kinks.iter().filter(|kink| kink.visibility == Visibility::Visible).count();
    let jumps = view.kinks.iter().filter(|kink| kink.is_jump).count();
    let verb = if jumps > 0 { "bends or jumps" } else { "bends" };
    let hidden =
        view.kinks.iter().filter(|kink| kink.visibility == Visibility::HiddenByOutputClamp).count();
    let kinks = match seen {
        0 if hidden > 0 => "shows no kink in this sweep".to_string(),
        0 => "has no kink in this sweep".to_string(),
        1 => format!("{verb} once"),
        2 => format!("{verb} twice"),
        more => format!("{verb} {more} times"),
    };
    let more = if seen > 0 { "more " } else { "" };
    let clamped = match hidden {
        0 => String::new(),
        1 => format!(" One {more}kink is hidden by the output clamp."),
        count => format!(" {count} {more}kinks are hidden by the output clamp."),
    };
    let (sum, rounding) = (view.largest_saturation(), view.largest_rounding());
    let difference = match (sum == 0.0, rounding == 0.0) {
        (true, true) if hidden > 0 => "Every output code is the exact one.".to_string(),
        (true, true) => "It equals the exact ramp everywhere.".to_string(),
        (false, true) => {
            format!("It leaves the exact ramp by up to {} output codes.", codes(sum))
        }
        (true, false) => {
            format!(
                "Its sum is exact; its rounding differs by up to {} output codes.",
                codes(rounding)
            )
        }
        (false, false) => format!(
            "Its sum makes up to {} output codes of difference, its rounding up to {}.",
            codes(sum),
            codes(rounding)
        ),
    };
    format!("Output {} with {engine} {kinks}.{clamped} {difference}", state.output)
}

/// Where the cursor stands: `x = 2: code 207`.
pub fn place(state: &State, derived: &Derived) -> String {
    let at = short(state.at.into());
    match state.direction {
        Direction::All => format!("x = {at}: code {}", derived.cursor.code(state)),
        Direction::One => {
            let k = state.swept_input;
            format!("input {k} = {at}: code {}", derived.cursor.codes[k])
        }
        Direction::Vector => {
            let codes: Vec<String> =
                derived.cursor.codes.iter().take(4).map(u8::to_string).collect();
            let more = if derived.cursor.codes.len() > 4 { ", …" } else { "" };
            format!("t = {at}: codes {}{more}", codes.join(", "))
        }
    }
}

/// The cursor in a sentence.
pub fn cursor(state: &State, derived: &Derived) -> String {
    let trace = &derived.cursor.trace;
    let real = short(trace.real.into());
    let output = match trace.code {
        Some(code) => format!("output code {code}, y = {real}"),
        None => format!("y = {real} (an integer product has no output code)"),
    };
    let lost = derived.cursor.pairs.iter().filter(|pair| pair.lost() != 0).count();
    let verb = match state.engine.accumulator() {
        Accumulator::PairSaturating => "saturated",
        Accumulator::PairWrapping => "wrapped around",
        _ => "not exact",
    };
    let pairs = match lost {
        0 if state.engine.accumulator() == Accumulator::Exact => "every pair is exact".to_string(),
        0 => format!("no pair is {verb}"),
        1 => format!("1 pair is {verb}"),
        more => format!("{more} pairs are {verb}"),
    };
    format!("{}, {pairs}, {output}", place(state, derived))
}
