//! The numbered badges of kinks.

use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use super::super::badge::{BADGE, badge};
use super::super::pen::Pen;
use super::super::scene::{Mark, Role};
use super::super::transform::Placed;
use super::{DrawResult, TICK_SIZE, clamped_to};
use crate::arith::Effect;

/// The numbered badges of all kinks, moved apart where they would overlap,
/// each tied to its kink by a line.
pub(super) fn draw_badges<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    marks: &[&Mark],
    placed: &Placed,
) -> DrawResult<B> {
    let rect = placed.rect;
    let scale = pen.palette.scale;
    let kinks: Vec<_> = marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Kink { at, number, effect, is_seen, is_marked } => {
                let at = clamped_to([placed.x.pixel(at[0]), placed.y.pixel(at[1])], rect);
                Some((at, *number, *effect, *is_seen, *is_marked))
            }
            _ => None,
        })
        .collect();
    let wanted: Vec<f64> = kinks.iter().map(|(at, ..)| at[0]).collect();
    let radius = BADGE * scale;
    let apart = spread(&wanted, 2.0 * radius + 4.0, rect.left + radius, rect.right - radius);
    for ((at, number, effect, is_seen, is_marked), x) in kinks.into_iter().zip(apart) {
        let above = at[1] - rect.top > 44.0 * scale;
        let center = [x, at[1] + if above { -24.0 } else { 24.0 } * scale];
        pen.path([at, center], Role::Saturated, scale)?;
        let mut outline = badge(center, radius, effect);
        if is_marked {
            pen.fill(badge(center, radius * 1.35, effect), Role::Ink)?;
        }
        let (inside, text) = if is_seen {
            (Role::Saturated, Role::Background)
        } else {
            (Role::Background, Role::Saturated)
        };
        pen.fill(outline.clone(), inside)?;
        outline.extend(outline.first().copied());
        pen.path(outline, Role::Saturated, 1.5 * scale)?;
        let middle = Pos { h_pos: HPos::Center, v_pos: VPos::Center };
        // A triangle's middle lies below the middle of its box.
        let down = if effect == Some(Effect::Steeper) { 2.5 } else { 0.5 } * scale;
        pen.text(
            &number.to_string(),
            [center[0], center[1] + down],
            middle,
            TICK_SIZE * scale,
            text,
        )?;
    }
    Ok(())
}

/// Places at least `gap` apart, in the given order, within `low..=high`, each
/// as near to where it is wanted as a single pass in each direction gets it.
fn spread(wanted: &[f64], gap: f64, low: f64, high: f64) -> Vec<f64> {
    let mut places: Vec<f64> = wanted.iter().map(|x| x.clamp(low, high)).collect();
    for index in 1..places.len() {
        places[index] = places[index].max(places[index - 1] + gap);
    }
    let mut limit = high;
    for place in places.iter_mut().rev() {
        *place = place.min(limit);
        limit = *place - gap;
    }
    places
}
