//! [`PastePanel`]: the lines for a tool, where they go, and the address in them.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::state::{Action, Base, FigureKind, Session};
use crate::story::cite::LICENCE;
use crate::story::snippets::{Group, SOMEWHERE, Site, Snippet, snippets};
use crate::view::base::{base, own_base, pinned};
use crate::view::controls::{CopyButton, Select, Toggle};
use crate::view::facets::Facets;
use crate::view::panels::{PanelProps, save_picture};
use crate::view::store::use_slice;

/// Properties of [`PastePanel`].
#[derive(Properties, PartialEq)]
pub struct PasteProps {
    /// The state, and who takes what is done.
    pub panel: PanelProps,
    /// The page that the figure is taken from.
    pub taken: PanelProps,
    /// The height that the figure wants, once that is known.
    pub height: Option<u32>,
}

/// A list of what the figure can be pasted into, and the text for the chosen one.
#[component]
pub fn PastePanel(props: &PasteProps) -> Html {
    let model = use_slice(&props.panel.store, "lines", Facets::STATE.and(Facets::VISIT));
    let chosen = use_state_eq(|| "element".to_string());
    let keeps = use_state_eq(|| false);
    let base = base(&model);
    // The hash is that of this build's own folder.
    let version = pinned().filter(|_| base.is_some() && base == own_base());
    let mut site = match base {
        Some(base) => Site::new(base, props.height),
        None => Site {
            height: props.height.unwrap_or(Site::from(SOMEWHERE).height),
            ..SOMEWHERE.into()
        },
    };
    site.pinned = version.clone().filter(|_| *keeps);
    let all = snippets(&model.state, &props.taken.store.now().derived, site);
    let snippet = all.iter().find(|one| one.key == *chosen).or(all.first());
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |key: String| chosen.set(key))
    };
    let options = |group: Group| {
        all.iter().filter(move |one| one.group == group).map(|one| {
            html! { <option value={one.key}>{ one.title }</option> }
        })
    };
    html! {
        <section class="panel" aria-labelledby="paste-title">
            <h2 id="paste-title">{ "Paste this" }</h2>
            <div class="choice"><label class="label" for="snippet-for">{ "For" }</label>
                <Select id="snippet-for" chosen={(*chosen).clone()} on_change={choose}>
                    { for Group::ALL.into_iter().map(|(group, name)| html! { <optgroup label={name}>{ for options(group) }</optgroup> }) }
                </Select></div>
            if let Some(snippet) = snippet {
                { pasted(snippet, props, model.state.figure.kind) }
                if version.is_some() && snippet.names("element.js") {
                    <Toggle name="keep-version" label="Keep this version" help="The lines name this very version and its hash: the figure stays as it is, and a browser refuses anything else." on={*keeps} on_change={Callback::from(move |on| keeps.set(on))} />
                }
            }
            <AddressField ..props.panel.clone() />
            <p class="hint" id="licence">{ format!("{LICENCE} To cite one, choose a list of references or BibTeX above.") }</p>
        </section>
    }
}

/// What the site needs once, and the lines themselves.
fn pasted(snippet: &Snippet, props: &PasteProps, kind: FigureKind) -> Html {
    // Two buttons need two names.
    let what = if snippet.once.is_some() { "the lines for the page" } else { "these lines" };
    match &snippet.text {
        Err(reason) => html! { <p id="snippet" class="unavailable">{ *reason }</p> },
        Ok(text) => html! {
            <>
                if let Some(once) = &snippet.once {
                    <Lines id="snippet-once" place={once.place} text={once.text.clone()} what={format!("the lines for {}", once.file)} />
                }
                <Lines id="snippet" place={snippet.place} text={text.clone()} {what} />
                if snippet.key == "issue" && kind == FigureKind::Parts {
                    <Picture ..props.taken.clone() />
                }
            </>
        },
    }
}

#[derive(Properties, PartialEq)]
struct LinesProps {
    id: &'static str,
    place: &'static str,
    text: AttrValue,
    /// What its button copies.
    what: AttrValue,
}

/// A text with where it goes, and a button that copies it.
#[component]
fn Lines(props: &LinesProps) -> Html {
    let source = use_node_ref();
    html! {
        <div class="lines">
            <p>{ props.place }</p>
            <pre id={props.id} ref={source.clone()} tabindex="0"><code>{ props.text.clone() }</code></pre>
            <CopyButton id={format!("copy-{}", props.id)} text={props.text.clone()} {source} what={props.what.clone()} />
        </div>
    }
}

/// Saves the picture that goes with an issue, with the link.
#[component]
fn Picture(panel: &PanelProps) -> Html {
    let said = use_state_eq(String::new);
    let onclick = {
        let (said, panel) = (said.clone(), panel.clone());
        Callback::from(move |_: MouseEvent| {
            let (said, panel) = (said.clone(), panel.clone());
            spawn_local(
                async move { said.set(save_picture(&panel.store.now(), &panel.palette).await) },
            );
        })
    };
    html! {
        <p class="copy">
            <button type="button" id="save-picture" {onclick}>{ "Save the picture" }</button>
            <span class="hint" role="status">{ (*said).clone() }</span>
        </p>
    }
}

/// Where the lines find Rampscope. A page on the web knows it and can be told another; a file has to
/// ask.
#[component]
fn AddressField(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "address", Facets::VISIT);
    let session: &Session = &model;
    let base = base(session);
    let own = own_base();
    let typed = session.address.as_deref();
    let value = typed.map_or_else(
        || own.as_ref().map_or(String::new(), |own| own.folder.clone()),
        str::to_string,
    );
    let fault =
        typed.filter(|text| !text.trim().is_empty()).and_then(|text| Base::read(text).err());
    let oninput = panel.dispatch.reform(|event: InputEvent| {
        Action::GiveAddress(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let is_own_machine = base.as_ref().is_some_and(Base::is_own_machine);
    let described = if is_own_machine { "address-fault own-machine" } else { "address-fault" };
    let used = base.as_ref().map_or(SOMEWHERE, |base| base.folder.as_str()).to_string();
    let field = html! {
        <>
            <label for="address" class="label">{ "Address of Rampscope’s folder" }</label>
            <input type="text" inputmode="url" id="address" autocomplete="off" spellcheck="false" placeholder={SOMEWHERE}
                {value} {oninput} aria-invalid={fault.is_some().to_string()} aria-describedby={described} />
            <p id="address-fault" role="status">
                if let Some(fault) = fault {
                    <span class="unavailable">{ fault.to_string() }</span>
                }
            </p>
        </>
    };
    // Always there: what comes and goes would move the field, which loses the focus then.
    let hint = html! {
        <p class="hint" id="own-machine" hidden={!is_own_machine}>{ "This address can be reached on your own machine only. For a page that others read, give the address of a build on the web." }</p>
    };
    if own.is_none() {
        return html! {
            <div class="address">
                <p id="no-address">{ format!("This page is a file, which only you can open. Put the folder of a build on the web and give its address; until then the lines have {SOMEWHERE}") }</p>
                { field }
                { hint }
            </div>
        };
    }
    html! {
        <>
            <details class="address">
                <summary>{ "Rampscope is at " }<span>{ used }</span></summary>
                { field }
            </details>
            { hint }
        </>
    }
}
