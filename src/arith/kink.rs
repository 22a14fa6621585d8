//! Kinks: where the slope of a ramp's accumulator changes because a pair reaches a rail.

use serde::{Deserialize, Serialize};

use super::accumulate::GroupTrace;
use super::group::Group;
use super::ramp::CODES;

/// An end of int16, where a pair of products saturates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rail {
    /// -32768.
    Low,
    /// 32767.
    High,
}

impl Rail {
    /// The rail that a pair of weights of this sum reaches with growing codes.
    pub const fn of(pair_sum: i32) -> Rail {
        if pair_sum < 0 { Rail::Low } else { Rail::High }
    }

    /// The value of the rail.
    pub const fn value(self) -> i32 {
        match self {
            Rail::Low => i16::MIN as i32,
            Rail::High => i16::MAX as i32,
        }
    }
}

/// What a kink does to the slope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The slope becomes 0.
    Flat,
    /// The slope changes its sign.
    Turned,
    /// The slope becomes smaller in size.
    Shallower,
    /// The slope becomes larger in size, from 0 too.
    Steeper,
}

impl Effect {
    /// The effect of a change of slope: flat where `after` is 0, turned where the sign flips,
    /// shallower or steeper by size otherwise.
    pub fn of(before: impl Into<f64>, after: impl Into<f64>) -> Effect {
        // An i32 is exact in f64.
        let (before, after): (f64, f64) = (before.into(), after.into());
        if after == 0.0 {
            Effect::Flat
        } else if before != 0.0 && (before < 0.0) != (after < 0.0) {
            Effect::Turned
        } else if after.abs() < before.abs() {
            Effect::Shallower
        } else {
            Effect::Steeper
        }
    }
}

/// A pair that saturates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KinkPair {
    /// Its place among the groups of its row.
    pub group: usize,
    /// The first of the two k.
    pub first_k: usize,
    /// The other one; none for a product that stands alone.
    pub second_k: Option<usize>,
    /// The two weights; 0 where there is none.
    pub weights: [i8; 2],
    /// The rail it stays at from the kink on.
    pub rail: Rail,
}

impl KinkPair {
    /// A group of a row by its k, at least one, and the rail that it reaches.
    pub fn new(group: usize, ks: &[usize], row: &[i8], rail: Rail) -> KinkPair {
        let weight = |index: usize| ks.get(index).map_or(0, |k| row[*k]);
        KinkPair {
            group,
            first_k: ks[0],
            second_k: ks.get(1).copied(),
            weights: [weight(0), weight(1)],
            rail,
        }
    }

    /// A group that has left its range, or will, to the side of its sum.
    pub fn of(group: usize, trace: &GroupTrace) -> KinkPair {
        KinkPair {
            group,
            first_k: trace.first_k(),
            second_k: trace.second_k(),
            weights: trace.weights(),
            rail: Rail::of(trace.exact),
        }
    }
}

/// A change of slope of the accumulator when all inputs are equal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kink {
    /// The first input code at or beyond it: the first saturated one, 129..=255 for pairs.
    pub code: u8,
    /// Where the first of its pairs meets the rail, `rail/(w0 + w1)` in codes: above `code - 1`
    /// (or at it) and below `code`. From a scan, which cannot know, `code` itself.
    pub exact_code: f64,
    /// The pairs that saturate from this code on; none from a scan.
    pub pairs: Vec<KinkPair>,
    /// Accumulator units per code before it, zero-point terms included.
    pub slope_before: i32,
    /// Accumulator units per code after it.
    pub slope_after: i32,
    /// What it does to the slope; of no meaning if [`is_jump`](Self::is_jump).
    pub effect: Effect,
}

impl Kink {
    /// Whether the old slope goes on after the accumulator stepped aside once: a 16-bit sum that
    /// wraps around, or two pairs that saturate at the same code in opposite directions.
    pub fn is_jump(&self) -> bool {
        self.slope_before == self.slope_after
    }
}

/// The first code (129..=255) at which a pair of weights of this sum saturates when both inputs
/// hold the same code, `None` where no code of 0..=255 does.
///
/// `⌊32767/s⌋ + 1` for a positive sum, `⌊32768/|s|⌋ + 1` for a negative one. Only sums of 129 and
/// more, or -129 and less, ever saturate, so a single 8-bit weight (the last one of an odd row)
/// never does.
///
/// ```
/// use rampscope::arith::first_saturated_code;
/// assert_eq!(first_saturated_code(254), Some(130)); // 129 · 254 = 32766 still fits
/// assert_eq!(first_saturated_code(-256), Some(129)); // 128 · -256 = -32768 still fits
/// assert_eq!(first_saturated_code(128), None);
/// ```
#[expect(clippy::cast_possible_truncation, reason = "within u8 by the comparison")]
pub const fn first_saturated_code(pair_sum: i32) -> Option<u8> {
    if pair_sum == 0 {
        return None;
    }
    let code = Rail::of(pair_sum).value() / pair_sum + 1;
    if code <= u8::MAX as i32 { Some(code as u8) } else { None }
}

/// The kinks of one output whose neighbours saturate ([`PAIR_SATURATING`]), in closed form, sorted by
/// code.
///
/// [`PAIR_SATURATING`]: super::Accumulator::PAIR_SATURATING
pub fn kinks(weights: &[i8], weight_zero_point: i32) -> Vec<Kink> {
    kinks_of(Group::NEIGHBOURS, weights, weight_zero_point)
}

/// The same for groups of one or two products, whichever they are.
///
/// A group saturates from [`first_saturated_code`] of its weights' sum on. The slope is the sum of all
/// unsaturated sums less K·`weight_zero_point`. Groups with the same first saturated code are one kink.
pub fn kinks_of(group: Group, weights: &[i8], weight_zero_point: i32) -> Vec<Kink> {
    // By code: a sort would be a hundredth of the page's first part.
    let mut found: Vec<Vec<(KinkPair, i32)>> = vec![Vec::new(); CODES];
    let mut slope = 0_i32;
    for (index, mut ks) in group.of(weights.len()).enumerate() {
        let (first, second) = (ks.next(), ks.next());
        let weight = |k: Option<usize>| k.and_then(|k| weights.get(k)).copied();
        let two = [weight(first), weight(second)];
        let sum: i32 = two.into_iter().flatten().map(|w| i32::from(w) - weight_zero_point).sum();
        slope = slope.wrapping_add(sum);
        let sum: i32 = two.into_iter().flatten().map(i32::from).sum();
        if let (Some(first_k), Some(code)) = (first, first_saturated_code(sum)) {
            let weights = two.map(Option::unwrap_or_default);
            let rail = Rail::of(sum);
            let pair = KinkPair { group: index, first_k, second_k: second, weights, rail };
            found[usize::from(code)].push((pair, sum));
        }
    }
    let mut kinks = Vec::new();
    for (code, group) in (0..=u8::MAX).zip(&found).filter(|(_, group)| !group.is_empty()) {
        let slope_before = slope;
        let mut exact_code = f64::INFINITY;
        for (pair, sum) in group {
            slope = slope.wrapping_sub(*sum);
            exact_code = exact_code.min(f64::from(pair.rail.value()) / f64::from(*sum));
        }
        kinks.push(Kink {
            code,
            exact_code,
            pairs: group.iter().map(|(pair, _)| *pair).collect(),
            slope_before,
            slope_after: slope,
            effect: Effect::of(slope_before, slope),
        });
    }
    kinks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects() {
        let cases = [
            (5, 0, Effect::Flat),
            (-5, 0, Effect::Flat),
            (-152, 26, Effect::Turned),
            (122, -14, Effect::Turned),
            (207, 14, Effect::Shallower),
            (-207, -14, Effect::Shallower),
            (41, 237, Effect::Steeper),
            (0, 173, Effect::Steeper),
            (0, -173, Effect::Steeper),
            (-5, 5, Effect::Turned),
        ];
        for (before, after, effect) in cases {
            assert_eq!(Effect::of(before, after), effect, "{before} {after}");
        }
    }

    #[test]
    fn one_pair_goes_flat() {
        let found = kinks(&[127, 127], 0);
        assert_eq!(found.len(), 1);
        let kink = &found[0];
        assert_eq!((kink.code, kink.slope_before, kink.slope_after), (130, 254, 0));
        assert_eq!(kink.effect, Effect::Flat);
        assert_eq!(kink.exact_code, 32_767.0 / 254.0);
        let second_k = Some(1);
        let pair =
            KinkPair { group: 0, first_k: 0, second_k, weights: [127, 127], rail: Rail::High };
        assert_eq!(kink.pairs, [pair]);
    }

    #[test]
    fn the_lowest_pair_touches_its_rail_one_code_before() {
        let found = kinks(&[-128, -128], 0);
        assert_eq!((found[0].code, found[0].exact_code), (129, 128.0));
        assert_eq!(found[0].pairs[0].rail, Rail::Low);
    }

    #[test]
    fn sums_up_to_128_never_saturate() {
        assert!(kinks(&[64, 64, -64, -64], 0).is_empty());
        assert_eq!(kinks(&[65, 64], 0)[0].code, 255);
        assert_eq!(kinks(&[-65, -64], 0)[0].code, 255);
        assert!(kinks(&[-128], 0).is_empty());
        assert!(kinks(&[], 0).is_empty());
    }

    #[test]
    fn equal_thresholds_are_one_kink() {
        let found = kinks(&[127, 127, 3, 4, 127, 126], 0);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].pairs.len(), 2);
        assert_eq!((found[0].slope_before, found[0].slope_after), (514, 7));
        let cancelling = kinks(&[127, 127, -127, -127], 0);
        assert_eq!(cancelling.len(), 1);
        assert!(cancelling[0].is_jump() && !found[0].is_jump());
    }

    #[test]
    fn the_weight_zero_point_tilts_both_sides() {
        let found = kinks(&[127, 127, 1], 10);
        assert_eq!((found[0].slope_before, found[0].slope_after), (255 - 30, 1 - 30));
        assert_eq!(found[0].effect, Effect::Turned);
    }
}
