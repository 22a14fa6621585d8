//! Which of oneDNN's kernels computes a layer of PyTorch's, and how it sums.

use super::accumulate::Accumulator;
use super::conv::ConvShape;
use super::group::{Blocks, Members};
use super::onednn::{OneDnnIsa, saturating};
use super::torch_version::TorchVersion;

/// oneDNN's kernels for PyTorch's `quantized::linear`.
///
/// `docs/arithmetic.md` section 13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OneDnnLinearKernel {
    /// `gemm:jit`.
    Gemm,
    /// `brg_matmul`.
    Brgemm,
    /// `ref_int8:any`: plain loops.
    Reference,
}

impl OneDnnLinearKernel {
    /// The kernel of a version on a CPU, for an input zero point.
    pub const fn of(
        isa: OneDnnIsa,
        version: TorchVersion,
        input_zero_point: i32,
    ) -> OneDnnLinearKernel {
        match (isa, version) {
            (OneDnnIsa::Avx2, _) => OneDnnLinearKernel::Gemm,
            (_, TorchVersion::V2_15) if input_zero_point != 0 => OneDnnLinearKernel::Reference,
            _ => OneDnnLinearKernel::Brgemm,
        }
    }

    /// The kernel of an implementation's name, as `ONEDNN_VERBOSE` prints it; `None` for one that
    /// nobody has recorded.
    pub fn named(implementation: &str) -> Option<OneDnnLinearKernel> {
        let (name, _) = implementation.split_once(':')?;
        match name {
            "gemm" => Some(OneDnnLinearKernel::Gemm),
            "brg_matmul" => Some(OneDnnLinearKernel::Brgemm),
            "ref_int8" => Some(OneDnnLinearKernel::Reference),
            _ => None,
        }
    }

    /// How it sums a row of u8 × s8.
    pub const fn accumulator(self, isa: OneDnnIsa) -> Accumulator {
        match (self, isa) {
            (_, OneDnnIsa::Vnni) | (OneDnnLinearKernel::Reference, _) => Accumulator::EXACT,
            (OneDnnLinearKernel::Gemm, _) => isa.gemm(),
            // It pairs neighbours of the whole row.
            (OneDnnLinearKernel::Brgemm, _) => Accumulator::PAIR_SATURATING,
        }
    }
}

/// oneDNN's kernels for a convolution. Which one it picks depends on the shape, the CPU and the
/// version in ways that are not known here; its verbose output says it.
///
/// `docs/arithmetic.md` section 13.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OneDnnConvKernel {
    /// `ref:any`: plain loops.
    Reference,
    /// `x64:gemm_s8u8s32:jit`: gathered rows.
    Gemm,
    /// `jit_uni_int8`, `jit_int8`.
    Jit,
    /// `brg_conv_fwd`.
    Brgemm,
    /// `jit_uni_int8_1x1`, `brgconv_1x1`: kernels of one tap.
    OneByOne,
    /// `brdgmm_dw`: depthwise, recorded with VNNI only.
    Depthwise,
}

impl OneDnnConvKernel {
    /// The kernel of an implementation's name, as `ONEDNN_VERBOSE` prints it; `None` for one that
    /// nobody has recorded.
    pub fn named(implementation: &str) -> Option<OneDnnConvKernel> {
        let name = implementation.strip_prefix("x64:").unwrap_or(implementation);
        let (name, _) = name.split_once(':')?;
        match name {
            "ref" => Some(OneDnnConvKernel::Reference),
            "gemm_s8u8s32" => Some(OneDnnConvKernel::Gemm),
            "jit_uni_int8" | "jit_int8" => Some(OneDnnConvKernel::Jit),
            "brg_conv_fwd" => Some(OneDnnConvKernel::Brgemm),
            "jit_uni_int8_1x1" | "brgconv_1x1" => Some(OneDnnConvKernel::OneByOne),
            "brdgmm_dw" => Some(OneDnnConvKernel::Depthwise),
            _ => None,
        }
    }

    /// How it sums the rows of a shape, channels innermost, u8 × s8.
    pub fn accumulator(self, isa: OneDnnIsa, shape: &ConvShape) -> Accumulator {
        // One row has the taps of all channels, each tap's together.
        let within_taps = saturating(Members::Run(2), Blocks::Every(shape.group_channels()));
        match self {
            _ if isa == OneDnnIsa::Vnni => Accumulator::EXACT,
            OneDnnConvKernel::Reference | OneDnnConvKernel::Depthwise => Accumulator::EXACT,
            OneDnnConvKernel::Gemm => Accumulator::PAIR_SATURATING,
            OneDnnConvKernel::Jit if shape.is_depthwise() => Accumulator::EXACT,
            OneDnnConvKernel::Brgemm if pairs_taps(shape) => {
                let row = shape.kernel_row();
                match shape.output().last() {
                    Some(0..=4) => saturating(Members::Run(2), Blocks::Every(row)),
                    _ => saturating(Members::Taps(row), Blocks::Whole),
                }
            }
            OneDnnConvKernel::Jit | OneDnnConvKernel::Brgemm | OneDnnConvKernel::OneByOne => {
                within_taps
            }
        }
    }
}

/// Whether `brg_conv_fwd` pairs taps, there being one channel only.
fn pairs_taps(shape: &ConvShape) -> bool {
    let no_dilation = shape.dilation.iter().all(|&size| size == 1);
    shape.group_channels() == 1 && shape.kernel.len() < 3 && no_dilation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernels_are_known_by_name() {
        let named = OneDnnConvKernel::named;
        assert_eq!(named("ref:any"), Some(OneDnnConvKernel::Reference));
        assert_eq!(named("x64:gemm_s8u8s32:jit"), Some(OneDnnConvKernel::Gemm));
        assert_eq!(named("jit_uni_int8:avx2"), Some(OneDnnConvKernel::Jit));
        assert_eq!(named("jit_uni_int8_1x1:avx2"), Some(OneDnnConvKernel::OneByOne));
        assert_eq!(named("brg_conv_fwd:avx512_core"), Some(OneDnnConvKernel::Brgemm));
        assert_eq!([named("winograd:any"), named("ref"), named("")], [None; 3]);
        let named = OneDnnLinearKernel::named;
        assert_eq!(named("brg_matmul:avx2_vnni"), Some(OneDnnLinearKernel::Brgemm));
        assert_eq!([named("ref:any"), named("gemm_api")], [None; 2]);
    }

    #[test]
    fn the_later_version_saturates_with_zero_point_0_only() {
        let of = |isa, zero_point| {
            OneDnnLinearKernel::of(isa, TorchVersion::V2_15, zero_point).accumulator(isa)
        };
        assert_eq!(of(OneDnnIsa::Avx512Core, 0), Accumulator::PAIR_SATURATING);
        assert_eq!(of(OneDnnIsa::Avx512Core, 7), Accumulator::EXACT);
        assert_eq!(of(OneDnnIsa::Avx2, 7), OneDnnIsa::Avx2.gemm());
        assert_eq!(of(OneDnnIsa::Vnni, 0), Accumulator::EXACT);
    }

    #[test]
    fn the_kernel_and_the_shape_decide_who_meets() {
        let shape = |channels, width| ConvShape::plain([channels, 1, 1], &[3, width], &[3, 3]);
        let of = |kernel: OneDnnConvKernel, shape: &ConvShape| {
            kernel.accumulator(OneDnnIsa::Avx512Core, shape).group
        };
        let [narrow, wide] = [shape(1, 6), shape(1, 7)];
        let brgemm = |shape: &ConvShape| of(OneDnnConvKernel::Brgemm, shape);
        assert_eq!(brgemm(&narrow).blocks, Blocks::Every(3));
        assert_eq!(brgemm(&wide).members, Members::Taps(3));
        assert_eq!(brgemm(&shape(2, 7)).blocks, Blocks::Every(2));
        let dilated = ConvShape { dilation: vec![1, 2], ..wide.clone() };
        assert_eq!(brgemm(&dilated).blocks, Blocks::Every(1));
        let jit = OneDnnConvKernel::Jit.accumulator(OneDnnIsa::Avx2, &wide);
        assert_eq!(jit, Accumulator::EXACT);
    }
}
