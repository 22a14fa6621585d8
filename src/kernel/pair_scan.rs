//! [`of_pairs`] and [`of_columns`]: [`PairLanes`] by the fastest instructions.

use super::pair_lanes::{LANES, PairLanes};
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use super::simd128_pairs as fastest;

/// As [`PairLanes::of_pairs`].
pub fn of_pairs(steps: &[[u8; 2 * LANES]]) -> PairLanes {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return fastest::of_pairs(steps);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    PairLanes::of_pairs(steps)
}

/// As [`PairLanes::of_columns`].
pub fn of_columns<const GROUPS: usize>(lines: &[[[u8; LANES]; GROUPS]], group: usize) -> PairLanes {
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    return fastest::of_columns(lines, group);
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    PairLanes::of_columns(lines, group)
}
