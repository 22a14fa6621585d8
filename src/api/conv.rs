//! A whole convolution.

use js_sys::Object;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::calls::{LayerOptions, MOST_RESULTS, MOST_SINGLE_PRODUCTS, read};
use super::fault::Fault;
use super::object::{Typed, set};
use crate::arith::{
    ConvChoice, ConvEngine, ConvFault, ConvShape, OneDnnConvKernel, TorchVersion, dequantize,
};
use crate::state::number::grouped;

/// A convolution's shape and who computes it, as JavaScript gives them; lists have one size for each
/// dimension.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ConvOptions {
    engine: String,
    #[serde(default)]
    implementation: Option<String>,
    #[serde(default)]
    version: Option<String>,
    batch: usize,
    channels: usize,
    groups: usize,
    input: Vec<usize>,
    /// The kernel's size; `kernel` is another option of a linear layer.
    taps: Vec<usize>,
    stride: Vec<usize>,
    padding: Vec<usize>,
    dilation: Vec<usize>,
}

impl ConvOptions {
    fn engine(&self) -> Result<ConvEngine, Fault> {
        let keys = || ConvEngine::ALL.map(|(key, _)| key).join(", ");
        ConvEngine::from_key(&self.engine).ok_or_else(|| {
            let message =
                format!("no convolution is computed by “{}”, but by {}", self.engine, keys());
            Fault::new("engine", message)
        })
    }

    fn choice(&self) -> Result<ConvChoice, Fault> {
        let version = match self.version.as_deref() {
            None | Some("2.5") => TorchVersion::V2_5,
            Some("2.15") => TorchVersion::V2_15,
            Some(other) => {
                return Err(Fault::arguments(format!(
                    "version is “{other}”: 2.5 and 2.15 of PyTorch were recorded"
                )));
            }
        };
        let kernel = match &self.implementation {
            None => None,
            Some(name) => Some(OneDnnConvKernel::named(name).ok_or_else(|| {
                let message = format!(
                    "nobody has recorded oneDNN’s “{name}”; recorded are jit_uni_int8, jit_int8, brg_conv_fwd, jit_uni_int8_1x1, brgconv_1x1, gemm_s8u8s32, brdgmm_dw and ref, each with its instructions after a colon"
                );
                Fault::new("engine", message)
            })?),
        };
        Ok(ConvChoice { version, kernel })
    }

    fn shape(self, outputs: usize) -> ConvShape {
        let ConvOptions { batch, channels, groups, input, taps, stride, padding, dilation, .. } =
            self;
        let kernel = taps;
        ConvShape { batch, channels, outputs, groups, input, kernel, stride, padding, dilation }
    }
}

/// A quantized convolution of u8 inputs and s8 weights on an engine, bit for bit. `x`: input codes,
/// `[batch][channels][input]`; `weights`: `[outputs][channels / groups][kernel]`. Gives
/// `{ codes, values, shape, kernel }`: codes and real values `[batch][outputs][output]`, that shape, and
/// the kernel that FBGEMM takes.
///
/// # Errors
/// [`Fault`] `arguments` for what does not fit together or is more than 2²⁴ results or 2³⁰ products;
/// `engine` for one that is unknown, cannot run such a layer, or whose kernel is not named.
#[wasm_bindgen]
pub fn conv(
    x: &[u8],
    weights: &[i8],
    bias: Option<Vec<f32>>,
    options: JsValue,
) -> Result<JsValue, JsValue> {
    let layer: LayerOptions = read(options.clone())?;
    let layer = layer.layer(weights, bias)?;
    let options: ConvOptions = read(options)?;
    let (engine, choice) = (options.engine()?, options.choice()?);
    let shape = options.shape(layer.outputs).checked().map_err(Fault::arguments)?;
    shape.check_rows(layer.inputs, layer.outputs).map_err(Fault::arguments)?;
    shape.check_input(x.len()).map_err(Fault::arguments)?;
    let results = (shape.batch * shape.outputs * shape.places()) as u64;
    let products = results * shape.row() as u64;
    if results > MOST_RESULTS || products > MOST_SINGLE_PRODUCTS {
        return Err(Fault::arguments(format!(
            "these are {} results of {} products in all: give at most {} and {} at once",
            grouped(results),
            grouped(products),
            grouped(MOST_RESULTS),
            grouped(MOST_SINGLE_PRODUCTS)
        ))
        .into());
    }
    let codes = engine.run(choice, &shape, &layer, x).map_err(|fault| match fault {
        ConvFault::Shape(_) => Fault::arguments(fault),
        _ => Fault::new("engine", fault),
    })?;
    let values: Vec<f32> = codes.iter().map(|code| dequantize(*code, layer.output)).collect();
    let result = Object::new();
    set(&result, "codes", codes.as_slice().typed());
    set(&result, "values", values.as_slice().typed());
    let sizes = [shape.batch, shape.outputs].into_iter().chain(shape.output());
    #[expect(clippy::cast_precision_loss, reason = "sizes of at most 2²⁸ values")]
    let sizes = sizes.map(|size| JsValue::from(size as f64)).collect::<js_sys::Array>();
    set(&result, "shape", sizes);
    set(&result, "kernel", engine.kernel(&shape).map_or(JsValue::NULL, JsValue::from));
    Ok(result.into())
}
