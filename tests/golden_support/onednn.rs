//! `onednn`: PyTorch's engine `onednn`, and `torch._int_mm`.
//!
//! What the older version gives is recorded; of the later one, what differs. A line with "by" holds
//! the later one to the values that are the older one's.

use rampscope::arith::{
    Codes, IntMm, Linear, OneDnnConvKernel, OneDnnIsa, OneDnnLayer, OneDnnLinearKernel, QParams,
    TorchVersion,
};

use super::ReplayError;
use super::json::Object;
use super::lcg;
use super::shape;
use super::tally::{Line, Tally};

/// `ONEDNN_MAX_CPU_ISA` of the recorded values.
const ISAS: [(&str, OneDnnIsa); 3] =
    [("avx2", OneDnnIsa::Avx2), ("avx512_core", OneDnnIsa::Avx512Core), ("vnni", OneDnnIsa::Vnni)];

/// The same, and those of 2.5.1 whose values were those of `vnni`.
const ISAS_OF_KERNELS: [(&str, OneDnnIsa); 5] =
    [ISAS[0], ISAS[1], ISAS[2], ("amx", OneDnnIsa::Vnni), ("avx2_vnni", OneDnnIsa::Vnni)];

/// A version: where its kernels and its values are recorded.
struct Version {
    version: TorchVersion,
    kernels: &'static str,
    isas_of_kernels: &'static [(&'static str, OneDnnIsa)],
    values: &'static str,
}

const V2_5: Version = Version {
    version: TorchVersion::V2_5,
    kernels: "impl",
    isas_of_kernels: &ISAS_OF_KERNELS,
    values: "out",
};

/// Its values are recorded where they are not the older version's.
const V2_15: Version = Version {
    version: TorchVersion::V2_15,
    kernels: "impl_215",
    isas_of_kernels: &ISAS,
    values: "out_215",
};

const EVERY: [&str; 10] =
    ["set", "kind", "x", "x_lcg", "w", "w_lcg", "out", "out_215", "impl", "impl_215"];

const LAYER: [&str; 8] =
    ["in_scale", "in_zp", "per_channel", "w_scale", "bias", "out_scale", "out_zp", "relu"];

/// What a version makes of a case, by the name of the kernel that it took.
type Run<'a> = dyn Fn(OneDnnIsa, TorchVersion, &str) -> Result<Vec<i32>, ReplayError> + 'a;

/// Replays the set.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("onednn");
    for case in root.objects("cases")? {
        let set = case.one_of(
            "set",
            [
                ("linear", linear as fn(&Object, &mut Tally) -> _),
                ("int_mm", int_mm),
                ("conv", conv),
            ],
        )?;
        set(&case, &mut tally)?;
    }
    tally.finish(&[])
}

fn linear(case: &Object, tally: &mut Tally) -> Result<(), ReplayError> {
    case.only(&[&EVERY[..], &LAYER, &["M", "K", "N"]].concat())?;
    let [rows, inputs, outputs] = [case.size("M")?, case.size("K")?, case.size("N")?];
    let x = lcg::codes(case, ["x", "x_lcg"], case.product("x", &[rows, inputs])?, false)?;
    let layer = layer(case, inputs, outputs)?;
    let zero_point = case.int("in_zp")?;
    for version in [&V2_5, &V2_15] {
        let kernels = case.object(version.kernels)?;
        for (key, isa) in version.isas_of_kernels {
            let named = OneDnnLinearKernel::named(kernels.text(key)?);
            let expected = OneDnnLinearKernel::of(*isa, version.version, zero_point);
            let what = format!("linear.{}", version.kernels);
            tally.same(&what, &[named], &[Some(expected)]);
        }
    }
    let run = |isa, version, _: &str| {
        Ok(x.chunks(inputs).flat_map(|row| layer.linear(isa, version, row)).collect())
    };
    values(case, tally, "linear", case.product("out", &[rows, outputs])?, &run)
}

fn int_mm(case: &Object, tally: &mut Tally) -> Result<(), ReplayError> {
    case.only(&[&EVERY[..], &["M", "K", "N", "layout"]].concat())?;
    let [rows, inputs, outputs] = [case.size("M")?, case.size("K")?, case.size("N")?];
    let x = lcg::codes(case, ["x", "x_lcg"], case.product("x", &[rows, inputs])?, true)?;
    let w = lcg::codes(case, ["w", "w_lcg"], case.product("w", &[inputs, outputs])?, true)?;
    let contiguous = case.one_of("layout", [("kn", true), ("nk", false)])?;
    let kernel = IntMm::of(rows, outputs, contiguous);
    for version in [&V2_5, &V2_15] {
        let kernels = case.object(version.kernels)?;
        for (key, _) in version.isas_of_kernels {
            // It is called by its own interface, and has no verbose name.
            let what = format!("int_mm.{}", version.kernels);
            tally.same(&what, &[kernels.text(key)?], &["gemm_api"]);
        }
    }
    let run = |isa: OneDnnIsa, _, _: &str| {
        let pairs = x.chunks(inputs).flat_map(|row| w.chunks(inputs).map(move |w| (row, w)));
        Ok(pairs.map(|(row, w)| isa.int_mm(kernel, Codes::s8(row), Codes::s8(w))).collect())
    };
    values(case, tally, "int_mm", case.product("out", &[rows, outputs])?, &run)
}

fn conv(case: &Object, tally: &mut Tally) -> Result<(), ReplayError> {
    case.only(&[&EVERY[..], &LAYER, &shape::FIELDS].concat())?;
    let shape = shape::read(case, tally, "conv.out_dims")?;
    let x = lcg::codes(case, ["x", "x_lcg"], shape.inputs, false)?;
    let outputs = shape.outputs;
    let shape = shape.shape;
    let layer = layer(case, shape.row(), shape.outputs)?;
    // Which kernel a shape takes is not known; but every one that was taken is.
    for version in [&V2_5, &V2_15] {
        let kernels = case.object(version.kernels)?;
        for (key, _) in version.isas_of_kernels {
            conv_kernel(&kernels, key, kernels.text(key)?)?;
        }
    }
    let run = |isa, version, kernel: &str| {
        let kernel = conv_kernel(case, "impl", kernel)?;
        let codes = layer.conv(isa, version, kernel, &shape, &x);
        codes.map_err(|error| case.invalid("x", error))
    };
    values(case, tally, "conv", outputs, &run)
}

fn conv_kernel(place: &Object, key: &str, name: &str) -> Result<OneDnnConvKernel, ReplayError> {
    let unknown = || place.invalid(key, format!("no kernel is known as {name:?}"));
    OneDnnConvKernel::named(name).ok_or_else(unknown)
}

/// Counts the values of both versions.
fn values(
    case: &Object,
    tally: &mut Tally,
    set: &str,
    count: usize,
    run: &Run,
) -> Result<(), ReplayError> {
    let keys = ISAS.map(|(key, _)| key);
    let recorded = case.object(V2_5.values)?;
    recorded.only(&keys)?;
    let later = case.has(V2_15.values).then(|| case.object(V2_15.values)).transpose()?;
    if let Some(later) = &later {
        later.only(&keys)?;
    }
    for version in [&V2_5, &V2_15] {
        let kernels = case.object(version.kernels)?;
        kernels.only(&version.isas_of_kernels.iter().map(|(key, _)| *key).collect::<Vec<_>>())?;
    }
    for (key, isa) in ISAS {
        let computed = |version: &Version| {
            let kernel = case.object(version.kernels)?.text(key)?;
            run(isa, version.version, kernel)
        };
        let values = recorded.ints(key, count)?;
        let what = format!("{set}.out.{key}");
        tally.ints(&what, &values, &computed(&V2_5)?);
        match later.as_ref().filter(|later| later.has(key)) {
            Some(later) => {
                let what = format!("{set}.out_215.{key}");
                tally.ints(&what, &later.ints(key, count)?, &computed(&V2_15)?);
            }
            None => tally.ints(&format!("{what} by 2.15"), &values, &computed(&V2_15)?),
        }
    }
    Ok(())
}

/// The layer of a case, scales in double.
fn layer(case: &Object, inputs: usize, outputs: usize) -> Result<OneDnnLayer, ReplayError> {
    let weights = lcg::codes(case, ["w", "w_lcg"], case.product("w", &[inputs, outputs])?, true)?;
    let weights = weights.into_iter().map(u8::cast_signed).collect();
    let per_channel = case.flag("per_channel")?;
    let count = if per_channel { outputs } else { 1 };
    let scales = case.reals("w_scale", count)?;
    let weight_params = scales.into_iter().map(|scale| QParams { scale, zero_point: 0 }).collect();
    let input = case.params("in_scale", "in_zp")?;
    let output = case.params("out_scale", "out_zp")?;
    let layer = Linear::new(inputs, outputs, weights, weight_params, per_channel, input, output)
        .map_err(|error| case.invalid("w", error))?
        .with_relu(case.flag("relu")?);
    let layer = if case.is_null("bias")? {
        layer
    } else {
        let bias = case.reals("bias", outputs)?;
        layer.with_bias(bias).map_err(|error| case.invalid("bias", error))?
    };
    let (input, output) = (case.double("in_scale")?, case.double("out_scale")?);
    let scales = case.doubles("w_scale", count)?;
    OneDnnLayer::new(layer)
        .and_then(|layer| layer.with_scales(input, scales, output))
        .map_err(|error| case.invalid("w_scale", error))
}
