//! [`Score`]: what was predicted, so far.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::state::Action;
use crate::story::answers::{Row, csv, rows};
use crate::view::facets::Facets;
use crate::view::files::save;
use crate::view::panels::PanelProps;
use crate::view::store::use_slice;

/// How many questions were answered, how many rightly, and all of it as a file on request, with a
/// name if a person types one. Nothing leaves the page by itself.
#[component]
pub fn Score(panel: &PanelProps) -> Html {
    let model = use_slice(&panel.store, "score", Facets::PAGE.and(Facets::VISIT));
    let rows = rows(&model);
    let answered = rows.iter().filter(|row| row.outcome.is_some()).count();
    let is_right = |row: &&Row| row.outcome.as_ref().is_some_and(|outcome| outcome.is_right);
    let right = rows.iter().filter(is_right).count();
    let again = rows.iter().filter(|row| !row.again.is_empty()).count();
    let total = rows.len();
    let (name, room) = (model.name.clone(), model.state.page.room);
    let oninput = panel.dispatch.reform(|event: InputEvent| {
        Action::NameAnswers(event.target_unchecked_into::<HtmlInputElement>().value())
    });
    let onclick = {
        let name = name.clone();
        Callback::from(move |_: MouseEvent| {
            let file = csv(&name, room, &rows);
            if let Err(error) = save("rampscope-answers.csv", "text/csv", &file) {
                gloo::console::error!("The file could not be saved:", error);
            }
        })
    };
    html! {
        <section class="score" aria-labelledby="score-title">
            <h2 id="score-title">{ "Your predictions" }</h2>
            <p id="score">{ format!("{answered} of {total} questions answered, {right} right at the first try, {again} tried again.") }</p>
            <p class="save-answers">
                <label for="answers-name">{ "Name, if the file should have one" }</label>
                <input type="text" id="answers-name" name="answers-name" autocomplete="off" maxlength="80" aria-describedby="answers-hint" value={name} {oninput} />
                <button type="button" id="save-answers" {onclick}>{ "Save as CSV" }</button>
            </p>
            <p class="hint" id="answers-hint">{ "Both stay in this tab until you save the file, and leave with it." }</p>
        </section>
    }
}
