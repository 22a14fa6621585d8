//! [`Prediction`]: the rest of a line as a reader draws it, from the place where a pair first does not
//! fit, and how far it lies off the real one.

use super::facts::Facts;
use super::guess::of_output;
use super::step::step;
use crate::state::groups::ByHand;
use crate::state::{Derived, Deriver, Engine, State, Theme, describe};

/// The share of the rest that may be missing at the right where a reader lets go.
const MISSING: f64 = 0.04;
/// The output of the thread's layer that is drawn first: no scene before has shown it.
pub const OUTPUT: usize = 7;
/// The step whose drawn weights make other lines.
const OTHERS: usize = 5;

/// A line to draw the rest of.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Its layer on an engine whose pairs saturate.
    pub state: State,
    /// What follows from it.
    pub derived: Derived,
    /// The place of the first kink: up to it the line is shown.
    pub from: usize,
    /// The last place.
    pub to: usize,
}

/// The rest of a line, drawn from left to right without a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    from: usize,
    to: usize,
    /// Real outputs from `from` on; the first is the real one.
    values: Vec<f64>,
}

/// How far a prediction lies off, in output codes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// On average.
    pub mean: f64,
    /// Where it is most.
    pub most: f64,
}

impl Asked {
    /// The line of a round: an output of the thread's layer first, then those of eight weights drawn for the round.
    pub fn of(round: u32) -> Asked {
        let state = if round == 0 { of_output(OUTPUT) } else { other(round) };
        let derived = Deriver::default().derive(&state);
        let from = derived.chosen(&state).kinks.first().map_or(0, |kink| kink.place);
        let to = *derived.window(&state).end();
        Asked { state, derived, from: from.min(to), to }
    }

    /// What the line really does, in real outputs.
    pub fn real(&self) -> &[f32] {
        &self.derived.chosen(&self.state).curve().real
    }

    /// What it would do if the pairs wrapped around instead.
    pub fn wrapped(&self) -> Vec<f32> {
        let mut state = self.state.clone();
        state.arithmetic.engine = Engine::PairWraps;
        let derived = Deriver::default().derive(&state);
        derived.chosen(&state).curve().real.clone()
    }

    /// What the first kink is called, and why, in a sentence or two.
    pub fn told(&self) -> String {
        let Some(kink) = self.derived.chosen(&self.state).kinks.first() else {
            return String::new();
        };
        let [before, after] = [kink.slope_before, kink.slope_after].map(describe::slope);
        let does = match describe::effect(kink) {
            "flat" => "It goes on *flat*",
            "turned" => "It *turns round*",
            "steeper" => "It gets *steeper*",
            _ => "It gets *shallower*",
        };
        format!(
            "{does}: the weights {} drop out, so a step of the input code adds {after} to the sum, no longer {before}.",
            describe::weights(kink).replace(", ", " and ")
        )
    }

    /// What is asked, in a sentence.
    pub fn asks(&self) -> String {
        let facts = Facts { state: &self.state, derived: &self.derived };
        facts.told("they add up to {kink1.before}, and at x = {kink1.x} the pair {kink1.w0} and {kink1.w1} hits the end of 16 bits.")
    }

    /// The real output of a place of the line.
    pub fn at(&self, place: usize) -> f64 {
        f64::from(self.real()[place])
    }
}

/// The same output with eight weights whose first pair saturates, drawn for a round: the axes stay what
/// they were.
fn other(round: u32) -> State {
    let drawn = step(OTHERS).state(round, Theme::Auto, false).by_hand.weights;
    let weights = drawn.into_iter().map(|((_, k), w)| ((OUTPUT, k), w)).collect();
    let own = of_output(OUTPUT);
    State { by_hand: ByHand { weights, ..own.by_hand }, ..own }
}

impl Prediction {
    /// Nothing but the place where it begins.
    pub fn new(asked: &Asked) -> Prediction {
        let Asked { from, to, .. } = *asked;
        Prediction { from, to, values: vec![asked.at(from)] }
    }

    /// The last place that is drawn.
    pub fn last(&self) -> usize {
        self.from + self.values.len() - 1
    }

    /// The drawn values with their places.
    pub fn drawn(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.values.iter().enumerate().map(|(index, y)| (self.from + index, *y))
    }

    /// Draws straight to a place and a value; what was drawn beyond that place goes.
    pub fn draw_to(&mut self, place: usize, y: f64) {
        let place = place.min(self.to);
        if place <= self.from {
            self.values.truncate(1);
            return;
        }
        self.values.truncate(place - self.from);
        let (first, start) = (self.last(), self.values[self.values.len() - 1]);
        let places = (place - first) as f64;
        let between =
            (first + 1..=place).map(|at| start + (y - start) * (at - first) as f64 / places);
        self.values.extend(between);
    }

    /// A straight line to the end, at that value there.
    pub fn straight_to(&mut self, y: f64) {
        self.values.truncate(1);
        self.draw_to(self.to, y);
    }

    /// The value at its right end.
    pub fn end(&self) -> f64 {
        self.values[self.values.len() - 1]
    }

    /// Whether it goes to the end, or nearly.
    pub fn is_whole(&self) -> bool {
        let missing = (self.to - self.last()) as f64;
        self.to > self.from && missing <= MISSING * (self.to - self.from) as f64
    }

    /// How far it lies off the real line, over the drawn places; `None` before something is drawn.
    pub fn score(&self, asked: &Asked) -> Option<Score> {
        let scale = f64::from(asked.derived.layer.output.scale);
        let off: Vec<f64> =
            self.drawn().skip(1).map(|(place, y)| (y - asked.at(place)).abs() / scale).collect();
        let most = off.iter().copied().reduce(f64::max)?;
        Some(Score { mean: off.iter().sum::<f64>() / off.len() as f64, most })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Visibility;

    #[test]
    fn every_round_has_a_line_that_bends_and_room_to_draw() {
        let mut effects = std::collections::BTreeSet::new();
        for round in 0..60 {
            let asked = Asked::of(round);
            assert!(asked.from > 0 && asked.to - asked.from > 20, "{round}: {asked:?}");
            let kink = &asked.derived.chosen(&asked.state).kinks[0];
            assert_eq!(kink.visibility, Visibility::Visible, "{round}");
            effects.insert(describe::effect(kink));
            assert!(asked.told().contains(" drop out"), "{round}: {}", asked.told());
            assert!(!asked.asks().contains('{'), "{round}: {}", asked.asks());
            assert_eq!(asked.state.sweep, of_output(OUTPUT).sweep, "{round}");
        }
        assert!(effects.len() >= 3, "{effects:?}");
    }

    #[test]
    fn the_real_line_scores_nothing_and_a_straight_one_what_it_lies_off() {
        let asked = Asked::of(0);
        let mut right = Prediction::new(&asked);
        assert_eq!((right.score(&asked), right.is_whole()), (None, false));
        for place in asked.from + 1..=asked.to {
            right.draw_to(place, asked.at(place));
        }
        assert!(right.is_whole());
        assert_eq!(right.score(&asked), Some(Score { mean: 0.0, most: 0.0 }));
        let mut exact = Prediction::new(&asked);
        let end = asked.derived.chosen(&asked.state).exact.real[asked.to];
        exact.straight_to(f64::from(end));
        let score = exact.score(&asked).expect("drawn");
        let off = (f64::from(end) - asked.at(asked.to)).abs()
            / f64::from(asked.derived.layer.output.scale);
        assert!(score.most >= off && score.mean > 3.0, "{score:?}");
    }

    #[test]
    fn going_back_takes_away_what_was_drawn() {
        let asked = Asked::of(0);
        let mut drawn = Prediction::new(&asked);
        drawn.draw_to(asked.from + 10, 1.0);
        drawn.draw_to(asked.from + 4, 0.5);
        assert_eq!((drawn.last(), drawn.end()), (asked.from + 4, 0.5));
        drawn.draw_to(0, 9.0);
        assert_eq!((drawn.last(), drawn.end()), (asked.from, asked.at(asked.from)));
        drawn.draw_to(usize::MAX, 2.0);
        assert_eq!((drawn.last(), drawn.end()), (asked.to, 2.0));
    }
}
