//! [`SmallMultiples`]: all outputs side by side.

use std::rc::Rc;

use yew::prelude::*;

use super::{PanelProps, at};
use crate::plot::{Palette, small_scene};
use crate::state::{Action, Key, KinkView, OutputView, Visibility};
use crate::view::canvas::Plot;
use crate::view::canvas_renderer::{Build, made};
use crate::view::facets::Facets;
use crate::view::model::{Model, Shared};
use crate::view::store::use_slice;

/// What small pictures follow from. Outputs are made anew when what they share changes.
const SMALL: Facets = Facets::OUTPUTS.and(Facets::PICTURE).and(Facets::ZOOM);

/// Every output as a button with its picture; the chosen one is pressed.
#[component]
pub fn SmallMultiples(props: &PanelProps) -> Html {
    let model = use_slice(&props.store, "outputs", SMALL);
    // One model for as long as it gives the same pictures of the same views.
    let common = use_mut_ref(|| model.clone());
    if !is_alike(&common.borrow(), &model) {
        *common.borrow_mut() = model.clone();
    }
    let button = |(output, view): (usize, &Rc<OutputView>)| {
        html! {
            <Small key={output} {output} is_chosen={output == model.state.picture.output} view={Shared(Rc::clone(view))}
                common={common.borrow().clone()} dispatch={props.dispatch.clone()} palette={Rc::clone(&props.palette)} />
        }
    };
    html! {
        <section class="panel smalls" aria-labelledby="smalls-title">
            <h2 id="smalls-title">{ "All outputs" }</h2>
            <div class="small-grid">{ for model.derived.outputs.iter().enumerate().map(button) }</div>
        </section>
    }
}

/// The chosen output again, small: on a narrow screen it stays in sight while controls are moved.
#[component]
pub fn MiniFigure(props: &PanelProps) -> Html {
    let model = use_slice(&props.store, "mini", SMALL);
    let view = Shared(Rc::clone(&model.derived.outputs[model.state.picture.output]));
    let build = small(&view, &model);
    html! {
        <div class="mini-figure" aria-hidden="true">
            <Plot {build} palette={Rc::clone(&props.palette)} class="mini-plot" />
        </div>
    }
}

/// The small scene of an output of a model.
fn small(view: &Shared<OutputView>, model: &Shared<Model>) -> Shared<Box<Build>> {
    let (view, model) = (view.clone(), model.clone());
    made(move |_| small_scene(&model.state, &model.derived, &view))
}

/// Whether two models give the same small picture of any view. A sweep that was kept says that all
/// it follows from is the same.
fn is_alike(one: &Model, other: &Model) -> bool {
    let picture = |model: &Model| {
        let state = &model.state;
        (state.window(), state.picture.step, state.picture.plot, model.derived.layer.output)
    };
    Rc::ptr_eq(&one.derived.sweep, &other.derived.sweep) && picture(one) == picture(other)
}

#[derive(Properties, PartialEq)]
struct SmallProps {
    output: usize,
    is_chosen: bool,
    view: Shared<OutputView>,
    /// The state and the layer as far as all pictures share them; its outputs may be older.
    common: Shared<Model>,
    dispatch: Callback<Action>,
    palette: Rc<Palette>,
}

#[component]
fn Small(props: &SmallProps) -> Html {
    let output = props.output;
    let build = small(&props.view, &props.common);
    let state = &props.common.state;
    let is_seen = |kink: &&KinkView| kink.shown(state) == Visibility::Visible;
    let seen = props.view.kinks.iter().filter(is_seen).count();
    let kinks = match seen {
        0 => "no kink".to_string(),
        1 => "1 kink".to_string(),
        more => format!("{more} kinks"),
    };
    let onclick = at::<MouseEvent>(&props.dispatch, Action::set(Key::Output, output));
    html! {
        <button type="button" class="small" name={format!("output-{output}")} aria-pressed={props.is_chosen.to_string()} {onclick}>
            <span class="small-title"><b>{ output }</b><span>{ kinks }</span></span>
            <Plot {build} palette={Rc::clone(&props.palette)} class="small-plot" />
        </button>
    }
}
