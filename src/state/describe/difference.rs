//! How far what is drawn lies off the exact ramp, to which side, and from where on.

use crate::state::derived::{Derived, Extent, OutputView};
use crate::state::number::{short, whole};
use crate::state::{Direction, Quantity, State};

/// The words for the two sides of an exact value.
#[derive(Clone, Copy, PartialEq)]
struct Sides {
    below: &'static str,
    above: &'static str,
}

/// What a sum loses is wrong: the exact one is what was asked for.
const WRONG: Sides = Sides { below: "too low", above: "too high" };
/// A rounding is another one, and not wrong.
const OTHER: Sides = Sides { below: "below", above: "above" };

/// A distance as it stands beside a unit.
#[expect(clippy::cast_possible_truncation, reason = "whole, and of sums in 32 bits")]
fn size(value: f64) -> String {
    if value.fract() == 0.0 { whole(value as i64) } else { short(value) }
}

/// How far something lies off, on both sides: `up to 85 output codes too low`.
fn away(extent: Extent, [one, more]: [&str; 2], sides: Sides) -> String {
    let unit = |value: f64| if value == 1.0 { one } else { more };
    let Extent { below, above } = extent;
    match (below > 0.0, above > 0.0) {
        (_, false) => format!("up to {}{} {}", size(below), unit(below), sides.below),
        (false, true) => format!("up to {}{} {}", size(above), unit(above), sides.above),
        (true, true) => format!(
            "up to {}{} {} and {} {}",
            size(below),
            unit(below),
            sides.below,
            size(above),
            sides.above
        ),
    }
}

const CODES: [&str; 2] = [" output code", " output codes"];
const UNITS: [&str; 2] = ["", ""];

/// What a sum does, in the cell of a table: `85 too low, 3 too high`, or 0.
pub fn wrong(extent: Extent) -> String {
    cell(extent, WRONG)
}

/// What a rounding does, in the cell of a table: `1 below, 1 above`, or 0.
pub fn other(extent: Extent) -> String {
    cell(extent, OTHER)
}

fn cell(extent: Extent, sides: Sides) -> String {
    let sides = [(extent.below, sides.below), (extent.above, sides.above)];
    let there = sides.into_iter().filter(|(size, _)| *size > 0.0);
    let said: Vec<String> = there.map(|(far, side)| format!("{} {side}", size(far))).collect();
    if said.is_empty() { "0".into() } else { said.join(", ") }
}

/// How far what is drawn lies off the exact ramp in its window, whether its sum or its rounding
/// takes it there, and where it first does.
pub(super) fn difference(
    state: &State,
    derived: &Derived,
    view: &OutputView,
    is_clamped: bool,
) -> String {
    let places = derived.window(state);
    let here = if state.is_zoomed() { "in this window" } else { "everywhere in this sweep" };
    let sum = view.accumulator_over(places.clone());
    let has_codes = view.has_codes();
    if state.picture.plot == Quantity::Accumulator || !has_codes {
        let said = if sum.is_none() {
            format!("Its accumulator is the exact one {here}.")
        } else {
            let first = first(state, derived, view, "First wrong sum", OutputView::is_saturated);
            format!("Its accumulator lies {}.{first}", away(sum, UNITS, WRONG))
        };
        let integer = match derived.cursor.engine.dynamic() {
            _ if has_codes || state.picture.plot == Quantity::Accumulator => "",
            Some(_) => " A dynamic layer has no output code.",
            None => " An integer product has no output code and no output clamp.",
        };
        return format!("{said}{integer}");
    }
    let by_sum = view.saturation_over(places.clone());
    let by_rounding = view.rounding_over(places);
    let differs: fn(&OutputView, usize) -> bool = |view, place| view.difference(place) != 0.0;
    let first = |what| first(state, derived, view, what, differs);
    let (rounding, takes) = if derived.clamps_bias(state) {
        ("bias, clamped to 32 bits, and its rounding", "take")
    } else {
        ("rounding", "takes")
    };
    match (by_sum.is_none(), by_rounding.is_none()) {
        (true, true) if is_clamped => "Every output code is the exact one.".to_string(),
        (true, true) => format!("It equals the exact ramp {here}."),
        (false, true) => {
            format!("It lies {}.{}", away(by_sum, CODES, WRONG), first("First wrong output"))
        }
        (true, false) => format!(
            "Its sum {}; its {rounding} {takes} it {} the exact ramp.{}",
            if sum.is_none() { "is exact" } else { "changes no output code" },
            away(by_rounding, CODES, OTHER),
            first("First output that differs")
        ),
        (false, false) => format!(
            "Its sum takes it {}, its {rounding} {} the exact ramp.{}",
            away(by_sum, CODES, WRONG),
            away(by_rounding, CODES, OTHER),
            first("First output that differs")
        ),
    }
}

/// The first place of the window where something is off: ` First wrong output: input code 171, x = 1.13.`
fn first(
    state: &State,
    derived: &Derived,
    view: &OutputView,
    what: &str,
    is_off: fn(&OutputView, usize) -> bool,
) -> String {
    let Some(place) = derived.window(state).find(|place| is_off(view, *place)) else {
        return String::new();
    };
    // The place of a window's end may lie just beyond it.
    let at = derived.sweep.at[place].max(state.window().0.into());
    let input = if state.sweep.direction == Direction::Vector { "" } else { "input " };
    format!(" {what}: {input}{}.", self::place(state, place, at))
}

/// A place of the sweep: `code 171, x = 1.13`.
fn place(state: &State, place: usize, at: f64) -> String {
    let at = short(at);
    match state.sweep.direction {
        Direction::All => format!("code {place}, x = {at}"),
        Direction::One => format!("code {place}, input {} = {at}", state.sweep.swept_input),
        Direction::Vector => format!("t = {at}"),
    }
}

/// What lies under a pointer at a value of the sweep, in a line.
#[expect(
    clippy::cast_possible_truncation,
    reason = "inputs are float32; a difference of codes is below 256"
)]
pub fn hover(state: &State, derived: &Derived, at: f64) -> String {
    let place = derived.place_of(state, at as f32);
    let view = derived.chosen(state);
    let curve = view.curve();
    let here = self::place(state, place, at);
    let is_sum = state.picture.plot == Quantity::Accumulator || curve.code[place].is_none();
    let (made, off, sides) = if is_sum {
        let off = f64::from(curve.acc[place]) - f64::from(view.exact.acc[place]);
        (format!("accumulator {}", whole(curve.acc[place].into())), off, WRONG)
    } else {
        let code = curve.code[place].map_or(String::new(), |code| format!(" (code {code})"));
        let sides = if view.saturation[place] == 0.0 { OTHER } else { WRONG };
        let y = short(curve.real[place].into());
        (format!("y = {y}{code}"), view.difference(place), sides)
    };
    let off = if off == 0.0 {
        "as exact".to_string()
    } else {
        let unit = match is_sum {
            true => "",
            false if off.abs() == 1.0 => " code",
            false => " codes",
        };
        let side = if off < 0.0 { sides.below } else { sides.above };
        let exact = if sides == WRONG { "" } else { " the exact ramp" };
        format!("{}{unit} {side}{exact}", size(off.abs()))
    };
    format!("{here} → {made}, {off}")
}
