//! [`read`]: from the text of a file to checked recordings.

use serde::de::DeserializeOwned;

use crate::evidence::{FileFault, MOST_BYTES, RecordingError, RecordingFile, Recordings, SET};

/// A value that was read from JSON. The module has no reader of its own: on the page it is the
/// browser's, natively any.
pub trait Json: Sized {
    /// The value of a text; `None` where the text is no JSON.
    fn parse(text: &str) -> Option<Self>;

    /// The text under the key `set`, if there is one.
    fn set(&self) -> Option<String>;

    /// The value in a schema.
    ///
    /// # Errors
    /// What the reader stumbled over, as the end of a sentence.
    fn typed<T: DeserializeOwned>(self) -> Result<T, String>;
}

/// The recordings in a text.
///
/// # Errors
/// What is wrong with it. A file of another set is told so, and not what it lacks.
pub fn read<J: Json>(text: &str) -> Result<Recordings, FileFault> {
    let value = J::parse(text).ok_or_else(|| FileFault::of_refused_json(text))?;
    if let Some(found) = value.set().filter(|set| set != SET) {
        return Err(FileFault::Content(RecordingError::Set { found }));
    }
    let file: RecordingFile = value.typed().map_err(|reason| FileFault::Form { reason })?;
    Recordings::try_from(file).map_err(FileFault::Content)
}

/// Whether a file of that many bytes is read at all; it is asked before the file is.
///
/// # Errors
/// [`FileFault::TooLarge`] beyond [`MOST_BYTES`].
pub fn admit(bytes: u64) -> Result<(), FileFault> {
    if bytes > MOST_BYTES { Err(FileFault::TooLarge { bytes }) } else { Ok(()) }
}
