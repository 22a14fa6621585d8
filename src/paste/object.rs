//! Objects: the weights among entries with keys.

use super::Note;
use super::cursor::piece_length;
use super::reader::{Node, Reader};
use super::text_error::{PasteError, clip};

/// What PyTorch prints of a layer's `state_dict()`.
pub(super) const STATE_DICT: &str = "OrderedDict";
/// Keys of an object's weights.
const WEIGHT_KEYS: &[&str] = &["weight", "weights", "w"];
/// How many keys an error or a note lists.
const MOST_KEYS: usize = 8;

impl<'t> Reader<'t> {
    /// The weights of the object that is next, `{…}` or `OrderedDict(…)`.
    /// `None` when there is none.
    pub fn object(&mut self, notes: &mut Vec<Note>) -> Option<Result<Node, PasteError>> {
        self.cursor.spaces();
        if self.cursor.rest().starts_with('{') {
            return Some(self.entries(notes));
        }
        self.cursor.rest().starts_with(STATE_DICT).then(|| {
            self.cursor.at += STATE_DICT.len();
            self.cursor.expect('(')?;
            let node = self.entries(notes)?;
            self.cursor.expect(')')?;
            Ok(node)
        })
    }

    /// The weights among entries, which are `{key: value, …}` or
    /// `[(key, value), …]`.
    fn entries(&mut self, notes: &mut Vec<Note>) -> Result<Node, PasteError> {
        self.cursor.spaces();
        let open = self.cursor.place();
        let are_pairs = self.cursor.eat('[');
        if !are_pairs {
            self.cursor.expect('{')?;
        }
        let close = if are_pairs { ']' } else { '}' };
        let (mut weights, mut others) = (None, Vec::new());
        loop {
            self.cursor.spaces();
            if self.cursor.eat(close) {
                break;
            }
            if self.cursor.rest().is_empty() {
                return Err(PasteError::Unclosed { at: open });
            }
            if are_pairs {
                self.cursor.expect('(')?;
            }
            let key = self.key(if are_pairs { ',' } else { ':' })?;
            if weights.is_none() && WEIGHT_KEYS.contains(&key) {
                weights = Some(self.value()?);
            } else {
                self.cursor.skip()?;
                others.push(key);
            }
            if are_pairs {
                self.cursor.expect(')')?;
            }
            self.cursor.spaces();
            let rest = self.cursor.rest();
            if !self.cursor.eat(',') && !rest.is_empty() && !rest.starts_with(close) {
                return Err(self.cursor.unexpected());
            }
        }
        let mut keys: Vec<String> = others.iter().take(MOST_KEYS).map(|key| clip(key)).collect();
        if others.len() > MOST_KEYS {
            keys.push("…".to_string());
        }
        let Some(weights) = weights else {
            return Err(PasteError::NoWeightKey { keys });
        };
        if !keys.is_empty() {
            notes.push(Note::UnusedKeys { keys });
        }
        Ok(weights)
    }

    /// A key, with or without quotation marks, and the mark after it.
    fn key(&mut self, mark: char) -> Result<&'t str, PasteError> {
        self.cursor.spaces();
        let start = self.cursor.at;
        let rest = self.cursor.rest();
        let key = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inner = &rest[1..];
                let end = inner.find(quote);
                let end = end.ok_or(PasteError::Unclosed { at: self.cursor.place() })?;
                self.cursor.at += end + 2;
                &inner[..end]
            }
            _ => {
                let name = &rest[..piece_length(rest)];
                self.cursor.at += name.len();
                name
            }
        };
        self.cursor.spaces();
        if !self.cursor.eat(mark) {
            self.cursor.at = start;
            return Err(self.cursor.unexpected());
        }
        Ok(key)
    }
}
