//! [`Racer`]: a fix as it runs in the race, on an output of the thread's layer that is not clamped far
//! beyond what the layer was calibrated for.

use super::fixes::{FIXES, Fix};
use super::guess::thread;
use crate::arith::Lane;
use crate::state::groups::{Gaze, Picture, Sweep};
use crate::state::number::{short, tenth};
use crate::state::{Derived, Deriver, State};

/// The output that runs.
pub const OUTPUT: usize = 4;
/// The track: beyond the calibrated inputs as far as `reduce_range` has codes.
const TRACK: (f32, f32) = (-3.0, 10.0);

/// A fix on the track.
#[derive(Clone, Debug, PartialEq)]
pub struct Racer {
    /// The fix.
    pub fix: &'static Fix,
    /// Its layer.
    pub state: State,
    /// What follows from it.
    pub derived: Derived,
    /// The most that it lies off the original with an exact sum, in output codes of that, at inputs that
    /// the original was calibrated for and where its output is not clamped.
    pub most_off: f64,
}

/// Where a racer is at an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// So many codes off the original with an exact sum, whose input is inside its range.
    Off {
        /// In output codes of the original.
        codes: f64,
        /// Whether a pair is saturated there.
        is_saturated: bool,
    },
    /// Beyond the original's range: its input code is the last one, and the line goes on flat.
    AtLastCode {
        /// Whether a pair is saturated there.
        is_saturated: bool,
    },
    /// Beyond the original's range: its output is clamped.
    Clamped,
    /// Beyond the original's range, and still following x.
    GoesOn,
    /// Beyond the original's range, and bent: a pair is saturated.
    Bent,
}

/// The race.
#[derive(Clone, Debug, PartialEq)]
pub struct Race {
    /// The original on an engine whose pairs saturate, and the others.
    pub racers: Vec<Racer>,
}

/// The thread's output on the track, with a fix's change.
fn on_track(fix: &Fix) -> State {
    let own = fix.state();
    let thread = thread();
    let (from, to) = TRACK;
    State {
        page: thread.page,
        sweep: Sweep { from, to, ..thread.sweep },
        picture: Picture { output: OUTPUT, ..own.picture },
        gaze: Gaze { at: 2.0, ..thread.gaze },
        ..own
    }
}

impl Race {
    /// The fixes that change the shown output.
    pub fn new() -> Race {
        let mut deriver = Deriver::default();
        let original = deriver.derive(&on_track(&FIXES[0]));
        let racer = |fix: &'static Fix| {
            let state = on_track(fix);
            let derived = deriver.derive(&state);
            let most_off = most_off(&original, &state, &derived);
            Racer { fix, state, derived, most_off }
        };
        Race { racers: FIXES.iter().filter(|fix| fix.races).map(racer).collect() }
    }

    /// The original.
    pub fn original(&self) -> &Racer {
        &self.racers[0]
    }

    /// The largest input that the original was calibrated for.
    pub fn calibrated_to(&self) -> f32 {
        self.original().derived.calibrated.input_range.1
    }

    /// Which of them are right on the whole track, in two sentences; the original is none.
    pub fn told(&self) -> String {
        let is_right = |racer: &&Racer| {
            !racer.derived.window(&racer.state).any(|place| racer.saturates_at(place))
        };
        let names = |right: bool| {
            let others = self.racers.iter().skip(1);
            let names: Vec<&str> = others
                .filter(|racer| is_right(racer) == right)
                .map(|racer| racer.fix.short)
                .collect();
            names.join(", ")
        };
        format!(
            "No pair is cut at any x here with {}. Only up to the calibrated x with {}.",
            names(true),
            names(false)
        )
    }

    /// Where a racer is at an input.
    pub fn standing(&self, racer: &Racer, x: f32) -> Standing {
        let Racer { state, derived, .. } = racer;
        let view = &derived.outputs[OUTPUT];
        let place = derived.place_of(state, x);
        let is_saturated = racer.saturates_at(place);
        let (low, high) = self.original().derived.calibrated.input_range;
        if (low..=high).contains(&x) {
            let original = self.original();
            let there = original.derived.place_of(&original.state, x);
            let codes = codes_off(&original.derived, there, view.curve().real[place]);
            return Standing::Off { codes, is_saturated };
        }
        let codes = derived.layer.activation_codes;
        let is_last = place == codes.qmax as usize || place == codes.qmin as usize;
        let is_clamped =
            view.curve().code[place].is_some_and(|code| code == codes.qmin || code == codes.qmax);
        match (is_last, is_saturated) {
            (true, is_saturated) => Standing::AtLastCode { is_saturated },
            _ if is_clamped => Standing::Clamped,
            (false, true) => Standing::Bent,
            (false, false) => Standing::GoesOn,
        }
    }
}

impl Default for Race {
    fn default() -> Race {
        Race::new()
    }
}

impl Standing {
    /// In words.
    pub fn told(self) -> String {
        match self {
            Standing::Off { codes, is_saturated } => {
                format!("{}{}", told_off(codes), if is_saturated { ", a pair is cut" } else { "" })
            }
            Standing::AtLastCode { is_saturated: false } => "flat: out of input codes".into(),
            Standing::AtLastCode { is_saturated: true } => {
                "flat: out of input codes, and a pair is cut".into()
            }
            Standing::Clamped => "flat: its output is clamped".into(),
            Standing::GoesOn => "goes on: it has input codes left".into(),
            Standing::Bent => "bends: a pair is cut".into(),
        }
    }

    /// Whether a pair is saturated.
    pub fn is_saturated(self) -> bool {
        match self {
            Standing::Off { is_saturated, .. } | Standing::AtLastCode { is_saturated } => {
                is_saturated
            }
            Standing::GoesOn | Standing::Clamped => false,
            Standing::Bent => true,
        }
    }
}

impl Racer {
    /// Whether a pair is saturated at a place. Halved weights lose bits, and no pair.
    fn saturates_at(&self, place: usize) -> bool {
        self.state.arithmetic.engine.lane() == Lane::Saturate
            && self.derived.outputs[OUTPUT].is_saturated(place)
    }

    /// The most that it is off, in words.
    pub fn told_most(&self) -> String {
        format!("at most {}, as calibrated", told_off(self.most_off))
    }
}

/// Output codes off, to a tenth: `2.6 output codes off`.
fn told_off(codes: f64) -> String {
    let codes = tenth(codes);
    format!("{} output {} off", short(codes), if codes == 1.0 { "code" } else { "codes" })
}

/// How far a real output lies from the original with an exact sum at a place, in its output codes.
fn codes_off(original: &Derived, place: usize, real: f32) -> f64 {
    let exact = original.outputs[OUTPUT].exact.real[place];
    f64::from(real - exact).abs() / f64::from(original.layer.output.scale)
}

fn most_off(original: &Derived, state: &State, derived: &Derived) -> f64 {
    let exact = &original.outputs[OUTPUT].exact;
    let real = &derived.outputs[OUTPUT].curve().real;
    let codes = original.layer.activation_codes;
    let (low, high) = original.calibrated.input_range;
    let places = original.sweep.at.iter().enumerate().filter(|(place, at)| {
        (f64::from(low)..=f64::from(high)).contains(*at)
            && exact.code[*place].is_some_and(|code| codes.qmin < code && code < codes.qmax)
    });
    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
    let off = places
        .map(|(place, at)| codes_off(original, place, real[derived.place_of(state, *at as f32)]));
    tenth(off.fold(0.0, f64::max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inside_the_calibration_only_the_original_bends_and_beyond_it_reduce_range_does() {
        let race = Race::new();
        let saturated = |x: f32| -> Vec<&str> {
            let is_hit = |racer: &&Racer| race.standing(racer, x).is_saturated();
            race.racers.iter().filter(is_hit).map(|racer| racer.fix.name).collect()
        };
        let original = FIXES[0].name;
        assert_eq!(saturated(1.0), [""; 0]);
        assert_eq!(saturated(3.0), [original]);
        assert_eq!(saturated(4.5), [original]);
        assert_eq!(saturated(7.0), [original, "reduce_range for activations"]);
        let reduced = &race.racers[1];
        assert_eq!(race.standing(reduced, 4.5), Standing::GoesOn);
        assert_eq!(race.standing(reduced, 7.0), Standing::Bent);
        for racer in &race.racers {
            println!("{}: {} at most", racer.fix.name, racer.most_off);
            for x in [0.0, 2.0, 3.0, 5.0, 7.0, 9.5_f32] {
                println!("  {x}: {}", race.standing(racer, x).told());
            }
        }
        assert!(race.original().most_off > 25.0);
        assert!(race.racers[1..].iter().all(|racer| racer.most_off < 4.0));
    }
}
