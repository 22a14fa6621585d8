//! [`Key`]: the name of a parameter.

use std::fmt;

/// Stamps the keys from a table of variant and text.
macro_rules! keys {
    ($($variant:ident = $text:literal),+ $(,)?) => {
        /// The name of a parameter, as its field of the [`State`](crate::state::State) is called; its
        /// text stands in links, attributes and patches from outside, and never changes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Key {
            $(#[doc = concat!("`", $text, "`")] $variant),+
        }

        impl Key {
            /// Every key, in the order of links and documentation.
            pub const ALL: &[Key] = &[$(Key::$variant),+];

            /// As in a link.
            pub const fn as_str(self) -> &'static str {
                const TEXTS: &[&str] = &[$($text),+];
                TEXTS[self as usize]
            }
        }
    };
}

keys! {
    Engine = "engine",
    Overlay = "overlay",
    ReduceRange = "reduce_range",
    ReduceWeights = "reduce_weights",
    Clamp = "clamp",
    Rescale = "rescale",
    Seed = "seed",
    Inputs = "inputs",
    Outputs = "outputs",
    Kernel = "kernel",
    Output = "output",
    Order = "order",
    CalibrationGain = "gain",
    InputScheme = "x_scheme",
    WeightScheme = "w_scheme",
    PerChannel = "per_channel",
    InputMin = "x_min",
    InputMax = "x_max",
    OutputMin = "y_min",
    OutputMax = "y_max",
    InputScale = "x_scale",
    InputZeroPoint = "x_zp",
    WeightScale = "w_scale",
    WeightZeroPoint = "w_zp",
    WeightScales = "w_scales",
    WeightZeroPoints = "w_zps",
    OutputScale = "y_scale",
    OutputZeroPoint = "y_zp",
    Bias = "bias",
    Relu = "relu",
    Weights = "w",
    Direction = "direction",
    SweptInput = "dir_k",
    Rest = "rest",
    Factors = "dir",
    From = "from",
    To = "to",
    SweepStep = "step",
    At = "at",
    Plot = "plot",
    ZoomFrom = "zoom_from",
    ZoomTo = "zoom_to",
    Legend = "legend",
    Scene = "scene",
    StoryStep = "page",
    Steps = "steps",
    Embed = "embed",
    FigureKind = "figure",
    Focus = "focus",
    Controls = "controls",
    Hide = "hide",
    Lock = "lock",
    Back = "back",
    Room = "room",
    Locked = "locked",
    Recording = "recording",
    RecordedOn = "recorded_on",
    RecordedOutput = "recorded_output",
    Pairing = "pairing",
    Width = "width",
    Overflow = "overflow",
    Widening = "widening",
    Ask = "ask",
    Machine = "machine",
    Beside = "beside",
    Entry = "entry",
    Verdict = "verdict",
    PartOf = "part_of",
    Theme = "theme",
    View = "view",
}

impl Key {
    /// The key of that text.
    pub fn from_text(text: &str) -> Option<Key> {
        Key::ALL.iter().copied().find(|key| key.as_str() == text)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
