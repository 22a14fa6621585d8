//! Operands that are read otherwise: signedness, order, layout, zero points.

use super::super::comparison::{Compared, Comparison};
use super::super::entry::Layout;
use super::super::finding::{Code, Finding};
use super::super::view::{Mistake, View};
use super::super::words::{self, whole};
use super::super::zero_points::ZeroPointRule;

/// A result of operands that were misread, exchanged or turned.
pub(super) fn mistake(comparison: &Comparison) -> Option<Finding> {
    let (view, ..) = comparison.rule()?;
    let reading = comparison.reading()?;
    let other_layout = view.reading.mistake.is_none() && view.reading.layout != reading.layout;
    let mistake = if other_layout { Some(Mistake::Layout) } else { view.reading.mistake }?;
    let worst = comparison.worst(Compared::has_other_sum)?;
    let cells = comparison.cells.iter().filter(|one| one.has_other_sum());
    let cells: Vec<[usize; 2]> = cells.map(|one| one.cell).collect();
    let head = comparison.head(worst);
    let (code, sentence) = match mistake {
        Mistake::Layout => {
            let turned = match reading.layout {
                Layout::Rows => "its columns are taken as outputs, not its rows",
                Layout::Columns => "its rows are taken as outputs, not its columns",
            };
            (Code::LayoutTransposed, format!("{head}: B is the other way round, {turned}."))
        }
        Mistake::Order => {
            (Code::OperandsSwapped, format!("{head}: it is B·A, and A·B is expected."))
        }
        misread => {
            (Code::WrongSignedness, format!("{head}: {}.", misreading(comparison, view, misread)?))
        }
    };
    Some(comparison.finding(code, sentence, cells))
}

/// Which bytes are read as what.
fn misreading(comparison: &Comparison, view: &View, mistake: Mistake) -> Option<String> {
    let right = comparison.view?;
    let mut parts = Vec::new();
    for (side, name) in ["A", "B"].into_iter().enumerate() {
        if !mistake.misreads()[side] {
            continue;
        }
        let [read, meant] = [view, right].map(|one| match side {
            0 => &one.x.values,
            _ => &one.w.values,
        });
        let (read, meant) = read.iter().zip(meant).find(|(read, meant)| read != meant)?;
        parts.push(format!(
            "bytes of {name} are read as {}, so that {} is {}",
            view.types[side].name(),
            whole((*meant).into()),
            whole((*read).into())
        ));
    }
    (!parts.is_empty()).then(|| words::list(&parts, "and"))
}

/// A result without zero points, or with others.
pub(super) fn zero_points(comparison: &Comparison) -> Option<Finding> {
    let (view, _, source) = comparison.rule()?;
    let worst = comparison.worst(Compared::has_other_sum)?;
    let [row, output] = worst.cell;
    let [a, b] = [view.zero_point_of_a(row), view.zero_point_of_b(output)];
    let cells = comparison.cells.iter().filter(|one| one.has_other_sum());
    let cells: Vec<[usize; 2]> = cells.map(|one| one.cell).collect();
    let name = |side: &str, value: i32| format!("the zero point {} of {side}", whole(value.into()));
    let left = match (source.zero_points, a, b) {
        (ZeroPointRule::After | ZeroPointRule::Before, ..) => return None,
        (ZeroPointRule::InBytes, ..) => {
            let sentence = format!(
                "{}: zero points are taken off in 8 bits, and the difference wraps around.",
                comparison.head(worst)
            );
            return Some(comparison.finding(Code::ReferenceWraps, sentence, cells));
        }
        (ZeroPointRule::Ignored, a, 0) => name("A", a),
        (ZeroPointRule::Ignored, 0, b) => name("B", b),
        (ZeroPointRule::Ignored, a, b) => {
            format!("the zero points {} of A and {} of B", whole(a.into()), whole(b.into()))
        }
        (ZeroPointRule::OfAIgnored, a, _) => name("A", a),
        (ZeroPointRule::OfBIgnored, _, b) => name("B", b),
    };
    let is = if left.starts_with("the zero points") { "are" } else { "is" };
    let sentence = format!("{}: {left} {is} not taken off.", comparison.head(worst));
    Some(comparison.finding(Code::ZeroPointIgnored, sentence, cells))
}
