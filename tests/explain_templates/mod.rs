//! The forms of sentences of an explanation, each with the check of its numbers.

mod checks;
mod facts;
mod forms;

use std::collections::BTreeMap;

use facts::Facts;
use rampscope::explain::{Entry, Explanation};

/// What a form is held against.
pub struct Case<'a> {
    pub facts: &'a Facts,
    /// The result that it is about; `None` where nobody has seen it.
    pub seen: Option<usize>,
    /// The cell that the sentence before it was about.
    pub cell: [usize; 2],
    /// The place of its products' group.
    pub group: Vec<usize>,
}

/// A form: literal text, and what stands in its gaps.
pub struct Form {
    pub text: &'static str,
    pub check: fn(&mut Case, &[&str]),
}

/// How much was told.
#[derive(Default)]
pub struct Told {
    pub sentences: usize,
    pub numbers: usize,
    by_form: BTreeMap<&'static str, usize>,
}

impl std::fmt::Debug for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{} sentences, {} numbers", self.sentences, self.numbers)?;
        self.by_form.iter().try_for_each(|(form, count)| writeln!(f, "{count:6} {form}"))
    }
}

/// What stands in the gaps of a form, if a text is of it.
fn gaps<'t>(form: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let parts: Vec<&str> = form.split("{}").collect();
    let (first, rest) = parts.split_first()?;
    let mut left = text.strip_prefix(first)?;
    let mut found = Vec::new();
    for (at, part) in rest.iter().enumerate() {
        let is_last = at + 1 == rest.len();
        let end = if is_last && part.is_empty() {
            left.len()
        } else if is_last {
            left.ends_with(part).then(|| left.len() - part.len())?
        } else {
            left.find(part)?
        };
        found.push(&left[..end]);
        left = &left[end + part.len()..];
    }
    left.is_empty().then_some(found)
}

/// The sentences of a text: each ends with a stop.
fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut left = text;
    while let Some(end) = left.find(". ") {
        all.push(&left[..end]);
        left = &left[end + 2..];
    }
    let last = left.strip_suffix('.').unwrap_or_else(|| panic!("it ends with a stop: {text}"));
    all.push(last);
    all
}

/// A number as sentences write it.
pub fn number(text: &str) -> f64 {
    text.replace('−', "-").parse().unwrap_or_else(|_| panic!("{text} is no number"))
}

impl Told {
    pub fn check(&mut self, name: &str, entry: &Entry, answer: &Explanation) {
        let facts = Facts::of(entry, answer);
        for finding in &answer.findings {
            self.text(name, &facts, finding.seen, &finding.sentence);
        }
        for (index, seen) in answer.seen.iter().enumerate() {
            self.text(name, &facts, Some(index), &seen.sentence);
            if !seen.tell_apart.is_empty() {
                self.text(name, &facts, Some(index), &seen.tell_apart);
            }
        }
        for note in &answer.notes {
            self.text(name, &facts, None, note);
        }
        if !answer.seen.is_empty() {
            let all: Vec<String> = answer
                .seen
                .iter()
                .map(|one| match one.label.as_str() {
                    "" => one.sentence.clone(),
                    label => format!("{label}: {}", one.sentence),
                })
                .collect();
            assert_eq!(answer.sentence, all.join(" "));
        }
    }

    fn text(&mut self, name: &str, facts: &Facts, seen: Option<usize>, text: &str) {
        let mut case = Case { facts, seen, cell: [0, 0], group: Vec::new() };
        for sentence in sentences(text) {
            let of = |form: &&Form| gaps(form.text, sentence).is_some();
            let form = forms::FORMS
                .iter()
                .find(of)
                .unwrap_or_else(|| panic!("{name}: no form for “{sentence}”"));
            let found = gaps(form.text, sentence).expect("it is of the form");
            let at = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                (form.check)(&mut case, &found);
            }));
            assert!(at.is_ok(), "{name}: {text}\n{:?}", facts.entry);
            *self.by_form.entry(form.text).or_default() += 1;
            self.sentences += 1;
            self.numbers += found
                .iter()
                .flat_map(|gap| gap.split(|c: char| !(c.is_ascii_digit() || c == '.')))
                .filter(|piece| piece.starts_with(|c: char| c.is_ascii_digit()))
                .count();
        }
    }

    /// Forms that no sentence was of.
    pub fn unmet(&self) -> Vec<&'static str> {
        let rare = forms::RARE;
        let all = forms::FORMS.iter().map(|form| form.text);
        all.filter(|form| !self.by_form.contains_key(form) && !rare.contains(form)).collect()
    }
}
