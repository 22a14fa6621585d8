//! [`Explanation`]: the answer.

use serde::Serialize;

use super::finding::Finding;
use super::finish::Quantity;
use super::matched::Match;
use super::questions::{Answers, Question};
use super::verdict::Verdict;
use super::view::Reading;

/// What an entry comes to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The answer in a few words: each result, or what can happen.
    pub sentence: String,
    /// The readings that were tried, with how many results each explains.
    pub readings: Vec<TriedReading>,
    /// Which of them the rest is about; `None` where there is none to choose.
    pub reading: Option<usize>,
    /// The exact results.
    pub exact: Exact,
    /// Each result that was seen.
    pub seen: Vec<SeenExplanation>,
    /// What makes the numbers different, in order of size.
    pub findings: Vec<Finding>,
    /// What was done and should be known: what is ambiguous, what was left out.
    pub notes: Vec<String>,
    /// What is known of the case: said, or following from the numbers.
    pub answers: Answers,
    /// Questions without an answer.
    pub open: Vec<Question>,
    /// Whether it is this at all.
    pub verdict: Verdict,
}

/// A reading that was tried.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TriedReading {
    /// How the operands are read.
    pub reading: Reading,
    /// How many of the results some arithmetic gives in it.
    pub explained: usize,
}

/// The exact results, rows × outputs as far as they are matched.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Exact {
    /// Sums, zero points taken off, with an integer bias.
    pub sums: Vec<Vec<i64>>,
    /// The output codes nearest to the exact values, where there is an output scale.
    pub codes: Option<Vec<Vec<i32>>>,
}

/// A result that was seen, and what gives it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SeenExplanation {
    /// Where it was seen.
    pub label: String,
    /// What kind of number it is taken for.
    pub quantity: Quantity,
    /// Row and output of its first number.
    pub place: [usize; 2],
    /// Whether its rows are outputs.
    pub is_turned: bool,
    /// Its numbers, as far as they are matched.
    pub values: Vec<Vec<f64>>,
    /// What is expected in their places.
    pub expected: Vec<Vec<f64>>,
    /// Whether each differs from that.
    pub differs: Vec<Vec<bool>>,
    /// How many numbers some arithmetic gives.
    pub explained: usize,
    /// Every arithmetic that gives all of them.
    pub matches: Vec<Match>,
    /// What comes nearest, where nothing gives all.
    pub nearest: Option<Nearest>,
    /// What gives it, in a sentence.
    pub sentence: String,
    /// What would tell the arithmetic from others that give the same; empty where there is no other.
    pub tell_apart: String,
}

/// The sentences of all results, each with its label.
pub(super) fn joined(seen: &[SeenExplanation]) -> String {
    let said = seen.iter().map(|one| match one.label.as_str() {
        "" => one.sentence.clone(),
        label => format!("{label}: {}", one.sentence),
    });
    said.collect::<Vec<String>>().join(" ")
}

/// What comes nearest to a result.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Nearest {
    /// It, in words.
    pub words: String,
    /// Its number that is farthest from what was seen.
    pub value: f64,
    /// How far.
    pub distance: f64,
}
