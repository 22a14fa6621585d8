//! [`MachineTable`]: every library's operators on one machine, or on two side by side.

use std::collections::BTreeSet;

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::class::badge;
use super::details::details;
use crate::documents::{
    Class, Library, MachineAnswer, MachineData, Variant, WhichArithmetic, asked, engine_of,
};
use crate::state::{Engine, State, View, link};
use crate::view::model::{Model, Shared};

/// The libraries that most people run, which stand first; the others are unfolded.
pub(super) const USUAL: [&str; 8] = [
    "pytorch_x86",
    "fbgemm",
    "pytorch_onednn",
    "torch_int_mm",
    "onnxruntime",
    "openvino",
    "tflite",
    "onednn",
];

/// Properties of [`MachineTable`].
#[derive(Properties, PartialEq)]
pub struct MachineTableProps {
    /// The data.
    pub data: Shared<MachineData>,
    /// What is asked.
    pub text: String,
    /// Another machine beside it; empty for none.
    pub beside: String,
    /// What is shown now: where the Lab is opened from.
    pub model: Shared<Model>,
}

/// One machine's answers, with what they are called where there are two.
struct Column<'a> {
    name: Option<&'static str>,
    which: WhichArithmetic<'a>,
}

/// A row a variant, grouped by library; what stands behind it is unfolded. Of two machines the rows that
/// differ are marked, and can be shown alone.
#[component]
pub fn MachineTable(props: &MachineTableProps) -> Html {
    let data = &props.data;
    let opened = use_state_eq(|| None::<String>);
    let finds = use_state_eq(String::new);
    let only = use_state_eq(|| false);
    let all = use_state_eq(|| false);
    let columns = columns(props);
    if columns.is_empty() {
        return Html::default();
    }
    // What depends on which machine it is may differ.
    let mut is_certain = true;
    let differing: BTreeSet<&str> = match columns.as_slice() {
        [one, other] => {
            let both = crate::documents::differences(&one.which, &other.which);
            is_certain = both.iter().all(|one| one.one.is_some() && one.other.is_some());
            both.into_iter().map(|one| one.variant.key.as_str()).collect()
        }
        _ => BTreeSet::new(),
    };
    let words: Vec<String> = finds.split_whitespace().map(str::to_lowercase).collect();
    let is_found = |library: &Library, variant: &Variant| {
        let text = format!("{} {} {} {}", library.name, variant.name, variant.types, variant.key);
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let has_two = columns.len() == 2;
    let found = data.variants().filter(|(library, variant)| is_found(library, variant));
    let found_differing = found.filter(|(_, one)| differing.contains(one.key.as_str())).count();
    let is_shown = |library: &Library, variant: &Variant| {
        is_found(library, variant)
            && (!(*only && has_two) || differing.contains(variant.key.as_str()))
    };
    let shows_all = *all || !words.is_empty() || *only && has_two;
    let usual = USUAL.iter().filter_map(|key| data.library(key));
    let others = data.libraries().iter().filter(|one| !USUAL.contains(&one.key.as_str()));
    let count = others.clone().count();
    let libraries = usual.chain(others.filter(|_| shows_all));
    let group = |library: &Library| {
        let rows: Vec<Html> = library
            .variants
            .iter()
            .filter(|variant| is_shown(library, variant))
            .map(|variant| {
                let differs = differing.contains(variant.key.as_str());
                row(props, &columns, (library, variant), differs, &opened)
            })
            .collect();
        if rows.is_empty() {
            return Html::default();
        }
        html! {
            <tbody key={library.key.clone()}>
                <tr class="library"><th colspan={(columns.len() + 2).to_string()} scope="rowgroup">{ library.name.clone() }</th></tr>
                { for rows }
            </tbody>
        }
    };
    let find = {
        let finds = finds.clone();
        Callback::from(move |event: InputEvent| {
            finds.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let toggle = |flag: &UseStateHandle<bool>| {
        let flag = flag.clone();
        Callback::from(move |_: Event| flag.set(!*flag))
    };
    let more = {
        let all = all.clone();
        Callback::from(move |_: MouseEvent| all.set(!*all))
    };
    let groups: Vec<Html> = libraries.map(group).collect();
    html! {
        <>
            <div class="answers-bar">
                <label for="find-library">{ "Find " }<input type="text" id="find-library" placeholder="onnx, conv, dynamic …" oninput={find} /></label>
                if has_two {
                    <label class="tick"><input type="checkbox" id="only-differing" checked={*only} onchange={toggle(&only)} /><span>{ format!("only the {found_differing} that {}", if is_certain { "differ" } else { "may differ" }) }</span></label>
                }
            </div>
            <p class="hint">{ "recorded: the released library was run with these CPU features, not on your machine · read: in its source · documented: by its owner · unknown: nobody has looked" }</p>
            <div class="scroll" tabindex="0" role="region" aria-label="Libraries and what they do">
            <table id="answers">
                <caption class="visually-hidden">{ "What each library’s integer operators do on this machine" }</caption>
                <thead><tr>
                    <th scope="col">{ "operator" }</th>
                    { for columns.iter().map(|one| html! { <th scope="col">{ one.name.unwrap_or("what it does") }</th> }) }
                    <th scope="col">{ "why" }</th>
                </tr></thead>
                { for groups }
            </table>
            </div>
            if words.is_empty() && !(*only && has_two) {
                <button type="button" id="more-libraries" aria-expanded={all.to_string()} onclick={more}>
                    { if *all { "Fewer libraries".to_string() } else { format!("{count} more libraries") } }
                </button>
            }
        </>
    }
}

fn columns(props: &MachineTableProps) -> Vec<Column<'_>> {
    let names = match props.beside.is_empty() {
        true => [None; 2],
        false => [Some("machine 1"), Some("machine 2")],
    };
    let texts = [&props.text, &props.beside].into_iter().zip(names);
    let asked = texts.filter(|(text, _)| !text.is_empty()).filter_map(|(text, name)| {
        let which = asked(&props.data, text).ok()?;
        which.by.is_some().then_some(Column { name, which })
    });
    asked.collect()
}

fn row(
    props: &MachineTableProps,
    columns: &[Column<'_>],
    (library, variant): (&Library, &Variant),
    differs: bool,
    opened: &UseStateHandle<Option<String>>,
) -> Html {
    let answers: Vec<(Option<&str>, &WhichArithmetic, Option<MachineAnswer>)> = columns
        .iter()
        .map(|one| (one.name, &one.which, one.which.answer(&variant.key).copied()))
        .collect();
    let is_open = opened.as_ref() == Some(&variant.key);
    let toggle = {
        let (opened, key) = (opened.clone(), variant.key.clone());
        Callback::from(move |_: MouseEvent| opened.set((!is_open).then(|| key.clone())))
    };
    let cell = |(_, which, answer): &(Option<&str>, &WhichArithmetic, Option<MachineAnswer>)| {
        let engine = answer.and_then(|answer| engine_on(props, which, variant, &answer));
        html! {
            <td class="what">
                { badge(answer.map(|answer| answer.class)) }
                if let Some(engine) = engine {
                    <a class="to-lab" href={in_lab(&props.model.state, engine)} title={engine.name()}>{ "Lab" }<span class="visually-hidden">{ format!(": {}", engine.name()) }</span></a>
                }
            </td>
        }
    };
    let sure = answers.iter().filter_map(|(_, _, answer)| answer.map(|one| one.confidence)).max();
    let sure = sure.map_or("", |sure| sure.key());
    let columns = (answers.len() + 2).to_string();
    html! {
        <>
            <tr class={classes!(differs.then_some("differs"))}>
                <th scope="row">
                    <button type="button" class="disclose" aria-expanded={is_open.to_string()} onclick={toggle}>{ variant.name.clone() }</button>
                    <span class="types">{ variant.types.clone() }</span>
                </th>
                { for answers.iter().map(cell) }
                <td class="because">{ because(variant, &answers) }if !sure.is_empty() { <span class="known">{ sure }</span> }</td>
            </tr>
            if is_open {
                <tr class="about"><td colspan={columns}>{ details(&props.data, (library, variant), &answers) }</td></tr>
            }
        </>
    }
}

/// The reason, of each machine where they differ.
fn because(
    variant: &Variant,
    answers: &[(Option<&str>, &WhichArithmetic, Option<MachineAnswer>)],
) -> String {
    let said: Vec<String> = answers
        .iter()
        .map(|(_, which, answer)| match answer {
            Some(answer) => answer.because.to_string(),
            None => depends(variant, which),
        })
        .collect();
    match said.as_slice() {
        [one, other] if one != other => format!("1: {one} 2: {other}"),
        [one, ..] => one.clone(),
        [] => String::new(),
    }
}

/// What it depends on: `Exact on AMD Zen 4. Pairs saturate on AMD Zen 3 and Zen 3+.`
fn depends(variant: &Variant, which: &WhichArithmetic) -> String {
    let mut classes: Vec<(Class, Vec<String>)> = Vec::new();
    for candidate in &which.candidates {
        let answer = candidate.answers.iter().find(|(own, _)| own.key == variant.key);
        let Some((_, answer)) = answer else { continue };
        let name = which.name_of(candidate);
        match classes.iter_mut().find(|(class, _)| *class == answer.class) {
            Some((_, names)) => names.push(name),
            None => classes.push((answer.class, vec![name])),
        }
    }
    let sentence = |(class, names): &(Class, Vec<String>)| {
        let on = if which.cpu.is_some() { "under" } else { "on" };
        format!("{} {on} {}.", capital(class.name()), names.join("; "))
    };
    classes.iter().map(sentence).collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The engine that does the same, on the first machine that it may be.
fn engine_on(
    props: &MachineTableProps,
    which: &WhichArithmetic,
    variant: &Variant,
    answer: &MachineAnswer,
) -> Option<Engine> {
    if matches!(answer.class, Class::Unknown | Class::NotAvailable) {
        return None;
    }
    let machine = which.machine()?;
    engine_of(&props.data, variant, answer, (machine.arch, machine.features))
}

/// The Lab with that engine, on the layer that was there.
fn in_lab(state: &State, engine: Engine) -> String {
    let mut there = state.clone();
    there.page.view = View::Lab;
    there.arithmetic.engine = engine;
    link::write(&there)
}
