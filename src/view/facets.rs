//! [`Facets`]: the parts of a model that components read, and which of them an action has changed.

use std::rc::Rc;

use super::model::Model;

/// Some parts of a [`Model`]: those that a component reads, or those that have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facets(u32);

impl Facets {
    /// That something was done, whatever came of it.
    pub const ACTION: Facets = Facets(1);
    /// Which page is open, and how its story asks.
    pub const PAGE: Facets = Facets(1 << 1);
    /// The layer and its sweep, whatever its weights are: the experiment, what is set by hand, the
    /// arithmetic, the direction and the ends.
    pub const LAYER: Facets = Facets(1 << 2);
    /// The same and the weights, and which output is chosen.
    pub const WEIGHTS: Facets = Facets(1 << 3);
    /// What is drawn of the sweep.
    pub const PICTURE: Facets = Facets(1 << 4);
    /// The place of the cursor.
    pub const AT: Facets = Facets(1 << 5);
    /// The drawn part of the sweep.
    pub const ZOOM: Facets = Facets(1 << 6);
    /// What the Suspects view judges.
    pub const SUSPECTS: Facets = Facets(1 << 7);
    /// What an author lets the readers of a figure see and do.
    pub const FIGURE: Facets = Facets(1 << 8);
    /// What calibration gives.
    pub const CALIBRATED: Facets = Facets(1 << 9);
    /// The outputs along the sweep.
    pub const OUTPUTS: Facets = Facets(1 << 10);
    /// What was wrong with the last action.
    pub const PROBLEMS: Facets = Facets(1 << 11);
    /// The pair that is looked at.
    pub const HIGHLIGHT: Facets = Facets(1 << 12);
    /// Whether there is something to undo or to redo.
    pub const UNDO: Facets = Facets(1 << 13);
    /// What leaves with the visit: answers, their name, the address of links, the pasted matrix, the
    /// theories that were tried.
    pub const VISIT: Facets = Facets(1 << 14);
    /// What is loaded.
    pub const DOCUMENTS: Facets = Facets(1 << 15);
    /// What the Check view is asked.
    pub const CHECK: Facets = Facets(1 << 16);

    /// What a link says of a file of weights.
    pub const WEIGHT_FILE: Facets = Facets(1 << 17);

    /// The chosen output follows from these, the cursor aside.
    pub const STILL: Facets = Facets::WEIGHTS.and(Facets::PICTURE);
    /// Its pictures follow from these, their cursor aside.
    pub const DRAWN: Facets = Facets::STILL.and(Facets::ZOOM);
    /// All that is derived follows from these.
    pub const CURSOR: Facets = Facets::STILL.and(Facets::AT);
    /// All of the state.
    pub const STATE: Facets = Facets::DRAWN
        .and(Facets::AT)
        .and(Facets::PAGE)
        .and(Facets::SUSPECTS)
        .and(Facets::CHECK)
        .and(Facets::WEIGHT_FILE)
        .and(Facets::FIGURE);

    /// These and others.
    pub const fn and(self, others: Facets) -> Facets {
        Facets(self.0 | others.0)
    }

    /// Whether some of these are among others.
    pub fn meets(self, others: Facets) -> bool {
        self.0 & others.0 != 0
    }

    /// Those in which the model after an action differs from the one before.
    pub fn between(before: &Model, after: &Model) -> Facets {
        let mut changed = Facets::ACTION;
        let mut tell = |facet: Facets, is_changed: bool| {
            if is_changed {
                changed = changed.and(facet);
            }
        };
        tell(Facets::PROBLEMS, before.problems != after.problems);
        // The same fault in another field.
        let is_moved = before.entered != after.entered;
        tell(Facets::PROBLEMS, is_moved && !after.problems.is_empty());
        tell(Facets::HIGHLIGHT, before.highlight != after.highlight);
        tell(Facets::UNDO, before.can_undo() != after.can_undo());
        tell(Facets::UNDO, before.can_redo() != after.can_redo());
        tell(Facets::VISIT, before.answers != after.answers);
        tell(Facets::VISIT, before.name != after.name || before.address != after.address);
        tell(Facets::VISIT, before.tried.len() != after.tried.len());
        tell(Facets::VISIT, before.tells_theories != after.tells_theories);
        let pasted = |model: &Model| model.pasted.as_ref().map(Rc::as_ptr);
        tell(Facets::VISIT, pasted(before) != pasted(after));
        tell(Facets::DOCUMENTS, before.differs_in_documents(after));
        let (was, is) = (&before.derived, &after.derived);
        // It is made anew whenever something of the state changes.
        if Rc::ptr_eq(was, is) {
            return changed;
        }
        // And keeps what follows from nothing that has.
        tell(Facets::LAYER, !Rc::ptr_eq(&was.sweep, &is.sweep));
        tell(Facets::WEIGHTS, !Rc::ptr_eq(&was.engines, &is.engines));
        tell(Facets::CALIBRATED, was.calibrated != is.calibrated);
        let same = was.outputs.iter().zip(&is.outputs).all(|(was, is)| Rc::ptr_eq(was, is));
        tell(Facets::OUTPUTS, !same || was.outputs.len() != is.outputs.len());
        let (was, is) = (&before.state, &after.state);
        // The sweep does not follow from it.
        tell(Facets::LAYER, was.by_hand.bias != is.by_hand.bias);
        tell(Facets::PAGE, was.page != is.page);
        tell(Facets::PICTURE, was.picture != is.picture);
        tell(Facets::AT, was.gaze.at != is.gaze.at);
        tell(Facets::ZOOM, was.gaze.zoom_from != is.gaze.zoom_from);
        tell(Facets::ZOOM, was.gaze.zoom_to != is.gaze.zoom_to);
        tell(Facets::SUSPECTS, was.suspects != is.suspects);
        tell(Facets::CHECK, was.check != is.check);
        tell(Facets::WEIGHT_FILE, was.model != is.model);
        tell(Facets::FIGURE, was.figure != is.figure);
        changed
    }
}
