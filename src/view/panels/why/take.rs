//! [`TakeAlong`]: the answer for the issue, and the entry as a file.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::documents::Json;
use crate::documents::explain::{Draft, Entry, Explanation, Shown};
use crate::view::controls::{CopyButton, TextArea};
use crate::view::files::{json_of, read_file, save};
use crate::view::model::Shared;

/// Properties of [`TakeAlong`].
#[derive(Properties, PartialEq)]
pub struct TakeAlongProps {
    /// What is typed.
    pub draft: Draft,
    /// Takes what was saved.
    pub open: Callback<Draft>,
    /// What it comes to.
    pub explained: Option<Shared<Explanation>>,
    /// The link to what is entered; empty where it is too long.
    pub link: String,
    /// What else there is to take along with the answer.
    #[prop_or_default]
    pub children: Html,
}

/// What became of a file.
#[derive(Clone, PartialEq)]
enum Said {
    Nothing,
    /// What of it has no field.
    LeftOut(String),
    Fault(String),
}

/// Markdown to copy; the entry to save and to open again.
#[component]
pub fn TakeAlong(props: &TakeAlongProps) -> Html {
    let said = use_state_eq(|| Said::Nothing);
    let field = use_node_ref();
    let store = {
        let (said, draft) = (said.setter(), props.draft.clone());
        Callback::from(move |_: MouseEvent| {
            said.set(saved(&draft).map_or_else(Said::Fault, |()| Said::Nothing));
        })
    };
    let onchange = {
        let (said, open) = (said.setter(), props.open.clone());
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let file = input.files().and_then(|files| files.get(0));
            // So that the same file, mended, can be chosen again.
            input.set_value("");
            let Some(file) = file else { return };
            let (said, open) = (said.clone(), open.clone());
            spawn_local(async move {
                let read = read_file(file).await.map_err(|fault| fault.to_string());
                match read.and_then(|text| opened(&text)) {
                    Ok((draft, left_out)) => {
                        said.set(match left_out.as_slice() {
                            [] => Said::Nothing,
                            all => Said::LeftOut(all.join(", and ")),
                        });
                        open.emit(draft);
                    }
                    Err(why) => said.set(Said::Fault(why)),
                }
            });
        })
    };
    let text = props.explained.as_ref().map(|explained| {
        let link = Some(props.link.as_str()).filter(|link| !link.is_empty());
        explained.markdown(Shown { link, ..Shown::default() })
    });
    html! {
        <div class="take">
            <h3>{ "Take it along" }</h3>
            if let Some(text) = text {
                <label for="why-markdown">{ "For the issue, as Markdown" }</label>
                <TextArea id="why-markdown" text={text.clone()} rows={4} field={field.clone()} />
                <CopyButton id="copy-why" {text} source={field} what="the answer as Markdown" />
                { props.children.clone() }
            }
            <p class="files">
                if !props.draft.is_empty() {
                    <button type="button" id="save-entry" onclick={store}>{ "Save as JSON" }</button>
                }
                <label>{ "Open a saved one " }<input type="file" id="open-entry" accept=".json,application/json" {onchange} /></label>
            </p>
            { match &*said {
                Said::Nothing => Html::default(),
                Said::LeftOut(what) => html! { <p class="hint" role="status">{ format!("It is open, but for what has no field here: {what}.") }</p> },
                Said::Fault(why) => html! { <p class="field-problem" role="alert">{ why }</p> },
            } }
        </div>
    }
}

/// Gives the entry to the person, as a file.
fn saved(draft: &Draft) -> Result<(), String> {
    let entry = draft.entry().map_err(|fault| fault.to_string())?;
    let text = json_of(&entry, true).map_err(|_| "This browser could not write it.".to_string())?;
    let refused = |_| "This browser does not let the page save a file.".to_string();
    save("rampscope-entry.json", "application/json", &text).map_err(refused)
}

/// What a file holds, and what of it has no field.
fn opened(text: &str) -> Result<(Draft, Vec<String>), String> {
    let value = <JsValue as Json>::parse(text).ok_or("The file is no JSON.")?;
    let entry: Entry =
        value.typed().map_err(|why| format!("The file is no saved entry: {why}."))?;
    let draft = Draft::from(&entry);
    if draft.is_empty() {
        return Err("The file is no saved entry: it has neither operands nor results.".into());
    }
    Ok((draft, Draft::left_out(&entry)))
}
