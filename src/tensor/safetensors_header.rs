//! [`Header`]: the JSON of a .safetensors, with everything that may be wrong in it.

use super::error::ReadError;
use super::json::{Json, Token};
use super::limits::{MOST_AXES, MOST_TENSORS};

/// The entries of a header, in its order; a name may be there twice.
#[derive(Debug, Default)]
pub struct Header {
    /// Names and what is said of them.
    pub entries: Vec<(String, Entry)>,
}

/// What a header says of a tensor, as far as it is of the right form.
#[derive(Debug, Default)]
pub struct Entry {
    /// The type, in the format's word.
    pub dtype: Option<String>,
    /// The shape.
    pub shape: Option<Vec<Size>>,
    /// Begin and end of its bytes, from the end of the header on.
    pub offsets: Option<Vec<Size>>,
}

impl Entry {
    /// Begin and end, if they are two whole numbers.
    pub fn stretch(&self) -> Option<(u64, u64)> {
        match self.offsets.as_deref()? {
            [begin, end] => begin.whole().zip(end.whole()),
            _ => None,
        }
    }
}

/// A number where a size should stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// A size.
    Whole(u64),
    /// None: negative, a fraction, or beyond 64 bits.
    Other(f64),
}

impl Size {
    /// The size, if it is one.
    pub fn whole(&self) -> Option<u64> {
        match self {
            Size::Whole(size) => Some(*size),
            Size::Other(_) => None,
        }
    }
}

impl Header {
    /// Reads a header.
    ///
    /// # Errors
    /// [`ErrorKind::HeaderInvalid`] for what is no object in JSON, or has too many entries.
    pub fn read(mut json: Json) -> Result<Header, ReadError> {
        if json.next()? != Token::Object {
            return Err(json.wrong("an object with an entry for each tensor is expected"));
        }
        let mut header = Header::default();
        while let Token::Key(name) = json.next()? {
            let token = json.next()?;
            if name == "__metadata__" {
                json.pass(&token)?;
                continue;
            }
            if header.entries.len() == MOST_TENSORS {
                return Err(json.wrong(&format!("it has more than {MOST_TENSORS} tensors")));
            }
            header.entries.push((name, Entry::read(&mut json, &token)?));
        }
        json.next()?;
        Ok(header)
    }
}

impl Entry {
    /// What a value says; of another form than an object nothing.
    fn read(json: &mut Json, token: &Token) -> Result<Entry, ReadError> {
        let mut entry = Entry::default();
        if *token != Token::Object {
            json.pass(token)?;
            return Ok(entry);
        }
        while let Token::Key(key) = json.next()? {
            let token = json.next()?;
            match (&*key, token) {
                ("dtype", Token::Text(text)) => {
                    entry.dtype = Some(text.chars().take(40).collect());
                }
                ("shape", Token::Array) => entry.shape = sizes(json)?.or(entry.shape),
                ("data_offsets", Token::Array) => entry.offsets = sizes(json)?.or(entry.offsets),
                (_, token) => json.pass(&token)?,
            }
        }
        Ok(entry)
    }
}

/// The numbers of an array that has begun. `None` if something else is in it, or too much.
fn sizes(json: &mut Json) -> Result<Option<Vec<Size>>, ReadError> {
    let (mut sizes, mut is_other) = (Vec::new(), false);
    loop {
        match json.next()? {
            Token::Close => return Ok((!is_other && sizes.len() <= MOST_AXES).then_some(sizes)),
            Token::Whole(size) if sizes.len() <= MOST_AXES => sizes.push(Size::Whole(size)),
            Token::Negative(size) if sizes.len() <= MOST_AXES => {
                sizes.push(Size::Other(size as f64));
            }
            Token::Real(size) if sizes.len() <= MOST_AXES => sizes.push(Size::Other(size)),
            token => {
                is_other |= !matches!(token, Token::Whole(_) | Token::Negative(_) | Token::Real(_));
                json.pass(&token)?;
            }
        }
    }
}
