//! [`FileFault`]: why a file that a person gave is no recording, in their words.

use std::error::Error;
use std::fmt;

use super::recording_error::RecordingError;

/// The largest file that is read: 20 MB.
pub const MOST_BYTES: u64 = 20_000_000;

/// Why a file cannot be used.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FileFault {
    /// More than [`MOST_BYTES`].
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// The browser could not read it.
    Unreadable,
    /// Nothing in it.
    Empty,
    /// It begins as JSON and ends too early.
    Truncated,
    /// A value that JSON has no number for.
    NotANumber {
        /// `NaN` or `Infinity`.
        word: &'static str,
    },
    /// No JSON at all.
    NotJson,
    /// JSON of another form.
    Form {
        /// What the reader stumbled over.
        reason: String,
    },
    /// The right form, and something in it is wrong.
    Content(RecordingError),
}

impl FileFault {
    /// What is wrong with a text that a JSON parser refused.
    pub fn of_refused_json(text: &str) -> FileFault {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return FileFault::Empty;
        }
        if !text.starts_with('{') {
            return FileFault::NotJson;
        }
        // Python's json writes both words, and base64 may hold them: only bare values count.
        let is_bare = |word: &str| {
            text.match_indices(word).any(|(at, _)| {
                let before = text[..at].trim_end_matches('-').trim_end();
                let after = text[at + word.len()..].trim_start();
                before.ends_with([':', ',', '[']) && after.starts_with([',', ']', '}'])
            })
        };
        if let Some(word) = ["NaN", "Infinity"].into_iter().find(|word| is_bare(word)) {
            return FileFault::NotANumber { word };
        }
        if is_open(text) { FileFault::Truncated } else { FileFault::NotJson }
    }
}

/// Whether a text ends inside a string, a list or an object of its JSON.
fn is_open(text: &str) -> bool {
    let (mut depth, mut is_text, mut is_escaped) = (0_i64, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => depth += 1,
            b'}' | b']' if !is_text => depth -= 1,
            _ => {}
        }
    }
    is_text || depth > 0
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Whole megabytes are enough to see by how much.
            Self::TooLarge { bytes } => write!(
                f,
                "The file has {} MB; the largest that is read here has {} MB. Record fewer layers.",
                bytes.div_ceil(1_000_000),
                MOST_BYTES / 1_000_000
            ),
            Self::Unreadable => {
                write!(f, "The browser could not read the file. Is it still there?")
            }
            Self::Empty => write!(f, "The file is empty."),
            Self::Truncated => write!(
                f,
                "The file ends in the middle of its JSON: it was cut off. Copy it again, or record it anew."
            ),
            Self::NotANumber { word } => write!(
                f,
                "The file holds {word}, which is no number in JSON, and no recording has one."
            ),
            Self::NotJson => {
                write!(f, "The file is not JSON. Drop the file that record.py has written.")
            }
            Self::Form { reason } => write!(
                f,
                "The file is JSON, but not of the schema that record.py writes: {reason}."
            ),
            Self::Content(error) => write!(f, "The recording cannot be used: {error}."),
        }
    }
}

impl Error for FileFault {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_refused_text_is_told_apart() {
        let of = FileFault::of_refused_json;
        assert_eq!(of("  \n"), FileFault::Empty);
        assert_eq!(of("PK\u{3}\u{4}"), FileFault::NotJson);
        assert_eq!(of("{\"set\": \"recordings\", \"w\": \"AAA"), FileFault::Truncated);
        assert_eq!(of("{\"w_scale\": NaN, \"w\": \"\"}"), FileFault::NotANumber { word: "NaN" });
        assert_eq!(of("{\"bias\": [-Infinity]}"), FileFault::NotANumber { word: "Infinity" });
        // Cut off after a whole recording, or in a text that ends like one.
        assert_eq!(of("{\"recordings\": [{\"x\": \"\"}"), FileFault::Truncated);
        assert_eq!(of("{\"how\": \"\\\"}"), FileFault::Truncated);
        assert_eq!(of("{\"set\": \"recordings\"} and more"), FileFault::NotJson);
        // Letters of base64 are not a value.
        assert_eq!(of("{\"w\": \"NaN,\" \"x\"}"), FileFault::NotJson);
        assert_eq!(of("\u{feff}{\"w\": \"NaN"), FileFault::Truncated);
    }

    #[test]
    fn sizes_are_told_in_megabytes() {
        let said = FileFault::TooLarge { bytes: 20_000_001 }.to_string();
        assert!(said.starts_with("The file has 21 MB; the largest that is read here has 20 MB."));
    }
}
