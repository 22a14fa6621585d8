//! Pairs of weights in words, as the chosen engine treats them.

use crate::arith::{Blocks, Bytes, Engine, Group, Lane, Linear, Members, PairLoss};
use crate::state::derived::{Derived, PairVerdict};
use crate::state::number::{short, whole};
use crate::state::{Direction, State};

/// What the mark of the upper half of the codes means.
pub const HALF: &str = "codes above 128: only here can a pair leave 16 bits";

/// What the chosen engine does to a pair, after its sum: `sum 193: saturates from code 170`. The
/// code is the first that both inputs can have; without one the pair is safe for every input.
pub fn pair(state: &State, derived: &Derived, verdict: &PairVerdict) -> String {
    let accumulator = derived.cursor.engine.accumulator();
    // Where inputs differ along the sweep, a code says nothing of a place in it.
    let is_both = state.sweep.direction != Direction::All && verdict.second.is_some();
    let said = match verdict.loss {
        PairLoss::Never => match (accumulator.lane, verdict.second) {
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
            let both = if is_both { " where both inputs have it" } else { "" };
            format!("{verb} from code {code}{both}")
        }
        // Bytes below 0, which some engines make of low codes.
        PairLoss::UpTo(code) => {
            let verb = if accumulator.lane == Lane::Wrap { "wraps around" } else { "saturates" };
            let both = if is_both { " where both inputs have it" } else { "" };
            match i32::from(code) == derived.layer.activation_codes.qmin {
                true => format!("{verb} at code {code}{both}"),
                false => format!("{verb} up to code {code}{both}"),
            }
        }
        PairLoss::OddWeights => {
            let acts = |w: i8| whole(accumulator.counted_weight(w).into());
            let acting: Vec<String> = verdict.products().map(|(_, w)| acts(w)).collect();
            format!("halved, acts as {}", acting.join(", "))
        }
        PairLoss::DependsOnOthers => "added to a sum of 16 bits".to_string(),
    };
    match verdict.second {
        Some(_) => format!("sum {}: {said}", whole(verdict.sum().into())),
        None => said,
    }
}

/// Where a row first loses something, for the engines with a sum of 16 bits over all inputs.
pub fn row_sum(state: &State, derived: &Derived) -> Option<String> {
    let what = match derived.cursor.engine.lane() {
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

const NO_TWO: &str = "no two products";

/// Which two products of a row an engine adds in 16 bits.
pub fn partners(engine: Engine, layer: &Linear) -> &'static str {
    let Group { members, blocks } = engine.accumulator_of(layer).group;
    match (members, blocks) {
        (Members::Apart(8), _) => "k and k + 8",
        (Members::Apart(_), _) => "k and k + 2",
        (Members::Taps(_), _) => "two taps down the kernel’s columns",
        (_, Blocks::Every(1)) => NO_TWO,
        (_, Blocks::Every(_)) if layer.row_shape.is_convolution() => "two neighbours of one tap",
        _ => "two neighbours",
    }
}

/// Whether an engine adds neighbours over the whole row, or loses nothing of a pair.
pub fn adds_neighbours(engine: Engine, layer: &Linear) -> bool {
    let accumulator = engine.accumulator_of(layer);
    accumulator.group == Group::NEIGHBOURS || accumulator.lane == Lane::Exact
}

/// Whether an engine adds two products in 16 bits before it adds anything else.
pub fn joins_pairs(engine: Engine) -> bool {
    matches!(engine.lane(), Lane::Saturate | Lane::Wrap | Lane::Acc16 | Lane::HalfWeights)
}

/// What a picture of a row's products shows: its taps and channels, and which two a line joins.
pub fn row_map(engine: Engine, layer: &Linear) -> String {
    let row = layer.row_shape;
    let [rows, columns] = row.kernel();
    let what = match (row.is_convolution(), row.channels()) {
        (false, inputs) => format!("The weights of {inputs} inputs"),
        (true, 1) => format!("The weights of a {rows} × {columns} kernel on one channel"),
        (true, channels) => {
            format!("The weights of a {rows} × {columns} kernel, {channels} channels in each tap")
        }
    };
    let joined = match partners(engine, layer) {
        two if joins_pairs(engine) && two != NO_TWO => {
            format!("A line joins what is added in 16 bits: {two}")
        }
        _ => "No two of them are added in 16 bits first".into(),
    };
    format!("{what}. {joined}.")
}

/// How an engine adds its products, as a sentence's end: `two neighbours are added in 16 bits`.
pub fn grouping(engine: Engine, layer: &Linear) -> String {
    let two = partners(engine, layer);
    let said = match engine.lane() {
        Lane::Exact => "all of them are added in 32 bits",
        Lane::Saturate => return format!("{two} are added in 16 bits, which saturate"),
        Lane::Wrap => return format!("{two} are added in 16 bits, which wrap around"),
        Lane::Product15 => "each is cut to 15 bits, and all are added in 32",
        Lane::Running16 => "one after the other is added to a sum of 16 bits, which saturates",
        Lane::Acc16 => {
            "two neighbours are added in 16 bits, then all pairs of 256 inputs too, and both saturate"
        }
        Lane::HalfWeights => {
            "weights are halved before, so that two neighbours fit 16 bits, and what is kept is doubled after"
        }
    };
    said.into()
}

/// Which byte is multiplied for an input's code, and by what: the beginning of a sentence.
pub fn multiplied(engine: Engine, layer: &Linear) -> String {
    match engine.bytes() {
        Bytes::LessBy128 => {
            "128 is taken off each code, and each product is that signed byte × weight".into()
        }
        Bytes::ShiftedBy128 if layer.input.zero_point != 128 => format!(
            "The code is made signed (− {}, clamped to −128 … 127), 128 is added, and each product is that byte × weight",
            layer.input.zero_point
        ),
        Bytes::ShiftedBy128 | Bytes::Codes => "Each product is code × weight".into(),
    }
}

/// How an engine makes its whole sum.
pub fn summing(engine: Engine) -> &'static str {
    match engine.lane() {
        Lane::Exact | Lane::Product15 => "all products added in 32 bits",
        Lane::Saturate | Lane::Wrap => "all pairs added in 32 bits",
        Lane::Running16 => "one sum of 16 bits over all products",
        Lane::Acc16 => "sums of 16 bits over 256 inputs each, added in 32 bits",
        Lane::HalfWeights => "twice the sum of all pairs of halved weights",
    }
}

/// Whether an engine's pairs have the ends of 16 bits as their range.
pub fn has_rails(engine: Engine) -> bool {
    matches!(engine.lane(), Lane::Saturate | Lane::Wrap | Lane::Acc16)
}
