//! A whole convolution.

use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::arguments::{Convolution, OneOrMany, Quantization};
use super::calls::{MOST_RESULTS, MOST_SINGLE_PRODUCTS, read};
use super::fault::Fault;
use super::object::{Typed, set};
use crate::arith::{
    ConvChoice, ConvEngine, ConvFault, ConvShape, OneDnnConvKernel, TorchVersion, dequantize,
};
use crate::state::number::grouped;

impl Convolution {
    fn engine(&self) -> Result<ConvEngine, Fault> {
        let keys = || ConvEngine::ALL.map(|(key, _)| key).join(", ");
        ConvEngine::from_key(&self.engine).ok_or_else(|| {
            let message =
                format!("no convolution is computed by “{}”, but by {}", self.engine, keys());
            Fault::new("engine", message)
        })
    }

    fn choice(&self) -> Result<ConvChoice, Fault> {
        let key = self.version.as_deref().unwrap_or(TorchVersion::V2_5.key());
        let version = TorchVersion::ALL.into_iter().find(|one| one.key() == key);
        let version = version.ok_or_else(|| {
            let keys = TorchVersion::ALL.map(TorchVersion::key).join(" and ");
            Fault::arguments(format!("version is “{key}”: {keys} of PyTorch were recorded"))
        })?;
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

    /// The shape, of no outputs yet.
    fn shape(&self) -> ConvShape {
        let input = self.input.each(1);
        let each = |sizes: &Option<OneOrMany<usize>>, otherwise| match sizes {
            Some(sizes) => sizes.each(input.len()),
            None => vec![otherwise; input.len()],
        };
        ConvShape {
            batch: self.batch.unwrap_or(1),
            channels: self.channels,
            outputs: 0,
            groups: self.groups.unwrap_or(1),
            kernel: self.kernel.each(input.len()),
            stride: each(&self.stride, 1),
            padding: each(&self.padding, 0),
            dilation: each(&self.dilation, 1),
            input,
        }
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
    let given: Convolution = read(options.clone())?;
    let shape = given.shape();
    // A row of no channels is refused as a shape.
    let channels = (shape.channels / shape.groups.max(1)).max(1);
    let row = shape.kernel.iter().fold(channels, |all, size| all.saturating_mul(*size));
    let quantization: Quantization = read(options)?;
    let layer = quantization.layer(row, None, weights, bias)?;
    let (engine, choice) = (given.engine()?, given.choice()?);
    let shape = ConvShape { outputs: layer.outputs, ..shape };
    let shape = shape.checked().map_err(Fault::arguments)?;
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
