//! The dynamically quantized cases of `ort_q` and `ort_arm`: `DynamicQuantizeLinear` alone, and with a
//! product.

use rampscope::arith::{OnnxDynamic, OnnxDynamicForm, dynamic_quantize_linear};

use super::ReplayError;
use super::json::Object;
use super::onnx::{Cpus, matrices, weights};
use super::tally::Tally;

const FORMS: [(&str, OnnxDynamicForm); 3] = [
    ("fused", OnnxDynamicForm::Fused),
    ("unfused", OnnxDynamicForm::Separate),
    ("to_float", OnnxDynamicForm::ToFloat),
];

const MATMUL: [&str; 15] = [
    "set", "kind", "M", "K", "N", "bt", "x", "b", "b_scale", "b_zp", "bias", "a", "a_scale",
    "a_zp", "out",
];

const QUANTIZE: [&str; 6] = ["set", "kind", "M", "K", "x", "out"];

/// A product: the codes of its input, their scale and zero point, and its real outputs.
pub fn matmul(case: &Object, tally: &mut Tally, cpus: Cpus) -> Result<(), ReplayError> {
    case.only(&MATMUL)?;
    let [rows, inputs, outputs] = matrices(case)?;
    let x = case.reals("x", case.product("x", &[rows, inputs])?)?;
    let (codes, params) = dynamic_quantize_linear(&x);
    tally.same("dynamic.a", &case.narrow("a", x.len())?, &codes);
    let recorded = case.params("a_scale", "a_zp")?;
    tally.reals("dynamic.a_scale", &[recorded.scale], &[params.scale]);
    tally.ints("dynamic.a_zp", &[recorded.zero_point], &[params.zero_point]);

    let layer = layer(case, inputs, outputs)?;
    let recorded = case.object("out")?;
    recorded.only(&cpus.map(|(key, _)| key))?;
    for (key, cpu) in cpus {
        let recorded = recorded.object(key)?;
        recorded.only(&FORMS.map(|(name, _)| name))?;
        for (name, form) in FORMS {
            let values = recorded.reals(name, case.product("out", &[rows, outputs])?)?;
            let what = format!("dynamic.{name}.{key}");
            tally.reals(&what, &values, &layer.run(cpu, form, &x).values);
        }
    }
    Ok(())
}

fn layer(case: &Object, inputs: usize, outputs: usize) -> Result<OnnxDynamic, ReplayError> {
    let scales = case.reals("b_scale", case.length("b_scale")?)?;
    let layer = OnnxDynamic::new(weights(case, inputs, outputs)?, scales)
        .map_err(|error| case.invalid("b_scale", error))?;
    if case.is_null("bias")? {
        return Ok(layer);
    }
    layer.with_bias(case.reals("bias", outputs)?).map_err(|error| case.invalid("bias", error))
}

/// `DynamicQuantizeLinear` alone. Its codes, scale and zero point are one list of numbers.
pub fn quantize(case: &Object, tally: &mut Tally, cpus: Cpus) -> Result<(), ReplayError> {
    case.only(&QUANTIZE)?;
    let count = case.product("x", &[case.size("M")?, case.size("K")?])?;
    let (codes, params) = dynamic_quantize_linear(&case.reals("x", count)?);
    let codes: Vec<f32> = codes.into_iter().map(f32::from).collect();
    let recorded = case.object("out")?;
    recorded.only(&cpus.map(|(key, _)| key))?;
    for (key, _) in cpus {
        let values = recorded.reals(key, count + 2)?;
        let (recorded, scale_and_zero_point) = values.split_at(count);
        tally.reals(&format!("dql.codes.{key}"), recorded, &codes);
        let computed = [params.scale, params.zero_point as f32];
        for (index, what) in ["scale", "zp"].into_iter().enumerate() {
            let (recorded, computed) = (&scale_and_zero_point[index..=index], computed[index]);
            tally.reals(&format!("dql.{what}.{key}"), recorded, &[computed]);
        }
    }
    Ok(())
}
