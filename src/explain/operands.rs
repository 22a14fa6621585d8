//! [`Operands`]: A and B of a product, checked, with the readings that they allow.

use super::code_type::CodeType;
use super::entry::{Entry, Layout};
use super::fault::{EntryFault, Operand};
use super::limits::{MOST_INPUTS, MOST_MATCHED};
use super::numbers::{Grid, Numbers};
use crate::arith::RowShape;

/// A and B of a product.
#[derive(Clone, Debug)]
pub(super) struct Operands {
    /// M, also where fewer rows are matched.
    pub rows: usize,
    /// N, in every layout that fits.
    pub outputs: usize,
    /// What a row is made of.
    pub row_shape: RowShape,
    /// Rows of A that are matched.
    pub a: Grid<i32>,
    /// B as it was given.
    pub b: Grid<i32>,
    /// The layouts that come into question: the one that was given, or all that fit.
    pub layouts: Vec<Layout>,
    /// The types of A and of B that come into question, at least one each.
    pub types: [Vec<CodeType>; 2],
    /// Zero points of A (one, or one per row) and of B (one, or one per output).
    pub zero_points: [Vec<i32>; 2],
}

impl Operands {
    /// Those of an entry.
    pub fn check(entry: &Entry) -> Result<Operands, EntryFault> {
        let [rows, inputs] = entry.a.shape(Operand::A)?;
        let [b_rows, b_columns] = entry.b.shape(Operand::B)?;
        if inputs > MOST_INPUTS {
            return Err(EntryFault::TooManyInputs { inputs });
        }
        let fits = |layout: &Layout| match layout {
            Layout::Rows => b_columns == inputs,
            Layout::Columns => b_rows == inputs,
        };
        let asked = match entry.layout {
            Some(layout) => vec![layout],
            // A single number is a row.
            None if [b_rows, b_columns] == [1, 1] => vec![Layout::Rows],
            None => vec![Layout::Columns, Layout::Rows],
        };
        let layouts: Vec<Layout> = asked.into_iter().filter(fits).collect();
        let outputs = match layouts.first() {
            Some(Layout::Rows) => b_rows,
            Some(Layout::Columns) => b_columns,
            None => {
                return Err(EntryFault::Shapes { a: [rows, inputs], b: [b_rows, b_columns] });
            }
        };
        let zero_points = [
            zero_points(&entry.zero_points.a, Operand::ZeroPointsOfA, rows)?,
            zero_points(&entry.zero_points.b, Operand::ZeroPointsOfB, outputs)?,
        ];
        let codes = [codes(&entry.a, Operand::A)?, codes(&entry.b, Operand::B)?];
        let [of_a, of_b] = &zero_points;
        let types = [
            types(&codes[0], of_a, entry.types.a, [Operand::A, Operand::ZeroPointsOfA])?,
            types(&codes[1], of_b, entry.types.b, [Operand::B, Operand::ZeroPointsOfB])?,
        ];
        let [a, b] = codes;
        Ok(Operands {
            rows,
            outputs,
            row_shape: RowShape::new(inputs, entry.kernel.unwrap_or([1, 1])),
            a: a.corner(MOST_MATCHED, inputs),
            b,
            layouts,
            types,
            zero_points,
        })
    }

    /// K.
    pub fn inputs(&self) -> usize {
        self.row_shape.inputs()
    }

    /// The weights of the outputs that are matched, N × K.
    pub fn weights(&self, layout: Layout) -> Grid<i32> {
        match layout {
            Layout::Rows => self.b.corner(MOST_MATCHED, self.inputs()),
            Layout::Columns => self.b.corner(self.inputs(), MOST_MATCHED).turned(),
        }
    }

    /// Whether B fits A in the other layout too, whatever was given.
    pub fn is_square(&self) -> bool {
        self.b.rows == self.b.columns && self.b.rows == self.inputs() && self.b.rows > 1
    }
}

/// The value of a list of one, or of one for each.
pub(super) fn pick<T: Copy>(values: &[T], index: usize) -> T {
    values[if values.len() == 1 { 0 } else { index }]
}

/// The whole number that a value is, within ±2³¹.
pub(super) fn whole(value: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "within 32 bits and whole, as asked first")]
    let number = value as i64;
    (value.abs() <= 2_147_483_648.0 && value.fract() == 0.0).then_some(number)
}

/// The 8-bit code that a value is, of either type.
pub(super) fn code(value: f64) -> Option<i32> {
    let code = whole(value).and_then(|number| i32::try_from(number).ok())?;
    (-128..=255).contains(&code).then_some(code)
}

/// 8-bit codes of either type.
pub(super) fn codes(numbers: &Numbers, what: Operand) -> Result<Grid<i32>, EntryFault> {
    let grid = numbers.grid(what)?;
    if let Some(at) = grid.values.iter().position(|&value| code(value).is_none()) {
        let (row, column, value) = (at / grid.columns, at % grid.columns, grid.values[at]);
        return Err(EntryFault::NotACode { what, row, column, value, given: None });
    }
    Ok(grid.map(|value| code(value).unwrap_or(0)))
}

/// Zero points: none is 0, else one or one for each.
fn zero_points(numbers: &Numbers, what: Operand, expected: usize) -> Result<Vec<i32>, EntryFault> {
    if numbers.is_empty() {
        return Ok(vec![0]);
    }
    let [rows, columns] = numbers.shape(what)?;
    let found = rows * columns;
    if found != 1 && found != expected {
        return Err(EntryFault::Count { what, found, expected });
    }
    let grid = codes(numbers, what)?;
    let first = grid.values[0];
    // One zero point said many times is one.
    let is_one = grid.values.iter().all(|&value| value == first);
    Ok(if is_one { vec![first] } else { grid.values })
}

/// The types that all codes and zero points are of.
fn types(
    codes: &Grid<i32>,
    zero_points: &[i32],
    given: Option<CodeType>,
    [what, of_zero_point]: [Operand; 2],
) -> Result<Vec<CodeType>, EntryFault> {
    if let Some(given) = given
        && let Some(at) = codes.values.iter().position(|&code| !given.holds(code))
    {
        let (row, column) = (at / codes.columns, at % codes.columns);
        let value = codes.values[at].into();
        return Err(EntryFault::NotACode { what, row, column, value, given: Some(given) });
    }
    let asked = given.map_or(CodeType::ALL.to_vec(), |given| vec![given]);
    let hold = |one: &CodeType| codes.values.iter().all(|&code| one.holds(code));
    let possible: Vec<CodeType> = asked.into_iter().filter(hold).collect();
    if possible.is_empty() {
        let lowest = codes.values.iter().copied().min().unwrap_or(0);
        let highest = codes.values.iter().copied().max().unwrap_or(0);
        return Err(EntryFault::MixedTypes { what, lowest, highest });
    }
    let holds_zero_points =
        |one: &CodeType| zero_points.iter().all(|&zero_point| one.holds(zero_point));
    let fitting: Vec<CodeType> = possible.iter().copied().filter(holds_zero_points).collect();
    match fitting.as_slice() {
        [] => {
            let odd = zero_points.iter().find(|&&one| !possible[0].holds(one));
            let value = odd.map_or(0.0, |&one| one.into());
            let what = if of_zero_point == Operand::ZeroPointsOfA { "A" } else { "B" };
            Err(EntryFault::ZeroPoint { what, value })
        }
        _ => Ok(fitting),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::entry::{Types, ZeroPoints};

    fn entry(a: Vec<Vec<f64>>, b: Vec<Vec<f64>>) -> Entry {
        Entry { a: a.into(), b: b.into(), ..Entry::default() }
    }

    #[test]
    fn both_layouts_where_both_fit() {
        let of = |a, b| Operands::check(&entry(a, b)).map(|found| (found.layouts, found.outputs));
        let square = of(vec![vec![1.0, 2.0]], vec![vec![1.0, 2.0], vec![3.0, 4.0]]);
        assert_eq!(square, Ok((vec![Layout::Columns, Layout::Rows], 2)));
        let rows = of(vec![vec![1.0, 2.0]], vec![vec![1.0, 2.0]; 3]);
        assert_eq!(rows, Ok((vec![Layout::Rows], 3)));
        let columns = of(vec![vec![1.0, 2.0]], vec![vec![1.0, 2.0, 3.0]; 2]);
        assert_eq!(columns, Ok((vec![Layout::Columns], 3)));
        let none = of(vec![vec![1.0, 2.0]], vec![vec![1.0, 2.0, 3.0]; 3]);
        assert_eq!(none, Err(EntryFault::Shapes { a: [1, 2], b: [3, 3] }));
        assert_eq!(of(vec![vec![1.0]], vec![vec![1.0]]), Ok((vec![Layout::Rows], 1)));
    }

    #[test]
    fn types_follow_from_values_and_zero_points() {
        let of = |values: Vec<f64>, zero_point: f64, given| {
            let mut entry = entry(vec![values], vec![vec![1.0, 1.0]]);
            entry.types = Types { a: given, ..Types::default() };
            entry.zero_points = ZeroPoints { a: zero_point.into(), ..ZeroPoints::default() };
            Operands::check(&entry).map(|found| found.types[0].clone())
        };
        assert_eq!(of(vec![1.0, 127.0], 0.0, None), Ok(vec![CodeType::U8, CodeType::S8]));
        assert_eq!(of(vec![1.0, 128.0], 0.0, None), Ok(vec![CodeType::U8]));
        assert_eq!(of(vec![1.0, -1.0], 0.0, None), Ok(vec![CodeType::S8]));
        assert_eq!(of(vec![1.0, 2.0], 200.0, None), Ok(vec![CodeType::U8]));
        assert_eq!(of(vec![1.0, 2.0], 0.0, Some(CodeType::S8)), Ok(vec![CodeType::S8]));
        let mixed = EntryFault::MixedTypes { what: Operand::A, lowest: -1, highest: 200 };
        assert_eq!(of(vec![-1.0, 200.0], 0.0, None), Err(mixed));
        assert_eq!(
            of(vec![-1.0, 2.0], 200.0, None),
            Err(EntryFault::ZeroPoint { what: "A", value: 200.0 })
        );
        let given = Some(CodeType::S8);
        let (what, row, column, value) = (Operand::A, 0, 1, 200.0);
        let not_a_code = EntryFault::NotACode { what, row, column, value, given };
        assert_eq!(of(vec![1.0, 200.0], 0.0, given), Err(not_a_code));
        let (column, value) = (0, 0.5);
        let not_a_code = EntryFault::NotACode { what, row, column, value, given: None };
        assert_eq!(of(vec![0.5, 1.0], 0.0, None), Err(not_a_code));
    }
}
