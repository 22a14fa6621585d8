//! Which of FBGEMM's kernels a convolution takes, and what that means for its pairs.

use super::accumulate::Accumulator;
use super::conv::ConvShape;

/// What FBGEMM may use of an x86 CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FbgemmIsa {
    /// The CPU has AVX2 or AVX-512, and no AVX-512 VNNI.
    Avx2,
    /// The CPU has AVX-512 VNNI, and `FBGEMM_ENABLE_INSTRUCTIONS` is `AVX2` or `AVX512`.
    VnniLimited,
    /// The CPU has AVX-512 VNNI.
    Vnni,
}

/// FBGEMM's kernels for convolutions, as PyTorch's `quantized::conv1d`, `conv2d` and `conv3d` reach
/// them. All of them rescale alike; what they ask of the CPU is not alike.
///
/// `docs/arithmetic.md` section 12; FBGEMM `src/FbgemmConv.cc` (`ConvFastPath`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FbgemmConvPath {
    /// Its own kernels for AVX2 only: pairs saturate on every x86 CPU.
    Depthwise,
    /// Small groups of channels; it asks the CPU itself for VNNI, whatever
    /// `FBGEMM_ENABLE_INSTRUCTIONS` says.
    Groupwise,
    /// All others: a matrix product of gathered rows, with the kernels of Linear.
    Im2col,
}

impl FbgemmConvPath {
    /// The kernel that a shape takes.
    pub fn of(shape: &ConvShape) -> FbgemmConvPath {
        let all = |sizes: &[usize], is: fn(usize) -> bool| sizes.iter().all(|&size| is(size));
        // One dimension is computed as a kernel of 1 × k: never a square.
        let kernel = if shape.kernel.len() > 1 { shape.kernel_row() } else { 0 };
        let is_square = all_equal(&shape.kernel);
        let is_plain = all(&shape.dilation, |size| size == 1)
            && all(&shape.stride, |size| size == 1 || size == 2);
        let padded_by = |size: usize| shape.padding.iter().all(|&padding| padding == size);
        let (channels, in_group, groups) = (shape.channels, shape.group_channels(), shape.groups);
        let is_depthwise = groups == channels
            && (shape.outputs == channels || shape.outputs == 2 * channels)
            && channels.is_multiple_of(8)
            && is_square
            && matches!(kernel, 3 | 5 | 7)
            && padded_by((kernel.max(1) - 1) / 2)
            && is_plain;
        if is_depthwise {
            return FbgemmConvPath::Depthwise;
        }
        let fewest_groups = match in_group {
            2 => 8,
            4 => 4,
            8 | 16 => 1,
            _ => usize::MAX,
        };
        let is_groupwise = in_group == shape.group_outputs()
            && groups >= fewest_groups
            && is_square
            && kernel == 3
            && padded_by(1)
            && is_plain
            && all_equal(&shape.stride);
        if is_groupwise { FbgemmConvPath::Groupwise } else { FbgemmConvPath::Im2col }
    }

    /// How it sums.
    pub const fn accumulator(self, isa: FbgemmIsa) -> Accumulator {
        match (self, isa) {
            (FbgemmConvPath::Im2col | FbgemmConvPath::Groupwise, FbgemmIsa::Vnni)
            | (FbgemmConvPath::Groupwise, FbgemmIsa::VnniLimited) => Accumulator::EXACT,
            _ => Accumulator::PAIR_SATURATING,
        }
    }
}

fn all_equal(sizes: &[usize]) -> bool {
    sizes.windows(2).all(|two| two[0] == two[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(channels: usize, outputs: usize, groups: usize, kernel: &[usize]) -> ConvShape {
        let input = vec![9; kernel.len()];
        let padding = kernel.iter().map(|size| (size - 1) / 2).collect();
        ConvShape { padding, ..ConvShape::plain([channels, outputs, groups], &input, kernel) }
    }

    #[test]
    fn the_shape_decides() {
        use FbgemmConvPath::{Depthwise, Groupwise, Im2col};
        let cases = [
            (shape(8, 8, 8, &[3, 3]), Depthwise),
            (shape(16, 32, 16, &[5, 5]), Depthwise),
            (shape(8, 8, 8, &[3, 3, 3]), Depthwise),
            (shape(12, 12, 12, &[3, 3]), Im2col),
            (shape(8, 8, 8, &[3, 5]), Im2col),
            (shape(8, 8, 8, &[3]), Im2col),
            (shape(16, 16, 8, &[3, 3]), Groupwise),
            (shape(8, 8, 4, &[3, 3]), Im2col),
            (shape(16, 16, 1, &[3, 3]), Groupwise),
            (shape(16, 32, 1, &[3, 3]), Im2col),
            (shape(64, 64, 1, &[1, 1]), Im2col),
            (ConvShape { padding: vec![0, 0], ..shape(8, 8, 8, &[3, 3]) }, Im2col),
            (ConvShape { dilation: vec![2, 2], ..shape(8, 8, 8, &[3, 3]) }, Im2col),
            (ConvShape { stride: vec![1, 2], ..shape(8, 8, 8, &[3, 3]) }, Depthwise),
            (ConvShape { stride: vec![1, 2], ..shape(16, 16, 1, &[3, 3]) }, Im2col),
        ];
        for (shape, path) in cases {
            assert_eq!(FbgemmConvPath::of(&shape), path, "{shape:?}");
        }
    }

    #[test]
    fn vnni_does_not_help_everywhere_and_its_limit_neither() {
        let exact = |path: FbgemmConvPath| {
            [FbgemmIsa::Avx2, FbgemmIsa::VnniLimited, FbgemmIsa::Vnni]
                .map(|isa| path.accumulator(isa) == Accumulator::EXACT)
        };
        assert_eq!(exact(FbgemmConvPath::Depthwise), [false, false, false]);
        assert_eq!(exact(FbgemmConvPath::Groupwise), [false, true, true]);
        assert_eq!(exact(FbgemmConvPath::Im2col), [false, false, true]);
    }
}
