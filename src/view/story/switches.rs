//! The two CPUs, and `reduce_range`.

use yew::prelude::*;

use crate::state::{Action, Engine, Key, State};
use crate::view::panels::{PanelProps, at};

/// The two CPUs of the switch.
const CPUS: [(Engine, &str); 2] =
    [(Engine::FbgemmAvx2, "CPU without AVX-512 VNNI"), (Engine::FbgemmVnni, "with AVX-512 VNNI")];

/// A button for each CPU, and one for `reduce_range`.
pub fn switches(panel: &PanelProps, state: &State) -> Html {
    let cpu = |(engine, name): (Engine, &'static str)| {
        let onclick = at::<MouseEvent>(&panel.dispatch, Action::set(Key::Engine, engine));
        let is_on = state.arithmetic.engine == engine;
        html! { <button type="button" key={name} name={engine.key()} aria-pressed={is_on.to_string()} {onclick}>{ name }</button> }
    };
    let is_reduced = state.experiment.reduce_range;
    let onclick = at::<MouseEvent>(&panel.dispatch, Action::set(Key::ReduceRange, !is_reduced));
    html! {
        <div class="switches">
            <div class="cpus" role="group" aria-label="The CPU">{ for CPUS.map(cpu) }</div>
            <button type="button" name="reduce_range" aria-pressed={is_reduced.to_string()} title="Inputs in 7 bits: codes up to 127 inside the calibrated range" {onclick}>{ "reduce_range" }</button>
        </div>
    }
}
