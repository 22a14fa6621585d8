//! [`MachinePick`]: a machine from the list.

use yew::prelude::*;

use crate::documents::{Arch, CpuFamily, MachineData, System, asked, picked};
use crate::state::{Action, Key};
use crate::view::controls::Select;
use crate::view::model::Shared;
use crate::view::panels::at;

/// Architectures that have families to pick, with what they are called.
const ARCHS: [(Arch, &str); 6] = [
    (Arch::X86_64, "x86 (Intel, AMD)"),
    (Arch::Aarch64, "ARM64"),
    (Arch::Arm, "ARM, 32 bits"),
    (Arch::CortexM, "Cortex-M"),
    (Arch::Xtensa, "Xtensa"),
    (Arch::Wasm, "WebAssembly"),
];

/// Properties of [`MachinePick`].
#[derive(Properties, PartialEq)]
pub struct MachinePickProps {
    /// Which machine.
    pub of: Key,
    /// The data.
    pub data: Shared<MachineData>,
    /// What is asked now.
    pub asked: String,
    /// Takes what is picked.
    pub dispatch: Callback<Action>,
}

/// A list of CPU families by architecture and of rented machines; and the systems, where the answer
/// depends on them.
#[component]
pub fn MachinePick(props: &MachinePickProps) -> Html {
    let (of, data) = (props.of, &props.data);
    let chosen = data
        .families()
        .iter()
        .map(|family| picked(&family.key, None))
        .chain(data.rented().iter().map(|rented| rented.key.clone()))
        .find(|value| *value == props.asked || props.asked.starts_with(&format!("{value} ")));
    let on_change = props.dispatch.reform(move |text: String| Action::set(of, text));
    let id = format!("{}-pick", of.as_str());
    let family = |family: &CpuFamily| {
        let years = family.years.as_ref().map_or(String::new(), |years| format!(", {years}"));
        html! { <option value={picked(&family.key, None)}>{ format!("{}{years}", family.name) }</option> }
    };
    html! {
        <>
            <label for={id.clone()}>{ "or pick" }</label>
            <Select {id} chosen={chosen.unwrap_or_default()} {on_change}>
                <option value="">{ "…" }</option>
                { for ARCHS.into_iter().map(|(arch, label)| html! {
                    <optgroup {label}>{ for data.families().iter().filter(|one| one.arch == arch).map(family) }</optgroup>
                }) }
                <optgroup label="rented machines">
                    { for data.rented().iter().map(|rented| html! { <option value={rented.key.clone()}>{ rented.name.clone() }</option> }) }
                </optgroup>
            </Select>
            { systems(props) }
        </>
    }
}

/// Buttons for the systems of a family, where one is asked for without.
fn systems(props: &MachinePickProps) -> Html {
    let Ok(which) = asked(&props.data, &props.asked) else { return Html::default() };
    let (Some(cpu), None) = (which.cpu, which.system) else { return Html::default() };
    let mut systems: Vec<System> =
        which.candidates.iter().filter_map(|one| one.machine.system).collect();
    systems.dedup();
    if systems.len() < 2 || !which.answers.iter().any(|(_, answer)| answer.is_none()) {
        return Html::default();
    }
    let button = |system: System| {
        let action = Action::set(props.of, picked(&cpu.key, Some(system)));
        html! { <button type="button" onclick={at::<MouseEvent>(&props.dispatch, action)}>{ system.name() }</button> }
    };
    html! { <p class="examples"><span>{ "under " }</span>{ for systems.into_iter().map(button) }</p> }
}
