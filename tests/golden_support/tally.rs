//! Counts of matched values, one line a field.

use super::ReplayError;

/// How many values of a recorded field are reproduced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The recording's `set`.
    pub set: String,
    /// The field or engine.
    pub what: String,
    /// Values reproduced to the bit.
    pub matched: usize,
    /// Values recorded.
    pub total: usize,
}

impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}/{}", self.set, self.what, self.matched, self.total)
    }
}

/// An error if a line is not full.
pub fn verdict(lines: &[Line]) -> Result<(), ReplayError> {
    let short = lines.iter().filter(|line| line.matched != line.total);
    let lines: Vec<String> = short.map(Line::to_string).collect();
    if lines.is_empty() { Ok(()) } else { Err(ReplayError::Mismatch { lines }) }
}

/// The lines of a set, in the order in which their fields first come.
pub struct Tally {
    set: &'static str,
    lines: Vec<Line>,
}

impl Tally {
    /// Without a line yet.
    pub fn new(set: &'static str) -> Self {
        Tally { set, lines: Vec::new() }
    }

    /// Counts the integers that are equal.
    pub fn ints(&mut self, what: &str, recorded: &[i32], computed: &[i32]) {
        self.count(what, recorded, computed, |a, b| a == b);
    }

    /// Counts what is equal.
    pub fn same<T: PartialEq>(&mut self, what: &str, recorded: &[T], computed: &[T]) {
        self.count(what, recorded, computed, |a, b| a == b);
    }

    /// Counts the floats that are equal to the bit.
    pub fn reals(&mut self, what: &str, recorded: &[f32], computed: &[f32]) {
        self.count(what, recorded, computed, |a, b| a.to_bits() == b.to_bits());
    }

    /// The lines.
    ///
    /// An error if a field that the schema asks for has no line, or a line has no value.
    pub fn finish(self, fields: &[&str]) -> Result<Vec<Line>, ReplayError> {
        let full = |what: &str| self.lines.iter().any(|line| line.what == what && line.total > 0);
        let empty = self.lines.iter().find(|line| line.total == 0).map(|line| line.what.as_str());
        match fields.iter().copied().find(|what| !full(what)).or(empty) {
            Some(what) => {
                Err(ReplayError::Nothing { set: self.set.to_string(), what: what.to_string() })
            }
            None => Ok(self.lines),
        }
    }

    fn count<T>(&mut self, what: &str, recorded: &[T], computed: &[T], equal: fn(&T, &T) -> bool) {
        // A value that is not computed is not matched.
        let matched = recorded.iter().zip(computed).filter(|(a, b)| equal(a, b)).count();
        let index = self.lines.iter().position(|line| line.what == what).unwrap_or_else(|| {
            let (set, what) = (self.set.to_string(), what.to_string());
            self.lines.push(Line { set, what, matched: 0, total: 0 });
            self.lines.len() - 1
        });
        self.lines[index].matched += matched;
        self.lines[index].total += recorded.len();
    }
}
