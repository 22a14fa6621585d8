//! What a library's operator does, as a sign and a word.

use yew::prelude::*;

use crate::documents::Class;

/// A sign for who sees no colours, and the look of it.
const fn look(class: Class) -> (&'static str, &'static str) {
    match class {
        Class::Exact | Class::ExactByRange => ("✓", "good"),
        Class::NotAvailable => ("–", "none"),
        Class::Unknown => ("?", "none"),
        Class::PairsSaturate
        | Class::PairsSaturateShift128
        | Class::HalfScale
        | Class::Acc16Saturating
        | Class::PairsWrap => ("✗", "bad"),
    }
}

/// A class; without one it depends on which machine it is.
pub fn badge(class: Option<Class>) -> Html {
    let (sign, look, name) = match class {
        Some(class) => (look(class).0, look(class).1, class.name()),
        None => ("±", "none", "depends"),
    };
    html! { <span class={classes!("class", look)}><span aria-hidden="true">{ sign }</span>{ " " }{ name }</span> }
}
