//! `rng`: PyTorch's CPU generator. `out_nosimd` (a build without AVX2) depends on a C library and
//! is not replayed.

use rampscope::arith::TorchRng;
use serde_json::Value;

use super::ReplayError;
use super::json::Object;
use super::tally::{Line, Tally};

/// Replays the set.
pub fn replay(root: &Object) -> Result<Vec<Line>, ReplayError> {
    let mut tally = Tally::new("rng");
    for sequence in root.objects("seqs")? {
        sequence.only(&["seed", "calls"])?;
        let mut rng = TorchRng::new(sequence.seed("seed")?);
        for call in sequence.objects("calls")? {
            call.only(&["call", "out", "out_nosimd"])?;
            let (name, sizes) = signature(&call)?;
            let count = call.product("call", &sizes)?;
            match (name, sizes.as_slice()) {
                ("random_int32", [_]) => {
                    let computed: Vec<i32> = (0..count).map(|_| rng.random_int32()).collect();
                    tally.ints(name, &call.ints("out", count)?, &computed);
                }
                ("rand", _) => {
                    tally.reals(name, &call.reals("out", count)?, &rng.uniform(count, 0.0, 1.0));
                }
                ("randn", _) => tally.reals(name, &call.reals("out", count)?, &rng.randn(count)),
                ("linear_nobias", &[inputs, outputs]) => {
                    let computed = rng.linear_weight(inputs, outputs);
                    tally.reals(name, &call.reals("out", count)?, &computed);
                }
                ("linear_bias", &[inputs, outputs]) => {
                    let mut computed = rng.linear_weight(inputs, outputs);
                    computed.extend(rng.linear_bias(inputs, outputs));
                    tally.reals(name, &call.reals("out", count + outputs)?, &computed);
                }
                _ => return Err(call.invalid("call", format!("{name:?} of {sizes:?}"))),
            }
        }
    }
    tally.finish(&[])
}

/// The name of a call and its sizes, each at least 1.
fn signature<'a>(call: &Object<'a>) -> Result<(&'a str, Vec<usize>), ReplayError> {
    let [Value::String(name), sizes @ ..] = call.list("call")? else {
        return Err(call.invalid("call", "no name"));
    };
    let size = |value: &Value| value.as_u64().and_then(|size| usize::try_from(size).ok());
    let sizes: Option<Vec<usize>> = sizes.iter().map(size).collect();
    match sizes {
        Some(sizes) if !sizes.is_empty() && !sizes.contains(&0) => Ok((name, sizes)),
        _ => Err(call.invalid("call", "no sizes")),
    }
}
