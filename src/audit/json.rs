//! [`json`] and [`pretty`]: what is said of files as JSON, as serde_json writes it to the byte.
//!
//! It is a writer of our own, since that cannot fail and has one form for both: serde_json's two weigh four
//! times as much in the audit's module.

use std::convert::Infallible;
use std::fmt::{self, Display};

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple,
    Serializer,
};

/// Without blanks.
pub fn json(value: &impl Serialize) -> String {
    written(value, false)
}

/// A line each, indented by two blanks.
pub fn pretty(value: &impl Serialize) -> String {
    written(value, true)
}

fn written(value: &impl Serialize, is_pretty: bool) -> String {
    let mut writer = Writer { text: String::new(), is_pretty, depth: 0 };
    match value.serialize(&mut writer) {
        Ok(()) => writer.text,
        Err(Never(never)) => match never {},
    }
}

/// There is no way to fail.
#[derive(Debug)]
struct Never(Infallible);

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {}
    }
}

impl std::error::Error for Never {}

impl Error for Never {
    /// Types say it of values that no format has: a field that is flattened and no struct.
    fn custom<T: Display>(_: T) -> Never {
        other()
    }
}

/// What no report has.
fn other<T>() -> T {
    unreachable!("reports have structs and lists of what JSON has")
}

struct Writer {
    text: String,
    is_pretty: bool,
    depth: usize,
}

impl Writer {
    fn open(&mut self, bracket: char) {
        self.text.push(bracket);
        self.depth += 1;
    }

    /// Before an element or a key.
    fn next(&mut self) {
        if !self.text.ends_with(['[', '{']) {
            self.text.push(',');
        }
        self.line();
    }

    fn line(&mut self) {
        if self.is_pretty {
            self.text.push('\n');
            (0..self.depth).for_each(|_| self.text.push_str("  "));
        }
    }

    fn close(&mut self, bracket: char) {
        self.depth -= 1;
        if !self.text.ends_with(['[', '{']) {
            self.line();
        }
        self.text.push(bracket);
    }

    fn string(&mut self, text: &str) {
        self.text.push('"');
        for letter in text.chars() {
            match letter {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\u{8}' => self.text.push_str("\\b"),
                '\u{c}' => self.text.push_str("\\f"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\0'..' ' => {
                    self.text.push_str("\\u00");
                    let digit = |bits: u32| char::from_digit(bits & 15, 16).unwrap_or('0');
                    self.text.push(digit(u32::from(letter) >> 4));
                    self.text.push(digit(u32::from(letter)));
                }
                other => self.text.push(other),
            }
        }
        self.text.push('"');
    }

    fn key(&mut self, key: &str) {
        self.next();
        self.string(key);
        self.text.push_str(if self.is_pretty { ": " } else { ":" });
    }
}

/// An array or object that is open.
struct Open<'w> {
    writer: &'w mut Writer,
    close: char,
}

impl Open<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.writer.next();
        value.serialize(&mut *self.writer)
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Never> {
        self.writer.key(key);
        value.serialize(&mut *self.writer)
    }

    fn done(self) -> Result<(), Never> {
        self.writer.close(self.close);
        Ok(())
    }
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Open<'w>;
    type SerializeTuple = Open<'w>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Open<'w>;
    type SerializeStruct = Open<'w>;
    type SerializeStructVariant = Impossible<(), Never>;

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.text.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Never> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Never> {
        self.text.push_str(&value.to_string());
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Never> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Never> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Never> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Never> {
        self.text.push_str(&value.to_string());
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Never> {
        if !value.is_finite() {
            return self.serialize_unit();
        }
        self.text.push_str(zmij::Buffer::new().format_finite(value));
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Never> {
        if !value.is_finite() {
            return self.serialize_unit();
        }
        self.text.push_str(zmij::Buffer::new().format_finite(value));
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Never> {
        self.string(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Never> {
        self.string(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.text.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        word: &'static str,
    ) -> Result<(), Never> {
        self.serialize_str(word)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Never> {
        other()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'w>, Never> {
        self.open('[');
        Ok(Open { writer: self, close: ']' })
    }

    fn serialize_tuple(self, length: usize) -> Result<Open<'w>, Never> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Never> {
        other()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        other()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'w>, Never> {
        self.open('{');
        Ok(Open { writer: self, close: '}' })
    }

    fn serialize_struct(self, _: &'static str, length: usize) -> Result<Open<'w>, Never> {
        self.serialize_map(Some(length))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        other()
    }
}

impl SerializeSeq for Open<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.element(value)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

impl SerializeTuple for Open<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.element(value)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

/// Keys are texts in every report.
impl SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.element(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.writer.text.push_str(if self.writer.is_pretty { ": " } else { ":" });
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

impl SerializeStruct for Open<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.field(key, value)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde::Serialize;

    use super::{json, pretty};

    fn same(value: &impl Serialize) {
        assert_eq!(json(value), serde_json::to_string(value).expect("it is JSON"));
        assert_eq!(pretty(value), serde_json::to_string_pretty(value).expect("it is JSON"));
    }

    #[derive(Serialize)]
    struct Outer {
        name: Option<String>,
        #[serde(flatten)]
        inner: Option<Box<Inner>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        shape: Option<Option<Vec<u64>>>,
        map: BTreeMap<&'static str, Vec<(String, f32)>>,
        word: Word,
    }

    #[derive(Serialize)]
    struct Inner {
        least: i8,
        real: f64,
    }

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Word {
        OneWord,
    }

    #[test]
    fn every_form_of_a_report() {
        for shape in [None, Some(None), Some(Some(vec![])), Some(Some(vec![1, u64::MAX]))] {
            for inner in [None, Some(Box::new(Inner { least: -128, real: 1e300 }))] {
                let map = BTreeMap::from([("a", vec![]), ("b", vec![("[".to_string(), 0.1)])]);
                let name = Some("\0\u{1f}\u{7f}\"\\/\n\r\t\u{8}\u{c}é😀{".to_string());
                same(&vec![Outer { name, inner, shape: shape.clone(), map, word: Word::OneWord }]);
            }
        }
        same(&Vec::<u8>::new());
        same(&BTreeMap::<String, u8>::new());
        same(&vec![f64::NAN, f64::INFINITY, -0.0, 0.0, 1e16, 1e15, 1e-5, 1e-6, 123.0]);
        same(&"[");
    }

    proptest! {
        #[test]
        fn numbers_and_texts(double: f64, single: f32, whole: u64, negative: i64, text: String) {
            same(&(double, single, whole, negative, &text));
            same(&[text]);
        }
    }
}
