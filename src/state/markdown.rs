//! What is seen, as Markdown for an issue: the layer, the kinks and the link that shows both.

use std::fmt::Write as _;

use super::derived::{Derived, KinkView};
use super::number::{fixed, short};
use super::state::State;
use super::{describe, number};
use crate::arith::QParams;

/// The most kinks that are listed; the link has all.
const MOST_KINKS: usize = 12;

/// A state as Markdown. What other people's trackers read is kept plain: a sentence, two tables, the
/// link.
pub fn issue(state: &State, derived: &Derived, address: &str) -> String {
    let layer = &derived.layer;
    let output = state.picture.output;
    let quantized = |params: QParams| {
        let scale = short(params.scale.into());
        format!("scale {scale}, zero point {}", number::whole(params.zero_point.into()))
    };
    let weights: Vec<String> = layer.row(output).iter().map(i8::to_string).collect();
    let rows = [
        ("arithmetic", state.arithmetic.engine.name().to_string()),
        (
            "layer",
            format!("{}, {}", counted(layer.inputs, "input"), counted(layer.outputs, "output")),
        ),
        ("input", quantized(layer.input)),
        ("weights", quantized(layer.weight_param(output))),
        ("output", quantized(layer.output)),
    ];
    let mut text = format!("{}\n\n| | |\n|---|---|\n", describe::summary(state, derived));
    for (name, value) in rows {
        text += &format!("| {name} | {value} |\n");
    }
    // Writing into memory does not fail.
    let _ = writeln!(text, "\nWeights of output {output}, as codes: `[{}]`", weights.join(", "));
    text += &kinks(state, &derived.chosen(state).kinks);
    let _ = writeln!(text, "\nAt the cursor: {}.", describe::cursor(state, derived));
    let _ = writeln!(text, "\n[The same, to move and check](<{address}>)");
    text
}

fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}

/// The table of kinks, if there are any.
fn kinks(state: &State, kinks: &[KinkView]) -> String {
    if kinks.is_empty() {
        return String::new();
    }
    let variable = describe::variable(state.sweep.direction);
    let mut text = format!(
        "\n| kink | {variable} | input code | pair k | weights | slope | |\n|---|---|---|---|---|---|---|\n"
    );
    for kink in kinks.iter().take(MOST_KINKS) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} → {} | {} |",
            kink.number,
            fixed(kink.at, 3),
            kink.code.map_or("–".to_string(), |code| code.to_string()),
            describe::pairs(kink),
            describe::weights(kink),
            describe::slope(kink.slope_before),
            describe::slope(kink.slope_after),
            describe::effect(kink),
        );
    }
    if kinks.len() > MOST_KINKS {
        let _ = writeln!(text, "\n… and {} more.", kinks.len() - MOST_KINKS);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Deriver, link};

    const ADDRESS: &str = "https://example.org/#/lab?v=1";

    fn written(fragment: &str) -> String {
        let (state, problems) = link::read(fragment);
        assert_eq!(problems, []);
        let derived = Deriver::default().derive(&state);
        issue(&state, &derived, ADDRESS)
    }

    #[test]
    fn it_says_what_is_seen_with_the_numbers_to_check_it() {
        let text = written(
            "#/lab?v=1&inputs=2&outputs=1&output=0&x_scale=1&x_zp=144&w_scale=1&y_scale=1&y_zp=0&w=0.0:113_113&from=0&to=111&at=111",
        );
        for line in [
            "| arithmetic | FBGEMM (AVX2) |",
            "| layer | 2 inputs, 1 output |",
            "| input | scale 1, zero point 144 |",
            "Weights of output 0, as codes: `[113, 113]`",
            "| 1 | 1.000 | 145 | 0, 1 | 113, 113 | 226 → 0 | flat |",
            "[The same, to move and check](<https://example.org/#/lab?v=1>)",
        ] {
            assert!(text.lines().any(|one| one == line), "{line}\n{text}");
        }
        assert!(text.starts_with("Output 0 with FBGEMM (AVX2)"), "{text}");
        assert!(text.contains("\nAt the cursor: x = 111: code 255, 1 pair is saturated"), "{text}");
    }

    #[test]
    fn a_straight_ramp_has_no_table_of_kinks_and_a_long_one_has_its_first() {
        assert!(!written("#/lab?engine=qnnpack").contains("| kink |"));
        let weights: Vec<String> = (64..128).map(|weight: i32| weight.to_string()).collect();
        let text = written(&format!(
            "#/lab?inputs=64&outputs=1&output=0&x_scale=1&x_zp=0&w_scale=1&y_scale=6000&y_zp=0&from=0&to=255&w=0.0:{}",
            weights.join("_")
        ));
        let rows = text.lines().filter(|line| line.contains(" → ")).count();
        assert_eq!(rows, MOST_KINKS, "{text}");
        assert!(text.contains("\n… and "), "{text}");
    }

    #[test]
    fn every_row_has_the_cells_of_its_head() {
        for fragment in ["#/lab", "#/lab?engine=running_16_bit", "#/lab?direction=vector&dir=0:0.5"]
        {
            let text = written(fragment);
            let table = text.lines().skip_while(|line| !line.starts_with("| kink"));
            let cells: Vec<usize> = table
                .take_while(|line| line.starts_with('|'))
                .map(|line| line.matches('|').count())
                .collect();
            assert!(cells.iter().all(|count| *count == 8), "{fragment}: {text}");
        }
    }
}
