//! The page in sentences: for screen readers, captions and live messages.

use super::derived::{Derived, KinkView, Visibility};
use super::number::{fixed, short, signed, whole};
use super::state::State;
use crate::arith::{Effect, Kink, Rail};

/// The name of what a kink does to the slope. Where the old slope goes on
/// after one step aside, that is a jump.
pub fn effect(kink: &Kink) -> &'static str {
    if kink.is_jump() {
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
        Visibility::AtInputClamp => Some("at the last code, so not seen"),
        Visibility::HiddenByOutputClamp => Some("hidden by the output clamp"),
    }
}

/// The pairs of a kink: `k 0, 1`.
pub fn pairs(view: &KinkView) -> String {
    let names: Vec<String> = view
        .kink
        .pairs
        .iter()
        .map(|pair| format!("{}, {}", pair.first_k, pair.first_k + 1))
        .collect();
    names.join(" · ")
}

/// A kink in a sentence.
pub fn kink(view: &KinkView) -> String {
    let kink = &view.kink;
    let cause = match kink.pairs.as_slice() {
        [] => "the sum leaves its range".to_string(),
        pairs => {
            let each: Vec<String> = pairs
                .iter()
                .map(|pair| {
                    let [w0, w1] = pair.weights.map(|w| whole(w.into()));
                    format!(
                        "pair ({}, {}) with weights {w0} and {w1} reaches {}",
                        pair.first_k,
                        pair.first_k + 1,
                        rail(pair.rail)
                    )
                })
                .collect();
            each.join(" and ")
        }
    };
    let seen =
        visibility(view.visibility).map_or(String::new(), |reason| format!(" It is {reason}."));
    format!(
        "Kink {} at input {} (code {}): {cause}; the slope goes from {} to {} per code, {}.{seen}",
        view.number,
        fixed(view.at, 3),
        kink.code,
        whole(kink.slope_before.into()),
        whole(kink.slope_after.into()),
        effect(kink),
    )
}

/// The picture in a sentence.
pub fn summary(state: &State, derived: &Derived) -> String {
    let engine = state.engine.name();
    if let Some(reason) = &derived.unavailable {
        return format!(
            "Output {}: {engine} cannot run this layer: {reason} Only the exact ramp is drawn.",
            state.output
        );
    }
    let view = &derived.outputs[state.output];
    let seen = view.kinks.iter().filter(|kink| kink.visibility == Visibility::Visible).count();
    let most = view
        .difference
        .iter()
        .fold(0.0_f64, |most, value| if value.abs() > most.abs() { *value } else { most });
    let kinks = match seen {
        0 => "has no kink in this sweep".to_string(),
        1 => "bends once".to_string(),
        2 => "bends twice".to_string(),
        more => format!("bends {more} times"),
    };
    let difference = if most == 0.0 {
        "It equals the exact ramp everywhere.".to_string()
    } else {
        format!(
            "It leaves the exact ramp by up to {} output codes.",
            if most.fract() == 0.0 { signed(most as i64) } else { short(most) }
        )
    };
    format!("Output {} with {engine} {kinks}. {difference}", state.output)
}

/// The cursor in a sentence.
pub fn cursor(state: &State, derived: &Derived) -> String {
    let view = &derived.outputs[state.output];
    let code = usize::from(derived.cursor.code);
    let ramp = view.chosen.as_ref().unwrap_or(&view.exact);
    let output = match ramp.code[code] {
        Some(output) => format!("output code {output}, y = {}", short(ramp.real[code].into())),
        None => {
            format!("y = {} (an integer product has no output code)", short(ramp.real[code].into()))
        }
    };
    let lost = derived.cursor.pairs.iter().filter(|pair| pair.lost() != 0).count();
    let pairs = match lost {
        0 => "no pair is saturated".to_string(),
        1 => "1 pair is saturated".to_string(),
        more => format!("{more} pairs are saturated"),
    };
    format!("x = {}: code {code}, {pairs}, {output}", short(state.at.into()))
}
