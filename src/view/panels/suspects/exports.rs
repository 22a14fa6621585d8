//! Functions of a small WebAssembly module.

use js_sys::{Function, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;

/// The functions that a module without imports exports under some names.
///
/// # Errors
/// If the browser does not take the module, or it has no such function.
pub fn exports<const N: usize>(module: &[u8], names: [&str; N]) -> Result<[Function; N], JsValue> {
    let module = WebAssembly::Module::new(&Uint8Array::from(module).into())?;
    let exports = WebAssembly::Instance::new(&module, &Object::new())?.exports();
    let all: Result<Vec<Function>, JsValue> =
        names.iter().map(|name| Reflect::get(&exports, &(*name).into())?.dyn_into()).collect();
    all?.try_into().map_err(|_| JsValue::NULL)
}

/// Calls a function of two `i32`s that gives one.
///
/// # Errors
/// What it threw, or what it gave that is no number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "an i32 of WebAssembly is a whole number in JavaScript"
)]
pub fn call(function: &Function, [one, other]: [i32; 2]) -> Result<i32, JsValue> {
    let given = function.call2(&JsValue::NULL, &one.into(), &other.into())?;
    Ok(given.as_f64().ok_or(given)? as i32)
}
