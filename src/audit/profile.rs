//! [`Profile`]: where along its outputs a tensor is hit, and from which codes on.

use super::row::RowAudit;
use super::sorted::Sorted;

/// Bins of outputs that are kept at most; a power of two.
const MOST_BINS: usize = 64;

/// Where a tensor is hit. It is as small for a million outputs as for a hundred.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// How many outputs have a pair that can clamp from a code on, and none that can before.
    pub first_codes: Sorted<u8, u64>,
    /// Outputs of a bin.
    pub width: u64,
    /// Of each bin of outputs, in their order, the most that one can lose as a share of its full scale.
    pub worst: Vec<f32>,
    rows: u64,
}

impl Default for Profile {
    /// Of no output.
    fn default() -> Profile {
        Profile { first_codes: Sorted::new(), width: 1, worst: Vec::new(), rows: 0 }
    }
}

impl Profile {
    /// Adds the next output.
    pub(super) fn row(&mut self, row: &RowAudit) {
        if let Some(first) = row.first {
            *self.first_codes.or_default(first) += 1;
        }
        if self.rows == self.width * MOST_BINS as u64 {
            let two = |pair: &[f32]| pair.iter().copied().fold(0.0, f32::max);
            self.worst = self.worst.chunks(2).map(two).collect();
            self.width *= 2;
        }
        #[expect(clippy::cast_possible_truncation, reason = "a share, to be drawn")]
        let share = row.share() as f32;
        if self.rows.is_multiple_of(self.width) {
            self.worst.push(share);
        } else if let Some(last) = self.worst.last_mut() {
            *last = last.max(share);
        }
        self.rows += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_output_is_in_the_bin_of_its_place() {
        for rows in [0_u64, 1, 63, 64, 65, 128, 129, 1000, 4097] {
            let mut profile = Profile::default();
            for row in 0..rows {
                let (over, peak) = (i64::try_from(row).expect("it is small") + 1, 5000);
                profile.row(&RowAudit { over, peak, first: Some(200), ..RowAudit::default() });
            }
            assert!(profile.worst.len() <= MOST_BINS);
            assert_eq!(profile.worst.len() as u64, rows.div_ceil(profile.width));
            for (bin, worst) in profile.worst.iter().enumerate() {
                let last = ((bin as u64 + 1) * profile.width).min(rows);
                assert!((f64::from(*worst) - last as f64 / 5000.0).abs() < 1e-6, "{rows} {bin}");
            }
            assert_eq!(profile.first_codes.get(&200).copied().unwrap_or(0), rows);
        }
    }
}
