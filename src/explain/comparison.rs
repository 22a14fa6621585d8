//! [`Comparison`]: a result beside the exact one, with the arithmetic that gives it.

use super::finding::{Code, Finding};
use super::finish::{Clamp, CodeRule, Finish, Omitted, Quantity};
use super::matcher::{Matcher, Source, SumSet};
use super::rounding::NEAREST;
use super::search::Candidate;
use super::seen::{Place, SeenValues};
use super::sum_rule::SumRule;
use super::view::{Reading, View};
use super::words;

/// The arithmetic that gives a result.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reason {
    /// How its sums are made; `None` where they were given.
    pub source: Option<Source>,
    /// Its sums.
    pub set: usize,
    /// In which form they are seen.
    pub finish: Finish,
    /// Where the result belongs.
    pub place: Place,
    /// How far it is from what is expected.
    pub cost: u8,
}

/// A number of a result.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compared {
    /// Its row and output.
    pub cell: [usize; 2],
    /// The number.
    pub seen: f64,
    /// What the exact sum gives in the same form.
    pub expected: f64,
    /// The exact sum, zero points taken off.
    pub exact: i64,
    /// The sum of the arithmetic that gives the number, if one does.
    pub made: Option<i64>,
}

/// A result beside the exact one.
pub(super) struct Comparison<'a> {
    /// What was tried.
    pub matcher: &'a Matcher<'a>,
    /// The reading that counts as the right one; `None` where sums were given.
    pub view: Option<&'a View>,
    /// The exact sums in it.
    pub exact: &'a SumSet,
    /// Which result, from 0; `None` for one that nobody has seen.
    pub seen: Option<usize>,
    /// The arithmetic that gives all of it.
    pub reason: Option<Reason>,
    /// The form in which the exact sums are expected.
    pub expected: Finish,
    /// Where the result belongs.
    pub place: Place,
    /// Its numbers.
    pub cells: Vec<Compared>,
}

/// The form that is expected where another one is seen.
fn expected_form(finish: Finish) -> Finish {
    let plain = |rule: CodeRule| CodeRule {
        rounding: NEAREST,
        clamp: Clamp::Range,
        omitted: Omitted::Nothing,
        ..rule
    };
    match finish {
        Finish::Sum(_) => Finish::Sum(super::finish::SumForm::AsIs),
        Finish::Real(form) => Finish::Real(form),
        Finish::Code(rule) => Finish::Code(plain(rule)),
        Finish::RealOfCode(rule) => Finish::RealOfCode(plain(rule)),
    }
}

impl<'a> Comparison<'a> {
    /// Of a result.
    pub fn new(
        matcher: &'a Matcher<'a>,
        view: Option<&'a View>,
        exact: &'a SumSet,
        (index, seen): (usize, &SeenValues),
        reason: Option<Reason>,
        nearest: Option<Candidate>,
    ) -> Comparison<'a> {
        let guess = || {
            let finish = nearest.and_then(|one| matcher.finishes.get(one.finish)).copied();
            finish.or(matcher.finishes.first().copied())
        };
        let form = reason.map(|reason| reason.finish).or_else(guess);
        let expected = expected_form(form.unwrap_or(Finish::Sum(super::finish::SumForm::AsIs)));
        let place = reason.map(|reason| reason.place).or(nearest.map(|one| one.place));
        let place = place.unwrap_or(seen.places[0]);
        let cells = seen.cells().map(|(row, column, value)| (place.cell(row, column), value));
        let mut made = Self {
            matcher,
            view,
            exact,
            seen: Some(index),
            reason,
            expected,
            place,
            cells: Vec::new(),
        };
        made.cells = cells.filter_map(|(cell, value)| made.compared(cell, value)).collect();
        made
    }

    /// Of what an arithmetic would give, which nobody has seen.
    pub fn predicted(
        matcher: &'a Matcher<'a>,
        view: Option<&'a View>,
        exact: &'a SumSet,
        reason: Reason,
    ) -> Comparison<'a> {
        let expected = expected_form(reason.finish);
        let place = reason.place;
        let reason = Some(reason);
        let mut made =
            Self { matcher, view, exact, seen: None, reason, expected, place, cells: Vec::new() };
        let [rows, outputs] = exact.shape;
        let set = reason.and_then(|reason| matcher.sets.get(reason.set));
        let given = set.zip(reason).map(|(set, reason)| matcher.given(set, reason.finish));
        let given = given.unwrap_or_default();
        let cells = (0..rows).flat_map(|row| (0..outputs).map(move |output| [row, output]));
        let values = cells.zip(given);
        made.cells = values.filter_map(|(cell, value)| made.compared(cell, value)).collect();
        made
    }

    fn compared(&self, [row, output]: [usize; 2], seen: f64) -> Option<Compared> {
        let [rows, outputs] = self.exact.shape;
        if row >= rows || output >= outputs {
            return None;
        }
        let at = row * outputs + output;
        let exact = *self.exact.values.get(at)?;
        let expected = self.expected.apply(self.matcher.ending, exact, output);
        let set = self.reason.and_then(|reason| self.matcher.sets.get(reason.set));
        let made = set.and_then(|set| set.values.get(at)).copied();
        Some(Compared { cell: [row, output], seen, expected, exact, made })
    }

    /// The rule of the arithmetic, and the operands as it takes them.
    pub fn rule(&self) -> Option<(&'a View, &'a SumRule, Source)> {
        let source = self.reason?.source?;
        let view = self.matcher.views.get(source.view)?;
        let rule = self.matcher.rules.get(source.view)?.get(source.rule)?;
        Some((view, rule, source))
    }

    /// The reading that counts as the right one.
    pub fn reading(&self) -> Option<Reading> {
        self.view.map(|view| view.reading)
    }

    /// What kind of number is seen.
    pub fn quantity(&self) -> Quantity {
        self.expected.quantity()
    }

    /// Numbers other than expected.
    pub fn differing(&self) -> impl Iterator<Item = &Compared> {
        self.cells.iter().filter(|one| !self.expected.is(one.expected, one.seen))
    }

    /// The number that is farthest from what is expected, among some.
    pub fn worst(&self, is_asked: impl Fn(&Compared) -> bool) -> Option<&Compared> {
        let asked = self.cells.iter().filter(|one| is_asked(one));
        // The first of equals.
        asked.rev().max_by(|a, b| a.off().total_cmp(&b.off()))
    }

    /// The start of a sentence about a number: `Row 0, output 2 is 34491 in place of 40214`; where only
    /// its sum is another, that is said.
    pub fn head(&self, one: &Compared) -> String {
        let [seen, expected] = [one.seen, one.expected].map(words::number);
        let cell = words::capital(&words::cell(self.exact.shape, one.cell));
        if seen == expected {
            let sums = [one.made.unwrap_or(one.exact), one.exact].map(words::whole);
            let [made, exact] = sums;
            let verb = if self.seen.is_some() { "is" } else { "can be" };
            let subject = match cell.as_str() {
                "" => "The sum".to_string(),
                cell => format!("{cell}: the sum"),
            };
            return format!("{subject} {verb} {made} in place of {exact}, which leaves {seen}");
        }
        match (self.seen, cell.as_str()) {
            (Some(_), "") => format!("{seen} in place of {expected}"),
            (Some(_), cell) => format!("{cell} is {seen} in place of {expected}"),
            (None, "") => format!("It can be {seen} in place of {expected}"),
            (None, cell) => format!("{cell} can be {seen} in place of {expected}"),
        }
    }

    /// A finding about some numbers, of the size of the worst among them.
    pub fn finding(&self, code: Code, sentence: String, cells: Vec<[usize; 2]>) -> Finding {
        let about = self.cells.iter().filter(|one| cells.contains(&one.cell));
        let size = about.map(Compared::off).fold(0.0, f64::max);
        Finding { code, sentence, size, cells, seen: self.seen, source: code.source() }
    }
}

impl Compared {
    /// How far it is from what is expected.
    pub fn off(&self) -> f64 {
        (self.seen - self.expected).abs()
    }

    /// Whether the sum that gives it is another than the exact one.
    pub fn has_other_sum(&self) -> bool {
        self.made.is_some_and(|made| made != self.exact)
    }
}
