//! [`Reader`]: lists and numbers in brackets, and calls around them.

use super::cursor::{Cursor, piece_length};
use super::found::{Count, Parameter};
use super::number::{is_beside_decimal_comma, is_ellipsis, number};
use super::text_error::{PasteError, Place, clip};

/// What PyTorch prints above a parameter.
pub(super) const PARAMETER_HEADING: &str = "Parameter containing:";
/// Calls around lists, by their last name.
const TENSORS: &[&str] =
    &["tensor", "Tensor", "as_tensor", "array", "Array", "asarray", "matrix", "Parameter"];
/// NumPy's scalars, by their last name without digits.
const SCALARS: &[&str] = &["float", "double", "half", "int", "uint"];
/// What marks a dtype of real values.
const REAL_DTYPES: &[&str] = &["float", "double", "half", "qint", "quint"];
/// Brackets and calls inside each other; a matrix needs four at most.
const MOST_NESTED: usize = 16;

/// A list, by its depth.
pub(super) enum Node {
    Number(f64),
    Row(Vec<f64>),
    Matrix(Vec<Vec<f64>>),
}

/// A reader of bracketed forms, and what it has met.
pub(super) struct Reader<'t> {
    /// The place it has come to.
    pub cursor: Cursor<'t>,
    /// Open brackets and calls.
    nested: usize,
    /// Open lists among them.
    lists: usize,
    count: Count,
    /// Whether all numbers so far are whole, and no dtype makes them reals.
    pub is_whole: bool,
    pub scale: Option<Parameter>,
    pub zero_point: Option<Parameter>,
    pub axis: Option<usize>,
}

impl<'t> Reader<'t> {
    /// The start of a text, with nothing met.
    pub fn new(text: &'t str) -> Reader<'t> {
        Reader {
            cursor: Cursor::new(text),
            nested: 0,
            lists: 0,
            count: Count::default(),
            is_whole: true,
            scale: None,
            zero_point: None,
            axis: None,
        }
    }

    /// Passes what may stand before the numbers: PyTorch's heading, `name =`.
    pub fn heading(&mut self) {
        self.cursor.spaces();
        if self.cursor.rest().starts_with(PARAMETER_HEADING) {
            self.cursor.at += PARAMETER_HEADING.len();
            return;
        }
        let before = self.cursor.at;
        self.cursor.at += piece_length(self.cursor.rest());
        self.cursor.spaces();
        if !self.cursor.eat('=') {
            self.cursor.at = before;
        }
    }

    /// Nothing more follows, but for a comma or semicolon that was copied, too.
    pub fn end(&mut self) -> Result<(), PasteError> {
        self.cursor.spaces();
        let after = self.cursor.at;
        let _ = self.cursor.eat(',') || self.cursor.eat(';');
        self.cursor.spaces();
        if self.cursor.rest().is_empty() {
            return Ok(());
        }
        self.cursor.at = after;
        let line = self.cursor.rest().lines().next().unwrap_or_default().trim_end();
        Err(PasteError::TrailingText { at: self.cursor.place(), piece: clip(line) })
    }

    /// A number, a list, or a call around one.
    pub fn value(&mut self) -> Result<Node, PasteError> {
        self.cursor.spaces();
        let start = self.cursor.at;
        let close = match self.cursor.rest().chars().next() {
            Some('[') => ']',
            Some('(') => ')',
            _ => return self.number_or_call(),
        };
        if self.nested == MOST_NESTED {
            return Err(PasteError::TooDeep { at: self.cursor.place() });
        }
        self.cursor.at += 1;
        self.nested += 1;
        self.lists += 1;
        let list = self.list(start, close)?;
        self.nested -= 1;
        self.lists -= 1;
        Ok(list)
    }

    fn number_or_call(&mut self) -> Result<Node, PasteError> {
        let (start, rest) = (self.cursor.at, self.cursor.rest());
        let piece = &rest[..piece_length(rest)];
        let end = start + piece.len();
        if rest.is_empty() {
            return Err(if self.count.is_zero() {
                PasteError::NoNumbers
            } else {
                PasteError::Unclosed { at: self.cursor.place() }
            });
        }
        if is_ellipsis(piece) {
            return Err(PasteError::Shortened { at: self.cursor.place() });
        }
        if let Some(number) = number(piece) {
            if is_beside_decimal_comma(self.cursor.text, start, end) {
                return Err(PasteError::DecimalComma {
                    at: self.cursor.place(),
                    piece: clip(piece),
                });
            }
            self.count.add()?;
            self.is_whole &= number.is_whole;
            self.cursor.at = end;
            return Ok(Node::Number(number.value));
        }
        let is_call = rest[piece.len()..].trim_start().starts_with('(');
        if !is_call || !is_tensor(piece) && !is_scalar(piece) {
            return Err(self.cursor.unexpected());
        }
        if self.nested == MOST_NESTED {
            return Err(PasteError::TooDeep { at: self.cursor.place() });
        }
        self.cursor.at = end;
        self.cursor.spaces();
        let open = self.cursor.at;
        self.cursor.at += 1;
        self.nested += 1;
        let node = self.value()?;
        if is_scalar(piece) {
            let is_number = matches!(node, Node::Number(_));
            self.is_whole &= !names_reals(piece);
            self.cursor.spaces();
            if !is_number || !self.cursor.eat(')') {
                return Err(PasteError::unexpected(self.cursor.text, start, piece));
            }
        } else {
            self.arguments(open)?;
        }
        self.nested -= 1;
        Ok(node)
    }

    /// The elements of a list up to its end; `start` is where it opened.
    fn list(&mut self, start: usize, close: char) -> Result<Node, PasteError> {
        let (mut numbers, mut rows) = (Vec::new(), Vec::new());
        let mut has_commas = None;
        loop {
            self.cursor.spaces();
            if self.cursor.rest().is_empty() {
                return Err(PasteError::Unclosed { at: Place::of(self.cursor.text, start) });
            }
            if self.cursor.eat(close) {
                break;
            }
            if self.cursor.rest().starts_with(',') {
                return Err(PasteError::MissingNumber { at: self.cursor.place() });
            }
            let element = self.cursor.at;
            match self.value()? {
                Node::Number(number) if rows.is_empty() => numbers.push(number),
                Node::Row(row) if numbers.is_empty() => rows.push(row),
                Node::Matrix(_) => {
                    return Err(PasteError::TooDeep { at: Place::of(self.cursor.text, start) });
                }
                _ => {
                    self.cursor.at = element;
                    return Err(self.cursor.unexpected());
                }
            }
            let after = self.cursor.at;
            let has_spaces = self.cursor.spaces();
            let has_comma = self.cursor.eat(',');
            self.cursor.spaces();
            let rest = self.cursor.rest();
            if rest.starts_with(close) {
                // `(1)` is the number, `(1,)` is a list of it.
                if close == ')' && !has_comma && numbers.len() + rows.len() == 1 {
                    self.cursor.at += 1;
                    let row = rows.pop().map(Node::Row);
                    return Ok(row.unwrap_or_else(|| Node::Number(numbers[0])));
                }
            } else if piece_length(rest) > 0 || rest.starts_with(['[', '(']) {
                if !has_comma && !has_spaces && rows.is_empty() {
                    return Err(self.cursor.unexpected());
                }
                if *has_commas.get_or_insert(has_comma) != has_comma {
                    let at = Place::of(self.cursor.text, after);
                    return Err(PasteError::MixedSeparators { at });
                }
            }
        }
        Ok(if rows.is_empty() { Node::Row(numbers) } else { Node::Matrix(rows) })
    }

    /// What follows the numbers in a call, up to its end; `open` is its bracket.
    fn arguments(&mut self, open: usize) -> Result<(), PasteError> {
        loop {
            self.cursor.spaces();
            if self.cursor.eat(')') {
                return Ok(());
            }
            if self.cursor.rest().is_empty() {
                return Err(PasteError::Unclosed { at: Place::of(self.cursor.text, open) });
            }
            if !self.cursor.eat(',') {
                return Err(self.cursor.unexpected());
            }
            self.cursor.spaces();
            let start = self.cursor.at;
            let key = &self.cursor.rest()[..piece_length(self.cursor.rest())];
            self.cursor.at += key.len();
            self.cursor.spaces();
            if !self.cursor.eat('=') {
                // An argument without key is a dtype, if we know it at all.
                self.cursor.at = start;
                let argument = self.cursor.skip()?;
                self.is_whole &= !names_reals(argument);
                continue;
            }
            match key {
                // One scale for a list of tensors would be a guess.
                "scale" | "zero_point" | "axis" if self.lists > 0 => {
                    return Err(PasteError::unexpected(self.cursor.text, start, key));
                }
                "scale" => self.scale = Some(self.parameter()?),
                "zero_point" => self.zero_point = Some(self.parameter()?),
                "axis" => {
                    self.cursor.spaces();
                    self.axis = self.cursor.skip()?.parse().ok();
                }
                "dtype" => {
                    let dtype = self.cursor.skip()?;
                    self.is_whole &= !names_reals(dtype);
                }
                _ => {
                    self.cursor.skip()?;
                }
            }
        }
    }

    /// A scale or a zero point.
    fn parameter(&mut self) -> Result<Parameter, PasteError> {
        let start = self.cursor.at;
        let node = self.value()?;
        match node {
            Node::Number(value) => Ok(Parameter::One(value)),
            Node::Row(values) => Ok(Parameter::Each(values)),
            Node::Matrix(_) => Err(PasteError::TooDeep { at: Place::of(self.cursor.text, start) }),
        }
    }
}

fn last_name(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

pub(super) fn is_tensor(name: &str) -> bool {
    TENSORS.contains(&last_name(name))
}

pub(super) fn is_scalar(name: &str) -> bool {
    let kind = last_name(name).trim_end_matches(|c: char| c.is_ascii_digit());
    SCALARS.contains(&kind)
}

fn names_reals(dtype: &str) -> bool {
    REAL_DTYPES.iter().any(|name| dtype.contains(name))
}
