//! [`Memo`]: what need not be made anew when a state changes.
//!
//! Whatever is kept is kept with all that it follows from, so that a kept value equals a fresh one.

use std::cell::OnceCell;
use std::mem::take;
use std::rc::Rc;

use super::kinks::KinkView;
use super::sweep::Sweep;
use super::{Derived, OutputView};
use crate::arith::{Experiment, Linear, QParams};
use crate::state::groups::{self, Arithmetic, ByHand, Indexed, WeightEdits};
use crate::state::sorted::Sorted;
use crate::state::state::State;

/// The last values of everything that is costly.
#[derive(Default)]
pub(super) struct Memo {
    /// All but the cursor, with the state that it follows from.
    pub still: Option<(Still, Derived)>,
    pub ranges: Ranges,
    pub rows: Rows,
}

/// What all but the cursor follows from.
#[derive(Clone, PartialEq)]
pub(super) struct Still {
    common: Common,
    weights: WeightEdits,
    bias: Indexed<f32>,
    output: usize,
}

impl Still {
    pub(super) fn new(state: &State) -> Still {
        let mut by_hand = state.by_hand.clone();
        let (weights, bias) = (take(&mut by_hand.weights), take(&mut by_hand.bias));
        let common = Common {
            experiment: state.experiment.clone(),
            by_hand,
            arithmetic: state.arithmetic.clone(),
            sweep: state.sweep.clone(),
        };
        Still { common, weights, bias, output: state.picture.output }
    }

    /// Whether the places of a sweep are the same: no weight, bias or chosen output moves them.
    fn has_places_of(&self, other: &Still) -> bool {
        self.common == other.common
    }
}

/// What belongs to no single output: all that the places of a sweep follow from. The rows of the layer
/// tell outputs apart.
#[derive(Clone, PartialEq)]
struct Common {
    experiment: groups::Experiment,
    by_hand: ByHand,
    arithmetic: Arithmetic,
    sweep: groups::Sweep,
}

impl Memo {
    /// The last sweep, if it has the places of this state's.
    pub(super) fn sweep(&self, still: &Still) -> Option<Rc<Sweep>> {
        let (known, derived) = self.still.as_ref()?;
        known.has_places_of(still).then(|| Rc::clone(&derived.sweep))
    }
}

/// Ranges of edited float rows on the data of one experiment.
#[derive(Default)]
pub(super) struct Ranges {
    experiment: Option<Rc<Experiment>>,
    /// By output: the row and its range.
    rows: Sorted<usize, (Vec<f32>, (f32, f32))>,
}

impl Ranges {
    /// The range of an output whose float weights are `row`.
    pub(super) fn of(
        &mut self,
        experiment: &Rc<Experiment>,
        output: usize,
        row: Vec<f32>,
    ) -> (f32, f32) {
        if !self.experiment.as_ref().is_some_and(|known| Rc::ptr_eq(known, experiment)) {
            *self = Ranges { experiment: Some(Rc::clone(experiment)), rows: Sorted::new() };
        }
        match self.rows.get(&output) {
            Some((known, range)) if *known == row => *range,
            _ => {
                let range = experiment.output_range(&row);
                self.rows.insert(output, (row, range));
                range
            }
        }
    }
}

/// What of an output stays when only what comes after its sum changes.
pub(super) struct Sums {
    /// Exact sums at every place.
    pub exact: Vec<i32>,
    /// The chosen engine's; none where it cannot run.
    pub chosen: Vec<i32>,
    /// Its kinks as if all could be seen, once they have been looked for.
    pub kinks: OnceCell<Vec<KinkView>>,
}

/// A layer's outputs along a sweep.
#[derive(Default)]
pub(super) struct Rows {
    /// What the sums follow from: the sweep stands for all that its places do.
    along: Option<(Rc<Sweep>, bool)>,
    /// What the views follow from beside them: the layer without what belongs to a single output.
    common: Option<Linear>,
    rows: Vec<Option<Row>>,
}

/// What is kept of an output, with its weights and what they stand for.
struct Row {
    weights: Vec<i8>,
    params: QParams,
    sums: Sums,
    /// With the bias.
    view: Option<(Option<f32>, Rc<OutputView>)>,
}

impl Rows {
    /// Forgets whatever follows from something that has changed.
    pub(super) fn begin(&mut self, layer: &Linear, sweep: &Rc<Sweep>, available: bool) {
        let is_along = |(known, was): &(Rc<Sweep>, bool)| {
            Rc::ptr_eq(known, sweep) && *was == available && self.rows.len() == layer.outputs
        };
        if !self.along.as_ref().is_some_and(is_along) {
            self.along = Some((Rc::clone(sweep), available));
            self.rows.clear();
            self.rows.resize_with(layer.outputs, || None);
        }
        let common = Some(Linear {
            weights: Vec::new(),
            weight_params: Vec::new(),
            bias: None,
            inputs: layer.inputs,
            outputs: layer.outputs,
            per_channel: layer.per_channel,
            input: layer.input,
            output: layer.output,
            relu: layer.relu,
            activation_codes: layer.activation_codes,
            row_shape: layer.row_shape,
        });
        if self.common != common {
            self.common = common;
            self.rows.iter_mut().flatten().for_each(|row| row.view = None);
        }
    }

    /// An output's view, of sums that `sum` makes, by `make`; both only if they have to be made.
    pub(super) fn view(
        &mut self,
        layer: &Linear,
        output: usize,
        sum: impl FnOnce() -> Sums,
        make: impl FnOnce(&Sums) -> OutputView,
    ) -> Rc<OutputView> {
        let (weights, params) = (layer.row(output), layer.weight_param(output));
        let is_own = |row: &Row| row.weights == weights && row.params == params;
        let fresh = || Row { weights: weights.to_vec(), params, sums: sum(), view: None };
        let kept = self.rows[output].take().filter(is_own).unwrap_or_else(fresh);
        let kept = self.rows[output].insert(kept);
        let bias = layer.bias.as_ref().map(|bias| bias[output]);
        match &kept.view {
            Some((known, view)) if *known == bias => Rc::clone(view),
            _ => {
                let view = Rc::new(make(&kept.sums));
                kept.view = Some((bias, Rc::clone(&view)));
                view
            }
        }
    }
}
