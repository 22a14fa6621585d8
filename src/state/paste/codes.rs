//! Pasted numbers as weight codes, and what these stand for.

use crate::arith::{QParams, QType, min_max_qparams, quantize};
use crate::paste::{self, Pasted, Quantization};
use crate::state::State;
use crate::state::schema::{Key, Kind, Number};

/// What the pasted codes stand for.
pub(super) enum Params {
    /// What the layer's codes stood for before.
    Same,
    /// One scale and zero point for all outputs.
    PerTensor(QParams),
    /// One of each for every pasted output.
    PerChannel(Vec<QParams>),
}

/// Whether the numbers are codes themselves.
pub(super) fn are_codes(pasted: &Pasted) -> bool {
    pasted.kind == paste::Kind::Integers && pasted.quantization.is_none()
}

/// The codes of the first `rows` outputs, a row each, and what they stand for.
///
/// # Errors
/// What is wrong with the print's scales and zero points, as the end of a sentence.
pub(super) fn codes(
    state: &State,
    pasted: &Pasted,
    rows: usize,
) -> Result<(Vec<Vec<i8>>, Params), String> {
    if are_codes(pasted) {
        let mut codes = pasted.codes().ok_or("these are no weight codes.")?;
        codes.truncate(rows);
        return Ok((codes, Params::Same));
    }
    let clamped = if pasted.quantization.is_some() {
        QType::QInt8.range()
    } else {
        QType::QInt8.observer_range(state.experiment.reduce_weights)
    };
    let with = |params: &dyn Fn(usize) -> QParams| -> Vec<Vec<i8>> {
        let row = |(row, values): (usize, &Vec<f64>)| {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "weights are float32, and codes of qint8 fit i8"
            )]
            let code = |value: &f64| quantize(*value as f32, params(row), clamped) as i8;
            values.iter().map(code).collect()
        };
        pasted.rows[..rows].iter().enumerate().map(row).collect()
    };
    let params = params(state, pasted, rows)?;
    Ok(match params {
        // Where every output has its own, a single one's is its own.
        Params::PerTensor(one) if rows == 1 && state.experiment.per_channel => {
            (with(&|_| one), Params::PerChannel(vec![one]))
        }
        Params::PerTensor(one) => (with(&|_| one), Params::PerTensor(one)),
        Params::PerChannel(list) => (with(&|row| list[row]), Params::PerChannel(list)),
        Params::Same => (Vec::new(), Params::Same),
    })
}

/// The print's scales and zero points, or the observer's.
fn params(state: &State, pasted: &Pasted, rows: usize) -> Result<Params, String> {
    #[expect(clippy::cast_possible_truncation, reason = "scales are float32")]
    let fits = |scale: f64, zero_point: i64| {
        let range = QType::QInt8.range();
        let code = i32::try_from(zero_point).ok().filter(|code| range.clamp(*code) == *code);
        code.map(|code| QParams { scale: scale as f32, zero_point: code }).ok_or_else(|| {
            format!("the zero point {zero_point} is no qint8 code; weights are qint8, −128 to 127.")
        })
    };
    match &pasted.quantization {
        Some(Quantization::PerTensor { scale, zero_point }) => {
            fits(*scale, *zero_point).map(Params::PerTensor)
        }
        Some(Quantization::PerChannel { scales, zero_points, axis: 0 }) => {
            let both = scales.iter().zip(zero_points).take(rows);
            let list: Vec<QParams> = both
                .map(|(scale, zero_point)| fits(*scale, *zero_point))
                .collect::<Result<_, _>>()?;
            if list.len() < rows {
                return Err(format!("there are {rows} rows and {} scales.", list.len()));
            }
            Ok(Params::PerChannel(list))
        }
        Some(Quantization::PerChannel { axis, .. }) => Err(format!(
            "the scales belong to axis {axis}; a Linear’s weights have one scale per row, axis 0."
        )),
        None if state.experiment.per_channel => {
            let own = |row: &Vec<f64>| observed(state, &mut row.iter().copied());
            Ok(Params::PerChannel(pasted.rows[..rows].iter().map(own).collect()))
        }
        None => {
            let all = &mut pasted.rows[..rows].iter().flatten().copied();
            Ok(Params::PerTensor(observed(state, all)))
        }
    }
}

/// What the min-max observer that the state asks for makes of real weights, with a scale that the
/// page can hold.
#[expect(clippy::cast_possible_truncation, reason = "weights are float32")]
fn observed(state: &State, values: &mut dyn Iterator<Item = f64>) -> QParams {
    let start = (f64::INFINITY, f64::NEG_INFINITY);
    let (min, max) = values.fold(start, |(min, max), value| (min.min(value), max.max(value)));
    let scheme = state.experiment.weight_scheme;
    let params = min_max_qparams(
        min as f32,
        max as f32,
        QType::QInt8,
        scheme,
        state.experiment.reduce_weights,
    );
    QParams { scale: on_the_page(params.scale), ..params }
}

/// The scale that the page has for one.
pub(super) fn on_the_page(scale: f32) -> f32 {
    match Key::WeightScale.parameter().kind {
        Kind::Number(Number::Real { min, max, .. }) => scale.clamp(min, max),
        _ => scale,
    }
}
