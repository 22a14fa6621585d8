//! [`read`]: arrays of numbers in JSON, named by the keys that lead to them.

use super::super::error::{ErrorKind, ReadError};
use super::super::json::{Json, Token};
use super::super::limits::{MOST_NAME, MOST_NAMES, MOST_NESTED, MOST_TENSORS};
use super::super::tensor::{Named, Tensors};
use super::tensor;
use crate::paste::MOST_NUMBERS;

/// Reads all arrays of numbers. `None` if the text is no JSON.
///
/// # Errors
/// [`ErrorKind::NestingTooDeep`], [`ErrorKind::TooLarge`]; what is wrong with the only array.
pub fn read(text: &str) -> Result<Option<Tensors>, ReadError> {
    if depth(text) > MOST_NESTED {
        return Err(ErrorKind::NestingTooDeep { most: MOST_NESTED }.into());
    }
    let mut walk = Walk {
        json: Json::of(text.as_bytes().to_vec(), "text"),
        path: Vec::new(),
        numbers: 0,
        names: 0,
        tensors: Tensors::default(),
        full: None,
    };
    let found = walk.next().and_then(|found| {
        walk.json.next()?;
        Ok(found)
    });
    if let Some(error) = walk.full {
        return Err(error);
    }
    let Ok(found) = found else {
        return Ok(None);
    };
    walk.keep(found);
    Ok(Some(walk.tensors))
}

/// How deep brackets are in brackets.
fn depth(text: &str) -> usize {
    let (mut depth, mut most, mut is_text, mut is_escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b'[' | b'{' if !is_text => depth += 1,
            b']' | b'}' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    }
    most
}

/// What leads from an object or array to what is in it.
enum Step {
    Key(String),
    Index(u64),
}

struct Walk {
    json: Json,
    path: Vec<Step>,
    /// How many numbers there are so far.
    numbers: usize,
    /// Bytes of all names so far.
    names: usize,
    tensors: Tensors,
    /// Why reading stopped.
    full: Option<ReadError>,
}

/// What stands at a place.
enum Found {
    Number {
        value: f64,
        is_whole: bool,
    },
    Array(Array),
    /// Something without numbers.
    Other,
    /// An array that cannot be used.
    Wrong(ReadError),
}

/// An array of numbers, or of arrays of one shape.
#[derive(Default)]
struct Array {
    shape: Vec<u64>,
    values: Vec<f64>,
    is_whole: bool,
}

impl Walk {
    /// Takes what stands where the path leads.
    fn keep(&mut self, found: Found) {
        if matches!(found, Found::Number { .. } | Found::Other) {
            return;
        }
        let steps = self.path.iter().map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        });
        let name = steps.collect::<Vec<_>>().join(".");
        self.names += name.len();
        let made = match found {
            Found::Array(array) => tensor(&name, &array.shape, &array.values, array.is_whole),
            Found::Wrong(error) => Err(error),
            Found::Number { .. } | Found::Other => return,
        };
        match made {
            Ok(tensor) => self.tensors.read.push(tensor),
            Err(why) => self.tensors.errors.push(Named { name, why }),
        }
    }

    fn stop(&mut self, what: &'static str, most: usize) -> ReadError {
        let error = ErrorKind::TooLarge { what, found: None, most: most as u64 };
        self.full = Some(error.clone().into());
        error.into()
    }

    /// The next value.
    fn next(&mut self) -> Result<Found, ReadError> {
        let token = self.json.next()?;
        self.value(token)
    }

    /// The value that begins with a token.
    fn value(&mut self, token: Token) -> Result<Found, ReadError> {
        Ok(match token {
            Token::Whole(value) => {
                let is_whole = i64::try_from(value).is_ok();
                Found::Number { value: value as f64, is_whole }
            }
            Token::Negative(value) => Found::Number { value: value as f64, is_whole: true },
            Token::Real(value) => Found::Number { value, is_whole: false },
            Token::Array => self.array()?,
            Token::Object => self.object()?,
            _ => Found::Other,
        })
    }

    fn array(&mut self) -> Result<Found, ReadError> {
        let mut gathered = Gathered::default();
        let mut index = 0_u64;
        loop {
            let token = self.json.next()?;
            if token == Token::Close {
                return Ok(gathered.finish());
            }
            self.path.push(Step::Index(index));
            let found = self.value(token)?;
            self.path.pop();
            if matches!(found, Found::Number { .. }) {
                self.numbers += 1;
                if self.numbers > MOST_NUMBERS {
                    return Err(self.stop("Numbers of a text", MOST_NUMBERS));
                }
            }
            gathered.add(found, index);
            index += 1;
        }
    }

    fn object(&mut self) -> Result<Found, ReadError> {
        while let Token::Key(key) = self.json.next()? {
            if key.len() > MOST_NAME {
                let token = self.json.next()?;
                self.json.pass(&token)?;
                continue;
            }
            self.path.push(Step::Key(key));
            let found = self.next()?;
            self.keep(found);
            self.path.pop();
            if self.tensors.read.len() + self.tensors.errors.len() > MOST_TENSORS {
                return Err(self.stop("Tensors of a text", MOST_TENSORS));
            }
            if self.names > MOST_NAMES {
                return Err(self.stop("Bytes of the names of a text", MOST_NAMES));
            }
        }
        Ok(Found::Other)
    }
}

/// The elements of an array, as far as they go together.
#[derive(Default)]
struct Gathered {
    /// The shape of the elements, once there is one: numbers have none.
    inner: Option<Vec<u64>>,
    values: Vec<f64>,
    has_fraction: bool,
    count: u64,
    has_other: bool,
    wrong: Option<ReadError>,
}

impl Gathered {
    fn add(&mut self, found: Found, index: u64) {
        let (shape, values, is_whole) = match found {
            Found::Number { value, is_whole } => (vec![], vec![value], is_whole),
            Found::Array(Array { shape, values, is_whole }) => (shape, values, is_whole),
            Found::Other => return self.has_other = true,
            Found::Wrong(error) => {
                self.wrong.get_or_insert(error);
                return;
            }
        };
        let expected = self.inner.get_or_insert_with(|| shape.clone());
        if *expected != shape {
            let reason = format!(
                "Element {index} of an array (counted from 0) has the shape {shape:?}, those before it have {expected:?}. Give all rows the same length."
            );
            self.wrong.get_or_insert(ErrorKind::Ragged { line: None, reason }.into());
        }
        self.values.extend(values);
        self.has_fraction |= !is_whole;
        self.count += 1;
    }

    fn finish(self) -> Found {
        if let Some(error) = self.wrong {
            return Found::Wrong(error);
        }
        match self.inner {
            Some(_) if self.has_other => {
                let reason = "Among the numbers of an array there is something else: a text, null, true or an object.";
                Found::Wrong(
                    ErrorKind::NotANumber { line: None, reason: reason.to_string() }.into(),
                )
            }
            Some(inner) => {
                let shape = [vec![self.count], inner].concat();
                let (values, is_whole) = (self.values, !self.has_fraction);
                Found::Array(Array { shape, values, is_whole })
            }
            None if self.has_other => Found::Other,
            None => Found::Array(Array { shape: vec![0], ..Array::default() }),
        }
    }
}
