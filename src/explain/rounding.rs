//! [`Rounding`]: a rule from a sum to an output code.

use crate::arith::{
    Engine, OneDnnRescale, OneDnnScales, QRange, Rescale, Scales, fbgemm_add_bias_unfused,
    requantize_float,
};

/// A rule from a sum to an output code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Rounding {
    /// One of the table of engines.
    Table(Rescale),
    /// oneDNN's with the scales as doubles, by version and kernel.
    OneDnn(OneDnnRescale),
    /// FBGEMM's depthwise one of PyTorch 2.15: a bias is added with two roundings.
    FbgemmUnfused,
    /// A plain computation, as people and reference code make it.
    Plain(Plain),
}

/// A plain computation of a code.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plain {
    /// Whether all of it is in double, or in float32.
    pub double: bool,
    /// Where it rounds to.
    pub to: To,
    /// Whether the output zero point is added before it rounds.
    pub zero_point_first: bool,
}

/// Where a real number is rounded to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum To {
    /// To nearest, ties to even.
    Even,
    /// To nearest, ties away from zero.
    Away,
    /// To nearest, ties upwards.
    Up,
    /// Towards zero.
    Zero,
    /// Downwards.
    Down,
}

/// Scales of an output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Steps {
    /// Of A, of B for this output, and of the output.
    pub scales: [f64; 3],
    /// Whether each output has its own scale of B.
    pub per_channel: bool,
}

const fn plain(double: bool, to: To, zero_point_first: bool) -> Rounding {
    Rounding::Plain(Plain { double, to, zero_point_first })
}

const fn onednn(inverts_weight_scale: bool, one_by_one: bool, divides: bool) -> Rounding {
    Rounding::OneDnn(OneDnnRescale { inverts_weight_scale, one_by_one, divides })
}

/// The code nearest to the exact value, ties to even: what others are compared with.
pub(super) const NEAREST: Rounding = plain(true, To::Even, false);

/// Every rule, the nearest code first.
pub(super) static ROUNDINGS: &[Rounding] = &[
    NEAREST,
    Rounding::Table(Rescale::Fbgemm),
    Rounding::Table(Rescale::Qnnpack),
    Rounding::Table(Rescale::OnnxRuntime),
    Rounding::Table(Rescale::OneDnn),
    Rounding::Table(Rescale::OneDnnConv),
    Rounding::Table(Rescale::Gemmlowp),
    Rounding::Table(Rescale::Ruy),
    Rounding::Table(Rescale::Double),
    Rounding::Table(Rescale::Xnnpack),
    Rounding::FbgemmUnfused,
    onednn(true, false, false),
    onednn(true, true, false),
    onednn(true, true, true),
    onednn(false, true, false),
    plain(true, To::Away, false),
    plain(true, To::Up, false),
    plain(false, To::Away, false),
    plain(true, To::Even, true),
    plain(false, To::Even, true),
    plain(true, To::Zero, false),
    plain(true, To::Down, false),
    Rounding::Table(Rescale::PowerOfTwo),
];

impl To {
    /// A value rounded so; beyond ±2³¹ the end of it.
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    pub fn round(self, value: f64) -> i32 {
        let rounded = match self {
            To::Even => value.round_ties_even(),
            To::Away => value.round(),
            To::Up => (value + 0.5).floor(),
            To::Zero => value.trunc(),
            To::Down => value.floor(),
        };
        rounded as i32
    }

    /// The words of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            To::Even => "ties to even",
            To::Away => "ties away from zero",
            To::Up => "ties upwards",
            To::Zero => "cut towards zero",
            To::Down => "rounded down",
        }
    }

    /// The key.
    const fn key(self) -> &'static str {
        match self {
            To::Even => "even",
            To::Away => "away",
            To::Up => "up",
            To::Zero => "zero",
            To::Down => "down",
        }
    }
}

impl Steps {
    /// In float32, as most libraries have them.
    #[expect(clippy::cast_possible_truncation, reason = "float32 is meant")]
    pub fn narrow(self) -> Scales {
        let [input, weight, output] = self.scales.map(|scale| scale as f32);
        Scales { input, weight, output, per_channel: self.per_channel }
    }

    /// Output steps per unit of the sum, in double.
    pub fn multiplier(self) -> f64 {
        let [input, weight, output] = self.scales;
        input * weight / output
    }

    /// Real units per unit of the sum, in double.
    pub fn unit(self) -> f64 {
        self.scales[0] * self.scales[1]
    }
}

impl Rounding {
    /// How far it is from what is expected first.
    pub fn cost(self) -> u8 {
        match self {
            Rounding::Table(Rescale::PowerOfTwo) => 4,
            Rounding::Plain(Plain { to: To::Zero | To::Down, .. }) => 2,
            Rounding::Plain(_) if self != NEAREST => 1,
            _ => 0,
        }
    }

    /// Whether it is a plain computation other than the nearest code.
    pub fn is_persons(self) -> bool {
        matches!(self, Rounding::Plain(_)) && self != NEAREST
    }

    /// Whether libraries do so, and not a person's reference or a theory.
    pub fn is_librarys(self) -> bool {
        self.cost() == 0 && self != NEAREST
    }

    /// The output code of a sum of 32 bits, zero points taken off.
    pub fn code(
        self,
        sum: i32,
        bias: Option<f64>,
        steps: Steps,
        zero_point: i32,
        range: QRange,
    ) -> i32 {
        #[expect(clippy::cast_possible_truncation, reason = "libraries have the bias in float32")]
        let narrow_bias = bias.map(|bias| bias as f32);
        match self {
            Rounding::Table(rule) => {
                rule.output_code(sum, narrow_bias, steps.narrow(), zero_point, range)
            }
            Rounding::OneDnn(rule) => {
                let [input, weight, output] = steps.scales;
                let scales = OneDnnScales { input, weight, output, per_channel: steps.per_channel };
                rule.output_code(sum, narrow_bias, scales, zero_point, range)
            }
            Rounding::FbgemmUnfused => {
                let scales = steps.narrow();
                let value = match narrow_bias {
                    Some(bias) => fbgemm_add_bias_unfused(sum, bias, scales),
                    None => sum as f32,
                };
                requantize_float(value * scales.multiplier(), zero_point, range)
            }
            Rounding::Plain(plain) => plain.code(sum, bias, steps, zero_point, range),
        }
    }

    /// A stable key.
    pub fn key(self) -> String {
        match self {
            Rounding::Table(rule) => table_key(rule).into(),
            Rounding::OneDnn(OneDnnRescale { inverts_weight_scale, one_by_one, divides }) => {
                let of = if inverts_weight_scale { "linear" } else { "conv" };
                let by = if one_by_one { "_one_by_one" } else { "" };
                let divided = if divides { "_divided" } else { "" };
                format!("onednn_{of}_of_doubles{by}{divided}")
            }
            Rounding::FbgemmUnfused => "fbgemm_unfused".into(),
            _ if self == NEAREST => "nearest".into(),
            Rounding::Plain(Plain { double, to, zero_point_first }) => format!(
                "{}_{}{}",
                if double { "double" } else { "float32" },
                to.key(),
                if zero_point_first { "_zero_point_first" } else { "" }
            ),
        }
    }

    /// Who rounds so, as the subject of a sentence.
    pub fn who(self) -> String {
        match self {
            Rounding::Table(rule) => table_name(rule).into(),
            Rounding::OneDnn(OneDnnRescale { one_by_one: true, .. }) => "oneDNN 3.13".into(),
            Rounding::OneDnn(_) => "oneDNN".into(),
            Rounding::FbgemmUnfused => "FBGEMM’s depthwise kernels of PyTorch 2.15".into(),
            _ if self == NEAREST => "the exact value, ties to even".into(),
            Rounding::Plain(Plain { double, to, zero_point_first }) => format!(
                "a {} computation, {}{}",
                if double { "double" } else { "float32" },
                to.words(),
                if zero_point_first { " after the zero point is added" } else { "" }
            ),
        }
    }

    /// Rows of the table of engines that round so.
    pub fn engines(self) -> impl Iterator<Item = Engine> {
        let rule = match self {
            Rounding::Table(rule) => Some(rule),
            _ => None,
        };
        Engine::ALL.iter().copied().filter(move |one| rule.is_some() && one.rescale() == rule)
    }
}

impl Plain {
    fn code(
        self,
        sum: i32,
        bias: Option<f64>,
        steps: Steps,
        zero_point: i32,
        range: QRange,
    ) -> i32 {
        let bias = bias.unwrap_or(0.0);
        let value = if self.double {
            let bias = if bias == 0.0 { 0.0 } else { bias / steps.scales[2] };
            f64::from(sum) * steps.multiplier() + bias
        } else {
            let scales = steps.narrow();
            #[expect(clippy::cast_possible_truncation, reason = "all of it is in float32")]
            let real = if bias == 0.0 {
                sum as f32 * scales.multiplier()
            } else {
                (sum as f32 * scales.accumulator() + bias as f32) / scales.output
            };
            real.into()
        };
        let code = if !self.zero_point_first {
            self.to.round(value).saturating_add(zero_point)
        } else if self.double {
            self.to.round(value + f64::from(zero_point))
        } else {
            #[expect(clippy::cast_possible_truncation, reason = "all of it is in float32")]
            let shifted = value as f32 + zero_point as f32;
            self.to.round(shifted.into())
        };
        range.clamp(code)
    }
}

/// The key of a rule of the table.
fn table_key(rule: Rescale) -> &'static str {
    match rule {
        Rescale::Fbgemm => "fbgemm",
        Rescale::Qnnpack => "qnnpack",
        Rescale::Gemmlowp => "gemmlowp",
        Rescale::Ruy => "ruy",
        Rescale::Double => "double",
        Rescale::Xnnpack => "xnnpack",
        Rescale::PowerOfTwo => "power_of_two",
        Rescale::OnnxRuntime => "onnx_runtime",
        Rescale::OneDnn => "onednn",
        Rescale::OneDnnConv => "onednn_conv",
    }
}

/// Whose rule it is.
fn table_name(rule: Rescale) -> &'static str {
    match rule {
        Rescale::Fbgemm => "FBGEMM",
        Rescale::Qnnpack => "QNNPACK",
        Rescale::Gemmlowp => "TensorFlow Lite (gemmlowp)",
        Rescale::Ruy => "TensorFlow Lite (ruy)",
        Rescale::Double => "LiteRT’s reference",
        Rescale::Xnnpack => "XNNPACK",
        Rescale::PowerOfTwo => "a shift",
        Rescale::OnnxRuntime => "ONNX Runtime",
        Rescale::OneDnn => "oneDNN (linear)",
        Rescale::OneDnnConv => "oneDNN (convolutions)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::Provenance;
    use crate::explain::CodeType;

    #[test]
    fn every_rule_of_the_table_is_there_and_keys_are_unique() {
        let mut keys: Vec<String> = ROUNDINGS.iter().map(|one| one.key()).collect();
        for &rule in Rescale::ALL {
            assert!(ROUNDINGS.contains(&Rounding::Table(rule)), "{rule:?}");
            let is_theory = Rounding::Table(rule)
                .engines()
                .all(|engine| engine.provenance() == Provenance::Theory);
            assert_eq!(is_theory, Rounding::Table(rule).cost() == 4, "{rule:?}");
        }
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), ROUNDINGS.len());
        assert_eq!(ROUNDINGS[0], NEAREST);
    }

    #[test]
    fn plain_rules_at_ties() {
        let steps = Steps { scales: [0.5, 1.0, 1.0], per_channel: false };
        let range = CodeType::S8.range();
        let code = |rule: Rounding, sum, zero_point| rule.code(sum, None, steps, zero_point, range);
        let rules =
            [To::Even, To::Away, To::Up, To::Zero, To::Down].map(|to| plain(true, to, false));
        assert_eq!(rules.map(|rule| code(rule, 5, 0)), [2, 3, 3, 2, 2]);
        assert_eq!(rules.map(|rule| code(rule, -5, 0)), [-2, -3, -2, -2, -3]);
        assert_eq!(code(plain(true, To::Even, true), 5, 1), 4);
        assert_eq!(code(NEAREST, 5, 1), 3);
        assert_eq!(code(NEAREST, 999_999, 1), 127);
    }
}
