//! The weights of a layer, and how the pairs of its products get their sums.

use super::correction::Listed;
use super::lanes::By;
use super::pack::Packed;
use super::shape::{ShapeError, elements};
use super::{Fastest, MAX_INPUTS};

/// Outputs of a tile with exact pairs, and with saturated ones: so many sums fit the registers.
pub(super) const EXACT_OUTPUTS: usize = 8;
pub(super) const SATURATED_OUTPUTS: usize = 4;

/// One pair in so many may be listed. Where more can saturate, looking at each is faster.
const ONE_IN: usize = 8;

/// What becomes of two neighbouring products, counted from k = 0, before they are in 32 bits. An odd
/// last product has a zero for a neighbour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PairSum {
    /// Nothing: `Σ x·w`, as FBGEMM with VNNI, QNNPACK and TFLite do.
    Exact,
    /// Their sum saturates to `i16`, as FBGEMM with AVX2 does.
    Saturate,
    /// Their sum wraps around to `i16`, and codes are bytes in two's complement: ONNX Runtime on ARM64
    /// without dot product. No library wraps unsigned ones.
    Wrap,
}

/// How the pairs of a layer get their sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PairRule {
    /// Exactly, and what the listed ones lose is taken off.
    Listed(Listed),
    /// Each is saturated.
    Saturated,
}

impl PairRule {
    /// The faster one, for weights `[outputs][inputs]`.
    fn of(weights: &[i8], inputs: usize, pair_sum: PairSum) -> PairRule {
        // What two weights may come to so that no codes bring their products beyond a rail. That both have
        // one sign goes without saying: else they come to less.
        let listed = match pair_sum {
            PairSum::Exact => Some(Listed::none()),
            // 255 · 128 is 32640, 255 · 129 is 32895.
            PairSum::Saturate => {
                Listed::of(weights, inputs, &(-128..=128), -1, weights.len() / 2 / ONE_IN)
            }
            // Signed bytes: 2 · -128 · -128 is the only sum beyond, by one.
            PairSum::Wrap => Listed::of(weights, inputs, &(-255..=254), -1 << 16, usize::MAX),
        };
        listed.map_or(PairRule::Saturated, PairRule::Listed)
    }

    /// The order in which codes are packed for it, and weights.
    pub(super) fn order(&self) -> By {
        match self {
            PairRule::Listed(_) => By::Twos,
            PairRule::Saturated => By::Fours,
        }
    }
}

/// The weights of a layer, packed once for any number of products.
///
/// Takes a little over 2 bytes a weight, and where some of its pairs can saturate, 8 for each of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedWeights {
    pub(super) packed: Packed,
    pub(super) rule: PairRule,
    pair_sum: PairSum,
    outputs: usize,
    inputs: usize,
}

impl PackedWeights {
    /// Packs `weights`, row-major `[outputs][inputs]` (N × K), for products with such pairs.
    ///
    /// # Errors
    /// [`ShapeError::TooManyInputs`] beyond [`MAX_INPUTS`], [`ShapeError::Weights`] where the
    /// length is not `outputs · inputs`, [`ShapeError::TooLarge`] where that overflows.
    pub fn pack(
        weights: &[i8],
        outputs: usize,
        inputs: usize,
        pair_sum: PairSum,
    ) -> Result<Self, ShapeError> {
        if inputs > MAX_INPUTS {
            return Err(ShapeError::TooManyInputs { inputs });
        }
        let expected = elements(outputs, inputs)?;
        if weights.len() != expected {
            return Err(ShapeError::Weights { expected, found: weights.len() });
        }
        let rule = PairRule::of(weights, inputs, pair_sum);
        let together = match rule {
            PairRule::Listed(_) => EXACT_OUTPUTS,
            PairRule::Saturated => SATURATED_OUTPUTS,
        };
        let lines = [outputs, inputs, together];
        let packed = Packed::new::<Fastest, i8>(weights, lines, rule.order(), true)?;
        Ok(Self { packed, rule, pair_sum, outputs, inputs })
    }

    /// Outputs of the layer (N).
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Inputs of the layer (K).
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// What becomes of two neighbouring products.
    pub fn pair_sum(&self) -> PairSum {
        self.pair_sum
    }
}
