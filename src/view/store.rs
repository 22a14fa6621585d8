//! [`Store`]: the present model, and who shows what of it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use js_sys::Date;
use web_sys::Element;
use yew::functional::UseForceUpdateHandle;
use yew::prelude::*;

use super::facets::Facets;
use super::model::{Loading, Model, Shared};
use super::sight::{REST_MS, Sight};
use super::timing;
use crate::state::Action;

/// The present model of an app. A component reads a slice of it by [`use_slice`] and is drawn anew
/// when something of that changes; what a person does is held against [`now`](Store::now), never
/// against what was drawn.
pub struct Store {
    model: RefCell<Shared<Model>>,
    watches: RefCell<Vec<Weak<Watch>>>,
    /// When something was done last, in milliseconds; 0 once it was let go of.
    last: Cell<f64>,
    /// What is out of sight catches up then.
    rest: RefCell<Option<Timeout>>,
    is_traced: Cell<bool>,
}

impl Store {
    /// A store of a model.
    pub fn new(model: Model) -> Shared<Store> {
        let model = RefCell::new(Shared(Rc::new(model)));
        let (watches, last, rest, is_traced) = Default::default();
        Shared(Rc::new(Store { model, watches, last, rest, is_traced }))
    }

    /// The present model.
    pub fn now(&self) -> Shared<Model> {
        self.model.borrow().clone()
    }

    /// The present model, for a component of a name.
    fn read(&self, name: &str) -> Shared<Model> {
        if self.is_traced.get() {
            timing::rendered(name);
        }
        self.now()
    }

    /// The model after an action.
    pub fn act(&self, action: &Action) {
        self.go_on(self.now().after(action), matches!(action, Action::Release));
    }

    /// The model after something of a document has come.
    pub fn load(&self, loading: Loading) {
        self.go_on(loading.run(&self.now()), false);
    }

    /// Another model. Who reads what it changes is drawn anew, in a while; what is out of sight waits
    /// where changes follow each other, as in a drag, until they rest or are let go of.
    fn go_on(&self, after: Model, is_let_go: bool) {
        let changed = Facets::between(&self.now(), &after);
        self.model.replace(Shared(Rc::new(after)));
        self.is_traced.set(timing::is_traced());
        let now = Date::now();
        let before = self.last.replace(if is_let_go { 0.0 } else { now });
        let is_rest = is_let_go || now - before > REST_MS.into();
        let mut late = Vec::new();
        self.watches.borrow_mut().retain(|watch| {
            let Some(watch) = watch.upgrade() else { return false };
            watch.hear(changed, is_rest);
            if watch.is_late.get() {
                late.push(watch);
            }
            true
        });
        let waits = !late.is_empty();
        let wait = || Timeout::new(REST_MS, move || late.iter().for_each(|watch| watch.catch_up()));
        self.rest.replace(waits.then(wait));
    }
}

/// A component that reads something of a store.
struct Watch {
    reads: Facets,
    again: UseForceUpdateHandle,
    is_seen: Cell<bool>,
    /// Whether it shows less than it reads.
    is_late: Cell<bool>,
}

impl Watch {
    fn hear(&self, changed: Facets, is_rest: bool) {
        if self.reads.meets(changed) {
            self.is_late.set(true);
        }
        if is_rest || self.is_seen.get() {
            self.catch_up();
        }
    }

    fn see(&self, is_seen: bool) {
        self.is_seen.set(is_seen);
        if is_seen {
            self.catch_up();
        }
    }

    fn catch_up(&self) {
        if self.is_late.replace(false) {
            self.again.force_update();
        }
    }
}

#[hook]
fn use_watch(store: &Shared<Store>, reads: Facets) -> Rc<Watch> {
    let again = use_force_update();
    let watch = use_memo(store.clone(), move |store| {
        let is_late = Cell::new(false);
        let watch = Rc::new(Watch { reads, again, is_seen: Cell::new(true), is_late });
        store.watches.borrow_mut().push(Rc::downgrade(&watch));
        watch
    });
    Rc::clone(&watch)
}

/// The present model, for a component that reads some facets of it: it is drawn anew when they
/// change. `name` stands in its timing entries.
#[hook]
pub fn use_slice(store: &Shared<Store>, name: &str, reads: Facets) -> Shared<Model> {
    use_watch(store, reads);
    store.read(name)
}

/// The same for a costly component, whose root `panel` is: out of sight it waits until changes rest.
#[hook]
pub fn use_slice_in_sight(
    store: &Shared<Store>,
    name: &str,
    reads: Facets,
    panel: &NodeRef,
) -> Shared<Model> {
    let watch = use_watch(store, reads);
    let panel = panel.clone();
    use_effect_with(Shared(Rc::clone(&watch)), move |watch| {
        let watch = watch.clone();
        let panel = panel.cast::<Element>();
        let tell = move |is_seen| watch.see(is_seen);
        let sight = panel.map(|panel| Sight::of(&panel, Box::new(tell)));
        move || drop(sight)
    });
    watch.is_late.set(false);
    store.read(name)
}
