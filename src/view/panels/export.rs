//! [`ExportPanel`]: the figure and its numbers to take along, and one brought back.

use js_sys::{JSON, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement};
use yew::prelude::*;

use super::PanelProps;
use super::share::of_a_file;
use crate::plot::caption::Caption;
use crate::plot::svg::svg;
use crate::plot::{Palette, Pointing, Scene, ramp_scene};
use crate::state::export::{Export, FORMAT, csv};
use crate::state::{Change, describe, markdown};
use crate::story;
use crate::view::base::{link_to, page};
use crate::view::controls::{CopyButton, CopyField};
use crate::view::facets::Facets;
use crate::view::files::{json_of, read_file, save, save_bytes};
use crate::view::model::{Model, Shared};
use crate::view::picture;
use crate::view::share::shared_page;
use crate::view::store::use_slice_in_sight;

/// Width and height of a picture in CSS pixels, before the theme's scale.
const SIZE: (u32, u32) = (860, 620);
/// Device pixels per CSS pixel of a PNG.
const SHARP: f64 = 2.0;

/// A kind of file.
#[derive(Clone, Copy, PartialEq)]
enum FileKind {
    Png,
    Svg,
    Csv,
    Json,
}

/// Every one with its id, name and what it holds.
const KINDS: [(FileKind, &str, &str); 4] = [
    (FileKind::Png, "png", "the figure, twice as sharp as on screen"),
    (FileKind::Svg, "svg", "the figure as lines and text"),
    (FileKind::Csv, "csv", "the sweep of all outputs"),
    (FileKind::Json, "json", "the state and all results"),
];

/// Buttons that save the large figure or its numbers, each with the link that recreates it; a field
/// that opens a saved JSON; the link, a preset's own page, and Markdown.
#[component]
pub fn ExportPanel(props: &PanelProps) -> Html {
    let whole = use_node_ref();
    let reads = Facets::STATE.and(Facets::VISIT);
    let model = use_slice_in_sight(&props.store, "export", reads, &whole);
    let said = use_state_eq(String::new);
    let address = link_to(&model, &model.state);
    let button = |(kind, id, what): (FileKind, &'static str, &'static str)| {
        let (panel, said) = (props.clone(), said.clone());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (said, panel) = (said.clone(), panel.clone());
            spawn_local(async move {
                said.set(save_as(kind, id, &panel.store.now(), &panel.palette).await)
            });
        });
        html! { <li key={id}><button type="button" id={format!("save-{id}")} {onclick}>{ id.to_ascii_uppercase() }</button><span>{ what }</span></li> }
    };
    let shown = use_node_ref();
    let onchange = {
        let (dispatch, said) = (props.dispatch.clone(), said.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
            // So that the same file, mended, can be chosen again.
            input.set_value("");
            let (dispatch, said) = (dispatch.clone(), said.clone());
            spawn_local(async move {
                let name = file.name();
                let read = match read_file(file).await {
                    Ok(text) => fragment_of(&text),
                    Err(fault) => Err(fault.to_string()),
                };
                said.set(match read {
                    Ok(fragment) => {
                        dispatch.emit(Change::Import(story::completed(&fragment)).into());
                        format!("{name} is open.")
                    }
                    Err(reason) => format!("{name}: {reason}"),
                });
            });
        })
    };
    html! {
        <details ref={whole} class="panel export">
            <summary><h2>{ "Take it along" }</h2></summary>
            <p>{ "Files are made here, in your browser. Each carries the link that recreates what you see." }</p>
            { of_a_file(&model) }
            <ul class="exports">{ for KINDS.map(button) }</ul>
            if let Some(page) = shared_page(&model.state) {
                <CopyField id="share-link" copy_id="copy-share" label="This preset’s own page, with a title and a picture where links are previewed" text={page} what="the address of the page" />
            }
            <p class="export-more">
                <input type="text" id="export-link" aria-label="The link" readonly={true} ref={shown.clone()} value={address.clone()} />
                <CopyButton id="copy-link" text={address.clone()} source={shown} what="the link" />
                <label for="open-json">{ "Open a saved JSON" }</label>
                <input type="file" id="open-json" accept=".json,application/json" {onchange} />
            </p>
            <Issue model={model} {address} />
            <p id="export-said" role="status" aria-live="polite">{ (*said).clone() }</p>
        </details>
    }
}

#[derive(Properties, PartialEq)]
struct IssueProps {
    model: Shared<Model>,
    address: AttrValue,
}

/// What is seen as Markdown, made while it is unfolded.
#[component]
fn Issue(props: &IssueProps) -> Html {
    let (whole, shown) = (use_node_ref(), use_node_ref());
    let is_open = use_state_eq(|| false);
    let ontoggle = {
        let (whole, is_open) = (whole.clone(), is_open.setter());
        Callback::from(move |_: Event| {
            is_open.set(whole.cast::<Element>().is_some_and(|whole| whole.has_attribute("open")));
        })
    };
    let text = (*is_open)
        .then(|| markdown::issue(&props.model.state, &props.model.derived, &props.address));
    html! {
        <details ref={whole} class="export-issue" {ontoggle}>
            <summary>{ "Markdown for an issue" }</summary>
            if let Some(text) = text {
                <CopyButton id="copy-issue" text={text.clone()} source={shown.clone()} what="the Markdown" />
                <pre id="issue" ref={shown} class="scroll" tabindex="0">{ text }</pre>
            }
        </details>
    }
}

/// Saves the large figure of a model as PNG, and says what came of it.
pub async fn save_picture(model: &Model, palette: &Palette) -> String {
    save_as(FileKind::Png, "png", model, palette).await
}

async fn save_as(kind: FileKind, id: &str, model: &Model, palette: &Palette) -> String {
    match made(kind, id, model, palette).await {
        Ok(name) => format!("{name} is saved."),
        Err(reason) => format!("It could not be saved: {reason}."),
    }
}

/// Makes and saves a file; gives its name.
async fn made(
    kind: FileKind,
    id: &str,
    model: &Model,
    palette: &Palette,
) -> Result<String, String> {
    let (state, derived) = (&model.state, &model.derived);
    let address = &link_to(model, state);
    let name = format!("rampscope-output-{}.{id}", state.picture.output);
    let caption =
        || Caption::new(state, derived, describe::summary(state, derived), address.clone());
    let scale = palette.scale;
    // As large type as the theme asks for, on a picture as much larger.
    #[expect(clippy::cast_possible_truncation, reason = "a few thousand pixels")]
    let (width, height) =
        ((f64::from(SIZE.0) * scale).round() as u32, (f64::from(SIZE.1) * scale).round() as u32);
    let scene = || -> Scene { ramp_scene(state, derived, Pointing::default(), width.into()) };
    let refused = |_| "the browser refused".to_string();
    match kind {
        FileKind::Png => {
            let size = (width, height);
            let bytes = picture::png(&scene(), size, palette, SHARP, &caption()).await?;
            save_bytes(&name, "image/png", &bytes).map_err(refused)?;
        }
        FileKind::Svg => {
            let text = svg(&scene(), (width, height), palette, Some(&caption()))?;
            save(&name, "image/svg+xml", &text).map_err(refused)?;
        }
        FileKind::Csv => save(&name, "text/csv", &csv(state, derived, address)).map_err(refused)?,
        FileKind::Json => {
            let export = Export::new(state, derived, &page(model));
            let text = json_of(&export, false).map_err(refused)?;
            save(&name, "application/json", &text).map_err(refused)?;
        }
    }
    Ok(name)
}

/// The fragment that recreates what was saved as JSON.
fn fragment_of(text: &str) -> Result<String, String> {
    let value = JSON::parse(text).map_err(|_| "this is not JSON.".to_string())?;
    let field = |name: &str| {
        let object = value.dyn_ref::<js_sys::Object>()?;
        Reflect::get(object, &name.into()).ok()?.as_string()
    };
    if field("format").as_deref() != Some(FORMAT) {
        return Err("this JSON was not saved here: “format” is not “rampscope”.".to_string());
    }
    let address = field("link").ok_or("the link that recreates it is missing.")?;
    let (_, fragment) = address.split_once('#').ok_or("its link has no state in it.")?;
    Ok(format!("#{fragment}"))
}
