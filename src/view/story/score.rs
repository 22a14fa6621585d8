//! [`Score`]: what was predicted, at the end.

use yew::prelude::*;

use crate::story::STEPS;
use crate::story::step::Outcome;
use crate::view::files::save;
use crate::view::panels::PanelProps;

/// How many questions were answered, how many rightly, and all of it as a file on request.
/// Nothing leaves the page by itself.
#[component]
pub fn Score(panel: &PanelProps) -> Html {
    let state = &panel.model.state;
    let rows: Vec<Row> = STEPS
        .iter()
        .flat_map(|step| {
            let base = step.state(state.room, state.theme, state.locked);
            step.questions.iter().map(move |question| {
                let given = panel.model.answers.get(&(question.key, state.room)).cloned();
                let outcome = given.as_ref().and_then(|given| question.judge(&base, given));
                Row { question: question.key, given: given.unwrap_or_default(), outcome }
            })
        })
        .collect();
    let answered = rows.iter().filter(|row| row.outcome.is_some()).count();
    let is_right = |row: &&Row| row.outcome.as_ref().is_some_and(|outcome| outcome.is_right);
    let right = rows.iter().filter(is_right).count();
    let total = rows.len();
    let room = state.room;
    let onclick = Callback::from(move |_: MouseEvent| {
        if let Err(error) = save("rampscope-answers.csv", "text/csv", &csv(room, &rows)) {
            gloo::console::error!("The file could not be saved:", error);
        }
    });
    html! {
        <section class="panel score" aria-labelledby="score-title">
            <h2 id="score-title">{ "Your predictions" }</h2>
            <p id="score">{ format!("{answered} of {total} questions answered, {right} of them right.") }</p>
            <button type="button" id="save-answers" {onclick}>{ "Save as CSV" }</button>
        </section>
    }
}

/// A question and what came of it.
struct Row {
    question: &'static str,
    given: String,
    outcome: Option<Outcome>,
}

fn csv(room: u32, rows: &[Row]) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut csv = "room,question,given,right,is_right\n".to_string();
    for Row { question, given, outcome } in rows {
        let (is_right, right) = match outcome {
            Some(outcome) => (if outcome.is_right { "1" } else { "0" }, outcome.right.as_str()),
            None => ("", ""),
        };
        csv += &format!("{room},{question},{},{},{is_right}\n", quoted(given), quoted(right));
    }
    csv
}
