//! [`RowShape`]: what a row of K products is made of.

use serde::Serialize;

/// A row of K products as taps × channels: what meets the weights of one output of a convolution at
/// one place. A linear layer has one tap.
///
/// k = tap·channels + channel, taps row by row: the order in which kernels for convolutions add them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RowShape {
    /// K.
    inputs: usize,
    /// Rows and columns of the kernel.
    kernel: [usize; 2],
}

impl RowShape {
    /// A row of K products under a kernel of so many rows and columns; of one tap where they do not
    /// divide into its taps.
    pub const fn new(inputs: usize, kernel: [usize; 2]) -> RowShape {
        let taps = kernel[0].saturating_mul(kernel[1]);
        let kernel =
            if taps > 0 && inputs > 0 && inputs.is_multiple_of(taps) { kernel } else { [1, 1] };
        RowShape { inputs, kernel }
    }

    /// A row of a linear layer.
    pub const fn linear(inputs: usize) -> RowShape {
        RowShape::new(inputs, [1, 1])
    }

    /// K.
    pub const fn inputs(self) -> usize {
        self.inputs
    }

    /// Rows and columns of the kernel.
    pub const fn kernel(self) -> [usize; 2] {
        self.kernel
    }

    /// Taps of the kernel.
    pub const fn taps(self) -> usize {
        self.kernel[0] * self.kernel[1]
    }

    /// Channels of each tap.
    pub const fn channels(self) -> usize {
        self.inputs / self.taps()
    }

    /// Whether it is a row of a convolution, with more than one tap.
    pub const fn is_convolution(self) -> bool {
        self.taps() > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_divides_into_taps_or_has_one() {
        let of = |inputs, kernel| {
            let row = RowShape::new(inputs, kernel);
            (row.taps(), row.channels())
        };
        assert_eq!([of(36, [3, 3]), of(9, [3, 3]), of(8, [1, 2])], [(9, 4), (9, 1), (2, 4)]);
        assert_eq!([of(8, [3, 3]), of(8, [0, 3]), of(0, [1, 1])], [(1, 8), (1, 8), (1, 0)]);
        assert_eq!(of(8, [usize::MAX, 2]), (1, 8));
    }
}
