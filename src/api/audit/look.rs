//! A closer look at files that were audited, and what is taken along of them.

use wasm_bindgen::prelude::*;

use super::session::{Audit, unknown};
use crate::api::fault::Fault;
use crate::audit::{Closer, CpuClass, ProductId, csv, html, json, markdown, said};

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
    /// The outputs of a product by its `id` in what is [`said`](Audit::said) of a file: the names of tensor and
    /// node, and which of those that have both it is.
    ///
    /// # Errors
    /// [`Fault`] `arguments` if there is no such product, or its file cannot be read again.
    pub fn outputs(
        &self,
        file: usize,
        tensor: String,
        node: String,
        twin: usize,
    ) -> Result<AuditOutputs, Fault> {
        let closer = self.closer(file, ProductId { tensor, node, twin })?;
        let outputs = closer.outputs().map_err(Fault::arguments)?;
        Ok(AuditOutputs { text: json(&outputs), density: outputs.density })
    }

    /// One output, from 0, as JSON.
    ///
    /// # Errors
    /// As [`outputs`](Audit::outputs).
    pub fn output(
        &self,
        file: usize,
        tensor: String,
        node: String,
        twin: usize,
        output: f64,
    ) -> Result<String, Fault> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "what is no such number saturates, and is no output"
        )]
        let output = self.closer(file, ProductId { tensor, node, twin })?.output(output as u64);
        Ok(json(&output.map_err(Fault::arguments)?))
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
            "json" => Ok(json(report)),
            "csv" => Ok(csv(&files())),
            "markdown" => Ok(markdown(&files(), link.as_deref().filter(|link| !link.is_empty()))),
            "html" => Ok(html(&files())),
            other => Err(unknown("form", other, "json, csv, markdown or html")),
        }
    }

    fn closer(&self, file: usize, product: ProductId) -> Result<Closer, Fault> {
        Closer::open(self.files(), file, &product).map_err(Fault::arguments)
    }
}
