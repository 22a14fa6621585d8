//! Which arithmetic a machine gives.

use std::cell::OnceCell;

use wasm_bindgen::prelude::*;

use super::calls::read;
use super::fault::Fault;
use super::object::plain;
use crate::machine::{MachineData, which_arithmetic as of_text};

thread_local! {
    /// The data, once they were handed over.
    static DATA: OnceCell<MachineData> = const { OnceCell::new() };
}

/// Takes the data of libraries and of CPUs, as their files have them; a second time changes nothing.
///
/// # Errors
/// [`Fault`] `internal` where they are damaged.
#[wasm_bindgen(js_name = takeMachines)]
pub fn take_machines(libraries: JsValue, cpus: JsValue) -> Result<(), JsValue> {
    DATA.with(|data| {
        if data.get().is_none() {
            let made = MachineData::new(read(libraries)?, read(cpus)?);
            let made = made.map_err(|fault| Fault::new("internal", fault))?;
            // Nobody else is here.
            let _ = data.set(made);
        }
        Ok(())
    })
}

/// The whole answer to a text: what `lscpu`, `/proc/cpuinfo`, `sysctl` or Windows say, a CPU's name, a
/// rented machine. The object is the one of `docs/machines.md`.
///
/// # Errors
/// [`Fault`] `arguments` for a text that is too large; `internal` before [`take_machines`].
#[wasm_bindgen(js_name = whichArithmetic)]
pub fn which_arithmetic(text: &str) -> Result<JsValue, JsValue> {
    DATA.with(|data| {
        let data = data.get().ok_or_else(|| Fault::new("internal", "there are no data"))?;
        let which = of_text(data, text).map_err(Fault::arguments)?;
        Ok(plain(&which)?)
    })
}
