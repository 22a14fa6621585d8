//! [`Expectation`]: what a row loses on average, if its inputs are independent and each code has a
//! probability.

use std::collections::HashMap;

use super::pair::{CodeRange, pairs};

/// Codes and how likely each is.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution([f64; 256]);

impl Distribution {
    /// Every code of a range alike.
    pub fn uniform(range: CodeRange) -> Distribution {
        let (lo, hi) = (usize::from(range.lo()), usize::from(range.hi()));
        let mut weights = [0.0; 256];
        weights[lo..=hi].fill(1.0);
        Distribution::of(weights).unwrap_or_else(Distribution::first)
    }

    /// As a normal distribution has them at the codes: exp(−((c − mean)/deviation)²/2), made to sum up
    /// to 1. `None` if no code has a share.
    pub fn normal(mean: f64, deviation: f64) -> Option<Distribution> {
        let mut weights = [0.0; 256];
        for (weight, code) in weights.iter_mut().zip(0_u8..=255) {
            let distance = (f64::from(code) - mean) / deviation;
            *weight = libm::exp(-distance * distance / 2.0);
        }
        Distribution::of(weights)
    }

    /// As often as codes were counted. `None` if none was.
    pub fn counted(counts: &[u64; 256]) -> Option<Distribution> {
        Distribution::of(counts.map(|count| count as f64))
    }

    fn of(weights: [f64; 256]) -> Option<Distribution> {
        let sum: f64 = weights.iter().sum();
        (sum.is_finite() && sum > 0.0).then(|| Distribution(weights.map(|weight| weight / sum)))
    }

    /// The code 0 alone.
    fn first() -> Distribution {
        let mut all = [0.0; 256];
        all[0] = 1.0;
        Distribution(all)
    }
}

/// What is expected of a row, for one draw of its inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Expectation {
    /// Pairs that clamp.
    pub clamps: f64,
    /// What is lost at the upper rail.
    pub over: f64,
    /// What is lost at the lower rail.
    pub under: f64,
}

impl Expectation {
    fn add(&mut self, other: Expectation) {
        self.clamps += other.clamps;
        self.over += other.over;
        self.under += other.under;
    }
}

/// Expectations under one distribution. Each distinct pair of weights is summed up once, over the codes
/// of its first input: for the second, sums over all codes from each one on are at hand.
#[derive(Clone, Debug)]
pub struct Expecter {
    distribution: Distribution,
    /// Σp and Σp·code over all codes from each one on.
    from: Box<[(f64, f64); 257]>,
    known: HashMap<[i8; 2], Expectation>,
}

impl Expecter {
    /// For one distribution.
    pub fn new(distribution: Distribution) -> Expecter {
        let mut from = Box::new([(0.0, 0.0); 257]);
        for code in (0_u8..=255).rev() {
            let place = usize::from(code);
            let share = distribution.0[place];
            let (count, sum) = from[place + 1];
            from[place] = (count + share, sum + share * f64::from(code));
        }
        Expecter { distribution, from, known: HashMap::new() }
    }

    /// What is expected of a row.
    pub fn row(&mut self, row: &[i8]) -> Expectation {
        let mut all = Expectation::default();
        for pair in pairs(row).filter(|pair| CodeRange::ALL.is_unsafe(*pair)) {
            let key = [pair[0].min(pair[1]), pair[0].max(pair[1])];
            let one = match self.known.get(&key) {
                Some(known) => *known,
                None => {
                    let one = self.pair(key);
                    self.known.insert(key, one);
                    one
                }
            };
            all.add(one);
        }
        all
    }

    /// What is expected of an unsafe pair: both weights have one sign, and neither is 0 unless the other
    /// is alone, which is safe.
    fn pair(&self, [w0, w1]: [i8; 2]) -> Expectation {
        let is_upper = w0 > 0;
        let rail = if is_upper { 32_767.0 } else { 32_768.0 };
        let (w0, w1) = (f64::from(w0).abs(), f64::from(w1).abs());
        let (mut clamps, mut lost) = (0.0, 0.0);
        for (share, code) in self.distribution.0.iter().zip(0_u8..=255) {
            // The second code clamps from `first` on: code·w0 + first·w1 > rail.
            let left = rail - f64::from(code) * w0;
            let first = ((left / w1).floor() + 1.0).clamp(0.0, 256.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "whole, 0 to 256"
            )]
            let (count, sum) = self.from[first as usize];
            clamps += share * count;
            lost += share * (sum * w1 - left * count);
        }
        let (over, under) = if is_upper { (lost, 0.0) } else { (0.0, lost) };
        Expectation { clamps, over, under }
    }
}
