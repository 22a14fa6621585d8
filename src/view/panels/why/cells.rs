//! A result beside the exact one, what differs marked.

use yew::prelude::*;

use crate::documents::explain::{Exact, SeenExplanation};
use crate::state::number::exact as number;

/// Where the first number of a table stands among all, and whether its rows are outputs.
#[derive(Clone, Copy, Default)]
struct Place {
    first: [usize; 2],
    is_turned: bool,
}

/// A table of what was seen; where it differs, what is expected stands below. One number is in the
/// sentence, and so is that all are as expected.
pub fn cells(seen: &SeenExplanation) -> Html {
    let SeenExplanation { label, values, expected, differs, place, is_turned, .. } = seen;
    let count: usize = values.iter().map(Vec::len).sum();
    let wrong: usize = differs.iter().flatten().filter(|differs| **differs).count();
    if count < 2 || wrong == 0 {
        return Html::default();
    }
    let name = if label.is_empty() { "What was seen" } else { label };
    let caption = format!(
        "{name}: {wrong} of {count} differ from the exact result (rows and outputs count from 0)"
    );
    let place = Place { first: *place, is_turned: *is_turned };
    table(&caption, values, place, |row, column| {
        let is_other = differs.get(row).and_then(|row| row.get(column)) == Some(&true);
        is_other.then(|| expected.get(row).and_then(|row| row.get(column)).copied()).flatten()
    })
}

/// The exact results, where nothing was seen.
pub fn exact(right: &Exact) -> Html {
    #[expect(clippy::cast_precision_loss, reason = "sums are far below 2⁵³")]
    let sums: Vec<Vec<f64>> =
        right.sums.iter().map(|row| row.iter().map(|sum| *sum as f64).collect()).collect();
    if sums.is_empty() {
        Html::default()
    } else {
        table("Exact sums", &sums, Place::default(), |_, _| None)
    }
}

fn table(
    caption: &str,
    values: &[Vec<f64>],
    place: Place,
    other: impl Fn(usize, usize) -> Option<f64>,
) -> Html {
    let columns = values.first().map_or(0, Vec::len);
    let Place { first: [row, output], is_turned } = place;
    let (down, along) = if is_turned { (output, row) } else { (row, output) };
    let corner = if is_turned { "output \\ row" } else { "row \\ output" };
    let head = |scope: &'static str, at: usize| html! { <th {scope}>{ at }</th> };
    html! {
        <div class="scrolls" tabindex="0" role="region" aria-label={caption.to_string()}>
            <table class="cells">
                <caption>{ caption.to_string() }</caption>
                <thead><tr><td class="hint">{ corner }</td>{ for (0..columns).map(|column| head("col", along + column)) }</tr></thead>
                <tbody>{ for values.iter().enumerate().map(|(row, line)| html! {
                    <tr>
                        { head("row", down + row) }
                        { for line.iter().enumerate().map(|(column, value)| match other(row, column) {
                            Some(expected) => html! { <td class="differs">{ number(value) }<span>{ format!("exact {}", number(expected)) }</span></td> },
                            None => html! { <td>{ number(value) }</td> },
                        }) }
                    </tr>
                }) }</tbody>
            </table>
        </div>
    }
}
