//! More entries of the same kinds, for what sentences say of them.

use rampscope::explain::{Entry, Numbers};

use crate::explain_support::{Draw, Maker, Rows, S8S8, U8S8, clamp16, coded, of_seen, reals, u8s8};

pub const MAKERS: [(&str, Maker); 8] = [
    ("one_pair", one_pair),
    ("pairs_with_zero_points", pairs_with_zero_points),
    ("wraps_unsigned", wraps_unsigned),
    ("sum_clamps", sum_clamps),
    ("code_wraps", code_wraps),
    ("rounded_down", rounded_down),
    ("float32_sum", float32_sum),
    ("nearest_code", nearest_code),
];

fn one_pair(draw: &mut Draw) -> Option<Entry> {
    let rows = Rows::one(draw.list(2, 200, 255), draw.list(2, 80, 127));
    let seen = rows.grouped(2, clamp16);
    (seen != rows.exact()).then(|| rows.entry(U8S8, &seen))
}

fn pairs_with_zero_points(draw: &mut Draw) -> Option<Entry> {
    let rows = u8s8(draw, 1);
    let zero_points = [draw.within(0, 1) * draw.within(1, 255), draw.within(-100, 100)];
    let [a, b] = zero_points;
    let (x, w) = (rows.x.iter().sum::<i64>(), rows.w[0].iter().sum::<i64>());
    let count = i64::try_from(rows.x.len()).expect("small");
    let taken = a * (w - count * b) + b * x;
    let kept = rows.grouped(2, clamp16)[0];
    let mut entry = rows.entry(U8S8, &[kept - taken]);
    entry.zero_points.a = Numbers::One(a as f64);
    entry.zero_points.b = Numbers::One(b as f64);
    (kept != rows.exact()[0]).then_some(entry)
}

fn wraps_unsigned(draw: &mut Draw) -> Option<Entry> {
    // The code 0 counts as −128.
    let count = draw.count(12, 30);
    let (mut x, mut w) = (draw.list(count, 0, 255), draw.list(count, -128, 127));
    for at in [0, 8] {
        (x[at], w[at]) = (0, -128);
    }
    let rows = Rows::one(x, w);
    let seen = rows.exact()[0] - 65_536;
    // Others that wrap would be more of it.
    let is_one = (1..8).all(|k| {
        let pair = [k, k + 8].map(|k| rows.x.get(k) == Some(&0) && rows.w[0].get(k) == Some(&-128));
        pair != [true, true]
    });
    is_one.then(|| rows.entry(U8S8, &[seen]))
}

fn sum_clamps(draw: &mut Draw) -> Option<Entry> {
    let rows = Rows::one(draw.list(9, 0, 255), draw.list(9, -128, 127));
    let zero_point = draw.within(1, 90);
    let exact: i64 = rows.x.iter().zip(&rows.w[0]).map(|(x, w)| (x - zero_point) * w).sum();
    let mut entry = rows.entry(U8S8, &[clamp16(exact)]);
    entry.zero_points.a = Numbers::One(zero_point as f64);
    (clamp16(exact) != exact).then_some(entry)
}

#[expect(clippy::cast_possible_truncation, reason = "codes")]
fn code_wraps(draw: &mut Draw) -> Option<Entry> {
    let sums = draw.list(4, -9000, 9000);
    let code = |sum: &i64| (*sum as f64 / 20.0).round_ties_even() as i64 + 100;
    let seen: Vec<i64> = sums.iter().map(|sum| code(sum).rem_euclid(256)).collect();
    let beyond = sums.iter().map(code).any(|code| !(0..256).contains(&code));
    let entry = Entry { sums: reals(&sums).into(), seen: vec![of_seen(&seen)], ..Entry::default() };
    beyond.then(|| coded(entry, [1.0, 1.0, 20.0], 100))
}

#[expect(clippy::cast_possible_truncation, reason = "codes")]
fn rounded_down(draw: &mut Draw) -> Option<Entry> {
    let sums = draw.list(6, -900, 900);
    let code = |sum: &i64| (*sum as f64 / 10.0).floor() as i64 + 128;
    let seen: Vec<i64> = sums.iter().map(code).collect();
    let entry = Entry { sums: reals(&sums).into(), seen: vec![of_seen(&seen)], ..Entry::default() };
    let differs = sums.iter().any(|sum| *sum < 0 && sum.rem_euclid(10) > 0);
    differs.then(|| coded(entry, [1.0, 1.0, 10.0], 128))
}

fn float32_sum(draw: &mut Draw) -> Option<Entry> {
    let count = draw.count(2000, 2600);
    let rows = Rows::one(draw.list(count, 100, 127), draw.list(count, 100, 127));
    let sum = rows.x.iter().zip(&rows.w[0]).fold(0.0_f32, |sum, (x, w)| sum + (x * w) as f32);
    #[expect(clippy::cast_possible_truncation, reason = "a whole float32 number")]
    let (seen, nearest) = (sum as i64, rows.exact()[0] as f32 as i64);
    (seen != nearest).then(|| rows.entry(S8S8, &[seen]))
}

#[expect(clippy::cast_possible_truncation, reason = "codes")]
fn nearest_code(draw: &mut Draw) -> Option<Entry> {
    let outputs = draw.count(1, 3);
    let rows = u8s8(draw, outputs);
    let code = |sum: &i64| (*sum as f64 / 300.0).round_ties_even() as i64 + 128;
    let seen: Vec<i64> = rows.exact().iter().map(code).collect();
    let inside = seen.iter().all(|code| (1..255).contains(code));
    inside.then(|| coded(rows.entry(U8S8, &seen), [1.0, 1.0, 300.0], 128))
}
