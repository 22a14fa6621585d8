//! [`Undo`]: the states before and after the present one.

use std::rc::Rc;

use super::change::Subject;
use super::state::State;

/// The most steps that are kept.
const MOST: usize = 200;

/// What can be undone and redone. Changes of one subject that follow each other are one step, until
/// [`release`](Self::release): a drag is undone as a whole.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    past: Vec<Rc<State>>,
    future: Vec<Rc<State>>,
    subject: Option<Subject>,
}

impl Undo {
    /// Remembers the state before a change, of a subject or one that nothing joins.
    pub fn record(&mut self, before: &State, subject: Option<Subject>) {
        if subject.is_none() || self.subject != subject {
            if self.past.len() == MOST {
                self.past.remove(0);
            }
            self.past.push(Rc::new(before.clone()));
            self.subject = subject;
        }
        self.future.clear();
    }

    /// Ends the subject: the next change is a step of its own.
    pub fn release(&mut self) {
        self.subject = None;
    }

    /// The state before the last step; `now` can be redone.
    pub fn undo(&mut self, now: &State) -> Option<State> {
        self.release();
        let before = self.past.pop()?;
        self.future.push(Rc::new(now.clone()));
        Some((*before).clone())
    }

    /// The state that the last undo left; `now` can be undone again.
    pub fn redo(&mut self, now: &State) -> Option<State> {
        self.release();
        let after = self.future.pop()?;
        self.past.push(Rc::new(now.clone()));
        Some((*after).clone())
    }

    /// Whether there is a step to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::groups::Experiment;
    use crate::state::schema::Key;

    fn about(key: Key) -> Option<Subject> {
        Some(Subject::Parameters(vec![key]))
    }

    fn seeded(seed: u32) -> State {
        let experiment = Experiment { seed, ..Experiment::default() };
        State { experiment, ..State::default() }
    }

    #[test]
    fn a_drag_is_one_step_and_a_new_change_forgets_the_future() {
        let mut undo = Undo::default();
        undo.record(&seeded(1), about(Key::Seed));
        undo.record(&seeded(2), about(Key::Seed));
        undo.release();
        undo.record(&seeded(3), about(Key::Seed));
        undo.record(&seeded(4), about(Key::Engine));
        assert_eq!(undo.undo(&seeded(5)), Some(seeded(4)));
        assert_eq!(undo.undo(&seeded(4)), Some(seeded(3)));
        assert_eq!(undo.undo(&seeded(3)), Some(seeded(1)));
        assert_eq!(undo.undo(&seeded(1)), None);
        assert_eq!(undo.redo(&seeded(1)), Some(seeded(3)));
        undo.record(&seeded(3), about(Key::Seed));
        assert!(undo.can_undo() && !undo.can_redo());
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let mut undo = Undo::default();
        for seed in 0..1000 {
            undo.record(&seeded(seed), None);
        }
        let steps = std::iter::from_fn(|| undo.undo(&seeded(0))).count();
        assert_eq!(steps, MOST);
    }
}
