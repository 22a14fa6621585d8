//! [`Action`]: everything that can happen to the state, and [`reduce`].

use super::derived::Derived;
use super::link;
use super::list::toggled;
use super::number;
use super::paste::PastedWeights;
use super::patch::{Patch, apply};
use super::problem::Problem;
use super::problems::Problems;
use super::schema::{self, History, Value};
use super::state::State;

/// Something a person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A change of parameters, from a control, a preset or an embedder.
    Patch(Patch),
    /// One value of a parameter that has one for each place; an empty text or `auto` takes it
    /// away.
    SetPlace {
        /// The parameter's key.
        key: &'static str,
        /// The output or input, 0-based.
        place: usize,
        /// The value as typed.
        text: String,
    },
    /// A weight code of an output set by hand.
    SetWeight {
        /// The output, 0-based.
        output: usize,
        /// The input, 0-based.
        k: usize,
        /// The code as typed; one beyond −128..=127 becomes the nearest.
        text: String,
    },
    /// A weight back to the experiment's.
    ResetWeight {
        /// The output, 0-based.
        output: usize,
        /// The input, 0-based.
        k: usize,
    },
    /// What a person pasted, as [`pasted_weights`](super::pasted_weights) has read it.
    PasteWeights(Result<PastedWeights, String>),
    /// An overlay drawn, or no longer drawn.
    ToggleOverlay(&'static str),
    /// The cursor, that many places to the right.
    StepCursor(i32),
    /// The cursor to the next kink (1) or the one before (−1).
    JumpKink(i32),
    /// The drawn part of the sweep made that many times smaller about a value.
    Zoom {
        /// The value that stays where it is.
        about: f64,
        /// Above 1 to see less, below to see more.
        factor: f64,
    },
    /// The drawn part of the sweep moved to the right by a share of its width.
    Pan(f64),
    /// The whole sweep drawn again.
    ResetZoom,
    /// The whole state from the fragment of an address: a link, or the
    /// browser's history.
    Open(String),
    /// The whole state from the link of a saved file, which the address does not say yet.
    Import(String),
    /// The whole state, from whoever put the figure into a page.
    Set(Box<State>),
    /// An answer to a question of the story.
    Answer {
        /// The question's key.
        question: &'static str,
        /// The answer as given.
        given: String,
        /// What shows the right one. No new entry of the browser's history: Back leaves the step.
        reveal: Patch,
    },
    /// The name that goes into the file of answers.
    NameAnswers(String),
    /// The address that links should lead to, as typed.
    GiveAddress(String),
    /// A pair of the chosen output (its index) looked at, or none.
    Highlight(Option<usize>),
    /// The last step taken back.
    Undo,
    /// The last undo taken back.
    Redo,
    /// A pointer, key or field was released: the next change is a step of its own.
    Release,
    /// What was wrong has been read.
    DismissProblems,
}

impl Action {
    /// Changes of one group that follow each other are undone together; nothing joins one that has
    /// none.
    pub(super) fn group(&self) -> Option<String> {
        Some(match self {
            Action::Patch(patch) => {
                patch.0.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join("+")
            }
            Action::SetPlace { key, place, .. } => format!("{key}.{place}"),
            Action::SetWeight { output, k, .. } => format!("w.{output}.{k}"),
            Action::StepCursor(_) | Action::JumpKink(_) => "at".into(),
            Action::Zoom { .. } | Action::Pan(_) | Action::ResetZoom => "zoom".into(),
            _ => return None,
        })
    }
}

/// What the browser's history should record of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recording {
    /// Nothing: the address already says it.
    None,
    /// The present entry is rewritten.
    Replace,
    /// A new entry, so that Back undoes it.
    Push,
}

/// The next state, what was wrong with the action, and what to record. Total
/// and pure; `derived` belongs to `state`.
pub fn reduce(state: &State, derived: &Derived, action: &Action) -> (State, Problems, Recording) {
    let quietly = |next: State| (next, Problems::default(), Recording::Replace);
    match action {
        Action::Patch(patch) => patched(state, patch),
        Action::SetPlace { key, place, text } => {
            patched(state, &place_patch(state, key, *place, text))
        }
        Action::SetWeight { output, k, text } => set_weight(state, *output, *k, text),
        Action::ResetWeight { output, k } => {
            let mut next = state.clone();
            next.weights.remove(&(*output, *k));
            quietly(next)
        }
        Action::PasteWeights(pasted) => super::paste::paste(state, pasted),
        Action::ToggleOverlay(key) => toggle_overlay(state, key),
        Action::StepCursor(places) => {
            let last = derived.sweep.len() - 1;
            let place = derived.cursor.place.saturating_add_signed(*places as isize).min(last);
            quietly(at_place(state, derived, place))
        }
        Action::JumpKink(direction) => quietly(jump(state, derived, *direction)),
        Action::Zoom { about, factor } => quietly(zoom(state, *about, *factor)),
        Action::Pan(share) => quietly(pan(state, *share)),
        Action::ResetZoom => quietly(State { zoom_from: None, zoom_to: None, ..state.clone() }),
        Action::Open(fragment) | Action::Import(fragment) => {
            let (next, report) = link::read(fragment);
            let is_import = matches!(action, Action::Import(_));
            let recording = if is_import { Recording::Push } else { Recording::None };
            (next, report.problems, recording)
        }
        Action::Set(next) => (State::clone(next), Problems::default(), Recording::None),
        // Not of the state, but of a session.
        Action::Answer { .. }
        | Action::NameAnswers(_)
        | Action::GiveAddress(_)
        | Action::Highlight(_)
        | Action::Undo
        | Action::Redo
        | Action::Release
        | Action::DismissProblems => (state.clone(), Problems::default(), Recording::None),
    }
}

fn patched(state: &State, patch: &Patch) -> (State, Problems, Recording) {
    let (next, report) = apply(state, patch);
    let push = patch
        .0
        .iter()
        .any(|(key, _)| schema::parameter(key).is_some_and(|known| known.history == History::Push));
    (next, report.problems, if push { Recording::Push } else { Recording::Replace })
}

fn toggle_overlay(state: &State, key: &str) -> (State, Problems, Recording) {
    let keys: Vec<&str> = state.overlay.iter().map(|one| overlay_key(*one)).collect();
    patched(state, &Patch::one("overlay", toggled(keys, key).join(",")))
}

fn overlay_key(overlay: super::Overlay) -> &'static str {
    use super::choices::Keyed;
    overlay.to_key()
}

/// The list of a parameter with one entry replaced, or without it.
fn place_patch(state: &State, key: &'static str, place: usize, text: &str) -> Patch {
    let mut places = match schema::parameter(key).and_then(|known| known.get(state)) {
        Some(Value::Places(places)) => places,
        _ => Default::default(),
    };
    places.remove(&place);
    let rest = Value::Places(places).to_string();
    match text.trim() {
        "" | "auto" => Patch::one(key, rest),
        // A comma would start another entry.
        text => Patch::one(key, format!("{rest},{place}:{}", text.replace(',', " "))),
    }
}

fn set_weight(state: &State, output: usize, k: usize, text: &str) -> (State, Problems, Recording) {
    let Some(given) = number::parse::<f64>(text).filter(|code| !code.is_nan()) else {
        let given = format!("{output}.{k}:{text}");
        return (state.clone(), Problem::NotAWeight { given }.into(), Recording::None);
    };
    let mut next = state.clone();
    #[expect(clippy::cast_possible_truncation, reason = "in range by the clamp")]
    let code = given.round().clamp(i8::MIN.into(), i8::MAX.into()) as i8;
    next.weights.insert((output, k), code);
    let problems = if f64::from(code) == given {
        Problems::default()
    } else {
        Problem::WeightOutOfRange { given: text.trim().to_string(), used: code }.into()
    };
    (next, problems, Recording::Replace)
}

/// The cursor on a place, held to the sweep.
#[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
fn at_place(state: &State, derived: &Derived, place: usize) -> State {
    let mut next = state.clone();
    next.at = (derived.sweep.at[place] as f32).clamp(state.from, state.to);
    next
}

fn jump(state: &State, derived: &Derived, direction: i32) -> State {
    let here = derived.cursor.place;
    let mut places = derived.chosen(state).kinks.iter().map(|kink| kink.place);
    let there = if direction > 0 {
        places.find(|place| *place > here)
    } else {
        places.rfind(|place| *place < here)
    };
    match there {
        Some(place) => at_place(state, derived, place),
        None => state.clone(),
    }
}

/// The smallest share of the sweep that can be drawn.
const DEEPEST: f64 = 1e-3;

fn zoom(state: &State, about: f64, factor: f64) -> State {
    let (from, to) = state.window();
    let (from, to) = (f64::from(from), f64::from(to));
    let whole = f64::from(state.to) - f64::from(state.from);
    if !(factor.is_finite() && factor > 0.0 && about.is_finite()) {
        return state.clone();
    }
    let width = ((to - from) / factor).clamp(whole * DEEPEST, whole);
    let share = ((about - from) / (to - from)).clamp(0.0, 1.0);
    drawn(state, about.clamp(from, to) - share * width, width)
}

fn pan(state: &State, share: f64) -> State {
    let (from, to) = state.window();
    let width = f64::from(to) - f64::from(from);
    if !share.is_finite() {
        return state.clone();
    }
    drawn(state, f64::from(from) + share * width, width)
}

/// A window of that width inside the sweep, as near to `from` as it can begin.
#[expect(clippy::cast_possible_truncation, reason = "parameters are float32")]
fn drawn(state: &State, from: f64, width: f64) -> State {
    let (first, last) = (f64::from(state.from), f64::from(state.to));
    let from = from.clamp(first, (last - width).max(first));
    let patch = Patch::one("zoom_from", from as f32).and("zoom_to", (from + width) as f32);
    apply(state, &patch).0
}
