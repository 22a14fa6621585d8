//! [`State`]: everything a person can set, and nothing that follows from it.

use super::choices::{CodeClamp, Direction, Exhibit, Overlay, Part, Quantity, Theme, View};
use super::sorted::Sorted;
use crate::arith::{Engine, Order, QScheme, Rescale};
use crate::evidence::{Overflow, Pairing, RecordedOn, Shipped, Theory, Widening};

/// Weights set by hand: (output, k) → code, −128..=127.
pub type WeightEdits = Sorted<(usize, usize), i8>;

/// Values set by hand for some places: output or input → value.
pub type Places<T> = Sorted<usize, T>;

/// What a person set.
///
/// `None` in a scale, zero point or range means *calibrated*: it is computed from
/// the experiment ([`crate::arith::Experiment`]) by a min-max observer. A value
/// set by hand stays when something else changes.
///
/// Keys, ranges and defaults of every field are in [`super::schema`].
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Which page is shown.
    pub view: View,
    /// The step of the story, from 1.
    pub page: usize,
    /// The steps of the story that are shown, from 1; all of them if empty.
    pub steps: Vec<usize>,
    /// Whether the page stands in a frame of another one.
    pub embed: bool,
    /// What the view that makes figures makes.
    pub exhibit: Exhibit,
    /// The parts of the Lab that are shown; all of them if empty.
    pub focus: Vec<Part>,
    /// Keys of the parameters with a control where only some parts are shown.
    pub controls: Vec<String>,
    /// Keys of the parameters whose controls are not shown.
    pub hide: Vec<String>,
    /// Keys of the parameters that cannot be changed on the page.
    pub lock: Vec<String>,
    /// Which numbers the story's questions ask for; 0 for the usual ones.
    pub room: u32,
    /// Whether an answer given in the story is final.
    pub locked: bool,
    /// Colours and sizes of the page.
    pub theme: Theme,
    /// Seed of `torch.manual_seed`.
    pub seed: u32,
    /// K, the number of inputs.
    pub inputs: usize,
    /// N, the number of outputs.
    pub outputs: usize,
    /// Whether the model or the calibration data is drawn first.
    pub order: Order,
    /// Factor on the calibration data; below 1 the range is too narrow for
    /// the sweep.
    pub calibration_gain: f32,
    /// Affine or symmetric activations.
    pub input_scheme: QScheme,
    /// Symmetric (zero point 0) or affine weights.
    pub weight_scheme: QScheme,
    /// One weight scale and zero point per output.
    pub per_channel: bool,
    /// Whether the activation observers use 0..=127 instead of 0..=255.
    pub reduce_range: bool,
    /// Whether the weight observer uses −64..=63 instead of −128..=127.
    pub reduce_weights: bool,
    /// What activation codes are clamped to.
    pub clamp: CodeClamp,
    /// Whether outputs below real 0 are clamped to it.
    pub relu: bool,
    /// The engine that is drawn bold.
    pub engine: Engine,
    /// Another requantization rule than the engine's own.
    pub rescale: Option<Rescale>,
    /// What else is drawn in the large figure.
    pub overlay: Vec<Overlay>,
    /// The output that is drawn large, 0-based.
    pub output: usize,
    /// What is drawn over the input.
    pub plot: Quantity,
    /// How the inputs follow the sweep.
    pub direction: Direction,
    /// The input that is swept alone.
    pub swept_input: usize,
    /// Real value of the other inputs then.
    pub rest: f32,
    /// Factors of the inputs along a vector; 1 where there is none.
    pub factors: Places<f32>,
    /// Place of the cursor in the sweep: the real value of all inputs, of the one that is swept,
    /// or the factor of the vector.
    pub at: f32,
    /// First place of the sweep.
    pub from: f32,
    /// Last place of the sweep.
    pub to: f32,
    /// Distance of the places that are computed; every code without it.
    pub step: Option<f32>,
    /// Where the drawn part of the sweep begins.
    pub zoom_from: Option<f32>,
    /// Where the drawn part of the sweep ends.
    pub zoom_to: Option<f32>,
    /// Whether the figure's marks are explained.
    pub legend: bool,
    /// Lowest real input of the calibration, set by hand.
    pub input_min: Option<f32>,
    /// Highest real input of the calibration, set by hand.
    pub input_max: Option<f32>,
    /// Lowest real output of the calibration, set by hand.
    pub output_min: Option<f32>,
    /// Highest real output of the calibration, set by hand.
    pub output_max: Option<f32>,
    /// Activation scale set by hand.
    pub input_scale: Option<f32>,
    /// Activation zero point set by hand.
    pub input_zero_point: Option<i32>,
    /// Weight scale set by hand, for all outputs.
    pub weight_scale: Option<f32>,
    /// Weight zero point set by hand, for all outputs.
    pub weight_zero_point: Option<i32>,
    /// Weight scales set by hand for single outputs; used per channel.
    pub weight_scales: Places<f32>,
    /// Weight zero points set by hand for single outputs; used per channel.
    pub weight_zero_points: Places<i32>,
    /// Output scale set by hand.
    pub output_scale: Option<f32>,
    /// Output zero point set by hand.
    pub output_zero_point: Option<i32>,
    /// Real bias of single outputs. Empty: a layer without bias.
    pub bias: Places<f32>,
    /// Weight codes set by hand. Those outside the shape wait for it.
    pub weights: WeightEdits,
    /// The recording that theories are held against.
    pub recording: Shipped,
    /// Which of its runs.
    pub recorded_on: RecordedOn,
    /// The output of it that is drawn, 0-based; the last where it has fewer.
    pub recorded_output: usize,
    /// The theory that is held against it.
    pub theory: Theory,
}

impl Default for State {
    /// The experiment of the forum thread.
    fn default() -> Self {
        State {
            view: View::Story,
            page: 1,
            steps: Vec::new(),
            embed: false,
            exhibit: Exhibit::Parts,
            focus: Vec::new(),
            controls: Vec::new(),
            hide: Vec::new(),
            lock: Vec::new(),
            room: 0,
            locked: false,
            theme: Theme::Auto,
            seed: 100,
            inputs: 8,
            outputs: 10,
            order: Order::ModelFirst,
            calibration_gain: 1.0,
            input_scheme: QScheme::Affine,
            weight_scheme: QScheme::Symmetric,
            per_channel: false,
            reduce_range: false,
            reduce_weights: false,
            clamp: CodeClamp::Type,
            relu: false,
            engine: Engine::FbgemmAvx2,
            rescale: None,
            overlay: Vec::new(),
            output: 2,
            plot: Quantity::Output,
            direction: Direction::All,
            swept_input: 0,
            rest: 0.0,
            factors: Places::new(),
            at: 2.0,
            from: -4.0,
            to: 4.0,
            step: None,
            zoom_from: None,
            zoom_to: None,
            legend: true,
            input_min: None,
            input_max: None,
            output_min: None,
            output_max: None,
            input_scale: None,
            input_zero_point: None,
            weight_scale: None,
            weight_zero_point: None,
            weight_scales: Places::new(),
            weight_zero_points: Places::new(),
            output_scale: None,
            output_zero_point: None,
            bias: Places::new(),
            weights: WeightEdits::new(),
            recording: Shipped::default(),
            recorded_on: RecordedOn::FbgemmAvx2,
            recorded_output: 2,
            // The thread's first guess. One answer away from the truth.
            theory: Theory {
                pairing: Pairing::Neighbours,
                width: 16,
                overflow: Overflow::Wrap,
                widening: Widening::Group,
            },
        }
    }
}

impl State {
    /// Whether a parameter's control is not shown.
    pub fn is_hidden(&self, key: &str) -> bool {
        self.hide.iter().any(|hidden| hidden == key)
    }

    /// Whether a parameter cannot be changed on the page.
    pub fn is_locked(&self, key: &str) -> bool {
        self.lock.iter().any(|locked| locked == key)
    }

    /// Whether a step of the story is shown.
    pub fn has_step(&self, page: usize) -> bool {
        self.steps.is_empty() || self.steps.contains(&page)
    }

    /// The drawn part of the sweep.
    pub fn window(&self) -> (f32, f32) {
        let from = self.zoom_from.unwrap_or(self.from);
        let to = self.zoom_to.unwrap_or(self.to);
        if from < to { (from, to) } else { (self.from, self.to) }
    }

    /// Whether only a part of the sweep is drawn.
    pub fn is_zoomed(&self) -> bool {
        self.window() != (self.from, self.to)
    }

    /// How input k moves along the sweep: its real value is `offset + factor·t`.
    pub fn motion(&self, k: usize) -> (f32, f32) {
        match self.direction {
            Direction::All => (0.0, 1.0),
            Direction::One if k == self.swept_input => (0.0, 1.0),
            Direction::One => (self.rest, 0.0),
            Direction::Vector => (0.0, self.factors.get(&k).copied().unwrap_or(1.0)),
        }
    }
}
