//! [`Store`]: the present model, and who shows what of it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
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
    is_traced: Cell<bool>,
}

impl Store {
    /// A store of a model.
    pub fn new(model: Model) -> Shared<Store> {
        let model = RefCell::new(Shared(Rc::new(model)));
        Shared(Rc::new(Store { model, watches: RefCell::default(), is_traced: Cell::default() }))
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
        self.go_on(self.now().after(action));
    }

    /// The model after something of a document has come.
    pub fn load(&self, loading: Loading) {
        self.go_on(loading.run(&self.now()));
    }

    /// Another model. Who reads what it changes is drawn anew, in a while.
    fn go_on(&self, after: Model) {
        let changed = Facets::between(&self.now(), &after);
        self.model.replace(Shared(Rc::new(after)));
        self.is_traced.set(timing::is_traced());
        self.watches.borrow_mut().retain(|watch| {
            let watch = watch.upgrade();
            watch.inspect(|watch| watch.hear(changed)).is_some()
        });
    }
}

/// A component that reads something of a store.
struct Watch {
    reads: Facets,
    again: UseForceUpdateHandle,
    is_seen: Cell<bool>,
    /// A drawing that will come once changes rest.
    waiting: RefCell<Option<Timeout>>,
}

impl Watch {
    fn hear(&self, changed: Facets) {
        if !self.reads.meets(changed) {
            return;
        }
        if self.is_seen.get() {
            self.again.force_update();
        } else {
            let again = self.again.clone();
            self.waiting.replace(Some(Timeout::new(REST_MS, move || again.force_update())));
        }
    }

    fn see(&self, is_seen: bool) {
        self.is_seen.set(is_seen);
        if is_seen && self.waiting.take().is_some() {
            self.again.force_update();
        }
    }
}

#[hook]
fn use_watch(store: &Shared<Store>, reads: Facets) -> Rc<Watch> {
    let again = use_force_update();
    let watch = use_memo(store.clone(), move |store| {
        let (is_seen, waiting) = (Cell::new(true), RefCell::default());
        let watch = Rc::new(Watch { reads, again, is_seen, waiting });
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
        let sight = panel.map(|panel| Sight::of(&panel, move |is_seen| watch.see(is_seen)));
        move || drop(sight)
    });
    watch.waiting.take();
    store.read(name)
}
