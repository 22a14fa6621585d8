//! [`InLab`]: an entry that was explained, as a layer of the Lab.

use crate::arith::{Engine, Provenance, Weights};
use crate::explain::{Bias, CodeType, Entry, Explanation, Layout, Numbers, Operator, Reading};
use crate::state::choices::{Direction, Kernel, Quantity, View};
use crate::state::groups::Page;
use crate::state::schema::{MOST_INPUTS, MOST_OUTPUTS};
use crate::state::{Patch, State, apply};

/// A product as a layer: one row of A, along which the inputs are swept from real 0 to what they are.
#[derive(Clone, Debug, PartialEq)]
pub struct InLab {
    /// The layer, the engine that gives what was seen, the output and the place where it did.
    pub state: State,
    /// Which part of the entry it has, in words; empty where it has all.
    pub part: String,
}

impl InLab {
    /// The layer of an entry in what is shown now; `None` where the Lab cannot hold it: more than
    /// [`MOST_INPUTS`] inputs, a kernel or types that no engine has, no product.
    pub fn of(entry: &Entry, explained: &Explanation, now: &State) -> Option<InLab> {
        if entry.operator != Operator::Product || !entry.sums.is_empty() {
            return None;
        }
        let reading = explained.readings.get(explained.reading?)?.reading;
        let (a, b) = (nested(&entry.a), weights(entry, reading));
        let [row, output] = place(explained);
        let (x, outputs) = (a.get(row)?, b.len().min(MOST_OUTPUTS));
        let inputs = x.len();
        if inputs > MOST_INPUTS || output >= outputs || b.iter().any(|row| row.len() != inputs) {
            return None;
        }
        let (page, check) = (Page { view: View::Lab, ..now.page.clone() }, now.check.clone());
        let mut state = State { page, check, ..State::default() };
        state.experiment.inputs = inputs;
        state.experiment.outputs = outputs;
        state.experiment.kernel = kernel(entry.kernel)?;
        state.arithmetic.engine = engine(entry, explained, reading)?;
        state.arithmetic.relu = entry.relu;
        state.picture.output = output;
        // The Lab's codes are u8, its weights s8, as the instructions have them.
        let [up, down] = reading.types.map(|one| if one == CodeType::S8 { 0 } else { -128 });
        let scale = |numbers: &Numbers, at: usize| pick(numbers, at).unwrap_or(1.0);
        let hand = &mut state.by_hand;
        let (of_a, of_b) = (entry.scales.a.unwrap_or(1.0), &entry.scales.b);
        let zero_point = pick(&entry.zero_points.a, row).unwrap_or(0.0);
        hand.input_scale = Some(narrow(of_a));
        hand.input_zero_point = Some(whole(zero_point) + 128 + up);
        state.sweep.direction = Direction::Vector;
        (state.sweep.from, state.sweep.to, state.gaze.at) = (0.0, 1.0, 1.0);
        for (k, code) in x.iter().enumerate() {
            state.sweep.factors.insert(k, narrow((code - zero_point) * of_a));
        }
        state.experiment.per_channel =
            [of_b, &entry.zero_points.b].iter().any(|one| one.iter().nth(1).is_some());
        hand.weight_scale = Some(narrow(scale(of_b, 0)));
        hand.weight_zero_point = Some(whole(pick(&entry.zero_points.b, 0).unwrap_or(0.0)) + down);
        for (output, row) in b.iter().take(outputs).enumerate() {
            if state.experiment.per_channel {
                hand.weight_scales.insert(output, narrow(scale(of_b, output)));
                let zero_point = whole(pick(&entry.zero_points.b, output).unwrap_or(0.0));
                hand.weight_zero_points.insert(output, zero_point + down);
            }
            for (k, code) in row.iter().enumerate() {
                hand.weights.insert((output, k), i8::try_from(whole(*code) + down).ok()?);
            }
            let bias = match &entry.bias {
                Some(Bias::Integer(bias)) => {
                    pick(bias, output).map(|one| one * of_a * scale(of_b, output))
                }
                Some(Bias::Real(bias)) => pick(bias, output),
                None => None,
            };
            if let Some(bias) = bias {
                hand.bias.insert(output, narrow(bias));
            }
        }
        match entry.scales.output {
            Some(given) => {
                let is_signed = match entry.types.output {
                    Some(given) => given == CodeType::S8,
                    None => entry.zero_points.output < 0,
                };
                hand.output_scale = Some(narrow(given));
                hand.output_zero_point =
                    Some(entry.zero_points.output + if is_signed { 128 } else { 0 });
            }
            // Sums alone: their scale is one in which all of them have a code.
            None => {
                let sums = explained.exact.sums.iter().flatten();
                let most = sums.map(|sum| sum.unsigned_abs()).max().unwrap_or(0).max(127);
                #[expect(clippy::cast_precision_loss, reason = "for a picture")]
                let steps = most as f64 / 127.0;
                hand.output_scale = Some(narrow(steps * of_a * scale(of_b, output)));
                hand.output_zero_point = Some(128);
                state.picture.plot = Quantity::Accumulator;
            }
        }
        // What the Lab would hold otherwise, it cannot hold.
        let patch = Patch::between(&State::default(), &state);
        let (held, problems) = apply(&State::default(), &patch);
        (problems.is_empty() && held == state)
            .then(|| InLab { state, part: part(a.len(), row, b.len()) })
    }
}

/// Which part of the entry a layer has.
fn part(rows: usize, row: usize, outputs: usize) -> String {
    let mut said = Vec::new();
    if rows > 1 {
        said.push(format!("row {row}, of {rows} rows"));
    }
    if outputs > MOST_OUTPUTS {
        said.push(format!("the first {MOST_OUTPUTS} of {outputs} outputs"));
    }
    said.join("; ")
}

/// The row and output of the number that is farthest from what is expected; the first where none is.
fn place(explained: &Explanation) -> [usize; 2] {
    let mut worst = (0.0, [0, 0]);
    for seen in &explained.seen {
        let rows = seen.values.iter().zip(&seen.expected).enumerate();
        for (row, (values, expected)) in rows {
            for (column, (value, expected)) in values.iter().zip(expected).enumerate() {
                let off = (value - expected).abs();
                if off > worst.0 {
                    let [down, along] = if seen.is_turned { [column, row] } else { [row, column] };
                    worst = (off, [seen.place[0] + down, seen.place[1] + along]);
                }
            }
        }
    }
    worst.1
}

/// The engine that gives what was seen and is not exact; without one, the first for such operands.
fn engine(entry: &Entry, explained: &Explanation, reading: Reading) -> Option<Engine> {
    let [a, b] = reading.types.map(CodeType::name);
    let types = format!("{a} × {b}");
    let is_symmetric = entry.zero_points.b.iter().all(|one| one == 0.0);
    let can = |engine: &Engine| {
        engine.family().info().types.name() == types
            && (is_symmetric || engine.weights() == Weights::Any)
    };
    let given =
        explained.seen.iter().filter(|seen| seen.differs.iter().flatten().any(|differs| *differs));
    let given: Vec<&str> = given
        .flat_map(|seen| seen.matches.iter().flat_map(|one| one.engines.iter().copied()))
        .collect();
    let is_given = |engine: &&Engine| given.contains(&engine.key());
    let all = || Engine::ALL.iter().filter(|engine| can(engine));
    let recorded = |engine: &&Engine| engine.provenance() == Provenance::Recorded;
    let found = all().filter(recorded).find(is_given).or_else(|| all().find(is_given));
    found.or_else(|| all().find(recorded)).copied()
}

fn kernel(asked: Option<[usize; 2]>) -> Option<Kernel> {
    use Kernel::*;
    let all = [Linear, OneByThree, TwoByTwo, ThreeByThree, FiveByFive, SevenBySeven];
    let asked = asked.unwrap_or([1, 1]);
    all.into_iter().find(|kernel| kernel.size() == asked)
}

fn nested(numbers: &Numbers) -> Vec<Vec<f64>> {
    match numbers {
        Numbers::One(one) => vec![vec![*one]],
        Numbers::Row(row) => vec![row.clone()],
        Numbers::Matrix(rows) => rows.clone(),
    }
}

/// The weights of each output.
fn weights(entry: &Entry, reading: Reading) -> Vec<Vec<f64>> {
    let rows = nested(&entry.b);
    match reading.layout {
        Layout::Rows => rows,
        Layout::Columns => {
            let outputs = rows.first().map_or(0, Vec::len);
            let column = |at: usize| rows.iter().filter_map(|row| row.get(at).copied()).collect();
            (0..outputs).map(column).collect()
        }
    }
}

/// The value of one for all, or of one for each; `None` of none.
fn pick(numbers: &Numbers, at: usize) -> Option<f64> {
    let mut all = numbers.iter();
    let first = all.next()?;
    Some(if at == 0 { first } else { all.nth(at - 1).unwrap_or(first) })
}

#[expect(clippy::cast_possible_truncation, reason = "the Lab’s values are float32")]
fn narrow(value: f64) -> f32 {
    value as f32
}

/// A code or zero point: it was checked.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
fn whole(value: f64) -> i32 {
    value as i32
}
