//! A closer look at files that were audited, and what is taken along of them.

use wasm_bindgen::prelude::*;

use super::session::{Audit, json, unknown};
use crate::api::fault::Fault;
use crate::audit::{Closer, CpuClass, ProductId, csv, html, markdown, said};

/// The outputs of a product.
#[wasm_bindgen(getter_with_clone)]
pub struct AuditOutputs {
    /// What is said of them, as JSON.
    #[wasm_bindgen(readonly)]
    pub text: String,
    /// How often each pair of weights stands in them: (w₀, w₁) at 256·(w₁ + 128) + w₀ + 128.
    #[wasm_bindgen(readonly)]
    pub density: Vec<u32>,
}

#[wasm_bindgen]
impl Audit {
    /// The outputs of a product, whose `id` in what is [`said`](Audit::said) of a file is given as JSON.
    ///
    /// # Errors
    /// [`Fault`] `arguments` if there is no such product, or its file cannot be read again.
    pub fn outputs(&self, file: usize, product: &str) -> Result<AuditOutputs, Fault> {
        let outputs = self.closer(file, product)?.outputs().map_err(Fault::arguments)?;
        Ok(AuditOutputs { text: json(&outputs)?, density: outputs.density })
    }

    /// One output, from 0, as JSON.
    ///
    /// # Errors
    /// As [`outputs`](Audit::outputs).
    pub fn output(&self, file: usize, product: &str, output: f64) -> Result<String, Fault> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is no such number saturates, and is no output"
        )]
        let output = self.closer(file, product)?.output(output as u64);
        json(&output.map_err(Fault::arguments)?)
    }

    /// What is said of all files for CPUs without VNNI, in a form to take along: `json`, `csv`, `markdown`
    /// or `html`. `link` stands in Markdown.
    ///
    /// # Errors
    /// [`Fault`] `arguments` for another form, `internal` before a run.
    pub fn take(&self, form: &str, link: Option<String>) -> Result<String, Fault> {
        let report = self.ran()?;
        let files = || said(report, CpuClass::NoVnni);
        match form {
            "json" => json(report),
            "csv" => Ok(csv(&files())),
            "markdown" => Ok(markdown(&files(), link.as_deref().filter(|link| !link.is_empty()))),
            "html" => Ok(html(&files())),
            other => Err(unknown("form", other, "json, csv, markdown or html")),
        }
    }

    fn closer(&self, file: usize, product: &str) -> Result<Closer, Fault> {
        let product: ProductId = serde_json::from_str(product).map_err(Fault::arguments)?;
        Closer::open(self.files(), file, &product).map_err(Fault::arguments)
    }
}
