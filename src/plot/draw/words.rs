//! A few lines of text in a picture, and what lies behind them.

use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::{HPos, Pos, VPos};

use super::{DrawResult, TICK_SIZE};
use crate::plot::pen::Pen;
use crate::plot::scene::{Corner, Role};

/// What a character of words takes of their size, on the whole.
const WORDS_WIDTH: f64 = 0.5;
/// From a line of words to the next, of their size.
const WORDS_LINE: f64 = 1.3;

/// What lies behind a few lines of text: as large as they are about. Nothing is measured here.
pub(super) fn plate<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    [x, y]: [f64; 2],
    corner: Corner,
    lines: &[String],
) -> DrawResult<B> {
    let size = TICK_SIZE * pen.palette.scale;
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0) as f64;
    let edge = size * 0.25;
    let (width, height) = (longest * size * WORDS_WIDTH, lines.len() as f64 * size * WORDS_LINE);
    let is_upper = matches!(corner, Corner::UpperLeft | Corner::UpperRight);
    let is_left = matches!(corner, Corner::UpperLeft | Corner::LowerLeft);
    let far = [
        if is_left { x + width } else { x - width },
        if is_upper { y + height } else { y - height },
    ];
    let out = |near: f64, far: f64| {
        if near < far { (near - edge, far + edge) } else { (near + edge, far - edge) }
    };
    let ((x0, x1), (y0, y1)) = (out(x, far[0]), out(y, far[1]));
    pen.fill([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], Role::Background)
}

/// A few lines of text.
pub(super) fn words<B: DrawingBackend>(
    pen: &mut Pen<'_, B>,
    [x, y]: [f64; 2],
    corner: Corner,
    lines: &[String],
    role: Role,
) -> DrawResult<B> {
    let size = TICK_SIZE * pen.palette.scale;
    let is_upper = matches!(corner, Corner::UpperLeft | Corner::UpperRight);
    let is_left = matches!(corner, Corner::UpperLeft | Corner::LowerLeft);
    let h_pos = if is_left { HPos::Left } else { HPos::Right };
    let v_pos = if is_upper { VPos::Top } else { VPos::Bottom };
    for (index, line) in lines.iter().enumerate() {
        let below = if is_upper { index as f64 } else { index as f64 + 1.0 - lines.len() as f64 };
        let at = [x, y + below * size * WORDS_LINE];
        pen.text(line, at, Pos { h_pos, v_pos }, size, role)?;
    }
    Ok(())
}
