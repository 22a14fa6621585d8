//! The groups of the [`State`](super::State): what belongs together is kept, compared, recorded and
//! left out together.
//!
//! Keys, ranges and defaults of every field are in [`super::schema`].

use super::choices::{
    Ask, CodeClamp, Direction, FigureKind, Kernel, Overlay, Part, Quantity, Theme, View,
};
use super::key::Key;
use super::sorted::Sorted;
use crate::arith::{Engine, Order, QScheme, Rescale};
use crate::evidence::{Overflow, Pairing, RecordedOn, Shipped, Theory, Widening};

/// Weights set by hand: (output, k) → code, −128..=127.
pub type WeightEdits = Sorted<(usize, usize), i8>;

/// Values set by hand for some places: output or input → value.
pub type Indexed<T> = Sorted<usize, T>;

/// Which page is open, and how its story asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// Which page is shown.
    pub view: View,
    /// The scene of the story, from 1; `None` for the one that the step belongs to.
    pub scene: Option<usize>,
    /// The step whose questions are open in its scene, from 1.
    pub step: usize,
    /// Which numbers the story's questions ask for; 0 for the usual ones.
    pub room: u32,
    /// Whether an answer given in the story is final.
    pub locked: bool,
    /// Colours and sizes of the page.
    pub theme: Theme,
}

/// What the layer's weights and its calibration are drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// Seed of `torch.manual_seed`.
    pub seed: u32,
    /// K, the number of inputs.
    pub inputs: usize,
    /// N, the number of outputs.
    pub outputs: usize,
    /// The kernel whose taps the inputs are, at one place of a convolution's output.
    pub kernel: Kernel,
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
}

/// What is set by hand instead of what the calibration gives.
///
/// `None` means *calibrated*: it is computed from the experiment by a min-max observer. A value set
/// by hand stays when something else changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByHand {
    /// Lowest real input of the calibration.
    pub input_min: Option<f32>,
    /// Highest real input of the calibration.
    pub input_max: Option<f32>,
    /// Lowest real output of the calibration.
    pub output_min: Option<f32>,
    /// Highest real output of the calibration.
    pub output_max: Option<f32>,
    /// Activation scale.
    pub input_scale: Option<f32>,
    /// Activation zero point.
    pub input_zero_point: Option<i32>,
    /// Weight scale of all outputs.
    pub weight_scale: Option<f32>,
    /// Weight zero point of all outputs.
    pub weight_zero_point: Option<i32>,
    /// Weight scales of single outputs; used per channel.
    pub weight_scales: Indexed<f32>,
    /// Weight zero points of single outputs; used per channel.
    pub weight_zero_points: Indexed<i32>,
    /// Output scale.
    pub output_scale: Option<f32>,
    /// Output zero point.
    pub output_zero_point: Option<i32>,
    /// Real bias of single outputs. Empty: a layer without bias.
    pub bias: Indexed<f32>,
    /// Weight codes. Those outside the shape wait for it.
    pub weights: WeightEdits,
}

/// How the layer is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Arithmetic {
    /// The engine that is drawn bold.
    pub engine: Engine,
    /// Another requantization rule than the engine's own.
    pub rescale: Option<Rescale>,
    /// What activation codes are clamped to.
    pub clamp: CodeClamp,
    /// Whether outputs below real 0 are clamped to it.
    pub relu: bool,
}

/// The inputs that are gone through.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// How the inputs follow the sweep.
    pub direction: Direction,
    /// The input that is swept alone.
    pub swept_input: usize,
    /// Real value of the other inputs then.
    pub rest: f32,
    /// Factors of the inputs along a vector; 1 where there is none.
    pub factors: Indexed<f32>,
    /// First place of the sweep.
    pub from: f32,
    /// Last place of the sweep.
    pub to: f32,
}

/// What is drawn of the sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// The output that is drawn large, 0-based.
    pub output: usize,
    /// What else is drawn in the large figure.
    pub overlay: Vec<Overlay>,
    /// What is drawn over the input.
    pub plot: Quantity,
    /// Distance of the places that are drawn; every code without it.
    pub step: Option<f32>,
}

/// Where a reader looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Gaze {
    /// Place of the cursor in the sweep: the real value of all inputs, of the one that is swept,
    /// or the factor of the vector.
    pub at: f32,
    /// Where the drawn part of the sweep begins.
    pub zoom_from: Option<f32>,
    /// Where the drawn part of the sweep ends.
    pub zoom_to: Option<f32>,
}

/// What the Suspects view judges.
#[derive(Clone, Debug, PartialEq)]
pub struct Suspects {
    /// The recording that theories are held against.
    pub recording: Shipped,
    /// Which of its runs.
    pub recorded_on: RecordedOn,
    /// The output of it that is drawn, 0-based; the last where it has fewer.
    pub recorded_output: usize,
    /// The theory that is held against it.
    pub theory: Theory,
}

/// What the Check view is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Check {
    /// Which of its questions.
    pub ask: Ask,
    /// A machine: a text that names it or lists its features; empty for none.
    pub machine: String,
    /// Another one to hold beside it.
    pub beside: String,
    /// Two operands and what was seen, as a draft writes them; empty for none.
    pub entry: String,
}

/// What a link says of a file of weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileOfWeights {
    /// The numbers of its verdict and its name; empty for none.
    pub verdict: String,
    /// What the layer is a part of; empty if it is whole.
    pub part_of: String,
}

/// What an author lets the readers of a figure see and do.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Whether the page stands in a frame of another one.
    pub embed: bool,
    /// What the view that makes figures makes.
    pub kind: FigureKind,
    /// The parts of the Lab that are shown; all of them if empty.
    pub focus: Vec<Part>,
    /// The steps of the story that are shown, from 1; all of them if empty.
    pub steps: Vec<usize>,
    /// The parameters with a control where only some parts are shown.
    pub controls: Vec<Key>,
    /// The parameters whose controls are not shown.
    pub hide: Vec<Key>,
    /// The parameters that cannot be changed on the page.
    pub lock: Vec<Key>,
    /// Whether a figure in somebody's page leads back to the page.
    pub back: bool,
    /// Whether the figure's marks are explained.
    pub legend: bool,
}

// The defaults: the experiment of the forum thread.

impl Default for Page {
    fn default() -> Page {
        Page { view: View::Story, scene: None, step: 1, room: 0, locked: false, theme: Theme::Auto }
    }
}

impl Default for Experiment {
    fn default() -> Experiment {
        Experiment {
            seed: 100,
            inputs: 8,
            outputs: 10,
            kernel: Kernel::Linear,
            order: Order::ModelFirst,
            calibration_gain: 1.0,
            input_scheme: QScheme::Affine,
            weight_scheme: QScheme::Symmetric,
            per_channel: false,
            reduce_range: false,
            reduce_weights: false,
        }
    }
}

impl Default for Arithmetic {
    fn default() -> Arithmetic {
        let (clamp, relu) = (CodeClamp::Type, false);
        Arithmetic { engine: Engine::FbgemmAvx2, rescale: None, clamp, relu }
    }
}

impl Default for Sweep {
    fn default() -> Sweep {
        Sweep {
            direction: Direction::All,
            swept_input: 0,
            rest: 0.0,
            factors: Indexed::new(),
            from: -4.0,
            to: 4.0,
        }
    }
}

impl Default for Picture {
    fn default() -> Picture {
        Picture { output: 2, overlay: Vec::new(), plot: Quantity::Output, step: None }
    }
}

impl Default for Gaze {
    fn default() -> Gaze {
        Gaze { at: 2.0, zoom_from: None, zoom_to: None }
    }
}

impl Default for Suspects {
    /// The thread's first guess. One answer away from the truth.
    fn default() -> Suspects {
        Suspects {
            recording: Shipped::default(),
            recorded_on: RecordedOn::FbgemmAvx2,
            recorded_output: 2,
            theory: Theory {
                pairing: Pairing::Neighbours,
                width: 16,
                overflow: Overflow::Wrap,
                widening: Widening::Group,
            },
        }
    }
}

impl Default for Figure {
    fn default() -> Figure {
        Figure {
            embed: false,
            kind: FigureKind::Parts,
            focus: Vec::new(),
            steps: Vec::new(),
            controls: Vec::new(),
            hide: Vec::new(),
            lock: Vec::new(),
            back: true,
            legend: true,
        }
    }
}
