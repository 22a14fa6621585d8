//! How pasted weights were read, in sentences.

use super::Reading;
use super::codes::{Params, are_codes, on_the_page};
use crate::arith::QParams;
use crate::paste::{Entry, Pasted};
use crate::state::State;
use crate::state::number::{exact, whole};

/// What the sentences are about.
pub(super) struct Facts<'a> {
    /// The state before.
    pub state: &'a State,
    /// What was pasted.
    pub given: &'a Pasted,
    /// How it was read.
    pub reading: Reading,
    /// Outputs and inputs of what was read.
    pub shape: (usize, usize),
    /// What the codes stand for.
    pub params: &'a Params,
}

impl Facts<'_> {
    /// Which outputs have the weights now, and whose scales are used.
    pub(super) fn sentences(&self) -> Vec<String> {
        let mut said = vec![self.place(), self.scales()];
        let (outputs, inputs) = self.shape;
        if outputs == 1
            && inputs != self.state.experiment.inputs
            && self.state.experiment.outputs > 1
        {
            let inputs = count(inputs, "input");
            said.push(format!(
                "The layer has {inputs} now: where the other outputs have no weights by hand, they have other ones of the seed."
            ));
        }
        said
    }

    fn place(&self) -> String {
        let (outputs, inputs) = self.shape;
        let name = self.reading.name();
        if outputs == 1 {
            return format!(
                "The {name} is output {}’s, the one that is shown.",
                self.state.picture.output
            );
        }
        let (outputs, inputs) = (count(outputs, "output"), count(inputs, "input"));
        format!("Each {name} is an output: {outputs}, {inputs}.")
    }

    fn scales(&self) -> String {
        let (outputs, _) = self.shape;
        // Where all outputs share one scale, a row's is the others', too.
        let shared = if outputs == 1 && self.state.experiment.outputs > 1 {
            " Every output has them now."
        } else {
            ""
        };
        let is_print = self.given.quantization.is_some();
        let is_kept = |one: &QParams| on_the_page(one.scale) == one.scale;
        let is_kept = match self.params {
            Params::Same => true,
            Params::PerTensor(one) => is_kept(one),
            Params::PerChannel(list) => list.iter().all(is_kept),
        };
        match self.params {
            Params::Same => self.of_codes(),
            _ if !is_kept => {
                "The codes are those of the print’s scale, which the page has not.".into()
            }
            Params::PerTensor(one) if is_print => {
                format!("Scale and zero point are the print’s: {}.{shared}", pair(one))
            }
            Params::PerTensor(one) => format!(
                "The real weights were quantized by their own smallest and largest: scale and zero point {}.{shared}",
                pair(one)
            ),
            Params::PerChannel(_) => {
                let whose = match (is_print, outputs) {
                    (true, 1) => "Its scale and zero point are the print’s",
                    (true, _) => "Scales and zero points are the print’s",
                    (false, 1) => {
                        "The real weights were quantized by their own smallest and largest"
                    }
                    (false, _) => {
                        "The real weights were quantized, each output’s by its own smallest and largest"
                    }
                };
                let turned = if self.state.experiment.per_channel {
                    ""
                } else {
                    " Weights are per channel now."
                };
                format!("{whose}.{turned}")
            }
        }
    }

    /// Whose scales codes without any are read with.
    fn of_codes(&self) -> String {
        debug_assert!(are_codes(self.given));
        let (state, (outputs, _)) = (self.state, self.shape);
        let first = if outputs == 1 { state.picture.output } else { 0 };
        let own = (first..first + outputs)
            .filter(|output| {
                state.experiment.per_channel && state.by_hand.weight_scales.contains_key(output)
            })
            .count();
        match (state.by_hand.weight_scale, own) {
            (None, 0) => "These codes have the scale calibrated for the seed’s weights.".into(),
            (Some(scale), 0) => {
                format!("These codes have the scale that is set by hand, {}.", exact(scale))
            }
            (_, own) if own == outputs => "These codes have the scales set by hand.".into(),
            (Some(_), _) => "These codes have the scales set by hand.".into(),
            (None, _) => {
                "These codes have the scales set by hand, and the seed’s elsewhere.".into()
            }
        }
    }
}

/// What else a matrix may be, and where to say so.
pub(super) fn other_way(chosen: Reading, is_square: bool) -> String {
    let other = chosen.other().name();
    if is_square {
        format!("The matrix is square: below the field, its {other}s can be the outputs.")
    } else {
        format!("Below the field, its {other}s can be the outputs instead.")
    }
}

/// Why a number is no weight code.
pub(super) fn no_code(entry: Entry) -> String {
    format!(
        "{} in row {}, column {} is no weight code: they go from −128 to 127. Real weights need a point, as in {}.0.",
        entry.value, entry.row, entry.column, entry.value
    )
}

/// Why a number is no real weight.
pub(super) fn no_float32(entry: Entry) -> String {
    format!(
        "{:e} in row {}, column {} is too large for float32.",
        entry.value, entry.row, entry.column
    )
}

fn pair(one: &QParams) -> String {
    format!("{} and {}", exact(one.scale), whole(one.zero_point.into()))
}

fn count(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}
