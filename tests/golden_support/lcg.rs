//! Codes of large cases, which are recorded as a seed: `x_lcg` or `w_lcg` instead of `x` or `w`.

use super::ReplayError;
use super::json::Object;

/// `count` codes of 8 bits of a field, in the list itself or drawn from the seed beside it; s8 ones
/// are those drawn less 128. `key` and `seed` are the names of both.
pub fn codes(
    case: &Object,
    [key, seed]: [&str; 2],
    count: usize,
    signed: bool,
) -> Result<Vec<u8>, ReplayError> {
    match (case.has(key), case.has(seed)) {
        (true, true) => Err(case.invalid(key, format!("there is {seed} too"))),
        (false, true) => drawn(case, seed, count, signed),
        _ => case.codes(key, count, signed),
    }
}

fn drawn(case: &Object, seed: &str, count: usize, signed: bool) -> Result<Vec<u8>, ReplayError> {
    let state = u32::try_from(case.seed(seed)?);
    let mut state = state.map_err(|_| case.invalid(seed, "more than 32 bits"))?;
    let byte = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [.., byte] = state.to_le_bytes();
        // 128 less is the same bit flipped.
        if signed { byte ^ 0x80 } else { byte }
    };
    Ok(std::iter::repeat_with(byte).take(count).collect())
}
