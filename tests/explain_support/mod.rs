//! Entries that show one thing each, made by plain arithmetic of their own.

use rampscope::explain::{
    Answers, Bias, Code, CodeType, Entry, Layout, Numbers, Operator, Scales, Seen, Types,
    ZeroPoints,
};

/// Numbers without a pattern, the same each time.
pub struct Draw(pub u64);

impl Draw {
    pub fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of `low..=high`.
    pub fn within(&mut self, low: i64, high: i64) -> i64 {
        let count = u64::try_from(high - low + 1).expect("a range");
        low + i64::try_from(self.next() % count).expect("below the count")
    }

    pub fn list(&mut self, count: usize, low: i64, high: i64) -> Vec<i64> {
        (0..count).map(|_| self.within(low, high)).collect()
    }

    pub fn count(&mut self, low: usize, high: usize) -> usize {
        let range = [low, high].map(|one| i64::try_from(one).expect("small"));
        usize::try_from(self.within(range[0], range[1])).expect("small")
    }
}

/// A row of inputs, and weights by output.
pub struct Rows {
    pub x: Vec<i64>,
    pub w: Vec<Vec<i64>>,
}

pub fn reals(values: &[i64]) -> Vec<f64> {
    values.iter().map(|&value| value as f64).collect()
}

impl Rows {
    pub fn one(x: Vec<i64>, w: Vec<i64>) -> Rows {
        Rows { x, w: vec![w] }
    }

    pub fn exact(&self) -> Vec<i64> {
        self.w.iter().map(|w| self.x.iter().zip(w).map(|(x, w)| x * w).sum()).collect()
    }

    /// Sums of groups of so many neighbours, each as `kept` keeps it.
    pub fn grouped(&self, size: usize, kept: impl Fn(i64) -> i64) -> Vec<i64> {
        let of = |w: &Vec<i64>| -> i64 {
            let products: Vec<i64> = self.x.iter().zip(w).map(|(x, w)| x * w).collect();
            products.chunks(size).map(|group| kept(group.iter().sum())).sum()
        };
        self.w.iter().map(of).collect()
    }

    /// An entry of typed operands, outputs as rows of B.
    pub fn entry(&self, types: [CodeType; 2], seen: &[i64]) -> Entry {
        Entry {
            a: reals(&self.x).into(),
            b: self.w.iter().map(|row| reals(row)).collect::<Vec<_>>().into(),
            types: Types { a: Some(types[0]), b: Some(types[1]), output: None },
            layout: Some(Layout::Rows),
            seen: vec![of_seen(seen)],
            ..Entry::default()
        }
    }
}

pub fn of_seen(values: &[i64]) -> Seen {
    Seen { label: "machine 1".into(), values: reals(values).into(), ..Seen::default() }
}

pub fn clamp16(sum: i64) -> i64 {
    sum.clamp(-32_768, 32_767)
}

pub fn wrap(sum: i64, bits: u32, signed: bool) -> i64 {
    let modulus = 1_i64 << bits;
    let low = sum.rem_euclid(modulus);
    if signed && low >= modulus / 2 { low - modulus } else { low }
}

pub const U8S8: [CodeType; 2] = [CodeType::U8, CodeType::S8];
pub const S8S8: [CodeType; 2] = [CodeType::S8, CodeType::S8];

/// An entry that shows something, or `None` where the draw does not.
pub type Maker = fn(&mut Draw) -> Option<Entry>;

/// A maker for every code.
pub const MAKERS: [(Code, Maker); 23] = [
    (Code::PairClamps, pair_clamps),
    (Code::Sum16Clamps, sum16_clamps),
    (Code::ProductClamps, product_clamps),
    (Code::Wraps, wraps),
    (Code::HalvedWeight, halved_weight),
    (Code::ReferenceWraps, reference_wraps),
    (Code::Beyond2Pow24, beyond_2_24),
    (Code::BiasOverflow, bias_overflow),
    (Code::OutputClamp, output_clamp),
    (Code::Tie, tie),
    (Code::ZeroPointFirst, zero_point_first),
    (Code::Truncates, truncates),
    (Code::Reciprocal, reciprocal),
    (Code::ZeroPointIgnored, zero_point_ignored),
    (Code::LeftOut, left_out),
    (Code::WrongSignedness, wrong_signedness),
    (Code::OperandsSwapped, operands_swapped),
    (Code::LayoutTransposed, layout_transposed),
    (Code::VectorPosition, vector_position),
    (Code::SignFlips, sign_flips),
    (Code::RankingFlips, ranking_flips),
    (Code::Fits, fits),
    (Code::Refused, refused),
];

pub fn u8s8(draw: &mut Draw, outputs: usize) -> Rows {
    let count = draw.count(2, 40);
    let x = draw.list(count, 0, 255);
    let w = (0..outputs).map(|_| draw.list(count, -128, 127)).collect();
    Rows { x, w }
}

pub fn pair_clamps(draw: &mut Draw) -> Option<Entry> {
    let outputs = draw.count(1, 4);
    let rows = u8s8(draw, outputs);
    let seen = rows.grouped(2, clamp16);
    (seen != rows.exact()).then(|| rows.entry(U8S8, &seen))
}

pub fn sum16_clamps(draw: &mut Draw) -> Option<Entry> {
    // No pair leaves 16 bits, the sum does.
    let count = 2 * draw.count(4, 40);
    let rows = Rows::one(draw.list(count, 60, 127), draw.list(count, 40, 127));
    let products: Vec<i64> = rows.x.iter().zip(&rows.w[0]).map(|(x, w)| x * w).collect();
    let pairs = products.chunks(2).map(|pair| pair.iter().sum::<i64>());
    let seen = pairs.fold(0, |sum, pair| clamp16(sum + clamp16(pair)));
    (seen != rows.exact()[0]).then(|| rows.entry(U8S8, &[seen]))
}

pub fn product_clamps(draw: &mut Draw) -> Option<Entry> {
    let count = draw.count(3, 20);
    let rows = Rows::one(draw.list(count, 150, 255), draw.list(count, 90, 127));
    let seen = rows.grouped(1, |product| product.clamp(-16_384, 16_383));
    let is_alone = seen != rows.grouped(2, clamp16) && seen != rows.exact();
    is_alone.then(|| rows.entry(U8S8, &seen))
}

pub fn wraps(draw: &mut Draw) -> Option<Entry> {
    let count = draw.count(12, 40);
    let (mut x, mut w) = (draw.list(count, -128, 127), draw.list(count, -128, 127));
    let k = draw.count(0, count - 9) / 16 * 16;
    for at in [k, k + 8] {
        (x[at], w[at]) = (-128, -128);
    }
    let rows = Rows::one(x, w);
    let products: Vec<i64> = rows.x.iter().zip(&rows.w[0]).map(|(x, w)| x * w).collect();
    let mut seen = 0;
    for block in products.chunks(16) {
        for k in 0..8.min(block.len()) {
            seen += wrap(block[k] + block.get(k + 8).copied().unwrap_or(0), 16, true);
        }
    }
    (seen != rows.exact()[0]).then(|| rows.entry(S8S8, &[seen]))
}

pub fn halved_weight(draw: &mut Draw) -> Option<Entry> {
    let count = draw.count(2, 30);
    let rows = Rows::one(draw.list(count, -100, 100), draw.list(count, -100, 100));
    let half = |w: i64| {
        // To nearest, ties to even.
        let half = w.div_euclid(2);
        if w.rem_euclid(2) == 1 && half.rem_euclid(2) == 1 { half + 1 } else { half }
    };
    let seen = rows.x.iter().zip(&rows.w[0]).map(|(x, &w)| 2 * x * half(w)).sum::<i64>();
    (seen != rows.exact()[0]).then(|| rows.entry(S8S8, &[seen]))
}

pub fn reference_wraps(draw: &mut Draw) -> Option<Entry> {
    let count = draw.count(2, 5);
    let outputs = draw.count(3, 5);
    let x = draw.list(count, 0, 255);
    let rows = Rows { x, w: (0..outputs).map(|_| draw.list(count, -128, 127)).collect() };
    let (bits, signed) = [(8, true), (8, false), (16, true), (16, false)][draw.count(0, 3)];
    let seen: Vec<i64> = rows.exact().iter().map(|&sum| wrap(sum, bits, signed)).collect();
    let is_alone = seen != rows.exact() && seen != rows.grouped(2, clamp16);
    is_alone.then(|| rows.entry(U8S8, &seen))
}

pub fn beyond_2_24(draw: &mut Draw) -> Option<Entry> {
    let count = draw.count(1400, 2000);
    let rows = Rows::one(draw.list(count, 100, 127), draw.list(count, 100, 127));
    #[expect(clippy::cast_possible_truncation, reason = "a whole float32 number")]
    let seen = rows.exact()[0] as f32 as i64;
    (seen != rows.exact()[0]).then(|| rows.entry(S8S8, &[seen]))
}

/// Scales of A, B and the output, and a zero point of the output, u8.
pub fn coded(mut entry: Entry, scales: [f64; 3], zero_point: i32) -> Entry {
    let [a, b, output] = scales;
    entry.scales = Scales { a: Some(a), b: b.into(), output: Some(output) };
    entry.zero_points.output = zero_point;
    entry.types.output = Some(CodeType::U8);
    entry
}

pub fn bias_overflow(draw: &mut Draw) -> Option<Entry> {
    let rows = u8s8(draw, 1);
    let bias = draw.within(3, 90) as f64;
    // Units of 2⁻³² of a real one.
    let unit = 2.0_f64.powi(-16);
    let scales = [unit, unit, 1.0];
    let mut entry = coded(rows.entry(U8S8, &[]), scales, 7);
    entry.bias = Some(Bias::Real(bias.into()));
    // QNNPACK keeps the largest int32, which is half a step here.
    entry.seen = vec![of_seen(&[8])];
    let sum = rows.exact()[0];
    (sum.abs() < 1 << 20).then_some(entry)
}

pub fn output_clamp(draw: &mut Draw) -> Option<Entry> {
    let rows = u8s8(draw, 1);
    let step = draw.within(1, 40) as f64;
    let zero_point = draw.within(0, 255);
    #[expect(clippy::cast_possible_truncation, reason = "a code")]
    let code = (rows.exact()[0] as f64 / step).round_ties_even() as i64 + zero_point;
    let seen = code.clamp(0, 255);
    let entry = rows.entry(U8S8, &[seen]);
    let zero_point = i32::try_from(zero_point).expect("a code");
    (seen != code).then(|| coded(entry, [1.0, 1.0, step], zero_point))
}

pub fn tie(draw: &mut Draw) -> Option<Entry> {
    // Half a step above an even code, which a rule with ties away from zero takes up.
    let sum = 2 * (2 * draw.within(0, 40)) + 1;
    let entry = Entry {
        sums: Numbers::One(sum as f64),
        seen: vec![of_seen(&[(sum + 1) / 2 + 50])],
        ..Entry::default()
    };
    Some(coded(entry, [1.0, 1.0, 2.0], 50))
}

pub fn zero_point_first(draw: &mut Draw) -> Option<Entry> {
    // Half a step above an odd code, and an odd zero point: 1.5 + 1 goes to 2, and 2 + 1 is 3.
    let (k, zero_point) = (2 * draw.within(0, 40) + 1, 2 * draw.within(0, 40) + 1);
    let step = 2.0_f64.powi(i32::try_from(draw.within(-8, 8)).expect("small"));
    Some(Entry {
        operator: Operator::Quantize,
        a: Numbers::One((k as f64 + 0.5) * step),
        types: Types { output: Some(CodeType::U8), ..Types::default() },
        scales: Scales { output: Some(step), ..Scales::default() },
        zero_points: ZeroPoints {
            output: i32::try_from(zero_point).expect("a code"),
            ..ZeroPoints::default()
        },
        seen: vec![of_seen(&[k + zero_point])],
        ..Entry::default()
    })
}

pub fn truncates(draw: &mut Draw) -> Option<Entry> {
    let sums: Vec<i64> = (0..6).map(|_| draw.within(1, 600)).collect();
    let cut: Vec<i64> = sums.iter().map(|sum| sum / 10 + 20).collect();
    let rounded = sums.iter().any(|sum| sum % 10 > 5);
    let entry = Entry { sums: reals(&sums).into(), seen: vec![of_seen(&cut)], ..Entry::default() };
    rounded.then(|| coded(entry, [1.0, 1.0, 10.0], 20))
}

pub fn reciprocal(draw: &mut Draw) -> Option<Entry> {
    let step = draw.within(3, 99) as f32;
    let k = draw.within(0, 200) as f32;
    let x = (k + 0.5) * step;
    let nearest = (x / step).round_ties_even();
    let by_reciprocal = (x * (1.0 / step)).round_ties_even();
    #[expect(clippy::cast_possible_truncation, reason = "a code")]
    let seen = by_reciprocal as i64;
    (nearest != by_reciprocal).then(|| Entry {
        operator: Operator::Quantize,
        a: Numbers::One(x.into()),
        types: Types { output: Some(CodeType::U8), ..Types::default() },
        scales: Scales { output: Some(step.into()), ..Scales::default() },
        seen: vec![of_seen(&[seen])],
        ..Entry::default()
    })
}

pub fn zero_point_ignored(draw: &mut Draw) -> Option<Entry> {
    let rows = Rows::one(draw.list(6, 0, 120), draw.list(6, -120, 120));
    let zero_points = [draw.within(1, 120), draw.within(-60, 60)];
    let mut entry = rows.entry(U8S8, &rows.exact());
    entry.zero_points.a = Numbers::One(zero_points[0] as f64);
    entry.zero_points.b = Numbers::One(zero_points[1] as f64);
    let less = |sum: i64, (x, w): (&i64, &i64)| sum + (x - zero_points[0]) * (w - zero_points[1]);
    let exact = rows.x.iter().zip(&rows.w[0]).fold(0, less);
    (exact != rows.exact()[0]).then_some(entry)
}

pub fn left_out(draw: &mut Draw) -> Option<Entry> {
    let sums = draw.list(5, -3000, 3000);
    let bias = draw.within(900, 2000);
    let relu = draw.count(0, 1) == 1;
    let code = |sum: i64| (sum as f64 / 40.0).round_ties_even();
    #[expect(clippy::cast_possible_truncation, reason = "codes")]
    let seen: Vec<i64> = sums.iter().map(|&sum| code(sum) as i64 + 128).collect();
    let entry = Entry {
        sums: reals(&sums).into(),
        relu,
        bias: (!relu).then_some(Bias::Integer(Numbers::One(bias as f64))),
        seen: vec![of_seen(&seen)],
        ..Entry::default()
    };
    (sums.iter().any(|sum| *sum < -40)).then(|| coded(entry, [1.0, 1.0, 40.0], 128))
}

pub fn wrong_signedness(draw: &mut Draw) -> Option<Entry> {
    let rows = Rows::one(draw.list(5, 0, 255), draw.list(5, -60, 60));
    let read = |x: &i64| if *x > 127 { x - 256 } else { *x };
    let seen: i64 = rows.x.iter().map(read).zip(&rows.w[0]).map(|(x, w)| x * w).sum();
    let is_alone = seen != rows.exact()[0] && (seen - rows.exact()[0]).abs() > 40_000;
    is_alone.then(|| rows.entry(U8S8, &[seen]))
}

fn square(draw: &mut Draw) -> [Vec<Vec<i64>>; 2] {
    let size = draw.count(2, 5);
    [0, -90].map(|low| (0..size).map(|_| draw.list(size, low, 90)).collect())
}

fn product(a: &[Vec<i64>], b: &[Vec<i64>]) -> Vec<Vec<i64>> {
    let column = |n: usize| b.iter().map(move |row| row[n]);
    a.iter()
        .map(|row| {
            (0..b[0].len()).map(|n| row.iter().zip(column(n)).map(|(x, w)| x * w).sum()).collect()
        })
        .collect()
}

fn matrices([a, b]: [&[Vec<i64>]; 2], seen: &[Vec<i64>]) -> Entry {
    let of = |rows: &[Vec<i64>]| rows.iter().map(|row| reals(row)).collect::<Vec<_>>();
    Entry {
        a: of(a).into(),
        b: of(b).into(),
        types: Types { a: Some(CodeType::U8), b: Some(CodeType::S8), output: None },
        layout: Some(Layout::Columns),
        seen: vec![Seen { values: of(seen).into(), ..Seen::default() }],
        ..Entry::default()
    }
}

pub fn operands_swapped(draw: &mut Draw) -> Option<Entry> {
    let [a, b] = square(draw);
    let seen = product(&b, &a);
    (seen != product(&a, &b)).then(|| matrices([&a, &b], &seen))
}

pub fn layout_transposed(draw: &mut Draw) -> Option<Entry> {
    let [a, b] = square(draw);
    let turned: Vec<Vec<i64>> =
        (0..b.len()).map(|column| b.iter().map(|row| row[column]).collect()).collect();
    let seen = product(&a, &turned);
    (seen != product(&a, &b)).then(|| matrices([&a, &b], &seen))
}

pub fn vector_position(draw: &mut Draw) -> Option<Entry> {
    // Four equal outputs, of which the last is one off.
    let x = draw.list(6, 0, 255);
    let w = draw.list(6, -100, 100);
    let rows = Rows { x, w: vec![w; 4] };
    let step = draw.within(40, 200) as f64;
    #[expect(clippy::cast_possible_truncation, reason = "a code")]
    let code = (rows.exact()[0] as f64 / step).round_ties_even() as i64 + 128;
    let entry = rows.entry(U8S8, &[code, code, code, code + 1]);
    (20..230).contains(&code).then(|| coded(entry, [1.0, 1.0, step], 128))
}

pub fn sign_flips(draw: &mut Draw) -> Option<Entry> {
    let entry = pair_clamps(draw)?;
    let Numbers::Row(seen) = &entry.seen[0].values else { return None };
    let Numbers::Row(x) = &entry.a else { return None };
    let Numbers::Matrix(w) = &entry.b else { return None };
    let exact = w.iter().map(|w| x.iter().zip(w).map(|(x, w)| x * w).sum::<f64>());
    let flips = exact.zip(seen).any(|(exact, seen)| exact * seen < 0.0);
    flips.then_some(entry)
}

pub fn ranking_flips(draw: &mut Draw) -> Option<Entry> {
    let outputs = draw.count(2, 6);
    let rows = u8s8(draw, outputs);
    let seen = rows.grouped(2, clamp16);
    let winner = |all: &[i64]| {
        let most = all.iter().max()?;
        let mut at = (0..all.len()).filter(|&at| all[at] == *most);
        at.next().filter(|_| at.next().is_none())
    };
    let [one, two] = [winner(&seen)?, winner(&rows.exact())?];
    (one != two).then(|| rows.entry(U8S8, &seen))
}

pub fn fits(draw: &mut Draw) -> Option<Entry> {
    let count = draw.count(1, 30);
    let rows = Rows::one(draw.list(count, 0, 127), draw.list(count, -64, 63));
    Some(rows.entry(U8S8, &rows.exact()))
}

pub fn refused(draw: &mut Draw) -> Option<Entry> {
    let mut entry = zero_point_ignored(draw)?;
    let Numbers::Row(x) = entry.a else { return None };
    entry.a = vec![x.clone(), x].into();
    entry.zero_points.a = reals(&[draw.within(0, 9), draw.within(10, 20)]).into();
    (entry.seen, entry.answers) = (Vec::new(), Answers::default());
    Some(entry)
}
