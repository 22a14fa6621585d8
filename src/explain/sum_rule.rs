//! [`SumRule`]: a way in which products become a sum, and who does it so. What the table of engines says
//! is taken from there; what it cannot say stands here.

use super::code_type::CodeType;
use crate::arith::{
    Accumulator, Blocks, Bytes, Engine, Family, Group, Lane, Members, OneDnnIsa, Provenance,
    RowShape, Types, Weights,
};

/// A way to sum, and the engines that do it so.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SumRule {
    /// How.
    pub summing: Summing,
    /// Rows of the table of engines.
    pub engines: Vec<Engine>,
    /// Who else does it so, as the end of a sentence.
    pub who: Option<&'static str>,
    /// How far it is from what is expected first: 0 for the exact sum.
    pub cost: u8,
}

/// A way to sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Summing {
    /// Σ x·w, nothing lost.
    Exact,
    /// Of bytes, with some of them sharing a narrow lane.
    Narrow(Narrow),
    /// One float32, to which the products are added one by one.
    Float32,
}

/// A sum of bytes in narrow lanes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Narrow {
    /// Which products are together, and what becomes of them.
    pub accumulator: Accumulator,
    /// Whether B's bytes are the operand that may be unsigned.
    pub is_b_left: bool,
    /// What is added to codes of A and B before they are multiplied; it is taken off with the zero
    /// points.
    pub shift: [i32; 2],
    /// Whether codes of A are taken less their zero point, clamped to s8, before the shift.
    pub recentred: bool,
}

/// What the table of engines cannot say.
struct Variant {
    types: [CodeType; 2],
    accumulator: Accumulator,
    is_b_left: bool,
    shift: [i32; 2],
    /// As [`SumRule::who`].
    who: Option<&'static str>,
}

const U8S8: [CodeType; 2] = [CodeType::U8, CodeType::S8];
const S8S8: [CodeType; 2] = [CodeType::S8, CodeType::S8];
const U8U8: [CodeType; 2] = [CodeType::U8, CodeType::U8];
const S8U8: [CodeType; 2] = [CodeType::S8, CodeType::U8];

const PAIRS: Accumulator = Accumulator::PAIR_SATURATING;
/// Two saturated pairs, added in a lane that saturates: Stockfish's four products in 16 bits.
const FOURS: Accumulator = Accumulator {
    group: Group { members: Members::Run(2), blocks: Blocks::Every(4) },
    ..Accumulator::ACC_16
};
/// Four products in a lane that wraps.
const FOURS_WRAP: Accumulator = Accumulator {
    group: Group { members: Members::Run(4), blocks: Blocks::Whole },
    ..Accumulator::PAIR_WRAPPING
};
/// Two signed neighbours in a lane that wraps.
const SIGNED_PAIRS_WRAP: Accumulator =
    Accumulator { signed_inputs: true, ..Accumulator::PAIR_WRAPPING };
/// Two signed products eight apart.
const NEON: Accumulator = Engine::OnnxRuntimeNeon.accumulator();

const fn variant(
    types: [CodeType; 2],
    accumulator: Accumulator,
    is_b_left: bool,
    shift: [i32; 2],
    who: Option<&'static str>,
) -> Variant {
    Variant { types, accumulator, is_b_left, shift, who }
}

const GEMM_AVX2: Option<&str> = Some("oneDNN’s gemm on AVX2 without VNNI");
const GEMM_AVX512: Option<&str> = Some("oneDNN’s gemm on AVX-512 without VNNI");
const VECTOR: Option<&str> =
    Some("oneDNN’s product of a matrix and a vector on AVX-512 without VNNI");
const RTEN: Option<&str> = Some("rten, which makes u8 weights signed");
const STOCKFISH: Option<&str> = Some("kernels that add four products in 16 bits, as Stockfish’s");
const ON_THE_LEFT: Option<&str> =
    Some("kernels that have the weights on the left, as ONNX Runtime’s ConvInteger without VNNI");
const ON_THE_LEFT_ARM: Option<&str> =
    Some("ONNX Runtime’s ConvInteger on ARM64 without dot product");

#[rustfmt::skip]
static VARIANTS: &[Variant] = &[
    variant(U8S8, PAIRS, false, [0, 0], None),
    // oneDNN's gemm cuts K.
    variant(U8S8, OneDnnIsa::Avx2.gemm(), false, [0, 0], GEMM_AVX2),
    variant(U8S8, OneDnnIsa::Avx512Core.gemm(), false, [0, 0], GEMM_AVX512),
    variant(U8S8, FOURS, false, [0, 0], STOCKFISH),
    variant(U8S8, FOURS_WRAP, false, [0, 0], None),
    // Which side is shifted: `docs/arithmetic.md` section 13.
    variant(S8S8, PAIRS, false, [128, 0], None),
    variant(S8S8, OneDnnIsa::Avx2.gemm(), false, [128, 0], GEMM_AVX2),
    variant(S8S8, OneDnnIsa::Avx512Core.gemm(), false, [128, 0], GEMM_AVX512),
    variant(S8S8, PAIRS, true, [0, 128], VECTOR),
    variant(S8S8, OneDnnIsa::Avx2.gemm(), true, [0, 128], None),
    variant(S8S8, OneDnnIsa::Avx512Core.gemm(), true, [0, 128], None),
    variant(S8S8, NEON, false, [0, 0], None),
    variant(S8S8, SIGNED_PAIRS_WRAP, false, [0, 0], None),
    variant(S8S8, FOURS, false, [128, 0], None),
    // Pull requests 583, 596, 1208.
    variant(U8U8, PAIRS, false, [0, -128], RTEN),
    variant(U8U8, PAIRS, true, [-128, 0], None),
    // `docs/arithmetic.md` sections 14 and 15.
    variant(S8U8, PAIRS, true, [0, 0], ON_THE_LEFT),
    variant(S8U8, PAIRS, false, [128, -128], None),
    variant(S8U8, NEON, true, [0, -128], ON_THE_LEFT_ARM),
];

/// The types that a family multiplies, as its row of the table says.
pub(super) fn types_of(family: Family) -> [CodeType; 2] {
    match family.info().types {
        Types::U8S8 => U8S8,
        Types::U8U8 => U8U8,
        Types::S8S8 => S8S8,
    }
}

/// Whether an engine takes weights with these zero points.
pub(super) fn takes(engine: Engine, weight_zero_points: &[i32]) -> bool {
    engine.weights() == Weights::Any || weight_zero_points.iter().all(|&one| one == 0)
}

/// Every rule for operands of some types, the exact one first; none is there twice.
pub(super) fn rules(types: [CodeType; 2], row: RowShape, zero_points: [&[i32]; 2]) -> Vec<SumRule> {
    let rule = |summing, cost| SumRule { summing, engines: Vec::new(), who: None, cost };
    let mut all = vec![rule(Summing::Exact, 0)];
    let mut add = |summing: Summing, cost: u8, engine: Option<Engine>, who| {
        let known = all.iter().position(|rule: &SumRule| rule.summing == summing);
        let at = known.unwrap_or_else(|| {
            all.push(rule(summing, cost));
            all.len() - 1
        });
        let one = &mut all[at];
        one.cost = one.cost.min(cost);
        one.engines.extend(engine);
        one.who = one.who.or(who);
    };
    for &engine in Engine::ALL {
        if types_of(engine.family()) == types && takes(engine, zero_points[1]) {
            let cost = match engine.provenance() {
                _ if engine.lane() == Lane::Exact => 0,
                Provenance::Theory => 4,
                _ => 1,
            };
            let of_a = pick_common(zero_points[0]);
            add(Summing::of(engine, types, row, of_a), cost, Some(engine), None);
        }
    }
    for one in VARIANTS.iter().filter(|one| one.types == types) {
        let Variant { accumulator, is_b_left, shift, who, .. } = *one;
        let narrow =
            Narrow { accumulator: accumulator.over(row), is_b_left, shift, recentred: false };
        add(Summing::Narrow(narrow), 2, None, who);
    }
    add(Summing::Float32, 3, None, None);
    all
}

/// The one zero point of all rows, if there is one.
fn pick_common(zero_points: &[i32]) -> Option<i32> {
    match zero_points {
        [one] => Some(*one),
        _ => None,
    }
}

impl Summing {
    /// How an engine sums operands of its types; `zero_point`: that of all rows of A.
    fn of(engine: Engine, types: [CodeType; 2], row: RowShape, zero_point: Option<i32>) -> Summing {
        let accumulator = engine.accumulator().over(row);
        if accumulator.lane == Lane::Exact {
            return Summing::Exact;
        }
        // The table speaks of quint8 codes and qint8 weights.
        let to_code = if types[0] == CodeType::S8 { 128 } else { 0 };
        let to_weight = if types[1] == CodeType::U8 { -128 } else { 0 };
        let (of_a, recentred) = match engine.bytes() {
            Bytes::Codes => (to_code, false),
            Bytes::LessBy128 => (to_code - 128, false),
            // With the zero point 0 the code of s8 is already what is clamped.
            Bytes::ShiftedBy128 if types[0] == CodeType::S8 && zero_point == Some(0) => {
                (128, false)
            }
            Bytes::ShiftedBy128 => (128, true),
        };
        let shift = [of_a, to_weight];
        Summing::Narrow(Narrow { accumulator, is_b_left: false, shift, recentred })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(types: [CodeType; 2], engine: Engine) -> SumRule {
        let found = rules(types, RowShape::linear(64), [&[0], &[0]]);
        found.into_iter().find(|rule| rule.engines.contains(&engine)).expect("it is there")
    }

    #[test]
    fn every_engine_of_the_table_has_one_rule_for_its_types() {
        for &engine in Engine::ALL {
            let types = types_of(engine.family());
            let found = rules(types, RowShape::linear(64), [&[0], &[0]]);
            let count = found.iter().filter(|rule| rule.engines.contains(&engine)).count();
            assert_eq!(count, 1, "{engine:?}");
            let is_exact = find(types, engine).summing == Summing::Exact;
            assert_eq!(is_exact, engine.lane() == Lane::Exact, "{engine:?}");
        }
    }

    #[test]
    fn the_types_of_families_are_the_tables() {
        for family in Family::ALL {
            let [a, b] = types_of(*family);
            assert_eq!(
                family.info().types.name(),
                format!("{} × {}", a.name(), b.name()),
                "{family:?}"
            );
        }
    }

    #[test]
    fn what_shifts_alike_is_one_rule() {
        let shifted = find(S8S8, Engine::IntMm);
        assert!(shifted.engines.contains(&Engine::OneDnnS8S8));
        assert_eq!(shifted.cost, 1);
        let pairs = find(U8S8, Engine::FbgemmAvx2);
        assert!(pairs.engines.contains(&Engine::OnnxRuntimeAvx2));
        // Blocks show beyond 256 inputs.
        let long = rules(U8S8, RowShape::linear(300), [&[0], &[0]]);
        let pairs = long.iter().find(|rule| rule.engines.contains(&Engine::FbgemmAvx2));
        assert!(!pairs.expect("it is there").engines.contains(&Engine::TorchOneDnnAvx2));
    }
}
