//! Whether two machines give the same numbers, in the usual operators.

use yew::prelude::*;

use super::table::USUAL;
use crate::documents::{MachineData, WhichArithmetic, agreement};

/// The default operators of the usual libraries by what is said of both machines, and how a name that stands
/// for several is settled.
pub fn agree(data: &MachineData, one: &WhichArithmetic, other: &WhichArithmetic) -> Html {
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    for library in USUAL.iter().filter_map(|key| data.library(key)) {
        for variant in library.variants.iter().filter(|variant| variant.is_default) {
            let Some(sentence) = agreement(one, other, &variant.key) else { continue };
            let name = format!("{} ({})", library.name, variant.types);
            match said.iter_mut().find(|(own, _)| *own == sentence) {
                Some((_, names)) => names.push(name),
                None => said.push((sentence, vec![name])),
            }
        }
    }
    if said.is_empty() {
        return Html::default();
    }
    let is_open = !one.candidates.is_empty() || !other.candidates.is_empty();
    html! {
        <section class="agree" aria-labelledby="agree-title">
            <h3 id="agree-title">{ "Do they give the same numbers?" }</h3>
            <dl>
                { for said.iter().map(|(sentence, names)| html! {
                    <div><dt>{ names.join(" · ") }</dt><dd>{ sentence }</dd></div>
                }) }
            </dl>
            if is_open {
                <p class="hint">{ "To settle which it is, run lscpu there and paste what it prints." }</p>
            }
        </section>
    }
}
