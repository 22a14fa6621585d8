//! Weights laid out in the order in which the product reads them.

use super::lanes::{Plane, STEP};
use super::shape::{ShapeError, elements};
use crate::arith::MAX_INPUTS;

/// Outputs computed together, so that each code is loaded once for all of them.
pub(super) const PANEL: usize = 2;

/// One step's weights of one output. A pair that saturates together stands at the same lane of
/// both planes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Planes {
    pub(super) even: Plane,
    pub(super) odd: Plane,
}

/// One step's weights of [`PANEL`] outputs.
pub(super) type PanelStep = [Planes; PANEL];

/// The weights of a layer, packed once for any number of products.
///
/// Widened to `i16` and split into even and odd places; missing weights (K off a multiple of 16,
/// N off a multiple of 2) are zero, which changes no sum and pairs an odd last weight with zero.
/// Takes a little over 2 bytes a weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedWeights {
    /// `[outputs / PANEL rounded up][inputs / STEP rounded up]`.
    steps: Vec<PanelStep>,
    outputs: usize,
    inputs: usize,
}

impl PackedWeights {
    /// Packs `weights`, row-major `[outputs][inputs]` (N × K).
    ///
    /// # Errors
    /// [`ShapeError::TooManyInputs`] beyond [`MAX_INPUTS`], [`ShapeError::Weights`] where the
    /// length is not `outputs · inputs`, [`ShapeError::TooLarge`] where that overflows.
    pub fn pack(weights: &[i8], outputs: usize, inputs: usize) -> Result<Self, ShapeError> {
        if inputs > MAX_INPUTS {
            return Err(ShapeError::TooManyInputs { inputs });
        }
        let expected = elements(outputs, inputs)?;
        if weights.len() != expected {
            return Err(ShapeError::Weights { expected, found: weights.len() });
        }
        let panel_steps = inputs.div_ceil(STEP);
        let zero = Planes { even: Plane::ZERO, odd: Plane::ZERO };
        let length = elements(outputs.div_ceil(PANEL), panel_steps)?;
        let mut steps = vec![[zero; PANEL]; length];
        for output in 0..outputs {
            let row = &weights[output * inputs..][..inputs];
            let panel = &mut steps[output / PANEL * panel_steps..][..panel_steps];
            for (step, part) in panel.iter_mut().zip(row.chunks(STEP)) {
                let planes = &mut step[output % PANEL];
                for (lane, pair) in part.chunks(2).enumerate() {
                    planes.even.0[lane] = i16::from(pair[0]);
                    planes.odd.0[lane] = pair.get(1).map_or(0, |&weight| i16::from(weight));
                }
            }
        }
        Ok(Self { steps, outputs, inputs })
    }

    /// Outputs of the layer (N).
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Inputs of the layer (K).
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The steps of the panel that holds outputs `panel · PANEL` and the following.
    pub(super) fn panel(&self, panel: usize) -> &[PanelStep] {
        let length = self.inputs.div_ceil(STEP);
        &self.steps[panel * length..][..length]
    }
}
