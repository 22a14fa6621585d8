//! All 65,536 pairs of weights as one picture: which are safe, what keeps others out, and which are there.

use super::scene::{Axis, Corner, Dash, Frame, Labels, Mark, Role, Scene, Shape, Side, Tick};
use crate::arith::{Lane, PairReach, QType};
use crate::state::PairMap;
use crate::state::number::whole;

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MapPointing {
    /// The pair of weights under the pointer, or that keys have reached.
    pub cell: Option<[i8; 2]>,
    /// The pair of the output, by its index.
    pub pair: Option<usize>,
}

/// All weights, each half a weight to both sides.
const ALL: Axis = Axis { min: -128.5, max: 127.5 };
/// From this many CSS pixels on there is room for codes and longer words.
const WIDE: f64 = 480.0;
/// Below this many there is room for one line of each.
const TINY: f64 = 290.0;
/// The code of the line within what is lost.
const LOWER_CODE: i32 = 170;
/// Pairs of an output that are named.
const MOST_NAMED: usize = 12;
/// More rectangles than this are drawn coarser.
const MOST_BLOCKS: usize = 5000;

/// The map for a canvas that is so wide, in CSS pixels of usual type.
pub fn pair_map_scene(map: &PairMap, pointing: MapPointing, width: f64) -> Scene {
    let is_wide = width >= WIDE;
    let mut marks = regions(map.reach);
    marks.extend(density(map));
    if map.reach.safe_pairs() + 1 == 1 << 16 {
        // A pair alone would hardly be seen.
        let points = vec![[f64::from(i8::MIN); 2]];
        let (shape, role) = (Shape::Cross, Role::Saturated);
        marks.push(Mark::Points { points, role, shape, radius: 4.0 });
    }
    if map.has_bounds() {
        if is_wide {
            marks.extend(lower_code(map));
        }
        marks.extend(edge(map.reach, Role::Saturated, Dash::Solid));
        marks.extend(bounds(map.reach));
    } else if map.compares() {
        marks.extend(edge(PairReach::PMADDUBSW, Role::Muted, Dash::Dotted));
    }
    marks.extend(words(map, width));
    marks.extend(dots(map, pointing, is_wide));
    if let Some(cell) = pointing.cell {
        let [x, y] = cell.map(f64::from);
        marks.push(Mark::Vertical { x, role: Role::Muted, dash: Dash::Dotted });
        marks.push(Mark::Horizontal { y, role: Role::Muted, dash: Dash::Dotted });
    }
    let labels = vec![
        weights_on(Side::Bottom, "first weight w₀"),
        weights_on(Side::Left, "second weight w₁"),
    ];
    Scene { frames: vec![Frame { share: 1.0, is_square: true, x: ALL, y: ALL, labels, marks }] }
}

fn weights_on(side: Side, title: &str) -> Labels {
    let tick = |w: i32| Tick { at: w.into(), label: whole(w.into()) };
    let ticks = [-128, -64, 0, 64, 127].map(tick).into();
    Labels { side, title: title.into(), ticks, grid: true }
}

/// What is not safe, and in it what is.
fn regions(reach: PairReach) -> Vec<Mark> {
    let safe = outline(reach);
    if !reach.is_of_pairs() || reach.safe_pairs() == 1 << 16 {
        return Vec::new();
    }
    let ends = [ALL.min, ALL.max];
    let corners = [[0, 0], [1, 0], [1, 1], [0, 1]].map(|[x, y]| [ends[x], ends[y]]);
    vec![
        Mark::Region { points: corners.into(), role: Role::Marked },
        Mark::Region { points: safe, role: Role::Background },
    ]
}

/// The outline of the safe pairs, half-way between them and the others.
fn outline(reach: PairReach) -> Vec<[f64; 2]> {
    let rows: Vec<(f64, [f64; 2])> = (i8::MIN..=i8::MAX)
        .filter_map(|second| {
            let [from, to] = reach.safe_run(second)?.map(f64::from);
            Some((f64::from(second), [from - 0.5, to + 0.5]))
        })
        .collect();
    let (Some(&(lowest, low)), Some(&(highest, high))) = (rows.first(), rows.last()) else {
        return Vec::new();
    };
    let (lowest, highest) = (lowest - 0.5, highest + 0.5);
    let mut points = vec![[low[0], lowest], [low[1], lowest]];
    points.extend(rows.iter().map(|(y, [_, right])| [*right, *y]));
    points.extend([[high[1], highest], [high[0], highest]]);
    points.extend(rows.iter().rev().map(|(y, [left, _])| [*left, *y]));
    points.push(points[0]);
    straightened(points)
}

/// Without the places that lie on a straight line between their neighbours.
fn straightened(points: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    let mut kept: Vec<[f64; 2]> = Vec::new();
    for point in points {
        if let [.., a, b] = kept[..] {
            let turn = (b[0] - a[0]) * (point[1] - b[1]) - (b[1] - a[1]) * (point[0] - b[0]);
            if turn == 0.0 {
                kept.pop();
            }
        }
        kept.push(point);
    }
    kept
}

/// The pieces of the outline within the map: what lies on its edge is no bound.
fn edge(reach: PairReach, role: Role, dash: Dash) -> Vec<Mark> {
    let is_on_edge = |a: [f64; 2], b: [f64; 2]| {
        [0, 1].iter().any(|&axis| a[axis] == b[axis] && (a[axis] <= ALL.min || a[axis] >= ALL.max))
    };
    let points = outline(reach);
    let mut pieces: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut is_open = false;
    for pair in points.windows(2) {
        if is_on_edge(pair[0], pair[1]) {
            is_open = false;
            continue;
        }
        match pieces.last_mut() {
            Some(piece) if is_open => piece.push(pair[1]),
            _ => pieces.push(pair.to_vec()),
        }
        is_open = true;
    }
    pieces.into_iter().map(|points| Mark::Path { points, role, width: 1.5, dash }).collect()
}

/// Half-way to the last corner: which pairs are lost from a lower code on.
fn lower_code(map: &PairMap) -> Vec<Mark> {
    let reach = map.reach;
    let is_lost = |reach: PairReach| !reach.is_safe([i8::MIN; 2]) && !reach.is_safe([i8::MAX; 2]);
    let fewer = reach.up_to(LOWER_CODE).filter(|fewer| reach.codes() != fewer.codes());
    let Some(fewer) = fewer.filter(|fewer| is_lost(*fewer) && fewer.lane() != Lane::Product15)
    else {
        return Vec::new();
    };
    let mut marks = edge(fewer, Role::Saturated, Dash::Dotted);
    for mark in &mut marks {
        if let Mark::Path { width, .. } = mark {
            *width = 1.0;
        }
    }
    // At the left edge of the map, below the line.
    let highest = (i8::MIN..=0).rev().find(|&second| !fewer.is_safe([i8::MIN, second]));
    marks.extend(highest.map(|second| Mark::Words {
        at: [f64::from(i8::MIN) + 5.0, f64::from(second) - 4.0],
        corner: Corner::UpperLeft,
        lines: vec![format!("from code {LOWER_CODE} on")],
        role: Role::Saturated,
        is_on_plate: map.density.is_some(),
    }));
    marks
}

/// The square of 7-bit weights, and A2Q's diamond.
fn bounds(reach: PairReach) -> Vec<Mark> {
    let mut marks = Vec::new();
    let seven = QType::QInt8.observer_range(true);
    let [low, high] = [f64::from(seven.qmin) - 0.5, f64::from(seven.qmax) + 0.5];
    let square = [[low, low], [high, low], [high, high], [low, high], [low, low]];
    let path = |points, role, dash| Mark::Path { points, role, width: 1.5, dash };
    marks.push(path(square.into(), SEVEN_BITS, Dash::Dotted));
    if let Some(bound) = diamond(reach) {
        let b = f64::from(bound) + 0.5;
        let points = vec![[b, 0.0], [0.0, b], [-b, 0.0], [0.0, -b], [b, 0.0]];
        marks.push(path(points, A2Q, Dash::Dashed));
    }
    marks
}

/// A2Q's bound, where its diamond is one: within the map.
fn diamond(reach: PairReach) -> Option<i32> {
    reach.a2q_bound().filter(|bound| *bound <= i32::from(i8::MAX))
}

const SEVEN_BITS: Role = Role::Overlay(1);
const A2Q: Role = Role::Overlay(0);

/// What the areas and lines are.
fn words(map: &PairMap, width: f64) -> Vec<Mark> {
    let reach = map.reach;
    let (is_wide, is_tiny) = (width >= WIDE, width < TINY);
    let mut marks = Vec::new();
    // What stands behind them is of many colours.
    let is_on_plate = map.density.is_some();
    let mut say = |at: [f64; 2], corner, lines: &[&str], role| {
        let most = if is_tiny { 1 } else { lines.len() };
        let lines = lines.iter().take(most).map(|line| (*line).to_string()).collect();
        marks.push(Mark::Words { at, corner, lines, role, is_on_plate });
    };
    const NEAR: f64 = 122.0;
    const FAR: f64 = -123.0;
    let verb = match reach.lane() {
        Lane::Saturate | Lane::Acc16 => "saturates",
        Lane::Wrap => "wraps around",
        _ => "is cut",
    };
    if map.compares() {
        let lines = ["saturates with", "vpmaddubsw"];
        say([NEAR, NEAR], Corner::UpperRight, &lines, Role::Muted);
        say([FAR, FAR], Corner::LowerLeft, &lines, Role::Muted);
        return marks;
    }
    if !map.has_bounds() {
        return marks;
    }
    let is_safe = |weights| reach.is_safe(weights);
    let is_product = reach.lane() == Lane::Product15;
    if !is_safe([i8::MAX; 2]) {
        let lines = if is_product { [verb, "beyond 15 bits"] } else { [verb, "above 32767"] };
        say([NEAR, NEAR], Corner::UpperRight, &lines, Role::Saturated);
    }
    if !is_safe([i8::MIN; 2]) && is_safe([i8::MIN + 1; 2]) {
        let lines = ["only −128, −128", verb];
        say([FAR + 6.0, FAR], Corner::LowerLeft, &lines, Role::Saturated);
    } else if !is_safe([i8::MIN; 2]) {
        let lines = if is_product { [verb, "beyond 15 bits"] } else { [verb, "below −32768"] };
        say([FAR, FAR], Corner::LowerLeft, &lines, Role::Saturated);
    }
    if is_safe([i8::MIN, i8::MAX]) && is_safe([i8::MAX, i8::MIN]) {
        let lines: &[&str] = match (1 << 16) - reach.safe_pairs() {
            0 => &["every pair is safe"],
            1 if is_tiny => &["the others: safe"],
            1 => &["every other pair", "is safe"],
            _ if is_tiny => &["safe"],
            _ => &["opposite signs:", "always safe"],
        };
        say([FAR, NEAR], Corner::UpperLeft, lines, Role::Ink);
    }
    if let Some(bound) = diamond(reach) {
        let line = format!("|w₀| + |w₁| ≤ {bound}");
        let short = format!("A2Q: ≤ {bound}");
        let stays = match (is_wide, is_tiny) {
            (true, _) => "A2Q stays within",
            (false, false) => "A2Q:",
            (false, true) => &short,
        };
        say([NEAR, FAR], Corner::LowerRight, &[stays, &line], A2Q);
    }
    let seven =
        if is_wide && !is_on_plate { "7-bit weights, −64 … 63" } else { "7-bit weights" };
    say([-61.0, 60.0], Corner::UpperLeft, &[seven], SEVEN_BITS);
    marks
}

/// Distinct pairs that are seen only if they are drawn larger.
const FEW_PAIRS: usize = 500;

/// How often pairs stand in the tensor, in five steps of their logarithm.
fn density(map: &PairMap) -> Vec<Mark> {
    let Some(counts) = &map.density else { return Vec::new() };
    let most = counts.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let scale = 5.0 / f64::from(most).ln_1p();
    // A pair alone is a pixel at most: few of them are drawn larger than they are.
    let is_few = counts.iter().filter(|count| **count > 0).count() <= FEW_PAIRS;
    let more = if is_few { 1.0 } else { 0.0 };
    let mut coarse = 1;
    loop {
        let blocks = blocks(map, counts, coarse, scale);
        let count: usize = blocks.iter().map(|(_, blocks)| blocks.len()).sum();
        if count <= MOST_BLOCKS || coarse == 4 {
            let held = |edge: f64| edge.clamp(ALL.min, ALL.max);
            let grown =
                |[x0, y0, x1, y1]: [f64; 4]| [x0 - more, y0 - more, x1 + more, y1 + more].map(held);
            let mark = |(role, blocks): (Role, Vec<[f64; 4]>)| Mark::Blocks {
                blocks: blocks.into_iter().map(grown).collect(),
                role,
            };
            return blocks.into_iter().map(mark).collect();
        }
        coarse *= 2;
    }
}

/// Rectangles of one strength each, of squares of so many weights with their largest count.
fn blocks(map: &PairMap, counts: &[u32], coarse: usize, scale: f64) -> Vec<(Role, Vec<[f64; 4]>)> {
    let roles = |is_lost: bool, level: u8| {
        if is_lost { Role::LostDensity(level) } else { Role::Density(level) }
    };
    let mut all: Vec<(Role, Vec<[f64; 4]>)> = [false, true]
        .into_iter()
        .flat_map(|is_lost| (0..5).map(move |level| (roles(is_lost, level), Vec::new())))
        .collect();
    for top in (0..256).step_by(coarse) {
        let mut begun: Option<(usize, usize)> = None;
        for left in (0..=256).step_by(coarse) {
            let here = (left < 256).then(|| {
                let square = (top..top + coarse)
                    .flat_map(|row| (left..left + coarse).map(move |column| (row, column)));
                let (mut most, mut is_lost) = (0, false);
                for (row, column) in square {
                    let count = counts[256 * row + column];
                    most = most.max(count);
                    is_lost |= count > 0 && !map.reach.is_safe([weight(column), weight(row)]);
                }
                (most > 0).then(|| usize::from(level(most, scale)) + if is_lost { 5 } else { 0 })
            });
            let here = here.flatten();
            if begun.map(|(_, which)| which) != here {
                if let Some((from, which)) = begun {
                    let edge = |place: usize| place as f64 + ALL.min;
                    let block = [edge(from), edge(top), edge(left), edge(top + coarse)];
                    all[which].1.push(block);
                }
                begun = here.map(|which| (left, which));
            }
        }
    }
    all.retain(|(_, blocks)| !blocks.is_empty());
    all
}

fn weight(place: usize) -> i8 {
    i8::try_from(i64::try_from(place).unwrap_or(0) - 128).unwrap_or(0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "0 to 4, and it saturates"
)]
fn level(count: u32, scale: f64) -> u8 {
    ((f64::from(count).ln_1p() * scale) as u8).min(4)
}

/// The pairs of the output.
fn dots(map: &PairMap, pointing: MapPointing, is_wide: bool) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut named: Vec<[f64; 2]> = Vec::new();
    let is_few = is_wide && map.dots.len() <= MOST_NAMED;
    for dot in &map.dots {
        let at = dot.weights.map(f64::from);
        let is_marked = pointing.pair == Some(dot.pair);
        let is_lost = map.has_bounds() && !map.reach.is_safe(dot.weights);
        let role = if is_lost { Role::Saturated } else { Role::Chosen };
        if is_marked {
            marks.push(Mark::Dot { at, role: Role::Ink, radius: 8.0 });
        }
        marks.push(Mark::Dot { at, role, radius: 5.0 });
        let is_free =
            named.iter().all(|[x, y]| (x - at[0]).abs() > 24.0 || (y - at[1]).abs() > 9.0);
        if is_marked || (is_few || is_lost) && is_free && named.len() < MOST_NAMED {
            named.push(at);
            // Towards the middle, where there is room.
            let (is_right, is_high) = (at[0] > 60.0, at[1] > 105.0);
            let beside = if is_right { -5.0 } else { 5.0 };
            let at = [at[0] + beside, at[1] + if is_high { -2.0 } else { 2.0 }];
            let corner = match (is_right, is_high) {
                (false, false) => Corner::LowerLeft,
                (false, true) => Corner::UpperLeft,
                (true, false) => Corner::LowerRight,
                (true, true) => Corner::UpperRight,
            };
            let name = match dot.ks {
                (first, Some(second)) => format!("k {first}, {second}"),
                (first, None) => format!("k {first}"),
            };
            marks.push(Mark::Words { at, corner, lines: vec![name], role, is_on_plate: false });
        }
    }
    marks
}
