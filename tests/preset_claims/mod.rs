//! What each preset's sentence says, computed: a function gives the sentence's numbers in their
//! order and asserts what it says in words.

mod convolution;
mod recorded;
mod report;
mod scenario;

use rampscope::arith::{Accumulator, CODES, Effect, Engine, GroupTrace, KinkPair};
use rampscope::state::{Derived, Deriver, OutputView, State, Visibility, link};
use rampscope::story::Preset;

/// A preset's key and the numbers of its sentence.
pub type Claim = (&'static str, fn(&Seen) -> Vec<String>);

/// Numbers as a sentence writes them.
macro_rules! said {
    ($($number:expr),* $(,)?) => { vec![$($number.to_string().replace('-', "−")),*] };
}
pub(crate) use said;

/// One for every preset.
pub fn claims() -> impl Iterator<Item = Claim> {
    let parts: [&[Claim]; 4] =
        [&recorded::CLAIMS, &report::CLAIMS, &convolution::CLAIMS, &scenario::CLAIMS];
    parts.into_iter().flatten().copied()
}

/// A preset as it is opened.
pub struct Seen {
    pub preset: &'static Preset,
    pub state: State,
    pub derived: Derived,
}

/// A kink with all inputs equal.
#[derive(Clone, Debug, PartialEq)]
pub struct Bend {
    pub code: u8,
    pub pairs: Vec<KinkPair>,
    pub slope_before: i32,
    pub slope_after: i32,
    pub effect: Effect,
    pub is_jump: bool,
}

impl Seen {
    pub fn open(preset: &'static Preset) -> Seen {
        Seen::read(preset, preset.fragment())
    }

    /// The same with more keys, which win over the preset's.
    pub fn with(&self, keys: &str) -> Seen {
        let separator = if self.preset.link.is_empty() { '?' } else { '&' };
        Seen::read(self.preset, format!("{}{separator}{keys}", self.preset.fragment()))
    }

    fn read(preset: &'static Preset, fragment: String) -> Seen {
        // As a patch: a link says of a key that it stands there twice.
        let (state, problems) = link::query(&fragment).apply(&State::default());
        assert_eq!(problems, [], "{fragment}");
        let derived = Deriver::default().derive(&state);
        assert_eq!(derived.unavailable, None, "{fragment}");
        Seen { preset, state, derived }
    }

    /// The output that is drawn large.
    pub fn view(&self) -> &OutputView {
        &self.derived.outputs[self.state.picture.output]
    }

    /// Output codes of the chosen engine at the input codes 0..=255.
    pub fn codes(&self) -> Vec<i32> {
        let chosen = self.view().chosen.as_ref().expect("the engine can run the layer");
        chosen.code.iter().copied().map(|code| code.expect("it has output codes")).collect()
    }

    /// Output codes of the exact ramp.
    pub fn exact_codes(&self) -> Vec<i32> {
        let exact = self.view().exact.code.iter().copied();
        exact.map(|code| code.expect("it has output codes")).collect()
    }

    /// The chosen engine's accumulator at an input code.
    pub fn acc(&self, code: usize) -> i32 {
        self.view().chosen.as_ref().expect("the engine can run the layer").acc[code]
    }

    /// Weights of the chosen output.
    pub fn row(&self) -> &[i8] {
        self.derived.layer.row(self.state.picture.output)
    }

    /// First and last input code of the sweep.
    pub fn input_codes(&self) -> (usize, usize) {
        let code = |x| self.derived.place_of(&self.state, x);
        (code(self.state.sweep.from), code(self.state.sweep.to))
    }

    /// Kinks of an output.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "slopes are whole where all inputs are equal"
    )]
    pub fn kinks_of(&self, output: usize) -> Vec<Bend> {
        let kinks = self.derived.outputs[output].kinks.iter();
        kinks
            .map(|view| Bend {
                code: view.code.expect("all inputs are equal"),
                pairs: view.pairs.clone(),
                slope_before: view.slope_before as i32,
                slope_after: view.slope_after as i32,
                effect: view.effect,
                is_jump: view.is_jump,
            })
            .collect()
    }

    /// Kinks of the chosen output, as many as expected.
    pub fn kinks<const N: usize>(&self) -> [Bend; N] {
        self.kinks_of(self.state.picture.output).try_into().expect("that many kinks")
    }

    /// Real inputs of those kinks.
    pub fn kinks_at<const N: usize>(&self) -> [f64; N] {
        let places: Vec<f64> = self.view().kinks.iter().map(|view| view.at).collect();
        places.try_into().expect("that many kinks")
    }

    /// Whether any kink of any output can be seen.
    pub fn is_bent(&self) -> bool {
        let mut kinks = self.derived.outputs.iter().flat_map(|view| &view.kinks);
        kinks.any(|kink| kink.visibility == Visibility::Visible)
    }

    /// A pair of the chosen output, both inputs at a code, in saturating arithmetic.
    pub fn pair(&self, first_k: usize, code: u8) -> GroupTrace {
        let x = vec![code; self.row().len()];
        let pairs = Accumulator::PAIR_SATURATING.trace(&x, self.row());
        pairs.into_iter().find(|pair| pair.first_k() == first_k).expect("there is such a pair")
    }

    /// The same layer on another engine.
    pub fn on(&self, engine: Engine) -> Seen {
        self.with(&format!("engine={}", engine.key()))
    }

    /// The chosen output's accumulator is the exact one and has no kink: whatever differs in the
    /// output codes is rounding.
    pub fn assert_straight_sum(&self) {
        let view = self.view();
        assert_eq!(view.chosen.as_ref().map(|ramp| &ramp.acc), Some(&view.exact.acc));
        assert!(view.kinks.is_empty());
    }

    /// Every output of these input codes equals the exact ramp, and its accumulator has one
    /// slope.
    pub fn assert_straight(&self, codes: std::ops::RangeInclusive<usize>) {
        for (output, view) in self.derived.outputs.iter().enumerate() {
            let chosen = view.chosen.as_ref().expect("the engine can run the layer");
            let range = codes.clone();
            assert_eq!(chosen.acc[range.clone()], view.exact.acc[range.clone()], "{output}");
            assert_eq!(chosen.code[range.clone()], view.exact.code[range.clone()], "{output}");
            let steps = chosen.acc[range].windows(2).map(|step| step[1] - step[0]);
            let steps: Vec<i32> = steps.collect();
            assert!(steps.iter().all(|step| *step == steps[0]), "output {output} bends");
        }
    }

    /// Every output is straight over all codes.
    pub fn assert_all_straight(&self) {
        self.assert_straight(0..=CODES - 1);
        assert!(!self.is_bent());
    }
}
