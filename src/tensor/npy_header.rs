//! [`parse`]: the header of a .npy, a dictionary as Python writes it.

use std::error::Error;
use std::fmt;

/// What the header says.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// The type in NumPy's words; of a record, its description.
    pub descr: String,
    /// Whether the first index runs fastest.
    pub is_fortran: bool,
    /// The shape.
    pub shape: Vec<u64>,
}

/// Why a header is none, as a clause.
#[derive(Clone, Debug, PartialEq)]
pub enum HeaderError {
    /// Another mark or word where one of a dictionary should stand.
    Unexpected {
        /// The byte of the header.
        at: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// A key that no .npy has, or one that it has twice.
    Key(String),
    /// A key that is missing.
    Missing(&'static str),
    /// A size that is negative or beyond 64 bits.
    Size(String),
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unexpected { at, expected } => {
                write!(f, "at its byte {at} there is no {expected}")
            }
            Self::Key(key) => write!(f, "the key {key:?} is unknown, or there twice"),
            Self::Missing(key) => write!(f, "the key {key:?} is missing"),
            Self::Size(size) => write!(f, "the size {size} is none"),
        }
    }
}

impl Error for HeaderError {}

/// Reads `{'descr': …, 'fortran_order': …, 'shape': (…)}`, with keys in any order, spaces, a comma at
/// the end and the `L` of Python 2.
///
/// # Errors
/// [`HeaderError`] for everything else.
pub fn parse(text: &str) -> Result<Header, HeaderError> {
    let mut rest = Rest { text, at: 0 };
    let (mut descr, mut is_fortran, mut shape) = (None, None, None);
    rest.expect('{', "dictionary")?;
    while !rest.eat('}') {
        let key = rest.text()?;
        rest.expect(':', "colon after a key")?;
        let is_new = match key {
            "descr" => descr.replace(rest.descr()?).is_none(),
            "fortran_order" => is_fortran.replace(rest.truth()?).is_none(),
            "shape" => shape.replace(rest.shape()?).is_none(),
            _ => false,
        };
        if !is_new {
            return Err(HeaderError::Key(key.chars().take(40).collect()));
        }
        if !rest.eat(',') {
            rest.expect('}', "end of the dictionary")?;
            break;
        }
    }
    rest.spaces();
    if !rest.left().is_empty() {
        return Err(rest.unexpected("end of the header"));
    }
    Ok(Header {
        descr: descr.ok_or(HeaderError::Missing("descr"))?,
        is_fortran: is_fortran.ok_or(HeaderError::Missing("fortran_order"))?,
        shape: shape.ok_or(HeaderError::Missing("shape"))?,
    })
}

/// The header from a byte on.
struct Rest<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Rest<'t> {
    fn left(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn unexpected(&self, expected: &'static str) -> HeaderError {
        HeaderError::Unexpected { at: self.at, expected }
    }

    fn spaces(&mut self) {
        self.at = self.text.len() - self.left().trim_start().len();
    }

    fn eat(&mut self, mark: char) -> bool {
        self.spaces();
        let is_next = self.left().starts_with(mark);
        self.at += if is_next { mark.len_utf8() } else { 0 };
        is_next
    }

    fn expect(&mut self, mark: char, expected: &'static str) -> Result<(), HeaderError> {
        if self.eat(mark) { Ok(()) } else { Err(self.unexpected(expected)) }
    }

    /// A text in quotation marks, without escapes.
    fn text(&mut self) -> Result<&'t str, HeaderError> {
        let mark = if self.eat('\'') {
            '\''
        } else {
            self.expect('"', "text")?;
            '"'
        };
        let inner = self.left();
        let end = inner.find(mark).ok_or_else(|| self.unexpected("end of a text"))?;
        self.at += end + 1;
        Ok(&inner[..end])
    }

    /// A type: a text, or the list of a record's fields as it stands.
    fn descr(&mut self) -> Result<String, HeaderError> {
        self.spaces();
        if !self.left().starts_with('[') {
            return self.text().map(str::to_string);
        }
        let start = self.at;
        let mut depth = 0_usize;
        while let Some(mark) = self.left().chars().next() {
            match mark {
                '[' | '(' => depth += 1,
                ']' | ')' => depth = depth.saturating_sub(1),
                '\'' | '"' => {
                    self.text()?;
                    continue;
                }
                _ => {}
            }
            self.at += mark.len_utf8();
            if depth == 0 {
                return Ok(self.text[start..self.at].chars().take(200).collect());
            }
        }
        Err(self.unexpected("end of a record"))
    }

    fn truth(&mut self) -> Result<bool, HeaderError> {
        self.spaces();
        let word = ["True", "False"].into_iter().find(|word| self.left().starts_with(word));
        let word = word.ok_or_else(|| self.unexpected("True or False"))?;
        self.at += word.len();
        Ok(word == "True")
    }

    fn shape(&mut self) -> Result<Vec<u64>, HeaderError> {
        self.expect('(', "shape")?;
        let mut shape = Vec::new();
        while !self.eat(')') {
            shape.push(self.size()?);
            if !self.eat(',') {
                self.expect(')', "end of the shape")?;
                break;
            }
        }
        Ok(shape)
    }

    fn size(&mut self) -> Result<u64, HeaderError> {
        self.spaces();
        let left = self.left();
        let end = left.find(|mark: char| !mark.is_ascii_digit() && mark != '-');
        let digits = &left[..end.unwrap_or(left.len())];
        if digits.is_empty() {
            return Err(self.unexpected("size"));
        }
        let size = digits.parse().map_err(|_| HeaderError::Size(digits.chars().take(40).collect()));
        self.at += digits.len();
        if self.left().starts_with(['L', 'l']) {
            self.at += 1;
        }
        size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Result<Vec<u64>, HeaderError> {
        parse(&format!("{{'descr': '|i1', 'fortran_order': False, 'shape': {text}}}"))
            .map(|header| header.shape)
    }

    #[test]
    fn shapes_are_read_as_python_writes_them() {
        assert_eq!(shape("()"), Ok(vec![]));
        assert_eq!(shape("(3,)"), Ok(vec![3]));
        assert_eq!(shape("( 2L ,16L, )"), Ok(vec![2, 16]));
        assert_eq!(shape("(-2, 3)"), Err(HeaderError::Size("-2".to_string())));
        assert_eq!(
            shape("(18446744073709551616,)"),
            Err(HeaderError::Size("18446744073709551616".to_string()))
        );
        assert!(shape("(2 3)").is_err() && shape("[2, 3]").is_err() && shape("(2, 3").is_err());
    }

    #[test]
    fn keys_are_the_three_and_each_once() {
        let key = |text: &str| HeaderError::Key(text.to_string());
        assert_eq!(parse("{'descr': '<f4', 'descr': '<f4'}"), Err(key("descr")));
        assert_eq!(parse("{'order': 'C'}"), Err(key("order")));
        assert_eq!(parse("{'descr': '<f4'}"), Err(HeaderError::Missing("fortran_order")));
        let whole =
            "{'shape': (2,), \"fortran_order\": True, 'descr': [('a', '<f4'), (']', '|i1')]}";
        let header = parse(whole).expect("it is one");
        assert_eq!(header.descr, "[('a', '<f4'), (']', '|i1')]");
        assert!(header.is_fortran);
        assert!(parse(&format!("{whole} + 1")).is_err());
    }
}
