//! [`FilePanel`]: what is said of a file: a sentence first.

use yew::prelude::*;

use super::machine::on_machine;
use super::pictures::{first_codes, map};
use super::table::ProductTable;
use super::take::Take;
use crate::documents::{FileVerdict, LinkedVerdict, MachineData, ProductLine};
use crate::state::choices::Ask;
use crate::state::{State, View, link};
use crate::view::hooks::use_open;
use crate::view::model::Shared;
use crate::view::panels::PanelProps;

/// Tensors that cannot be used, and are named.
const SOME_BROKEN: usize = 5;

/// Properties of [`FilePanel`].
#[derive(Properties, PartialEq)]
pub struct FileProps {
    /// The state, and what takes an action.
    pub panel: PanelProps,
    /// All files.
    pub files: Shared<Vec<FileVerdict>>,
    /// Which of them.
    pub index: usize,
    /// Whether it is open from the start.
    pub is_open: bool,
    /// The machine that is chosen in Check; empty for none.
    pub machine: String,
    /// The data of machines, if one is chosen.
    pub data: Option<Shared<MachineData>>,
}

/// The sentence, what makes it exact, what it means on the machine of Check; then pictures and products.
#[component]
pub fn FilePanel(props: &FileProps) -> Html {
    let (is_unfolded, ontoggle) = use_open();
    let Some(file) = props.files.get(props.index) else { return Html::default() };
    let is_error = file.outcome == "error";
    let hit: Vec<&ProductLine> = file.lines.iter().filter(|line| line.is_hit()).collect();
    let is_read = file.outcome == "read";
    let more = || {
        html! {
            <>
                if !hit.is_empty() {
                    <div class="hit-pictures">{ first_codes(&hit) }{ map(file) }</div>
                }
                { for file.broken.iter().take(SOME_BROKEN).map(|(name, why)| html! { <p class="unavailable">{ format!("{name}: {why}") }</p> }) }
                if file.broken.len() > SOME_BROKEN {
                    <p class="hint">{ format!("and {} tensors more that cannot be used", file.broken.len() - SOME_BROKEN) }</p>
                }
                if !file.lines.is_empty() {
                    <ProductTable panel={props.panel.clone()} files={props.files.clone()} index={props.index} />
                }
            </>
        }
    };
    let has_more = !file.lines.is_empty() || !file.broken.is_empty();
    html! {
        <section class="panel file-verdict" data-outcome={file.outcome.clone()}>
            <h3 class="file-name">{ &file.file }</h3>
            if let Some(happens) = &file.happens {
                <p class="sentence happens">{ happens }</p>
            }
            <p class={classes!("sentence", is_error.then_some("unavailable"), (!hit.is_empty()).then_some("is-hit"))} role={is_error.then_some("alert")}>{ &file.sentence }</p>
            if let Some(cure) = &file.cure {
                <p class="cure">{ cure }{ " Worst case: some input reaches it; a usual one need not." }</p>
            }
            if !hit.is_empty() {
                if let Some(data) = &props.data {
                    { on_machine(data, &props.machine, file) }
                } else if props.machine.is_empty() {
                    <p class="hint"><a href={in_check()}>{ "Which is my machine?" }</a></p>
                }
            }
            if let Some(remark) = &file.remark {
                <p class="hint">{ remark }</p>
            }
            if has_more && props.is_open {
                { more() }
            } else if has_more {
                <details {ontoggle}><summary>{ "Its products" }</summary>if is_unfolded { { more() } }</details>
            }
            if is_read && props.files.iter().position(|one| one.outcome == "read") == Some(props.index) {
                <Take panel={props.panel.clone()} files={props.files.clone()} />
            }
        </section>
    }
}

/// The question of Check that tells what a machine does.
fn in_check() -> String {
    let mut there = State::default();
    (there.page.view, there.check.ask) = (View::Check, Ask::Machine);
    link::write(&there)
}

/// A verdict of a link; `None` where the link has none.
pub fn linked(state: &State) -> Option<Html> {
    let text = &state.model.verdict;
    if text.is_empty() {
        return None;
    }
    let Some(LinkedVerdict { file, sentence, cure }) = LinkedVerdict::of(text) else {
        return Some(html! {
            <section class="panel"><p class="unavailable" role="alert">{ "The link’s verdict cannot be read: it is not as this page writes it. Drop the file itself." }</p></section>
        });
    };
    Some(html! {
        <section class="panel file-verdict" id="linked-verdict">
            <h3 class="file-name">{ file }</h3>
            <p class="sentence">{ sentence }</p>
            if let Some(cure) = cure {
                <p class="cure">{ cure }</p>
            }
            <p class="hint">{ "This is what the link says; the file is not in it. Drop the file to see it checked, product by product." }</p>
        </section>
    })
}
