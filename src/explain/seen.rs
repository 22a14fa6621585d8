//! Results that were seen, checked, and the places where they may belong.

use super::entry::Seen;
use super::fault::{EntryFault, Operand};
use super::limits::{MOST_LABEL, MOST_SEEN};
use super::numbers::Grid;

/// A result, checked.
#[derive(Clone, Debug)]
pub(super) struct SeenValues {
    /// Where it was seen, cut to [`MOST_LABEL`] characters.
    pub label: String,
    /// The part that is matched.
    pub values: Grid<f64>,
    /// Where it may belong; at least one place.
    pub places: Vec<Place>,
}

/// Where a result belongs in the outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The row of its first number.
    pub row: usize,
    /// The output of its first number.
    pub output: usize,
    /// Whether its rows are outputs, and its columns rows.
    pub is_turned: bool,
    /// How far it is from what is expected first.
    pub cost: u8,
}

impl Place {
    const FIRST: Place = Place { row: 0, output: 0, is_turned: false, cost: 0 };

    /// The row and output of a number of the result.
    pub fn cell(self, row: usize, column: usize) -> [usize; 2] {
        let [row, column] = if self.is_turned { [column, row] } else { [row, column] };
        [self.row + row, self.output + column]
    }
}

impl SeenValues {
    /// Every result of an entry with so many rows and outputs, of which at most so many are matched.
    pub fn check(
        all: &[Seen],
        shape: [usize; 2],
        most: [usize; 2],
    ) -> Result<Vec<SeenValues>, EntryFault> {
        if all.len() > MOST_SEEN {
            return Err(EntryFault::TooManySeen { found: all.len() });
        }
        all.iter().enumerate().map(|(index, seen)| Self::one(index, seen, shape, most)).collect()
    }

    fn one(
        index: usize,
        seen: &Seen,
        shape: [usize; 2],
        most: [usize; 2],
    ) -> Result<SeenValues, EntryFault> {
        let found = seen.values.shape(Operand::Seen(index))?;
        let matched = [0, 1].map(|side| shape[side].min(most[side]));
        let is_within = |at: Option<usize>, most: usize| at.is_none_or(|at| at < most);
        if !is_within(seen.row, matched[0]) || !is_within(seen.output, matched[1]) {
            return Err(EntryFault::SeenPlace { seen: index, matched });
        }
        let places = places(found, shape, matched, [seen.row, seen.output]);
        if places.is_empty() {
            return Err(EntryFault::SeenShape { seen: index, found, expected: shape });
        }
        let values = seen.values.grid(Operand::Seen(index))?;
        let is_turned = places.iter().all(|place| place.is_turned);
        let [rows, columns] = if is_turned { [matched[1], matched[0]] } else { matched };
        let label = seen.label.trim().chars().take(MOST_LABEL).collect();
        Ok(SeenValues { label, values: values.corner(rows, columns), places })
    }

    /// Its numbers with their rows and columns.
    pub fn cells(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        let columns = self.values.columns;
        let values = self.values.values.iter().enumerate();
        values.map(move |(at, &value)| (at / columns, at % columns, value))
    }

    /// How many numbers are matched.
    pub fn count(&self) -> usize {
        self.values.values.len()
    }
}

/// The places where a result of some shape may belong among rows × outputs.
fn places(
    found: [usize; 2],
    shape: [usize; 2],
    matched: [usize; 2],
    at: [Option<usize>; 2],
) -> Vec<Place> {
    let [rows, outputs] = shape;
    let every = |asked: Option<usize>, most: usize| match asked {
        Some(one) => one..one + 1,
        None => 0..most,
    };
    let place = |row, output, is_turned, cost| Place { row, output, is_turned, cost };
    let along = |row| place(row, 0, false, 0);
    let down = |output, cost| place(0, output, true, cost);
    if found == [1, 1] {
        let all = every(at[0], matched[0]).flat_map(|row| {
            every(at[1], matched[1]).map(move |output| place(row, output, false, 0))
        });
        return all.collect();
    }
    if found == shape && found[0] > 1 {
        // Of a square the other way round, too.
        let turned = (rows == outputs).then_some(place(0, 0, true, 2));
        return [Some(Place::FIRST), turned].into_iter().flatten().collect();
    }
    match found {
        [1, n] if n == outputs => {
            let is_row = at[1].is_none() || rows != outputs;
            let rows_first = if is_row { every(at[0], matched[0]) } else { 0..0 };
            let rows_first = rows_first.map(along);
            // A column that is written in a line.
            let is_column = at[0].is_none() && rows == outputs;
            let columns = if is_column { every(at[1], matched[1]) } else { 0..0 };
            rows_first.chain(columns.map(|output| down(output, 1))).collect()
        }
        // One output of every row.
        [1, m] if m == rows => every(at[1], matched[1]).map(|one| down(one, 0)).collect(),
        [m, 1] if m == rows => {
            let column = |output| place(0, output, false, 0);
            every(at[1], matched[1]).map(column).collect()
        }
        [n, 1] if n == outputs => {
            every(at[0], matched[0]).map(|row| place(row, 0, true, 0)).collect()
        }
        [n, m] if [m, n] == shape => vec![place(0, 0, true, 0)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::limits::MOST_MATCHED;

    fn of(found: [usize; 2], shape: [usize; 2]) -> Vec<[usize; 3]> {
        let matched = shape.map(|count| count.min(MOST_MATCHED));
        let all = places(found, shape, matched, [None, None]);
        all.iter().map(|one| [one.row, one.output, usize::from(one.is_turned)]).collect()
    }

    #[test]
    fn a_result_has_its_places() {
        assert_eq!(of([1, 1], [2, 2]), [[0, 0, 0], [0, 1, 0], [1, 0, 0], [1, 1, 0]]);
        assert_eq!(of([1, 3], [2, 3]), [[0, 0, 0], [1, 0, 0]]);
        assert_eq!(of([1, 2], [2, 3]), [[0, 0, 1], [0, 1, 1], [0, 2, 1]]);
        assert_eq!(of([1, 2], [2, 2]), [[0, 0, 0], [1, 0, 0], [0, 0, 1], [0, 1, 1]]);
        assert_eq!(of([2, 1], [2, 3]), [[0, 0, 0], [0, 1, 0], [0, 2, 0]]);
        assert_eq!(of([2, 3], [2, 3]), [[0, 0, 0]]);
        assert_eq!(of([3, 2], [2, 3]), [[0, 0, 1]]);
        assert_eq!(of([2, 2], [2, 2]), [[0, 0, 0], [0, 0, 1]]);
        assert_eq!(of([4, 2], [2, 3]), <[[usize; 3]; 0]>::default());
        assert_eq!(of([1, 1], [40, 40]).len(), MOST_MATCHED * MOST_MATCHED);
        let turned = places([1, 2], [2, 3], [2, 3], [None, Some(2)]);
        assert_eq!(turned[0].cell(0, 1), [1, 2]);
    }

    #[test]
    fn a_place_that_is_not_matched_is_refused() {
        let seen = Seen { values: 3.0.into(), row: Some(16), ..Seen::default() };
        let fault = SeenValues::check(&[seen], [40, 1], [MOST_MATCHED; 2])
            .expect_err("beyond the first rows");
        assert_eq!(fault, EntryFault::SeenPlace { seen: 0, matched: [16, 1] });
    }
}
