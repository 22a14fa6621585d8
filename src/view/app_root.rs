//! [`AppRoot`]: an element of the app's own, where one figure after another can stand.

use std::cell::RefCell;

use web_sys::Element;
use yew::prelude::*;
use yew::{AppHandle, Renderer};

use super::host::Host;

/// Draws the app for a host, under a key. It is handed down, since the app's own preview shows a
/// figure, too. There is one app, so that all are equal.
#[derive(Clone, Copy)]
pub struct DrawApp(pub fn(&Host, u32) -> Html);

impl PartialEq for DrawApp {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// An element that holds a figure, or none.
pub struct AppRoot {
    /// The element.
    pub root: Element,
    handle: AppHandle<RootApp>,
    played: u32,
}

thread_local! {
    /// Yew never lets go of the listeners on an app's root, so that each new root would be memory
    /// that does not come back: roots are used again.
    static FREE: RefCell<Vec<AppRoot>> = const { RefCell::new(Vec::new()) };
}

impl AppRoot {
    /// One that is free, or a new one; `None` where the document makes no elements.
    pub fn get() -> Option<AppRoot> {
        FREE.with_borrow_mut(Vec::pop).or_else(|| {
            let root = gloo::utils::document().create_element("div").ok()?;
            let handle = Renderer::<RootApp>::with_root(root.clone()).render();
            Some(AppRoot { root, handle, played: 0 })
        })
    }

    /// Puts a figure in it.
    pub fn play(&mut self, host: Host, app: DrawApp) {
        self.played += 1;
        self.handle.update(RootProps { figure: Some((host, app)), played: self.played });
    }

    /// Takes the figure away and gives the element back.
    pub fn clear(mut self) {
        self.handle.update(RootProps { figure: None, played: self.played });
        self.root.remove();
        FREE.with_borrow_mut(|free| free.push(self));
    }
}

#[derive(Properties, PartialEq, Default)]
struct RootProps {
    figure: Option<(Host, DrawApp)>,
    played: u32,
}

#[component]
fn RootApp(props: &RootProps) -> Html {
    match &props.figure {
        Some((host, app)) => (app.0)(host, props.played),
        None => Html::default(),
    }
}
