//! Pasted weights become the layer's.

use super::patch::Patch;
use super::schema::{MOST_INPUTS, MOST_OUTPUTS, Value};
use super::state::{Places, State, WeightEdits};
use crate::arith::{QParams, QType, min_max_qparams, quantize};
use crate::layer::{self, Kind, Pasted, Quantization};

/// What pasted weights make of a state.
#[derive(Clone, Debug, PartialEq)]
pub struct PastedWeights {
    /// The change.
    pub patch: Patch,
    /// What a person should know of it, in sentences.
    pub notes: Vec<String>,
}

/// A matrix becomes the whole layer, a single row the chosen output's weights; the shape follows.
///
/// Whole numbers are weight codes. Real ones are quantized: with the scale and zero point that a
/// quantized tensor's print has, else by the min-max observer that the state asks for; both are
/// then set by hand.
///
/// # Errors
/// Why the text is no such weights, as the end of a sentence.
pub fn pasted_weights(state: &State, text: &str) -> Result<PastedWeights, String> {
    let pasted = layer::read(text).map_err(|error| error.to_string())?;
    let mut notes: Vec<String> = pasted.notes.iter().map(ToString::to_string).collect();
    let (rows, inputs) = (pasted.rows.len(), pasted.rows[0].len());
    if inputs > MOST_INPUTS {
        return Err(format!(
            "a row has {inputs} numbers; the page shows layers of up to {MOST_INPUTS} inputs. Paste some of its columns, beginning at an even one so that the pairs stay."
        ));
    }
    if rows > MOST_OUTPUTS {
        notes.push(format!("The first {MOST_OUTPUTS} of {rows} rows are used."));
    }
    let rows = rows.min(MOST_OUTPUTS);
    // A single row is the chosen output's.
    let first = if rows == 1 { state.output } else { 0 };
    let (codes, params) = codes(state, &pasted, rows, &mut notes)?;
    let mut edits = if rows == 1 { state.weights.clone() } else { WeightEdits::new() };
    edits.retain(|(output, _), _| *output != first);
    for (row, codes) in codes.into_iter().enumerate() {
        edits.extend(codes.into_iter().enumerate().map(|(k, code)| ((first + row, k), code)));
    }
    let mut patch = Patch::one("inputs", inputs).and("w", Value::Weights(edits));
    if rows > 1 {
        patch = patch.and("outputs", rows);
    }
    let meaning = match params {
        Params::Same => patch,
        Params::PerTensor(params) => patch
            .and("w_scale", params.scale)
            .and("w_zp", params.zero_point)
            .and("w_scales", "")
            .and("w_zps", ""),
        Params::PerChannel(list) => {
            let places = |of: fn(&QParams) -> f32| -> Places<f32> {
                list.iter().enumerate().map(|(row, params)| (first + row, of(params))).collect()
            };
            patch
                .and("per_channel", 1)
                .and("w_scales", Value::Places(places(|params| params.scale)))
                // A zero point of qint8 is exact in float32.
                .and("w_zps", Value::Places(places(|params| params.zero_point as f32)))
        }
    };
    Ok(PastedWeights { patch: meaning, notes })
}

/// What the pasted codes stand for.
enum Params {
    /// What the layer's codes stood for before.
    Same,
    PerTensor(QParams),
    PerChannel(Vec<QParams>),
}

fn codes(
    state: &State,
    pasted: &Pasted,
    rows: usize,
    notes: &mut Vec<String>,
) -> Result<(Vec<Vec<i8>>, Params), String> {
    if pasted.kind == Kind::Integers && pasted.quantization.is_none() {
        return match pasted.codes() {
            Some(mut codes) => {
                codes.truncate(rows);
                Ok((codes, Params::Same))
            }
            None => Err(match pasted.first_out_of_range() {
                Some(entry) => format!(
                    "{} in row {}, column {} is no weight code: they go from −128 to 127. Real weights need a point, as in {}.0.",
                    entry.value, entry.row, entry.column, entry.value
                ),
                None => "these are no weight codes.".to_string(),
            }),
        };
    }
    let qint8 = QType::QInt8.range();
    let clamped = if pasted.quantization.is_some() {
        qint8
    } else {
        QType::QInt8.observer_range(state.reduce_weights)
    };
    let with = |params: &dyn Fn(usize) -> QParams| -> Vec<Vec<i8>> {
        pasted.rows[..rows]
            .iter()
            .enumerate()
            // Codes of qint8 fit i8.
            .map(|(row, values)| {
                values
                    .iter()
                    .map(|value| quantize(*value as f32, params(row), clamped) as i8)
                    .collect()
            })
            .collect()
    };
    let fits = |scale: f64, zero_point: i64| {
        let code = i32::try_from(zero_point).ok().filter(|code| qint8.clamp(*code) == *code);
        code.map(|code| QParams { scale: scale as f32, zero_point: code }).ok_or_else(|| {
            format!("the zero point {zero_point} is no qint8 code; weights are qint8, −128 to 127.")
        })
    };
    match &pasted.quantization {
        Some(Quantization::PerTensor { scale, zero_point }) => {
            let params = fits(*scale, *zero_point)?;
            Ok((with(&|_| params), Params::PerTensor(params)))
        }
        Some(Quantization::PerChannel { scales, zero_points, axis: 0 }) => {
            let list: Vec<QParams> = scales
                .iter()
                .zip(zero_points)
                .take(rows)
                .map(|(scale, zero_point)| fits(*scale, *zero_point))
                .collect::<Result<_, _>>()?;
            if list.len() < rows {
                return Err(format!("there are {rows} rows and {} scales.", list.len()));
            }
            Ok((with(&|row| list[row]), Params::PerChannel(list)))
        }
        Some(Quantization::PerChannel { axis, .. }) => Err(format!(
            "the scales belong to axis {axis}; a Linear’s weights have one scale per row, axis 0."
        )),
        None => {
            let observe = |values: &mut dyn Iterator<Item = f64>| {
                let start = (f64::INFINITY, f64::NEG_INFINITY);
                let (min, max) =
                    values.fold(start, |(min, max), value| (min.min(value), max.max(value)));
                let scheme = state.weight_scheme;
                min_max_qparams(min as f32, max as f32, QType::QInt8, scheme, state.reduce_weights)
            };
            if state.per_channel {
                let list: Vec<QParams> = pasted.rows[..rows]
                    .iter()
                    .map(|row| observe(&mut row.iter().copied()))
                    .collect();
                notes.push("Real weights were quantized, each row with its own scale.".into());
                Ok((with(&|row| list[row]), Params::PerChannel(list)))
            } else {
                let params = observe(&mut pasted.rows[..rows].iter().flatten().copied());
                notes.push(format!("Real weights were quantized with scale {}.", params.scale));
                Ok((with(&|_| params), Params::PerTensor(params)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, Deriver, Session};

    fn pasted(start: &str, text: &str) -> Session {
        let session = Session::open(start);
        let derived = Deriver::default().derive(&session.state);
        session.act(&derived, &Action::PasteWeights(pasted_weights(&session.state, text)))
    }

    #[test]
    fn a_row_is_the_chosen_outputs() {
        let after = pasted("#/lab?output=4&w=4.0:1,2.3:7", "[127, -128, 5]");
        assert_eq!(after.problems, []);
        assert_eq!((after.state.inputs, after.state.outputs), (3, 10));
        assert_eq!(
            after.state.weights,
            [((2, 3), 7), ((4, 0), 127), ((4, 1), -128), ((4, 2), 5)].into()
        );
        assert!(after.can_undo());
    }

    #[test]
    fn a_matrix_is_the_whole_layer() {
        let after = pasted("#/lab?w=4.0:1", "tensor([[1, 2], [3, 4], [5, 6]], dtype=torch.int8)");
        assert_eq!((after.state.inputs, after.state.outputs), (2, 3));
        let codes: Vec<i8> = after.state.weights.values().copied().collect();
        assert_eq!(codes, [1, 2, 3, 4, 5, 6]);
        assert_eq!(after.state.weight_scale, None);
    }

    #[test]
    fn real_weights_are_quantized_as_the_observer_would() {
        let after = pasted("", "[[0.5, -1.0], [0.25, 0.75]]");
        let scale = 1.0 / 127.5;
        assert_eq!(after.state.weight_scale, Some(scale));
        let derived = Deriver::default().derive(&after.state);
        let expected: Vec<i8> = [0.5_f32, -1.0, 0.25, 0.75]
            .map(|w| quantize(w, QParams { scale, zero_point: 0 }, QType::QInt8.range()) as i8)
            .into();
        assert_eq!(derived.layer.weights, expected);
        assert_eq!(after.problems.len(), 1);
        let channels = pasted("#/lab?per_channel=1", "[[0.5, -1.0], [0.25, 0.75]]");
        assert_eq!(channels.state.weight_scales.len(), 2);
        assert_eq!(channels.state.weight_scales[&0], scale);
    }

    #[test]
    fn a_quantized_print_brings_its_scale() {
        let after = pasted(
            "",
            "tensor([[ 0.2540, -0.0200]], size=(1, 2), dtype=torch.qint8,\n       quantization_scheme=torch.per_tensor_affine, scale=0.002, zero_point=0)",
        );
        assert_eq!(after.state.weight_scale, Some(0.002));
        let codes: Vec<i8> = after.state.weights.values().copied().collect();
        assert_eq!(codes, [127, -10]);
    }

    #[test]
    fn what_cannot_be_pasted_changes_nothing_and_says_why() {
        for (text, word) in [
            ("hello", "Nothing was changed"),
            ("[1, 300]", "300 in row 1, column 2"),
            ("[1, ..., 3]", "set_printoptions"),
        ] {
            let after = pasted("#/lab?seed=7", text);
            let said = after.problems[0].to_string();
            assert!(said.contains(word), "{said}");
            assert_eq!(after.state, Session::open("#/lab?seed=7").state);
        }
        let wide = format!("[{}]", vec!["1"; 65].join(","));
        assert!(pasted("", &wide).problems[0].to_string().contains("64 inputs"));
    }
}
