//! What was predicted, as rows and as a file.

use super::STEPS;
use super::step::Outcome;
use crate::state::groups::Page;
use crate::state::{Session, State};

/// A question and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The question's key.
    pub question: &'static str,
    /// The first answer as given; empty without one.
    pub given: String,
    /// What came of it; `None` without an answer.
    pub outcome: Option<Outcome>,
    /// The last answer as given, after a hint or the right one; empty without one.
    pub again: String,
}

/// Every question of the story in its order, for the session's room.
pub fn rows(session: &Session) -> Vec<Row> {
    let Page { room, theme, locked, .. } = session.state.page;
    let questions = STEPS.iter().flat_map(|step| {
        let base = step.state(room, theme, locked);
        step.questions.iter().map(move |question| (question, base.clone()))
    });
    let row = |(question, base): (&super::step::Question, State)| {
        let tries = session.answers.get(&(question.key, room));
        let given = tries.map(|tries| tries.first.clone());
        let outcome = given.as_ref().and_then(|given| question.judge(&base, given));
        let again = tries.and_then(|tries| tries.last.clone()).unwrap_or_default();
        Row { question: question.key, given: given.unwrap_or_default(), outcome, again }
    };
    questions.map(row).collect()
}

/// The rows as a file for a spreadsheet.
pub fn csv(name: &str, room: u32, rows: &[Row]) -> String {
    let name = quoted(&harmless(name.trim()));
    let mut csv = "name,room,question,given,right,is_right,again\n".to_string();
    for Row { question, given, outcome, again } in rows {
        let (right, is_right) = match outcome {
            Some(outcome) => (outcome.right.as_str(), if outcome.is_right { "1" } else { "0" }),
            None => ("", ""),
        };
        let [given, right, again] = [given, right, again].map(quoted);
        csv += &format!("{name},{room},{question},{given},{right},{is_right},{again}\n");
    }
    csv
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A teacher opens the files of others: no name is a formula there.
fn harmless(text: &str) -> String {
    let text: String = text.chars().filter(|one| !one.is_control()).collect();
    if text.starts_with(['=', '+', '-', '@']) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, Deriver, Query};

    #[test]
    fn every_question_has_a_row_and_a_name_cannot_break_it() {
        let open = Session::open("#/story?room=3");
        let derived = Deriver::default().derive(&open.state);
        let answer =
            Action::Answer { question: "safe", given: "174".into(), reveal: Query::default() };
        let session = open.act(&derived, &answer);
        let rows = rows(&session);
        assert_eq!(rows.len(), STEPS.iter().map(|step| step.questions.len()).sum::<usize>());
        let csv = csv(" =Ada \"L\", table 3\n", 3, &rows);
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 1 + rows.len());
        assert_eq!(lines[0], "name,room,question,given,right,is_right,again");
        assert_eq!(lines[1], r#""'=Ada ""L"", table 3",3,code,"","",,"""#);
        assert_eq!(lines[2], r#""'=Ada ""L"", table 3",3,safe,"174","174",1,"""#);
    }
}
