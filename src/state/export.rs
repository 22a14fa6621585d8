//! What can be taken along: the sweep as CSV, state and results as one value.

use std::fmt::Write as _;

use serde::Serialize;

use super::derived::Derived;
use super::link;
use super::schema::{self, Value};
use super::sorted::Sorted;
use super::state::State;

/// The value of `format` in an exported file.
pub const FORMAT: &str = "rampscope";

/// The sweep of all outputs, a row for each output and place: UTF-8, comma separated, one line of
/// names. The first line is a comment with the address that recreates it.
///
/// | column | meaning |
/// |---|---|
/// | `output` | from 0 |
/// | `x` | value of the sweep |
/// | `input_code` | of all inputs or the swept one; empty along a vector |
/// | `accumulator`, `exact_accumulator` | after the zero-point terms; the first empty where the engine cannot run |
/// | `code`, `exact_code` | output codes; empty for an engine without any |
/// | `y` | real output, float32 |
pub fn csv(state: &State, derived: &Derived, address: &str) -> String {
    let mut text = format!("# {address}\n");
    text += "output,x,input_code,accumulator,exact_accumulator,code,exact_code,y\n";
    let cell = |value: Option<String>| value.unwrap_or_default();
    for (output, view) in derived.outputs.iter().enumerate() {
        let ends = f64::from(state.sweep.from)..=f64::from(state.sweep.to);
        for (place, x) in derived.sweep.at.iter().enumerate().filter(|(_, x)| ends.contains(x)) {
            let chosen = view.chosen.as_ref();
            let code = |code: Option<i32>| cell(code.map(|code| code.to_string()));
            // Writing into memory does not fail.
            let _ = writeln!(
                text,
                "{output},{x},{},{},{},{},{},{}",
                cell(derived.sweep.is_by_code().then(|| place.to_string())),
                cell(chosen.map(|ramp| ramp.acc[place].to_string())),
                view.exact.acc[place],
                code(chosen.and_then(|ramp| ramp.code[place])),
                code(view.exact.code[place]),
                cell(chosen.map(|ramp| ramp.real[place].to_string())),
            );
        }
    }
    text
}

/// State and results, for JSON.
#[derive(Serialize)]
pub struct Export<'a> {
    /// [`FORMAT`].
    format: &'static str,
    version: u32,
    /// The address that recreates it; reading the file back needs nothing else.
    link: String,
    state: Sorted<&'static str, Option<Value>>,
    inputs: usize,
    outputs: usize,
    /// Codes, row-major `[outputs][inputs]`.
    weights: &'a [i8],
    /// Where the places of the sweep stand.
    at: &'a [f64],
    ramps: Vec<Ramp<'a>>,
}

#[derive(Serialize)]
struct Ramp<'a> {
    exact: &'a [Option<i32>],
    exact_accumulator: &'a [i32],
    code: Option<&'a [Option<i32>]>,
    accumulator: Option<&'a [i32]>,
    real: Option<&'a [f32]>,
}

impl<'a> Export<'a> {
    /// What follows from a state, at a page's address.
    pub fn new(state: &State, derived: &'a Derived, page: &str) -> Export<'a> {
        let ramps = derived.outputs.iter().map(|view| Ramp {
            exact: &view.exact.code,
            exact_accumulator: &view.exact.acc,
            code: view.chosen.as_ref().map(|ramp| ramp.code.as_slice()),
            accumulator: view.chosen.as_ref().map(|ramp| ramp.acc.as_slice()),
            real: view.chosen.as_ref().map(|ramp| ramp.real.as_slice()),
        });
        Export {
            format: FORMAT,
            version: schema::VERSION,
            link: format!("{page}{}", link::write(state)),
            state: schema::values(state),
            inputs: derived.layer.inputs,
            outputs: derived.layer.outputs,
            weights: &derived.layer.weights,
            at: &derived.sweep.at,
            ramps: ramps.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Deriver;

    #[test]
    fn the_csv_has_a_row_for_every_output_and_place() {
        let (state, _) = link::read(
            "#/lab?inputs=2&outputs=2&w=0.0:113_113&x_scale=1&x_zp=144&w_scale=1&y_scale=1&y_zp=0&from=100&to=111",
        );
        let derived = Deriver::default().derive(&state);
        let text = csv(&state, &derived, "https://example.org/#/lab");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "# https://example.org/#/lab");
        assert_eq!(lines.len(), 2 + 2 * 12);
        assert_eq!(lines[13], "0,111,255,223,25086,223,255,223");
        let (state, _) = link::read("#/lab?engine=onnx_runtime_avx2");
        let derived = Deriver::default().derive(&state);
        let row = csv(&state, &derived, "").lines().nth(2).map(str::to_string);
        assert_eq!(row.as_deref().and_then(|row| row.split(',').nth(5)), Some(""));
    }
}
