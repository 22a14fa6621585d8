//! [`Cursor`]: a place in a text, and what can be said and passed there.

use super::text_error::{PasteError, Place};

/// A place in a text.
pub(super) struct Cursor<'t> {
    /// The whole text.
    pub text: &'t str,
    /// Where the rest starts, in bytes.
    pub at: usize,
}

impl<'t> Cursor<'t> {
    /// The start of a text.
    pub fn new(text: &'t str) -> Cursor<'t> {
        Cursor { text, at: 0 }
    }

    /// The text from here on.
    pub fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// Here, as an error names it.
    pub fn place(&self) -> Place {
        Place::of(self.text, self.at)
    }

    /// Passes spaces; whether there were any.
    pub fn spaces(&mut self) -> bool {
        let before = self.at;
        self.at = self.text.len() - self.rest().trim_start().len();
        self.at > before
    }

    /// Passes this character if it is next.
    pub fn eat(&mut self, mark: char) -> bool {
        let is_next = self.rest().starts_with(mark);
        if is_next {
            self.at += mark.len_utf8();
        }
        is_next
    }

    /// Passes spaces and this character.
    ///
    /// # Errors
    /// [`PasteError::Unexpected`] for another, [`PasteError::Unclosed`] at the
    /// end of the text.
    pub fn expect(&mut self, mark: char) -> Result<(), PasteError> {
        self.spaces();
        match self.eat(mark) {
            true => Ok(()),
            false if self.rest().is_empty() => Err(PasteError::Unclosed { at: self.place() }),
            false => Err(self.unexpected()),
        }
    }

    /// What is next, as an error names it: a piece or a single mark.
    pub fn unexpected(&self) -> PasteError {
        let rest = self.rest();
        let mark = rest.chars().next().map_or(0, char::len_utf8);
        PasteError::unexpected(self.text, self.at, &rest[..piece_length(rest).max(mark)])
    }

    /// Passes a value of any form, up to the comma or bracket that ends it.
    ///
    /// # Errors
    /// [`PasteError::Unclosed`] where the text ends first.
    pub fn skip(&mut self) -> Result<&'t str, PasteError> {
        let (start, rest) = (self.at, self.rest());
        let mut open = Vec::new();
        let mut quote = None;
        let mut is_escaped = false;
        for (index, mark) in rest.char_indices() {
            let here = start + index;
            match (quote, mark) {
                (Some(_), _) if is_escaped => is_escaped = false,
                (Some(_), '\\') => is_escaped = true,
                (Some((end, _)), _) if mark == end => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') => quote = Some((mark, here)),
                (None, '[' | '(' | '{') => open.push(here),
                (None, ',' | ']' | ')' | '}') if open.is_empty() => {
                    self.at = here;
                    return Ok(rest[..index].trim());
                }
                (None, ']' | ')' | '}') => {
                    open.pop();
                }
                (None, _) => {}
            }
        }
        let unclosed = quote.map(|(_, at)| at).or(open.pop()).unwrap_or(start);
        Err(PasteError::Unclosed { at: Place::of(self.text, unclosed) })
    }
}

/// The length in bytes of the number or name that the text starts with.
pub(super) fn piece_length(text: &str) -> usize {
    let ends = |mark: char| mark.is_whitespace() || ",;:=()[]{}\"'".contains(mark);
    text.find(ends).unwrap_or(text.len())
}
