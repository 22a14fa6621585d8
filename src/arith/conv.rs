//! [`ConvShape`]: a convolution as rows of products, one for each place of its output.

use std::error::Error;
use std::fmt;

use super::linear::MAX_INPUTS;

/// The most places, products of a place, and values of a convolution.
const MOST: usize = 1 << 28;

/// The shape of a convolution over one to three dimensions of space, as PyTorch and ONNX name it.
///
/// At every place of the output, each group of channels is a linear layer: its row has taps ×
/// C/groups products. `docs/arithmetic.md` section 12.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ConvShape {
    /// B.
    pub batch: usize,
    /// C, channels of the input.
    pub channels: usize,
    /// N, channels of the output.
    pub outputs: usize,
    /// Groups of channels that do not meet.
    pub groups: usize,
    /// The input's size along each dimension.
    pub input: Vec<usize>,
    /// The kernel's size along each.
    pub kernel: Vec<usize>,
    /// How far apart places of the output are in the input, along each.
    pub stride: Vec<usize>,
    /// What is added on either side of the input, along each.
    pub padding: Vec<usize>,
    /// How far apart taps are in the input, along each.
    pub dilation: Vec<usize>,
}

/// In which order the products of a row are summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TapOrder {
    /// k = tap·C/groups + channel: channels-last, as most libraries pack.
    ChannelsInnermost,
    /// k = channel·taps + tap: as weights are stored, `[N][C/groups][kernel]`.
    ChannelsOutermost,
}

impl ConvShape {
    /// A convolution of one picture with strides of 1, without padding or dilation: channels in and out,
    /// groups; sizes of input and kernel.
    pub fn plain(
        [channels, outputs, groups]: [usize; 3],
        input: &[usize],
        kernel: &[usize],
    ) -> ConvShape {
        let ones = vec![1; kernel.len()];
        ConvShape {
            batch: 1,
            channels,
            outputs,
            groups,
            input: input.to_vec(),
            kernel: kernel.to_vec(),
            stride: ones.clone(),
            padding: vec![0; kernel.len()],
            dilation: ones,
        }
    }

    /// The same shape, if it is one.
    ///
    /// # Errors
    /// Where a size is 0, dimensions differ in number, channels do not divide into groups, the kernel
    /// does not fit the padded input, or it is absurdly large.
    pub fn checked(self) -> Result<ConvShape, ConvError> {
        let dimensions = self.input.len();
        let lists = [&self.kernel, &self.stride, &self.padding, &self.dilation];
        if !(1..=3).contains(&dimensions) || lists.iter().any(|list| list.len() != dimensions) {
            return Err(ConvError::Dimensions);
        }
        let sizes = [self.batch, self.channels, self.outputs, self.groups];
        let lists = [&self.input, &self.kernel, &self.stride, &self.dilation];
        if sizes.into_iter().chain(lists.into_iter().flatten().copied()).any(|size| size == 0) {
            return Err(ConvError::Empty);
        }
        let (channels, outputs, groups) = (self.channels, self.outputs, self.groups);
        if channels % groups != 0 || outputs % groups != 0 {
            return Err(ConvError::Groups { channels, outputs, groups });
        }
        let is_small = |sizes: &[usize], most: usize| {
            let product = sizes.iter().try_fold(1_usize, |all, &size| all.checked_mul(size));
            product.is_some_and(|product| product <= most)
        };
        let taps = [&self.kernel[..], &[channels / groups]].concat();
        let input = [&self.input[..], &[self.batch, channels]].concat();
        let all = [&self.padding[..], &self.stride, &self.dilation].concat();
        if !is_small(&taps, MAX_INPUTS)
            || !is_small(&input, MOST)
            || all.iter().any(|&size| size > MOST)
        {
            return Err(ConvError::TooLarge);
        }
        let fits = |along: usize| {
            let last = self.dilation[along].checked_mul(self.kernel[along] - 1);
            last.is_some_and(|last| last < self.input[along] + 2 * self.padding[along])
        };
        if !(0..dimensions).all(fits) {
            return Err(ConvError::Kernel);
        }
        let output = [&self.output()[..], &[self.batch, outputs]].concat();
        if !is_small(&output, MOST) || !is_small(&[outputs, self.row()], MOST) {
            return Err(ConvError::TooLarge);
        }
        Ok(self)
    }

    /// An error unless rows of so many products and so many of them are this shape's.
    ///
    /// # Errors
    /// [`ConvError::Rows`].
    pub fn check_rows(&self, inputs: usize, outputs: usize) -> Result<(), ConvError> {
        if (inputs, outputs) == (self.row(), self.outputs) {
            return Ok(());
        }
        let found = [inputs, outputs];
        Err(ConvError::Rows { inputs: self.row(), outputs: self.outputs, found })
    }

    /// An error unless `[B][C][input]` has so many values.
    ///
    /// # Errors
    /// [`ConvError::Input`].
    pub fn check_input(&self, found: usize) -> Result<(), ConvError> {
        let expected = self.batch * self.channels * self.input.iter().product::<usize>();
        if found == expected { Ok(()) } else { Err(ConvError::Input { expected, found }) }
    }

    /// The output's size along each dimension.
    pub fn output(&self) -> Vec<usize> {
        let along = |i: usize| {
            let padded = self.input[i] + 2 * self.padding[i];
            (padded - self.dilation[i] * (self.kernel[i] - 1) - 1) / self.stride[i] + 1
        };
        (0..self.input.len()).map(along).collect()
    }

    /// Places of the output, of one channel of one picture.
    pub fn places(&self) -> usize {
        self.output().iter().product()
    }

    /// Taps of the kernel.
    pub fn taps(&self) -> usize {
        self.kernel.iter().product()
    }

    /// Taps of a row of the kernel, along the last dimension.
    pub fn kernel_row(&self) -> usize {
        self.kernel.last().copied().unwrap_or(1)
    }

    /// Channels of the input that a channel of the output is made of.
    pub fn group_channels(&self) -> usize {
        self.channels / self.groups
    }

    /// Channels of the output in a group.
    pub fn group_outputs(&self) -> usize {
        self.outputs / self.groups
    }

    /// K: products of a row.
    pub fn row(&self) -> usize {
        self.taps() * self.group_channels()
    }

    /// Whether every channel is a group of its own, with one channel of the output.
    pub fn is_depthwise(&self) -> bool {
        self.group_channels() == 1 && self.group_outputs() == 1
    }

    /// The K values that meet the weights of a group at a place; `None` where a tap is outside the
    /// picture.
    ///
    /// `x` is `[B][C][input]`.
    ///
    /// # Panics
    /// If `x` is shorter than the shape says, or there is no such picture, group or place.
    pub fn gather<T: Copy>(
        &self,
        x: &[T],
        [picture, group, place]: [usize; 3],
        order: TapOrder,
    ) -> Vec<Option<T>> {
        let plane: usize = self.input.iter().product();
        let place = unravel(place, &self.output());
        let source: Vec<Option<usize>> =
            (0..self.taps()).map(|tap| self.source(&place, &unravel(tap, &self.kernel))).collect();
        let channels = self.group_channels();
        let first = (picture * self.channels + group * channels) * plane;
        let value =
            |tap: usize, channel: usize| source[tap].map(|at| x[first + channel * plane + at]);
        (0..self.row())
            .map(|k| {
                let (tap, channel) = order.split(k, self.taps(), channels);
                value(tap, channel)
            })
            .collect()
    }

    /// Where a tap lies in the plane of a channel.
    fn source(&self, place: &[usize], tap: &[usize]) -> Option<usize> {
        let mut at = 0;
        for along in 0..place.len() {
            let padded = place[along] * self.stride[along] + tap[along] * self.dilation[along];
            let inside = padded.checked_sub(self.padding[along])?;
            if inside >= self.input[along] {
                return None;
            }
            at = at * self.input[along] + inside;
        }
        Some(at)
    }

    /// Weights as they are stored, `[N][C/groups][kernel]`, as rows of K in an order: `[N][K]`.
    ///
    /// # Panics
    /// If there are not N·K.
    pub fn weight_rows<T: Copy>(&self, weights: &[T], order: TapOrder) -> Vec<T> {
        assert_eq!(weights.len(), self.outputs * self.row(), "a weight for every product");
        let (taps, channels) = (self.taps(), self.group_channels());
        let rows = weights.chunks(self.row());
        rows.flat_map(|row| {
            (0..row.len()).map(move |k| {
                let (tap, channel) = order.split(k, taps, channels);
                row[channel * taps + tap]
            })
        })
        .collect()
    }

    /// One value for every channel and place of the output, `[B][N][output]`.
    ///
    /// `each` is given the channel of the output and the row that meets its weights.
    pub fn map<T: Copy, U>(
        &self,
        x: &[T],
        order: TapOrder,
        mut each: impl FnMut(usize, &[Option<T>]) -> U,
    ) -> Vec<U> {
        let (places, in_group) = (self.places(), self.group_outputs());
        let mut values = Vec::with_capacity(self.batch * self.outputs * places);
        for picture in 0..self.batch {
            for group in 0..self.groups {
                let rows: Vec<_> = (0..places)
                    .map(|place| self.gather(x, [picture, group, place], order))
                    .collect();
                for output in group * in_group..(group + 1) * in_group {
                    values.extend(rows.iter().map(|row| each(output, row)));
                }
            }
        }
        values
    }
}

impl TapOrder {
    /// The tap and the channel of a product.
    fn split(self, k: usize, taps: usize, channels: usize) -> (usize, usize) {
        match self {
            TapOrder::ChannelsInnermost => (k / channels, k % channels),
            TapOrder::ChannelsOutermost => (k % taps, k / taps),
        }
    }
}

/// The coordinates of a flat index.
fn unravel(index: usize, sizes: &[usize]) -> Vec<usize> {
    let mut left = index;
    let mut coordinates: Vec<usize> = sizes
        .iter()
        .rev()
        .map(|size| {
            let along = left % size;
            left /= size;
            along
        })
        .collect();
    coordinates.reverse();
    coordinates
}

/// Why some numbers are no convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConvError {
    /// Lists of sizes of different lengths, or not one to three of them.
    Dimensions,
    /// A size of 0.
    Empty,
    /// Channels that do not divide into groups.
    Groups {
        /// C.
        channels: usize,
        /// N.
        outputs: usize,
        /// Groups asked for.
        groups: usize,
    },
    /// A kernel larger than the padded input.
    Kernel,
    /// A layer whose rows are not the shape's.
    Rows {
        /// K, products of a row.
        inputs: usize,
        /// N.
        outputs: usize,
        /// Both, of the layer given.
        found: [usize; 2],
    },
    /// An input that is not `[B][C][input]`.
    Input {
        /// Codes that the shape asks for.
        expected: usize,
        /// Codes given.
        found: usize,
    },
    /// More values than any layer has, or a row longer than [`MAX_INPUTS`].
    TooLarge,
}

impl fmt::Display for ConvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dimensions => write!(
                f,
                "input, kernel, stride, padding and dilation need the same number of sizes, one to three"
            ),
            Self::Empty => write!(f, "every size, stride, dilation and count must be at least 1"),
            Self::Groups { channels, outputs, groups } => write!(
                f,
                "{channels} input and {outputs} output channels do not divide into {groups} groups"
            ),
            Self::Kernel => write!(f, "the kernel is larger than the padded input"),
            Self::Rows { inputs, outputs, found: [k, n] } => write!(
                f,
                "the shape needs {outputs} rows of {inputs} weights, the layer has {n} of {k}"
            ),
            Self::Input { expected, found } => {
                write!(f, "{expected} input codes are needed, {found} were given")
            }
            Self::TooLarge => write!(
                f,
                "too large: a row may have {MAX_INPUTS} products, and all together {MOST} values"
            ),
        }
    }
}

impl Error for ConvError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(channels: usize, groups: usize) -> ConvShape {
        ConvShape {
            stride: vec![1, 2],
            padding: vec![1, 0],
            ..ConvShape::plain([channels, groups, groups], &[2, 3], &[2, 2])
        }
    }

    #[test]
    fn a_row_has_the_taps_and_channels_of_its_group() {
        let shape = shape(2, 1).checked().expect("it is one");
        assert_eq!((shape.output(), shape.row()), (vec![3, 1], 8));
        // [C][2][3]: channel 1 is 10 higher.
        let x: Vec<i32> = [0, 10].iter().flat_map(|c| (0..6).map(move |at| c + at)).collect();
        let row = |place, order| shape.gather(&x, [0, 0, place], order);
        let padded = [None; 4];
        let top = row(0, TapOrder::ChannelsInnermost);
        assert_eq!(top[..4], padded);
        assert_eq!(top[4..], [0, 10, 1, 11].map(Some));
        assert_eq!(row(1, TapOrder::ChannelsInnermost), [0, 10, 1, 11, 3, 13, 4, 14].map(Some));
        assert_eq!(row(1, TapOrder::ChannelsOutermost), [0, 1, 3, 4, 10, 11, 13, 14].map(Some));
        let weights = shape.weight_rows(&[0, 1, 2, 3, 10, 11, 12, 13], TapOrder::ChannelsInnermost);
        assert_eq!(weights, [0, 10, 1, 11, 2, 12, 3, 13]);
    }

    #[test]
    fn groups_do_not_meet() {
        let shape = shape(2, 2).checked().expect("it is one");
        assert!(shape.is_depthwise());
        let x: Vec<usize> = (0..12).collect();
        let sums = shape.map(&x, TapOrder::ChannelsInnermost, |output, row| {
            (output, row.iter().flatten().sum::<usize>())
        });
        let of = [(0, 1), (0, 8), (0, 7), (1, 13), (1, 32), (1, 19)];
        assert_eq!(sums, of);
    }

    #[test]
    fn misfits_are_told_apart() {
        let error = |change: &dyn Fn(&mut ConvShape)| {
            let mut other = shape(4, 2);
            change(&mut other);
            other.checked().expect_err("it is none")
        };
        assert_eq!(error(&|shape| shape.stride = vec![1]), ConvError::Dimensions);
        assert_eq!(error(&|shape| shape.dilation[0] = 0), ConvError::Empty);
        assert!(matches!(error(&|shape| shape.groups = 3), ConvError::Groups { .. }));
        assert_eq!(error(&|shape| shape.kernel[1] = 4), ConvError::Kernel);
        assert_eq!(error(&|shape| shape.padding[0] = usize::MAX), ConvError::TooLarge);
        assert_eq!(error(&|shape| shape.padding = vec![1 << 27, 1 << 27]), ConvError::TooLarge);
        assert_eq!(error(&|shape| shape.dilation[0] = 1 << 28), ConvError::Kernel);
    }
}
