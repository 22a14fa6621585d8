//! [`TypedEntry`]: what stands in the fields of an entry, whether a link holds it or not.

use std::rc::Rc;

use crate::explain::report::{ReportText, read_report};
use crate::explain::{Draft, Field};
use crate::state::schema::MOST_ENTRY_BYTES;

/// What stands in the fields, and the report that it was read from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TypedEntry {
    /// The fields.
    pub draft: Draft,
    /// What a link keeps of them: all, or nothing where that is too long.
    pub kept: String,
    /// The text of a report, and what it holds.
    pub report: Option<(String, Rc<ReportText>)>,
    /// What of the fields no hand has typed: they came from a report, an example, a file or a link.
    given: Draft,
}

impl TypedEntry {
    /// What is typed where the state still keeps what was kept of it; else what the state says.
    pub fn of(typed: Option<&TypedEntry>, kept: &str) -> TypedEntry {
        match typed {
            Some(typed) if typed.kept == kept => typed.clone(),
            _ => TypedEntry::given(Draft::read(kept)),
        }
    }

    /// All fields at once, from an example, a file or a link.
    pub fn given(draft: Draft) -> TypedEntry {
        TypedEntry { given: draft.clone(), ..TypedEntry::default() }.with(draft)
    }

    /// Other texts in the fields.
    #[must_use]
    pub fn with(self, draft: Draft) -> TypedEntry {
        let mut kept = draft.written();
        if kept.len() > MOST_ENTRY_BYTES {
            kept.clear();
        }
        TypedEntry { draft, kept, ..self }
    }

    /// Another text of a field. A whole report, pasted into the field of an operand, is read as one.
    #[must_use]
    pub fn entered(self, field: Field, text: String) -> TypedEntry {
        let operands = [Field::A, Field::B];
        let is_prose = text.trim().lines().count() > 1 && text.contains(char::is_alphabetic);
        if operands.contains(&field) && is_prose {
            let read = TypedEntry::default().reported(text.clone());
            if operands.iter().all(|operand| !read.draft.get(*operand).is_empty()) {
                return read;
            }
        }
        let draft = self.draft.clone().with(field, text);
        self.with(draft)
    }

    /// Another text of a report: what it names goes into the fields, what was typed beside it stays.
    #[must_use]
    pub fn reported(self, text: String) -> TypedEntry {
        if text.trim().is_empty() {
            return TypedEntry { report: None, ..self };
        }
        let found = read_report(&text);
        let given = Draft::from(&found.entry);
        let report = Some((text, Rc::new(found)));
        if given.is_empty() {
            return TypedEntry { report, ..self };
        }
        let draft = given.clone().read_over(&self.draft, &self.given);
        TypedEntry { report, given, ..self }.with(draft)
    }

    /// Whether it is too long for a link.
    pub fn is_long(&self) -> bool {
        self.kept.is_empty() && !self.draft.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "x=[255,255] u8, w=[127,127] s8, observed 32767, wanted 64770";

    fn of(typed: &TypedEntry, field: Field) -> &str {
        typed.draft.get(field)
    }

    #[test]
    fn a_report_goes_into_the_fields_and_what_is_typed_stays() {
        let typed = TypedEntry::default().reported(ONE.into());
        assert_eq!([of(&typed, Field::A), of(&typed, Field::Label1)], ["255, 255", "observed"]);
        // A text that names nothing empties nothing.
        let said = typed.clone().reported("hello".into());
        assert_eq!(of(&said, Field::A), "255, 255");
        assert_eq!(said.report.as_ref().map(|(text, _)| text.as_str()), Some("hello"));
        // A type that was corrected stays when the text goes on.
        let draft = typed.draft.clone().with(Field::AType, "s8").with(Field::Bias, "7");
        let typed = typed.with(draft).reported(format!("{ONE}. zp_x = 3"));
        let fields = [Field::AType, Field::Bias, Field::AZeroPoint];
        assert_eq!(fields.map(|field| of(&typed, field)), ["s8", "7", "3"]);
    }

    #[test]
    fn a_report_after_an_example_is_the_report_alone() {
        let example = Draft::default().with(Field::A, "1, 2").with(Field::AZeroPoint, "9");
        let typed = TypedEntry::given(example).reported(ONE.into());
        assert_eq!([of(&typed, Field::A), of(&typed, Field::AZeroPoint)], ["255, 255", ""]);
        assert_eq!(TypedEntry::given(Draft::default()).report, None);
    }

    #[test]
    fn a_report_in_the_field_of_an_operand_is_read_as_one() {
        let text = ONE.replace(", w", "\nw");
        let typed = TypedEntry::default().entered(Field::B, text.clone());
        assert_eq!([of(&typed, Field::A), of(&typed, Field::B)], ["255, 255", "127, 127"]);
        assert_eq!(typed.report.as_ref().map(|(own, _)| own), Some(&text));
        // A matrix that a program printed names no other one.
        let matrix = "array([[1, 2],\n[3, 4]], dtype=uint8)";
        let typed = TypedEntry::default().entered(Field::B, matrix.into());
        assert_eq!((of(&typed, Field::B), typed.report.is_none()), (matrix, true));
        let typed = TypedEntry::default().entered(Field::Seen1, text.clone());
        assert_eq!(of(&typed, Field::Seen1), text);
    }

    #[test]
    fn what_is_too_long_for_a_link_is_kept_here() {
        let long = Draft::default().with(Field::A, "1, ".repeat(MOST_ENTRY_BYTES));
        let typed = TypedEntry::default().with(long);
        assert!(typed.is_long() && typed.kept.is_empty());
        assert_eq!(TypedEntry::of(Some(&typed), ""), typed);
        // A link that was opened since says something else.
        assert_eq!(of(&TypedEntry::of(Some(&typed), "a=5"), Field::A), "5");
        assert!(!TypedEntry::default().is_long());
    }
}
