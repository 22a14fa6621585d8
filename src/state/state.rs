//! [`State`]: everything a person can set, and nothing that follows from it.

use super::choices::Direction;
use super::groups::{
    Arithmetic, ByHand, Check, Experiment, Figure, FileOfWeights, Gaze, Page, Picture, Suspects,
    Sweep,
};
use super::key::Key;
use crate::arith::RowShape;

/// What a person set, in groups. The default is the experiment of the forum thread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Which page is open, and how its story asks.
    pub page: Page,
    /// What the layer and its calibration are drawn from.
    pub experiment: Experiment,
    /// What is set by hand instead of what the calibration gives.
    pub by_hand: ByHand,
    /// How the layer is run.
    pub arithmetic: Arithmetic,
    /// The inputs that are gone through.
    pub sweep: Sweep,
    /// What is drawn of the sweep.
    pub picture: Picture,
    /// Where a reader looks.
    pub gaze: Gaze,
    /// What the Suspects view judges.
    pub suspects: Suspects,
    /// What the Check view is asked.
    pub check: Check,
    /// What a link says of a file of weights.
    pub model: FileOfWeights,
    /// What an author lets the readers of a figure see and do.
    pub figure: Figure,
}

impl State {
    /// Whether a parameter's control is not shown.
    pub fn is_hidden(&self, key: Key) -> bool {
        self.figure.hide.contains(&key)
    }

    /// Whether a parameter cannot be changed on the page.
    pub fn is_locked(&self, key: Key) -> bool {
        self.figure.lock.contains(&key)
    }

    /// Whether a step of the story is shown.
    pub fn has_step(&self, step: usize) -> bool {
        self.figure.steps.is_empty() || self.figure.steps.contains(&step)
    }

    /// The drawn part of the sweep.
    pub fn window(&self) -> (f32, f32) {
        let (first, last) = (self.sweep.from, self.sweep.to);
        let from = self.gaze.zoom_from.unwrap_or(first);
        let to = self.gaze.zoom_to.unwrap_or(last);
        if from < to { (from, to) } else { (first, last) }
    }

    /// Whether only a part of the sweep is drawn.
    pub fn is_zoomed(&self) -> bool {
        self.window() != (self.sweep.from, self.sweep.to)
    }

    /// What the rows of the layer are made of.
    pub fn row_shape(&self) -> RowShape {
        RowShape::new(self.experiment.inputs, self.experiment.kernel.size())
    }

    /// How many pairs each output has on the chosen engine, those of one product among them.
    pub fn pairs(&self) -> usize {
        let accumulator = self.arithmetic.engine.accumulator().over(self.row_shape());
        accumulator.group.of(self.experiment.inputs).count()
    }

    /// How input k moves along the sweep: its real value is `offset + factor·t`.
    pub fn motion(&self, k: usize) -> (f32, f32) {
        let sweep = &self.sweep;
        match sweep.direction {
            Direction::All => (0.0, 1.0),
            Direction::One if k == sweep.swept_input => (0.0, 1.0),
            Direction::One => (sweep.rest, 0.0),
            Direction::Vector => (0.0, sweep.factors.get(&k).copied().unwrap_or(1.0)),
        }
    }
}
