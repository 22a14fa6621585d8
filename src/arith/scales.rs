//! [`Scales`]: the scales of a layer's output, and the multipliers that libraries make of them.

use super::linear::Linear;
use super::onednn_rescale::OneDnnScales;

/// The three scales that a rescaling needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scales {
    /// Real units per input code.
    pub input: f32,
    /// Real units per weight code, of this output.
    pub weight: f32,
    /// Real units per output code.
    pub output: f32,
    /// Whether each output has its own weight scale; some libraries multiply in another order
    /// then.
    pub per_channel: bool,
}

impl Scales {
    /// Those of an output of a layer.
    ///
    /// # Panics
    /// If there is no such output.
    pub fn of(layer: &Linear, output: usize) -> Scales {
        Scales {
            input: layer.input.scale,
            weight: layer.weight_param(output).scale,
            output: layer.output.scale,
            per_channel: layer.per_channel,
        }
    }

    /// Real units per unit of the accumulator, in float32: `input·weight`.
    pub fn accumulator(self) -> f32 {
        self.input * self.weight
    }

    /// Output codes per unit of the accumulator, in float32: `(input·weight)/output`.
    pub fn multiplier(self) -> f32 {
        self.accumulator() / self.output
    }

    /// The same with the reciprocal of the output scale, `(input·weight)·(1/output)`, each step in
    /// float32: QNNPACK, as PyTorch prepares it (`generate_requantization_scales`).
    pub fn qnnpack_multiplier(self) -> f32 {
        self.accumulator() * (1.0 / self.output)
    }

    /// The same in double throughout: LiteRT 2.3's reference kernel, and every per-channel one.
    pub fn multiplier_f64(self) -> f64 {
        f64::from(self.input) * f64::from(self.weight) / f64::from(self.output)
    }

    /// The same scales as doubles.
    pub fn wide(self) -> OneDnnScales {
        let Scales { input, weight, output, per_channel } = self;
        let [input, weight, output] = [input, weight, output].map(f64::from);
        OneDnnScales { input, weight, output, per_channel }
    }

    /// What TensorFlow Lite turns into a [`Multiplier`](super::Multiplier): per tensor the first product is in
    /// float32.
    pub fn tflite_multiplier(self) -> f64 {
        if self.per_channel {
            self.multiplier_f64()
        } else {
            f64::from(self.accumulator()) / f64::from(self.output)
        }
    }
}

/// What tests of rescaling begin with.
#[cfg(test)]
pub(super) mod fixtures {
    use super::Scales;
    use crate::arith::QRange;

    pub const CODES: QRange = QRange { qmin: 0, qmax: 255 };

    pub fn scales(input: f32, weight: f32, output: f32, per_channel: bool) -> Scales {
        Scales { input, weight, output, per_channel }
    }
}
