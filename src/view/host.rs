//! [`Host`]: where the app stands, and what it shares with whoever put it there.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::{Element, EventTarget};
use yew::Callback;

use super::model::{Model, Shared};
use crate::state::Action;

/// Where an app stands.
#[derive(Clone)]
pub enum Host {
    /// It is the page: the state stands in the address.
    Page,
    /// It is a figure in somebody's page, and knows only its own element.
    Figure(Rc<EmbeddedFigure>),
}

/// A figure's place, and the way in and out.
pub struct EmbeddedFigure {
    /// The element that holds the app.
    pub root: Element,
    /// The state that it begins with, as in a link.
    pub fragment: String,
    /// Gets every change of the state.
    pub on_change: Callback<Shared<Model>>,
    /// Takes an action, once the app is there.
    pub dispatch: RefCell<Option<Callback<Action>>>,
    /// The newest action from before the app was there.
    pub early: RefCell<Option<Action>>,
}

impl EmbeddedFigure {
    /// Gives the app an action, now or once it is there.
    pub fn tell(&self, action: Action) {
        match &*self.dispatch.borrow() {
            Some(dispatch) => dispatch.emit(action),
            None => drop(self.early.replace(Some(action))),
        }
    }
}

impl PartialEq for Host {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Host::Page, Host::Page) => true,
            (Host::Figure(one), Host::Figure(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }
    }
}

impl Host {
    /// The element that has the theme's variables.
    pub fn themed(&self) -> Option<Element> {
        match self {
            Host::Page => gloo::utils::document().document_element(),
            Host::Figure(figure) => Some(figure.root.clone()),
        }
    }

    /// All that it is: the page, or the figure.
    pub fn whole(&self) -> Option<Element> {
        match self {
            Host::Page => gloo::utils::document().body().map(Element::from),
            Host::Figure(figure) => Some(figure.root.clone()),
        }
    }

    /// Where its keys and releases are heard.
    pub fn events(&self) -> EventTarget {
        match self {
            Host::Page => gloo::utils::window().into(),
            Host::Figure(figure) => figure.root.clone().into(),
        }
    }

    /// An element of the app by its id; ids are unique in an app, not in a page with several.
    pub fn by_id(&self, id: &str) -> Option<Element> {
        match self {
            Host::Page => gloo::utils::document().get_element_by_id(id),
            // The ids of the app need no escape in a selector.
            Host::Figure(figure) => figure.root.query_selector(&format!("#{id}")).ok().flatten(),
        }
    }
}
