//! [`Problem`]: what was wrong in a patch, in a sentence.

use std::fmt;

use super::number::whole;
use super::schema::{self, Key};

/// So many choices are named; of more, those that have what was given within.
const FEW_CHOICES: usize = 6;

/// What was wrong in a patch, and what is used instead.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// No parameter has this key.
    UnknownKey {
        /// The key as given.
        key: String,
    },
    /// No preset has this name.
    UnknownPreset {
        /// The name as given.
        given: String,
    },
    /// The text is no number of the parameter's kind.
    NotANumber {
        /// The parameter.
        key: Key,
        /// The text as given.
        given: String,
        /// What is used instead.
        used: String,
    },
    /// The number lies outside the parameter's range.
    OutOfRange {
        /// The parameter.
        key: Key,
        /// The text as given.
        given: String,
        /// What is used instead.
        used: String,
    },
    /// The number is none in float32, but 0 or an infinity.
    BeyondFloat32 {
        /// The parameter.
        key: Key,
        /// The text as given.
        given: String,
        /// Whether it is too large, not too small.
        is_large: bool,
        /// What is used instead.
        used: String,
    },
    /// The text is none of the choices.
    NotAChoice {
        /// The parameter.
        key: Key,
        /// The text as given.
        given: String,
        /// The choices.
        choices: Vec<&'static str>,
        /// What is used instead.
        used: String,
    },
    /// A text that is too long to be kept.
    TooLong {
        /// The parameter.
        key: Key,
        /// Its bytes.
        bytes: usize,
        /// The most that there may be.
        most: usize,
    },
    /// An entry of the weight list that is not `output.k:code`.
    NotAWeight {
        /// The entry as given.
        given: String,
    },
    /// An entry of a list that is not `place:value`, or whose place does not exist.
    NotAPlace {
        /// The parameter.
        key: Key,
        /// The entry as given.
        given: String,
        /// Places are below this.
        places: usize,
    },
    /// A weight code beyond −128..=127.
    WeightOutOfRange {
        /// The text as given.
        given: String,
        /// What is used instead.
        used: i8,
    },
    /// The cursor was put outside the sweep.
    CursorOutside {
        /// The place as given.
        given: f32,
        /// What is used instead.
        used: f32,
    },
    /// The step would make too many places.
    StepTooSmall {
        /// The step as given.
        given: f32,
        /// What is used instead.
        used: f32,
    },
    /// Pasted text that holds no weights.
    NotPasted {
        /// What was wrong with it and what to do.
        reason: String,
    },
    /// Something about pasted text that its writer should know.
    Pasted {
        /// What was done with it.
        note: String,
    },
    /// How pasted weights were read, in which nothing is wrong.
    PastedAs {
        /// The sentences.
        how: String,
    },
    /// Outputs with weights by hand that a smaller layer no longer has.
    Waiting {
        /// The outputs, at least one.
        outputs: Vec<usize>,
        /// The output that is shown instead of one of them, and whether it has weights by hand.
        shown: Option<(usize, bool)>,
    },
    /// The sweep would end before it starts.
    EmptySweep {
        /// The first value as given.
        from: f32,
        /// The last value as given.
        to: f32,
    },
    /// The link has a parameter more than once.
    Repeated {
        /// The parameter.
        key: Key,
    },
    /// What stands as the version is none.
    NotAVersion {
        /// The text as given.
        given: String,
    },
    /// The link was made by a newer version.
    NewerVersion {
        /// The version as given.
        given: String,
    },
}

impl Problem {
    /// The parameter that it is about, if it is one alone.
    pub fn key(&self) -> Option<Key> {
        match self {
            Problem::NotANumber { key, .. }
            | Problem::OutOfRange { key, .. }
            | Problem::BeyondFloat32 { key, .. }
            | Problem::NotAChoice { key, .. }
            | Problem::TooLong { key, .. }
            | Problem::NotAPlace { key, .. } => Some(*key),
            Problem::CursorOutside { .. } => Some(Key::At),
            Problem::StepTooSmall { .. } => Some(Key::SweepStep),
            _ => None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::UnknownKey { key } => {
                write!(f, "“{key}” is not a parameter and was ignored.")?;
                // Looked for only here: few of many are ever said.
                match schema::closest_key(key) {
                    Some(meant) => write!(f, " Did you mean “{meant}”?"),
                    None => Ok(()),
                }
            }
            Problem::UnknownPreset { given } => {
                write!(f, "There is no preset “{given}”; the Lab lists them all.")
            }
            Problem::NotANumber { key, given, used } => {
                write!(f, "{key}: “{given}” is not a number; {used} is used.")
            }
            Problem::OutOfRange { key, given, used } => {
                write!(f, "{key}: {given} is out of range; {used} is used.")
            }
            Problem::BeyondFloat32 { key, given, is_large, used } => {
                let size = if *is_large { "large" } else { "small" };
                write!(f, "{key}: {given} is too {size} for float32; {used} is used.")
            }
            Problem::TooLong { key, bytes, most } => {
                write!(f, "{key}: a text of {bytes} bytes is too long; it has at most {most}.")
            }
            Problem::NotAChoice { key, given, choices, used } => {
                write!(f, "{key}: “{given}” is none of ")?;
                if choices.len() <= FEW_CHOICES {
                    write!(f, "{}", choices.join(", "))?;
                } else {
                    write!(f, "its {} values", choices.len())?;
                    let alike: Vec<&str> = choices
                        .iter()
                        .filter(|one| one.contains(given.as_str()))
                        .copied()
                        .collect();
                    if !alike.is_empty() && !given.is_empty() {
                        write!(f, ", such as {}", alike.join(", "))?;
                    }
                }
                write!(f, "; {used} is used.")
            }
            Problem::NotAWeight { given } => {
                write!(
                    f,
                    "w: “{given}” is not output.k:code with a code from −128 to 127; it was ignored."
                )
            }
            Problem::NotAPlace { key, given, places } => {
                write!(
                    f,
                    "{key}: “{given}” is not place:value with a place from 0 to {}; it was ignored.",
                    places - 1
                )
            }
            Problem::WeightOutOfRange { given, used } => {
                write!(
                    f,
                    "A weight code is from −128 to 127: {given} became {}.",
                    whole((*used).into())
                )
            }
            Problem::CursorOutside { given, used } => {
                write!(f, "at: {given} is outside the sweep; the cursor is at {used}.")
            }
            Problem::StepTooSmall { given, used } => {
                write!(f, "step: {given} would make too many places; {used} is used.")
            }
            Problem::NotPasted { reason } => write!(f, "Nothing was changed: {reason}"),
            Problem::Pasted { note } => f.write_str(note),
            Problem::PastedAs { how } => f.write_str(how),
            Problem::Waiting { outputs, shown } => {
                match outputs.as_slice() {
                    [one] => write!(
                        f,
                        "Output {one} is not in the layer now; its weights by hand come back with it."
                    )?,
                    more => write!(
                        f,
                        "{} outputs with weights by hand are not in the layer now; they come back when it has room.",
                        more.len()
                    )?,
                }
                match shown {
                    Some((shown, true)) => write!(f, " Output {shown} is shown."),
                    Some((shown, false)) => {
                        write!(f, " Output {shown} is shown, with the seed’s weights.")
                    }
                    None => Ok(()),
                }
            }
            Problem::EmptySweep { from, to } => {
                write!(f, "A sweep from {from} to {to} is empty; the earlier range is used.")
            }
            Problem::Repeated { key } => write!(
                f,
                "The link has “{key}” more than once: the last value that can be used counts."
            ),
            Problem::NotAVersion { given } => {
                write!(f, "v: “{given}” is not a number; {} is used.", schema::VERSION)
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
