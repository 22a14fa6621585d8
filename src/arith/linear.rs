//! A quantized linear layer: what every engine is given.

use std::error::Error;
use std::fmt;

use serde::Serialize;

use super::qparams::{QParams, QRange, QType};
use super::row_shape::RowShape;

/// The most inputs of a layer. No exact sum of products leaves int32 up to here:
/// 65 536·255·128 < 2³¹.
pub const MAX_INPUTS: usize = 65_536;

/// `y = x·Wᵀ + b` with quint8 activations and qint8 weights.
///
/// The fields are public so that a copy can be edited; engines rely on the shapes that
/// [`Linear::new`] checks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Linear {
    /// K.
    pub inputs: usize,
    /// N.
    pub outputs: usize,
    /// Weight codes, `[N][K]` row by row.
    pub weights: Vec<i8>,
    /// Of the weights: one for all, or one per output.
    pub weight_params: Vec<QParams>,
    /// Whether `weight_params` is one per output. FBGEMM and TensorFlow Lite round differently
    /// then, even with one output.
    pub per_channel: bool,
    /// Of the inputs, quint8.
    pub input: QParams,
    /// Of the outputs, quint8.
    pub output: QParams,
    /// Real bias, one per output.
    pub bias: Option<Vec<f32>>,
    /// Whether outputs below real 0 are clamped to it.
    pub relu: bool,
    /// The codes that inputs and outputs are clamped to: all of quint8 as in eager PyTorch, or the
    /// observer's as with fake-quantize and PT2E.
    pub activation_codes: QRange,
    /// What its rows are made of: those of a convolution at one place have several taps.
    pub row_shape: RowShape,
}

impl Linear {
    /// A layer without bias or relu; add them with [`with_bias`](Self::with_bias) and
    /// [`with_relu`](Self::with_relu).
    ///
    /// # Errors
    /// Where a length does not fit the shape, a zero point is not of its type (quint8 for
    /// activations, qint8 for weights) or a scale is not a positive finite number.
    pub fn new(
        inputs: usize,
        outputs: usize,
        weights: Vec<i8>,
        weight_params: Vec<QParams>,
        per_channel: bool,
        input: QParams,
        output: QParams,
    ) -> Result<Self, LinearError> {
        if inputs == 0 || outputs == 0 {
            return Err(LinearError::Empty);
        }
        if inputs > MAX_INPUTS {
            return Err(LinearError::TooManyInputs { inputs });
        }
        if inputs.checked_mul(outputs) != Some(weights.len()) {
            return Err(LinearError::Weights { inputs, outputs, found: weights.len() });
        }
        let expected = if per_channel { outputs } else { 1 };
        if weight_params.len() != expected {
            return Err(LinearError::WeightParams { expected, found: weight_params.len() });
        }
        for params in &weight_params {
            check(*params, QType::QInt8)?;
        }
        check(input, QType::QUInt8)?;
        check(output, QType::QUInt8)?;
        let (bias, relu) = (None, false);
        Ok(Linear {
            inputs,
            outputs,
            weights,
            weight_params,
            per_channel,
            input,
            output,
            bias,
            relu,
            activation_codes: QType::QUInt8.range(),
            row_shape: RowShape::linear(inputs),
        })
    }

    /// The same layer with a real bias per output.
    ///
    /// # Errors
    /// If there is not one for each output.
    pub fn with_bias(mut self, bias: Vec<f32>) -> Result<Self, LinearError> {
        if bias.len() != self.outputs {
            return Err(LinearError::Bias { expected: self.outputs, found: bias.len() });
        }
        self.bias = Some(bias);
        Ok(self)
    }

    /// The same layer with or without relu.
    pub fn with_relu(mut self, relu: bool) -> Self {
        self.relu = relu;
        self
    }

    /// The same layer as the rows of a convolution with a kernel of so many rows and columns, at one
    /// place; of one tap where its inputs do not divide into the kernel's taps.
    pub fn with_kernel(mut self, kernel: [usize; 2]) -> Self {
        self.row_shape = RowShape::new(self.inputs, kernel);
        self
    }

    /// How many inputs there are, as a factor of 32-bit sums.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "at most MAX_INPUTS"
    )]
    pub const fn inputs_i32(&self) -> i32 {
        self.inputs as i32
    }

    /// The output codes that can occur: the layer's, or from the zero point up with relu.
    pub fn output_codes(&self) -> QRange {
        let codes = self.activation_codes;
        let qmin = if self.relu { codes.clamp(self.output.zero_point) } else { codes.qmin };
        QRange { qmin, ..codes }
    }

    /// The K weights of an output.
    ///
    /// # Panics
    /// If there is no such output.
    pub fn row(&self, output: usize) -> &[i8] {
        &self.weights[output * self.inputs..(output + 1) * self.inputs]
    }

    /// Scale and zero point of an output's weights.
    ///
    /// # Panics
    /// If there is no such output.
    pub fn weight_param(&self, output: usize) -> QParams {
        self.weight_params[if self.per_channel { output } else { 0 }]
    }
}

fn check(params: QParams, dtype: QType) -> Result<(), LinearError> {
    if !(params.scale.is_finite() && params.scale > 0.0) {
        return Err(LinearError::Scale { scale: params.scale });
    }
    let range = dtype.range();
    if !(range.qmin..=range.qmax).contains(&params.zero_point) {
        return Err(LinearError::ZeroPoint { zero_point: params.zero_point, dtype });
    }
    Ok(())
}

/// Why some numbers are no layer.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum LinearError {
    /// No input or no output.
    Empty,
    /// More inputs than [`MAX_INPUTS`].
    TooManyInputs {
        /// Inputs asked for.
        inputs: usize,
    },
    /// The weights are not outputs × inputs.
    Weights {
        /// K.
        inputs: usize,
        /// N.
        outputs: usize,
        /// Weights given.
        found: usize,
    },
    /// The weight parameters are not one, or one per output.
    WeightParams {
        /// Parameters that the shape asks for.
        expected: usize,
        /// Parameters given.
        found: usize,
    },
    /// The bias is not one per output.
    Bias {
        /// N.
        expected: usize,
        /// Values given.
        found: usize,
    },
    /// A scale that is not a positive finite number.
    Scale {
        /// The scale given.
        scale: f32,
    },
    /// A zero point that is no code of its type.
    ZeroPoint {
        /// The zero point given.
        zero_point: i32,
        /// The type whose code it should be.
        dtype: QType,
    },
}

impl fmt::Display for LinearError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "a layer needs at least one input and one output"),
            Self::TooManyInputs { inputs } => write!(
                f,
                "{inputs} inputs are more than {MAX_INPUTS}: the 32-bit sum could overflow"
            ),
            Self::Weights { inputs, outputs, found } => {
                write!(f, "{outputs} × {inputs} weights are needed, {found} were given")
            }
            Self::WeightParams { expected, found } => {
                write!(f, "{expected} weight scales are needed, {found} were given")
            }
            Self::Bias { expected, found } => {
                write!(f, "{expected} bias values are needed, {found} were given")
            }
            Self::Scale { scale } => {
                write!(f, "the scale {scale} is not a positive finite number")
            }
            Self::ZeroPoint { zero_point, dtype } => {
                let range = dtype.range();
                write!(f, "the zero point {zero_point} is outside {}..={}", range.qmin, range.qmax)
            }
        }
    }
}

impl Error for LinearError {}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: QParams = QParams { scale: 1.0, zero_point: 0 };

    #[test]
    fn rows_and_parameters() {
        let other = QParams { scale: 2.0, zero_point: 3 };
        let layer = Linear::new(3, 2, vec![1, 2, 3, 4, 5, 6], vec![UNIT, other], true, UNIT, UNIT);
        let layer = layer.expect("it fits");
        assert_eq!(layer.row(1), [4, 5, 6]);
        assert_eq!(layer.weight_param(1), other);
        assert_eq!(
            layer.clone().with_bias(vec![0.0]).map(|_| ()),
            Err(LinearError::Bias { expected: 2, found: 1 })
        );
        assert!(layer.with_relu(true).relu);
    }

    #[test]
    fn every_misfit_has_its_error() {
        let make = |inputs, outputs, count, params: Vec<QParams>, per_channel, input| {
            let made =
                Linear::new(inputs, outputs, vec![0; count], params, per_channel, input, UNIT);
            made.expect_err("it does not fit")
        };
        assert_eq!(make(0, 1, 0, vec![UNIT], false, UNIT), LinearError::Empty);
        assert_eq!(
            make(65_537, 1, 0, vec![UNIT], false, UNIT),
            LinearError::TooManyInputs { inputs: 65_537 }
        );
        assert_eq!(
            make(2, 2, 3, vec![UNIT], false, UNIT),
            LinearError::Weights { inputs: 2, outputs: 2, found: 3 }
        );
        assert_eq!(
            make(2, 2, 4, vec![UNIT], true, UNIT),
            LinearError::WeightParams { expected: 2, found: 1 }
        );
        let bad = QParams { scale: 0.0, zero_point: 0 };
        assert_eq!(make(1, 1, 1, vec![bad], false, UNIT), LinearError::Scale { scale: 0.0 });
        let beyond = QParams { scale: 1.0, zero_point: 256 };
        let error = make(1, 1, 1, vec![UNIT], false, beyond);
        assert_eq!(error, LinearError::ZeroPoint { zero_point: 256, dtype: QType::QUInt8 });
        assert_eq!(error.to_string(), "the zero point 256 is outside 0..=255");
    }
}
