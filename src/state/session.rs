//! [`Session`]: a state with its past, and what the last action had to say.

use std::rc::Rc;

use super::action::{Action, Recording, reduce};
use super::derived::Derived;
use super::paste::BothWays;
use super::patch::{Patch, settle};
use super::problems::Problems;
use super::schema;
use super::sorted::Sorted;
use super::state::State;
use super::undo::Undo;
use super::{apply, link};

/// A person's visit: the state, its history and what is not worth a link.
#[derive(Clone, Debug)]
pub struct Session {
    /// What a person set.
    pub state: State,
    /// What was wrong with the last action.
    pub problems: Problems,
    /// What the browser's history should record of it.
    pub recording: Recording,
    /// The pair of the chosen output that is looked at, by its index.
    pub highlight: Option<usize>,
    /// Answers to the story's questions as they were given, by question and room. They leave with
    /// the page.
    pub answers: Sorted<(&'static str, u32), String>,
    /// Whose answers they are, if a person says so. It leaves with the page, too, and is in no link.
    pub name: String,
    /// The address that links should lead to, as a person typed it. It leaves with the page, too.
    pub address: Option<String>,
    /// The matrix that was pasted last, if it can be read both ways.
    pub pasted: Option<Rc<BothWays>>,
    /// The output that was shown until the layer became too small for it.
    left: Option<usize>,
    undo: Undo,
}

impl Session {
    /// The session that a fragment of an address begins.
    pub fn open(fragment: &str) -> Session {
        let (state, report) = link::read(fragment);
        Session {
            state,
            problems: report.problems,
            recording: Recording::None,
            highlight: None,
            answers: Sorted::new(),
            name: String::new(),
            address: None,
            pasted: None,
            left: None,
            undo: Undo::default(),
        }
    }

    /// The session after an action; `derived` belongs to its state before.
    pub fn act(&self, derived: &Derived, action: &Action) -> Session {
        // Where nothing is set, what is to be recorded stays: the address may not have been written
        // yet when several actions come in one event. Writing it twice does nothing.
        let mut next = self.clone();
        match action {
            Action::Answer { question, given, reveal } => {
                let answer = next.answers.or_insert_with((question, self.state.room), String::new);
                // What is final stays.
                if !self.state.locked || answer.is_empty() {
                    answer.clone_from(given);
                }
                let (shown, report) = apply(&self.state, reveal);
                next.state = shown;
                next.left = None;
                next.problems = report.problems;
                if next.state != self.state {
                    next.recording = Recording::Replace;
                    next.undo.record(&self.state, action.group());
                }
            }
            Action::NameAnswers(name) => next.name.clone_from(name),
            Action::GiveAddress(address) => next.address = Some(address.clone()),
            Action::Highlight(pair) => next.highlight = *pair,
            Action::Release => next.undo.release(),
            Action::DismissProblems => next.problems.clear(),
            Action::Undo | Action::Redo => {
                let stepped = if *action == Action::Undo {
                    next.undo.undo(&self.state)
                } else {
                    next.undo.redo(&self.state)
                };
                if let Some(state) = stepped {
                    next.state = state;
                    next.left = None;
                    next.problems.clear();
                    next.recording = Recording::Replace;
                }
            }
            _ => {
                (next.state, next.problems, next.recording) = reduce(&self.state, derived, action);
                if !matches!(action, Action::Open(_) | Action::Import(_) | Action::Set(_)) {
                    keep_locked(&self.state, &mut next);
                }
                if let Action::PasteWeights(pasted) = action {
                    next.pasted = pasted.as_ref().ok().and_then(|pasted| pasted.both.clone());
                }
                next.left = match action {
                    Action::Patch(patch) => shown_again(self, patch, &mut next.state),
                    _ => self.left.filter(|_| shown(&next.state) == shown(&self.state)),
                };
                if next.state != self.state {
                    next.undo.record(&self.state, action.group());
                }
            }
        }
        if next.highlight.is_some_and(|pair| 2 * pair >= next.state.inputs) {
            next.highlight = None;
        }
        next
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
    for key in &before.lock {
        if let Some(parameter) = schema::parameter(key) {
            parameter.set(&mut next.state, parameter.get(before));
        }
    }
    if !before.lock.is_empty() {
        // What is named already is named once.
        settle(before, &mut next.state, &mut next.problems);
    }
}

/// The output that is shown, and how many there are.
fn shown(state: &State) -> (usize, usize) {
    (state.output, state.outputs)
}

/// An output with weights by hand that the layer had become too small for is shown again when it
/// has grown. Gives the output that waits.
fn shown_again(before: &Session, patch: &Patch, next: &mut State) -> Option<usize> {
    let was = &before.state;
    let wanted = before.left.unwrap_or(was.output);
    let is_chosen = patch.0.iter().any(|(key, _)| key == "output");
    let is_by_hand = next.weights.range((wanted, 0)..(wanted + 1, 0)).next().is_some();
    if is_chosen || !is_by_hand || was.is_locked("output") {
        return None;
    }
    if wanted < next.outputs {
        next.output = wanted;
        return None;
    }
    Some(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Problem;
    use crate::state::{Deriver, Patch};

    fn acted(session: &Session, action: Action) -> Session {
        let derived = Deriver::default().derive(&session.state);
        session.act(&derived, &action)
    }

    #[test]
    fn everything_can_be_undone_and_redone() {
        let start = Session::open("");
        let weight = |text: &str| Action::SetWeight { output: 0, k: 0, text: text.into() };
        let dragged = acted(&acted(&start, weight("3")), weight("4"));
        let released = acted(&dragged, Action::Release);
        let switched = acted(&released, Action::Patch(Patch::one("reduce_range", 1)));
        let back = acted(&switched, Action::Undo);
        assert_eq!(back.state, dragged.state);
        let back = acted(&back, Action::Undo);
        assert_eq!(back.state, start.state);
        assert!(!back.can_undo() && back.can_redo());
        let again = acted(&acted(&back, Action::Redo), Action::Redo);
        assert_eq!(again.state, switched.state);
        // A link opened is a step too.
        let opened = acted(&again, Action::Open("#/lab?v=1&seed=7".into()));
        assert_eq!(acted(&opened, Action::Undo).state, switched.state);
    }

    #[test]
    fn a_change_is_recorded_though_its_release_comes_in_the_same_event() {
        let switch = Action::Patch(Patch::one("reduce_range", 1));
        let switched = acted(&Session::open(""), switch);
        let released = acted(&acted(&switched, Action::Release), Action::Highlight(Some(1)));
        assert_eq!(released.recording, Recording::Push);
        let opened = acted(&released, Action::Open("#/lab?v=1&seed=7".into()));
        assert_eq!(acted(&opened, Action::Release).recording, Recording::None);
    }

    #[test]
    fn an_imported_state_is_one_that_the_address_has_to_say() {
        let imported = acted(&Session::open(""), Action::Import("#/lab?v=1&seed=7".into()));
        assert_eq!((imported.state.seed, imported.recording), (7, Recording::Push));
        assert_eq!(acted(&imported, Action::Undo).state, Session::open("").state);
    }

    #[test]
    fn what_is_locked_stays_but_for_its_author() {
        let start = Session::open("#/lab?lock=engine,w,at&at=1");
        let changed = |action: Action| acted(&start, action).state;
        assert_eq!(changed(Action::Patch(Patch::one("engine", "qnnpack"))), start.state);
        assert_eq!(changed(Action::StepCursor(3)), start.state);
        assert_eq!(changed(Action::SetWeight { output: 0, k: 0, text: "3".into() }), start.state);
        assert_ne!(changed(Action::Patch(Patch::one("seed", 7))), start.state);
        let opened = changed(Action::Open("#/lab?engine=qnnpack".into()));
        assert_eq!(opened.engine.key(), "qnnpack");
    }

    #[test]
    fn the_rest_keeps_to_what_is_locked() {
        let smaller = Action::Patch(Patch::one("outputs", 1));
        let held = acted(&Session::open("#/lab?lock=output&output=4"), smaller);
        assert_eq!((held.state.outputs, held.state.output), (1, 0));
        let lower = Action::Patch(Patch::one("from", -9).and("to", -5));
        let held = acted(&Session::open("#/lab?lock=from"), lower);
        assert_eq!((held.state.from, held.state.to), (-4.0, 4.0));
        assert_eq!(held.problems[0], Problem::EmptySweep { from: -4.0, to: -5.0 });
        Deriver::default().derive(&held.state);
    }

    #[test]
    fn a_highlight_is_no_step_and_leaves_with_its_pair() {
        let looked = acted(&Session::open(""), Action::Highlight(Some(3)));
        assert_eq!((looked.highlight, looked.can_undo()), (Some(3), false));
        let smaller = acted(&looked, Action::Patch(Patch::one("inputs", 4)));
        assert_eq!(smaller.highlight, None);
    }

    #[test]
    fn a_final_answer_stays() {
        let reveal = Patch::one("engine", "qnnpack");
        let answer = |given: &str| Action::Answer {
            question: "safe",
            given: given.into(),
            reveal: reveal.clone(),
        };
        let open = acted(&acted(&Session::open(""), answer("1")), answer("2"));
        assert_eq!(open.answers[&("safe", 0)], "2");
        // What is shown can be undone, and Back leaves the step all the same.
        assert_eq!(open.state.engine.key(), "qnnpack");
        assert!(open.can_undo() && open.recording == Recording::Replace);
        let room = acted(&open, Action::Open("#/story?v=1&room=7&locked=1".into()));
        let locked = acted(&acted(&room, answer("3")), answer("4"));
        assert_eq!(locked.answers[&("safe", 7)], "3");
        assert_eq!(locked.answers[&("safe", 0)], "2");
    }

    #[test]
    fn zoom_and_pan_stay_inside_the_sweep() {
        let start = Session::open("");
        let zoomed = acted(&start, Action::Zoom { about: 2.0, factor: 2.0 });
        assert_eq!(zoomed.state.window(), (-1.0, 3.0));
        let panned = acted(&zoomed, Action::Pan(0.5));
        assert_eq!(panned.state.window(), (0.0, 4.0));
        let out = acted(&panned, Action::Zoom { about: 0.0, factor: 0.01 });
        assert!(!out.state.is_zoomed());
        assert!(!acted(&panned, Action::ResetZoom).state.is_zoomed());
    }

    #[test]
    fn one_place_of_a_list_is_set_and_taken_away() {
        let set = |session: &Session, place, text: &str| {
            acted(session, Action::SetPlace { key: "bias", place, text: text.into() })
        };
        let one = set(&set(&Session::open(""), 2, "0.5"), 0, "−1");
        assert_eq!(one.state.bias, [(0, -1.0), (2, 0.5)].into());
        assert_eq!(set(&one, 2, "auto").state.bias, [(0, -1.0)].into());
        let bad = set(&one, 2, "much");
        assert_eq!((bad.problems.len(), bad.state.bias), (1, [(0, -1.0)].into()));
    }

    #[test]
    fn a_weight_beyond_its_range_is_named() {
        let weight = Action::SetWeight { output: 0, k: 0, text: "300".into() };
        let session = acted(&Session::open(""), weight);
        assert_eq!(session.state.weights, [((0, 0), 127)].into());
        assert_eq!(
            session.problems[0].to_string(),
            "A weight code is from −128 to 127: 300 became 127."
        );
    }
}
