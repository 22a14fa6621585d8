//! The int8-native fully connected layer of TensorFlow Lite.

use super::accumulate::Accumulator;
use super::qparams::{QParams, QType};
use super::rescale::Rescale;
use super::scales::Scales;

/// `FULLY_CONNECTED` with int8 inputs and outputs, symmetric int8 weights and an int32 bias.
///
/// `docs/arithmetic.md` section 8. [`Engine`](super::Engine) computes the same on quint8 codes
/// (every code and zero point 128 higher); this is the form in which the library is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Int8Linear {
    /// K.
    pub inputs: usize,
    /// Weight codes, `[N][K]`.
    pub weights: Vec<i8>,
    /// One weight scale, or one per output.
    pub weight_scales: Vec<f32>,
    /// Whether there is a weight scale per output.
    pub per_channel: bool,
    /// Of the inputs; zero point -128..=127.
    pub input: QParams,
    /// Of the outputs; zero point -128..=127.
    pub output: QParams,
    /// In units of the accumulator, one per output.
    pub bias: Option<Vec<i32>>,
    /// Whether outputs below real 0 are clamped to it.
    pub relu: bool,
}

impl Int8Linear {
    /// N output codes, -128..=127, of one row of K input codes, rescaled by one of the library's
    /// rules.
    ///
    /// # Panics
    /// If `x` is not K long, or there are too few scales or bias values for the weights.
    pub fn run(&self, rescale: Rescale, x: &[i8]) -> Vec<i32> {
        // The sum of (x + 128)·w, with a zero point 128 higher, is the same exact integer.
        let codes: Vec<u8> = x.iter().map(|&x| x.cast_unsigned() ^ 0x80).collect();
        let zero_point = self.input.zero_point.wrapping_add(128);
        let mut range = QType::QInt8.range();
        if self.relu {
            range.qmin = range.clamp(self.output.zero_point);
        }
        let rows = self.weights.chunks(self.inputs.max(1)).enumerate();
        rows.map(|(output, row)| {
            let sum_w = row.iter().map(|&w| i32::from(w)).sum::<i32>();
            let acc = Accumulator::EXACT.accumulate(&codes, row);
            let acc = acc.wrapping_sub(zero_point.wrapping_mul(sum_w));
            let bias = self.bias.as_ref().map_or(0, |bias| bias[output]);
            let scales = Scales {
                input: self.input.scale,
                weight: self.weight_scales[if self.per_channel { output } else { 0 }],
                output: self.output.scale,
                per_channel: self.per_channel,
            };
            let acc = acc.wrapping_add(bias);
            rescale.integer_output_code(acc, scales, self.output.zero_point, range)
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::{Engine, Library, Linear};

    #[test]
    fn engines_on_quint8_give_the_same_codes_128_higher() {
        let shifted = |q: QParams| QParams { zero_point: q.zero_point + 128, ..q };
        let weights = vec![127, -128, 64, -64, 33, 90, -17, 5, 81];
        for relu in [false, true] {
            for output_zero_point in [-128, -5, 127] {
                let int8 = Int8Linear {
                    inputs: 3,
                    weights: weights.clone(),
                    weight_scales: vec![0.01, 0.02, 0.005],
                    per_channel: true,
                    input: QParams { scale: 0.05, zero_point: -11 },
                    output: QParams { scale: 0.3, zero_point: output_zero_point },
                    bias: None,
                    relu,
                };
                let weight_params = int8.weight_scales.iter();
                let weight_params =
                    weight_params.map(|&scale| QParams { scale, zero_point: 0 }).collect();
                let (input, output) = (shifted(int8.input), shifted(int8.output));
                let linear = Linear::new(3, 3, weights.clone(), weight_params, true, input, output)
                    .expect("it fits")
                    .with_relu(relu);
                let is_lite = |engine: &&Engine| engine.family().info().library == Library::TfLite;
                for &engine in Engine::ALL.iter().filter(is_lite) {
                    let rescale = engine.rescale().expect("it has codes");
                    for x in [[-128, -128, 127], [3, 100, -99], [127, 127, 127]] {
                        #[expect(clippy::cast_possible_truncation, reason = "0 to 255")]
                        let codes = x.map(|x: i8| (i32::from(x) + 128) as u8);
                        let native = int8.run(rescale, &x);
                        let unsigned: Vec<_> =
                            engine.run(&linear, &codes).iter().map(|out| out.code).collect();
                        let expected: Vec<_> = native.iter().map(|y| Some(y + 128)).collect();
                        assert_eq!(unsigned, expected, "{engine:?}");
                    }
                }
            }
        }
    }
}
