//! [`JsSource`] and [`JsFolder`]: files that JavaScript reads.

use std::rc::Rc;

use js_sys::{Error, Function, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::tensor::{Companions, Source, SourceError};

/// Bytes that a function reads: `read(offset, length)` gives a `Uint8Array` of that length.
pub struct JsSource {
    size: u64,
    read: Function,
}

/// The largest whole number below which a float has all others.
const MOST_SIZE: f64 = 9_007_199_254_740_991.0;

impl JsSource {
    /// A source of so many bytes. `None` if that is no size.
    pub fn new(size: f64, read: Function) -> Option<JsSource> {
        let is_size = (0.0..=MOST_SIZE).contains(&size) && size.fract() == 0.0;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a whole number from 0 to 2⁵³ − 1"
        )]
        is_size.then(|| JsSource { size: size as u64, read })
    }
}

impl Source for JsSource {
    fn size(&self) -> u64 {
        self.size
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), SourceError> {
        SourceError::unless_within(offset, into.len(), self.size)?;
        let (at, length) = (JsValue::from(offset as f64), JsValue::from(into.len() as f64));
        let answer = self.read.call2(&JsValue::UNDEFINED, &at, &length);
        let answer = answer.map_err(|thrown| SourceError::Failed(said(&thrown)))?;
        let bytes = answer.dyn_into::<Uint8Array>().ok();
        let bytes = bytes.filter(|bytes| bytes.length() as usize == into.len());
        let bytes = bytes.ok_or_else(|| {
            let (from, count) = (offset, into.len());
            SourceError::Failed(format!(
                "{count} bytes from {from} on were asked for, and did not come"
            ))
        })?;
        bytes.copy_to(into);
        Ok(())
    }
}

/// What was thrown, in its own words.
fn said(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<Error>() {
        Some(error) => error.message().into(),
        None => thrown.as_string().unwrap_or_else(|| "the reading function failed".to_string()),
    }
}

/// Files that a function finds: `beside(name)` gives an object with `size` and `read`, or nothing.
pub struct JsFolder(pub Function);

impl Companions for JsFolder {
    fn find(&self, name: &str) -> Option<Rc<dyn Source>> {
        let found = self.0.call1(&JsValue::UNDEFINED, &name.into()).ok()?;
        let property = |key: &str| Reflect::get(&found, &key.into()).ok();
        let read = property("read")?.dyn_into::<Function>().ok()?;
        Some(Rc::new(JsSource::new(property("size")?.as_f64()?, read)?))
    }
}
