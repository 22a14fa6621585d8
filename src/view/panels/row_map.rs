//! [`RowMap`]: the products of a row as taps × channels, and which two are added first.

use yew::prelude::*;

use super::{PanelProps, looks};
use crate::state::number::whole;
use crate::state::{PairVerdict, describe};
use crate::view::facets::Facets;
use crate::view::store::use_slice;

/// Size of a product.
const CELL: [f64; 2] = [34.0, 20.0];
/// Between two taps.
const GAP: f64 = 8.0;
/// The most channels of a tap, or inputs of a linear layer, beside each other.
const MOST_BESIDE: [usize; 2] = [2, 8];

/// Where the products of a row are drawn: taps as in the kernel, the channels of each in lines.
struct Grid {
    /// Columns of the kernel.
    columns: usize,
    /// Rows of the kernel.
    rows: usize,
    channels: usize,
    /// Channels of a tap in a line.
    beside: usize,
}

impl Grid {
    fn lines(&self) -> usize {
        self.channels.div_ceil(self.beside)
    }

    fn tap_size(&self) -> [f64; 2] {
        [self.beside as f64 * CELL[0], self.lines() as f64 * CELL[1]]
    }

    /// The upper left corner of a tap.
    fn tap(&self, tap: usize) -> [f64; 2] {
        let [width, height] = self.tap_size();
        let (row, column) = (tap / self.columns, tap % self.columns);
        [1.0 + column as f64 * (width + GAP), 1.0 + row as f64 * (height + GAP)]
    }

    /// The middle of a product.
    fn middle(&self, k: usize) -> [f64; 2] {
        let [left, top] = self.tap(k / self.channels);
        let channel = k % self.channels;
        let (line, place) = (channel / self.beside, channel % self.beside);
        [left + (place as f64 + 0.5) * CELL[0], top + (line as f64 + 0.5) * CELL[1]]
    }

    fn size(&self) -> [f64; 2] {
        let [width, height] = self.tap_size();
        let along = |count: usize, size: f64| count as f64 * (size + GAP) - GAP + 2.0;
        [along(self.columns, width), along(self.rows, height)]
    }
}

#[derive(Properties, PartialEq, Clone)]
pub struct RowMapProps {
    pub panel: PanelProps,
    /// Of each pair of the row.
    pub verdicts: Vec<PairVerdict>,
}

/// The row of the chosen output, where it has several taps or the chosen engine adds other two than
/// neighbours; a line joins what is added in 16 bits.
#[component]
pub fn RowMap(props: &RowMapProps) -> Html {
    // Most layers have none, and then it does not matter which pair is looked at.
    let model = use_slice(&props.panel.store, "row", Facets::STILL);
    let (layer, engine) = (&model.derived.layer, model.derived.cursor.engine);
    if !layer.row_shape.is_convolution() && describe::adds_neighbours(engine, layer) {
        return Html::default();
    }
    html! { <Row ..props.clone() /> }
}

#[component]
fn Row(props: &RowMapProps) -> Html {
    let reads = Facets::STILL.and(Facets::HIGHLIGHT);
    let model = use_slice(&props.panel.store, "row-map", reads);
    let (layer, engine) = (&model.derived.layer, model.derived.cursor.engine);
    let row = layer.row_shape;
    let [rows, columns] = row.kernel();
    let channels = row.channels();
    let most = MOST_BESIDE[usize::from(!row.is_convolution())];
    let grid = Grid { columns, rows, channels, beside: channels.min(most) };
    let [width, height] = grid.size();
    let joins = describe::joins_pairs(engine);
    let pairs = props.verdicts.iter().enumerate().map(|(pair, verdict)| {
        let is_marked = model.highlight == Some(pair);
        let [onmouseenter, onmouseleave] = looks::<MouseEvent>(&props.panel.dispatch, Some(pair));
        html! { <g key={pair} class={class(verdict, is_marked)} {onmouseenter} {onmouseleave}>{ pair_of(&grid, verdict, joins) }</g> }
    });
    let said = describe::row_map(engine, layer);
    html! {
        <figure class="row-map">
            <svg viewBox={format!("0 0 {width} {height}")} width={width.to_string()} height={height.to_string()} role="img" aria-label={said.clone()}>
                { for (0..row.taps()).map(|tap| {
                    let [x, y] = grid.tap(tap);
                    let [width, height] = grid.tap_size();
                    html! { <rect class="tap" x={x.to_string()} y={y.to_string()} width={width.to_string()} height={height.to_string()} rx="3" /> }
                }) }
                { for pairs }
            </svg>
            <figcaption class="hint">{ said }</figcaption>
        </figure>
    }
}

fn class(verdict: &PairVerdict, is_marked: bool) -> Classes {
    classes!(verdict.saturates().then_some("saturates"), is_marked.then_some("is-marked"))
}

/// A pair: its two weights, and the line between them where one `joins` them.
fn pair_of(grid: &Grid, verdict: &PairVerdict, joins: bool) -> Html {
    let weight = |k: usize, w: i8| {
        let [x, y] = grid.middle(k);
        html! {
            <>
                <rect class="cell" x={(x - CELL[0] / 2.0 + 2.0).to_string()} y={(y - CELL[1] / 2.0 + 2.0).to_string()}
                    width={(CELL[0] - 4.0).to_string()} height={(CELL[1] - 4.0).to_string()} rx="3" />
                <text x={x.to_string()} y={(y + 4.0).to_string()}>{ whole(w.into()) }</text>
            </>
        }
    };
    let line = verdict.second.filter(|_| joins).map(|(second, _)| {
        let ([x1, y1], [x2, y2]) = (grid.middle(verdict.first.0), grid.middle(second));
        html! { <line x1={x1.to_string()} y1={y1.to_string()} x2={x2.to_string()} y2={y2.to_string()} /> }
    });
    html! {
        <>
            { line.unwrap_or_default() }
            { for verdict.products().map(|(k, w)| weight(k, w)) }
        </>
    }
}
