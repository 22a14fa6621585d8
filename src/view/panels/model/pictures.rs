//! Small pictures of a file: first codes as a histogram, products × outputs as a map. Each has a text twin.

use std::fmt::Write as _;

use yew::prelude::*;

use crate::documents::{FileVerdict, ProductLine, counted, percent};

/// Codes of a bar.
const BAR: usize = 4;
/// Products of the map.
const MOST_ROWS: usize = 40;
/// Bins of a row.
const BINS: usize = 64;
/// Steps of the map's colour.
const STEPS: usize = 4;

/// How many outputs can first clamp at each code; nothing where none can.
pub fn first_codes(lines: &[&ProductLine]) -> Html {
    let mut bars = [0_u64; 256 / BAR];
    let all = || lines.iter().flat_map(|line| &line.first_codes);
    for (code, count) in all() {
        bars[usize::from(*code) / BAR] += u64::from(*count);
    }
    let Some(most) = bars.iter().copied().max().filter(|most| *most > 0) else {
        return Html::default();
    };
    let (first, total) =
        (all().map(|(code, _)| *code).min().unwrap_or(0), bars.iter().sum::<u64>());
    // Half of the outputs can clamp from this code on.
    let mut sum = 0;
    let half = bars.iter().position(|bar| {
        sum += bar;
        sum * 2 >= total
    });
    let half = half.map_or(255, |bar| bar * BAR + BAR - 1);
    let mut path = String::new();
    for (bar, count) in bars.iter().enumerate().filter(|(_, count)| **count > 0) {
        // What is there is seen.
        let height = (*count as f64 / most as f64 * 60.0).max(1.0);
        let _ = write!(path, "M{} 60v-{height:.1}h3.4v{height:.1}z", bar * BAR);
    }
    let said = format!(
        "{} can clamp, the first from code {first} on, half of them by code {half}.",
        counted(total, "output")
    );
    html! {
        <figure class="first-codes">
            <figcaption>{ "From which code on: " }{ said }</figcaption>
            <svg viewBox="0 -2 256 76" role="img" aria-label="Outputs by the first code at which one of their pairs can clamp">
                <path class="axis" d="M0 60.5h256" />
                <path class="bars" d={path} />
                { for [0, 64, 128, 192, 255].map(|code| html! {
                    <text x={code.to_string()} y="72" text-anchor={match code { 0 => "start", 255 => "end", _ => "middle" }}>{ code.to_string() }</text>
                }) }
            </svg>
        </figure>
    }
}

/// Products × outputs: how much each bin of outputs can lose at most; nothing for a single product.
pub fn map(file: &FileVerdict) -> Html {
    let hit: Vec<&ProductLine> = file.lines.iter().filter(|line| line.is_hit()).collect();
    if hit.len() < 2 {
        return Html::default();
    }
    let most = hit.iter().flat_map(|line| &line.strip).copied().fold(0.0_f32, f32::max);
    let rows = &hit[..hit.len().min(MOST_ROWS)];
    let mut paths: [String; STEPS] = Default::default();
    for (row, line) in rows.iter().enumerate() {
        let width = BINS as f64 / line.strip.len().max(1) as f64;
        for (bin, share) in line.strip.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let step =
                (0..STEPS - 1).find(|step| *share * STEPS as f32 <= most * (step + 1) as f32);
            let (left, top) = (bin as f64 * width, row * 8);
            let _ = write!(
                paths[step.unwrap_or(STEPS - 1)],
                "M{left:.2} {top}h{width:.2}v7h-{width:.2}z"
            );
        }
    }
    let more = match hit.len() - rows.len() {
        0 => String::new(),
        more => format!(" {} more are in the table.", counted(more as u64, "product")),
    };
    let height = rows.len() * 8;
    html! {
        <figure class="hit-map">
            <figcaption>{ format!("Where: a line a product, the worst at the top, its outputs from left to right; the stronger the colour, the more can be lost, up to {}.{more}", percent(most.into())) }</figcaption>
            <svg viewBox={format!("0 0 {BINS} {height}")} preserveAspectRatio="none" role="img" aria-label="Which outputs of each product can lose how much; the table has the numbers">
                { for paths.iter().enumerate().map(|(step, d)| html! { <path class={format!("loss-{step}")} d={d.clone()} /> }) }
            </svg>
        </figure>
    }
}
