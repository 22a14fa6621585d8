//! [`Product`]: a product's outputs, the worst first, and one of them.

use serde_wasm_bindgen::to_value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::number::whole;
use super::output::Output;
use super::pictures::first_codes;
use crate::documents::{Json, OutputVerdict, OutputsVerdict, ProductLine, percent};
use crate::plot::caption::Caption;
use crate::state::{PairMap, State, describe};
use crate::view::hooks::ask_desk;
use crate::view::model::Shared;
use crate::view::panels::PanelProps;
use crate::view::panels::pair_map::PairMapFigure;

/// Outputs that are listed at once.
const SOME: usize = 10;

/// Properties of [`Product`].
#[derive(Properties, PartialEq)]
pub struct ProductProps {
    /// The state, and what takes an action.
    pub panel: PanelProps,
    /// The file's place.
    pub file: usize,
    /// Its name.
    pub name: String,
    /// What is said of the product.
    pub line: Shared<ProductLine>,
}

/// What the desk has said.
#[derive(Clone, PartialEq)]
enum Said<T> {
    Nothing,
    Waits,
    Here(T),
    Failed(String),
}

/// Where it is hit, its worst outputs, and the one that is opened.
#[component]
pub fn Product(props: &ProductProps) -> Html {
    let outputs = use_state_eq(|| Said::<OutputsVerdict>::Waits);
    let density = use_state_eq(|| None::<Shared<PairMap>>);
    let output = use_state_eq(|| Said::<Shared<OutputVerdict>>::Nothing);
    let shows_all = use_state_eq(|| false);
    let ask = {
        let (file, line, output) = (props.file, props.line.clone(), output.clone());
        Callback::from(move |number: f64| {
            let (line, output) = (line.clone(), output.clone());
            output.set(Said::Waits);
            spawn_local(async move {
                let question = [
                    ("kind", "output".into()),
                    ("file", JsValue::from(file as f64)),
                    ("product", id(&line)),
                    ("output", number.into()),
                ];
                let said = typed::<OutputVerdict>(ask_desk(&question).await);
                output.set(match said {
                    Ok(verdict) => Said::Here(Shared(std::rc::Rc::new(verdict))),
                    Err(why) => Said::Failed(why),
                });
            });
        })
    };
    {
        let (file, outputs, ask) = (props.file, outputs.clone(), ask.clone());
        let density = density.setter();
        use_effect_with(props.line.clone(), move |line| {
            let product = id(line);
            spawn_local(async move {
                let question = [
                    ("kind", "outputs".into()),
                    ("file", JsValue::from(file as f64)),
                    ("product", product),
                ];
                let said = ask_desk(&question).await;
                if let Ok((_, answer)) = &said {
                    density.set(map_of(answer));
                }
                let said = typed::<OutputsVerdict>(said);
                outputs.set(match said {
                    Ok(verdict) => {
                        // The worst one is what a person wants to see.
                        if let Some(worst) = verdict.worst.first() {
                            ask.emit(worst.0);
                        }
                        Said::Here(verdict)
                    }
                    Err(why) => Said::Failed(why),
                });
            });
        });
    }
    let listed = match &*outputs {
        Said::Nothing => Html::default(),
        Said::Waits => html! { <p role="status">{ "Reading its outputs …" }</p> },
        Said::Failed(why) => html! { <p class="unavailable" role="alert">{ why }</p> },
        Said::Here(verdict) => {
            let more = {
                let shows_all = shows_all.clone();
                Callback::from(move |_: MouseEvent| shows_all.set(true))
            };
            let most = if *shows_all { verdict.worst.len() } else { SOME };
            html! {
                <div class="worst-outputs">
                    <p>{ format!("{} of {} outputs can saturate; the worst:", whole(verdict.hit), whole(verdict.outputs)) }</p>
                    <table>
                        <thead><tr><th scope="col">{ "output" }</th><th scope="col">{ "pairs" }</th><th scope="col">{ "from code" }</th><th scope="col">{ "loses at most" }</th></tr></thead>
                        <tbody>{ for verdict.worst.iter().take(most).map(|worst| row(worst, &output, &ask)) }</tbody>
                    </table>
                    if verdict.worst.len() > most {
                        <button type="button" class="more-outputs" onclick={more}>{ format!("{} more", verdict.worst.len() - most) }</button>
                    }
                </div>
            }
        }
    };
    let opened = match &*output {
        Said::Nothing => Html::default(),
        Said::Waits => html! { <p role="status">{ "Reading the output …" }</p> },
        Said::Failed(why) => html! { <p class="unavailable" role="alert">{ why }</p> },
        Said::Here(verdict) => html! {
            <Output panel={props.panel.clone()} file={props.name.clone()} line={props.line.clone()} output={verdict.clone()} />
        },
    };
    html! {
        <div class="product-details">
            <div>{ first_codes(&[&props.line]) }{ listed }</div>
            { opened }
            if let Some(map) = &*density {
                { pair_map(props, map) }
            }
        </div>
    }
}

fn row(
    (number, pairs, first, loss, share): &(f64, f64, u8, f64, f64),
    output: &UseStateHandle<Said<Shared<OutputVerdict>>>,
    ask: &Callback<f64>,
) -> Html {
    let is_open = matches!(&**output, Said::Here(verdict) if (verdict.output - number).abs() < 0.5);
    let number = *number;
    let onclick = ask.reform(move |_: MouseEvent| number);
    html! {
        <tr>
            <th scope="row"><button type="button" class="open-output" aria-pressed={is_open.to_string()} {onclick}>{ whole(number) }</button></th>
            <td>{ whole(*pairs) }</td>
            <td>{ first.to_string() }</td>
            <td>{ percent(*share) }<span class="visually-hidden">{ format!(", {}", whole(*loss)) }</span></td>
        </tr>
    }
}

/// The pairs of the product on the map of all pairs.
fn pair_map(props: &ProductProps, map: &Shared<PairMap>) -> Html {
    let said = describe::map::tensor(map).unwrap_or_default();
    let link = crate::view::base::link_to(&props.panel.store.now(), &State::default());
    let caption = Caption { title: said.clone(), entries: Vec::new(), link };
    html! {
        <div class="pair-map">
            <h4>{ "Its pairs among all pairs of weights" }</h4>
            <PairMapFigure map={map.clone()} {said} {caption} name="rampscope-model-pairs" palette={std::rc::Rc::clone(&props.panel.palette)} />
        </div>
    }
}

/// The map of an answer's density.
fn map_of(answer: &JsValue) -> Option<Shared<PairMap>> {
    let density = js_sys::Reflect::get(answer, &"density".into()).ok()?;
    let counts = density.dyn_into::<js_sys::Uint32Array>().ok()?.to_vec();
    PairMap::of_density(counts.into()).map(|map| Shared(std::rc::Rc::new(map)))
}

/// What tells the product from others, as the audit's module reads it.
fn id(line: &ProductLine) -> JsValue {
    // A few texts and a number always become JSON.
    let value = to_value(&line.id).unwrap_or_default();
    js_sys::JSON::stringify(&value).map_or(JsValue::NULL, Into::into)
}

/// The desk's answer.
fn typed<T: serde::de::DeserializeOwned>(
    said: Result<(String, JsValue), String>,
) -> Result<T, String> {
    let (text, _) = said?;
    let value = JsValue::parse(&text).ok_or("What the audit’s module said is no JSON.")?;
    value
        .typed()
        .map_err(|reason| format!("What the audit’s module said cannot be read: {reason}."))
}
