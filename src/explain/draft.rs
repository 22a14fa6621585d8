//! [`Draft`]: an entry as a person types it, field by field, good or not; it is what a link keeps.

use std::array;
use std::rc::Rc;

use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, StrDeserializer};

use super::draft_fault::DraftFault;
use super::entry::{Bias, Entry, Seen};
use super::field::{COUNT, Field, FieldKind};
use super::numbers::Numbers;
use super::questions::Answers;
use super::report::is_expectation;
use super::words::counted;
use crate::paste::{self, Kind};

/// What a person has typed. A copy costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft(Rc<[String; COUNT]>);

impl Draft {
    /// What stands in a field.
    pub fn get(&self, field: Field) -> &str {
        &self.0[field as usize]
    }

    /// The same with another text in a field.
    #[must_use]
    pub fn with(mut self, field: Field, text: impl Into<String>) -> Draft {
        self.put(field, text.into());
        self
    }

    fn put(&mut self, field: Field, text: String) {
        Rc::make_mut(&mut self.0)[field as usize] = text;
    }

    /// What a person finds after a text was read anew: `before` is what the last one gave. What it says
    /// now counts, and what was typed beside it stays.
    #[must_use]
    pub fn read_over(self, typed: &Draft, before: &Draft) -> Draft {
        let of = |at: usize| {
            let [read, typed, before] = [&self, typed, before].map(|draft| &draft.0[at]);
            let is_news = !read.is_empty() && read != before;
            if is_news || typed == before { read.clone() } else { typed.clone() }
        };
        Draft(Rc::new(array::from_fn(of)))
    }

    /// Numbers as they stand in a field.
    pub fn written_numbers(numbers: &Numbers) -> String {
        typed(numbers, Kind::Integers)
    }

    /// What a result is called where no word of a person's names it: the one that is alone needs no name.
    pub fn default_label(&self, seen: Field) -> &'static str {
        let has = |field: Field| !self.get(field).trim().is_empty();
        match seen {
            Field::Seen3 => "expected",
            Field::Seen2 => "machine 2",
            _ if has(Field::Seen2) => "machine 1",
            _ if has(Field::Seen3) => "seen",
            _ => "",
        }
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
                        draft.put(field, value.into());
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

    /// What of an entry a draft has no field for, in words.
    pub fn left_out(entry: &Entry) -> Vec<String> {
        let mut all = Vec::new();
        let placed = places(&entry.seen).len();
        if placed < entry.seen.len() {
            all.push(counted(entry.seen.len() - placed, "further result", "further results"));
        }
        if entry.seen.iter().any(|seen| seen.row.is_some() || seen.output.is_some()) {
            all.push("the row or output that a result belongs to".into());
        }
        all
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
        entry.kernel = self.kernel()?;
        entry.bias = self.bias()?;
        entry.relu = self.get(Field::Relu) == "yes";
        for [field, label] in Field::SEEN {
            let values = self.numbers(field)?;
            if !values.is_empty() {
                let said = self.get(label).trim();
                let label = if said.is_empty() { self.default_label(field) } else { said };
                entry.seen.push(Seen { label: label.into(), values, ..Seen::default() });
            }
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
        Ok(self.numbers_and_kind(field)?.0)
    }

    fn numbers_and_kind(&self, field: Field) -> Result<(Numbers, Kind), DraftFault> {
        let text = self.get(field).trim();
        if text.is_empty() {
            return Ok((Numbers::default(), Kind::Integers));
        }
        let read = paste::read(text).map_err(|error| DraftFault::Numbers(field, error))?;
        let mut rows = read.rows;
        let numbers = match rows.as_mut_slice() {
            // A list of one is a list.
            [row] if row.len() == 1 && !text.starts_with('[') => Numbers::One(row[0]),
            [row] => Numbers::Row(std::mem::take(row)),
            _ => Numbers::Matrix(rows),
        };
        Ok((numbers, read.kind))
    }

    /// Whole numbers are in units of the sum; with a point they are real.
    fn bias(&self) -> Result<Option<Bias>, DraftFault> {
        let (numbers, kind) = self.numbers_and_kind(Field::Bias)?;
        let numbers = flat(numbers);
        Ok(match kind {
            _ if numbers.is_empty() => None,
            Kind::Integers => Some(Bias::Integer(numbers)),
            Kind::Reals => Some(Bias::Real(numbers)),
        })
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is checked")]
    fn kernel(&self) -> Result<Option<[usize; 2]>, DraftFault> {
        let numbers = self.numbers(Field::Kernel)?;
        if numbers.is_empty() {
            return Ok(None);
        }
        let sides: Vec<f64> = numbers.iter().take(3).collect();
        let is_side =
            |side: &f64| side.fract() == 0.0 && (1.0..=f64::from(u16::MAX)).contains(side);
        match sides.as_slice() {
            [rows, columns] if sides.iter().all(is_side) => {
                Ok(Some([*rows as usize, *columns as usize]))
            }
            _ => Err(DraftFault::Kernel),
        }
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

/// Numbers as they are typed; real ones with a point.
fn typed(numbers: &Numbers, kind: Kind) -> String {
    let one = |value: &f64| match kind {
        Kind::Integers => value.to_string(),
        Kind::Reals => format!("{value:?}"),
    };
    let line = |row: &[f64]| row.iter().map(one).collect::<Vec<_>>().join(", ");
    match numbers {
        Numbers::One(value) => one(value),
        Numbers::Row(row) if row.len() == 1 => format!("[{}]", line(row)),
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

/// An entry as a person may have typed it, as far as there are fields for it ([`Draft::left_out`]).
impl From<&Entry> for Draft {
    fn from(entry: &Entry) -> Draft {
        let mut draft = Draft::default();
        let mut put = |field: Field, text: String| draft.put(field, text);
        let number = |number: Option<f64>| number.map_or_else(String::new, |one| one.to_string());
        let codes = |numbers: &Numbers| typed(numbers, Kind::Integers);
        put(Field::Operator, key_of(Field::Operator, Some(entry.operator)));
        put(Field::A, codes(&entry.a));
        put(Field::B, codes(&entry.b));
        put(Field::Sums, codes(&entry.sums));
        put(Field::AType, key_of(Field::AType, entry.types.a));
        put(Field::BType, key_of(Field::BType, entry.types.b));
        put(Field::OutputType, key_of(Field::OutputType, entry.types.output));
        put(Field::Layout, key_of(Field::Layout, entry.layout));
        if let Some([rows, columns]) = entry.kernel {
            put(Field::Kernel, format!("{rows}, {columns}"));
        }
        put(Field::AZeroPoint, codes(&entry.zero_points.a));
        put(Field::BZeroPoint, codes(&entry.zero_points.b));
        if entry.zero_points.output != 0 {
            put(Field::OutputZeroPoint, entry.zero_points.output.to_string());
        }
        put(Field::AScale, number(entry.scales.a));
        put(Field::BScale, codes(&entry.scales.b));
        put(Field::OutputScale, number(entry.scales.output));
        match &entry.bias {
            Some(Bias::Integer(bias)) => put(Field::Bias, codes(bias)),
            Some(Bias::Real(bias)) => put(Field::Bias, typed(bias, Kind::Reals)),
            None => {}
        }
        if entry.relu {
            put(Field::Relu, "yes".into());
        }
        let said = entry.answers;
        put(Field::WhoIsWrong, key_of(Field::WhoIsWrong, said.who_is_wrong));
        put(Field::HowLarge, key_of(Field::HowLarge, said.how_large));
        put(Field::Kind, key_of(Field::Kind, said.kind));
        let half = said.float16.map_or("", |half| if half { "yes" } else { "no" });
        put(Field::Float16, half.into());
        put(Field::ComparedWith, key_of(Field::ComparedWith, said.compared_with));
        put(Field::OneCpu, key_of(Field::OneCpu, said.one_cpu));
        let places = places(&entry.seen);
        for (seen, [field, _]) in &places {
            draft.put(*field, codes(&seen.values));
        }
        for (seen, [field, label]) in places {
            if seen.label != draft.default_label(field) {
                draft.put(label, seen.label.clone());
            }
        }
        draft
    }
}

/// The fields of results: what is expected stands last, as long as there is room for it.
fn places<'a>(all: &'a [Seen]) -> Vec<(&'a Seen, [Field; 2])> {
    let mut free = Field::SEEN.to_vec();
    let place = |seen: &'a Seen| {
        let is_last = is_expectation(&seen.label) && free.last() == Field::SEEN.last();
        let at = if is_last { free.len() - 1 } else { 0 };
        (at < free.len()).then(|| (seen, free.remove(at)))
    };
    all.iter().filter_map(place).collect()
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
            .with(Field::BScale, "[0.5]")
            .with(Field::Kernel, "1, 2")
            .with(Field::Bias, "7.0")
            .with(Field::Seen1, "32767")
            .with(Field::Label1, "Xeon, VNNI")
            .with(Field::Seen3, "64770");
        let entry = draft.entry().expect("it is one");
        assert_eq!(entry.zero_points.a, Numbers::One(3.0));
        assert_eq!(entry.scales.b, Numbers::Row(vec![0.5]));
        assert_eq!(entry.kernel, Some([1, 2]));
        assert_eq!(entry.bias, Some(Bias::Real(7.0.into())));
        let labels: Vec<&str> = entry.seen.iter().map(|seen| seen.label.as_str()).collect();
        assert_eq!(labels, ["Xeon, VNNI", "expected"]);
        assert_eq!(Draft::from(&entry), draft);
        assert_eq!(Draft::left_out(&entry), <[String; 0]>::default());
        let bias = |text| Draft::default().with(Field::Bias, text).entry().expect("one").bias;
        assert_eq!(bias("7"), Some(Bias::Integer(7.0.into())));
    }

    fn seen(labels: &[&str]) -> Entry {
        let one = |(at, label): (u8, &&str)| Seen {
            label: (*label).into(),
            values: f64::from(at).into(),
            ..Seen::default()
        };
        Entry { seen: (1..).zip(labels).map(one).collect(), ..Entry::default() }
    }

    #[test]
    fn results_keep_their_labels() {
        for labels in [
            &["AVX2", "VNNI"][..],
            &["without VNNI", "with VNNI", "by hand"],
            &["machine 1", "machine 2", "expected"],
            &["seen", "wanted"],
            &["observed", "expected by NumPy"],
            &["a", "b", "c"],
            &["expected"],
            &["VNNI"],
            &[""],
        ] {
            let entry = seen(labels);
            assert_eq!(Draft::from(&entry).entry().as_ref(), Ok(&entry));
            assert_eq!(Draft::left_out(&entry).len(), 0);
        }
        // What is expected stands in its own field, and what does not fit is told.
        let draft = Draft::from(&seen(&["by hand", "VNNI"]));
        assert_eq!([draft.get(Field::Seen1), draft.get(Field::Seen3)], ["2", "1"]);
        assert_eq!(Draft::left_out(&seen(&["a", "b", "c", "d", "e"])), ["2 further results"]);
        let mut placed = seen(&["a"]);
        placed.seen[0].row = Some(1);
        assert_eq!(Draft::left_out(&placed).len(), 1);
    }

    #[test]
    fn a_report_that_is_read_again_keeps_what_was_typed_beside_it() {
        let of = |a: &str, b: &str| Draft::default().with(Field::A, a).with(Field::B, b);
        let nothing = Draft::default();
        // What was typed before stays where the text says nothing of it.
        assert_eq!(of("1", "").read_over(&of("", "5"), &nothing), of("1", "5"));
        // What is corrected by hand stays, until the text says something else.
        assert_eq!(of("1", "2").read_over(&of("9", "2"), &of("1", "2")), of("9", "2"));
        assert_eq!(of("3", "2").read_over(&of("9", "2"), &of("1", "2")), of("3", "2"));
        // What the text no longer says goes.
        assert_eq!(of("1", "").read_over(&of("1", "2"), &of("1", "2")), of("1", ""));
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
        for kernel in ["3", "3, 0.5", "1, 2, 3", "0, 1", "1e9, 1"] {
            assert_eq!(fault(Field::Kernel, kernel), Err(DraftFault::Kernel), "{kernel}");
        }
        assert!(!Draft::default().with(Field::Relu, "no").entry().expect("one").relu);
    }
}
