//! [`CursorKey`]: the keys that move the cursor of a figure.

use yew::prelude::*;

/// Codes that Page Up and Page Down move the cursor by, and the arrows with Shift.
const PAGE: i32 = 16;

/// Where a key sends the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CursorKey {
    /// That many places to the right.
    Step(i32),
    /// To the lower end of the sweep.
    From,
    /// To the upper end of the sweep.
    To,
}

impl CursorKey {
    /// What a [`plain_key`] does, with Shift or without.
    pub fn of(key: &str, with_shift: bool) -> Option<CursorKey> {
        let fine = if with_shift { PAGE } else { 1 };
        Some(match key {
            "ArrowLeft" | "ArrowDown" => CursorKey::Step(-fine),
            "ArrowRight" | "ArrowUp" => CursorKey::Step(fine),
            "PageDown" => CursorKey::Step(-PAGE),
            "PageUp" => CursorKey::Step(PAGE),
            "Home" => CursorKey::From,
            "End" => CursorKey::To,
            _ => return None,
        })
    }
}

/// The key that is pressed, unless it belongs to a shortcut of the browser.
pub fn plain_key(event: &KeyboardEvent) -> Option<String> {
    (!event.ctrl_key() && !event.meta_key() && !event.alt_key()).then(|| event.key())
}
