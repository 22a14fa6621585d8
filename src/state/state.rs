//! [`State`]: everything a person can set, and nothing that follows from it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::arith::{Engine, Order, QScheme};

/// Weights set by hand: (output, k) → code, −128..=127.
pub type WeightEdits = BTreeMap<(usize, usize), i8>;

/// Which page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// Everything on sliders.
    #[default]
    Lab,
}

impl View {
    /// Every view, in the order of the navigation.
    pub const ALL: &[View] = &[View::Lab];

    /// The name in the address: `#/lab`.
    pub fn key(self) -> &'static str {
        match self {
            View::Lab => "lab",
        }
    }

    /// The view of that name.
    pub fn from_key(key: &str) -> Option<View> {
        View::ALL.iter().copied().find(|view| view.key() == key)
    }
}

/// Light or dark, or as the device asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the device asks.
    #[default]
    Auto,
    /// Dark ink on a light page.
    Light,
    /// Light ink on a dark page.
    Dark,
}

/// What a person set.
///
/// `None` in a scale or zero point means *calibrated*: it is computed from
/// the experiment ([`crate::arith::Experiment`]) by a min-max observer. A value
/// set by hand stays when something else changes.
///
/// Keys, ranges and defaults of every field are in [`super::schema`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// Which page is shown.
    pub view: View,
    /// Light or dark.
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
    /// Symmetric (zero point 0) or affine weights.
    pub weight_scheme: QScheme,
    /// Whether the activation observers use 0..=127 instead of 0..=255.
    pub reduce_range: bool,
    /// The engine that is drawn bold.
    pub engine: Engine,
    /// The output that is drawn large, 0-based.
    pub output: usize,
    /// Real value of the inputs at the cursor.
    pub at: f32,
    /// First real input of the sweep.
    pub from: f32,
    /// Last real input of the sweep.
    pub to: f32,
    /// Activation scale set by hand.
    pub input_scale: Option<f32>,
    /// Activation zero point set by hand.
    pub input_zero_point: Option<i32>,
    /// Weight scale set by hand (per tensor).
    pub weight_scale: Option<f32>,
    /// Output scale set by hand.
    pub output_scale: Option<f32>,
    /// Output zero point set by hand.
    pub output_zero_point: Option<i32>,
    /// Weight codes set by hand. Those outside the shape wait for it.
    pub weights: WeightEdits,
}

impl Default for State {
    /// The experiment of the forum thread.
    fn default() -> Self {
        State {
            view: View::Lab,
            theme: Theme::Auto,
            seed: 100,
            inputs: 8,
            outputs: 10,
            order: Order::ModelFirst,
            calibration_gain: 1.0,
            weight_scheme: QScheme::Symmetric,
            reduce_range: false,
            engine: Engine::FbgemmAvx2,
            output: 2,
            at: 2.0,
            from: -4.0,
            to: 4.0,
            input_scale: None,
            input_zero_point: None,
            weight_scale: None,
            output_scale: None,
            output_zero_point: None,
            weights: WeightEdits::new(),
        }
    }
}
