//! Plain objects for JavaScript.

use js_sys::{Float32Array, Float64Array, Int32Array, Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::fault::Fault;

/// Sets a property. A fresh object takes every one.
pub fn set(object: &Object, key: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &key.into(), &value.into());
}

/// Anything serializable as plain objects and arrays; what is missing is `null`.
///
/// # Errors
/// If it has no form in JavaScript; no type of this crate is one.
pub fn plain(value: &(impl Serialize + ?Sized)) -> Result<JsValue, Fault> {
    value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .map_err(|error| Fault::new("internal", error))
}

/// Numbers as an array of their type.
pub trait Typed {
    /// The typed array.
    fn typed(&self) -> JsValue;
}

impl Typed for [i32] {
    fn typed(&self) -> JsValue {
        Int32Array::from(self).into()
    }
}

impl Typed for [f32] {
    fn typed(&self) -> JsValue {
        Float32Array::from(self).into()
    }
}

impl Typed for [f64] {
    fn typed(&self) -> JsValue {
        Float64Array::from(self).into()
    }
}

/// Output codes; `null` where an engine returns none.
impl Typed for [Option<i32>] {
    fn typed(&self) -> JsValue {
        #[expect(clippy::cast_possible_truncation, reason = "a quint8 code is within 0 to 255")]
        let codes: Option<Vec<u8>> = self.iter().map(|code| code.map(|code| code as u8)).collect();
        codes.map_or(JsValue::NULL, |codes| Uint8Array::from(codes.as_slice()).into())
    }
}
