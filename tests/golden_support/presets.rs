//! `presets`: one output swept over all input codes, on each engine and instruction set.

use rampscope::arith::{Engine, Linear, QParams, Ramp};

use super::ReplayError;
use super::json::Object;
use super::tally::{Line, Tally};

/// Recorded engines.
pub const ENGINES: [(&str, Engine); 6] = [
    ("fbgemm_avx2", Engine::FbgemmAvx2),
    ("fbgemm_avx512", Engine::FbgemmAvx512),
    ("fbgemm_vnni", Engine::FbgemmVnni),
    // QNNPACK uses SSE2 whatever the CPU has.
    ("qnnpack_avx2", Engine::Qnnpack),
    ("qnnpack_avx512", Engine::Qnnpack),
    ("qnnpack_vnni", Engine::Qnnpack),
];

/// Replays the set.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("presets");
    let engines = ENGINES.map(|(key, _)| key);
    let known = ["id", "w", "in_zp", "in_scale", "w_scale", "out_scale", "out_zp", "out_u8"];
    for case in root.objects("presets")? {
        case.only(&known)?;
        let inputs = case.length("w")?;
        let weight = QParams { scale: case.real("w_scale")?, zero_point: 0 };
        let (input, output) =
            (case.params("in_scale", "in_zp")?, case.params("out_scale", "out_zp")?);
        let weights = case.narrow("w", inputs)?;
        let layer = Linear::new(inputs, 1, weights, vec![weight], false, input, output)
            .map_err(|error| case.invalid("w", error))?;
        let recorded = case.object("out_u8")?;
        recorded.only(&engines)?;
        for (key, engine) in ENGINES {
            let ramp = Ramp::brute_force(engine, &layer, 0);
            let computed: Vec<i32> = ramp.code.into_iter().flatten().collect();
            tally.ints(key, &recorded.ints(key, rampscope::arith::CODES)?, &computed);
        }
    }
    tally.finish(&engines)
}
