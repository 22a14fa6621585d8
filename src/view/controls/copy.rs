//! [`CopyButton`]: a text on its way to the clipboard.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlTextAreaElement, Node};
use yew::prelude::*;

use crate::view::files::copy_text;

/// Properties of [`CopyButton`].
#[derive(Properties, PartialEq)]
pub struct CopyProps {
    /// Its id.
    pub id: AttrValue,
    /// What is copied.
    pub text: AttrValue,
    /// The element that shows the text.
    pub source: NodeRef,
    /// What the text is, for those who do not see where the button stands.
    pub what: AttrValue,
}

/// What became of it.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    Nothing,
    Copied,
    Refused,
}

/// Copies a text and says whether that worked. Where the browser refuses, as in a frame without the
/// permission, the text is selected, so that its reader can copy it.
#[component]
pub fn CopyButton(props: &CopyProps) -> Html {
    let said = use_state_eq(|| Said::Nothing);
    {
        let said = said.clone();
        // Another text is not copied yet.
        use_effect_with(props.text.clone(), move |_| said.set(Said::Nothing));
    }
    let onclick = {
        let (said, text, source) = (said.clone(), props.text.clone(), props.source.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, text, source) = (said.clone(), text.clone(), source.clone());
            spawn_local(async move {
                said.set(if copy_text(&text).await {
                    Said::Copied
                } else {
                    select(&source);
                    Said::Refused
                });
            });
        })
    };
    let (class, words) = match *said {
        Said::Nothing => ("visually-hidden", ""),
        Said::Copied => ("visually-hidden", "It is copied."),
        Said::Refused => (
            "hint",
            "This browser does not let the page copy. The text is selected: Ctrl+C or ⌘C copies it.",
        ),
    };
    html! {
        <span class="copy">
            <button type="button" id={props.id.clone()} {onclick}>
                { if *said == Said::Copied { "Copied" } else { "Copy" } }
                <span class="visually-hidden">{ format!(" {}", props.what) }</span>
            </button>
            <span role="status" {class}>{ words }</span>
        </span>
    }
}

fn select(source: &NodeRef) {
    let Some(node) = source.get() else { return };
    match (node.dyn_ref::<HtmlInputElement>(), node.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(input), _) => input.select(),
        (_, Some(area)) => area.select(),
        _ => {
            let selection = gloo::utils::window().get_selection().ok().flatten();
            if let Some(selection) = selection {
                // Fails for nodes of another document only.
                let _ = selection.select_all_children(node.unchecked_ref::<Node>());
            }
        }
    }
}
