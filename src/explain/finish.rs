//! [`Finish`]: in which form a sum is seen: as it is, real, or as an output code.

use serde::Serialize;

use super::code_type::CodeType;
use super::ending::Ending;
use super::rounding::{NEAREST, ROUNDINGS, Rounding};
use super::sums::wrap32;
use crate::arith::{QRange, Rescale};

/// What kind of number is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Quantity {
    /// A sum of products, an integer.
    Sum,
    /// A real value.
    Real,
    /// An output code.
    Code,
}

/// The form in which a sum is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Finish {
    /// As an integer.
    Sum(SumForm),
    /// Times the scales.
    Real(RealForm),
    /// As an output code.
    Code(CodeRule),
    /// As the real value of an output code.
    RealOfCode(CodeRule),
}

/// An integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SumForm {
    /// With its bias.
    AsIs,
    /// Without it.
    WithoutBias,
    /// As the nearest float32.
    Float32,
    /// What so many bits keep of it.
    Wraps {
        /// 8, 16 or 32.
        bits: u32,
        /// Whether they are signed.
        signed: bool,
    },
    /// The nearest number of so many bits.
    Clamps {
        /// 8 or 16.
        bits: u32,
        /// Whether they are signed.
        signed: bool,
    },
}

/// How a real value is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RealForm {
    /// f32(f32(f32(sum)·f32(a·b)) + bias).
    Separate,
    /// The same with one rounding for product and bias.
    Fused,
    /// In double.
    Double,
}

/// How a code is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CodeRule {
    /// The rounding.
    pub rounding: Rounding,
    /// What becomes of codes beyond the range.
    pub clamp: Clamp,
    /// The type of the output.
    pub output: CodeType,
    /// What is left out by mistake.
    pub omitted: Omitted,
}

/// What becomes of codes beyond the range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clamp {
    /// The end of the range; with relu from the zero point up.
    Range,
    /// The end of the range of the type, though there is a relu.
    WithoutRelu,
    /// They stay.
    None,
    /// The low 8 bits.
    Wraps,
}

/// What is left out by mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Omitted {
    /// Nothing.
    Nothing,
    /// The bias.
    Bias,
    /// The output zero point.
    ZeroPoint,
}

impl SumForm {
    const ALL: [SumForm; 12] = [
        SumForm::AsIs,
        SumForm::Float32,
        SumForm::WithoutBias,
        SumForm::Wraps { bits: 32, signed: true },
        SumForm::Wraps { bits: 32, signed: false },
        SumForm::Wraps { bits: 16, signed: true },
        SumForm::Wraps { bits: 16, signed: false },
        SumForm::Wraps { bits: 8, signed: true },
        SumForm::Wraps { bits: 8, signed: false },
        SumForm::Clamps { bits: 16, signed: true },
        SumForm::Clamps { bits: 8, signed: true },
        SumForm::Clamps { bits: 8, signed: false },
    ];

    /// The sum in this form, without what depends on a bias.
    pub fn of(self, sum: i64) -> i64 {
        match self {
            SumForm::AsIs | SumForm::WithoutBias => sum,
            SumForm::Float32 => {
                #[expect(clippy::cast_possible_truncation, reason = "a whole number in 64 bits")]
                let nearest = sum as f32 as i64;
                nearest
            }
            SumForm::Wraps { bits, signed } => {
                let (modulus, lowest) = (1_i64 << bits, lowest(bits, signed));
                (sum - lowest).rem_euclid(modulus) + lowest
            }
            SumForm::Clamps { bits, signed } => {
                let lowest = lowest(bits, signed);
                sum.clamp(lowest, lowest + (1 << bits) - 1)
            }
        }
    }

    fn cost(self) -> u8 {
        match self {
            SumForm::AsIs => 0,
            SumForm::Float32 => 1,
            SumForm::Clamps { .. } => 3,
            SumForm::WithoutBias | SumForm::Wraps { .. } => 2,
        }
    }

    fn key(self) -> String {
        let kind = |signed| if signed { "int" } else { "uint" };
        match self {
            SumForm::AsIs => "sum".into(),
            SumForm::WithoutBias => "sum_without_bias".into(),
            SumForm::Float32 => "sum_in_float32".into(),
            SumForm::Wraps { bits, signed } => format!("sum_wraps_{}{bits}", kind(signed)),
            SumForm::Clamps { bits, signed } => format!("sum_clamps_{}{bits}", kind(signed)),
        }
    }
}

fn lowest(bits: u32, signed: bool) -> i64 {
    if signed { -(1_i64 << (bits - 1)) } else { 0 }
}

impl CodeRule {
    /// The codes that it clamps to.
    pub fn range(self, ending: &Ending) -> QRange {
        let all = self.output.range();
        match self.clamp {
            Clamp::Range if ending.relu => {
                let zero_point = ending.output.as_ref().map_or(0, |output| output.zero_point);
                QRange { qmin: all.clamp(zero_point), ..all }
            }
            Clamp::Range | Clamp::WithoutRelu => all,
            Clamp::None | Clamp::Wraps => QRange { qmin: i32::MIN, qmax: i32::MAX },
        }
    }

    /// The code of a sum, zero points taken off and without its bias; 0 without scales.
    pub fn code(self, ending: &Ending, sum: i64, output: usize) -> i32 {
        let Some((steps, params)) = ending.steps(output).zip(ending.output.as_ref()) else {
            return 0;
        };
        let has_bias = self.omitted != Omitted::Bias;
        let bias = ending.real_bias(output).filter(|_| has_bias);
        let integer = if has_bias { ending.integer_bias(output) } else { 0 };
        let zero_point = if self.omitted == Omitted::ZeroPoint { 0 } else { params.zero_point };
        let sum = wrap32(sum.saturating_add(integer));
        let code = self.rounding.code(sum, bias, steps, zero_point, self.range(ending));
        if self.clamp == Clamp::Wraps { self.output.misread(code) } else { code }
    }

    fn cost(self) -> u8 {
        let deviates = self.clamp != Clamp::Range || self.omitted != Omitted::Nothing;
        self.rounding.cost() + if deviates { 2 } else { 0 }
    }

    fn key(self) -> String {
        let clamp = match self.clamp {
            Clamp::Range => "",
            Clamp::WithoutRelu => "_without_relu",
            Clamp::None => "_unclamped",
            Clamp::Wraps => "_wraps",
        };
        let omitted = match self.omitted {
            Omitted::Nothing => "",
            Omitted::Bias => "_without_bias",
            Omitted::ZeroPoint => "_without_zero_point",
        };
        format!("{}{clamp}{omitted}", self.rounding.key())
    }

    /// Whether it is a library's whole rule.
    pub fn is_plain(self) -> bool {
        self.clamp == Clamp::Range && self.omitted == Omitted::Nothing
    }
}

impl Finish {
    /// What kind of number it gives.
    pub fn quantity(self) -> Quantity {
        match self {
            Finish::Sum(_) => Quantity::Sum,
            Finish::Real(_) | Finish::RealOfCode(_) => Quantity::Real,
            Finish::Code(_) => Quantity::Code,
        }
    }

    /// How far it is from what is expected first of such an ending.
    pub fn cost(self, ending: &Ending) -> u8 {
        let has_codes = ending.output.is_some();
        let has_scales = ending.scales.is_some();
        match self {
            Finish::Sum(form) => form.cost() + u8::from(has_scales),
            Finish::Real(form) => u8::from(form == RealForm::Double) + u8::from(has_codes),
            Finish::Code(rule) => rule.cost(),
            Finish::RealOfCode(rule) => rule.cost() + 1,
        }
    }

    /// Whether something is left out or done otherwise that nobody means to.
    pub fn is_mistake(self) -> bool {
        match self {
            Finish::Sum(form) => !matches!(form, SumForm::AsIs | SumForm::Float32),
            Finish::Real(_) => false,
            Finish::Code(rule) | Finish::RealOfCode(rule) => {
                !rule.is_plain() || rule.rounding.is_persons() && rule.rounding.cost() > 1
            }
        }
    }

    /// What a sum, zero points taken off and without its bias, is seen as.
    pub fn apply(self, ending: &Ending, sum: i64, output: usize) -> f64 {
        match self {
            Finish::Sum(SumForm::WithoutBias) => sum as f64,
            Finish::Sum(form) => form.of(sum.saturating_add(ending.integer_bias(output))) as f64,
            Finish::Real(form) => form.of(ending, sum, output),
            Finish::Code(rule) => rule.code(ending, sum, output).into(),
            Finish::RealOfCode(rule) => {
                let Some(params) = &ending.output else { return 0.0 };
                let code = rule.code(ending, sum, output);
                let less = code.saturating_sub(params.zero_point) as f32;
                #[expect(clippy::cast_possible_truncation, reason = "libraries have a float32")]
                let scale = params.scale as f32;
                (less * scale).into()
            }
        }
    }

    /// Whether a seen number is the one that it gives: an integer or a code equal, a real one to the
    /// bit of a float32.
    pub fn is(self, given: f64, seen: f64) -> bool {
        match self.quantity() {
            Quantity::Sum | Quantity::Code => given == seen,
            #[expect(clippy::cast_possible_truncation, reason = "in float32, as said")]
            Quantity::Real => given as f32 == seen as f32,
        }
    }

    /// A stable key.
    pub fn key(self) -> String {
        match self {
            Finish::Sum(form) => form.key(),
            Finish::Real(RealForm::Separate) => "real".into(),
            Finish::Real(RealForm::Fused) => "real_fused".into(),
            Finish::Real(RealForm::Double) => "real_in_double".into(),
            Finish::Code(rule) => rule.key(),
            Finish::RealOfCode(rule) => format!("real_of_{}", rule.key()),
        }
    }

    /// The rule of its code, if it has one.
    pub fn code_rule(self) -> Option<CodeRule> {
        match self {
            Finish::Code(rule) | Finish::RealOfCode(rule) => Some(rule),
            Finish::Sum(_) | Finish::Real(_) => None,
        }
    }

    /// The simpler form that counts where it gives the same.
    pub fn simpler(self) -> Option<Finish> {
        let plain = |rule: CodeRule| {
            let plain = CodeRule { clamp: Clamp::Range, omitted: Omitted::Nothing, ..rule };
            match rule.is_plain() {
                false => Some(plain),
                // Other computations of people than the nearest code.
                true if rule.rounding.is_persons() => Some(CodeRule { rounding: NEAREST, ..plain }),
                true => None,
            }
        };
        match self {
            // Each is some library's own.
            Finish::Real(RealForm::Separate | RealForm::Fused) | Finish::Sum(SumForm::AsIs) => None,
            Finish::Sum(_) => Some(Finish::Sum(SumForm::AsIs)),
            Finish::Real(_) => Some(Finish::Real(RealForm::Separate)),
            Finish::Code(rule) => plain(rule).map(Finish::Code),
            Finish::RealOfCode(rule) => plain(rule).map(Finish::RealOfCode),
        }
    }

    /// Every form in which sums with such an ending may be seen, the expected ones first.
    pub fn all(ending: &Ending) -> Vec<Finish> {
        let mut all = Vec::new();
        if let Some(params) = &ending.output {
            let rules = params.types.iter().flat_map(|&output| code_rules(ending, output));
            let rules: Vec<CodeRule> = rules.collect();
            all.extend(rules.iter().copied().map(Finish::Code));
            all.extend(rules.into_iter().map(Finish::RealOfCode));
        }
        if ending.scales.is_some() {
            let forms = [RealForm::Separate, RealForm::Fused, RealForm::Double];
            let has_bias = ending.real_bias(0).is_some();
            let differ = |form: &RealForm| *form != RealForm::Fused || has_bias;
            all.extend(forms.into_iter().filter(differ).map(Finish::Real));
        }
        let has_bias = ending.bias.is_some();
        let forms = SumForm::ALL.into_iter();
        all.extend(forms.filter(|form| *form != SumForm::WithoutBias || has_bias).map(Finish::Sum));
        all
    }
}

/// Every rule for codes of a type: all roundings, and of a few of them what may be wrong beside it.
fn code_rules(ending: &Ending, output: CodeType) -> Vec<CodeRule> {
    let plain =
        |rounding| CodeRule { rounding, clamp: Clamp::Range, output, omitted: Omitted::Nothing };
    let mut all: Vec<CodeRule> = ROUNDINGS.iter().map(|&rounding| plain(rounding)).collect();
    let few = [NEAREST, Rounding::Table(Rescale::Fbgemm), Rounding::Table(Rescale::OnnxRuntime)];
    let zero_point = ending.output.as_ref().map_or(0, |output| output.zero_point);
    for rule in few.map(plain) {
        let clamps = [Clamp::WithoutRelu, Clamp::None, Clamp::Wraps];
        let makes_sense = |clamp: &Clamp| *clamp != Clamp::WithoutRelu || ending.relu;
        all.extend(clamps.into_iter().filter(makes_sense).map(|clamp| CodeRule { clamp, ..rule }));
        if ending.bias.is_some() {
            all.push(CodeRule { omitted: Omitted::Bias, ..rule });
        }
        if zero_point != 0 {
            all.push(CodeRule { omitted: Omitted::ZeroPoint, ..rule });
        }
    }
    all
}

impl RealForm {
    fn of(self, ending: &Ending, sum: i64, output: usize) -> f64 {
        let Some(steps) = ending.steps(output) else { return sum as f64 };
        let sum = sum.saturating_add(ending.integer_bias(output));
        let bias = ending.real_bias(output);
        if self == RealForm::Double {
            return sum as f64 * steps.unit() + bias.unwrap_or(0.0);
        }
        #[expect(clippy::cast_possible_truncation, reason = "libraries have the bias in float32")]
        let bias = bias.map(|bias| bias as f32);
        let scale = steps.narrow().accumulator();
        crate::arith::dequantize_onnx(wrap32(sum), scale, bias, self == RealForm::Fused).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_few_bits() {
        let of = |form: SumForm| form.of(64_770);
        assert_eq!(of(SumForm::Wraps { bits: 16, signed: true }), -766);
        assert_eq!(of(SumForm::Wraps { bits: 8, signed: true }), 2);
        assert_eq!(of(SumForm::Wraps { bits: 8, signed: false }), 2);
        assert_eq!(of(SumForm::Clamps { bits: 16, signed: true }), 32_767);
        assert_eq!(of(SumForm::Clamps { bits: 8, signed: false }), 255);
        assert_eq!(SumForm::Float32.of(-42_596_350), -42_596_352);
        assert_eq!(SumForm::Wraps { bits: 32, signed: true }.of(1 << 31), -(1 << 31));
    }

    #[test]
    fn keys_are_unique() {
        let ending = Ending::default();
        let mut keys: Vec<String> = Finish::all(&ending).iter().map(|one| one.key()).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count);
    }
}
