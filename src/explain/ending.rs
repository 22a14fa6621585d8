//! [`Ending`]: what follows the sum of a product, checked: bias, scales, output zero point, clamp.

use super::code_type::CodeType;
use super::entry::{Bias, Entry};
use super::fault::{EntryFault, Operand};
use super::numbers::Numbers;
use super::operands::{pick, whole};
use super::rounding::Steps;

/// What follows the sums.
#[derive(Clone, Debug, Default)]
pub(super) struct Ending {
    /// Real units per code of A and, one or one per output, of B.
    pub scales: Option<(f64, Vec<f64>)>,
    /// Whether the scales of B are one per output.
    pub per_channel: bool,
    /// Of the output.
    pub output: Option<OutputParams>,
    /// One, or one per output.
    pub bias: Option<BiasValues>,
    /// Whether outputs below real 0 are clamped to it.
    pub relu: bool,
}

/// Parameters of output codes.
#[derive(Clone, Debug)]
pub(super) struct OutputParams {
    /// Real units per code.
    pub scale: f64,
    /// The code of real 0.
    pub zero_point: i32,
    /// Types that come into question, at least one.
    pub types: Vec<CodeType>,
}

/// A bias.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum BiasValues {
    /// In units of the sum.
    Integer(Vec<i64>),
    /// Real.
    Real(Vec<f64>),
}

impl Ending {
    /// That of an entry with so many outputs.
    pub fn check(entry: &Entry, outputs: usize) -> Result<Ending, EntryFault> {
        let scales = match (entry.scales.a, entry.scales.b.is_empty()) {
            (None, true) => None,
            (None, false) => return Err(no_scale("The scale of B", "the scale of A")),
            (Some(_), true) => return Err(no_scale("The scale of A", "the scale of B")),
            (Some(a), false) => {
                scale("A", a)?;
                let of_b = each(&entry.scales.b, Operand::ScalesOfB, outputs)?;
                of_b.iter().try_for_each(|&one| scale("B", one))?;
                Some((a, of_b))
            }
        };
        let output = match entry.scales.output {
            None => None,
            Some(_) if scales.is_none() => {
                return Err(no_scale("The scale of the output", "the scales of A and B"));
            }
            Some(one) => {
                scale("the output", one)?;
                Some(OutputParams {
                    scale: one,
                    zero_point: entry.zero_points.output,
                    types: output_types(entry)?,
                })
            }
        };
        let bias = match &entry.bias {
            None => None,
            Some(Bias::Integer(values)) => {
                let values = each(values, Operand::Bias, outputs)?;
                let integers = values.iter().enumerate().map(|(column, &value)| {
                    wide(value).ok_or(EntryFault::NotWhole {
                        what: Operand::Bias,
                        row: 0,
                        column,
                        value,
                    })
                });
                Some(BiasValues::Integer(integers.collect::<Result<_, _>>()?))
            }
            Some(Bias::Real(_)) if scales.is_none() => {
                return Err(no_scale("A real bias", "the scales of A and B"));
            }
            Some(Bias::Real(values)) => {
                Some(BiasValues::Real(each(values, Operand::Bias, outputs)?))
            }
        };
        // A list has one for each output, even of one.
        let per_channel = !matches!(entry.scales.b, Numbers::One(_));
        Ok(Ending { scales, per_channel, output, bias, relu: entry.relu })
    }

    /// The scales of an output, the output's own 1 where there is none; `None` without scales.
    pub fn steps(&self, output: usize) -> Option<Steps> {
        let (a, b) = self.scales.as_ref()?;
        let of_output = self.output.as_ref().map_or(1.0, |output| output.scale);
        let scales = [*a, pick(b, output), of_output];
        Some(Steps { scales, per_channel: self.per_channel })
    }

    /// The integer bias of an output, 0 where there is none.
    pub fn integer_bias(&self, output: usize) -> i64 {
        match &self.bias {
            Some(BiasValues::Integer(values)) => pick(values, output),
            _ => 0,
        }
    }

    /// The real bias of an output, if there is one.
    pub fn real_bias(&self, output: usize) -> Option<f64> {
        match &self.bias {
            Some(BiasValues::Real(values)) => Some(pick(values, output)),
            _ => None,
        }
    }
}

fn no_scale(what: &'static str, missing: &'static str) -> EntryFault {
    EntryFault::NoScale { what, missing }
}

/// A whole number as it stands in a file; beyond ±2⁵³ nobody knows which it was.
fn wide(value: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "whole, and within 53 bits")]
    let number = value as i64;
    (value.abs() <= 9_007_199_254_740_992.0 && value.fract() == 0.0).then_some(number)
}

#[expect(clippy::cast_possible_truncation, reason = "libraries have it in float32")]
pub(super) fn scale(what: &'static str, value: f64) -> Result<(), EntryFault> {
    let narrow = value as f32;
    if narrow.is_finite() && narrow > 0.0 { Ok(()) } else { Err(EntryFault::Scale { what, value }) }
}

/// One value, or one for each output.
fn each(numbers: &Numbers, what: Operand, outputs: usize) -> Result<Vec<f64>, EntryFault> {
    let [rows, columns] = numbers.shape(what)?;
    let found = rows * columns;
    if found != 1 && found != outputs {
        return Err(EntryFault::Count { what, found, expected: outputs });
    }
    Ok(numbers.iter().collect())
}

/// The type that was given, or those that the zero point and what was seen allow.
fn output_types(entry: &Entry) -> Result<Vec<CodeType>, EntryFault> {
    let zero_point = entry.zero_points.output;
    let asked = match entry.types.output {
        Some(given) => vec![given],
        None => {
            let seen = || entry.seen.iter().flat_map(|seen| seen.values.iter());
            let codes = || seen().filter_map(whole);
            // A hint only: what was seen may be sums or real values.
            let is_signed = codes().any(|code| (-128..0).contains(&code));
            if is_signed { vec![CodeType::S8, CodeType::U8] } else { CodeType::ALL.to_vec() }
        }
    };
    let types: Vec<CodeType> = asked.into_iter().filter(|one| one.holds(zero_point)).collect();
    match types.is_empty() {
        true => Err(EntryFault::ZeroPoint { what: "the output", value: zero_point.into() }),
        false => Ok(types),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::entry::{Scales, Seen, Types, ZeroPoints};

    fn entry(scales: Scales) -> Entry {
        Entry { scales, ..Entry::default() }
    }

    #[test]
    fn scales_go_together() {
        let of = |a, b: Numbers, output| {
            Ending::check(&entry(Scales { a, b, output }), 2).map(|ending| ending.per_channel)
        };
        assert_eq!(of(Some(0.5), 0.1.into(), Some(2.0)), Ok(false));
        assert_eq!(of(Some(0.5), vec![0.1, 0.2].into(), None), Ok(true));
        assert_eq!(of(Some(0.5), vec![0.1].into(), None), Ok(true));
        assert!(matches!(of(None, 0.1.into(), None), Err(EntryFault::NoScale { .. })));
        let missing = of(None, Numbers::default(), Some(1.0));
        assert!(matches!(missing, Err(EntryFault::NoScale { .. })));
        let bad = of(Some(0.5), 0.0.into(), None);
        assert_eq!(bad, Err(EntryFault::Scale { what: "B", value: 0.0 }));
        let count = EntryFault::Count { what: Operand::ScalesOfB, found: 3, expected: 2 };
        assert_eq!(of(Some(0.5), vec![0.1; 3].into(), None), Err(count));
    }

    #[test]
    fn the_type_of_the_output_follows_from_its_zero_point() {
        let of = |zero_point, seen: f64, output| {
            let scales = Scales { a: Some(1.0), b: 1.0.into(), output: Some(1.0) };
            let zero_points = ZeroPoints { output: zero_point, ..ZeroPoints::default() };
            let seen = vec![Seen { values: seen.into(), ..Seen::default() }];
            let types = Types { output, ..Types::default() };
            let entry = Entry { zero_points, seen, types, ..entry(scales) };
            Ending::check(&entry, 1).map(|ending| ending.output.expect("it has one").types)
        };
        assert_eq!(of(-126, 0.0, None), Ok(vec![CodeType::S8]));
        assert_eq!(of(200, 0.0, None), Ok(vec![CodeType::U8]));
        assert_eq!(of(0, -3.0, None), Ok(vec![CodeType::S8, CodeType::U8]));
        assert_eq!(of(0, 3.0, None), Ok(vec![CodeType::U8, CodeType::S8]));
        let fault = EntryFault::ZeroPoint { what: "the output", value: -1.0 };
        assert_eq!(of(-1, 0.0, Some(CodeType::U8)), Err(fault));
    }
}
