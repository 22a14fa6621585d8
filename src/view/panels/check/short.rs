//! What the usual operators of the usual libraries do, in a line for each class.

use yew::prelude::*;

use super::class::badge;
use super::table::USUAL;
use crate::documents::{Class, MachineData, WhichArithmetic};

/// The default operators of the usual libraries by what they do, the worst first.
pub fn in_short(data: &MachineData, which: &WhichArithmetic) -> Html {
    if which.by.is_none() {
        return Html::default();
    }
    let mut classes: Vec<(Option<Class>, Vec<String>)> = Vec::new();
    for library in USUAL.iter().filter_map(|key| data.library(key)) {
        for variant in library.variants.iter().filter(|variant| variant.is_default) {
            let class = which.answer(&variant.key).map(|answer| answer.class);
            let name = format!("{} ({})", library.name, variant.types);
            match classes.iter_mut().find(|(own, _)| *own == class) {
                Some((_, names)) => names.push(name),
                None => classes.push((class, vec![name])),
            }
        }
    }
    classes.sort_by_key(|(class, _)| rank(*class));
    html! {
        <ul class="in-short">
            { for classes.iter().map(|(class, names)| html! {
                <li>{ badge(*class) }<span>{ names.join(" · ") }</span></li>
            }) }
        </ul>
    }
}

/// What is to be known first.
fn rank(class: Option<Class>) -> u8 {
    match class {
        Some(Class::Exact | Class::ExactByRange) => 2,
        Some(Class::NotAvailable | Class::Unknown) => 3,
        Some(_) => 0,
        None => 1,
    }
}
