//! What an engine does after the sum: zero-point terms, bias, rescale, clamp.

use super::engine::Engine;
use super::linear::Linear;
use super::qparams::{QParams, QRange};
use super::quantize::dequantize;
use super::requantize::{Rescale, Scales};

/// One output of a layer on one engine, with what does not depend on the input worked out.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    input_zero_point: i32,
    weight_zero_point: i32,
    /// Σ w - K·weight_zero_point.
    column_offset: i32,
    scales: Scales,
    bias: Option<f32>,
    output: QParams,
    range: QRange,
    rescale: Option<Rescale>,
}

impl Stage {
    /// The stage of one output.
    ///
    /// # Panics
    /// If the layer has no such output.
    pub fn new(engine: Engine, layer: &Linear, output: usize) -> Stage {
        let weight = layer.weight_param(output);
        let sum_w = layer.row(output).iter().map(|&w| i32::from(w)).sum::<i32>();
        // At most 65 536 inputs.
        let inputs = layer.inputs as i32;
        let (input_zero_point, weight_zero_point) = match engine {
            // The raw byte is q + 128 and the weights are symmetric.
            Engine::OneDnnS8S8 => (128, 0),
            _ => (layer.input.zero_point, weight.zero_point),
        };
        Stage {
            input_zero_point,
            weight_zero_point,
            column_offset: sum_w.wrapping_sub(inputs.wrapping_mul(weight_zero_point)),
            scales: Scales {
                input: layer.input.scale,
                weight: weight.scale,
                output: layer.output.scale,
                per_channel: layer.per_channel,
            },
            bias: layer.bias.as_ref().map(|bias| bias[output]),
            output: layer.output,
            range: engine.output_range(layer),
            rescale: engine.rescale(),
        }
    }

    /// The accumulator after the zero-point terms, before the bias:
    /// `raw - x_zp·(Σw - K·w_zp) - w_zp·Σx`, in wrapping int32.
    ///
    /// `docs/arithmetic.md` sections 4 and 7. `sum_x` is the sum of the input codes.
    pub fn apply_zero_points(&self, raw: i32, sum_x: i32) -> i32 {
        raw.wrapping_sub(self.input_zero_point.wrapping_mul(self.column_offset))
            .wrapping_sub(self.weight_zero_point.wrapping_mul(sum_x))
    }

    /// The output code of an accumulator; `None` where the engine returns the integer itself.
    pub fn output_code(&self, acc: i32) -> Option<i32> {
        let rescale = self.rescale?;
        Some(rescale.output_code(acc, self.bias, self.scales, self.output.zero_point, self.range))
    }

    /// The real output: that of the code, or without one `acc·(x_scale·w_scale) + bias` in
    /// float32.
    pub fn real(&self, acc: i32, code: Option<i32>) -> f32 {
        match code {
            Some(code) => dequantize(code, self.output),
            None => acc as f32 * self.scales.accumulator() + self.bias.unwrap_or(0.0),
        }
    }
}
