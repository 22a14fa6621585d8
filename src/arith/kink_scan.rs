//! Kinks found by looking: the oracle of the closed form, and the finder for every other sum.

use super::accumulate::{Accumulator, GroupTrace};
use super::kink::{Effect, Kink, KinkPair};

/// What [`kinks`](super::kinks) returns, by tracing the pairs at every code and no closed form.
///
/// A pair saturates from the first code on at which it keeps less than its exact sum; until then
/// its slope is what it gains from one code to the next.
pub fn kinks_brute_force(weights: &[i8], weight_zero_point: i32) -> Vec<Kink> {
    let mut x = vec![0; weights.len()];
    let mut trace = |code: u8| {
        x.fill(code);
        Accumulator::PAIR_SATURATING.trace(&x, weights)
    };
    // Of the zero-point term, per code.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "a row has at most MAX_INPUTS weights"
    )]
    let tilt = weight_zero_point.wrapping_mul(weights.len() as i32);
    let mut kinks = Vec::new();
    let (mut older, mut old) = (trace(0), trace(1));
    for code in 2..=u8::MAX {
        let new = trace(code);
        let fresh: Vec<KinkPair> = old
            .iter()
            .zip(new.iter().enumerate())
            .filter(|(old, (_, new))| old.lost() == 0 && new.lost() != 0)
            .map(|(_, (group, new))| KinkPair::of(group, new))
            .collect();
        if !fresh.is_empty() {
            // A pair's slope is read before this code, where it is still straight.
            let slope = |straight: &[GroupTrace]| {
                let gains = older.iter().zip(&old).zip(straight);
                let gains = gains.filter(|(_, now)| now.lost() == 0);
                gains.map(|((older, old), _)| old.kept - older.kept).sum::<i32>()
            };
            let (slope_before, slope_after) = (slope(&old) - tilt, slope(&new) - tilt);
            kinks.push(Kink {
                code,
                exact_code: first_touch(&fresh, &old, &new),
                pairs: fresh,
                slope_before,
                slope_after,
                effect: Effect::of(slope_before, slope_after),
            });
        }
        (older, old) = (old, new);
    }
    kinks
}

/// Where the first of the freshly saturated pairs meets its rail, from the exact sums at the two
/// codes around it: an all-equal sum is `code·gain`, so the rail is met at `rail/gain`.
fn first_touch(fresh: &[KinkPair], old: &[GroupTrace], new: &[GroupTrace]) -> f64 {
    let touches = old.iter().zip(new).filter_map(|(old, new)| {
        let pair = fresh.iter().find(|pair| pair.first_k == new.first_k())?;
        Some(f64::from(pair.rail.value()) / f64::from(new.exact - old.exact))
    });
    touches.fold(f64::INFINITY, f64::min)
}

/// Codes at which the slope of an accumulator changes, whatever makes it. `acc[q]` is the
/// accumulator at code q, at most 256 of them.
///
/// For sums that wrap, clamp products or remember: no pair is named. The slope before a break is
/// that of the stretch that ends one code earlier, the slope after it that of the step from
/// `code` to `code + 1` (at the last code, of the step to it). A step after which the old slope
/// goes on is a jump ([`Kink::is_jump`]). Breaks on neighbouring codes run into each other: what lies
/// between them is taken for a slope.
pub fn breaks_by_scan(acc: &[i32]) -> Vec<Kink> {
    let slopes: Vec<i32> = acc.windows(2).map(|step| step[1].wrapping_sub(step[0])).collect();
    let mut breaks = Vec::new();
    let Some((&first, rest)) = slopes.split_first() else { return breaks };
    let mut slope_before = first;
    for ((&step, next), code) in rest.iter().zip(2..).zip(2..=u8::MAX) {
        if step == slope_before {
            continue;
        }
        let slope_after = slopes.get(next).copied().unwrap_or(step);
        breaks.push(Kink {
            code,
            exact_code: code.into(),
            pairs: Vec::new(),
            slope_before,
            slope_after,
            effect: Effect::of(slope_before, slope_after),
        });
        slope_before = slope_after;
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arith::{CODES, kinks};

    fn sums(accumulator: Accumulator, w: &[i8]) -> Vec<i32> {
        (0..=u8::MAX).map(|code| accumulator.accumulate(&vec![code; w.len()], w)).collect()
    }

    #[test]
    fn brute_force_sees_what_the_closed_form_says() {
        let rows: [&[i8]; 6] = [
            &[127, 127, -100, -90, 5],
            &[-128, -128, 127, 127],
            &[127, 127, -127, -127],
            &[65, 64],
            &[-128],
            &[],
        ];
        for row in rows {
            for zero_point in [0, -7, 127] {
                assert_eq!(kinks_brute_force(row, zero_point), kinks(row, zero_point), "{row:?}");
            }
        }
    }

    #[test]
    fn a_scan_finds_the_codes_of_saturation() {
        let row = [127, 127, -100, -90, 5];
        let scanned = breaks_by_scan(&sums(Accumulator::PAIR_SATURATING, &row));
        let closed = kinks(&row, 0);
        assert_eq!(scanned.len(), closed.len());
        for (scanned, closed) in scanned.iter().zip(&closed) {
            assert_eq!(scanned.code, closed.code);
            assert_eq!(scanned.slope_before, closed.slope_before);
            assert_eq!(scanned.slope_after, closed.slope_after);
            assert_eq!(scanned.effect, closed.effect);
        }
    }

    #[test]
    fn a_wrap_is_a_jump_and_a_straight_line_has_no_break() {
        let wrapped = breaks_by_scan(&sums(Accumulator::PAIR_WRAPPING, &[100, 100]));
        let [jump] = wrapped.as_slice() else { panic!("{wrapped:?}") };
        assert_eq!((jump.code, jump.slope_before, jump.slope_after), (164, 200, 200));
        assert!(jump.is_jump());
        assert_eq!(breaks_by_scan(&sums(Accumulator::EXACT, &[100, 100])), []);
        assert_eq!(breaks_by_scan(&[]), []);
        assert_eq!(breaks_by_scan(&[3, 4]), []);
        assert_eq!(breaks_by_scan(&vec![7; CODES]), []);
    }

    #[test]
    fn a_break_at_the_last_code_is_found() {
        let found = breaks_by_scan(&sums(Accumulator::PAIR_SATURATING, &[65, 64]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].code, found[0].slope_before), (255, 129));
        assert_eq!(found[0].slope_after, 32_767 - 254 * 129);
    }
}
