//! A layer on an engine: bytes, an accumulator, zero-point terms, a bias rule and a rescaling.

use std::error::Error;
use std::fmt;

use super::accumulate::Accumulator;
use super::engine::Engine;
use super::engine_info::{Bytes, Weights};
use super::linear::Linear;
use super::stage::Stage;

/// Why an engine cannot run a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unavailable {
    /// The engine takes symmetric weights only.
    WeightZeroPoint {
        /// The engine asked.
        engine: Engine,
        /// The zero point of some output's weights.
        zero_point: i32,
    },
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WeightZeroPoint { engine, zero_point } => write!(
                f,
                "{} needs a weight zero point of 0; this layer has {zero_point}.",
                engine.name()
            ),
        }
    }
}

impl Error for Unavailable {}

/// What an engine makes of one output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EngineOutput {
    /// The sum of products as [`Engine::accumulator`] made it.
    pub raw: i32,
    /// After the zero-point terms, before the bias.
    pub acc: i32,
    /// Output code, 0..=255; `None` where the engine gives integers or real numbers.
    pub code: Option<i32>,
    /// The real value of the code; without one `acc·scales + bias`, as a dynamic layer rounds it where it
    /// is one.
    pub real: f32,
}

impl Engine {
    /// The accumulator whose sum over the *input codes* is this engine's raw sum for that layer.
    ///
    /// `None` where the engine multiplies other bytes than the input codes
    /// ([`raw_byte`](Self::raw_byte)).
    pub const fn raw_accumulator(self, layer: &Linear) -> Option<Accumulator> {
        match self.bytes() {
            // At zero point 128 the raw byte is the code.
            Bytes::ShiftedBy128 if layer.input.zero_point != 128 => None,
            Bytes::LessBy128 => None,
            Bytes::ShiftedBy128 | Bytes::Codes => Some(self.accumulator_of(layer)),
        }
    }

    /// The byte that is multiplied for an input code.
    ///
    /// The code itself; a signed one with 128 added, the activation being re-quantized symmetrically
    /// with the same scale; or the code less 128 in two's complement ([`Bytes`]).
    #[expect(clippy::cast_possible_truncation, reason = "0 to 255 by the clamp")]
    pub fn raw_byte(self, layer: &Linear, code: u8) -> u8 {
        match self.bytes() {
            Bytes::Codes => code,
            Bytes::LessBy128 => code ^ 0x80,
            Bytes::ShiftedBy128 => {
                let centred = i32::from(code).saturating_sub(layer.input.zero_point);
                (centred.clamp(-128, 127) + 128) as u8
            }
        }
    }

    /// Why it cannot run a layer, if it cannot. [`run`](Self::run) gives numbers all the same,
    /// but no library would.
    pub fn unavailable(self, layer: &Linear) -> Option<Unavailable> {
        let zero_points = layer.weight_params.iter().map(|params| params.zero_point);
        let refused = |zero_point: &i32| self.weights() == Weights::Symmetric && *zero_point != 0;
        zero_points
            .filter(refused)
            .map(|zero_point| Unavailable::WeightZeroPoint { engine: self, zero_point })
            .next()
    }

    /// Bias, rescaling, output zero point and clamp; `None` where the engine has no output codes.
    ///
    /// # Panics
    /// If the layer has no such output.
    pub fn output_code(self, layer: &Linear, output: usize, acc: i32) -> Option<i32> {
        Stage::new(self, layer, output).output_code(acc)
    }

    /// The whole layer for one row of K input codes: N outputs.
    ///
    /// # Panics
    /// If `x` is not as long as the layer's inputs.
    pub fn run(self, layer: &Linear, x: &[u8]) -> Vec<EngineOutput> {
        assert_eq!(x.len(), layer.inputs, "as many input codes as the layer has inputs");
        let bytes: Vec<u8> = x.iter().map(|&code| self.raw_byte(layer, code)).collect();
        // 65 536 · 255 < 2³¹.
        let sum_x = x.iter().map(|&code| i32::from(code)).sum::<i32>();
        (0..layer.outputs)
            .map(|output| {
                let stage = Stage::new(self, layer, output);
                let raw = self.accumulator_of(layer).accumulate(&bytes, layer.row(output));
                let acc = stage.apply_zero_points(raw, sum_x);
                let code = stage.output_code(acc);
                EngineOutput { raw, acc, code, real: stage.real(acc, code) }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::QParams;

    fn pair_layer(w: [i8; 2], input_zero_point: i32, weight_zero_point: i32) -> Linear {
        let params = |zero_point| QParams { scale: 1.0, zero_point };
        let output = QParams { scale: 254.0, zero_point: 128 };
        let weight = vec![params(weight_zero_point)];
        Linear::new(2, 1, w.to_vec(), weight, false, params(input_zero_point), output)
            .expect("it fits")
    }

    #[test]
    fn symmetric_engines_refuse_a_weight_zero_point() {
        let layer = pair_layer([127, 127], 0, 3);
        let refusing: Vec<_> =
            Engine::ALL.iter().filter(|engine| engine.unavailable(&layer).is_some()).collect();
        assert_eq!(refusing.len(), 18);
        let reason = Engine::TfliteRuy.unavailable(&layer).expect("it refuses").to_string();
        assert_eq!(
            reason,
            "TensorFlow Lite (ruy) needs a weight zero point of 0; this layer has 3."
        );
        assert!(Engine::TfliteRuy.unavailable(&pair_layer([1, 1], 0, 0)).is_none());
    }

    #[test]
    fn onednn_s8s8_saturates_near_zero() {
        // Zero point 0: code 2 is the raw byte 130, and 130·254 is beyond int16.
        let layer = pair_layer([127, 127], 0, 0);
        let acc = |engine: Engine, code| engine.run(&layer, &[code, code])[0].acc;
        assert_eq!(acc(Engine::OneDnnS8S8, 1), 254);
        assert_eq!(acc(Engine::OneDnnS8S8, 2), 508 - 253);
        assert_eq!(acc(Engine::FbgemmAvx2, 2), 508);
    }

    #[test]
    fn at_zero_point_128_onednn_s8s8_is_fbgemm() {
        let layer = pair_layer([127, 100], 128, 0);
        assert_eq!(Engine::OneDnnS8S8.raw_accumulator(&layer), Some(Accumulator::PAIR_SATURATING));
        for code in 0..=255 {
            let run = |engine: Engine| engine.run(&layer, &[code, code]);
            assert_eq!(run(Engine::OneDnnS8S8), run(Engine::FbgemmAvx2));
        }
    }

    #[test]
    fn exact_engines_agree_on_the_accumulator() {
        let layer = pair_layer([127, -90], 77, 0);
        for &engine in Engine::ALL {
            if engine.accumulator() == Accumulator::EXACT {
                let exact = (200 - 77) * 127 - (13 - 77) * 90;
                assert_eq!(engine.run(&layer, &[200, 13])[0].acc, exact, "{engine:?}");
            }
        }
    }

    #[test]
    fn an_integer_product_has_no_code() {
        let layer = pair_layer([1, 1], 0, 0).with_bias(vec![0.5]).expect("it fits");
        let output = Engine::OnnxRuntimeAvx2.run(&layer, &[3, 4])[0];
        assert_eq!((output.code, output.real), (None, 7.5));
    }
}
