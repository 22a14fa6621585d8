//! [`InstructionPanel`]: what this browser's relaxed dot product gives, asked only on a click.

use js_sys::{Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use yew::prelude::*;

use super::every_pair::EveryPairPanel;
use super::exports::{call, exports};
use crate::documents::{Answer, LegalAnswer, PROBE_MODULE, Probe, ProbeBytes};
use crate::state::Entry;
use crate::state::number::{self, whole};
use crate::view::controls::{NumberControl, Slider};

const DEFAULT: ProbeBytes = ProbeBytes { w: [127, 127], x: [255, 255] };
const WEIGHT: Slider = Slider { min: -128.0, max: 127.0, step: 1.0, logarithmic: false };
const INPUT: Slider = Slider { min: 0.0, max: 255.0, step: 1.0, logarithmic: false };

/// The bytes, the button, and the finite set of legal answers with the given one marked.
#[component]
pub fn InstructionPanel() -> Html {
    let bytes = use_state_eq(|| DEFAULT);
    let asked = use_state_eq(|| Probe::Unasked);
    let onclick = {
        let (bytes, asked) = (bytes.clone(), asked.clone());
        Callback::from(move |_: MouseEvent| asked.set(ask(*bytes)))
    };
    let weight = |k: usize| {
        let bytes = bytes.clone();
        let on_entry = Callback::from(move |entry: Entry| {
            let mut next = *bytes;
            #[expect(clippy::cast_possible_truncation, reason = "held to the slider’s range")]
            let clamped = clamped(&entry, WEIGHT, next.w[k].into()) as i8;
            next.w[k] = clamped;
            bytes.set(next);
        });
        (on_entry, format!("dot-w{k}"), format!("weight {k}"))
    };
    let input = |k: usize| {
        let bytes = bytes.clone();
        let on_entry = Callback::from(move |entry: Entry| {
            let mut next = *bytes;
            #[expect(clippy::cast_possible_truncation, reason = "held to the slider’s range")]
            let clamped = clamped(&entry, INPUT, next.x[k].into()) as u8;
            next.x[k] = clamped;
            bytes.set(next);
        });
        (on_entry, format!("dot-x{k}"), format!("input {k}"))
    };
    let field = |(on_entry, name, label): (Callback<Entry>, String, String), value: i32, slider| {
        let unit = if slider == WEIGHT { "−128 to 127" } else { "0 to 255" };
        html! { <NumberControl key={name.clone()} name={name.clone()} {label} {unit} value={f64::from(value)} text={number::exact(value)} slider={Some(slider)} {on_entry} /> }
    };
    html! {
        <section class="panel" aria-labelledby="instruction-title">
            <h2 id="instruction-title">{ "Your browser’s instruction" }</h2>
            <p>{ "WebAssembly has dot products whose answer it leaves to the CPU once a byte reaches 128. On a click this page runs them on your bytes; nothing is sent anywhere." }</p>
            <div class="dot-bytes">
                { for (0..2).map(|k| field(weight(k), bytes.w[k].into(), WEIGHT)) }
                { for (0..2).map(|k| field(input(k), bytes.x[k].into(), INPUT)) }
            </div>
            <button type="button" id="ask" {onclick}>{ "Ask this browser" }</button>
            <div id="instruction" role="status" aria-live="polite">{ answers_of(&asked, *bytes) }</div>
            if asked.saturates() { <EveryPairPanel /> }
            <p>{ "It does not say whether your model is hit: the 16-bit form saturates even on CPUs with VNNI, where PyTorch’s linear layers can be exact, and a browser may choose other instructions than PyTorch. Ask your own PyTorch: choose torch.backends.quantized.engine = 'fbgemm' before the model is prepared or loaded; if these two lines then print numbers more than one step of the output apart, and farther for larger inputs, it is this. A single step is rounding." }</p>
            <pre><code>{ "FBGEMM_ENABLE_INSTRUCTIONS=AVX2 python model.py\npython model.py" }</code></pre>
            <p class="hint">{ "On a CPU without AVX-512 VNNI the two agree and both saturate; there, choose 'qnnpack' instead and compare. The lines reach linear layers and 1×1 convolutions: other convolutions ask the CPU itself, and the default of PyTorch 2, 'x86', may leave them to oneDNN." }</p>
        </section>
    }
}

/// The nearest whole number in a slider's range; what is no number leaves it as it was.
#[expect(clippy::cast_possible_truncation, reason = "in range by the clamp")]
fn clamped(entry: &Entry, slider: Slider, before: i32) -> i32 {
    let given = match entry {
        Entry::Value(value) => Some(f64::from(*value)),
        Entry::Typed(text) => number::parse::<f64>(text),
        Entry::Reset => None,
    };
    match given.filter(|value| !value.is_nan()) {
        Some(value) => value.round().clamp(slider.min, slider.max) as i32,
        None => before,
    }
}

/// Validates the module, and only then runs it.
fn ask(bytes: ProbeBytes) -> Probe {
    let module: JsValue = Uint8Array::from(PROBE_MODULE).into();
    if !WebAssembly::validate(&module).unwrap_or(false) {
        return Probe::Lacking;
    }
    match run(bytes) {
        Ok(answers) => {
            // What tells the readings apart, whatever is asked.
            let telling = run(DEFAULT).map_or(0, |[dot, _]| dot);
            Probe::Answered { bytes, answers, telling }
        }
        Err(_) => Probe::Failed,
    }
}

fn run(bytes: ProbeBytes) -> Result<[i32; 2], JsValue> {
    let [dot, dot_add] = exports(PROBE_MODULE, ProbeBytes::exports())?;
    Ok([call(&dot, bytes.parameters())?, call(&dot_add, bytes.parameters())?])
}

fn answers_of(asked: &Probe, now: ProbeBytes) -> Html {
    match asked {
        Probe::Unasked => Html::default(),
        Probe::Lacking => html! {
            <p id="no-instruction">{ "This browser has no relaxed SIMD: it refuses the module, so there is nothing to ask. The two lines below need no browser." }</p>
        },
        Probe::Failed => html! {
            <p id="no-instruction">{ "This browser took the module and then did not run it. The two lines below need no browser." }</p>
        },
        Probe::Answered { bytes, .. } => html! {
            <>
                if *bytes != now {
                    <p class="hint">{ "The bytes have changed since. Ask again." }</p>
                }
                { for asked.answers().iter().map(|answer| answered(*bytes, answer)) }
            </>
        },
    }
}

fn answered(bytes: ProbeBytes, answer: &Answer) -> Html {
    let Answer { instruction, export, times, given, legal } = answer;
    let question = format!(
        "{} · {} + {} · {}, {times}:",
        whole(bytes.w[0].into()),
        bytes.x[0],
        whole(bytes.w[1].into()),
        bytes.x[1]
    );
    let row = |LegalAnswer { value, readings }: &LegalAnswer| {
        let is_given = value == given;
        html! {
            <tr class={is_given.then_some("chosen")}>
                <th scope="row">{ whole((*value).into()) }</th>
                <td class="reading">{ readings.join("; ") }</td>
                <td>{ if is_given { "← this browser" } else { "" } }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label={*export}>
        <table class="answers" data-instruction={*export} data-answer={given.to_string()}>
            <caption><code>{ *instruction }</code>{ " " }{ question }</caption>
            <thead><tr><th scope="col">{ "legal answer" }</th><th scope="col">{ "how it comes about" }</th><th scope="col">{ "given" }</th></tr></thead>
            <tbody>
                { for legal.iter().map(row) }
                if !answer.is_known() {
                    <tr class="chosen"><th scope="row">{ whole((*given).into()) }</th><td class="reading">{ "none of the known ways" }</td><td>{ "← this browser" }</td></tr>
                }
            </tbody>
        </table>
        </div>
    }
}
