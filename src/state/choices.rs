//! The small enums of the state, each with its key in links and its name on the page.

use serde::{Deserialize, Serialize};

use crate::arith::{Engine, Order, QScheme, Rescale};
use crate::evidence::{Overflow, Pairing, RecordedOn, Shipped, Widening};

/// A choice: its key in links, and its name on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The key in links.
    pub key: &'static str,
    /// The name on the page.
    pub name: &'static str,
}

impl Choice {
    /// A choice of a menu.
    pub const fn new(key: &'static str, name: &'static str) -> Choice {
        Choice { key, name }
    }
}

/// A value of which there are a few, each with a key.
pub trait Keyed: Copy + PartialEq + 'static {
    /// Every value with its key and name, in the order of a menu.
    fn choices() -> Vec<(Self, Choice)>;

    /// The key of a value.
    fn to_key(self) -> &'static str {
        Self::choices()
            .into_iter()
            .find(|(value, _)| *value == self)
            .map_or("", |(_, choice)| choice.key)
    }

    /// The value of a key.
    fn of_key(key: &str) -> Option<Self> {
        Self::choices().into_iter().find(|(_, choice)| choice.key == key).map(|(value, _)| value)
    }

    /// The keys and names alone.
    fn menu() -> Vec<Choice> {
        Self::choices().into_iter().map(|(_, choice)| choice).collect()
    }
}

/// Stamps [`Keyed`] from a table of value, key and name.
macro_rules! keyed {
    ($type:ty, $($value:path = $key:literal $name:literal),+ $(,)?) => {
        impl Keyed for $type {
            fn choices() -> Vec<(Self, Choice)> {
                vec![$(($value, Choice::new($key, $name))),+]
            }
        }
    };
}

/// Which page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// What happens and why, step by step.
    #[default]
    Story,
    /// Everything on sliders.
    Lab,
    /// Which arithmetic a machine gives, and why numbers differ.
    Check,
    /// Which outputs of a file of weights can saturate.
    Model,
    /// Theories against recordings of the real library.
    Suspects,
    /// A figure for somebody's page.
    Embed,
    /// A link for a workshop. No menu has it.
    Teach,
}

/// Colours and sizes of the page.
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
    /// Black, white and two strong colours.
    Contrast,
    /// Large type and thick lines, for a room.
    Projector,
}

/// What activation codes are clamped to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeClamp {
    /// 0..=255, with `reduce_range` too: eager PyTorch.
    #[default]
    Type,
    /// The observer's range, 0..=127 with `reduce_range`: fake-quantize and PT2E.
    Observer,
}

/// A part of the Lab that can be shown alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The chosen output, large, with the difference strip.
    Ramp,
    /// All outputs as small multiples.
    Outputs,
    /// The weights of the chosen output on sliders.
    Weights,
    /// The table of kinks.
    Kinks,
    /// Every stage at the cursor.
    Pipeline,
    /// The pairs of the chosen output on the 16-bit gauge.
    Pairs,
    /// All pairs of weights, and those of the chosen output among them.
    Map,
    /// The chosen output on every engine.
    Engines,
    /// The values of the sweep.
    Values,
}

/// How the inputs follow the sweep.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// All inputs have the same value.
    #[default]
    All,
    /// One input is swept, the others rest.
    One,
    /// Each input has its own factor.
    Vector,
}

/// Rows and columns of a convolution's kernel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kernel {
    /// One tap: a linear layer, or a convolution of 1 × 1.
    #[default]
    Linear,
    /// 1 × 3.
    OneByThree,
    /// 2 × 2.
    TwoByTwo,
    /// 3 × 3.
    ThreeByThree,
    /// 5 × 5.
    FiveByFive,
    /// 7 × 7.
    SevenBySeven,
}

impl Kernel {
    /// Rows and columns.
    pub const fn size(self) -> [usize; 2] {
        match self {
            Kernel::Linear => [1, 1],
            Kernel::OneByThree => [1, 3],
            Kernel::TwoByTwo => [2, 2],
            Kernel::ThreeByThree => [3, 3],
            Kernel::FiveByFive => [5, 5],
            Kernel::SevenBySeven => [7, 7],
        }
    }

    /// How many taps.
    pub const fn taps(self) -> usize {
        self.size()[0] * self.size()[1]
    }
}

/// What the Check view is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// What a machine computes.
    #[default]
    Machine,
    /// Why two numbers differ.
    Numbers,
}

/// What an author puts into a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FigureKind {
    /// Parts of the Lab.
    #[default]
    Parts,
    /// One step of the story.
    Step,
    /// The story from its beginning.
    Story,
    /// The theories and the recordings.
    Suspects,
}

/// What is drawn over the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    /// The real output.
    #[default]
    Output,
    /// The accumulator after the zero-point terms.
    Accumulator,
}

/// What is drawn in the large figure besides the chosen engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overlay {
    /// Another engine.
    Engine(Engine),
    /// The layer before quantization.
    Float32,
}

keyed!(Ask,
    Ask::Machine = "machine" "Which arithmetic do I get?",
    Ask::Numbers = "numbers" "Why are these two numbers different?");
keyed!(FigureKind,
    FigureKind::Parts = "parts" "parts of the Lab",
    FigureKind::Step = "step" "a scene of the story",
    FigureKind::Story = "story" "the whole story",
    FigureKind::Suspects = "suspects" "the suspects");
keyed!(View,
    View::Story = "story" "Story",
    View::Lab = "lab" "Lab",
    View::Check = "check" "Check",
    View::Model = "model" "Model",
    View::Suspects = "suspects" "Suspects",
    View::Embed = "embed" "Embed",
    View::Teach = "teach" "For teachers");
keyed!(Theme,
    Theme::Auto = "auto" "as the device",
    Theme::Light = "light" "light",
    Theme::Dark = "dark" "dark",
    Theme::Contrast = "contrast" "high contrast",
    Theme::Projector = "projector" "projector");
keyed!(Part,
    Part::Ramp = "ramp" "the ramp",
    Part::Outputs = "outputs" "all outputs, small",
    Part::Weights = "weights" "the weights",
    Part::Kinks = "kinks" "the kinks",
    Part::Pipeline = "pipeline" "from x to y at the cursor",
    Part::Pairs = "pairs" "the pairs at the cursor",
    Part::Map = "map" "every pair of weights",
    Part::Engines = "engines" "every engine",
    Part::Values = "values" "the values");
keyed!(CodeClamp,
    CodeClamp::Type = "type" "0 to 255 (eager PyTorch)",
    CodeClamp::Observer = "observer" "observer’s range (fake-quantize, PT2E)");
keyed!(Kernel,
    Kernel::Linear = "1x1" "none: a linear layer",
    Kernel::OneByThree = "1x3" "1 × 3",
    Kernel::TwoByTwo = "2x2" "2 × 2",
    Kernel::ThreeByThree = "3x3" "3 × 3",
    Kernel::FiveByFive = "5x5" "5 × 5",
    Kernel::SevenBySeven = "7x7" "7 × 7");
keyed!(Direction,
    Direction::All = "all" "all inputs equal",
    Direction::One = "one" "one input",
    Direction::Vector = "vector" "a vector");
keyed!(Quantity,
    Quantity::Output = "output" "output",
    Quantity::Accumulator = "accumulator" "accumulator");
keyed!(Order,
    Order::ModelFirst = "model_first" "the model",
    Order::DataFirst = "data_first" "the data");
keyed!(QScheme,
    QScheme::Symmetric = "symmetric" "symmetric",
    QScheme::Affine = "affine" "affine");

/// What `rescale` stands at where the engine's own rule is used.
const OWN_RULE: Choice = Choice::new("auto", "the engine’s own");

impl Keyed for Option<Rescale> {
    fn choices() -> Vec<(Self, Choice)> {
        let rules = Rescale::ALL.iter().map(|rule| {
            let (key, name) = match rule {
                Rescale::Fbgemm => ("fbgemm", "FBGEMM: float, half to even"),
                Rescale::Qnnpack => ("qnnpack", "QNNPACK: integer bias, float, half to even"),
                Rescale::Gemmlowp => ("gemmlowp", "gemmlowp: fixed point, half away from 0"),
                Rescale::Ruy => ("ruy", "ruy: fixed point, half up"),
                Rescale::Double => ("double", "LiteRT reference: double, half away from 0"),
                Rescale::Xnnpack => ("xnnpack", "XNNPACK: float, capped, half to even"),
                Rescale::PowerOfTwo => ("power_of_two", "bit shift: power of two, half up"),
                Rescale::OnnxRuntime => {
                    ("onnx_runtime", "ONNX Runtime: integer bias, float, half to even")
                }
                Rescale::OneDnn => ("onednn", "oneDNN: float, half to the even code"),
                Rescale::OneDnnConv => {
                    ("onednn_conv", "oneDNN’s convolutions: the same, other scales")
                }
            };
            (Some(*rule), Choice::new(key, name))
        });
        std::iter::once((None, OWN_RULE)).chain(rules).collect()
    }
}

impl Keyed for Engine {
    fn choices() -> Vec<(Self, Choice)> {
        Engine::ALL
            .iter()
            .map(|engine| (*engine, Choice::new(engine.key(), engine.name())))
            .collect()
    }

    fn of_key(key: &str) -> Option<Self> {
        Engine::from_key(key)
    }
}

impl Keyed for Overlay {
    fn choices() -> Vec<(Self, Choice)> {
        let engines =
            Engine::choices().into_iter().map(|(engine, choice)| (Overlay::Engine(engine), choice));
        let float = (Overlay::Float32, Choice::new("float32", "float32"));
        engines.chain(std::iter::once(float)).collect()
    }

    fn of_key(key: &str) -> Option<Self> {
        let float = (key == Overlay::Float32.to_key()).then_some(Overlay::Float32);
        float.or(Engine::from_key(key).map(Overlay::Engine))
    }
}

keyed!(Pairing,
    Pairing::None = "none" "none: each product alone",
    Pairing::Neighbours = "neighbours" "neighbours (0,1) (2,3)",
    Pairing::Alternate = "alternate" "(0,2) (1,3)",
    Pairing::Crossed = "crossed" "(0,3) (1,2)",
    Pairing::Fours = "fours" "four at a time",
    Pairing::Halves = "halves" "halves (k, k + K/2)",
    Pairing::Row = "row" "the whole row");
keyed!(Overflow,
    Overflow::Saturate = "saturate" "saturates",
    Overflow::Wrap = "wrap" "wraps around");
keyed!(Widening,
    Widening::Product = "product" "after each product",
    Widening::Group = "group" "after each group",
    Widening::Block = "block" "after 256 products",
    Widening::Never = "never" "never: one narrow sum");

impl Keyed for Shipped {
    fn choices() -> Vec<(Self, Choice)> {
        let choice = |one: Shipped| Choice::new(one.entry().key, one.entry().name);
        Shipped::all().map(|one| (one, choice(one))).collect()
    }
}

impl Keyed for RecordedOn {
    fn choices() -> Vec<(Self, Choice)> {
        let choice = |on: RecordedOn| Choice::new(on.key(), on.name());
        RecordedOn::ALL.iter().map(|on| (*on, choice(*on))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check<T: Keyed + std::fmt::Debug>() {
        let all = T::choices();
        for (value, choice) in &all {
            assert_eq!(T::of_key(choice.key), Some(*value));
            assert_eq!(value.to_key(), choice.key);
            assert_eq!(all.iter().filter(|(_, other)| other.key == choice.key).count(), 1);
        }
        assert_eq!(T::of_key("no such key"), None);
    }

    #[test]
    fn every_value_has_its_key() {
        check::<View>();
        check::<FigureKind>();
        check::<Theme>();
        check::<CodeClamp>();
        check::<Direction>();
        check::<Kernel>();
        check::<Quantity>();
        check::<Order>();
        check::<QScheme>();
        check::<Option<Rescale>>();
        check::<Engine>();
        check::<Overlay>();
        check::<Pairing>();
        check::<Overflow>();
        check::<Widening>();
        check::<Shipped>();
        check::<RecordedOn>();
    }
}
