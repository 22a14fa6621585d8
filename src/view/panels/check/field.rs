//! [`MachineField`]: where a machine is pasted, typed or picked.

use yew::prelude::*;

use super::pick::MachinePick;
use crate::documents::{MachineData, essence};
use crate::state::schema::Value;
use crate::state::{Action, Key, Slot};
use crate::view::controls::TextArea;
use crate::view::facets::Facets;
use crate::view::model::Shared;
use crate::view::panels::{PanelProps, at};
use crate::view::store::use_slice;

/// What people have at hand.
const EXAMPLES: [(&str, &str); 6] = [
    ("Core i7-12700", "Core i7-12700"),
    ("Ryzen 7 5800X", "Ryzen 7 5800X"),
    ("m5.large", "m5.large"),
    ("GitHub ubuntu-latest", "ubuntu-latest"),
    ("Apple M1", "Apple M1"),
    ("Raspberry Pi 4", "Raspberry Pi 4"),
];

/// Properties of [`MachineField`].
#[derive(Properties, PartialEq)]
pub struct MachineFieldProps {
    /// The state, and what takes an action.
    pub panel: PanelProps,
    /// The data, once they are here.
    pub data: Option<Shared<MachineData>>,
    /// Which machine: the one, or the one beside it.
    pub of: Key,
    /// What it is called.
    pub label: AttrValue,
}

/// A field for a text, a list to pick from, and some examples. What was typed stays there; the state
/// keeps what matters of it.
#[component]
pub fn MachineField(props: &MachineFieldProps) -> Html {
    let of = props.of;
    let reads = Facets::CHECK.and(Facets::PROBLEMS);
    let model = use_slice(&props.panel.store, of.as_str(), reads);
    let asked = text_of(&model.state, of);
    // What was typed, and what the state kept of it.
    let typed = use_state_eq(|| (String::new(), String::new()));
    let shown = if typed.1 == asked { typed.0.clone() } else { asked.clone() };
    let on_input = {
        let (data, typed, dispatch) = (props.data.clone(), typed, props.panel.dispatch.clone());
        Callback::from(move |text: String| {
            let short = data.as_ref().and_then(|data| essence(data, &text).ok());
            let kept = short.unwrap_or_else(|| text.clone());
            typed.set((text, kept.clone()));
            dispatch.emit(Action::set(of, kept));
        })
    };
    let set =
        |text: &str| at::<MouseEvent>(&props.panel.dispatch, Action::set(of, text.to_string()));
    let id = format!("{}-field", of.as_str());
    let problem = model.problem_at(Slot::Parameter(of));
    let problem_id = problem.is_some().then(|| format!("{id}-problem"));
    html! {
        <div class="machine-field">
            <label class="label" for={id.clone()}>{ &props.label }</label>
            <TextArea {id} text={shown} rows={3} {on_input} problem={problem_id.clone()}
                placeholder="lscpu, /proc/cpuinfo, sysctl machdep.cpu, the name of a CPU, m5.large …" />
            if let Some(problem) = problem {
                <p class="field-problem" id={problem_id} role="alert">{ problem }</p>
            }
            <div class="machine-ways">
                if let Some(data) = &props.data {
                    <MachinePick {of} data={data.clone()} asked={asked.clone()} dispatch={props.panel.dispatch.clone()} />
                }
                if asked.is_empty() && of == Key::Machine {
                    <p class="examples"><span>{ "or try " }</span>
                        { for EXAMPLES.map(|(name, text)| html! { <button type="button" onclick={set(text)}>{ name }</button> }) }
                    </p>
                }
                if !asked.is_empty() {
                    <button type="button" id={format!("clear-{}", of.as_str())} onclick={set("")}>{ "Clear" }</button>
                }
            </div>
        </div>
    }
}

/// What the state asks of a machine.
pub fn text_of(state: &crate::state::State, of: Key) -> String {
    match of.parameter().get(state) {
        Some(Value::Text(text)) => text,
        _ => String::new(),
    }
}
