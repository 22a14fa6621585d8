//! Why are these two numbers different?
//!
//! An [`Entry`] holds two operands of a product with their types, layout, zero points and scales, as far
//! as they are known, and the results that were seen. [`explain`] tries every arithmetic of the table of
//! engines and what people and instructions do beside it, and says which gives each result, in which
//! words; where none does, what it is not. Nothing is near enough: equal is equal.
//!
//! The way of an entry: it is checked against the limits first ([`EntryFault`]); every reading that it
//! allows becomes a view of its operands; every rule makes its sums once; equal sums are one set; each
//! set in each form is held against what was seen. What gives a result is compared with the exact one,
//! and [`Finding`]s say what makes the difference.
//!
//! Rows, outputs and inputs are counted from 0.

mod apart;
mod bits;
mod choose;
mod code_name;
mod code_type;
mod comparison;
mod draft;
mod draft_fault;
mod elementwise;
mod ending;
mod entry;
mod explanation;
mod fault;
mod field;
mod finding;
mod findings;
mod finish;
mod fits;
mod following;
mod limits;
mod markdown;
mod matched;
mod matcher;
mod notes;
mod numbers;
mod operands;
mod pointwise;
mod product;
mod quantizing;
mod questions;
pub mod report;
mod rounding;
mod search;
mod seen;
mod sum_rule;
mod sums;
mod told;
mod verdict;
mod view;
mod words;
mod zero_points;

pub use code_type::CodeType;
pub use draft::Draft;
pub use draft_fault::DraftFault;
pub use entry::{Bias, Entry, Layout, Operator, Scales, Seen, Types, ZeroPoints};
pub use explanation::{Exact, Explanation, Nearest, SeenExplanation, TriedReading};
pub use fault::{EntryFault, Operand};
pub use field::{EXAMPLES, Field, FieldKind};
pub use finding::{Code, Finding};
pub use finish::Quantity;
pub use limits::{MOST_INPUTS, MOST_NUMBERS, MOST_SEEN};
pub use markdown::Shown;
pub use matched::Match;
pub use numbers::Numbers;
pub use questions::{Answers, ComparedWith, HowLarge, Kind, OneCpu, Question, WhoIsWrong};
pub use verdict::{Is, Verdict, verdict};
pub use view::{Mistake, Reading};
pub use zero_points::ZeroPointRule;

/// The answer about an entry.
///
/// # Errors
/// [`EntryFault`] where it does not fit together, or is beyond the limits.
pub fn explain(entry: &Entry) -> Result<Explanation, EntryFault> {
    let has_numbers = [&entry.a, &entry.b, &entry.sums].iter().any(|one| !one.is_empty());
    if !has_numbers && entry.seen.is_empty() && entry.answers != Answers::default() {
        return Ok(asked(entry.answers));
    }
    match entry.operator {
        Operator::Product => product::explain(entry),
        Operator::Quantize => elementwise::answer(entry, &quantizing::elements(entry)?),
        Operator::Add => elementwise::answer(entry, &pointwise::add(entry)?),
        Operator::Sigmoid => elementwise::answer(entry, &pointwise::sigmoid(entry)?),
    }
}

/// What answers alone come to.
fn asked(answers: Answers) -> Explanation {
    let verdict = verdict(answers, &[]);
    Explanation {
        sentence: verdict.sentence.into(),
        readings: Vec::new(),
        reading: None,
        exact: Exact::default(),
        seen: Vec::new(),
        findings: Vec::new(),
        notes: Vec::new(),
        answers,
        open: answers.open().collect(),
        verdict,
    }
}
