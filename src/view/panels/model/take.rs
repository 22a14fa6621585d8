//! [`Take`]: the verdict, taken along: a link, Markdown, CSV, JSON, a page.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::documents::{FileVerdict, LinkedVerdict};
use crate::state::View;
use crate::view::base::link_to;
use crate::view::controls::CopyField;
use crate::view::facets::Facets;
use crate::view::files::{copy_text, save};
use crate::view::hooks::ask_desk;
use crate::view::model::Shared;
use crate::view::panels::PanelProps;
use crate::view::store::use_slice;

/// Properties of [`Take`].
#[derive(Properties, PartialEq)]
pub struct TakeProps {
    /// The state, and what takes an action.
    pub panel: PanelProps,
    /// All files.
    pub files: Shared<Vec<FileVerdict>>,
}

/// Forms: the word that the desk knows, the button, the file's name and type.
const FORMS: [(&str, &str, &str, &str); 3] = [
    ("html", "Page (HTML)", "rampscope-audit.html", "text/html"),
    ("csv", "CSV", "rampscope-audit.csv", "text/csv"),
    ("json", "JSON", "rampscope-audit.json", "application/json"),
];

/// Of all files: the first that has numbers is the link's.
#[component]
pub fn Take(props: &TakeProps) -> Html {
    let model = use_slice(&props.panel.store, "model-take", Facets::STATE.and(Facets::VISIT));
    let said = use_state_eq(String::new);
    let first = props
        .files
        .iter()
        .find_map(|file| Some(LinkedVerdict::text(file.numbers.as_deref()?, &file.file)));
    let link = first.map(|verdict| {
        let mut there = crate::state::State::default();
        there.page.view = View::Model;
        there.model.verdict = verdict;
        link_to(&model, &there)
    });
    let markdown = {
        let (said, link) = (said.clone(), link.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, link) = (said.clone(), link.clone().unwrap_or_default());
            spawn_local(async move {
                said.set(match ask_desk(&[("kind", "take".into()), ("form", "markdown".into()), ("link", link.as_str().into())]).await {
                    Ok((text, _)) if copy_text(&text).await => "Markdown is copied.".to_string(),
                    Ok((text, _)) => match save("rampscope-audit.md", "text/markdown", &text) {
                        Ok(()) => "This browser does not let the page copy; it is saved as rampscope-audit.md.".to_string(),
                        Err(_) => "This browser lets the page neither copy nor save.".to_string(),
                    },
                    Err(why) => why,
                });
            });
        })
    };
    let saves =
        |(form, _, name, kind): (&'static str, &'static str, &'static str, &'static str)| {
            let said = said.clone();
            Callback::from(move |_: MouseEvent| {
                let said = said.clone();
                spawn_local(async move {
                    said.set(
                        match ask_desk(&[("kind", "take".into()), ("form", form.into())]).await {
                            Ok((text, _)) if save(name, kind, &text).is_ok() => {
                                format!("{name} is saved.")
                            }
                            Ok(_) => "This browser does not let the page save.".to_string(),
                            Err(why) => why,
                        },
                    );
                });
            })
        };
    html! {
        <div class="take">
            <h3>{ "Take it along" }</h3>
            <p class="take-ways">
                <button type="button" name="take-markdown" onclick={markdown}>{ "Copy Markdown" }</button>
                { for FORMS.map(|form| html! { <button type="button" key={form.0} name={format!("take-{}", form.0)} onclick={saves(form)}>{ form.1 }</button> }) }
                <span role="status">{ (*said).clone() }</span>
            </p>
            if let Some(link) = link {
                <CopyField id="verdict-link" copy_id="copy-verdict-link" label="The numbers as a link; no weights are in it" text={link} what="the link" />
            }
        </div>
    }
}
