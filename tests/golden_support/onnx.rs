//! `ort_q` and `ort_arm`: ONNX Runtime's quantized operators, on x86 and on ARM64.

use rampscope::arith::{Codes, OnnxCpu, OnnxLayer, OnnxOperator, OnnxWeights};

use super::ReplayError;
use super::json::Object;
use super::onnx_dynamic;
use super::shape;
use super::tally::{Line, Tally};

/// The CPUs of a file, by its keys.
pub type Cpus = [(&'static str, OnnxCpu); 2];

const X86: Cpus = [("avx2", OnnxCpu::Avx2), ("vnni", OnnxCpu::Vnni)];
const ARM: Cpus = [("neon", OnnxCpu::Neon), ("dotprod", OnnxCpu::DotProduct)];

/// Whether codes are s8.
const TYPES: [(&str, bool); 2] = [("u8", false), ("s8", true)];

const MATRICES: [&str; 3] = ["M", "K", "N"];
/// The codes of both operands.
const CODES: [&str; 8] = ["set", "kind", "at", "bt", "a", "b", "a_zp", "b_zp"];
/// What makes codes of their sums.
const SCALES: [&str; 5] = ["a_scale", "b_scale", "bias", "y_scale", "y_zp"];
/// Replays `ort_q`.
pub fn replay_x86(root: &Object) -> Result<Vec<Line>, ReplayError> {
    replay(root, File { set: "ort_q", cpus: X86 })
}

/// Replays `ort_arm`.
pub fn replay_arm(root: &Object) -> Result<Vec<Line>, ReplayError> {
    replay(root, File { set: "ort_arm", cpus: ARM })
}

/// One of the two files.
struct File {
    set: &'static str,
    cpus: Cpus,
}

fn replay(root: &Object, file: File) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new(file.set);
    for case in root.objects("cases")? {
        let set = case.text("set")?;
        match set {
            "matmulinteger" => file.matmul_integer(&case, &mut tally)?,
            "convinteger" => file.conv_integer(&case, &mut tally)?,
            "qlinearmatmul" => file.matmul(&case, &mut tally, OnnxOperator::MatMul, true)?,
            "qgemm" => file.matmul(&case, &mut tally, OnnxOperator::Gemm, true)?,
            "qlinearconv" => file.conv(&case, &mut tally, true)?,
            "qdq_matmul" => file.matmul(&case, &mut tally, OnnxOperator::MatMul, false)?,
            "qdq_gemm" => file.matmul(&case, &mut tally, OnnxOperator::Gemm, false)?,
            "qdq_conv" => file.conv(&case, &mut tally, false)?,
            "dynamic" => onnx_dynamic::matmul(&case, &mut tally, file.cpus)?,
            "dql" => onnx_dynamic::quantize(&case, &mut tally, file.cpus)?,
            _ => return Err(case.invalid("set", format!("{set:?}"))),
        }
    }
    tally.finish(&[])
}

impl File {
    fn matmul_integer(&self, case: &Object, tally: &mut Tally) -> Result<(), ReplayError> {
        case.only(&[&CODES[..], &MATRICES, &["out"]].concat())?;
        let [rows, inputs, outputs] = matrices(case)?;
        let a = Operand::read(case, ["a", "at"], case.product("a", &[rows, inputs])?)?;
        let weights = weights(case, inputs, outputs)?;
        let zero_point = case.int("a_zp")?;
        self.values(case, tally, case.product("out", &[rows, outputs])?, |cpu| {
            let rows = a.bytes.chunks(inputs).map(|row| Codes { bytes: row, signed: a.signed });
            Ok(rows.flat_map(|row| weights.matmul_integer(cpu, row, zero_point)).collect())
        })
    }

    fn conv_integer(&self, case: &Object, tally: &mut Tally) -> Result<(), ReplayError> {
        case.only(&[&CODES[..], &shape::FIELDS, &["out"]].concat())?;
        let shape = shape::read(case, tally, "convinteger.out_dims")?;
        let x = Operand::read(case, ["a", "at"], shape.inputs)?;
        let (outputs, shape) = (shape.outputs, shape.shape);
        let weights = weights(case, shape.row(), shape.outputs)?;
        let zero_point = case.int("a_zp")?;
        self.values(case, tally, outputs, |cpu| {
            let sums = weights.conv_integer(cpu, &shape, x.codes(), zero_point);
            sums.map_err(|error| case.invalid("a", error))
        })
    }

    /// `is_integer`: whether the operator itself was recorded, or a model that may become it.
    fn matmul(
        &self,
        case: &Object,
        tally: &mut Tally,
        operator: OnnxOperator,
        is_integer: bool,
    ) -> Result<(), ReplayError> {
        case.only(&[&CODES[..], &SCALES, &MATRICES, &["out"]].concat())?;
        let [rows, inputs, outputs] = matrices(case)?;
        let a = Operand::read(case, ["a", "at"], case.product("a", &[rows, inputs])?)?;
        let layer = layer(case, weights(case, inputs, outputs)?, a.signed)?;
        self.values(case, tally, case.product("out", &[rows, outputs])?, |cpu| {
            let is_integer = is_integer || operator.is_fused(cpu, a.signed);
            let rows = a.bytes.chunks(inputs);
            Ok(match is_integer {
                true => rows.flat_map(|row| layer.matmul(cpu, row)).collect(),
                false => rows.flat_map(|row| layer.matmul_in_float(row)).collect(),
            })
        })
    }

    fn conv(&self, case: &Object, tally: &mut Tally, is_integer: bool) -> Result<(), ReplayError> {
        case.only(&[&CODES[..], &SCALES, &shape::FIELDS, &["out"]].concat())?;
        let shape = shape::read(case, tally, &format!("{}.out_dims", case.text("set")?))?;
        let x = Operand::read(case, ["a", "at"], shape.inputs)?;
        let (outputs, shape) = (shape.outputs, shape.shape);
        let layer = layer(case, weights(case, shape.row(), shape.outputs)?, x.signed)?;
        self.values(case, tally, outputs, |cpu| {
            let codes = if is_integer || OnnxOperator::Conv.is_fused(cpu, x.signed) {
                layer.conv(cpu, &shape, &x.bytes)
            } else {
                layer.conv_in_float(&shape, &x.bytes)
            };
            codes.map_err(|error| case.invalid("a", error))
        })
    }

    /// Counts the integers of both CPUs.
    fn values(
        &self,
        case: &Object,
        tally: &mut Tally,
        count: usize,
        run: impl Fn(OnnxCpu) -> Result<Vec<i32>, ReplayError>,
    ) -> Result<(), ReplayError> {
        let recorded = case.object("out")?;
        recorded.only(&self.cpus.map(|(key, _)| key))?;
        for (key, cpu) in self.cpus {
            let values = recorded.ints(key, count)?;
            let what = format!("{}.{key}", case.text("set")?);
            tally.ints(&what, &values, &run(cpu)?);
        }
        Ok(())
    }
}

/// Codes of the left operand, or the input.
struct Operand {
    bytes: Vec<u8>,
    signed: bool,
}

impl Operand {
    fn read(case: &Object, [key, dtype]: [&str; 2], count: usize) -> Result<Self, ReplayError> {
        let signed = case.one_of(dtype, TYPES)?;
        Ok(Operand { bytes: case.codes(key, count, signed)?, signed })
    }

    fn codes(&self) -> Codes<'_> {
        Codes { bytes: &self.bytes, signed: self.signed }
    }
}

/// M, K and N.
pub fn matrices(case: &Object) -> Result<[usize; 3], ReplayError> {
    Ok([case.size("M")?, case.size("K")?, case.size("N")?])
}

/// The weights of a case, with one zero point or N.
pub fn weights(case: &Object, inputs: usize, outputs: usize) -> Result<OnnxWeights, ReplayError> {
    let codes = Operand::read(case, ["b", "bt"], case.product("b", &[inputs, outputs])?)?;
    let zero_points = case.ints("b_zp", case.length("b_zp")?)?;
    OnnxWeights::new([inputs, outputs], codes.codes(), zero_points)
        .map_err(|error| case.invalid("b", error))
}

fn layer(case: &Object, weights: OnnxWeights, signed: bool) -> Result<OnnxLayer, ReplayError> {
    let outputs = weights.outputs();
    let scales = case.reals("b_scale", case.length("b_scale")?)?;
    let (input, output) = (case.params("a_scale", "a_zp")?, case.params("y_scale", "y_zp")?);
    let layer = OnnxLayer::new(weights, scales, signed, input, output)
        .map_err(|error| case.invalid("b_scale", error))?;
    if case.is_null("bias")? {
        return Ok(layer);
    }
    layer.with_bias(case.ints("bias", outputs)?).map_err(|error| case.invalid("bias", error))
}
