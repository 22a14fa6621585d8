//! [`PairReach`]: what two weights that meet in a narrow lane can come to, over all inputs.

use super::accumulate::{Accumulator, Lane, clamp15, saturate16, wrap16};
use super::engine::Engine;
use super::engine_info::Bytes;
use super::linear::Linear;
use super::qparams::{QRange, QType};

/// The sums that pairs of weights can reach in an engine's lane, with every two inputs of a layer.
///
/// An input's byte goes up with its code, and a pair's sum is linear in its two bytes: the extremes lie
/// where both bytes are ends of their range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PairReach {
    lane: Lane,
    bytes: Bytes,
    /// Of the codes, 0..=255; what a byte may be shifted by.
    zero_point: i32,
    /// The codes that inputs may have, within 0..=255.
    codes: QRange,
}

/// At which inputs an engine loses something of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairLoss {
    /// At none, equal or not.
    Never,
    /// While both inputs have one code: from this one on, the first that the layer's inputs can
    /// have.
    From(u8),
    /// While both inputs have one code: up to this one.
    UpTo(u8),
    /// An odd weight loses its last bit when it is halved, whatever its input.
    OddWeights,
    /// That is not a matter of this pair: one sum of 16 bits runs through all products.
    DependsOnOthers,
}

/// What an engine makes of two weights where it loses most of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorstInput {
    /// The codes of the two inputs.
    pub codes: [u8; 2],
    /// Their sum.
    pub exact: i32,
    /// What the lane keeps of it.
    pub kept: i32,
}

impl PairReach {
    /// `vpmaddubsw` with every unsigned byte and signed weights: FBGEMM, oneDNN and ONNX Runtime on x86
    /// without VNNI.
    pub const PMADDUBSW: PairReach = PairReach {
        lane: Lane::Saturate,
        bytes: Bytes::Codes,
        zero_point: 0,
        codes: QType::QUInt8.range(),
    };

    /// Of an engine, with the codes that a layer's inputs can have.
    pub fn new(engine: Engine, layer: &Linear) -> PairReach {
        let codes = layer.activation_codes;
        let within = QType::QUInt8.range();
        PairReach {
            lane: engine.lane(),
            bytes: engine.bytes(),
            zero_point: layer.input.zero_point,
            codes: QRange { qmin: within.clamp(codes.qmin), qmax: within.clamp(codes.qmax) },
        }
    }

    /// What becomes of a pair's sum.
    pub const fn lane(self) -> Lane {
        self.lane
    }

    /// The codes that inputs may have.
    pub const fn codes(self) -> QRange {
        self.codes
    }

    /// Whether bytes are signed.
    pub fn is_signed(self) -> bool {
        self.bytes == Bytes::LessBy128
    }

    /// The same with other codes, within 0..=255.
    #[must_use]
    pub const fn with_codes(self, codes: QRange) -> PairReach {
        PairReach { codes, ..self }
    }

    /// With codes up to this one only, if some are left.
    pub fn up_to(self, code: i32) -> Option<PairReach> {
        let codes = QRange { qmax: self.codes.qmax.min(code), ..self.codes };
        (codes.qmin <= codes.qmax).then_some(self.with_codes(codes))
    }

    /// Whether two products, or each of them, are held to fewer than 32 bits, so that two weights alone
    /// decide what can be lost.
    pub fn is_of_pairs(self) -> bool {
        matches!(self.lane, Lane::Saturate | Lane::Wrap | Lane::Acc16 | Lane::Product15)
    }

    /// The byte that is multiplied for a code: as [`Engine::raw_byte`], as a number.
    fn byte(self, code: i32) -> i32 {
        match self.bytes {
            Bytes::Codes => code,
            Bytes::LessBy128 => code - 128,
            Bytes::ShiftedBy128 => code.saturating_sub(self.zero_point).clamp(-128, 127) + 128,
        }
    }

    /// The smallest and the largest byte.
    pub fn ends(self) -> [i32; 2] {
        [self.codes.qmin, self.codes.qmax].map(|code| self.byte(code))
    }

    /// The smallest and the largest sum of a pair's products, exact.
    pub fn sums(self, weights: [i8; 2]) -> [i32; 2] {
        let ends = self.ends();
        let products = weights.map(|w| {
            let [low, high] = ends.map(|byte| byte * i32::from(w));
            [low.min(high), low.max(high)]
        });
        [0, 1].map(|end| products[0][end] + products[1][end])
    }

    /// Whether a pair loses nothing in its lane, whatever the two inputs: its sum fits, or each of its
    /// products. Where [no pair decides](Self::is_of_pairs), every one is safe.
    pub fn is_safe(self, weights: [i8; 2]) -> bool {
        match self.lane {
            Lane::Saturate | Lane::Wrap | Lane::Acc16 => {
                self.sums(weights).iter().all(|&sum| saturate16(sum) == sum)
            }
            Lane::Product15 => {
                let fits = |byte: i32, w: i8| {
                    let product = byte * i32::from(w);
                    clamp15(product) == product
                };
                weights.iter().all(|&w| self.ends().iter().all(|&byte| fits(byte, w)))
            }
            Lane::Exact | Lane::HalfWeights | Lane::Running16 => true,
        }
    }

    /// The first weights that are safe with a second one, from one to another: the safe pairs are those
    /// of a convex region, where every bound is linear in the weights.
    pub fn safe_run(self, second: i8) -> Option<[i8; 2]> {
        let mut all = i8::MIN..=i8::MAX;
        let first = all.find(|&first| self.is_safe([first, second]))?;
        let last = (first..=i8::MAX).rev().find(|&first| self.is_safe([first, second]))?;
        Some([first, last])
    }

    /// How many of the 65,536 pairs are safe.
    pub fn safe_pairs(self) -> u32 {
        let length = |[first, last]: [i8; 2]| u32::from(first.abs_diff(last)) + 1;
        (i8::MIN..=i8::MAX).filter_map(|second| self.safe_run(second)).map(length).sum()
    }

    /// What A2Q lets |w₀| + |w₁| be for a sum of 16 bits, where it says anything: it keeps
    /// ‖w‖₁ ≤ (2^(P−1) − 1)·2^(s − N), with P bits of the sum, N of an input, and s = 1 for signed inputs
    /// (Colbert, Pappalardo, Petri-Koenig, ICCV 2023, <https://arxiv.org/abs/2308.13504>; in Brevitas
    /// `get_upper_bound_on_l1_norm`). It takes 2^N for the largest input, where 2^N − 1 is.
    pub fn a2q_bound(self) -> Option<i32> {
        if !matches!(self.lane, Lane::Saturate | Lane::Wrap | Lane::Acc16) {
            return None;
        }
        let [low, high] = self.ends();
        // 2^N, or half of it for signed inputs: the power of two that no magnitude exceeds.
        let power = (high + 1).max(-low).max(1).unsigned_abs().next_power_of_two().cast_signed();
        let bound = i32::from(i16::MAX) / power;
        // Two weights have no more than 256.
        (bound < 256).then_some(bound)
    }

    /// At which inputs it loses something of one weight, or of two that meet.
    ///
    /// A pair that fits while both inputs are equal fits at any two inputs: two weights of one sign are
    /// worst when both codes are, and of two signs no more than one product remains, which fits.
    pub fn loss(self, weights: &[i8]) -> PairLoss {
        let sum: i32 = weights.iter().copied().map(i32::from).sum();
        let loses = |code: i32| {
            let byte = self.byte(code);
            match self.lane {
                Lane::Product15 => weights.iter().any(|&w| {
                    let product = byte * i32::from(w);
                    clamp15(product) != product
                }),
                _ => saturate16(byte * sum) != byte * sum,
            }
        };
        match self.lane {
            Lane::Exact => PairLoss::Never,
            Lane::HalfWeights if weights.iter().any(|w| w % 2 != 0) => PairLoss::OddWeights,
            Lane::HalfWeights => PairLoss::Never,
            Lane::Running16 => PairLoss::DependsOnOthers,
            Lane::Saturate | Lane::Wrap | Lane::Product15 | Lane::Acc16 => {
                let QRange { qmin, qmax } = self.codes;
                let of = |code: Option<i32>, loss: fn(u8) -> PairLoss| {
                    code.and_then(|code| u8::try_from(code).ok()).map_or(PairLoss::Never, loss)
                };
                // The further from a byte of 0, the larger a sum: most pairs lose nothing at either end.
                if loses(qmax) {
                    of((qmin..=qmax).find(|code| loses(*code)), PairLoss::From)
                } else if loses(qmin) {
                    of((qmin..=qmax).rev().find(|code| loses(*code)), PairLoss::UpTo)
                } else {
                    PairLoss::Never
                }
            }
        }
    }

    /// What a weight counts for in a sum that loses nothing: with halved weights `2·rint(w/2)`.
    pub fn counted_weight(self, w: i8) -> i32 {
        Accumulator { lane: self.lane, ..Accumulator::EXACT }.counted_weight(w)
    }

    /// The inputs at which the lane loses most of two weights; `None` where it loses nothing.
    pub fn worst(self, weights: [i8; 2]) -> Option<WorstInput> {
        let QRange { qmin, qmax } = self.codes;
        let corners = [[qmax, qmax], [qmin, qmin], [qmax, qmin], [qmin, qmax]];
        let at = |codes: [i32; 2]| {
            let products = [0, 1].map(|k| self.byte(codes[k]) * i32::from(weights[k]));
            let exact = products[0] + products[1];
            let kept = match self.lane {
                Lane::Saturate | Lane::Acc16 => saturate16(exact),
                Lane::Wrap => wrap16(exact),
                Lane::Product15 => products.map(clamp15).iter().sum(),
                Lane::Exact | Lane::HalfWeights | Lane::Running16 => exact,
            };
            let codes = codes.map(|code| u8::try_from(code).unwrap_or(u8::MAX));
            WorstInput { codes, exact, kept }
        };
        let lost = |one: &WorstInput| one.exact.abs_diff(one.kept);
        let mut worst = at(corners[0]);
        for corner in corners {
            if lost(&at(corner)) > lost(&worst) {
                worst = at(corner);
            }
        }
        (lost(&worst) > 0).then_some(worst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = [i8; 2]> {
        (i8::MIN..=i8::MAX).flat_map(|first| (i8::MIN..=i8::MAX).map(move |second| [first, second]))
    }

    #[test]
    fn pmaddubsw_has_49_279_safe_pairs() {
        let reach = PairReach::PMADDUBSW;
        assert_eq!(reach.safe_pairs(), 49_279);
        // By the definition: 255 times the positive weights, and the negative ones.
        for pair in all() {
            let side = |sign: i32| -> i32 {
                pair.iter().map(|w| (sign * i32::from(*w)).max(0)).sum::<i32>() * 255
            };
            let fits = side(1) <= 32_767 && side(-1) <= 32_768;
            assert_eq!(reach.is_safe(pair), fits, "{pair:?}");
            assert_eq!(reach.loss(&pair) == PairLoss::Never, fits, "{pair:?}");
            assert_eq!(reach.worst(pair).is_none(), fits, "{pair:?}");
        }
    }

    #[test]
    fn safe_pairs_of_a_second_weight_are_a_run() {
        let shifted = |zero_point| PairReach {
            bytes: Bytes::ShiftedBy128,
            zero_point,
            ..PairReach::PMADDUBSW
        };
        let lanes = [Lane::Saturate, Lane::Wrap, Lane::Product15, Lane::Exact];
        for reach in [PairReach::PMADDUBSW, shifted(0), shifted(100), shifted(255)] {
            for lane in lanes {
                let reach = PairReach { lane, ..reach };
                for [first, second] in all() {
                    let run = reach.safe_run(second);
                    let is_in = run.is_some_and(|[from, to]| (from..=to).contains(&first));
                    assert_eq!(reach.is_safe([first, second]), is_in, "{reach:?} {first} {second}");
                }
                let safe = all().filter(|pair| reach.is_safe(*pair)).count();
                assert_eq!(reach.safe_pairs() as usize, safe);
            }
        }
    }

    #[test]
    fn seven_bits_of_either_leave_every_pair_safe() {
        let reduced = PairReach::PMADDUBSW.up_to(QType::QUInt8.observer_range(true).qmax);
        assert_eq!(reduced.expect("there are codes").safe_pairs(), 65_536);
        let QRange { qmin, qmax } = QType::QInt8.observer_range(true);
        let inside = |w: &i8| (qmin..=qmax).contains(&i32::from(*w));
        let mut weights = all().filter(|pair| pair.iter().all(inside));
        assert!(weights.all(|pair| PairReach::PMADDUBSW.is_safe(pair)));
    }

    #[test]
    fn a2q_keeps_within_the_safe_pairs() {
        let a2q = |reach: PairReach| reach.a2q_bound();
        let reach = PairReach::PMADDUBSW;
        assert_eq!(a2q(reach), Some(127));
        let norm = |pair: [i8; 2]| -> i32 { pair.iter().map(|w| i32::from(*w).abs()).sum() };
        assert!(all().filter(|pair| norm(*pair) <= 127).all(|pair| reach.is_safe(pair)));
        // With 255 for the largest code, not 256, it could be one more, and no two.
        assert!(all().filter(|pair| norm(*pair) <= 128).all(|pair| reach.is_safe(pair)));
        assert!(!all().filter(|pair| norm(*pair) <= 129).all(|pair| reach.is_safe(pair)));
        assert_eq!(a2q(reach.up_to(127).expect("codes")), Some(255));
        let signed = PairReach { bytes: Bytes::LessBy128, lane: Lane::Wrap, ..reach };
        assert_eq!(a2q(signed), Some(255));
        assert_eq!(a2q(PairReach { lane: Lane::Exact, ..reach }), None);
    }

    #[test]
    fn signed_bytes_overflow_in_one_pair_only() {
        let neon = PairReach { bytes: Bytes::LessBy128, lane: Lane::Wrap, ..PairReach::PMADDUBSW };
        let unsafe_pairs: Vec<_> = all().filter(|pair| !neon.is_safe(*pair)).collect();
        assert_eq!(unsafe_pairs, [[-128, -128]]);
        assert_eq!(neon.loss(&[-128, -128]), PairLoss::UpTo(0));
        let worst = WorstInput { codes: [0, 0], exact: 32_768, kept: -32_768 };
        assert_eq!(neon.worst([-128, -128]), Some(worst));
    }

    #[test]
    fn products_of_15_bits_are_cut_beyond_64() {
        let reach = PairReach { lane: Lane::Product15, ..PairReach::PMADDUBSW };
        // 255·64 = 16320 fits, 255·65 does not.
        assert_eq!(reach.safe_pairs(), 129 * 129);
        assert!(reach.is_safe([64, -64]) && !reach.is_safe([65, 0]));
    }

    #[test]
    fn the_worst_input_of_a_pair_is_where_it_loses_most() {
        let worst = PairReach::PMADDUBSW.worst([127, 100]).expect("it is unsafe");
        assert_eq!(worst, WorstInput { codes: [255, 255], exact: 57_885, kept: 32_767 });
        assert_eq!(PairReach::PMADDUBSW.loss(&[127, 100]), PairLoss::From(145));
        assert_eq!(PairReach::PMADDUBSW.worst([127, -128]), None);
    }
}
