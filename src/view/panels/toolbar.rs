//! [`Toolbar`]: share, theme, undo, redo, and the sheet of keys.

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, Node};
use yew::prelude::*;

use super::{PanelProps, at};
use crate::state::choices::Keyed;
use crate::state::groups::Page;
use crate::state::{Action, Key, Theme};
use crate::view::controls::Select;
use crate::view::facets::Facets;
use crate::view::head::use_in_head;
use crate::view::hooks::focus;
use crate::view::store::use_slice;

/// Keys and what they do.
const KEYS: &[(&str, &str)] = &[
    ("← →", "in the figure: one code; with Shift sixteen"),
    ("Page Up, Page Down", "in the figure: sixteen codes"),
    ("Home, End", "in the figure: ends of the sweep"),
    ("[ and ]", "previous and next kink"),
    ("+ − 0", "in the figure: zoom in, zoom out, whole sweep"),
    (", and .", "in the figure: move the zoomed part left and right"),
    ("wheel, two fingers", "in the figure: zoom (with Ctrl, or while it has the focus)"),
    ("arrow keys, double click", "on a slider: one step; reset"),
    ("Ctrl Z, Ctrl Shift Z", "undo, redo"),
    ("n and p", "in the story: next and previous scene"),
    ("?", "this sheet"),
];

/// Where the page’s static head has room for the buttons.
const PLACE: &str = "tools";

/// Properties of [`Toolbar`].
#[derive(Properties, PartialEq)]
pub struct ToolbarProps {
    /// The state and what follows from it.
    pub panel: PanelProps,
    /// What is on the sheet that *Share* opens.
    pub sheet: Html,
}

/// Buttons for what belongs to the whole page, in its head.
#[component]
pub fn Toolbar(ToolbarProps { panel: props, sheet }: &ToolbarProps) -> Html {
    let model = use_slice(&props.store, "toolbar", Facets::UNDO.and(Facets::PAGE));
    let (dialog, sharing) = (use_node_ref(), use_node_ref());
    let act = |action: Action| at::<MouseEvent>(&props.dispatch, action);
    let (is_open, whole) = (use_state_eq(|| false), use_node_ref());
    use_closing(&is_open, &whole, &model.state.page);
    let open = {
        let (dialog, is_open) = (dialog.clone(), is_open.clone());
        Callback::from(move |_: MouseEvent| {
            is_open.set(false);
            show(&dialog);
        })
    };
    // What is in it is there once somebody has asked for it.
    let is_shared = use_state_eq(|| false);
    let share = {
        let (sharing, is_shared) = (sharing.clone(), is_shared.clone());
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| {
            is_open.set(false);
            is_shared.set(true);
            show(&sharing);
        })
    };
    let on_theme = props
        .dispatch
        .reform(|key: String| Action::set(Key::Theme, Theme::of_key(&key).unwrap_or_default()));
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let buttons = html! {
        <>
        <div class="menu" ref={whole}>
        <button type="button" class="more" id="more" aria-expanded={is_open.to_string()} aria-controls="toolbar" aria-label="More" onclick={toggle}>{ "⋯" }</button>
        <div id="toolbar" class={classes!("toolbar", is_open.then_some("is-open"))} role="toolbar" aria-label="Page">
            <button type="button" id="share" aria-haspopup="dialog" onclick={share}>{ "Share" }</button>
            <label class="visually-hidden" for="page-theme">{ "Theme" }</label>
            <Select id="page-theme" name="theme" chosen={model.state.page.theme.to_key()} on_change={on_theme}>
                { for Theme::menu().into_iter().map(|choice| html! { <option key={choice.key} value={choice.key}>{ format!("Theme: {}", choice.name) }</option> }) }
            </Select>
            <button type="button" id="undo" disabled={!model.can_undo()} onclick={act(Action::Undo)}>{ "Undo" }</button>
            <button type="button" id="redo" disabled={!model.can_redo()} onclick={act(Action::Redo)}>{ "Redo" }</button>
            <button type="button" id="keys" aria-haspopup="dialog" onclick={open}>{ "Keys" }</button>
        </div>
        </div>
        <dialog id="share-sheet" ref={sharing} aria-labelledby="share-title">
            <form method="dialog">
                <h2 id="share-title">{ "Share" }</h2>
                if *is_shared { { sheet.clone() } }
                <button type="submit">{ "Close" }</button>
            </form>
        </dialog>
        <dialog id="key-sheet" ref={dialog} aria-labelledby="key-sheet-title">
            <form method="dialog">
                <h2 id="key-sheet-title">{ "Keys" }</h2>
                <dl class="keys">{ for KEYS.iter().map(|(keys, what)| html! { <div><dt>{ *keys }</dt><dd>{ *what }</dd></div> }) }</dl>
                <button type="submit">{ "Close" }</button>
            </form>
        </dialog>
        </>
    };
    use_in_head(PLACE, buttons)
}

/// Folds what is unfolded once something else is looked at: by Escape, a press elsewhere, another theme,
/// scene or view.
#[hook]
fn use_closing(is_open: &UseStateHandle<bool>, whole: &NodeRef, page: &Page) {
    {
        let is_open = is_open.clone();
        use_effect_with(page.clone(), move |_| is_open.set(false));
    }
    let (setter, whole) = (is_open.setter(), whole.clone());
    use_effect_with(**is_open, move |is_open| {
        let listeners = is_open.then(|| {
            let document = gloo::utils::document();
            let (key_setter, key_whole) = (setter.clone(), whole.clone());
            let elsewhere = EventListener::new(&document, "pointerdown", move |event| {
                let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                if !whole.get().is_some_and(|whole| whole.contains(target.as_ref())) {
                    setter.set(false);
                }
            });
            let escape = EventListener::new(&document, "keydown", move |event| {
                let key = event.dyn_ref::<web_sys::KeyboardEvent>().map(|event| event.key());
                if key.as_deref() != Some("Escape") {
                    return;
                }
                key_setter.set(false);
                let button = key_whole
                    .cast::<Element>()
                    .and_then(|whole| whole.query_selector(".more").ok().flatten());
                if let Some(button) = button {
                    focus(&button);
                }
            });
            [elsewhere, escape]
        });
        move || drop(listeners)
    });
}

fn show(dialog: &NodeRef) {
    if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
        // Fails only for one that is open already, or not in the page.
        let _ = dialog.show_modal();
    }
}
