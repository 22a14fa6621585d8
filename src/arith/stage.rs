//! What an engine does after the sum: zero-point terms, bias, rescale, clamp.

use super::engine::Engine;
use super::engine_info::{Bytes, Gives, Weights};
use super::fixed_point::Multiplier;
use super::linear::Linear;
use super::qparams::{QParams, QRange};
use super::quantize::dequantize;
use super::rescale::Rescale;
use super::scales::Scales;

/// One output of a layer on one engine, with what does not depend on the input worked out.
#[derive(Clone, Copy, Debug)]
pub struct Stage {
    input_zero_point: i32,
    weight_zero_point: i32,
    /// Σ w, as the accumulator counts them.
    weight_sum: i32,
    inputs: i32,
    /// What the bytes that are multiplied are below the codes.
    below: i32,
    scales: Scales,
    bias: Option<f32>,
    output: QParams,
    range: QRange,
    relu: bool,
    gives: Gives,
}

impl Stage {
    /// The stage of one output.
    ///
    /// # Panics
    /// If the layer has no such output.
    pub fn new(engine: Engine, layer: &Linear, output: usize) -> Stage {
        let counted = |&w: &i8| engine.accumulator().counted_weight(w);
        let input_zero_point = match engine.bytes() {
            Bytes::Codes => layer.input.zero_point,
            Bytes::ShiftedBy128 => 128,
            Bytes::LessBy128 => layer.input.zero_point - 128,
        };
        let weight_zero_point = match engine.weights() {
            Weights::Any => layer.weight_param(output).zero_point,
            // With others the engine cannot run.
            Weights::Symmetric => 0,
        };
        Stage {
            input_zero_point,
            weight_zero_point,
            weight_sum: layer.row(output).iter().map(counted).sum(),
            inputs: layer.inputs_i32(),
            below: if engine.bytes() == Bytes::LessBy128 { 128 } else { 0 },
            scales: Scales::of(layer, output),
            bias: layer.bias.as_ref().map(|bias| bias[output]),
            output: layer.output,
            range: layer.output_codes(),
            relu: layer.relu,
            gives: engine.gives(),
        }
    }

    /// The same stage with another requantization rule, if there is one, and the bias rule that
    /// belongs to it.
    #[must_use]
    pub fn with_rescale(self, rescale: Option<Rescale>) -> Stage {
        Stage { gives: rescale.map_or(self.gives, Gives::Codes), ..self }
    }

    /// The accumulator after the zero-point terms, before the bias:
    /// `raw - x_zp·(Σw - K·w_zp) - w_zp·Σx`, in wrapping int32, zero point and Σx being those of the
    /// bytes that are multiplied.
    ///
    /// `docs/arithmetic.md` sections 4, 7, 11 and 15. `sum_x` is the sum of the input codes.
    pub fn apply_zero_points(&self, raw: i32, sum_x: i32) -> i32 {
        raw.wrapping_sub(self.input_term()).wrapping_sub(self.weight_term(sum_x))
    }

    /// The sum of the bytes that are multiplied, where that of the codes is `sum_x`; with signed codes
    /// that are made unsigned, that of the codes.
    fn byte_sum(&self, sum_x: i32) -> i32 {
        sum_x.wrapping_sub(self.inputs.wrapping_mul(self.below))
    }

    fn weight_term(&self, sum_x: i32) -> i32 {
        self.weight_zero_point.wrapping_mul(self.byte_sum(sum_x))
    }

    fn input_term(&self) -> i32 {
        let offset = self.inputs.wrapping_mul(self.weight_zero_point);
        self.input_zero_point.wrapping_mul(self.weight_sum.wrapping_sub(offset))
    }

    fn rescale(&self) -> Option<Rescale> {
        match self.gives {
            Gives::Codes(rule) => Some(rule),
            Gives::Integers | Gives::Reals(_) => None,
        }
    }

    /// The output code of an accumulator; `None` where the engine returns integers or real numbers.
    pub fn output_code(&self, acc: i32) -> Option<i32> {
        let rescale = self.rescale()?;
        Some(rescale.output_code(acc, self.bias, self.scales, self.output.zero_point, self.range))
    }

    /// The real output: that of the code; without one `acc·(x_scale·w_scale) + bias` in float32, rounded
    /// and held to relu as a dynamic layer does where it is one.
    pub fn real(&self, acc: i32, code: Option<i32>) -> f32 {
        match (code, self.gives) {
            (Some(code), _) => dequantize(code, self.output),
            (None, Gives::Reals(engine)) => {
                let real = engine.output(acc, self.scales.input, self.scales.weight, self.bias);
                if self.relu { real.max(0.0) } else { real }
            }
            (None, _) => acc as f32 * self.scales.accumulator() + self.bias.unwrap_or(0.0),
        }
    }

    /// Every number on the way from a raw sum to the output.
    pub fn trace(&self, raw: i32, sum_x: i32) -> StageTrace {
        let acc = self.apply_zero_points(raw, sum_x);
        let code = self.output_code(acc);
        StageTrace {
            raw,
            input_zero_point: self.input_zero_point,
            weight_sum: self.weight_sum,
            input_term: self.input_term(),
            byte_sum: self.byte_sum(sum_x),
            weight_term: self.weight_term(sum_x),
            acc,
            bias: self.bias.map(|bias| match self.rescale() {
                Some(rule) => rule.bias_in_accumulator(bias, self.scales),
                None => f64::from(bias) / f64::from(self.scales.accumulator()),
            }),
            multiplier: match self.rescale() {
                Some(rule) => rule.multiplier(self.scales),
                None => self.scales.multiplier().into(),
            },
            fixed: self.rescale().and_then(|rule| rule.fixed_point(self.scales)),
            unclamped: self.rescale().map(|rule| {
                // Every rule ends in this range at the latest.
                let all = QRange { qmin: i32::MIN, qmax: i32::MAX };
                rule.output_code(acc, self.bias, self.scales, self.output.zero_point, all)
            }),
            range: self.range,
            code,
            real: self.real(acc, code),
        }
    }
}

/// The numbers of a [`Stage`], for one raw sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StageTrace {
    /// The sum of products, as the accumulator made it.
    pub raw: i32,
    /// The zero point of the bytes that are multiplied: the input's, 128 where oneDNN adds that to
    /// signed codes, or the input's less 128 where ONNX Runtime takes it off on ARM64.
    pub input_zero_point: i32,
    /// Σw, as the accumulator counts the weights ([`Accumulator::counted_weight`]).
    ///
    /// [`Accumulator::counted_weight`]: super::Accumulator::counted_weight
    pub weight_sum: i32,
    /// What is taken off for the input zero point: `x_zp·(Σw - K·w_zp)`.
    pub input_term: i32,
    /// Σx, of the bytes that are multiplied.
    pub byte_sum: i32,
    /// What is taken off for the weight zero point: `w_zp·Σx`.
    pub weight_term: i32,
    /// `raw - input_term - weight_term`.
    pub acc: i32,
    /// The bias in units of the accumulator; a whole number where the rule rounds it first.
    pub bias: Option<f64>,
    /// Output codes per unit of the accumulator, as the rule multiplies ([`Rescale::multiplier`]).
    pub multiplier: f64,
    /// The multiplier as the integers that the rule uses, where it does.
    pub fixed: Option<Multiplier>,
    /// Rescaled, rounded, with the output zero point, before the clamp; `None` where there is no code.
    pub unclamped: Option<i32>,
    /// The codes that the output is clamped to, with relu from the zero point up.
    pub range: QRange,
    /// The output code.
    pub code: Option<i32>,
    /// The real output.
    pub real: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer() -> Linear {
        let params = |scale, zero_point| QParams { scale, zero_point };
        Linear::new(
            3,
            1,
            vec![5, -7, 100],
            vec![params(0.5, 3)],
            false,
            params(0.25, 10),
            params(2.0, 7),
        )
        .and_then(|layer| layer.with_bias(vec![1.5]))
        .expect("it fits")
    }

    #[test]
    fn a_trace_adds_up() {
        for &engine in Engine::ALL {
            let stage = Stage::new(engine, &layer(), 0);
            for raw in [-40_000, 0, 777, 90_000] {
                let trace = stage.trace(raw, 30);
                let offset = trace.weight_sum - 3 * stage.weight_zero_point;
                assert_eq!(trace.input_term, trace.input_zero_point * offset, "{engine:?}");
                assert_eq!(trace.acc, raw - trace.input_term - trace.weight_term, "{engine:?}");
                assert_eq!(trace.acc, stage.apply_zero_points(raw, 30));
                assert_eq!(trace.code, stage.output_code(trace.acc));
                assert_eq!(trace.unclamped.map(|code| code.clamp(0, 255)), trace.code);
                assert_eq!(trace.bias, Some(12.0));
            }
        }
    }

    #[test]
    fn halved_weights_are_halved_in_the_zero_point_term_too() {
        // Weights of 1 are halved to 0: nothing is multiplied, and nothing may be taken off.
        let params = |zero_point| QParams { scale: 1.0, zero_point };
        let ones = |zero_point| {
            let weight = vec![params(0)];
            Linear::new(75, 1, vec![1; 75], weight, false, params(zero_point), params(0))
                .expect("it fits")
        };
        let run = |layer: &Linear, code| Engine::OneDnnHalfScale.run(layer, &[code; 75])[0];
        assert_eq!((run(&ones(128), 129).raw, run(&ones(128), 129).acc), (0, 0));
        // 3 counts as 4: (200 - 10) · 4 · 75, where the exact sum is a quarter less.
        let threes = Linear { weights: vec![3; 75], ..ones(10) };
        assert_eq!(run(&threes, 200).acc, 190 * 4 * 75);
    }

    #[test]
    fn another_rule_takes_the_place_of_the_engines() {
        let stage = Stage::new(Engine::OnnxRuntimeAvx2, &layer(), 0);
        assert_eq!(stage.output_code(100), None);
        let ruled = stage.with_rescale(Some(Rescale::Fbgemm));
        assert_eq!(ruled.output_code(100), Some(14));
        assert!(Stage::new(Engine::TfliteRuy, &layer(), 0).trace(1, 1).fixed.is_some());
        assert!(ruled.trace(1, 1).fixed.is_none());
    }
}
