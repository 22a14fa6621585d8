//! [`Totals`]: the audit of a tensor in one line.

use serde::{Serialize, Serializer};

use super::pair::CodeRange;
use super::profile::Profile;
use super::row::RowAudit;

/// The audit of a tensor. As in ref_audit.py's `totals`; what is `None` here is 0 or −1 there.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Totals {
    /// N: outputs.
    pub rows: u64,
    /// K: inputs of each.
    pub inputs: u64,
    /// Pairs of all outputs.
    pub pairs: u64,
    /// Pairs that some codes make leave int16.
    pub unsafe_pairs: u64,
    /// Outputs that have one.
    pub rows_hit: u64,
    /// The smallest code of 0..=255 at which any pair can clamp.
    #[serde(serialize_with = "or_zero")]
    pub first_code: Option<u8>,
    /// The output that can lose most, the first of equals.
    #[serde(serialize_with = "or_minus_one")]
    pub worst_row: Option<u64>,
    /// What it can lose, in units of its sum.
    pub worst_loss: i64,
    /// The same as a share of its full scale, to nine decimals.
    pub worst_share: f64,
    /// Its pair that can lose most.
    #[serde(serialize_with = "or_minus_one")]
    pub worst_pair: Option<u64>,
    /// Unsafe pairs of the output that has most.
    pub most_pairs_in_a_row: u64,
    /// How many weights are −128.
    pub minus128: u64,
    /// The smallest weight.
    pub wmin: i8,
    /// The largest weight.
    pub wmax: i8,
    /// Where along the outputs, and from which codes on. Not a part of the report.
    #[serde(skip)]
    pub profile: Profile,
}

fn or_zero<S: Serializer>(code: &Option<u8>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8(code.unwrap_or(0))
}

#[expect(clippy::ref_option, reason = "serde calls it so")]
fn or_minus_one<S: Serializer>(place: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
    match place {
        Some(place) => serializer.serialize_u64(*place),
        None => serializer.serialize_i64(-1),
    }
}

impl Totals {
    /// By the definition: of rows of `inputs` weights, one after the other.
    pub fn of(weights: &[i8], inputs: usize, range: CodeRange) -> Totals {
        let mut tally = Tally::new(inputs as u64);
        for row in weights.chunks_exact(inputs.max(1)) {
            tally.row(&RowAudit::of(row, range));
            let bytes: Vec<u8> = row.iter().map(|weight| weight.cast_unsigned()).collect();
            tally.extent.add(&bytes);
        }
        tally.finish()
    }
}

/// Totals as rows are added.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    totals: Totals,
    pub extent: Extent,
}

impl Tally {
    /// Of a tensor with so many inputs and no output yet.
    pub fn new(inputs: u64) -> Tally {
        let totals = Totals { inputs, ..Totals::default() };
        Tally { totals, extent: Extent::default() }
    }

    /// Adds the next output.
    pub fn row(&mut self, row: &RowAudit) {
        let totals = &mut self.totals;
        totals.profile.row(row);
        if row.loss() > totals.worst_loss {
            totals.worst_row = Some(totals.rows);
            totals.worst_loss = row.loss();
            totals.worst_share = to_nine_decimals(row.share());
            totals.worst_pair = row.worst_pair;
        }
        totals.rows += 1;
        totals.pairs += totals.inputs.div_ceil(2);
        totals.unsafe_pairs += row.pairs;
        totals.rows_hit += u64::from(row.pairs > 0);
        totals.first_code = match (totals.first_code, row.first) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
        totals.most_pairs_in_a_row = totals.most_pairs_in_a_row.max(row.pairs);
    }

    /// The totals.
    pub fn finish(self) -> Totals {
        let Extent { least, most, minus128 } = self.extent;
        let (wmin, wmax) = if least <= most { (least, most) } else { (0, 0) };
        Totals { minus128, wmin, wmax, ..self.totals }
    }
}

/// Smallest and largest weight, and how many are −128.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    least: i8,
    most: i8,
    minus128: u64,
}

impl Default for Extent {
    fn default() -> Extent {
        Extent { least: i8::MAX, most: i8::MIN, minus128: 0 }
    }
}

impl Extent {
    /// Adds weights, as bytes of two's complement.
    pub fn add(&mut self, weights: &[u8]) {
        // So few at once that their count fits into a byte: compilers then take many bytes at once.
        for part in weights.chunks(240) {
            let (mut least, mut most, mut minus128) = (i8::MAX, i8::MIN, 0_u8);
            for byte in part {
                let weight = byte.cast_signed();
                least = least.min(weight);
                most = most.max(weight);
                minus128 += u8::from(weight == i8::MIN);
            }
            self.least = self.least.min(least);
            self.most = self.most.max(most);
            self.minus128 += u64::from(minus128);
        }
    }
}

/// The nearest number with nine decimals, as Python's `round` gives it.
///
/// The share is a whole number of 53 bits over a power of two, so that its billionths are rounded exactly; they
/// and 10⁹ are doubles, whose quotient is the nearest to the decimal number.
fn to_nine_decimals(share: f64) -> f64 {
    const BILLION: f64 = 1e9;
    let bits = share.to_bits();
    let (biased, fraction) = (bits >> 52, u128::from(bits & ((1 << 52) - 1)));
    // From 2⁻⁷⁰ to below 2²²: what is less is 0, and no loss is a thousandth of that times its full scale.
    let Some(down @ 31..=122) = 1075_u64.checked_sub(biased) else {
        return if share < 1.0 { 0.0 } else { share };
    };
    let billionths = (fraction | (1 << 52)) * 1_000_000_000;
    let (whole, rest, half) =
        (billionths >> down, billionths & ((1 << down) - 1), 1_u128 << (down - 1));
    let is_up = rest > half || rest == half && whole & 1 == 1;
    (whole + u128::from(is_up)) as f64 / BILLION
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::to_nine_decimals;

    fn same(share: f64) {
        let expected: f64 = format!("{share:.9}").parse().expect("a number");
        assert_eq!(to_nine_decimals(share).to_bits(), expected.to_bits(), "{share:e}");
    }

    #[test]
    fn halves_and_ends() {
        for share in [
            0.0,
            1.0,
            0.5,
            1e-9,
            5e-10,
            4.9e-10,
            1.5e-9,
            2.5e-9,
            1e-300,
            0.015_625_000_5,
            2_000_000.25,
        ] {
            same(share);
        }
        // A half of a billionth is one of 2⁻¹⁰ in thousandths of 5: no share is, but for 0.5¹⁰ and its like.
        (0..1024).for_each(|at| same(f64::from(at) / 1024.0));
    }

    proptest! {
        #[test]
        fn of_whole_numbers(loss in 0_u64..1 << 40, peak in 1_u64..1 << 40) {
            same(loss as f64 / peak as f64);
            same(loss.min(peak) as f64 / peak as f64);
        }
    }
}
