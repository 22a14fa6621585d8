//! Why two numbers are different.

use wasm_bindgen::prelude::*;

use super::calls::read;
use super::fault::Fault;
use super::object::plain;
use crate::explain::{Entry, explain as of_entry, report::read_report};

/// The answer about an entry: an object as the package’s types have it, or the text of a report.
///
/// # Errors
/// [`Fault`] `arguments` where it does not fit together, or is beyond the limits.
#[wasm_bindgen(js_name = explain)]
pub fn explain(entry: JsValue) -> Result<JsValue, JsValue> {
    let entry: Entry = match entry.as_string() {
        Some(text) => read_report(&text).entry,
        None => read(entry)?,
    };
    let explained = of_entry(&entry).map_err(Fault::arguments)?;
    Ok(plain(&explained)?)
}
