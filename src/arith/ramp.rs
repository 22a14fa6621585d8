//! A layer swept with all inputs equal.

use super::engine::Engine;
use super::linear::Linear;
use super::stage::Stage;

/// The number of input codes of a ramp: every quint8 value.
pub const CODES: usize = 256;

/// One output of a layer on one engine along a sweep. Where all K inputs have the same code, the
/// index is that code.
#[derive(Clone, Debug, PartialEq)]
pub struct Ramp {
    /// Sums of products as the engine's accumulator made them.
    pub raw: Vec<i32>,
    /// After the zero-point terms, before the bias.
    pub acc: Vec<i32>,
    /// Output codes, 0..=255; `None` for ONNX Runtime's integer product.
    pub code: Vec<Option<i32>>,
    /// Real outputs.
    pub real: Vec<f32>,
}

impl Ramp {
    /// The ramp by running every code through the engine's accumulator.
    ///
    /// # Panics
    /// If the layer has no such output.
    pub fn brute_force(engine: Engine, layer: &Linear, output: usize) -> Ramp {
        let mut x = vec![0; layer.inputs];
        let mut raw = Vec::with_capacity(CODES);
        let mut sum_x = Vec::with_capacity(CODES);
        for code in 0..=u8::MAX {
            x.fill(engine.raw_byte(layer, code));
            raw.push(engine.accumulator_of(layer).accumulate(&x, layer.row(output)));
            // Below 2²⁴.
            sum_x.push(layer.inputs_i32() * i32::from(code));
        }
        Ramp::from_sums(&Stage::new(engine, layer, output), raw, &sum_x)
    }

    /// The ramp from sums of products found some other way, and the sums of the input codes at
    /// the same places. The shorter of the two ends the ramp.
    pub fn from_sums(stage: &Stage, raw: Vec<i32>, sum_x: &[i32]) -> Ramp {
        let places = raw.len().min(sum_x.len());
        let mut ramp = Ramp {
            raw,
            acc: Vec::with_capacity(places),
            code: Vec::with_capacity(places),
            real: Vec::with_capacity(places),
        };
        ramp.raw.truncate(places);
        for (&raw, &sum_x) in ramp.raw.iter().zip(sum_x) {
            let acc = stage.apply_zero_points(raw, sum_x);
            let code = stage.output_code(acc);
            ramp.acc.push(acc);
            ramp.code.push(code);
            ramp.real.push(stage.real(acc, code));
        }
        ramp
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::QParams;

    #[test]
    fn a_ramp_is_a_run_for_every_code() {
        let params = |scale, zero_point| QParams { scale, zero_point };
        let weights = vec![127, 126, -128, -90, 5, 127, 1, -1, 90, 55];
        let layer = Linear::new(
            5,
            2,
            weights,
            vec![params(0.01, 0)],
            false,
            params(0.03, 120),
            params(0.1, 128),
        );
        let layer = layer.and_then(|layer| layer.with_bias(vec![0.3, -0.7])).expect("it fits");
        for &engine in Engine::ALL {
            for output in 0..layer.outputs {
                let ramp = Ramp::brute_force(engine, &layer, output);
                for code in 0..=u8::MAX {
                    let run = engine.run(&layer, &[code; 5])[output];
                    let at = usize::from(code);
                    assert_eq!(ramp.raw[at], run.raw, "{engine:?} {code}");
                    assert_eq!(ramp.acc[at], run.acc, "{engine:?} {code}");
                    assert_eq!(ramp.code[at], run.code, "{engine:?} {code}");
                    assert_eq!(ramp.real[at].to_bits(), run.real.to_bits(), "{engine:?} {code}");
                }
            }
        }
    }
}
