//! [`Draft`]: an entry as a person types it, field by field, good or not; it is what a link keeps.

use std::error::Error;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::entry::{Bias, Entry, Seen};
use super::fault::EntryFault;
use super::numbers::Numbers;
use super::questions::Answers;
use super::report::is_wanted;
use super::words::capital;
use crate::paste::{self, PasteError};

/// A field of a draft: its key in a link, and its name for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// What is computed.
    Operator,
    /// The codes of A.
    A,
    /// Their type.
    AType,
    /// Their zero point.
    AZeroPoint,
    /// Their scale.
    AScale,
    /// The codes of B.
    B,
    /// Their type.
    BType,
    /// Their zero point.
    BZeroPoint,
    /// Their scale.
    BScale,
    /// Sums in place of A and B.
    Sums,
    /// What the outputs are in B.
    Layout,
    /// A bias.
    Bias,
    /// Whether a relu follows.
    Relu,
    /// The type of the output.
    OutputType,
    /// Its zero point.
    OutputZeroPoint,
    /// Its scale.
    OutputScale,
    /// What was seen on one machine.
    Seen1,
    /// What was seen on another one.
    Seen2,
    /// What was computed by hand, or expected.
    Seen3,
    /// The six questions.
    WhoIsWrong,
    /// How large the difference is.
    HowLarge,
    /// A product or element by element.
    Kind,
    /// Whether float16 is part of it.
    Float16,
    /// With what it is compared.
    ComparedWith,
    /// Whether one CPU differs from itself.
    OneCpu,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Numbers: one, a row, a matrix.
    Numbers,
    /// One of these, a key and a name each; the first is to say nothing.
    Choice(&'static [(&'static str, &'static str)]),
}

type Choices = &'static [(&'static str, &'static str)];

const TYPE: Choices = &[("", "either, as it fits"), ("u8", "u8"), ("s8", "s8")];
const UNKNOWN: (&str, &str) = ("", "not known");
const COUNT: usize = 25;

#[rustfmt::skip]
const ROWS: [(Field, &str, &str, FieldKind); COUNT] = [
    row(Field::Operator, "op", "operator", &[("", "a product: Linear, MatMul, Conv"), ("quantize", "quantizing of real values"), ("add", "an addition"), ("sigmoid", "a sigmoid")]),
    numbers(Field::A, "a", "A, or x"),
    row(Field::AType, "at", "type of A", TYPE),
    numbers(Field::AZeroPoint, "az", "zero point of A"),
    numbers(Field::AScale, "as", "scale of A"),
    numbers(Field::B, "b", "B, or w"),
    row(Field::BType, "bt", "type of B", TYPE),
    numbers(Field::BZeroPoint, "bz", "zero point of B"),
    numbers(Field::BScale, "bs", "scale of B"),
    numbers(Field::Sums, "sums", "sums, in place of A and B"),
    row(Field::Layout, "of", "outputs are B’s", &[("", "rows or columns, as it fits"), ("rows", "rows: a layer’s weights"), ("columns", "columns: a MatMul")]),
    numbers(Field::Bias, "bias", "bias"),
    row(Field::Relu, "relu", "relu", &[("", "no"), ("yes", "yes")]),
    row(Field::OutputType, "yt", "type of the output", TYPE),
    numbers(Field::OutputZeroPoint, "yz", "zero point of the output"),
    numbers(Field::OutputScale, "ys", "scale of the output"),
    numbers(Field::Seen1, "seen", "seen"),
    numbers(Field::Seen2, "seen2", "seen on machine 2"),
    numbers(Field::Seen3, "hand", "expected, or by hand"),
    row(Field::WhoIsWrong, "who", "Which CPU gives the wrong number?", &[UNKNOWN, ("withoutVnni", "one without VNNI"), ("withVnni", "one with VNNI"), ("both", "both"), ("arm", "ARM64")]),
    row(Field::HowLarge, "large", "How large is the difference?", &[UNKNOWN, ("one", "1"), ("multiple256", "a multiple of 256"), ("clamp", "one is an end of the range"), ("thousands", "thousands"), ("other", "something else")]),
    row(Field::Kind, "kind", "What is computed?", &[UNKNOWN, ("product", "a product: MatMul, Conv, Linear"), ("elementwise", "element by element")]),
    row(Field::Float16, "half", "Is float16 part of it?", &[UNKNOWN, ("no", "no"), ("yes", "yes")]),
    row(Field::ComparedWith, "with", "What is it compared with?", &[UNKNOWN, ("otherCpu", "another CPU"), ("otherLibrary", "another library"), ("ownReference", "my own computation")]),
    row(Field::OneCpu, "self", "Does one CPU differ from itself?", &[UNKNOWN, ("same", "no"), ("oneRowAgainstSeveral", "one row against several"), ("placeInTensor", "place against place")]),
];

const fn row(
    field: Field,
    key: &'static str,
    name: &'static str,
    choices: Choices,
) -> (Field, &'static str, &'static str, FieldKind) {
    (field, key, name, FieldKind::Choice(choices))
}

const fn numbers(
    field: Field,
    key: &'static str,
    name: &'static str,
) -> (Field, &'static str, &'static str, FieldKind) {
    (field, key, name, FieldKind::Numbers)
}

impl Field {
    /// The fields of the six questions.
    pub const QUESTIONS: [Field; 6] = [
        Field::WhoIsWrong,
        Field::HowLarge,
        Field::Kind,
        Field::Float16,
        Field::ComparedWith,
        Field::OneCpu,
    ];

    /// Every field.
    pub fn all() -> impl Iterator<Item = Field> {
        ROWS.iter().map(|row| row.0)
    }

    /// The key of a link, for ever.
    pub const fn key(self) -> &'static str {
        ROWS[self as usize].1
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        ROWS[self as usize].2
    }

    /// What it takes.
    pub const fn kind(self) -> FieldKind {
        ROWS[self as usize].3
    }
}

// The table is read by index.
const _: () = {
    let mut at = 0;
    while at < COUNT {
        assert!(ROWS[at].0 as usize == at);
        at += 1;
    }
};

/// Public reports to begin with: a name, and the draft as a link has it.
pub const EXAMPLES: [(&str, &str); 3] = [
    ("32767 in place of 64770", "a=255, 255;at=u8;b=127, 127;bt=s8;seen=32767;hand=64770"),
    (
        "MatMulInteger is not NumPy",
        "a=238, 115, 94\\n245, 111, 102\\n158, 225, 48;at=u8;az=42;b=25, 36, 125\\n42, -123, 76\\n-81, -86, 35;bt=s8;bz=-26;of=columns;seen=12100, 1951, 34491\\n11745, 2293, 35057\\n18030, -10919, 32465;hand=12100, 1951, 40214\\n11745, 2293, 41351\\n18030, -10919, 36548",
    ),
    (
        "a convolution gives 0",
        "a=3, 9, 30, 14, 4, 22, 11, 7, 5;at=u8;as=1;b=17, 21, -59, -4, -10, -31, 2, -3, 59;bt=s8;bs=1;yt=u8;ys=32;seen=0;hand=-2016",
    ),
];

/// What a person has typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft([String; COUNT]);

/// Why a draft is no entry, and at which field.
#[derive(Clone, Debug, PartialEq)]
pub enum DraftFault {
    /// Numbers that cannot be read.
    Numbers(Field, PasteError),
    /// Several numbers where there is one.
    One(Field),
    /// A whole number where there is another one.
    Whole(Field),
    /// What is read does not fit together.
    Entry(EntryFault),
}

impl fmt::Display for DraftFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbers(field, error) => write!(f, "{}: {error}", capital(field.name())),
            Self::One(field) => write!(f, "{}: one number is needed.", capital(field.name())),
            Self::Whole(field) => {
                write!(f, "{}: a whole number of 32 bits is needed.", capital(field.name()))
            }
            Self::Entry(fault) => fault.fmt(f),
        }
    }
}

impl Error for DraftFault {}

impl DraftFault {
    /// The field where it is, where it is one.
    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Numbers(field, _) | Self::One(field) | Self::Whole(field) => Some(*field),
            Self::Entry(_) => None,
        }
    }
}

impl Draft {
    /// What stands in a field.
    pub fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    /// The same with another text in a field.
    #[must_use]
    pub fn with(mut self, field: Field, text: impl Into<String>) -> Draft {
        self.0[field as usize] = text.into();
        self
    }

    /// The same with numbers in a field.
    #[must_use]
    pub fn with_numbers(self, field: Field, numbers: &Numbers) -> Draft {
        self.with(field, typed(numbers))
    }

    /// The answers to the six questions.
    pub fn of_answers(answers: Answers) -> Draft {
        Draft::from(&Entry { answers, ..Entry::default() })
    }

    /// Whether nothing stands in any field.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(String::is_empty)
    }

    /// The draft of a text that [`Draft::written`] wrote; what is no field of ours is passed over.
    pub fn read(text: &str) -> Draft {
        let mut draft = Draft::default();
        let mut piece = String::new();
        let mut marks = text.chars();
        loop {
            let mark = marks.next();
            match mark {
                Some('\\') => {
                    piece.extend(marks.next().map(|mark| if mark == 'n' { '\n' } else { mark }))
                }
                Some(';') | None => {
                    let (key, value) = piece.split_once('=').unwrap_or_default();
                    if let Some(field) = Field::all().find(|field| field.key() == key) {
                        draft.0[field as usize] = value.into();
                    }
                    piece.clear();
                }
                Some(mark) => piece.push(mark),
            }
            if mark.is_none() {
                return draft;
            }
        }
    }

    /// The draft as one text, for a link: `a=255 255;b=127 127;seen=32767`.
    pub fn written(&self) -> String {
        let mut text = String::new();
        for field in Field::all().filter(|field| !self.get(*field).is_empty()) {
            if !text.is_empty() {
                text.push(';');
            }
            text.push_str(field.key());
            text.push('=');
            for mark in self.get(field).chars() {
                match mark {
                    '\n' => text.push_str("\\n"),
                    ';' | '\\' => text.extend(['\\', mark]),
                    mark => text.push(mark),
                }
            }
        }
        text
    }

    /// What it says.
    ///
    /// # Errors
    /// [`DraftFault`] at the first field that cannot be read.
    pub fn entry(&self) -> Result<Entry, DraftFault> {
        let mut entry = Entry {
            operator: self.choice(Field::Operator).unwrap_or_default(),
            ..Entry::default()
        };
        entry.a = self.numbers(Field::A)?;
        entry.b = self.numbers(Field::B)?;
        entry.sums = self.numbers(Field::Sums)?;
        entry.types.a = self.choice(Field::AType);
        entry.types.b = self.choice(Field::BType);
        entry.types.output = self.choice(Field::OutputType);
        entry.layout = self.choice(Field::Layout);
        entry.zero_points.a = flat(self.numbers(Field::AZeroPoint)?);
        entry.zero_points.b = flat(self.numbers(Field::BZeroPoint)?);
        entry.zero_points.output = self.whole(Field::OutputZeroPoint)?;
        entry.scales.a = self.one(Field::AScale)?;
        entry.scales.b = flat(self.numbers(Field::BScale)?);
        entry.scales.output = self.one(Field::OutputScale)?;
        let bias = flat(self.numbers(Field::Bias)?);
        if !bias.is_empty() {
            let is_whole = bias.iter().all(|value| value.fract() == 0.0);
            entry.bias = Some(if is_whole { Bias::Integer(bias) } else { Bias::Real(bias) });
        }
        entry.relu = !self.get(Field::Relu).is_empty();
        for (field, label) in SEEN {
            let values = self.numbers(field)?;
            if !values.is_empty() {
                entry.seen.push(Seen { label: label.into(), values, ..Seen::default() });
            }
        }
        // One result needs no name.
        if let [one] = entry.seen.as_mut_slice() {
            one.label.clear();
        }
        entry.answers = Answers {
            who_is_wrong: self.choice(Field::WhoIsWrong),
            how_large: self.choice(Field::HowLarge),
            kind: self.choice(Field::Kind),
            float16: match self.get(Field::Float16) {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            compared_with: self.choice(Field::ComparedWith),
            one_cpu: self.choice(Field::OneCpu),
        };
        Ok(entry)
    }

    fn choice<T: DeserializeOwned>(&self, field: Field) -> Option<T> {
        of_key(self.get(field))
    }

    fn numbers(&self, field: Field) -> Result<Numbers, DraftFault> {
        let text = self.get(field);
        if text.trim().is_empty() {
            return Ok(Numbers::default());
        }
        let read = paste::read(text).map_err(|error| DraftFault::Numbers(field, error))?;
        let mut rows = read.rows;
        Ok(match rows.as_mut_slice() {
            [row] if row.len() == 1 => Numbers::One(row[0]),
            [row] => Numbers::Row(std::mem::take(row)),
            _ => Numbers::Matrix(rows),
        })
    }

    fn one(&self, field: Field) -> Result<Option<f64>, DraftFault> {
        let numbers = self.numbers(field)?;
        let mut all = numbers.iter();
        match (all.next(), all.next()) {
            (one, None) => Ok(one),
            _ => Err(DraftFault::One(field)),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "it is checked")]
    fn whole(&self, field: Field) -> Result<i32, DraftFault> {
        let value = self.one(field)?.unwrap_or(0.0);
        let whole = value as i32;
        if f64::from(whole) == value { Ok(whole) } else { Err(DraftFault::Whole(field)) }
    }
}

/// What was seen, with its label.
const SEEN: [(Field, &str); 3] =
    [(Field::Seen1, "machine 1"), (Field::Seen2, "machine 2"), (Field::Seen3, "expected")];

/// The value of a choice by its key, if there is one.
fn of_key<T: DeserializeOwned>(key: &str) -> Option<T> {
    let text: StrDeserializer<'_, ValueError> = key.into_deserializer();
    T::deserialize(text).ok()
}

/// The key of a value among the choices of a field; empty for what is chosen by saying nothing.
fn key_of<T: DeserializeOwned + PartialEq>(field: Field, value: Option<T>) -> String {
    let FieldKind::Choice(choices) = field.kind() else { return String::new() };
    let mut keys = choices.iter().map(|(key, _)| *key);
    let key = keys.find(|key| value.is_some() && of_key::<T>(key) == value);
    key.unwrap_or_default().to_string()
}

/// Numbers as they are typed.
fn typed(numbers: &Numbers) -> String {
    let line = |row: &[f64]| row.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    match numbers {
        Numbers::One(one) => one.to_string(),
        Numbers::Row(row) => line(row),
        Numbers::Matrix(rows) => rows.iter().map(|row| line(row)).collect::<Vec<_>>().join("\n"),
    }
}

/// A column or row as a list.
fn flat(numbers: Numbers) -> Numbers {
    match numbers {
        Numbers::Matrix(rows) => Numbers::Row(rows.into_iter().flatten().collect()),
        other => other,
    }
}

/// An entry as a person may have typed it. Of several results that are one's own the first two stay,
/// and of expected ones the first.
impl From<&Entry> for Draft {
    fn from(entry: &Entry) -> Draft {
        let mut draft = Draft::default();
        let mut put = |field: Field, text: String| {
            let place = &mut draft.0[field as usize];
            if place.is_empty() {
                *place = text;
            }
        };
        let number = |number: Option<f64>| number.map_or_else(String::new, |one| one.to_string());
        put(Field::Operator, key_of(Field::Operator, Some(entry.operator)));
        put(Field::A, typed(&entry.a));
        put(Field::B, typed(&entry.b));
        put(Field::Sums, typed(&entry.sums));
        put(Field::AType, key_of(Field::AType, entry.types.a));
        put(Field::BType, key_of(Field::BType, entry.types.b));
        put(Field::OutputType, key_of(Field::OutputType, entry.types.output));
        put(Field::Layout, key_of(Field::Layout, entry.layout));
        put(Field::AZeroPoint, typed(&entry.zero_points.a));
        put(Field::BZeroPoint, typed(&entry.zero_points.b));
        if entry.zero_points.output != 0 {
            put(Field::OutputZeroPoint, entry.zero_points.output.to_string());
        }
        put(Field::AScale, number(entry.scales.a));
        put(Field::BScale, typed(&entry.scales.b));
        put(Field::OutputScale, number(entry.scales.output));
        if let Some(Bias::Integer(bias) | Bias::Real(bias)) = &entry.bias {
            put(Field::Bias, typed(bias));
        }
        if entry.relu {
            put(Field::Relu, "yes".into());
        }
        let is_expected = |seen: &&Seen| is_wanted(&seen.label);
        let own = entry.seen.iter().filter(|seen| !is_expected(seen));
        for (seen, field) in own.zip([Field::Seen1, Field::Seen2]) {
            put(field, typed(&seen.values));
        }
        if let Some(seen) = entry.seen.iter().find(is_expected) {
            put(Field::Seen3, typed(&seen.values));
        }
        let said = entry.answers;
        put(Field::WhoIsWrong, key_of(Field::WhoIsWrong, said.who_is_wrong));
        put(Field::HowLarge, key_of(Field::HowLarge, said.how_large));
        put(Field::Kind, key_of(Field::Kind, said.kind));
        let half = said.float16.map_or("", |half| if half { "yes" } else { "no" });
        put(Field::Float16, half.into());
        put(Field::ComparedWith, key_of(Field::ComparedWith, said.compared_with));
        put(Field::OneCpu, key_of(Field::OneCpu, said.one_cpu));
        draft
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_its_key_and_every_choice_means_something() {
        for field in Field::all() {
            let same = Field::all().filter(|other| other.key() == field.key());
            assert_eq!(same.count(), 1, "{}", field.key());
            let FieldKind::Choice(choices) = field.kind() else { continue };
            for (key, name) in &choices[1..] {
                let draft = Draft::default().with(field, *key);
                let entry = draft.entry().expect("a choice is an entry");
                assert_ne!(entry, Entry::default(), "{name}");
                assert_eq!(Draft::from(&entry), draft, "{name}");
            }
        }
    }

    #[test]
    fn a_draft_is_written_and_read_again_whatever_stands_in_it() {
        let draft = Draft::default()
            .with(Field::A, "1, 2\n3; 4\\n = x")
            .with(Field::Seen1, "32767")
            .with(Field::BType, "s8");
        assert_eq!(draft.written(), "a=1, 2\\n3\\; 4\\\\n = x;bt=s8;seen=32767");
        assert_eq!(Draft::read(&draft.written()), draft);
        assert_eq!(Draft::read(""), Draft::default());
        assert_eq!(Draft::read("no=1;a=2;b"), Draft::default().with(Field::A, "2"));
        assert_eq!(Draft::read("a=1\\"), Draft::default().with(Field::A, "1"));
    }

    #[test]
    fn what_is_typed_is_an_entry_and_the_other_way_round() {
        let draft = Draft::default()
            .with(Field::A, "255, 255")
            .with(Field::B, "127, 127")
            .with(Field::AZeroPoint, "3")
            .with(Field::BScale, "0.5, 0.25")
            .with(Field::Bias, "7")
            .with(Field::Seen1, "32767")
            .with(Field::Seen3, "64770");
        let entry = draft.entry().expect("it is one");
        assert_eq!(entry.zero_points.a, Numbers::One(3.0));
        assert_eq!(entry.seen[1].label, "expected");
        assert_eq!(Draft::from(&entry), draft);
    }

    #[test]
    fn a_fault_names_its_field() {
        let fault = |field, text: &str| Draft::default().with(field, text).entry();
        let said = fault(Field::B, "1, x").expect_err("it is no number").to_string();
        assert!(said.starts_with("B, or w: "), "{said}");
        assert_eq!(fault(Field::AScale, "1 2"), Err(DraftFault::One(Field::AScale)));
        assert_eq!(
            fault(Field::OutputZeroPoint, "0.5"),
            Err(DraftFault::Whole(Field::OutputZeroPoint))
        );
    }
}
