//! [`Patch`]: a change of the state, from wherever it comes.
//!
//! A link, a slider, a preset, an element's attribute and an embedder's
//! `setState` are all a patch, applied by [`apply`], which validates, clamps
//! and reports.

use std::fmt;

use super::number;
use super::schema::{self, Kind, PARAMETERS, Parameter, Value};
use super::state::{State, WeightEdits};

/// Keys and values, as they stand in a link.
///
/// An empty value or `auto` leaves a parameter to the calibration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch(pub Vec<(String, String)>);

impl Patch {
    /// A patch of one key.
    pub fn one(key: &str, value: impl ToString) -> Patch {
        Patch(vec![(key.to_string(), value.to_string())])
    }

    /// Adds a key.
    #[must_use]
    pub fn and(mut self, key: &str, value: impl ToString) -> Patch {
        self.0.push((key.to_string(), value.to_string()));
        self
    }
}

/// What was wrong in a patch, and what is used instead.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// No parameter has this key.
    UnknownKey {
        /// The key as given.
        key: String,
        /// A key that looks like it.
        meant: Option<&'static str>,
    },
    /// The text is no number of the parameter's kind.
    NotANumber {
        /// The parameter.
        key: &'static str,
        /// The text as given.
        given: String,
        /// What is used instead.
        used: String,
    },
    /// The number lies outside the parameter's range.
    OutOfRange {
        /// The parameter.
        key: &'static str,
        /// The text as given.
        given: String,
        /// What is used instead.
        used: String,
    },
    /// The text is none of the choices.
    NotAChoice {
        /// The parameter.
        key: &'static str,
        /// The text as given.
        given: String,
        /// The choices.
        choices: Vec<&'static str>,
        /// What is used instead.
        used: String,
    },
    /// An entry of the weight list that is not `output.k:code`.
    NotAWeight {
        /// The entry as given.
        given: String,
    },
    /// The sweep would end before it starts.
    EmptySweep {
        /// The first value as given.
        from: f32,
        /// The last value as given.
        to: f32,
    },
    /// The link was made by a newer version.
    NewerVersion {
        /// The version as given.
        given: String,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::UnknownKey { key, meant: Some(meant) } => {
                write!(f, "“{key}” is not a parameter and was ignored. Did you mean “{meant}”?")
            }
            Problem::UnknownKey { key, meant: None } => {
                write!(f, "“{key}” is not a parameter and was ignored.")
            }
            Problem::NotANumber { key, given, used } => {
                write!(f, "{key}: “{given}” is not a number; {used} is used.")
            }
            Problem::OutOfRange { key, given, used } => {
                write!(f, "{key}: {given} is out of range; {used} is used.")
            }
            Problem::NotAChoice { key, given, choices, used } => {
                write!(f, "{key}: “{given}” is none of {}; {used} is used.", choices.join(", "))
            }
            Problem::NotAWeight { given } => {
                write!(
                    f,
                    "w: “{given}” is not output.k:code with a code from −128 to 127; it was ignored."
                )
            }
            Problem::EmptySweep { from, to } => {
                write!(f, "A sweep from {from} to {to} is empty; the earlier range is used.")
            }
            Problem::NewerVersion { given } => {
                write!(
                    f,
                    "This link has version {given}, newer than this page’s {}; what it does not know is ignored.",
                    schema::VERSION
                )
            }
        }
    }
}

impl std::error::Error for Problem {}

/// What came of a patch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Everything that was wrong.
    pub problems: Vec<Problem>,
}

/// The state with a patch applied. Total: whatever cannot be used is left as
/// it was, or clamped, and reported.
pub fn apply(state: &State, patch: &Patch) -> (State, Report) {
    let mut next = state.clone();
    let mut problems = Vec::new();
    for (key, text) in &patch.0 {
        if key == "v" {
            check_version(text, &mut problems);
            continue;
        }
        let Some(parameter) = schema::parameter(key) else {
            problems.push(Problem::UnknownKey { key: clip(key), meant: closest_key(key) });
            continue;
        };
        if parameter.calibrated && matches!(text.trim(), "" | "auto") {
            parameter.set(&mut next, None);
            continue;
        }
        if let Some(value) = read(parameter, text.trim(), &next, &mut problems) {
            parameter.set(&mut next, Some(value));
        }
    }
    settle(state, &mut next, &mut problems);
    (next, Report { problems })
}

/// Rules that hold between parameters.
fn settle(before: &State, next: &mut State, problems: &mut Vec<Problem>) {
    if next.from >= next.to {
        problems.push(Problem::EmptySweep { from: next.from, to: next.to });
        (next.from, next.to) = (before.from, before.to);
    }
    if next.output >= next.outputs {
        let used = next.outputs - 1;
        // Fewer outputs than before need no word; a wrong choice does.
        if next.output != before.output {
            problems.push(Problem::OutOfRange {
                key: "output",
                given: next.output.to_string(),
                used: used.to_string(),
            });
        }
        next.output = used;
    }
    next.at = next.at.clamp(next.from, next.to);
}

fn check_version(text: &str, problems: &mut Vec<Problem>) {
    match text.parse::<u32>() {
        Ok(version) if version <= schema::VERSION => {}
        Ok(_) => problems.push(Problem::NewerVersion { given: clip(text) }),
        Err(_) => problems.push(Problem::NotANumber {
            key: "v",
            given: clip(text),
            used: schema::VERSION.to_string(),
        }),
    }
}

/// Reads a text as a value of the parameter's kind; reports what was wrong.
fn read(
    parameter: &'static Parameter,
    text: &str,
    state: &State,
    problems: &mut Vec<Problem>,
) -> Option<Value> {
    let key = parameter.key;
    let present = || {
        parameter
            .get(state)
            .map_or_else(|| "the calibrated value".to_string(), |value| value.to_string())
    };
    match parameter.kind {
        Kind::Integer { min, max } => match number::parse::<f64>(text) {
            Some(number) if number.is_finite() => {
                // Past ±2^63 the cast saturates, and so does the range below.
                let value = (number.round() as i64).clamp(min, max);
                if value as f64 != number {
                    problems.push(Problem::OutOfRange {
                        key,
                        given: clip(text),
                        used: value.to_string(),
                    });
                }
                Some(Value::Integer(value))
            }
            _ => {
                problems.push(Problem::NotANumber { key, given: clip(text), used: present() });
                None
            }
        },
        Kind::Real { min, max, .. } => match number::parse::<f32>(text) {
            Some(number) if !number.is_nan() => {
                let value = number.clamp(min, max);
                if value != number {
                    problems.push(Problem::OutOfRange {
                        key,
                        given: clip(text),
                        used: value.to_string(),
                    });
                }
                Some(Value::Real(value))
            }
            _ => {
                problems.push(Problem::NotANumber { key, given: clip(text), used: present() });
                None
            }
        },
        Kind::Flag => match text.to_ascii_lowercase().as_str() {
            "1" | "true" | "on" | "yes" | "" => Some(Value::Flag(true)),
            "0" | "false" | "off" | "no" => Some(Value::Flag(false)),
            _ => {
                problems.push(Problem::NotAChoice {
                    key,
                    given: clip(text),
                    choices: vec!["0", "1"],
                    used: present(),
                });
                None
            }
        },
        Kind::Choice(list) => {
            let choices = list();
            match choices.iter().find(|choice| choice.key == text) {
                Some(choice) => Some(Value::Choice(choice.key)),
                None => {
                    let choices = choices.iter().map(|choice| choice.key).collect();
                    problems.push(Problem::NotAChoice {
                        key,
                        given: clip(text),
                        choices,
                        used: present(),
                    });
                    None
                }
            }
        }
        Kind::Weights => Some(Value::Weights(read_weights(text, problems))),
    }
}

fn read_weights(text: &str, problems: &mut Vec<Problem>) -> WeightEdits {
    let mut edits = WeightEdits::new();
    for entry in text.split(',').filter(|entry| !entry.trim().is_empty()) {
        match read_weight(entry.trim()) {
            Some((place, code)) => {
                edits.insert(place, code);
            }
            None => problems.push(Problem::NotAWeight { given: clip(entry) }),
        }
    }
    edits
}

/// `output.k:code`, inside the largest shape.
fn read_weight(entry: &str) -> Option<((usize, usize), i8)> {
    let (place, code) = entry.split_once(':')?;
    let (output, k) = place.split_once('.')?;
    let place = (output.parse().ok()?, k.parse().ok()?);
    (place.0 < 16 && place.1 < 64).then_some(())?;
    Some((place, number::parse(code)?))
}

/// What is quoted back never fills the page.
fn clip(text: &str) -> String {
    const MOST: usize = 40;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_string(),
    }
}

/// A key at most two letters away.
fn closest_key(key: &str) -> Option<&'static str> {
    if key.len() > 24 {
        return None;
    }
    PARAMETERS
        .iter()
        .map(|parameter| (edit_distance(&key.to_ascii_lowercase(), parameter.key), parameter.key))
        .min()
        .filter(|(distance, known)| *distance <= 2 && *distance < known.len())
        .map(|(_, known)| known)
}

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patched(pairs: &[(&str, &str)]) -> (State, Vec<Problem>) {
        let patch =
            Patch(pairs.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect());
        let (state, report) = apply(&State::default(), &patch);
        (state, report.problems)
    }

    #[test]
    fn good_values_are_taken_without_a_word() {
        let (state, problems) = patched(&[
            ("v", "1"),
            ("seed", "7"),
            ("reduce_range", "1"),
            ("x_scale", "0.5"),
            ("w", "2.0:127,9.7:-128"),
            ("at", "−1.5"),
        ]);
        assert_eq!(problems, []);
        assert_eq!(
            (state.seed, state.reduce_range, state.input_scale, state.at),
            (7, true, Some(0.5), -1.5)
        );
        assert_eq!(state.weights, WeightEdits::from([((2, 0), 127), ((9, 7), -128)]));
        let (state, problems) = patched(&[("x_scale", "0.5"), ("x_scale", "auto")]);
        assert_eq!((state.input_scale, problems.len()), (None, 0));
    }

    #[test]
    fn bad_values_leave_the_state_usable_and_are_named() {
        let (state, problems) = patched(&[
            ("sed", "7"),
            ("inputs", "900"),
            ("outputs", "NaN"),
            ("engine", "fbgem"),
            ("w", "2.0:127,2.1:300,what"),
            ("x_scale", "0"),
            ("at", "inf"),
            ("reduce_range", "maybe"),
        ]);
        assert_eq!(state.inputs, 64);
        assert_eq!(state.outputs, 10);
        assert_eq!(state.input_scale, Some(1e-6));
        assert_eq!(state.at, 4.0);
        assert_eq!(state.weights.len(), 1);
        let text: Vec<String> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(problems.len(), 9, "{text:#?}");
        assert_eq!(text[0], "“sed” is not a parameter and was ignored. Did you mean “seed”?");
        assert_eq!(text[1], "inputs: 900 is out of range; 64 is used.");
    }

    #[test]
    fn rules_between_parameters_hold() {
        let (state, problems) = patched(&[("from", "3"), ("to", "-3")]);
        assert_eq!((state.from, state.to), (-4.0, 4.0));
        assert_eq!(problems, [Problem::EmptySweep { from: 3.0, to: -3.0 }]);
        let (state, problems) = patched(&[("outputs", "2")]);
        assert_eq!((state.output, problems.len()), (1, 0));
        let (state, problems) = patched(&[("outputs", "2"), ("output", "5")]);
        assert_eq!((state.output, problems.len()), (1, 1));
        let (state, _) = patched(&[("to", "1")]);
        assert_eq!(state.at, 1.0);
    }
}
