//! [`EmbedView`]: makes a figure for somebody's page.

mod choose;
mod paste;

use std::rc::Rc;

use yew::prelude::*;

use self::choose::ChoosePanel;
use self::paste::PastePanel;
use crate::state::{Change, FigureKind, Patch, State};
use crate::story::figure;
use crate::view::app_root::DrawApp;
use crate::view::facets::Facets;
use crate::view::panels::{ExportPanel, PanelProps};
use crate::view::preview::Preview;
use crate::view::store::{Store, use_slice};

/// Widths of the preview in CSS pixels.
const WIDTHS: [u32; 3] = [320, 640, 960];

/// Properties of [`EmbedView`].
#[derive(Properties, PartialEq)]
pub struct EmbedProps {
    /// The state and what follows from it.
    pub panel: PanelProps,
    /// How the preview draws the app.
    pub app: DrawApp,
}

/// What to show, the lines to paste, the figure as it will be, and its files.
#[component]
pub fn EmbedView(props: &EmbedProps) -> Html {
    let panel = &props.panel;
    let model = use_slice(&panel.store, "embed", Facets::STATE.and(Facets::VISIT));
    let state = &model.state;
    let width = use_state_eq(first_width);
    let height = use_state_eq(|| None::<u32>);
    let written = figure::written(state);
    let readers = figure::opened(&written);
    // The page that the figure is taken from: its layer, and the state that its files name.
    let taken = {
        let page = figure::opened(&figure::whole(&written));
        use_memo((model.clone(), page), |(model, page)| Store::new(model.showing(page)))
    };
    let taken = PanelProps { store: (*taken).clone(), ..panel.clone() };
    let on_change = {
        let (dispatch, is_live) = (panel.dispatch.clone(), is_live(state.figure.kind));
        Callback::from(move |(before, after): (State, State)| {
            // What is moved in the preview is what readers begin with.
            if is_live && before.page.view == after.page.view {
                dispatch.emit(Change::Patch(Patch::between(&before, &after)).into());
            }
        })
    };
    let on_height = {
        let height = height.clone();
        Callback::from(move |pixels: u32| height.set((pixels > 0).then(|| rounded(pixels))))
    };
    html! {
        <div class="embed-view">
            <ChoosePanel ..panel.clone() />
            <PastePanel panel={panel.clone()} taken={taken.clone()} height={*height} />
            <section class="preview" aria-labelledby="preview-title">
                <div class="panel-head">
                    <h2 id="preview-title">{ "What readers see" }</h2>
                    <p class="preview-widths" role="group" aria-label="Width of the preview">{ "In a column of " }
                        { for WIDTHS.iter().map(|one| {
                            let (width, pressed) = (width.clone(), *width == *one);
                            let onclick = Callback::from(move |_: MouseEvent| width.set(*one));
                            html! { <button key={*one} type="button" aria-pressed={pressed.to_string()} {onclick}>{ format!("{one} px") }</button> }
                        }) }
                        if let Some(height) = *height {
                            <span class="hint" id="preview-height">{ format!("{height} px high") }</span>
                        }
                    </p>
                </div>
                <div class="preview-page" tabindex="0" role="group" aria-label="Preview">
                    <Preview app={props.app} state={readers} class={classes!("preview-figure", format!("wide-{}", *width))} palette={Rc::clone(&panel.palette)} {on_change} {on_height} />
                </div>
                if is_live(state.figure.kind) {
                    <p class="hint">{ "What you move here is where your readers begin." }</p>
                }
            </section>
            if state.figure.kind == FigureKind::Parts {
                <ExportPanel ..taken />
            }
        </div>
    }
}

/// Whether what is moved in the figure is where its readers begin. A step begins as it is told.
fn is_live(kind: FigureKind) -> bool {
    matches!(kind, FigureKind::Parts | FigureKind::Suspects)
}

/// The widest that fits, as the first choice, but for the widest of all.
fn first_width() -> u32 {
    let window = gloo::utils::window().inner_width().ok().and_then(|width| width.as_f64());
    if window.is_some_and(|width| width < f64::from(WIDTHS[1])) { WIDTHS[0] } else { WIDTHS[1] }
}

/// To the next ten: fonts differ by a pixel from one browser to the next.
fn rounded(pixels: u32) -> u32 {
    pixels.div_ceil(10) * 10
}
