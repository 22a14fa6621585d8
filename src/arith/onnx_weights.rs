//! [`OnnxWeights`]: the constant operand of ONNX Runtime's integer operators, and the operators that
//! return integers.

use std::error::Error;
use std::fmt;

use super::codes::{Codes, take_zero_points_off};
use super::conv::{ConvError, ConvShape, TapOrder};
use super::linear::MAX_INPUTS;
use super::onnx_runtime::OnnxCpu;

/// Codes of weights, `[N][K]`, and their zero points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnnxWeights {
    inputs: usize,
    outputs: usize,
    bytes: Vec<u8>,
    signed: bool,
    /// One, or one per output.
    zero_points: Vec<i32>,
}

impl OnnxWeights {
    /// N rows of K weights with one zero point, or one per output. Of `MatMul`'s second operand the
    /// rows are its columns; of a convolution K is [`ConvShape::row`], and they are
    /// `[N][C/groups][kernel]`.
    ///
    /// # Errors
    /// Where a length does not fit, or a zero point is no code of the type.
    pub fn new(
        [inputs, outputs]: [usize; 2],
        codes: Codes,
        zero_points: Vec<i32>,
    ) -> Result<Self, OnnxError> {
        if inputs == 0 || outputs == 0 {
            return Err(OnnxError::Empty);
        }
        let found = codes.bytes.len();
        if inputs > MAX_INPUTS || inputs.checked_mul(outputs) != Some(found) {
            return Err(OnnxError::Weights { inputs, outputs, found });
        }
        check_count("weight zero points", zero_points.len(), outputs)?;
        zero_points
            .iter()
            .try_for_each(|&zero_point| check_zero_point(zero_point, codes.signed))?;
        let (bytes, signed) = (codes.bytes.to_vec(), codes.signed);
        Ok(OnnxWeights { inputs, outputs, bytes, signed, zero_points })
    }

    /// K.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// N.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The K weights of an output.
    ///
    /// # Panics
    /// If there is no such output.
    pub fn row(&self, output: usize) -> Codes<'_> {
        let bytes = &self.bytes[output * self.inputs..(output + 1) * self.inputs];
        Codes { bytes, signed: self.signed }
    }

    /// The zero point of an output's weights.
    ///
    /// # Panics
    /// If there is no such output.
    pub fn zero_point(&self, output: usize) -> i32 {
        self.zero_points[if self.zero_points.len() == 1 { 0 } else { output }]
    }

    /// Whether they are s8 and every zero point is 0.
    pub fn are_symmetric(&self) -> bool {
        self.signed && self.zero_points.iter().all(|&zero_point| zero_point == 0)
    }

    /// `MatMulInteger` of a row of K codes: N sums, zero points taken off.
    ///
    /// `docs/arithmetic.md` sections 7, 14 and 15.
    ///
    /// # Panics
    /// If `a` is not K long.
    pub fn matmul_integer(&self, cpu: OnnxCpu, a: Codes, zero_point: i32) -> Vec<i32> {
        let sum = |output| {
            let w = self.row(output);
            let zero_points = [zero_point, self.zero_point(output)];
            take_zero_points_off(cpu.product(a, w), a, w, zero_points)
        };
        (0..self.outputs).map(sum).collect()
    }

    /// `ConvInteger`: `[B][N][output]` sums of codes `[B][C][input]`, zero points taken off.
    ///
    /// The weights are the left operand, and k goes as they are stored. A tap outside the picture has
    /// the input zero point.
    ///
    /// # Errors
    /// If the shape is none, or does not fit the weights or the input.
    pub fn conv_integer(
        &self,
        cpu: OnnxCpu,
        shape: &ConvShape,
        x: Codes,
        zero_point: i32,
    ) -> Result<Vec<i32>, ConvError> {
        self.over_rows(shape, x, zero_point, TapOrder::ChannelsOutermost, |output, row| {
            let w = self.row(output);
            let zero_points = [self.zero_point(output), zero_point];
            take_zero_points_off(cpu.product(w, row), w, row, zero_points)
        })
    }

    /// The sums of `QLinearConv`, `[B][N][output]`, zero points taken off: channels innermost, and the
    /// input is the left operand.
    ///
    /// # Errors
    /// If the shape is none, or does not fit the weights or the input.
    pub fn qlinear_conv_sums(
        &self,
        cpu: OnnxCpu,
        shape: &ConvShape,
        x: Codes,
        zero_point: i32,
    ) -> Result<Vec<i32>, ConvError> {
        let shape = &shape.clone().checked()?;
        shape.check_rows(self.inputs, self.outputs)?;
        let bytes = shape.weight_rows(&self.bytes, TapOrder::ChannelsInnermost);
        let rows: Vec<&[u8]> = bytes.chunks(self.inputs).collect();
        self.over_rows(shape, x, zero_point, TapOrder::ChannelsInnermost, |output, row| {
            let w = Codes { bytes: rows[output], signed: self.signed };
            let product = cpu.conv_product(shape, row, w, self.are_symmetric());
            take_zero_points_off(product, row, w, [zero_point, self.zero_point(output)])
        })
    }

    /// One value for every place and channel of the output, of the row of input codes that meets its
    /// weights.
    pub(super) fn over_rows<T>(
        &self,
        shape: &ConvShape,
        x: Codes,
        zero_point: i32,
        order: TapOrder,
        mut each: impl FnMut(usize, Codes) -> T,
    ) -> Result<Vec<T>, ConvError> {
        let shape = shape.clone().checked()?;
        shape.check_rows(self.inputs, self.outputs)?;
        shape.check_input(x.bytes.len())?;
        // The low byte of a code is the code, signed or not.
        let [outside, ..] = zero_point.to_le_bytes();
        let mut bytes = Vec::new();
        Ok(shape.map(x.bytes, order, |output, taps| {
            bytes.clear();
            bytes.extend(taps.iter().map(|tap| tap.unwrap_or(outside)));
            each(output, Codes { bytes: &bytes, signed: x.signed })
        }))
    }
}

/// An error unless there is one value, or one per output.
pub(super) fn check_count(
    what: &'static str,
    found: usize,
    outputs: usize,
) -> Result<(), OnnxError> {
    if found == 1 || found == outputs {
        Ok(())
    } else {
        Err(OnnxError::Count { what, outputs, found })
    }
}

/// An error unless a zero point is a code of its type.
pub(super) fn check_zero_point(zero_point: i32, signed: bool) -> Result<(), OnnxError> {
    let codes = if signed { -128..=127 } else { 0..=255 };
    if codes.contains(&zero_point) {
        Ok(())
    } else {
        Err(OnnxError::ZeroPoint { zero_point, signed })
    }
}

/// Why some numbers are no operator of ONNX Runtime's.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum OnnxError {
    /// No input or no output.
    Empty,
    /// The weights are not N × K, or K is more than [`MAX_INPUTS`].
    Weights {
        /// K.
        inputs: usize,
        /// N.
        outputs: usize,
        /// Weights given.
        found: usize,
    },
    /// Neither one value nor one per output.
    Count {
        /// Of what.
        what: &'static str,
        /// N.
        outputs: usize,
        /// Values given.
        found: usize,
    },
    /// A zero point that is no code of its type.
    ZeroPoint {
        /// The zero point given.
        zero_point: i32,
        /// Whether the type is s8, not u8.
        signed: bool,
    },
    /// A scale that is not a positive finite number.
    Scale {
        /// The scale given.
        scale: f32,
    },
}

impl fmt::Display for OnnxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => write!(f, "an operator needs at least one input and one output"),
            Self::Weights { inputs, outputs, found } => write!(
                f,
                "{outputs} × {inputs} weights are needed, {found} were given; a row may have {MAX_INPUTS}"
            ),
            Self::Count { what, outputs, found } => {
                write!(f, "1 or {outputs} {what} are needed, {found} were given")
            }
            Self::ZeroPoint { zero_point, signed } => {
                let codes = if *signed { "-128..=127" } else { "0..=255" };
                write!(f, "the zero point {zero_point} is outside {codes}")
            }
            Self::Scale { scale } => {
                write!(f, "the scale {scale} is not a positive finite number")
            }
        }
    }
}

impl Error for OnnxError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_points_go_with_their_side() {
        let w = OnnxWeights::new([2, 2], Codes::s8(&[1, 2, 3, 4]), vec![0, 1]).expect("it fits");
        // (10 - 10)·1 + (20 - 10)·2, and (20 - 10)·(4 - 1).
        assert_eq!(w.matmul_integer(OnnxCpu::Vnni, Codes::u8(&[10, 20]), 10), [20, 30]);
        assert!(!w.are_symmetric());
    }

    #[test]
    fn conv_integer_saturates_where_the_weights_are_unsigned() {
        let shape = ConvShape::plain([1; 3], &[1, 2], &[1, 2]);
        let (high, low) = ([255, 255], [128, 128]);
        let of = |w: Codes, x: Codes| {
            let weights = OnnxWeights::new([2, 1], w, vec![0]).expect("it fits");
            let sum = |cpu| weights.conv_integer(cpu, &shape, x, 0).expect("it fits")[0];
            [sum(OnnxCpu::Avx2), sum(OnnxCpu::Vnni)]
        };
        assert_eq!(of(Codes::u8(&high), Codes::s8(&low)), [-32_768, -65_280]);
        assert_eq!(of(Codes::s8(&low), Codes::u8(&high)), [-65_280; 2]);
    }

    #[test]
    fn misfits_are_told_apart() {
        let of = |sizes, codes: &[u8], zero_points| {
            OnnxWeights::new(sizes, Codes::s8(codes), zero_points).expect_err("it does not fit")
        };
        assert_eq!(of([0, 1], &[], vec![0]), OnnxError::Empty);
        let weights = OnnxError::Weights { inputs: 2, outputs: 2, found: 3 };
        assert_eq!(of([2, 2], &[0; 3], vec![0]), weights);
        let count = OnnxError::Count { what: "weight zero points", outputs: 3, found: 2 };
        assert_eq!(of([1, 3], &[0; 3], vec![0, 0]), count);
        let zero_point = OnnxError::ZeroPoint { zero_point: 128, signed: true };
        assert_eq!(of([1, 1], &[0], vec![128]), zero_point);
    }
}
