//! The page in sentences: for screen readers, captions and live messages.

mod difference;
mod engine;
mod kink;
pub mod map;
mod pair;

use super::choices::{Direction, Quantity};
use super::derived::{Derived, Visibility};
use super::number::{short, signed, whole};
use super::state::State;
use crate::arith::Lane;

pub use difference::{hover, other, wrong};
pub use engine::{beside, is_exact, known, overlay, provenance, without_codes};
pub use kink::{
    columns, effect, end, kink, loss, none, pairs, rail, slope, variable, visibility, weights,
};
pub use pair::{
    HALF, adds_neighbours, grouping, has_rails, joins_pairs, multiplied, pair, partners, row_map,
    row_sum, summing,
};

/// A difference in output codes, signed.
#[expect(clippy::cast_possible_truncation, reason = "whole, and of sums in 32 bits")]
pub fn codes(value: f64) -> String {
    if value.fract() == 0.0 { signed(value as i64) } else { short(value) }
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
    let difference = difference::difference(state, derived, view, hidden > 0);
    format!("Output {} with {engine} {kinks}.{clamped} {difference}", state.picture.output)
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
        None => {
            let what = without_codes(derived.cursor.engine);
            format!("y = {real} ({what} has no output code)")
        }
    };
    let lost = derived.cursor.pairs.iter().filter(|pair| pair.lost() != 0).count();
    let [one, many] = match derived.cursor.engine.lane() {
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
