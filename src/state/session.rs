//! [`Session`]: a state with its past, and what the last action had to say.

use std::rc::Rc;

use super::change::{Change, reduce};
use super::derived::Derived;
use super::entry::Slot;
use super::groups::Suspects;
use super::link;
use super::paste::BothWays;
use super::patch::settle;
use super::problem::Problem;
use super::problems::Problems;
use super::query::Query;
use super::schema::{History, Key, Value};
use super::sorted::Sorted;
use super::state::State;
use super::tries::Tries;
use super::undo::Undo;
use crate::evidence::Theory;

/// Something a person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A change of the state.
    Change(Change),
    /// The cursor, that many places to the right.
    StepCursor(i32),
    /// The cursor to the next kink (1) or the one before (−1).
    JumpKink(i32),
    /// An answer to a question of the story.
    Answer {
        /// The question's key.
        question: &'static str,
        /// The answer as given.
        given: String,
        /// What shows the right one, if it is told. No new entry of the browser's history: Back leaves the step.
        reveal: Query,
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
    /// The counts of theories that nobody has tried are to be told, too.
    TellTheories,
}

impl From<Change> for Action {
    fn from(change: Change) -> Action {
        Action::Change(change)
    }
}

impl Action {
    /// One parameter set.
    pub fn set(key: Key, value: impl Into<Value>) -> Action {
        Action::Change(Change::one(key, value))
    }

    /// The cursor, at a value of a figure's axis.
    #[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
    pub fn cursor_at(x: f64) -> Action {
        Action::set(Key::At, x as f32)
    }

    /// A link opened.
    pub fn open(fragment: String) -> Action {
        Action::Change(Change::Open(fragment))
    }
}

/// A person's visit: the state, its history and what is not worth a link.
#[derive(Clone, Debug)]
pub struct Session {
    /// What a person set.
    pub state: State,
    /// What was wrong with the last action.
    pub problems: Problems,
    /// The field that the last change was entered in, if it was one.
    pub entered: Option<Slot>,
    /// What the browser's history should record of it; nothing where the address says it.
    pub history: Option<History>,
    /// The pair of the chosen output that is looked at, by its index.
    pub highlight: Option<usize>,
    /// Answers to the story's questions as they were given, by question and room. They leave with
    /// the page.
    pub answers: Sorted<(&'static str, u32), Tries>,
    /// Whose answers they are, if a person says so. It leaves with the page, too, and is in no link.
    pub name: String,
    /// The address that links should lead to, as a person typed it. It leaves with the page, too.
    pub address: Option<String>,
    /// The matrix that was pasted last, if it can be read both ways.
    pub pasted: Option<Rc<BothWays>>,
    /// The theories that were held against the recordings, the first one among them.
    pub tried: Vec<Theory>,
    /// Whether the counts of the others are told, too.
    pub tells_theories: bool,
    /// The output that was shown until the layer became too small for it.
    left: Option<usize>,
    undo: Undo,
}

impl Session {
    /// The session that a fragment of an address begins.
    pub fn open(fragment: &str) -> Session {
        let (state, problems) = link::read(fragment);
        Session {
            // The thread's own guess is shown before anybody tries one.
            tried: vec![Suspects::default().theory],
            tells_theories: false,
            state,
            problems,
            entered: None,
            history: None,
            highlight: None,
            answers: Sorted::new(),
            name: String::new(),
            address: None,
            pasted: None,
            left: None,
            undo: Undo::default(),
        }
        .settled()
    }

    /// The session after an action; `derived` belongs to its state before.
    pub fn act(&self, derived: &Derived, action: &Action) -> Session {
        // Where nothing is set, what is to be recorded stays: the address may not have been written
        // yet when several actions come in one event. Writing it twice does nothing.
        let mut next = self.clone();
        match action {
            Action::Change(change) => next = self.change(change),
            Action::StepCursor(places) => {
                next = self.put_cursor(derived.stepped(&self.state, *places));
            }
            Action::JumpKink(direction) => {
                if let Some(at) = derived.next_kink(&self.state, *direction) {
                    next = self.put_cursor(at);
                }
            }
            Action::Answer { question, given, reveal } => next.answer(question, given, reveal),
            Action::NameAnswers(name) => next.name.clone_from(name),
            Action::GiveAddress(address) => next.address = Some(address.clone()),
            Action::Highlight(pair) => next.highlight = *pair,
            Action::Release => next.undo.release(),
            Action::DismissProblems => next.problems.clear(),
            Action::TellTheories => next.tells_theories = true,
            Action::Undo => {
                let before = next.undo.undo(&self.state);
                next.step_to(before);
            }
            Action::Redo => {
                let after = next.undo.redo(&self.state);
                next.step_to(after);
            }
        }
        next.settled()
    }

    /// The session after a change of its state.
    pub fn change(&self, change: &Change) -> Session {
        let outcome = reduce(&self.state, change);
        let mut next = self.clone();
        (next.state, next.problems, next.history) =
            (outcome.state, outcome.problems, outcome.history);
        if !change.is_whole() {
            keep_locked(&self.state, &mut next);
        }
        next.entered = match change {
            Change::Enter(slot, _) => Some(*slot),
            _ => None,
        };
        if let Change::PasteWeights(pasted) = change {
            next.pasted = pasted.as_ref().ok().and_then(|pasted| pasted.both.clone());
        }
        next.left = match change {
            Change::Patch(patch) => shown_again(self, patch.keys(), &mut next.state),
            Change::Query(query) => shown_again(self, query.keys(), &mut next.state),
            Change::Enter(Slot::Parameter(key), _) => shown_again(self, [*key], &mut next.state),
            _ => self.left.filter(|_| shown(&next.state) == shown(&self.state)),
        };
        if next.state != self.state {
            next.undo.record(&self.state, change.subject());
        }
        next.settled()
    }

    fn put_cursor(&self, at: f32) -> Session {
        self.change(&Change::one(Key::At, at))
    }

    fn answer(&mut self, question: &'static str, given: &str, reveal: &Query) {
        let before = self.state.clone();
        let asked = (question, before.page.room);
        let tries = self.answers.get(&asked).cloned();
        // What is final stays: the second try.
        if !before.page.locked || tries.as_ref().is_none_or(|tries| tries.last.is_none()) {
            self.answers.insert(asked, Tries::and(tries, given));
        }
        (self.state, self.problems) = reveal.apply(&before);
        self.left = None;
        if self.state != before {
            self.history = Some(History::Replace);
            self.undo.record(&before, None);
        }
    }

    /// A state of the past or the future, if there is one.
    fn step_to(&mut self, state: Option<State>) {
        if let Some(state) = state {
            self.state = state;
            self.left = None;
            self.problems.clear();
            self.history = Some(History::Replace);
        }
    }

    /// What was wrong with what a field has, in sentences: with what was entered there last, or with
    /// what a link gives it.
    pub fn problem_at(&self, slot: Slot) -> Option<String> {
        let is_here = |problem: &&Problem| match (self.entered, slot) {
            (Some(entered), _) => entered == slot,
            (None, Slot::Parameter(key)) => problem.key() == Some(key),
            (None, _) => false,
        };
        let said: Vec<String> =
            self.problems.iter().filter(is_here).map(Problem::to_string).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    /// No pair is looked at that the layer does not have, and a theory that is held is one tried.
    fn settled(mut self) -> Session {
        if !self.tried.contains(&self.state.suspects.theory) {
            self.tried.push(self.state.suspects.theory);
        }
        if self.highlight.is_some_and(|pair| pair >= self.state.pairs()) {
            self.highlight = None;
        }
        self
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        self.undo.can_undo()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        self.undo.can_redo()
    }
}

/// Puts back what a person may not change; the rest keeps to it.
fn keep_locked(before: &State, next: &mut Session) {
    for key in &before.figure.lock {
        let parameter = key.parameter();
        parameter.set(&mut next.state, parameter.get(before));
    }
    if !before.figure.lock.is_empty() {
        // What is named already is named once.
        settle(before, &mut next.state, &mut next.problems);
    }
}

/// The output that is shown, and how many there are.
fn shown(state: &State) -> (usize, usize) {
    (state.picture.output, state.experiment.outputs)
}

/// An output with weights by hand that the layer had become too small for is shown again when it
/// has grown. Gives the output that waits.
fn shown_again(
    before: &Session,
    changed: impl IntoIterator<Item = Key>,
    next: &mut State,
) -> Option<usize> {
    let was = &before.state;
    let wanted = before.left.unwrap_or(was.picture.output);
    let is_chosen = changed.into_iter().any(|key| key == Key::Output);
    let is_by_hand = next.by_hand.weights.range((wanted, 0)..(wanted + 1, 0)).next().is_some();
    if is_chosen || !is_by_hand || was.is_locked(Key::Output) {
        return None;
    }
    if wanted < next.experiment.outputs {
        next.picture.output = wanted;
        return None;
    }
    Some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::Engine;
    use crate::state::Patch;
    use crate::state::schema::History;
    use crate::state::{Deriver, Entry};

    fn weight_entered(text: &str) -> Action {
        Change::Enter(Slot::Weight { output: 0, k: 0 }, Entry::Typed(text.into())).into()
    }

    fn acted(session: &Session, action: Action) -> Session {
        let derived = Deriver::default().derive(&session.state);
        session.act(&derived, &action)
    }

    #[test]
    fn everything_can_be_undone_and_redone() {
        let start = Session::open("");
        let weight = |text: &str| weight_entered(text);
        let dragged = acted(&acted(&start, weight("3")), weight("4"));
        let released = acted(&dragged, Action::Release);
        let switched = acted(&released, Action::set(Key::ReduceRange, true));
        let back = acted(&switched, Action::Undo);
        assert_eq!(back.state, dragged.state);
        let back = acted(&back, Action::Undo);
        assert_eq!(back.state, start.state);
        assert!(!back.can_undo() && back.can_redo());
        let again = acted(&acted(&back, Action::Redo), Action::Redo);
        assert_eq!(again.state, switched.state);
        // A link opened is a step too.
        let opened = acted(&again, Action::open("#/lab?v=1&seed=7".into()));
        assert_eq!(acted(&opened, Action::Undo).state, switched.state);
    }

    #[test]
    fn a_change_is_recorded_though_its_release_comes_in_the_same_event() {
        let switch = Action::set(Key::ReduceRange, true);
        let switched = acted(&Session::open(""), switch);
        let released = acted(&acted(&switched, Action::Release), Action::Highlight(Some(1)));
        assert_eq!(released.history, Some(History::Push));
        let opened = acted(&released, Action::open("#/lab?v=1&seed=7".into()));
        assert_eq!(acted(&opened, Action::Release).history, None);
    }

    #[test]
    fn an_imported_state_is_one_that_the_address_has_to_say() {
        let imported = acted(&Session::open(""), Change::Import("#/lab?v=1&seed=7".into()).into());
        assert_eq!((imported.state.experiment.seed, imported.history), (7, Some(History::Push)));
        assert_eq!(acted(&imported, Action::Undo).state, Session::open("").state);
    }

    #[test]
    fn what_is_locked_stays_but_for_its_author() {
        let start = Session::open("#/lab?lock=engine,w,at&at=1");
        let changed = |action: Action| acted(&start, action).state;
        assert_eq!(changed(Action::set(Key::Engine, Engine::Qnnpack)), start.state);
        assert_eq!(changed(Action::StepCursor(3)), start.state);
        assert_eq!(changed(weight_entered("3")), start.state);
        assert_ne!(changed(Action::set(Key::Seed, 7_u32)), start.state);
        let opened = changed(Action::open("#/lab?engine=qnnpack".into()));
        assert_eq!(opened.arithmetic.engine.key(), "qnnpack");
    }

    #[test]
    fn the_rest_keeps_to_what_is_locked() {
        let smaller = Action::set(Key::Outputs, 1_usize);
        let held = acted(&Session::open("#/lab?lock=output&output=4"), smaller);
        assert_eq!((held.state.experiment.outputs, held.state.picture.output), (1, 0));
        let lower =
            Action::from(Change::Patch(Patch::one(Key::From, -9.0_f32).and(Key::To, -5.0_f32)));
        let held = acted(&Session::open("#/lab?lock=from"), lower);
        assert_eq!((held.state.sweep.from, held.state.sweep.to), (-4.0, 4.0));
        assert_eq!(held.problems[0], Problem::EmptySweep { from: -4.0, to: -5.0 });
        Deriver::default().derive(&held.state);
    }

    #[test]
    fn what_was_wrong_is_told_at_its_field() {
        let at = |session: &Session, key| session.problem_at(Slot::Parameter(key));
        let link = Session::open("#/lab?inputs=900&x_scale=wide&sed=3");
        assert_eq!(
            at(&link, Key::Inputs).as_deref(),
            Some("inputs: 900 is out of range; 64 is used.")
        );
        assert!(at(&link, Key::InputScale).is_some() && at(&link, Key::Seed).is_none());
        let typed = acted(&link, weight_entered("300"));
        assert!(at(&typed, Key::Inputs).is_none());
        let weight = |k| typed.problem_at(Slot::Weight { output: 0, k });
        assert_eq!(
            weight(0).as_deref(),
            Some("A weight code is from −128 to 127: 300 became 127.")
        );
        assert_eq!(weight(1), None);
        let read = acted(&typed, Action::DismissProblems);
        assert_eq!(read.problem_at(Slot::Weight { output: 0, k: 0 }), None);
    }

    #[test]
    fn a_theory_that_was_held_is_tried() {
        let start = Session::open("#/suspects");
        let mut theory = start.state.suspects.theory;
        assert_eq!(start.tried, [theory]);
        let wider = acted(&start, Action::set(Key::Width, 17_u32));
        theory.width = 17;
        assert_eq!(wider.tried.last(), Some(&theory));
        let back = acted(&wider, Action::Undo);
        assert_eq!((back.tried.len(), back.tells_theories), (2, false));
        assert!(acted(&back, Action::TellTheories).tells_theories);
    }

    #[test]
    fn a_highlight_is_no_step_and_leaves_with_its_pair() {
        let looked = acted(&Session::open(""), Action::Highlight(Some(3)));
        assert_eq!((looked.highlight, looked.can_undo()), (Some(3), false));
        let smaller = acted(&looked, Action::set(Key::Inputs, 4_usize));
        assert_eq!(smaller.highlight, None);
    }

    #[test]
    fn a_final_answer_stays() {
        let reveal = Query::one(Key::Engine, "qnnpack");
        let answer = |given: &str| Action::Answer {
            question: "safe",
            given: given.into(),
            reveal: reveal.clone(),
        };
        let open = acted(&acted(&Session::open(""), answer("1")), answer("2"));
        assert_eq!(open.answers[&("safe", 0)].newest(), "2");
        // What is shown can be undone, and Back leaves the step all the same.
        assert_eq!(open.state.arithmetic.engine.key(), "qnnpack");
        assert!(open.can_undo() && open.history == Some(History::Replace));
        let room = acted(&open, Action::open("#/story?v=1&room=7&locked=1".into()));
        let locked = acted(&acted(&acted(&room, answer("3")), answer("4")), answer("5"));
        let Tries { first, last } = &locked.answers[&("safe", 7)];
        assert_eq!((first.as_str(), last.as_deref()), ("3", Some("4")));
        assert_eq!(locked.answers[&("safe", 0)].newest(), "2");
    }

    #[test]
    fn zoom_and_pan_stay_inside_the_sweep() {
        let start = Session::open("");
        let zoomed = acted(&start, Change::Zoom { about: 2.0, factor: 2.0 }.into());
        assert_eq!(zoomed.state.window(), (-1.0, 3.0));
        let panned = acted(&zoomed, Change::Pan(0.5).into());
        assert_eq!(panned.state.window(), (0.0, 4.0));
        let out = acted(&panned, Change::Zoom { about: 0.0, factor: 0.01 }.into());
        assert!(!out.state.is_zoomed());
        assert!(!acted(&panned, Change::ResetZoom.into()).state.is_zoomed());
    }

    #[test]
    fn one_place_of_a_list_is_set_and_taken_away() {
        let set = |session: &Session, place, text: &str| {
            acted(
                session,
                Change::Enter(Slot::Indexed(Key::Bias, place), Entry::Typed(text.into())).into(),
            )
        };
        let one = set(&set(&Session::open(""), 2, "0.5"), 0, "−1");
        assert_eq!(one.state.by_hand.bias, [(0, -1.0), (2, 0.5)].into());
        assert_eq!(set(&one, 2, "auto").state.by_hand.bias, [(0, -1.0)].into());
        let bad = set(&one, 2, "much");
        assert_eq!((bad.problems.len(), bad.state.by_hand.bias), (1, [(0, -1.0)].into()));
    }

    #[test]
    fn a_weight_beyond_its_range_is_named() {
        let weight = weight_entered("300");
        let session = acted(&Session::open(""), weight);
        assert_eq!(session.state.by_hand.weights, [((0, 0), 127)].into());
        assert_eq!(
            session.problems[0].to_string(),
            "A weight code is from −128 to 127: 300 became 127."
        );
    }
}
