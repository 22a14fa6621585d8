//! [`TakeAlong`]: the answer for the issue, and the entry as a file.

use js_sys::JSON;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::documents::Json;
use crate::documents::explain::{Draft, Entry, Explanation, Shown};
use crate::view::controls::CopyButton;
use crate::view::files::{read_file, save};
use crate::view::model::Shared;

/// Properties of [`TakeAlong`].
#[derive(Properties, PartialEq)]
pub struct TakeAlongProps {
    /// What is typed.
    pub draft: Draft,
    /// Takes another draft.
    pub set: Callback<Draft>,
    /// What it comes to.
    pub explained: Option<Shared<Explanation>>,
    /// The link to what is entered.
    pub link: String,
}

/// Markdown to copy; the entry to save and to open again.
#[component]
pub fn TakeAlong(props: &TakeAlongProps) -> Html {
    let fault = use_state_eq(|| None::<String>);
    let text = use_node_ref();
    let entry = props.draft.entry().ok().filter(|_| !props.draft.is_empty());
    let store = entry.map(|entry| {
        let fault = fault.setter();
        Callback::from(move |_: MouseEvent| {
            let written = written(&entry);
            let saved = written
                .and_then(|text| save("rampscope-entry.json", "application/json", &text).ok());
            fault.set(
                saved.is_none().then(|| "This browser does not let the page save a file.".into()),
            );
        })
    });
    let onchange = {
        let (fault, set) = (fault.setter(), props.set.clone());
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            let file = input.files().and_then(|files| files.get(0));
            input.set_value("");
            let Some(file) = file else { return };
            let (fault, set) = (fault.clone(), set.clone());
            spawn_local(async move {
                let read = read_file(file).await.map_err(|fault| fault.to_string());
                match read.and_then(|text| opened(&text)) {
                    Ok(draft) => {
                        fault.set(None);
                        set.emit(draft);
                    }
                    Err(why) => fault.set(Some(why)),
                }
            });
        })
    };
    let said = props.explained.as_ref().map(|explained| {
        let link = Some(props.link.as_str()).filter(|link| !link.is_empty());
        explained.markdown(Shown { link, ..Shown::default() })
    });
    html! {
        <div class="take">
            <h3>{ "Take it along" }</h3>
            if let Some(said) = said {
                <label for="why-markdown">{ "For the issue, as Markdown" }</label>
                <ShownText text={said.clone()} field={text.clone()} />
                <CopyButton id="copy-why" text={said} source={text} what="the answer as Markdown" />
            }
            <p class="files">
                if let Some(store) = store { <button type="button" id="save-entry" onclick={store}>{ "Save as JSON" }</button> }
                <label>{ "Open a saved one " }<input type="file" id="open-entry" accept=".json,application/json" {onchange} /></label>
            </p>
            if let Some(fault) = &*fault { <p class="field-problem" role="alert">{ fault }</p> }
        </div>
    }
}

/// Properties of [`ShownText`].
#[derive(Properties, PartialEq)]
struct ShownTextProps {
    text: String,
    field: NodeRef,
}

/// A text of several lines that is only read.
#[component]
fn ShownText(props: &ShownTextProps) -> Html {
    {
        let (field, text) = (props.field.clone(), props.text.clone());
        use_effect(move || {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                field.set_value(&text);
            }
        });
    }
    html! { <textarea id="why-markdown" rows="4" readonly={true} ref={props.field.clone()} /> }
}

fn written(entry: &Entry) -> Option<String> {
    let value =
        serde::Serialize::serialize(entry, &serde_wasm_bindgen::Serializer::json_compatible());
    let text = JSON::stringify_with_replacer_and_space(
        &value.ok()?,
        &wasm_bindgen::JsValue::NULL,
        &1.into(),
    );
    text.ok()?.as_string()
}

fn opened(text: &str) -> Result<Draft, String> {
    let value = <wasm_bindgen::JsValue as Json>::parse(text).ok_or("The file is no JSON.")?;
    let entry: Entry =
        value.typed().map_err(|why| format!("The file is no saved entry: {why}."))?;
    let draft = Draft::from(&entry);
    // Keys of other files are passed over.
    if draft.is_empty() {
        return Err("The file is no saved entry: it has neither operands nor results.".into());
    }
    Ok(draft)
}
