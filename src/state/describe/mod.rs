//! The page in sentences: for screen readers, captions and live messages.

mod engine;
mod kink;
mod pair;

use super::choices::{Direction, Quantity};
use super::derived::{Derived, Extent, OutputView, Visibility};
use super::number::{short, signed, whole};
use super::state::State;
use crate::arith::Lane;

pub use engine::{is_exact, overlay, provenance};
pub use kink::{
    columns, effect, end, kink, loss, none, pairs, rail, slope, variable, visibility, weights,
};
pub use pair::{HALF, grouping, has_rails, pair, row_sum, summing};

/// A difference in output codes, signed.
#[expect(clippy::cast_possible_truncation, reason = "whole, and of sums in 32 bits")]
pub fn codes(value: f64) -> String {
    if value.fract() == 0.0 { signed(value as i64) } else { short(value) }
}

/// How far something lies off, on both sides: `up to 85 output codes below`.
#[expect(clippy::cast_possible_truncation, reason = "whole, and of sums in 32 bits")]
fn away(extent: Extent, one: &str, more: &str) -> String {
    let unit = |value: f64| if value == 1.0 { one.to_string() } else { more.to_string() };
    let number = |value: f64| if value.fract() == 0.0 { whole(value as i64) } else { short(value) };
    let Extent { below, above } = extent;
    match (below > 0.0, above > 0.0) {
        (_, false) => format!("up to {}{} below", number(below), unit(below)),
        (false, true) => format!("up to {}{} above", number(above), unit(above)),
        (true, true) => {
            format!("up to {}{} below and {} above", number(below), unit(below), number(above))
        }
    }
}

/// Output codes off, on both sides: `up to 85 output codes below`.
fn codes_away(extent: Extent) -> String {
    away(extent, " output code", " output codes")
}

/// The picture in a sentence or two: how often what is drawn bends in its window, and what its sum
/// and its rounding do there.
pub fn summary(state: &State, derived: &Derived) -> String {
    let engine = state.arithmetic.engine.name();
    if let Some(reason) = &derived.unavailable {
        return format!(
            "Output {}: {engine} cannot run this layer: {reason} Only the exact ramp is drawn.",
            state.picture.output
        );
    }
    let view = derived.chosen(state);
    let place = if state.is_zoomed() { "window" } else { "sweep" };
    let shown =
        |which: Visibility| view.kinks.iter().filter(move |kink| kink.shown(state) == which);
    let seen = shown(Visibility::Visible).count();
    let jumps = shown(Visibility::Visible).filter(|kink| kink.is_jump).count();
    let verb = match jumps {
        0 => "bends",
        all if all == seen => "jumps",
        _ => "bends or jumps",
    };
    let by_sum = view.saturation_over(derived.window(state));
    let is_output = state.picture.plot == Quantity::Output && view.has_codes();
    // A step of the output may be too coarse for what the sum does.
    let unseen = if is_output && by_sum.is_none() { " in its accumulator only" } else { "" };
    let hidden = shown(Visibility::HiddenByOutputClamp).count();
    let at_end = shown(Visibility::AtInputClamp).count();
    let kinks = match seen {
        0 if !derived.knows_kinks(state) => {
            "is drawn without its kinks: along a vector they are not looked for".to_string()
        }
        0 if hidden + at_end > 0 => format!("shows no kink in this {place}"),
        0 => format!("has no kink in this {place}"),
        1 => format!("{verb} once{unseen}"),
        2 => format!("{verb} twice{unseen}"),
        more => format!("{verb} {more} times{unseen}"),
    };
    let more = if seen > 0 { "more " } else { "" };
    let clamped = match hidden {
        0 => String::new(),
        1 => format!(" One {more}kink is hidden by the output clamp."),
        count => format!(" {count} {more}kinks are hidden by the output clamp."),
    };
    let difference = difference(state, derived, view, hidden > 0);
    format!("Output {} with {engine} {kinks}.{clamped} {difference}", state.picture.output)
}

/// How far what is drawn lies off the exact ramp in its window, and whether its sum or its rounding
/// takes it there.
fn difference(state: &State, derived: &Derived, view: &OutputView, is_clamped: bool) -> String {
    let places = derived.window(state);
    let here = if state.is_zoomed() { "in this window" } else { "everywhere in this sweep" };
    let sum = view.accumulator_over(places.clone());
    let has_codes = view.has_codes();
    if state.picture.plot == Quantity::Accumulator || !has_codes {
        let said = if sum.is_none() {
            format!("Its accumulator is the exact one {here}.")
        } else {
            let first = first_off(state, derived, view, OutputView::is_saturated);
            format!("Its accumulator lies {} the exact one{first}.", away(sum, "", ""))
        };
        let integer = if has_codes || state.picture.plot == Quantity::Accumulator {
            ""
        } else {
            " An integer product has no output code and no output clamp."
        };
        return format!("{said}{integer}");
    }
    let by_sum = view.saturation_over(places.clone());
    let by_rounding = view.rounding_over(places);
    let first = first_off(state, derived, view, |view, place| view.difference(place) != 0.0);
    let (rounding, takes) = if derived.clamps_bias(state) {
        ("bias, clamped to 32 bits, and its rounding", "take")
    } else {
        ("rounding", "takes")
    };
    match (by_sum.is_none(), by_rounding.is_none()) {
        (true, true) if is_clamped => "Every output code is the exact one.".to_string(),
        (true, true) => format!("It equals the exact ramp {here}."),
        (false, true) => format!("It lies {} the exact ramp{first}.", codes_away(by_sum)),
        (true, false) => format!(
            "Its sum {}; its {rounding} {takes} it {} the exact ramp{first}.",
            if sum.is_none() { "is exact" } else { "changes no output code" },
            codes_away(by_rounding)
        ),
        (false, false) => format!(
            "Its sum takes it {} the exact ramp, its {rounding} {}{first}.",
            codes_away(by_sum),
            codes_away(by_rounding)
        ),
    }
}

/// The first place of the window where something is off, as the end of a sentence.
fn first_off(
    state: &State,
    derived: &Derived,
    view: &OutputView,
    is_off: fn(&OutputView, usize) -> bool,
) -> String {
    let Some(place) = derived.window(state).find(|place| is_off(view, *place)) else {
        return String::new();
    };
    // The place of a window's end may lie just beyond it.
    let at = short(derived.sweep.at[place].max(state.window().0.into()));
    match state.sweep.direction {
        Direction::All => format!(", first at code {place} (x = {at})"),
        Direction::One => {
            format!(", first at code {place} (input {} = {at})", state.sweep.swept_input)
        }
        Direction::Vector => format!(", first at t = {at}"),
    }
}

/// Where the cursor stands: `x = 2: code 207`.
pub fn position(state: &State, derived: &Derived) -> String {
    let at = short(state.gaze.at.into());
    match state.sweep.direction {
        Direction::All => format!("x = {at}: code {}", derived.cursor.code(state)),
        Direction::One => {
            let k = state.sweep.swept_input;
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
    let [one, many] = match derived.cursor.engine.accumulator().lane {
        Lane::Saturate => ["is saturated", "are saturated"],
        Lane::Wrap => ["has wrapped around", "have wrapped around"],
        _ => ["is not exact", "are not exact"],
    };
    let pairs = match lost {
        0 if one == "is not exact" => "every pair is exact".to_string(),
        0 => format!("no pair {one}"),
        1 => format!("1 pair {one}"),
        more => format!("{more} pairs {many}"),
    };
    let sum = match (state.picture.plot, trace.acc == derived.cursor.exact.acc) {
        (Quantity::Output, _) => String::new(),
        (Quantity::Accumulator, true) => format!(", accumulator {}", whole(trace.acc.into())),
        (Quantity::Accumulator, false) => format!(
            ", accumulator {} where {} is exact",
            whole(trace.acc.into()),
            whole(derived.cursor.exact.acc.into())
        ),
    };
    format!("{}, {pairs}{sum}, {output}", position(state, derived))
}
