//! WebAssembly's relaxed dot products: a module that runs them, and the answers that are legal.
//!
//! The two instructions multiply signed bytes by bytes that should be below 128. Beyond that the
//! specification of relaxed SIMD leaves a CPU a choice, and the answer tells which choice it made.

use crate::arith::{saturate16, wrap16};

/// The module. It exports `dot` and `dot_add`, each from two `i32` to one:
///
/// ```wat
/// (module
///   (func (export "dot") (param $a i32) (param $b i32) (result i32)
///     (i16x8.extract_lane_s 0 (i16x8.relaxed_dot_i8x16_i7x16_s
///       (i32x4.splat (local.get $a)) (i32x4.splat (local.get $b)))))
///   (func (export "dot_add") (param $a i32) (param $b i32) (result i32)
///     (i32x4.extract_lane 0 (i32x4.relaxed_dot_i8x16_i7x16_add_s
///       (i32x4.splat (local.get $a)) (i32x4.splat (local.get $b))
///       (i32x4.splat (i32.const 0))))))
/// ```
///
/// A parameter holds four bytes, the lowest first; `dot` gives the pair of the lower two.
/// Assembled by hand: tools that know these instructions are rare.
#[rustfmt::skip]
pub const MODULE: &[u8] = &[
    // "\0asm", version 1.
    0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00,
    // Types, 7 bytes: one, (i32, i32) → i32.
    0x01, 0x07, 0x01, 0x60, 0x02, 0x7f, 0x7f, 0x01, 0x7f,
    // Functions, 3 bytes: two of type 0.
    0x03, 0x03, 0x02, 0x00, 0x00,
    // Exports, 17 bytes: "dot" is function 0, "dot_add" function 1.
    0x07, 0x11, 0x02,
    0x03, b'd', b'o', b't', 0x00, 0x00,
    0x07, b'd', b'o', b't', b'_', b'a', b'd', b'd', 0x00, 0x01,
    // Code, 39 bytes: two bodies.
    0x0a, 0x27, 0x02,
    // dot, 16 bytes, no locals: local.get 0, i32x4.splat, local.get 1, i32x4.splat,
    0x10, 0x00, 0x20, 0x00, 0xfd, 0x11, 0x20, 0x01, 0xfd, 0x11,
    // i16x8.relaxed_dot_i8x16_i7x16_s (0x112), i16x8.extract_lane_s 0, end.
    0xfd, 0x92, 0x02, 0xfd, 0x18, 0x00, 0x0b,
    // dot_add, 20 bytes, no locals: as above, then i32.const 0, i32x4.splat,
    0x14, 0x00, 0x20, 0x00, 0xfd, 0x11, 0x20, 0x01, 0xfd, 0x11, 0x41, 0x00, 0xfd, 0x11,
    // i32x4.relaxed_dot_i8x16_i7x16_add_s (0x113), i32x4.extract_lane 0, end.
    0xfd, 0x93, 0x02, 0xfd, 0x1b, 0x00, 0x0b,
];

/// How a CPU may read the bytes from 128 on, and keep the sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteReading {
    /// Unsigned bytes, all sums exact.
    Exact,
    /// Unsigned bytes, each pair saturates at 16 bits.
    Saturated,
    /// Unsigned bytes, each pair keeps its low 16 bits.
    Wrapped,
    /// Signed bytes: 255 is −1.
    Signed,
}

impl ByteReading {
    /// The name for people.
    pub fn name(self) -> &'static str {
        match self {
            ByteReading::Exact => "unsigned bytes, exact sum",
            ByteReading::Saturated => "unsigned bytes, pairs saturate",
            ByteReading::Wrapped => "unsigned bytes, pairs wrap around",
            ByteReading::Signed => "signed bytes",
        }
    }
}

/// Which of the two instructions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instruction {
    /// `i16x8.relaxed_dot_i8x16_i7x16_s`: one pair, in 16 bits.
    Dot,
    /// `i32x4.relaxed_dot_i8x16_i7x16_add_s`: four products, in 32 bits. The pair twice.
    DotAdd,
}

impl Instruction {
    /// Both, in the order of the page.
    pub const ALL: [Instruction; 2] = [Instruction::Dot, Instruction::DotAdd];

    /// Its name in the specification.
    pub fn name(self) -> &'static str {
        match self {
            Instruction::Dot => "i16x8.relaxed_dot_i8x16_i7x16_s",
            Instruction::DotAdd => "i32x4.relaxed_dot_i8x16_i7x16_add_s",
        }
    }

    /// The name of the module's function.
    pub fn export(self) -> &'static str {
        match self {
            Instruction::Dot => "dot",
            Instruction::DotAdd => "dot_add",
        }
    }

    /// Every legal answer for a pair of products. Readings that give the same number are together.
    pub fn answers(self, w: [i8; 2], x: [u8; 2]) -> Vec<(i32, Vec<ByteReading>)> {
        let sum = |read: fn(u8) -> i32| {
            let product = |k: usize| i32::from(w[k]) * read(x[k]);
            product(0) + product(1)
        };
        let unsigned = sum(i32::from);
        let signed = sum(|byte| byte.cast_signed().into());
        let all = match self {
            Instruction::Dot => vec![
                (saturate16(unsigned), ByteReading::Saturated),
                (wrap16(unsigned), ByteReading::Wrapped),
                // Two products of −128 · −128 are one more than 16 bits hold.
                (saturate16(signed), ByteReading::Signed),
            ],
            Instruction::DotAdd => vec![
                (2 * unsigned, ByteReading::Exact),
                (2 * saturate16(unsigned), ByteReading::Saturated),
                (2 * signed, ByteReading::Signed),
            ],
        };
        let mut answers: Vec<(i32, Vec<ByteReading>)> = Vec::new();
        for (value, reading) in all {
            match answers.iter_mut().find(|(known, _)| *known == value) {
                Some((_, readings)) => readings.push(reading),
                None => answers.push((value, vec![reading])),
            }
        }
        answers
    }
}

/// Four bytes as a parameter of the module's functions: the pair twice.
pub fn parameter([low, high]: [u8; 2]) -> i32 {
    i32::from_le_bytes([low, high, low, high])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(instruction: Instruction, w: [i8; 2], x: [u8; 2]) -> Vec<i32> {
        instruction.answers(w, x).into_iter().map(|(value, _)| value).collect()
    }

    #[test]
    fn the_answers_to_127_times_255_are_told_apart() {
        let (w, x) = ([127, 127], [255, 255]);
        assert_eq!(numbers(Instruction::Dot, w, x), [32_767, -766, -254]);
        assert_eq!(numbers(Instruction::DotAdd, w, x), [129_540, 65_534, -508]);
    }

    #[test]
    fn small_bytes_have_one_answer() {
        assert_eq!(numbers(Instruction::Dot, [127, -128], [127, 1]), [16_001]);
        assert_eq!(Instruction::DotAdd.answers([3, 4], [5, 6])[0].1.len(), 3);
        assert_eq!(numbers(Instruction::DotAdd, [3, 4], [5, 6]), [78]);
    }

    #[test]
    fn four_bytes_are_the_pair_twice() {
        assert_eq!(parameter([0x01, 0xff]), i32::from_le_bytes([1, 255, 1, 255]));
    }
}
