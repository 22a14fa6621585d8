//! [`Numbers`]: a number, a row or a matrix as it comes, and [`Grid`], the same checked.

use serde::{Deserialize, Serialize};

use super::fault::{EntryFault, Operand};
use super::limits::MOST_NUMBERS;

/// A number, a row, or a matrix row by row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Numbers {
    /// One number.
    One(f64),
    /// A row.
    Row(Vec<f64>),
    /// A matrix.
    Matrix(Vec<Vec<f64>>),
}

impl Default for Numbers {
    fn default() -> Self {
        Numbers::Row(Vec::new())
    }
}

impl From<f64> for Numbers {
    fn from(one: f64) -> Self {
        Numbers::One(one)
    }
}

impl From<Vec<f64>> for Numbers {
    fn from(row: Vec<f64>) -> Self {
        Numbers::Row(row)
    }
}

impl From<Vec<Vec<f64>>> for Numbers {
    fn from(rows: Vec<Vec<f64>>) -> Self {
        Numbers::Matrix(rows)
    }
}

impl Numbers {
    /// Whether there is no number.
    pub fn is_empty(&self) -> bool {
        match self {
            Numbers::One(_) => false,
            Numbers::Row(row) => row.is_empty(),
            Numbers::Matrix(rows) => rows.iter().all(Vec::is_empty),
        }
    }

    /// Every number, row by row.
    pub fn iter(&self) -> impl Iterator<Item = f64> {
        let (one, row, rows): (Option<f64>, &[f64], &[Vec<f64>]) = match self {
            Numbers::One(one) => (Some(*one), &[], &[]),
            Numbers::Row(row) => (None, row, &[]),
            Numbers::Matrix(rows) => (None, &[], rows),
        };
        one.into_iter().chain(row.iter().copied()).chain(rows.iter().flatten().copied())
    }

    /// The same with other numbers.
    pub(super) fn map(&self, each: impl Fn(f64) -> f64) -> Numbers {
        let row = |row: &Vec<f64>| row.iter().copied().map(&each).collect();
        match self {
            Numbers::One(one) => Numbers::One(each(*one)),
            Numbers::Row(one) => Numbers::Row(row(one)),
            Numbers::Matrix(rows) => Numbers::Matrix(rows.iter().map(row).collect()),
        }
    }

    /// Rows and columns as the first row has them; a number or a row is a matrix of one row.
    pub(super) fn extent(&self) -> [usize; 2] {
        match self {
            Numbers::One(_) => [1, 1],
            Numbers::Row(row) => [1, row.len()],
            Numbers::Matrix(rows) => [rows.len(), rows.first().map_or(0, Vec::len)],
        }
    }

    /// The same, checked. Nothing is copied.
    pub(super) fn shape(&self, what: Operand) -> Result<[usize; 2], EntryFault> {
        let [rows, columns] = self.extent();
        if rows == 0 || columns == 0 {
            return Err(EntryFault::Missing { what });
        }
        if rows.checked_mul(columns).is_none_or(|count| count > MOST_NUMBERS) {
            return Err(EntryFault::TooManyNumbers { what });
        }
        if let Numbers::Matrix(all) = self
            && let Some(row) = all.iter().position(|row| row.len() != columns)
        {
            return Err(EntryFault::Ragged { what, row, found: all[row].len(), expected: columns });
        }
        match self.iter().position(|value| !value.is_finite()) {
            Some(at) => {
                Err(EntryFault::NotFinite { what, row: at / columns, column: at % columns })
            }
            None => Ok([rows, columns]),
        }
    }

    /// A copy, row by row, once its [`shape`](Self::shape) is known to be good.
    pub(super) fn grid(&self, what: Operand) -> Result<Grid<f64>, EntryFault> {
        let [rows, columns] = self.shape(what)?;
        Ok(Grid { rows, columns, values: self.iter().collect() })
    }
}

/// A matrix of at least one row and column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid<T> {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Row by row.
    pub values: Vec<T>,
}

impl<T: Copy> Grid<T> {
    /// An element.
    pub fn at(&self, row: usize, column: usize) -> T {
        self.values[row * self.columns + column]
    }

    /// The same with other elements.
    pub fn map<U>(&self, each: impl FnMut(T) -> U) -> Grid<U> {
        let values = self.values.iter().copied().map(each).collect();
        Grid { rows: self.rows, columns: self.columns, values }
    }

    /// The first rows and columns, at most so many of each.
    pub fn corner(&self, rows: usize, columns: usize) -> Grid<T> {
        let (rows, columns) = (self.rows.min(rows), self.columns.min(columns));
        let kept = self.values.chunks(self.columns).take(rows);
        let values = kept.flat_map(|row| row[..columns].iter().copied()).collect();
        Grid { rows, columns, values }
    }

    /// Rows and columns exchanged.
    pub fn turned(&self) -> Grid<T> {
        let columns = 0..self.columns;
        let values = columns.flat_map(|column| (0..self.rows).map(move |row| self.at(row, column)));
        Grid { rows: self.columns, columns: self.rows, values: values.collect() }
    }

    /// As nested lists.
    pub fn nested(&self) -> Vec<Vec<T>> {
        self.values.chunks(self.columns).map(<[T]>::to_vec).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_checked_before_anything_is_copied() {
        let of = |numbers: Numbers| numbers.shape(Operand::A);
        assert_eq!(of(Numbers::One(3.0)), Ok([1, 1]));
        assert_eq!(of(vec![1.0, 2.0].into()), Ok([1, 2]));
        assert_eq!(of(vec![vec![1.0], vec![2.0]].into()), Ok([2, 1]));
        assert_eq!(of(Numbers::default()), Err(EntryFault::Missing { what: Operand::A }));
        let ragged = EntryFault::Ragged { what: Operand::A, row: 1, found: 2, expected: 1 };
        assert_eq!(of(vec![vec![1.0], vec![2.0, 3.0]].into()), Err(ragged));
        let not_finite = EntryFault::NotFinite { what: Operand::A, row: 1, column: 0 };
        assert_eq!(of(vec![vec![1.0], vec![f64::NAN]].into()), Err(not_finite));
        let many = EntryFault::TooManyNumbers { what: Operand::A };
        assert_eq!(of(vec![0.0; MOST_NUMBERS + 1].into()), Err(many));
    }

    #[test]
    fn a_grid_turns_and_has_a_corner() {
        let grid = Grid { rows: 2, columns: 3, values: vec![1, 2, 3, 4, 5, 6] };
        assert_eq!(grid.turned().nested(), [[1, 4], [2, 5], [3, 6]]);
        assert_eq!(grid.corner(9, 2).nested(), [[1, 2], [4, 5]]);
        assert_eq!(grid.at(1, 2), 6);
    }
}
