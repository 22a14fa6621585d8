//! [`Preview`]: a figure as it stands in somebody's page, within this one.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, ResizeObserver, ShadowRoot, ShadowRootInit, ShadowRootMode};
use yew::prelude::*;

use super::app_root::{AppRoot, DrawApp};
use super::files::beside;
use super::host::{EmbeddedFigure, Host};
use super::model::{Model, Shared};
use crate::plot::Palette;
use crate::state::{Change, State, link};

/// The style sheet of figures: beside the page, or within a page that is a single file.
const STYLE: &str = "figure.css";

/// Properties of [`Preview`].
#[derive(Properties, PartialEq)]
pub struct PreviewProps {
    /// How the app is drawn.
    pub app: DrawApp,
    /// What readers begin with. Another state begins anew.
    pub state: State,
    /// Gives the place its width.
    pub class: Classes,
    /// The page's colours: the figure follows its light and dark.
    pub palette: Rc<Palette>,
    /// Gets what the figure's state was before a change, and what it is now.
    pub on_change: Callback<(State, State)>,
    /// Gets the height that the figure wants, in CSS pixels.
    pub on_height: Callback<u32>,
}

/// The same app with the same style sheet as `<ramp-scope>`, in a shadow tree.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let place = use_node_ref();
    let has_failed = use_state_eq(|| false);
    let shown = use_mut_ref(|| None::<Played>);
    let state = use_mut_ref(|| props.state.clone());
    let on_change = use_mut_ref(|| props.on_change.clone());
    on_change.replace(props.on_change.clone());
    {
        let (place, shown, state) = (place.clone(), Rc::clone(&shown), Rc::clone(&state));
        let (app, on_height, has_failed) = (props.app, props.on_height.clone(), has_failed.clone());
        use_effect_with((), move |()| {
            let is_left = Rc::new(Cell::new(false));
            let sheet = place.cast::<Element>().and_then(|place| {
                let init = ShadowRootInit::new(ShadowRootMode::Open);
                let tree = place.attach_shadow(&init).ok()?;
                let (shown, is_left) = (Rc::clone(&shown), Rc::clone(&is_left));
                let ready = {
                    let tree = tree.clone();
                    move || {
                        // The sheet may come after the view was left.
                        if !is_left.get() {
                            shown.replace(Played::begin(&tree, app, state, on_change, on_height));
                        }
                    }
                };
                add_styles(&tree, ready, move || has_failed.set(true))
            });
            let shown = Rc::clone(&shown);
            move || {
                is_left.set(true);
                drop((sheet, shown.take()));
            }
        });
    }
    {
        let (shown, known) = (Rc::clone(&shown), Rc::clone(&state));
        use_effect_with(props.state.clone(), move |next| {
            // What the figure itself has said is no news to it.
            if *known.borrow() == *next {
                return;
            }
            known.replace(next.clone());
            if let Some(played) = &*shown.borrow() {
                played.figure.tell(Change::Set(Box::new(next.clone())).into());
            }
        });
    }
    use_effect_with(Rc::clone(&props.palette), move |_| {
        if let Some(played) = &*shown.borrow() {
            follow(&played.figure.root);
        }
    });
    html! {
        <>
            if *has_failed {
                <p class="unavailable" role="alert">{ format!("{STYLE}, the style sheet of figures, could not be loaded. Reload the page to try again.") }</p>
            }
            <div ref={place} class={props.class.clone()}></div>
        </>
    }
}

/// Gives a shadow tree the style sheet, then calls back: `ready`, or `failed` where it cannot be
/// loaded. What it gives has to live until then.
fn add_styles(
    tree: &ShadowRoot,
    ready: impl FnOnce() + 'static,
    failed: impl FnOnce() + 'static,
) -> Option<[EventListener; 2]> {
    let document = gloo::utils::document();
    if let Some(within) = document.get_element_by_id(STYLE) {
        let style = document.create_element("style").ok()?;
        style.set_text_content(within.text_content().as_deref());
        tree.append_child(&style).ok()?;
        ready();
        return None;
    }
    let sheet = document.create_element("link").ok()?;
    sheet.set_attribute("rel", "stylesheet").ok()?;
    sheet.set_attribute("href", &beside(STYLE)).ok()?;
    let listeners = [
        EventListener::once(&sheet, "load", move |_| ready()),
        EventListener::once(&sheet, "error", move |_| failed()),
    ];
    tree.append_child(&sheet).ok()?;
    Some(listeners)
}

/// A figure that is on, until it is dropped.
struct Played {
    figure: Rc<EmbeddedFigure>,
    app_root: Option<AppRoot>,
    size: Option<ResizeObserver>,
    _on_size: Closure<dyn Fn()>,
}

impl Played {
    fn begin(
        tree: &ShadowRoot,
        app: DrawApp,
        known: Rc<RefCell<State>>,
        on_change: Rc<RefCell<Callback<(State, State)>>>,
        on_height: Callback<u32>,
    ) -> Option<Played> {
        let mut app_root = AppRoot::get()?;
        let root = app_root.root.clone();
        root.set_class_name("rampscope");
        tree.append_child(&root).ok()?;
        follow(&root);
        let fragment = link::write(&known.borrow());
        let told = move |model: Shared<Model>| {
            let before = known.replace(model.state.clone());
            if before != model.state {
                on_change.borrow().emit((before, model.state.clone()));
            }
        };
        let figure = Rc::new(EmbeddedFigure {
            root: root.clone(),
            fragment,
            on_change: Callback::from(told),
            dispatch: RefCell::default(),
            early: RefCell::default(),
        });
        app_root.play(Host::Figure(Rc::clone(&figure)), app);
        let measured = root.clone();
        let on_size = Closure::<dyn Fn()>::new(move || {
            #[expect(clippy::cast_possible_truncation, reason = "heights are far below 2³²")]
            let height = measured.get_bounding_client_rect().height().ceil() as u32;
            on_height.emit(height);
        });
        let size = ResizeObserver::new(on_size.as_ref().unchecked_ref()).ok();
        if let Some(size) = &size {
            size.observe(&root);
        }
        Some(Played { figure, app_root: Some(app_root), size, _on_size: on_size })
    }
}

impl Drop for Played {
    fn drop(&mut self) {
        if let Some(size) = &self.size {
            size.disconnect();
        }
        if let Some(app_root) = self.app_root.take() {
            app_root.clear();
        }
    }
}

/// Gives a figure the light or dark that the page has.
fn follow(root: &Element) {
    let page = gloo::utils::document().document_element();
    let scheme = page.and_then(|page| page.get_attribute("data-figures"));
    // Names are fixed, and nobody stops the event.
    let _ = root.set_attribute("data-scheme", scheme.as_deref().unwrap_or("light"));
    if let Ok(event) = Event::new("rampscope-restyled") {
        let _ = root.dispatch_event(&event);
    }
}
