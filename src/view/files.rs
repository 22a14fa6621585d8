//! Files: fetched from beside the page, chosen by a person, or given to them.

use std::cell::RefCell;

use js_sys::{Array, JSON, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Response, Url};

use crate::documents::{FetchFault, FileFault, Json, admit};

thread_local! {
    /// Where the files beside the app lie; empty where that is the page's own folder.
    static BASE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// From now on the files beside the app are fetched from this address, which ends with `/`.
#[cfg(feature = "api")]
pub fn set_base(address: &str) {
    BASE.set(address.to_string());
}

/// The folder that the app's files were said to lie in.
pub fn folder() -> Option<String> {
    BASE.with_borrow(|base| (!base.is_empty()).then(|| base.clone()))
}

/// The address of a file beside the app.
pub fn beside(name: &str) -> String {
    BASE.with_borrow(|base| format!("{base}{name}"))
}

/// The text of a file beside the app; that of an element of the page with such an id where the
/// page is a single file.
///
/// # Errors
/// Why there is none.
pub async fn fetch_text(name: &str) -> Result<String, FetchFault> {
    if let Some(inlined) = gloo::utils::document().get_element_by_id(name) {
        return Ok(inlined.text_content().unwrap_or_default());
    }
    let address = beside(name);
    let unreachable = |_: JsValue| FetchFault::Unanswered;
    let response = JsFuture::from(gloo::utils::window().fetch_with_str(&address))
        .await
        .and_then(|response| response.dyn_into::<Response>())
        .map_err(unreachable)?;
    if !response.ok() {
        return Err(FetchFault::Status(response.status()));
    }
    let text = response.text().map_err(unreachable)?;
    Ok(JsFuture::from(text).await.map_err(unreachable)?.as_string().unwrap_or_default())
}

/// The text of a file that a person chose or dropped.
///
/// # Errors
/// If it is larger than [`admit`] lets through, or cannot be read.
pub async fn read_file(file: File) -> Result<String, FileFault> {
    #[expect(clippy::cast_possible_truncation, reason = "sizes are whole numbers far below 2⁵³")]
    let bytes = file.size() as u64;
    admit(bytes)?;
    let text = JsFuture::from(file.text()).await.map_err(|_| FileFault::Unreadable)?;
    Ok(text.as_string().unwrap_or_default())
}

/// The browser's JSON.
impl Json for JsValue {
    fn parse(text: &str) -> Option<JsValue> {
        JSON::parse(text).ok()
    }

    fn set(&self) -> Option<String> {
        Reflect::get(self, &"set".into()).ok()?.as_string()
    }

    fn typed<T: DeserializeOwned>(self) -> Result<T, String> {
        serde_wasm_bindgen::from_value(self).map_err(|error| reason(&error))
    }
}

/// A value as JSON, a line for each field where it `is_spread`.
///
/// # Errors
/// If the browser makes none of it; no type of this crate is one.
pub fn json_of(value: &impl Serialize, is_spread: bool) -> Result<String, JsValue> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?;
    let space = if is_spread { 1.into() } else { JsValue::UNDEFINED };
    JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &space).map(String::from)
}

/// What a reader stumbled over, without the word “Error”.
fn reason(error: &serde_wasm_bindgen::Error) -> String {
    let text = error.to_string();
    text.strip_prefix("Error: ").unwrap_or(&text).to_string()
}

/// Copies a text, and gives whether the browser let it.
pub async fn copy_text(text: &str) -> bool {
    let navigator = gloo::utils::window().navigator();
    // Missing outside of secure contexts.
    let clipboard = Reflect::get(&navigator, &"clipboard".into());
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}

/// Gives a person a text as a file. Nothing leaves the browser.
///
/// # Errors
/// If the browser gives no addresses for files of a page.
pub fn save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    save_part(name, kind, &text.into())
}

/// The same for bytes.
///
/// # Errors
/// As [`save`].
pub fn save_bytes(name: &str, kind: &str, bytes: &[u8]) -> Result<(), JsValue> {
    save_part(name, kind, &Uint8Array::from(bytes).into())
}

fn save_part(name: &str, kind: &str, part: &JsValue) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_blob_sequence_and_options(&Array::of1(part), &options)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let document = gloo::utils::document();
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&address)
}
