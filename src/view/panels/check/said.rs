//! Which machine it is, and what is to be known of that.

use yew::prelude::*;

use crate::documents::WhichArithmetic;

/// What was recognised, in a sentence; its features; and whether it may be more than one machine.
pub fn said(which: &WhichArithmetic) -> Html {
    let features = which.features.join(", ");
    html! {
        <div class="machine-said" role="status">
            <p class="headline">{ which.headline() }</p>
            if !features.is_empty() {
                <p class="hint">{ format!("CPU features that decide: {features}.") }</p>
            }
            { for notes(which).into_iter().map(|note| html! { <p class="note">{ note }</p> }) }
        </div>
    }
}

/// What is to be known: a mixed fleet, an answer that depends, flags that may be hidden.
fn notes(which: &WhichArithmetic) -> Vec<String> {
    let mut notes = Vec::new();
    let depends = which.answers.iter().filter(|(_, answer)| answer.is_none()).count();
    if which.is_mixed {
        let what = if depends > 0 {
            format!("two runs of one program may differ, in {depends} rows of the table")
        } else {
            "all of them answer alike here".to_string()
        };
        notes.push(format!("More than one kind of CPU is rented out under this name: {what}."));
    } else if depends > 0 {
        let on = if which.cpu.is_some() { "the system" } else { "which of them it is" };
        notes.push(format!("{depends} rows of the table depend on {on}."));
    }
    if !which.hidden.is_empty() {
        let (hidden, count) = (which.hidden.join(", "), which.answers_if_hidden.len());
        let verb = if which.hidden.len() == 1 { "is" } else { "are" };
        let rows = if count == 1 { "1 row".to_string() } else { format!("{count} rows") };
        notes.push(format!(
            "This chip has {hidden}, which {verb} not among the flags: a hypervisor has taken it away, or an old kernel does not name it. What programs see counts; with it {rows} would answer otherwise."
        ));
    }
    notes
}
