//! What an entry comes to, in plain arithmetic.

use rampscope::explain::{CodeType, Entry, Explanation, Layout, Numbers, Quantity};

/// Operands and parameters, as the answer's reading takes them.
pub struct Facts {
    pub entry: Entry,
    pub answer: Explanation,
    /// Rows of inputs, and weights by output; empty where sums were given.
    pub x: Vec<Vec<i64>>,
    pub w: Vec<Vec<i64>>,
    pub types: [CodeType; 2],
    /// Exact sums, zero points taken off, with an integer bias.
    pub exact: Vec<Vec<i64>>,
}

fn rows(numbers: &Numbers) -> Vec<Vec<i64>> {
    #[expect(clippy::cast_possible_truncation, reason = "whole numbers")]
    let whole = |row: &[f64]| row.iter().map(|&value| value as i64).collect();
    match numbers {
        Numbers::One(one) => vec![whole(&[*one])],
        Numbers::Row(row) if row.is_empty() => Vec::new(),
        Numbers::Row(row) => vec![whole(row)],
        Numbers::Matrix(all) => all.iter().map(|row| whole(row)).collect(),
    }
}

/// The value of a list of none, one, or one for each.
fn each(numbers: &Numbers, at: usize) -> f64 {
    let all: Vec<f64> = numbers.iter().collect();
    match all.as_slice() {
        [] => 0.0,
        [one] => *one,
        several => several[at],
    }
}

impl Facts {
    pub fn of(entry: &Entry, answer: &Explanation) -> Facts {
        let reading = answer.reading.map(|at| answer.readings[at].reading);
        let b = rows(&entry.b);
        let w = match reading.map(|reading| reading.layout) {
            Some(Layout::Columns) => (0..b.first().map_or(0, Vec::len))
                .map(|column| b.iter().map(|row| row[column]).collect())
                .collect(),
            _ => b,
        };
        let types = reading.map_or([CodeType::U8; 2], |reading| reading.types);
        let (entry, answer, x) = (entry.clone(), answer.clone(), rows(&entry.a));
        let mut facts = Facts { entry, answer, x, w, types, exact: Vec::new() };
        facts.exact = match reading {
            None => rows(&facts.entry.sums),
            Some(_) => (0..facts.x.len())
                .map(|m| (0..facts.w.len()).map(|n| facts.sum([m, n])).collect())
                .collect(),
        };
        for row in &mut facts.exact {
            for (n, sum) in row.iter_mut().enumerate() {
                if let Some(rampscope::explain::Bias::Integer(bias)) = &facts.entry.bias {
                    *sum += rows(&Numbers::One(each(bias, n)))[0][0];
                }
            }
        }
        facts
    }

    #[expect(clippy::cast_possible_truncation, reason = "whole numbers")]
    pub fn zero_points(&self, [m, n]: [usize; 2]) -> [i64; 2] {
        let zero_points = &self.entry.zero_points;
        [each(&zero_points.a, m) as i64, each(&zero_points.b, n) as i64]
    }

    fn sum(&self, [m, n]: [usize; 2]) -> i64 {
        let [a, b] = self.zero_points([m, n]);
        self.x[m].iter().zip(&self.w[n]).map(|(x, w)| (x - a) * (w - b)).sum()
    }

    /// What was seen at a row and output.
    pub fn seen(&self, seen: usize, cell: [usize; 2]) -> f64 {
        let one = &self.answer.seen[seen];
        let less = [cell[0] - one.place[0], cell[1] - one.place[1]];
        let [row, column] = if one.is_turned { [less[1], less[0]] } else { less };
        one.values[row][column]
    }

    /// What is expected there, in the form in which it was seen.
    pub fn expected(&self, seen: Option<usize>, [m, n]: [usize; 2]) -> f64 {
        let quantity = match seen {
            Some(seen) => self.answer.seen[seen].quantity,
            None if self.entry.scales.output.is_none() => Quantity::Sum,
            None => Quantity::Code,
        };
        match (quantity, seen) {
            (Quantity::Sum, _) => self.exact[m][n] as f64,
            (Quantity::Real, Some(seen)) => self.expected_real(seen, [m, n]),
            _ => self.clamped(self.steps([m, n])),
        }
    }

    /// A real value is that of the sum or that of its code, to the last bits of float32.
    fn expected_real(&self, seen: usize, [m, n]: [usize; 2]) -> f64 {
        let one = &self.answer.seen[seen];
        let [row, column] = [m - one.place[0], n - one.place[1]];
        let told =
            if one.is_turned { one.expected[column][row] } else { one.expected[row][column] };
        let scale = self.entry.scales.output.unwrap_or(1.0);
        let zero_point = f64::from(self.entry.zero_points.output);
        let steps = self.steps([m, n]);
        let both = [steps * scale, (self.clamped(steps) - zero_point) * scale];
        let is_near = |real: &f64| (real - told).abs() <= real.abs().max(1e-3) * 1e-6;
        assert!(both.iter().any(is_near), "{told} is none of {both:?}");
        told
    }

    /// The exact result in output steps, without the zero point.
    pub fn steps(&self, [m, n]: [usize; 2]) -> f64 {
        let scales = &self.entry.scales;
        let (a, b) = (scales.a.expect("scales"), each(&scales.b, n));
        let output = scales.output.unwrap_or(1.0);
        let bias = match &self.entry.bias {
            Some(rampscope::explain::Bias::Real(bias)) => each(bias, n) / output,
            _ => 0.0,
        };
        self.exact[m][n] as f64 * (a * b / output) + bias
    }

    /// The code of steps before the clamp.
    pub fn unclamped(&self, steps: f64) -> f64 {
        steps.round_ties_even() + f64::from(self.entry.zero_points.output)
    }

    pub fn range(&self) -> [f64; 2] {
        let [low, high] = match self.entry.types.output {
            Some(CodeType::S8) => [-128.0, 127.0],
            _ => [0.0, 255.0],
        };
        let zero_point = f64::from(self.entry.zero_points.output);
        [if self.entry.relu { zero_point } else { low }, high]
    }

    pub fn clamped(&self, steps: f64) -> f64 {
        let [low, high] = self.range();
        self.unclamped(steps).clamp(low, high)
    }
}
