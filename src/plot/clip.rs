//! Polylines held inside a rectangle.

use super::transform::Rect;

/// The parts of a polyline inside a rectangle, in order.
pub(super) fn clip(points: Vec<[f64; 2]>, rect: Rect) -> Vec<Vec<[f64; 2]>> {
    let is_inside = |[x, y]: &[f64; 2]| {
        (rect.left..=rect.right).contains(x) && (rect.top..=rect.bottom).contains(y)
    };
    if points.iter().all(is_inside) {
        return vec![points];
    }
    let mut parts: Vec<Vec<[f64; 2]>> = Vec::new();
    for pair in points.windows(2) {
        let Some([start, end]) = clip_segment(pair[0], pair[1], rect) else { continue };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&start) => part.push(end),
            _ => parts.push(vec![start, end]),
        }
    }
    parts
}

/// The part of a segment inside a rectangle (Liang and Barsky).
fn clip_segment(from: [f64; 2], to: [f64; 2], rect: Rect) -> Option<[[f64; 2]; 2]> {
    let way = [to[0] - from[0], to[1] - from[1]];
    let (mut first, mut last) = (0.0_f64, 1.0_f64);
    let sides = [
        (-way[0], from[0] - rect.left),
        (way[0], rect.right - from[0]),
        (-way[1], from[1] - rect.top),
        (way[1], rect.bottom - from[1]),
    ];
    for (outwards, room) in sides {
        if outwards == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if outwards < 0.0 {
            first = first.max(room / outwards);
        } else {
            last = last.min(room / outwards);
        }
    }
    if first.partial_cmp(&last).is_none_or(std::cmp::Ordering::is_gt) {
        return None;
    }
    let at = |share: f64| {
        if share <= 0.0 {
            from
        } else if share >= 1.0 {
            to
        } else {
            [from[0] + share * way[0], from[1] + share * way[1]]
        }
    };
    Some([at(first), at(last)])
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn what_is_inside_stays_as_it_is() {
        let points = vec![[0.0, 0.0], [10.0, 10.0], [5.0, 5.0]];
        assert_eq!(clip(points.clone(), RECT), [points]);
    }

    #[test]
    fn what_leaves_comes_back_as_another_part() {
        let points = vec![[-5.0, 5.0], [5.0, 5.0], [5.0, 20.0], [8.0, 20.0], [8.0, 5.0]];
        assert_eq!(
            clip(points, RECT),
            [vec![[0.0, 5.0], [5.0, 5.0], [5.0, 10.0]], vec![[8.0, 10.0], [8.0, 5.0]]]
        );
        assert!(clip(vec![[-1.0, -1.0], [-1.0, 11.0]], RECT).is_empty());
        assert!(clip(vec![[f64::NAN, 1.0], [2.0, f64::INFINITY]], RECT).len() <= 1);
    }
}
