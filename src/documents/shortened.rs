//! [`shortened`]: a text as long as a link takes it.

use crate::state::schema::MOST_VERDICT_BYTES;

/// As much of a text as a link takes.
pub(super) fn shortened(text: &str) -> String {
    let most = MOST_VERDICT_BYTES;
    if text.len() <= most {
        return text.to_string();
    }
    let end = (0..=most - 3).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    format!("{}…", &text[..end])
}
