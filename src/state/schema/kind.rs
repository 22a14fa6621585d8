//! [`Kind`]: what values a parameter takes.

use super::Value;
use crate::state::choices::Choice;

/// A number's values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// A whole number, `min..=max`.
    Integer {
        /// The least value.
        min: i64,
        /// The greatest value.
        max: i64,
    },
    /// A float32, `min..=max`.
    Real {
        /// The least value.
        min: f32,
        /// The greatest value.
        max: f32,
        /// What an arrow key adds; on a logarithmic slider, in decades.
        step: f64,
        /// Whether the slider is logarithmic.
        logarithmic: bool,
        /// The ends of the slider; typing reaches all of `min..=max`.
        slider: [f32; 2],
    },
}

impl Number {
    /// The value for a number: rounded where only whole ones are, and held to the range; and
    /// whether it is the number given. None for NaN.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "past 2^63 the cast saturates, as the clamp would; reals are float32"
    )]
    pub fn clamp(self, given: f64) -> Option<(Value, bool)> {
        if given.is_nan() {
            return None;
        }
        Some(match self {
            Number::Integer { min, max } => {
                let value = (given.round() as i64).clamp(min, max);
                (Value::Integer(value), value as f64 == given)
            }
            Number::Real { min, max, .. } => {
                let value = (given as f32).clamp(min, max);
                (Value::Real(value), value == given as f32)
            }
        })
    }
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A number.
    Number(Number),
    /// On or off: `1` or `0`.
    Flag,
    /// One of a list.
    Choice(fn() -> Vec<Choice>),
    /// Some of a list, joined by commas.
    Choices(fn() -> Vec<Choice>),
    /// A number for some places (outputs or inputs), as `place:value` joined by commas.
    Indexed {
        /// Places are below this.
        places: usize,
        /// The values.
        number: Number,
    },
    /// A text of at most so many bytes.
    Text {
        /// The most bytes, of UTF-8.
        most: usize,
    },
    /// Weight codes by hand: `output.k:code_code…` for k, k + 1, … joined by commas, as in
    /// `2.0:127_-5,3.7:1`. Long runs are packed: `output.k~BASE64URL`.
    Weights,
}

impl Kind {
    /// Its name, and the values that it takes, in words.
    pub fn in_words(self) -> (&'static str, String) {
        let range = |number: Number| match number {
            Number::Integer { min, max } => format!("{min} to {max}"),
            Number::Real { min, max, .. } => format!("{min} to {max}"),
        };
        let keys = |list: fn() -> Vec<Choice>| {
            list().iter().map(|choice| choice.key).collect::<Vec<_>>().join(", ")
        };
        match self {
            Kind::Number(number @ Number::Integer { .. }) => ("integer", range(number)),
            Kind::Number(number @ Number::Real { .. }) => ("real", range(number)),
            Kind::Flag => ("flag", "0, 1".to_string()),
            Kind::Choice(list) => ("choice", keys(list)),
            Kind::Choices(list) => ("choices", keys(list)),
            Kind::Indexed { places, number } => (
                "places",
                format!(
                    "place:value, or values in their order, with place 0 to {} and value {}",
                    places - 1,
                    range(number)
                ),
            ),
            Kind::Text { most } => ("text", format!("up to {most} bytes")),
            Kind::Weights => ("weights", "output.k:code_code…".to_string()),
        }
    }
}
