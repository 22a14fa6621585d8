//! Round numbers along an axis.

use super::scene::{Axis, Tick};
use crate::state::number;

/// At most `most` ticks at multiples of 1, 2 or 5 times a power of ten.
#[expect(
    clippy::cast_possible_truncation,
    reason = "decimals and ticks of an axis: few, and it saturates"
)]
pub fn ticks(axis: Axis, most: usize) -> Vec<Tick> {
    let span = axis.max - axis.min;
    if !(span > 0.0 && span.is_finite()) || most == 0 {
        return Vec::new();
    }
    let rough = span / most as f64;
    let steps = number::round_steps(rough);
    let step = steps.into_iter().find(|step| *step >= rough).unwrap_or(steps[3]);
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    let first = (axis.min / step - 1e-9).ceil() as i64;
    let last = (axis.max / step + 1e-9).floor() as i64;
    (first..=last)
        .map(|index| {
            let at = index as f64 * step;
            Tick { at, label: number::fixed(at, decimals) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_and_few() {
        let labels = |min, max, most| {
            ticks(Axis { min, max }, most).into_iter().map(|tick| tick.label).collect::<Vec<_>>()
        };
        assert_eq!(labels(-4.0, 4.0, 8), ["−4", "−3", "−2", "−1", "0", "1", "2", "3", "4"]);
        assert_eq!(labels(0.0, 0.3, 3), ["0.0", "0.1", "0.2", "0.3"]);
        assert!(labels(1.0, 1.0, 5).is_empty());
        assert!(labels(0.0, f64::INFINITY, 5).is_empty());
    }
}
