//! A bias beyond 32 bits.

use super::super::comparison::Comparison;
use super::super::ending::BiasValues;
use super::super::finding::{Code, Finding};
use super::super::rounding::{ROUNDINGS, Rounding};
use super::super::sums::wrap32;
use super::super::words::{self, whole};

/// A bias that is more units of the sum than 32 bits hold.
pub(super) fn find(comparison: &Comparison) -> Option<Finding> {
    let ending = comparison.matcher.ending;
    let [_, outputs] = comparison.exact.shape;
    let cells_of = |output: usize| {
        let all = comparison.cells.iter().map(|one| one.cell);
        all.filter(|cell| cell[1] == output).collect()
    };
    let name = |output: usize| match outputs {
        1 => String::new(),
        _ => format!(" of output {output}"),
    };
    match ending.bias.as_ref()? {
        BiasValues::Integer(_) => {
            let is_beyond = |&output: &usize| i32::try_from(ending.integer_bias(output)).is_err();
            let output = (0..outputs).find(is_beyond)?;
            let bias = ending.integer_bias(output);
            let sentence = format!(
                "The bias {}{} does not fit 32 bits: an int32 keeps {} of it.",
                whole(bias),
                name(output),
                whole(wrap32(bias).into())
            );
            Some(comparison.finding(Code::BiasOverflow, sentence, cells_of(output)))
        }
        BiasValues::Real(_) => {
            let units = |output: usize| {
                let unit = ending.steps(output)?.unit();
                Some(ending.real_bias(output)? / unit)
            };
            let is_beyond =
                |output: &usize| units(*output).is_some_and(|units| units.abs() >= 2_147_483_648.0);
            let output = (0..outputs).find(is_beyond)?;
            let (bias, units) = (ending.real_bias(output)?, units(output)?);
            let kept = if units > 0.0 { i32::MAX } else { i32::MIN };
            let who = |in_float: bool| {
                let mut names: Vec<String> = Vec::new();
                for rounding in ROUNDINGS {
                    let Rounding::Table(rule) = rounding else { continue };
                    let name = rounding.who();
                    if rule.adds_bias_in_float() == in_float && rounding.is_librarys() {
                        names.push(name);
                    }
                }
                words::list(&names, "and")
            };
            let sentence = format!(
                "The bias {}{} is {} units of the sum, more than 32 bits hold: {} keep {}; {} add it in float.",
                words::number(bias),
                name(output),
                words::number(units.round()),
                who(false),
                whole(kept.into()),
                who(true)
            );
            Some(comparison.finding(Code::BiasOverflow, sentence, cells_of(output)))
        }
    }
}
