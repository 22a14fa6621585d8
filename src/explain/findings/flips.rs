//! What follows for whoever reads the results: other signs, another largest output.

use super::super::comparison::{Compared, Comparison};
use super::super::finding::{Code, Finding};
use super::super::finish::Quantity;
use super::super::words;

/// Results on the other side of 0.
pub(super) fn signs(comparison: &Comparison) -> Option<Finding> {
    let zero = match comparison.quantity() {
        Quantity::Code => {
            f64::from(comparison.matcher.ending.output.as_ref().map_or(0, |one| one.zero_point))
        }
        Quantity::Sum | Quantity::Real => 0.0,
    };
    let flips = |one: &Compared| {
        let [seen, expected] = [one.seen - zero, one.expected - zero];
        seen < 0.0 && expected > 0.0 || seen > 0.0 && expected < 0.0
    };
    let worst = comparison.worst(flips)?;
    let cells: Vec<[usize; 2]> =
        comparison.cells.iter().filter(|one| flips(one)).map(|one| one.cell).collect();
    let others = match cells.len() {
        1 => String::new(),
        count => format!(" So do {} in all.", words::counted(count, "number", "numbers")),
    };
    let side = match zero {
        0.0 => "its sign is the other one".to_string(),
        zero => format!("it is on the other side of the zero point {}", words::number(zero)),
    };
    let sentence = format!("{}: {side}.{others}", comparison.head(worst));
    Some(comparison.finding(Code::SignFlips, sentence, cells))
}

/// Rows in which another output is the largest.
pub(super) fn rankings(comparison: &Comparison) -> Option<Finding> {
    let [rows, outputs] = comparison.exact.shape;
    if outputs < 2 {
        return None;
    }
    let mut cells = Vec::new();
    let mut told: Option<(f64, String)> = None;
    for row in 0..rows {
        let all: Vec<&Compared> =
            comparison.cells.iter().filter(|one| one.cell[0] == row).collect();
        let is_whole = (0..outputs).all(|output| all.iter().any(|one| one.cell[1] == output));
        if !is_whole {
            continue;
        }
        let of = |each: fn(&Compared) -> f64| {
            let mut values = vec![0.0; outputs];
            all.iter().for_each(|one| values[one.cell[1]] = each(one));
            winner(&values).map(|at| (at, values[at]))
        };
        let Some(((seen, value), (expected, exact))) =
            of(|one| one.seen).zip(of(|one| one.expected))
        else {
            continue;
        };
        if seen == expected {
            continue;
        }
        cells.extend([[row, seen], [row, expected]]);
        let off = all.iter().map(|one| one.off()).fold(0.0, f64::max);
        if told.as_ref().is_none_or(|(most, _)| off > *most) {
            let place = if rows > 1 { format!("Row {row}: the") } else { "The".to_string() };
            let sentence = format!(
                "{place} largest output is {seen}, with {}; by the exact result it is {expected}, with {}.",
                words::number(value),
                words::number(exact)
            );
            told = Some((off, sentence));
        }
    }
    let (size, sentence) = told?;
    Some(Finding { size, ..comparison.finding(Code::RankingFlips, sentence, cells) })
}

/// The place of the largest number; `None` where two are.
fn winner(values: &[f64]) -> Option<usize> {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut at = (0..values.len()).filter(|&at| values[at] == most);
    at.next().filter(|_| at.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_winner_is_alone() {
        assert_eq!([winner(&[1.0, 2.0]), winner(&[3.0, 3.0]), winner(&[])], [Some(1), None, None]);
    }
}
