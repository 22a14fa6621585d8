//! Typed access to a recording, with the place of every mistake.

use rampscope::arith::QParams;
use serde_json::{Map, Value};

use super::ReplayError;

/// The most values that a recorded case may ask the arithmetic to make.
const MOST: usize = 1 << 24;

/// The place of the whole file.
const ROOT: &str = "file";

/// A JSON object and where it stands in the file.
pub struct Object<'a> {
    fields: &'a Map<String, Value>,
    place: String,
}

impl<'a> Object<'a> {
    /// The whole file.
    pub fn root(value: &'a Value) -> Result<Self, ReplayError> {
        Self::of(value, ROOT.to_string())
    }

    fn of(value: &'a Value, place: String) -> Result<Self, ReplayError> {
        match value {
            Value::Object(fields) => Ok(Object { fields, place }),
            _ => Err(ReplayError::Invalid { place, problem: "not an object".to_string() }),
        }
    }

    /// Whether there is a field of that name.
    pub fn has(&self, key: &str) -> bool {
        self.fields.contains_key(key)
    }

    /// A mistake in this object.
    pub fn invalid(&self, key: &str, problem: impl ToString) -> ReplayError {
        ReplayError::Invalid {
            place: format!("{}.{key}", self.place),
            problem: problem.to_string(),
        }
    }

    fn value(&self, key: &str) -> Result<&'a Value, ReplayError> {
        self.fields
            .get(key)
            .ok_or_else(|| ReplayError::Missing { place: self.place.clone(), key: key.to_string() })
    }

    /// An error if there is a field of another name, which nobody would compare.
    pub fn only(&self, known: &[&str]) -> Result<(), ReplayError> {
        match self.fields.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => Err(ReplayError::Unknown { place: self.place.clone(), key: key.clone() }),
        }
    }

    /// The same for lists only; notes about the recording may have any name.
    pub fn no_other_list(&self, known: &[&str]) -> Result<(), ReplayError> {
        let lists = self.fields.iter().filter(|(_, value)| value.is_array());
        match lists.map(|(key, _)| key).find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => Err(ReplayError::Unknown { place: self.place.clone(), key: key.clone() }),
        }
    }

    /// A list of objects, at least one.
    pub fn objects(&self, key: &str) -> Result<Vec<Object<'a>>, ReplayError> {
        let Value::Array(items) = self.value(key)? else {
            return Err(self.invalid(key, "not a list"));
        };
        if items.is_empty() {
            return Err(self.invalid(key, "an empty list"));
        }
        let place = |index| match self.place.as_str() {
            ROOT => format!("{key}[{index}]"),
            place => format!("{place}.{key}[{index}]"),
        };
        items.iter().enumerate().map(|(index, item)| Object::of(item, place(index))).collect()
    }

    /// An object in a field.
    pub fn object(&self, key: &str) -> Result<Object<'a>, ReplayError> {
        Self::of(self.value(key)?, format!("{}.{key}", self.place))
    }

    /// Whether a field is `null`.
    pub fn is_null(&self, key: &str) -> Result<bool, ReplayError> {
        Ok(self.value(key)?.is_null())
    }

    /// A text.
    pub fn text(&self, key: &str) -> Result<&'a str, ReplayError> {
        self.value(key)?.as_str().ok_or_else(|| self.invalid(key, "not a text"))
    }

    /// One of some texts.
    pub fn one_of<T, const N: usize>(
        &self,
        key: &str,
        choices: [(&str, T); N],
    ) -> Result<T, ReplayError> {
        let text = self.text(key)?;
        let chosen = choices.into_iter().find(|(name, _)| *name == text);
        chosen.map(|(_, choice)| choice).ok_or_else(|| self.invalid(key, format!("{text:?}")))
    }

    /// A list as it is.
    pub fn list(&self, key: &str) -> Result<&'a [Value], ReplayError> {
        match self.value(key)? {
            Value::Array(items) => Ok(items),
            _ => Err(self.invalid(key, "not a list")),
        }
    }

    /// true or false.
    pub fn flag(&self, key: &str) -> Result<bool, ReplayError> {
        self.value(key)?.as_bool().ok_or_else(|| self.invalid(key, "not true or false"))
    }

    /// An integer.
    pub fn int(&self, key: &str) -> Result<i32, ReplayError> {
        self.as_int(key, self.value(key)?)
    }

    /// An integer of at least 0.
    pub fn seed(&self, key: &str) -> Result<u64, ReplayError> {
        self.value(key)?.as_u64().ok_or_else(|| self.invalid(key, "not a seed"))
    }

    /// A size: 1 or more, and not absurd.
    pub fn size(&self, key: &str) -> Result<usize, ReplayError> {
        let size = usize::try_from(self.int(key)?).unwrap_or(0);
        if (1..=MOST).contains(&size) { Ok(size) } else { Err(self.invalid(key, "not a size")) }
    }

    /// `count` sizes, each at least `least` and not absurd.
    pub fn sizes(&self, key: &str, count: usize, least: usize) -> Result<Vec<usize>, ReplayError> {
        let size = |int: i32| {
            let size = usize::try_from(int).ok().filter(|size| (least..=MOST).contains(size));
            size.ok_or_else(|| self.invalid(key, "not sizes"))
        };
        self.ints(key, count)?.into_iter().map(size).collect()
    }

    /// A product of sizes that is not absurd.
    pub fn product(&self, key: &str, sizes: &[usize]) -> Result<usize, ReplayError> {
        let product = sizes.iter().try_fold(1_usize, |product, &size| product.checked_mul(size));
        product.filter(|&product| product <= MOST).ok_or_else(|| self.invalid(key, "too large"))
    }

    /// A float32, from the decimal that stands for it.
    pub fn real(&self, key: &str) -> Result<f32, ReplayError> {
        self.as_real(key, self.value(key)?)
    }

    /// A number as it is written, in double.
    pub fn double(&self, key: &str) -> Result<f64, ReplayError> {
        self.as_double(key, self.value(key)?)
    }

    /// Numbers as they are written, in double, `count` in all.
    pub fn doubles(&self, key: &str, count: usize) -> Result<Vec<f64>, ReplayError> {
        self.flat(key, count)?.into_iter().map(|value| self.as_double(key, value)).collect()
    }

    /// A scale and a zero point from two fields.
    pub fn params(&self, scale: &str, zero_point: &str) -> Result<QParams, ReplayError> {
        Ok(QParams { scale: self.real(scale)?, zero_point: self.int(zero_point)? })
    }

    /// Integers, flat or nested, `count` in all.
    pub fn ints(&self, key: &str, count: usize) -> Result<Vec<i32>, ReplayError> {
        self.flat(key, count)?.into_iter().map(|value| self.as_int(key, value)).collect()
    }

    /// Integers that fit a narrower type.
    pub fn narrow<T: TryFrom<i32>>(&self, key: &str, count: usize) -> Result<Vec<T>, ReplayError> {
        let narrow = |value| {
            T::try_from(value).map_err(|_| self.invalid(key, format!("{value} is out of range")))
        };
        self.ints(key, count)?.into_iter().map(narrow).collect()
    }

    /// The bytes of 8-bit codes; of s8 ones their two's complement.
    pub fn codes(&self, key: &str, count: usize, signed: bool) -> Result<Vec<u8>, ReplayError> {
        if !signed {
            return self.narrow(key, count);
        }
        let codes: Vec<i8> = self.narrow(key, count)?;
        Ok(codes.into_iter().map(i8::cast_unsigned).collect())
    }

    /// Float32 numbers, flat or nested, `count` in all.
    pub fn reals(&self, key: &str, count: usize) -> Result<Vec<f32>, ReplayError> {
        self.flat(key, count)?.into_iter().map(|value| self.as_real(key, value)).collect()
    }

    /// The length of a list, at least 1.
    pub fn length(&self, key: &str) -> Result<usize, ReplayError> {
        match self.list(key)?.len() {
            0 => Err(self.invalid(key, "an empty list")),
            length => Ok(length),
        }
    }

    fn flat(&self, key: &str, count: usize) -> Result<Vec<&'a Value>, ReplayError> {
        let mut values: Vec<&Value> = self.list(key)?.iter().collect();
        while let Some(Value::Array(_)) = values.first() {
            let mut inner = Vec::new();
            for value in values {
                match value {
                    Value::Array(items) => inner.extend(items),
                    _ => return Err(self.invalid(key, "lists and numbers in one list")),
                }
            }
            values = inner;
        }
        if values.len() == count {
            Ok(values)
        } else {
            let problem = format!("{} values where the shape needs {count}", values.len());
            Err(self.invalid(key, problem))
        }
    }

    fn as_int(&self, key: &str, value: &Value) -> Result<i32, ReplayError> {
        let int = value.as_i64().and_then(|int| i32::try_from(int).ok());
        int.ok_or_else(|| self.invalid(key, format!("{value} is not a 32-bit integer")))
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "how the recorder means it: shortest decimals of float32"
    )]
    fn as_real(&self, key: &str, value: &Value) -> Result<f32, ReplayError> {
        Ok(self.as_double(key, value)? as f32)
    }

    fn as_double(&self, key: &str, value: &Value) -> Result<f64, ReplayError> {
        value.as_f64().ok_or_else(|| self.invalid(key, format!("{value} is not a number")))
    }
}
