//! [`Fault`]: what JavaScript catches.

use std::fmt::Display;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

/// Something that could not be done: becomes an `Error` with a `code` and a `message`.
#[derive(Debug)]
pub struct Fault {
    code: &'static str,
    message: String,
}

impl Fault {
    /// A fault of a kind. Codes are part of the interface: they never change.
    pub fn new(code: &'static str, message: impl Display) -> Fault {
        Fault { code, message: message.to_string() }
    }

    /// Arguments that are not what the function takes.
    pub fn arguments(message: impl Display) -> Fault {
        Fault::new("arguments", message)
    }
}

impl From<Fault> for JsValue {
    fn from(fault: Fault) -> JsValue {
        let error = js_sys::Error::new(&fault.message);
        error.set_name("RampscopeError");
        // Fails for sealed objects only.
        let _ = Reflect::set(&error, &"code".into(), &fault.code.into());
        error.into()
    }
}
