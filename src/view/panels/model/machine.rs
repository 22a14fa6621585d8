//! What a file's verdict means on the machine that is chosen in Check.

use std::collections::BTreeSet;

use yew::prelude::*;

use crate::documents::{Class, FileVerdict, MachineData, asked};

/// The machine, and what becomes there of the products that can saturate; nothing where there are none.
pub fn on_machine(data: &MachineData, text: &str, file: &FileVerdict) -> Html {
    let hit = file.lines.iter().filter(|line| line.is_hit());
    let keys: BTreeSet<&str> = hit.filter_map(|line| line.variant.as_deref()).collect();
    let Ok(which) = asked(data, text) else { return Html::default() };
    if keys.is_empty() || which.by.is_none() {
        return Html::default();
    }
    let answers: Vec<_> = keys.iter().map(|key| which.answer(key)).collect();
    let is_all = |of: fn(Class) -> bool| {
        answers.iter().all(|answer| answer.is_some_and(|answer| of(answer.class)))
    };
    let exact = |class| matches!(class, Class::Exact | Class::ExactByRange);
    let pairs = |class| matches!(class, Class::PairsSaturate | Class::PairsSaturateShift128);
    let known = |class| !matches!(class, Class::Unknown | Class::NotAvailable);
    let (class, said) = if is_all(exact) {
        ("safe", "it does not happen on your machine")
    } else if is_all(pairs) {
        ("hit", "it can happen on your machine")
    } else if is_all(known) {
        ("hit", "your machine adds some of them in other ways; Check has each")
    } else {
        ("unknown", "of your machine it is not known, or depends on what it is")
    };
    let reasons: BTreeSet<&str> = answers.iter().flatten().map(|answer| answer.because).collect();
    let reasons: Vec<&str> = reasons.into_iter().collect();
    html! {
        <p class={classes!("on-machine", class)}>
            <strong>{ format!("{}{}: ", said[..1].to_uppercase(), &said[1..]) }</strong>
            { format!("{} {}", which.headline(), reasons.join(" ")) }
        </p>
    }
}
