//! [`Json`]: a text in JSON, one [`Token`] after the other.
//!
//! The grammar of RFC 8259, without leave: what is no JSON ends in an error. A stretch of a file is read as it
//! is needed. It is our own, since a reader of everything takes an eighth of what the audit's module may weigh.

use super::error::{ErrorKind, ReadError};
use super::reader::Reader;
use crate::paste::decimal;

/// The deepest nesting of brackets, as serde_json has it.
const MOST_DEPTH: usize = 127;

/// What comes next in a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    /// `{`
    Object,
    /// `[`
    Array,
    /// The end of the last one that began.
    Close,
    /// The key of what follows.
    Key(String),
    /// A text.
    Text(String),
    /// A whole number without point and exponent that fits.
    Whole(u64),
    /// The same below 0.
    Negative(i64),
    /// Any other number.
    Real(f64),
    /// `true`, `false` or `null`.
    Word,
    /// The end of the text.
    End,
}

/// What may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Value,
    /// The first key, or the end of an object.
    FirstKey,
    /// The first value, or the end of an array.
    FirstValue,
    /// A comma, or the end of what is open.
    More,
}

/// A text in JSON.
pub struct Json {
    /// What it is, for errors.
    what: &'static str,
    rest: Option<Reader>,
    piece: Vec<u8>,
    at: usize,
    /// Bytes before the piece.
    passed: u64,
    /// Of each object or array that is open, whether it is an object.
    open: Vec<bool>,
    expected: Expected,
}

impl Json {
    /// A text in memory; `what` names it in errors.
    pub fn of(text: Vec<u8>, what: &'static str) -> Json {
        let open = Vec::new();
        Json { what, rest: None, piece: text, at: 0, passed: 0, open, expected: Expected::Value }
    }

    /// The rest of a stretch.
    pub fn read(rest: Reader, what: &'static str) -> Json {
        Json { rest: Some(rest), ..Json::of(Vec::new(), what) }
    }

    /// What comes next.
    ///
    /// # Errors
    /// [`ErrorKind::HeaderInvalid`] for what is no JSON, or what reading says.
    pub fn next(&mut self) -> Result<Token, ReadError> {
        let mut byte = self.blanks()?;
        if self.expected == Expected::More {
            if self.open.is_empty() {
                return match byte {
                    None => Ok(Token::End),
                    Some(_) => Err(self.wrong("its end is expected")),
                };
            }
            if byte == Some(b',') {
                self.at += 1;
                byte = self.blanks()?;
                return if self.is_object() { self.key(byte) } else { self.value(byte) };
            }
            return self.close(byte);
        }
        match (self.expected, byte) {
            (Expected::FirstKey, Some(b'}')) | (Expected::FirstValue, Some(b']')) => {
                self.close(byte)
            }
            (Expected::FirstKey, _) => self.key(byte),
            _ => self.value(byte),
        }
    }

    /// Passes what began with that token.
    ///
    /// # Errors
    /// As [`next`](Json::next).
    pub fn pass(&mut self, token: &Token) -> Result<(), ReadError> {
        if matches!(token, Token::Object | Token::Array) {
            let depth = self.open.len();
            while self.open.len() >= depth {
                self.next()?;
            }
        }
        Ok(())
    }

    /// An error at this place.
    pub fn wrong(&self, reason: &str) -> ReadError {
        let at = self.passed + self.at as u64;
        ErrorKind::HeaderInvalid { what: self.what, reason: format!("{reason} at its byte {at}") }
            .into()
    }

    fn is_object(&self) -> bool {
        self.open.last() == Some(&true)
    }

    /// The next byte, which stays the next one.
    #[inline]
    fn peek(&mut self) -> Result<Option<u8>, ReadError> {
        match self.piece.get(self.at) {
            Some(byte) => Ok(Some(*byte)),
            None => self.fetch(),
        }
    }

    #[cold]
    fn fetch(&mut self) -> Result<Option<u8>, ReadError> {
        let Some(reader) = &mut self.rest else { return Ok(None) };
        self.passed += self.piece.len() as u64;
        self.at = 0;
        self.piece = reader.bytes(reader.remaining().min(1 << 16))?;
        Ok(self.piece.first().copied())
    }

    /// The next byte behind blanks.
    fn blanks(&mut self) -> Result<Option<u8>, ReadError> {
        loop {
            let byte = self.peek()?;
            if !matches!(byte, Some(b' ' | b'\n' | b'\r' | b'\t')) {
                return Ok(byte);
            }
            self.at += 1;
        }
    }

    fn close(&mut self, byte: Option<u8>) -> Result<Token, ReadError> {
        let expected = if self.is_object() { b'}' } else { b']' };
        if byte != Some(expected) {
            return Err(self.wrong("a comma or a bracket is expected"));
        }
        self.at += 1;
        self.open.pop();
        self.expected = Expected::More;
        Ok(Token::Close)
    }

    fn key(&mut self, byte: Option<u8>) -> Result<Token, ReadError> {
        if byte != Some(b'"') {
            return Err(self.wrong("a key is expected"));
        }
        let key = self.text()?;
        if self.blanks()? != Some(b':') {
            return Err(self.wrong("a colon is expected"));
        }
        self.at += 1;
        self.expected = Expected::Value;
        Ok(Token::Key(key))
    }

    fn value(&mut self, byte: Option<u8>) -> Result<Token, ReadError> {
        self.expected = Expected::More;
        match byte {
            Some(open @ (b'{' | b'[')) => {
                if self.open.len() == MOST_DEPTH {
                    return Err(self.wrong("brackets are nested too deep"));
                }
                self.at += 1;
                let is_object = open == b'{';
                self.open.push(is_object);
                if is_object {
                    self.expected = Expected::FirstKey;
                    Ok(Token::Object)
                } else {
                    self.expected = Expected::FirstValue;
                    Ok(Token::Array)
                }
            }
            Some(b'"') => Ok(Token::Text(self.text()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            _ => Err(self.wrong("a value is expected")),
        }
    }

    fn word(&mut self, word: &[u8]) -> Result<Token, ReadError> {
        for byte in word {
            if self.peek()? != Some(*byte) {
                return Err(self.wrong("a value is expected"));
            }
            self.at += 1;
        }
        Ok(Token::Word)
    }

    fn number(&mut self) -> Result<Token, ReadError> {
        let mut digits = String::new();
        while let Some(byte @ (b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) = self.peek()? {
            digits.push(char::from(byte));
            self.at += 1;
        }
        number(&digits).ok_or_else(|| self.wrong("a number is expected before this place"))
    }

    /// A text, from its quote on.
    fn text(&mut self) -> Result<String, ReadError> {
        self.at += 1;
        let mut text = Vec::new();
        loop {
            let Some(byte @ 0x20..) = self.peek()? else {
                return Err(self.wrong("the end of a text is expected"));
            };
            self.at += 1;
            match byte {
                b'"' => break,
                b'\\' => self.escape(&mut text)?,
                byte => text.push(byte),
            }
        }
        String::from_utf8(text).map_err(|_| self.wrong("a text is no UTF-8 before this place"))
    }

    /// What stands behind a backslash.
    fn escape(&mut self, text: &mut Vec<u8>) -> Result<(), ReadError> {
        let byte = self.peek()?;
        self.at += usize::from(byte.is_some());
        text.push(match byte {
            Some(byte @ (b'"' | b'\\' | b'/')) => byte,
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(b'n') => b'\n',
            Some(b'r') => b'\r',
            Some(b't') => b'\t',
            Some(b'u') => {
                let mut code = self.four()?;
                // Two halves of a character.
                if let 0xd800..=0xdbff = code
                    && self.peek()? == Some(b'\\')
                {
                    self.at += 1;
                    let second = if self.peek()? == Some(b'u') {
                        self.at += 1;
                        self.four()?
                    } else {
                        0
                    };
                    let low = second.wrapping_sub(0xdc00);
                    code = if low < 0x400 { 0x1_0000 + ((code & 0x3ff) << 10 | low) } else { code };
                }
                let character = char::from_u32(code);
                let character = character.ok_or_else(|| self.wrong("half of a character"))?;
                text.extend(character.encode_utf8(&mut [0; 4]).bytes());
                return Ok(());
            }
            _ => return Err(self.wrong("there is no such escape")),
        });
        Ok(())
    }

    /// Four hexadecimal digits.
    fn four(&mut self) -> Result<u32, ReadError> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.peek()?.and_then(|byte| char::from(byte).to_digit(16));
            code = code << 4 | digit.ok_or_else(|| self.wrong("a digit is expected"))?;
            self.at += 1;
        }
        Ok(code)
    }
}

/// The number that the digits are, by JSON's grammar; `None` also for one beyond all doubles.
fn number(text: &str) -> Option<Token> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let whole = unsigned.find(['.', 'e', 'E']).unwrap_or(unsigned.len());
    let (digits, rest) = unsigned.split_at(whole);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(digits) || digits.len() > 1 && digits.starts_with('0') {
        return None;
    }
    if rest.is_empty() {
        if unsigned.len() == text.len() {
            if let Ok(whole) = text.parse() {
                return Some(Token::Whole(whole));
            }
        } else if let Ok(negative @ ..0) = text.parse() {
            return Some(Token::Negative(negative));
        }
    } else {
        let (fraction, exponent) = match rest.split_once(['e', 'E']) {
            Some((fraction, exponent)) => (fraction, Some(exponent)),
            None => (rest, None),
        };
        let is_fraction = fraction.is_empty() || fraction.strip_prefix('.').is_some_and(is_digits);
        let is_exponent = |text: &str| is_digits(text.strip_prefix(['+', '-']).unwrap_or(text));
        if !is_fraction || !exponent.is_none_or(is_exponent) {
            return None;
        }
    }
    decimal(text).filter(|value| value.is_finite()).map(Token::Real)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Map, Number, Value};

    /// The value that the tokens are.
    fn built(json: &mut Json, token: Token) -> Result<Value, ReadError> {
        Ok(match token {
            Token::Object => {
                let mut map = Map::new();
                loop {
                    match json.next()? {
                        Token::Key(key) => {
                            let token = json.next()?;
                            map.insert(key, built(json, token)?);
                        }
                        Token::Close => break Value::Object(map),
                        other => panic!("{other:?} in an object"),
                    }
                }
            }
            Token::Array => {
                let mut list = Vec::new();
                loop {
                    match json.next()? {
                        Token::Close => break Value::Array(list),
                        token => list.push(built(json, token)?),
                    }
                }
            }
            Token::Text(text) => text.into(),
            Token::Whole(whole) => whole.into(),
            Token::Negative(negative) => negative.into(),
            Token::Real(real) => Number::from_f64(real).expect("it is finite").into(),
            // Which of the three nobody asks.
            Token::Word => Value::Null,
            Token::Close | Token::Key(_) | Token::End => panic!("{token:?} for a value"),
        })
    }

    fn whole(text: &[u8]) -> Option<Value> {
        let mut json = Json::of(text.to_vec(), "text");
        let token = json.next().ok()?;
        let value = built(&mut json, token).ok()?;
        (json.next().ok()? == Token::End).then_some(value)
    }

    /// serde_json's, all words as null.
    fn expected(text: &[u8]) -> Option<Value> {
        fn plain(value: Value) -> Value {
            match value {
                Value::Bool(_) => Value::Null,
                Value::Array(list) => list.into_iter().map(plain).collect(),
                Value::Object(map) => {
                    map.into_iter().map(|(key, value)| (key, plain(value))).collect()
                }
                other => other,
            }
        }
        serde_json::from_slice(text).ok().map(plain)
    }

    #[test]
    fn good_and_bad_texts_are_what_they_are_to_serde_json() {
        for text in [
            "",
            " ",
            "null",
            "nul",
            "nulll",
            "true false",
            "[1,2]",
            "[1,2,]",
            "[,1]",
            "[1 2]",
            "[1",
            "]",
            "[]]",
            "{",
            "{}",
            "{,}",
            r#"{"a":1}"#,
            r#"{"a":1,}"#,
            r#"{"a" : 1 , "a":[2,{"b":{}}]}"#,
            r#"{"a"}"#,
            r#"{"a":}"#,
            "{1:2}",
            "[}",
            r#"{"a":1]"#,
            "0",
            "-0",
            "00",
            "01",
            "-",
            "1.",
            ".5",
            "1.5",
            "1e5",
            "1E+5",
            "1e-5",
            "1e",
            "1e+",
            "-1.5e-3",
            "+1",
            "1e400",
            "-1e400",
            "18446744073709551615",
            "18446744073709551616",
            "-9223372036854775808",
            "-9223372036854775809",
            "1-2",
            "1.2.3",
            "0x1",
            r#""a\"\\\/\b\f\n\r\tz""#,
            r#""é\u00e9\ud83d\ude00""#,
            r#""\ud83d""#,
            r#""\ud83d\n""#,
            r#""\ud83d\u0041""#,
            r#""\ude00""#,
            r#""\u12""#,
            r#""\x""#,
            "\"a\nb\"",
            "\"a\u{7f}b\"",
            "\"",
            "\"\\",
            "\t[ 1 ,\r\n2 ] ",
            "NaN",
            "Infinity",
            "[1]x",
        ] {
            assert_eq!(whole(text.as_bytes()), expected(text.as_bytes()), "{text}");
        }
        for bytes in [&b"\"\xff\""[..], b"\xef\xbb\xbf1", b"[1]\0"] {
            assert_eq!(whole(bytes), expected(bytes));
        }
        for depth in [126, 127, 128, 5000] {
            let text = [vec![b'['; depth], vec![b']'; depth]].concat();
            assert_eq!(whole(&text), expected(&text), "{depth}");
        }
    }

    #[test]
    fn errors_say_where() {
        let mut json = Json::of(b"[1, x]".to_vec(), ".safetensors");
        let error = std::iter::from_fn(|| Some(json.next())).find_map(Result::err);
        let error = error.map(|error| error.to_string());
        let expected =
            "The header of the .safetensors cannot be read: a value is expected at its byte 4.";
        assert_eq!(error.as_deref(), Some(expected));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(if cfg!(target_arch = "wasm32") { 200 } else { 5_000 }))]

        #[test]
        fn texts_of_its_letters(text in r#"[\[\]{}",:0-9.eE+\-\\untrfals \x01é]{0,24}"#) {
            prop_assert_eq!(whole(text.as_bytes()), expected(text.as_bytes()));
        }

        #[test]
        fn numbers(bits: u64, more: i64) {
            let text = format!("[{:e},{more},{}]", f64::from_bits(bits), f64::from_bits(bits));
            prop_assert_eq!(whole(text.as_bytes()), expected(text.as_bytes()));
        }
    }
}
