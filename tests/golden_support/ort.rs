//! `ort_matmulinteger`: ONNX Runtime's integer product.

use rampscope::arith::{Engine, Linear, QParams};

use super::ReplayError;
use super::json::Object;
use super::tally::{Line, Tally};

/// Recorded fields. With u8 weights (every weight and its zero point 128 higher) the product is
/// the same integer and AVX2 is exact too.
pub const FIELDS: [(&str, Engine); 3] = [
    ("acc_avx2", Engine::OnnxRuntimeAvx2),
    ("acc_vnni", Engine::OnnxRuntimeVnni),
    ("acc_u8u8_avx2", Engine::OnnxRuntimeVnni),
];

/// Replays the set.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("ort_matmulinteger");
    let fields = FIELDS.map(|(key, _)| key);
    let mut known = vec!["kind", "K", "N", "B", "a_zp", "b_zp", "x", "w"];
    known.extend(fields);
    for case in root.objects("cases")? {
        case.only(&known)?;
        let [inputs, outputs, rows] = [case.size("K")?, case.size("N")?, case.size("B")?];
        let x: Vec<u8> = case.narrow("x", case.product("x", &[rows, inputs])?)?;
        let weights = case.narrow("w", case.product("w", &[inputs, outputs])?)?;
        // An integer product knows no scales.
        let params = |zero_point| QParams { scale: 1.0, zero_point };
        let (input, weight) = (params(case.int("a_zp")?), vec![params(case.int("b_zp")?)]);
        let layer = Linear::new(inputs, outputs, weights, weight, false, input, params(0))
            .map_err(|error| case.invalid("w", error))?;
        for (key, engine) in FIELDS {
            let computed: Vec<i32> = x
                .chunks(inputs)
                .flat_map(|row| engine.run(&layer, row))
                .map(|output| output.acc)
                .collect();
            let recorded = case.ints(key, case.product(key, &[rows, outputs])?)?;
            tally.ints(key, &recorded, &computed);
        }
    }
    tally.finish(&fields)
}
