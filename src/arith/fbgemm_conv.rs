//! Which of FBGEMM's kernels a convolution takes, and what that means for its pairs.

use super::accumulate::Accumulator;
use super::conv::ConvShape;
use super::family::Cpu;

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

    /// How it sums on a CPU of a class; with FBGEMM limited to AVX2 by its environment variable,
    /// `cpu` is AVX2 for all kernels but [`Groupwise`](Self::Groupwise).
    pub fn accumulator(self, cpu: Cpu) -> Accumulator {
        match (self, cpu) {
            (FbgemmConvPath::Groupwise | FbgemmConvPath::Im2col, Cpu::Avx512Vnni) => {
                Accumulator::EXACT
            }
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
        let ones = vec![1; kernel.len()];
        ConvShape {
            batch: 1,
            channels,
            outputs,
            groups,
            input: vec![9; kernel.len()],
            kernel: kernel.to_vec(),
            stride: ones.clone(),
            padding: kernel.iter().map(|size| (size - 1) / 2).collect(),
            dilation: ones,
        }
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
    fn vnni_does_not_help_a_depthwise_convolution() {
        let on = |path: FbgemmConvPath, cpu| path.accumulator(cpu) == Accumulator::EXACT;
        assert!(!on(FbgemmConvPath::Depthwise, Cpu::Avx512Vnni));
        assert!(on(FbgemmConvPath::Im2col, Cpu::Avx512Vnni));
        assert!(!on(FbgemmConvPath::Groupwise, Cpu::Avx2));
    }
}
