//! Entries that a known engine has made: the matcher names it, alone or among those that give the same
//! numbers, and never another.

use std::time::{Duration, Instant};

use rampscope::arith::{Engine, Linear, QParams, Types as OfTable, Weights};
use rampscope::explain::{
    Bias, CodeType, Entry, Layout, Match, Numbers, Quantity, Scales, Seen, Types, ZeroPoints,
    explain,
};

/// Numbers without a pattern, the same each time.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).expect("it is below a usize")
    }

    fn is(&mut self, one_in: usize) -> bool {
        self.below(one_in) == 0
    }

    /// A byte, often at an end of its ranges.
    fn byte(&mut self, ends: bool) -> u8 {
        match self.below(3) {
            0 if ends => [0, 127, 128, 129, 255, 1, 130][self.below(7)],
            _ => self.next().to_le_bytes()[0],
        }
    }

    fn scale(&mut self) -> f32 {
        let mantissa = self.below(4000) as f32 / 4000.0 + 1.0;
        mantissa * 2.0_f32.powi(i32::try_from(self.below(8)).expect("small") - 6)
    }
}

/// A layer, its inputs and what an engine made of them.
struct Case {
    engine: Engine,
    layer: Linear,
    /// Rows of input codes.
    rows: Vec<Vec<u8>>,
    entry: Entry,
}

fn types(engine: Engine) -> [CodeType; 2] {
    match engine.family().info().types {
        OfTable::U8S8 => [CodeType::U8, CodeType::S8],
        OfTable::S8S8 => [CodeType::S8, CodeType::S8],
        OfTable::U8U8 => [CodeType::U8, CodeType::U8],
    }
}

/// What is taken off an engine's own codes (quint8 inputs, qint8 weights) to have those of a type.
fn offsets([a, b]: [CodeType; 2]) -> [i32; 2] {
    [if a == CodeType::S8 { 128 } else { 0 }, if b == CodeType::U8 { -128 } else { 0 }]
}

/// What is seen of an engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shown {
    Sum,
    Code(CodeType),
    Real,
}

fn numbers(engine: Engine, layer: &Linear, rows: &[Vec<u8>], shown: Shown) -> Vec<Vec<f64>> {
    let row = |x: &Vec<u8>| {
        let all = engine.run(layer, x);
        let one = all.iter().map(|out| match shown {
            Shown::Sum => f64::from(out.acc),
            Shown::Real => f64::from(out.real),
            Shown::Code(code_type) => {
                let less = if code_type == CodeType::S8 { 128 } else { 0 };
                f64::from(out.code.unwrap_or(i32::MIN) - less)
            }
        });
        one.collect()
    };
    rows.iter().map(row).collect()
}

fn inputs(draw: &mut Draw) -> usize {
    match draw.below(12) {
        0 => 65 + draw.below(400),
        1 => 9 * (1 + draw.below(7)),
        2 => 513 + draw.below(700),
        _ => 1 + draw.below(64),
    }
}

fn case(draw: &mut Draw) -> Case {
    let engine = Engine::ALL[draw.below(Engine::ALL.len())];
    let (inputs, outputs, rows) = (inputs(draw), 1 + draw.below(4), 1 + draw.below(3));
    // Where everything is at its ends, pairs saturate; elsewhere they do not.
    let ends = !draw.is(4);
    let weights: Vec<i8> = (0..inputs * outputs).map(|_| draw.byte(ends).cast_signed()).collect();
    let rows: Vec<Vec<u8>> =
        (0..rows).map(|_| (0..inputs).map(|_| draw.byte(ends)).collect()).collect();
    let of_types = types(engine);
    let [of_a, of_b] = offsets(of_types);
    let may_shift = engine.weights() == Weights::Any && draw.is(2);
    let per_channel = draw.is(3);
    let count = if per_channel { outputs } else { 1 };
    let params: Vec<QParams> = (0..count)
        .map(|_| QParams {
            scale: draw.scale(),
            zero_point: if may_shift { draw.byte(false).cast_signed().into() } else { 0 },
        })
        .collect();
    // A zero point of 0 is as usual as any.
    let input_zero_point = if draw.is(3) { of_a.max(0) } else { draw.byte(true).into() };
    let input = QParams { scale: draw.scale(), zero_point: input_zero_point };
    let root = (inputs as f32).sqrt();
    let output_scale = draw.scale() * 40.0 * root;
    let output = QParams { scale: output_scale, zero_point: draw.byte(true).into() };
    let kernel = if inputs.is_multiple_of(9) && draw.is(2) { [3, 3] } else { [1, 1] };
    let mut layer = Linear::new(inputs, outputs, weights, params, per_channel, input, output)
        .expect("it fits")
        .with_kernel(kernel)
        // The matcher asks of codes alone whether relu was forgotten.
        .with_relu(draw.is(3) && engine.dynamic().is_none());
    let has_scales = draw.is(2);
    if has_scales && draw.is(2) {
        let bias = (0..outputs).map(|_| (draw.scale() - 0.05) * output_scale * 3.0).collect();
        layer = layer.with_bias(bias).expect("one each");
    }
    let shown = match (has_scales, engine.rescale()) {
        (false, _) => Shown::Sum,
        (true, None) => Shown::Real,
        // oneDNN adds the zero point in float: there u8 and s8 are not the same.
        (true, Some(_)) if of_types[0] == CodeType::S8 && !engine.name().contains("oneDNN") => {
            Shown::Code(CodeType::S8)
        }
        (true, Some(_)) => Shown::Code(CodeType::U8),
    };
    let entry = entry(draw, &layer, &rows, (engine, of_types, [of_a, of_b]), shown);
    Case { engine, layer, rows, entry }
}

fn entry(
    draw: &mut Draw,
    layer: &Linear,
    rows: &[Vec<u8>],
    (engine, of_types, [of_a, of_b]): (Engine, [CodeType; 2], [i32; 2]),
    shown: Shown,
) -> Entry {
    let a: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| row.iter().map(|&code| f64::from(i32::from(code) - of_a)).collect())
        .collect();
    let b: Vec<Vec<f64>> = (0..layer.outputs)
        .map(|output| layer.row(output).iter().map(|&w| f64::from(i32::from(w) - of_b)).collect())
        .collect();
    let layout = if draw.is(2) { Layout::Rows } else { Layout::Columns };
    let b = match layout {
        Layout::Rows => b,
        Layout::Columns => {
            (0..layer.inputs).map(|k| b.iter().map(|row| row[k]).collect()).collect()
        }
    };
    let each: Vec<f64> =
        layer.weight_params.iter().map(|one| f64::from(one.zero_point - of_b)).collect();
    let zero_points = ZeroPoints {
        a: f64::from(layer.input.zero_point - of_a).into(),
        b: each.into(),
        output: match shown {
            Shown::Code(CodeType::S8) => layer.output.zero_point - 128,
            _ => layer.output.zero_point,
        },
    };
    let has_scales = shown != Shown::Sum;
    let scales: Vec<f64> = layer.weight_params.iter().map(|one| one.scale.into()).collect();
    let of_b = if layer.per_channel { scales.into() } else { Numbers::One(scales[0]) };
    let is_code = matches!(shown, Shown::Code(_));
    // What is left out has to be found out.
    let said = draw.below(3);
    Entry {
        a: a.into(),
        b: b.into(),
        types: Types {
            a: (said > 0).then_some(of_types[0]),
            b: (said > 0).then_some(of_types[1]),
            output: match shown {
                Shown::Code(code_type) => Some(code_type),
                _ => None,
            },
        },
        layout: (said > 1).then_some(layout),
        kernel: Some(layer.row_shape.kernel()),
        zero_points,
        scales: match has_scales {
            true => Scales {
                a: Some(layer.input.scale.into()),
                b: of_b,
                output: is_code.then_some(layer.output.scale.into()),
            },
            false => Scales::default(),
        },
        bias: layer.bias.as_ref().map(|bias| {
            Bias::Real(bias.iter().map(|&one| f64::from(one)).collect::<Vec<_>>().into())
        }),
        relu: layer.relu,
        seen: vec![part(draw, engine.key(), &numbers(engine, layer, rows, shown))],
        ..Entry::default()
    }
}

/// All outputs, those of one row, or one number, with its place.
fn part(draw: &mut Draw, label: &str, all: &[Vec<f64>]) -> Seen {
    let (row, output) = (draw.below(all.len()), draw.below(all[0].len()));
    let label = label.into();
    match draw.below(4) {
        0 => Seen { label, values: all[row].clone().into(), row: Some(row), output: None },
        1 => {
            let values = all[row][output].into();
            Seen { label, values, row: Some(row), output: Some(output) }
        }
        _ => Seen { label, values: all.to_vec().into(), ..Seen::default() },
    }
}

/// The part of all outputs that a result shows.
fn shown_of(seen: &Seen, all: &[Vec<f64>]) -> Vec<f64> {
    match (seen.row, seen.output) {
        (Some(row), Some(output)) => vec![all[row][output]],
        (Some(row), None) => all[row].clone(),
        _ => all.concat(),
    }
}

/// What a match's engine makes of the entry as the match reads it.
fn remade(case: &Case, found: &Match, key: &str) -> Vec<Vec<f64>> {
    let engine = Engine::from_key(key).expect("a row of the table");
    let reading = found.reading.expect("operands were given");
    // The entry's numbers as the codes of the other engine.
    let [was_a, was_b] = offsets(types(case.engine));
    let [is_a, is_b] = offsets(reading.types);
    let (by_a, by_b) = (is_a - was_a, is_b - was_b);
    let [by_a, by_b] = [by_a, by_b].map(|by| by.rem_euclid(256));
    let shift = |code: u8, by: i32| (i32::from(code) + by).rem_euclid(256).to_le_bytes()[0];
    let rows: Vec<Vec<u8>> =
        case.rows.iter().map(|row| row.iter().map(|&code| shift(code, by_a)).collect()).collect();
    let mut layer = case.layer.clone();
    if reading.layout == Layout::Columns && case.entry.layout != Some(Layout::Columns)
        || reading.layout == Layout::Rows && case.entry.layout != Some(Layout::Rows)
    {
        // Read again from the entry: it may be the other layout.
        let b: Vec<Vec<f64>> = match &case.entry.b {
            Numbers::Matrix(rows) => rows.clone(),
            other => panic!("{other:?}"),
        };
        let rows = match reading.layout {
            Layout::Rows => b,
            Layout::Columns => {
                (0..b[0].len()).map(|column| b.iter().map(|row| row[column]).collect()).collect()
            }
        };
        let whole = |w: &f64| {
            #[expect(clippy::cast_possible_truncation, reason = "codes")]
            let w = *w as i32 + was_b;
            w.to_le_bytes()[0].cast_signed()
        };
        layer.weights = rows.iter().flatten().map(whole).collect();
    }
    layer.weights =
        layer.weights.iter().map(|w| shift(w.cast_unsigned(), by_b).cast_signed()).collect();
    let moved = layer.input.zero_point + by_a;
    layer.input.zero_point = if moved > 255 { moved - 256 } else { moved };
    for params in &mut layer.weight_params {
        params.zero_point = i32::from((params.zero_point + by_b).to_le_bytes()[0].cast_signed());
    }
    let shown = match (found.quantity, case.entry.types.output) {
        (Quantity::Sum, _) => Shown::Sum,
        (Quantity::Code, output) => Shown::Code(output.expect("it was said")),
        (Quantity::Real, _) => Shown::Real,
    };
    numbers(engine, &layer, &rows, shown)
}

fn check(case: &Case, at: usize) -> usize {
    let answer = explain(&case.entry).unwrap_or_else(|fault| panic!("{at}: {fault}"));
    let seen = &answer.seen[0];
    let key = case.engine.key();
    let named: Vec<&str> = seen.matches.iter().flat_map(|one| one.engines.clone()).collect();
    assert!(
        named.contains(&key),
        "{at}: {key} is not among {named:?}\n{}\n{:?}",
        seen.sentence,
        case.entry
    );
    for found in &seen.matches {
        for other in &found.engines {
            // The real value of a code is as good as the code.
            let is_real_of_code =
                found.quantity == Quantity::Real && case.entry.scales.output.is_some();
            if is_real_of_code {
                continue;
            }
            let made = remade(case, found, other);
            let seen = &case.entry.seen[0];
            let values: Vec<f64> = seen.values.iter().collect();
            let made = shown_of(seen, &made);
            assert_eq!(made, values, "{at}: {key} was taken for {other}\n{found:?}");
        }
    }
    let mut all = named;
    all.sort_unstable();
    all.dedup();
    all.len()
}

fn walk(count: usize, seed: u64) {
    let mut draw = Draw(seed);
    let (mut alone, mut most) = (0, 0);
    for at in 0..count {
        let named = check(&case(&mut draw), at);
        alone += usize::from(named == 1);
        most = most.max(named);
    }
    println!("{count} entries: the engine alone in {alone}, among {most} at most");
    // Entries that tell nothing apart would prove nothing.
    assert!(alone * 50 > count, "{alone} of {count}");
}

#[test]
fn the_engine_that_made_an_entry_is_named_and_no_other() {
    let count = std::env::var("RAMPSCOPE_ENTRIES").ok().and_then(|count| count.parse().ok());
    walk(count.unwrap_or(400), 1);
}

/// `cargo test --release --test explain_engines -- --ignored --nocapture`
#[test]
#[ignore = "ten thousand entries, for a release build"]
fn the_same_for_ten_thousand() {
    walk(10_000, 2);
}

fn measured(rows: usize, outputs: usize, inputs: usize, full: bool) -> Duration {
    let mut draw = Draw(7);
    let mut matrix = |rows: usize, columns: usize, less: i32| -> Vec<Vec<f64>> {
        let row = |draw: &mut Draw| -> Vec<f64> {
            (0..columns).map(|_| f64::from(i32::from(draw.byte(true)) - less)).collect()
        };
        (0..rows).map(|_| row(&mut draw)).collect()
    };
    let (a, b) = (matrix(rows, inputs, 0), matrix(outputs, inputs, 128));
    let seen: Vec<Vec<f64>> = vec![vec![12_345.0; outputs]; rows];
    let scales = match full {
        true => Scales { a: Some(0.1), b: 0.2.into(), output: Some(3.0) },
        false => Scales::default(),
    };
    let entry = Entry {
        a: a.into(),
        b: b.into(),
        scales,
        zero_points: ZeroPoints { a: 3.0.into(), b: 5.0.into(), output: 9 },
        seen: vec![Seen { values: seen.into(), ..Seen::default() }; 2],
        ..Entry::default()
    };
    let start = Instant::now();
    let answer = explain(&entry).expect("it fits");
    assert_eq!(answer.seen[0].explained, 0);
    start.elapsed()
}

#[test]
fn sixteen_by_sixteen_by_sixty_four_takes_less_than_a_second() {
    for (inputs, full) in [(64, false), (64, true), (16_384, false)] {
        let took = measured(16, 16, inputs, full);
        println!("16 × 16 × {inputs}, scales {full}: {took:?}");
        // A build that is not optimised gets ten times as long, a long row more.
        let most = if inputs == 64 && !cfg!(debug_assertions) { 1 } else { 20 };
        assert!(took < Duration::from_secs(most), "{took:?}");
    }
}
