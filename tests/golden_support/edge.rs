//! `edge`: quantization, observers and layers at the corners of the arithmetic.

use rampscope::arith::{QScheme, QType, min_max_qparams, quantize};

use super::ReplayError;
use super::json::Object;
use super::layer::layer_case;
use super::tally::{Line, Tally};

const TYPES: [(&str, QType); 2] = [("quint8", QType::QUInt8), ("qint8", QType::QInt8)];

/// The names in PyTorch of the two schemes.
pub const SCHEMES: [(&str, QScheme); 2] =
    [("per_tensor_affine", QScheme::Affine), ("per_tensor_symmetric", QScheme::Symmetric)];

/// Replays the set.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("edge");
    for case in root.objects("quantize")? {
        case.only(&["dtype", "scale", "zp", "x", "q"])?;
        let range = case.one_of("dtype", TYPES)?.range();
        let params = case.params("scale", "zp")?;
        let x = case.reals("x", case.length("x")?)?;
        let computed: Vec<i32> = x.iter().map(|&x| quantize(x, params, range)).collect();
        tally.ints("quantize.q", &case.ints("q", x.len())?, &computed);
    }
    for case in root.objects("observer")? {
        case.only(&["dtype", "reduce_range", "qscheme", "min", "max", "scale", "zp"])?;
        let computed = min_max_qparams(
            case.real("min")?,
            case.real("max")?,
            case.one_of("dtype", TYPES)?,
            case.one_of("qscheme", SCHEMES)?,
            case.flag("reduce_range")?,
        );
        let recorded = case.params("scale", "zp")?;
        tally.reals("observer.scale", &[recorded.scale], &[computed.scale]);
        tally.ints("observer.zp", &[recorded.zero_point], &[computed.zero_point]);
    }
    for case in root.objects("linear")? {
        layer_case(&case, &mut tally, "linear.")?;
    }
    tally.finish(&["quantize.q", "observer.scale", "observer.zp"])
}
