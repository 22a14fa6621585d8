//! The shape of a kink's badge: it tells the effect without colour.

use crate::arith::Effect;

/// Radius of a badge in CSS pixels.
#[cfg(feature = "svg")]
pub(super) const BADGE: f64 = 9.0;

/// The outline of a badge about a point: a square for flat, a diamond for turned, a circle for
/// shallower, a triangle for steeper, a cross for a jump (`None`).
pub fn badge([x, y]: [f64; 2], radius: f64, effect: Option<Effect>) -> Vec<[f64; 2]> {
    let around = |sides: usize, radius: f64, turn: f64| {
        (0..sides)
            .map(|side| {
                let angle = (side as f64 / sides as f64 + turn) * std::f64::consts::TAU;
                [x + radius * libm::sin(angle), y - radius * libm::cos(angle)]
            })
            .collect()
    };
    match effect {
        Some(Effect::Flat) => around(4, radius * 1.25, 0.125),
        Some(Effect::Turned) => around(4, radius * 1.35, 0.0),
        Some(Effect::Shallower) => around(24, radius, 0.0),
        Some(Effect::Steeper) => around(3, radius * 1.5, 0.0),
        None => {
            // Right half from the top, then the same turned by half a circle.
            let (arm, wide) = (radius * 0.72, radius * 1.3);
            let half =
                [[-arm, -wide], [arm, -wide], [arm, -arm], [wide, -arm], [wide, arm], [arm, arm]];
            let turned = half.map(|[dx, dy]| [-dx, -dy]);
            half.into_iter().chain(turned).map(|[dx, dy]| [x + dx, y + dy]).collect()
        }
    }
}
