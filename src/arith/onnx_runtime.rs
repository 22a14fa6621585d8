//! How ONNX Runtime's integer operators sum, on x86 and on ARM64.

use super::accumulate::{Accumulator, Lane};
use super::codes::Codes;
use super::conv::ConvShape;
use super::group::{Blocks, Group, Members};
use super::row_shape::RowShape;

/// The CPUs that ONNX Runtime's products tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnnxCpu {
    /// x86 with AVX2, and AVX-512 without VNNI.
    Avx2,
    /// x86 with either VNNI.
    Vnni,
    /// ARM64 without dot product.
    Neon,
    /// ARM64 with dot product.
    DotProduct,
}

/// NEON without dot product: in every 16 products k and k + 8 are added in 16 bits and wrap, which
/// -128·-128 twice does.
pub(super) const NEON: Accumulator = wrapping(Members::Apart(8));

/// ARM64's depthwise kernels, channels coming in sixteens.
pub(super) const ARM_DEPTHWISE: Accumulator = wrapping(Members::OnnxTaps);

impl OnnxCpu {
    /// Whether it is ARM64.
    pub const fn is_arm(self) -> bool {
        matches!(self, OnnxCpu::Neon | OnnxCpu::DotProduct)
    }

    /// Σ left·right as MLAS sums it; raw codes, no zero point taken off.
    ///
    /// On x86 without VNNI u8 × s8 saturates in pairs of neighbours, and nothing else does. On ARM
    /// without dot product a signed right operand wraps, and a u8 left one is made signed first. For
    /// `ConvInteger` the *weights* are the left operand. `docs/arithmetic.md` sections 14 and 15.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn product(self, left: Codes, right: Codes) -> i32 {
        match (self, left.signed, right.signed) {
            (OnnxCpu::Avx2, false, true) => {
                Accumulator::PAIR_SATURATING.accumulate(left.bytes, &right.signed_bytes())
            }
            (OnnxCpu::Neon, _, true) => signed(NEON, left, right),
            _ => left.dot(right),
        }
    }

    /// The same for a row of `QLinearConv`, channels innermost; `is_symmetric`: whether the weights are
    /// s8 and all their zero points 0.
    ///
    /// Depthwise convolutions have kernels of their own: exact on x86, and on ARM pairs of taps that
    /// wrap with or without dot product, where channels come in eights and the weights are symmetric.
    ///
    /// # Panics
    /// If the lengths differ.
    pub fn conv_product(self, shape: &ConvShape, x: Codes, w: Codes, is_symmetric: bool) -> i32 {
        if shape.is_depthwise() {
            let is_wrapping = self.is_arm() && is_symmetric && shape.channels.is_multiple_of(8);
            // Channels that do not come in sixteens have the plain pairs of no row.
            let accumulator = match shape.channels.is_multiple_of(16) {
                true => ARM_DEPTHWISE.over(RowShape::linear(shape.taps())),
                false => ARM_DEPTHWISE,
            };
            return if is_wrapping { signed(accumulator, x, w) } else { x.dot(w) };
        }
        // Another kernel, whose sums have 32 bits.
        if self == OnnxCpu::Neon && x.signed && is_symmetric {
            x.dot(w)
        } else {
            self.product(x, w)
        }
    }
}

const fn wrapping(members: Members) -> Accumulator {
    let group = Group { members, blocks: Blocks::Whole };
    Accumulator { group, lane: Lane::Wrap, signed_inputs: true }
}

/// A sum of signed products, of u8 codes as `(a - 128)·b + 128·b`.
fn signed(accumulator: Accumulator, left: Codes, right: Codes) -> i32 {
    let weights = right.signed_bytes();
    if left.signed {
        accumulator.accumulate(left.bytes, &weights)
    } else {
        let sum = accumulator.accumulate(&left.shifted_bytes(), &weights);
        sum.wrapping_add(right.sum().wrapping_mul(128))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CPUS: [OnnxCpu; 4] = [OnnxCpu::Avx2, OnnxCpu::Vnni, OnnxCpu::Neon, OnnxCpu::DotProduct];

    #[test]
    fn one_pair_of_types_saturates_and_one_side_wraps() {
        let (high, low) = ([255; 16], [128; 16]);
        let sums = |left: Codes, right: Codes| CPUS.map(|cpu| cpu.product(left, right));
        // u8 × s8: 255·-128.
        let exact = -32_640 * 16;
        assert_eq!(sums(Codes::u8(&high), Codes::s8(&low)), [-32_768 * 8, exact, exact, exact]);
        // s8 × s8: -128·-128.
        let exact = 16_384 * 16;
        assert_eq!(sums(Codes::s8(&low), Codes::s8(&low)), [exact, exact, -exact, exact]);
        // The code 0 is -128 there.
        assert_eq!(sums(Codes::u8(&[0; 16]), Codes::s8(&low)), [0, 0, -2 * exact, 0]);
        for right in [Codes::u8(&high), Codes::u8(&low)] {
            let exact = Codes::s8(&low).dot(right);
            assert_eq!(sums(Codes::s8(&low), right), [exact; 4]);
        }
    }
}
