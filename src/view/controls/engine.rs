//! [`EngineControl`]: an engine by its two axes, a library's operator and the CPU.

use yew::prelude::*;

use super::help::Help;
use super::select::Select;
use crate::state::choices::Keyed;
use crate::state::{Engine, Family};

/// Properties of [`EngineControl`].
#[derive(Properties, PartialEq)]
pub struct EngineControlProps {
    /// Its key, which names the second list.
    pub name: AttrValue,
    /// What is chosen.
    pub label: AttrValue,
    /// One line that explains it.
    pub help: AttrValue,
    /// The present one.
    pub chosen: Engine,
    /// Called with the new one.
    pub on_change: Callback<Engine>,
}

/// A list of operators by library, and of the CPUs that an operator tells apart. Another operator is
/// chosen on the same CPU, where it runs there.
#[component]
pub fn EngineControl(props: &EngineControlProps) -> Html {
    let EngineControlProps { name, label, help, chosen, on_change } = props;
    let [family_id, engine_id] = ["family", name].map(|name| format!("{name}-select"));
    let on_family = {
        let (on_change, chosen) = (on_change.clone(), *chosen);
        Callback::from(move |given: String| {
            let family = Engine::of_key(&given).map(Engine::family);
            if let Some(engine) = family.and_then(|family| chosen.in_family(family)) {
                on_change.emit(engine);
            }
        })
    };
    let on_engine = {
        let on_change = on_change.clone();
        Callback::from(move |given: String| {
            if let Some(engine) = Engine::of_key(&given) {
                on_change.emit(engine);
            }
        })
    };
    let libraries = Family::ALL.chunk_by(|one, next| one.info().library == next.info().library);
    let library = |families: &[Family]| {
        let label = families.first().map_or("", |family| family.info().library.name());
        html! { <optgroup key={label} {label}>{ for families.iter().map(|family| operator(*family)) }</optgroup> }
    };
    html! {
        <div class="choice engine-choice">
            <label class="label" for={family_id.clone()}>{ label }</label>
            <Help name={name.clone()} label={label.clone()} text={help.clone()} />
            <Select id={family_id} name="family" described_by={format!("{name}-help")} chosen={key_of(chosen.family())} on_change={on_family}>
                { for libraries.map(library) }
            </Select>
            <label class="label" for={engine_id.clone()}>{ "on" }</label>
            <Select id={engine_id} name={name.clone()} chosen={chosen.key()} on_change={on_engine}>
                { for chosen.family().engines().map(|engine| html! {
                    <option key={engine.key()} value={engine.key()}>{ engine.cpu().name() }</option>
                }) }
            </Select>
        </div>
    }
}

fn operator(family: Family) -> Html {
    let info = family.info();
    // The library first: that is what people type.
    let name = match info.library.short() {
        "" => info.operator.to_string(),
        library => format!("{library}: {}", info.operator),
    };
    html! { <option key={key_of(family)} value={key_of(family)}>{ name }{ " · " }{ info.types.name() }</option> }
}

/// A family goes by its first engine.
fn key_of(family: Family) -> &'static str {
    family.engines().next().map_or("", Engine::key)
}
