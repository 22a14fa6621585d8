//! `conv`: PyTorch's quantized convolutions, on FBGEMM and QNNPACK.

use rampscope::arith::{ConvLayer, FbgemmIsa, TorchConv, TorchVersion};

use super::ReplayError;
use super::json::Object;
use super::layer;
use super::shape::{self, Shape};
use super::tally::{Line, Tally};

/// FBGEMM's key where `FBGEMM_ENABLE_INSTRUCTIONS` is set on a CPU with VNNI: recorded where it is not
/// `fbgemm_avx2`.
const LIMITED: &str = "fbgemm_avx2env";

const ENGINES: [&str; 4] = ["fbgemm_avx2", "fbgemm_vnni", LIMITED, "qnnpack"];

const FIELDS: [&str; 4] = ["kind", "x", "out_u8", "out_u8_215"];

/// Replays the set.
///
/// A line with "by" holds a version or a limit, of which nothing is recorded because it changes
/// nothing, to what it does not change.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("conv");
    let known = [&FIELDS[..], &layer::LAYER, &shape::FIELDS].concat();
    for case in root.objects("cases")? {
        case.only(&known)?;
        let shape = shape::read(&case, &mut tally, "out_dims")?;
        let (outputs, x) = (shape.outputs, case.narrow("x", shape.inputs)?);
        let layer = conv_layer(&case, shape)?;
        let recorded = case.object("out_u8")?;
        recorded.only(&ENGINES)?;
        let later = case.has("out_u8_215").then(|| case.object("out_u8_215")).transpose()?;
        if let Some(later) = &later {
            later.only(&ENGINES)?;
        }
        for key in ENGINES {
            let run = |version| {
                let codes = layer.run(engine(key, version), &x);
                codes.map_err(|error| case.invalid("x", error))
            };
            let (computed, computed_later) = (run(TorchVersion::V2_5)?, run(TorchVersion::V2_15)?);
            // Where the limit changes nothing.
            let is_same = key == LIMITED && !recorded.has(key);
            let same_key = if is_same { "fbgemm_avx2" } else { key };
            let values = recorded.ints(same_key, outputs)?;
            let what = format!("out_u8.{same_key}");
            let by = if is_same { format!("{what} by {key}") } else { what.clone() };
            tally.ints(&by, &values, &computed);
            match later.as_ref().filter(|later| later.has(key)) {
                Some(later) => {
                    let values = later.ints(key, outputs)?;
                    tally.ints(&format!("out_u8_215.{key}"), &values, &computed_later);
                }
                None => {
                    let limit = if is_same { "fbgemm_avx2env of " } else { "" };
                    tally.ints(&format!("{what} by {limit}2.15"), &values, &computed_later);
                }
            }
        }
    }
    let always = ["fbgemm_avx2", "fbgemm_vnni", "qnnpack"].map(|key| format!("out_u8.{key}"));
    tally.finish(&always.each_ref().map(String::as_str))
}

fn engine(key: &str, version: TorchVersion) -> TorchConv {
    let isa = match key {
        "qnnpack" => return TorchConv::Qnnpack,
        "fbgemm_vnni" => FbgemmIsa::Vnni,
        LIMITED => FbgemmIsa::VnniLimited,
        _ => FbgemmIsa::Avx2,
    };
    TorchConv::Fbgemm { isa, version }
}

fn conv_layer(case: &Object, shape: Shape) -> Result<ConvLayer, ReplayError> {
    let layer = layer::read(case, shape.shape.row(), shape.shape.outputs)?;
    ConvLayer::new(shape.shape, layer).map_err(|error| case.invalid("w", error))
}
