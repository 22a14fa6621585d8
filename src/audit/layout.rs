//! [`Layout`]: which axes of a tensor are outputs and which inputs, and [`KernelOrder`]: the order in
//! which kernels read them.

use serde::{Serialize, Serializer};

use crate::tensor::{ErrorKind, MOST_BLOCK, ReadError, View};

/// Which axes are outputs (N) and which inputs (K).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Rows are outputs: `[N, K]`, or a stack `[.., N, K]`.
    Nk,
    /// Columns are outputs: `[K, N]`, or a stack `[.., K, N]`, each matrix with outputs of its own.
    Kn,
    /// A convolution: `[N, C, …]`, with any taps. Kernels read channels innermost: k = (kh, kw, C).
    Oihw,
}

impl Layout {
    /// The name in a report.
    pub const fn name(self) -> &'static str {
        match self {
            Layout::Nk => "NK",
            Layout::Kn => "KN",
            Layout::Oihw => "OIHW",
        }
    }

    /// Whether a tensor with so many axes can be laid out so.
    pub fn fits(self, axes: usize) -> bool {
        axes >= self.least_axes()
    }

    fn least_axes(self) -> usize {
        match self {
            Layout::Nk | Layout::Kn => 2,
            Layout::Oihw => 3,
        }
    }

    /// That of a tensor of which nothing else is known: two axes are rows and columns, more a
    /// convolution. `None` for one axis, which is one output.
    pub fn of_rank(axes: usize) -> Option<Layout> {
        match axes {
            0 | 1 => None,
            2 => Some(Layout::Nk),
            _ => Some(Layout::Oihw),
        }
    }
}

impl Serialize for Layout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// The most columns that are audited beside each other: each has some seventy bytes of sums.
const MOST_COLUMNS: u64 = 1 << 16;
/// Inputs of an output that are whole in a block, of whatever type.
pub(super) const MOST_WHOLE: u64 = (MOST_BLOCK / 8) as u64;

/// A tensor's axes as kernels read them.
#[derive(Clone, Debug)]
pub struct KernelOrder {
    view: View,
    /// The axes of the stack, of the outputs and of the inputs, each in the order of kernels.
    stack: Vec<usize>,
    outputs: Vec<usize>,
    inner: Vec<usize>,
    /// Outputs: N, of all matrices of a stack.
    pub rows: u64,
    /// Inputs of each: K.
    pub inputs: u64,
    /// Outputs of each matrix.
    pub columns: u64,
}

/// How values are read in the order of kernels.
pub(super) enum Way {
    /// As they are stored.
    Stored,
    /// As they are stored, with taps and channels of each output exchanged.
    Turned {
        /// How many channels come one after the other.
        channels: usize,
        /// How many taps each has.
        taps: usize,
    },
    /// In another order.
    Other(View),
}

impl KernelOrder {
    /// A tensor's kernel order; without layout it is one output.
    ///
    /// # Errors
    /// [`ErrorKind::NotAMatrix`] if it has fewer axes than the layout.
    pub fn new(view: &View, layout: Option<Layout>) -> Result<KernelOrder, ReadError> {
        let shape = view.shape();
        let axes = shape.len();
        let needs = layout.map_or(1, Layout::least_axes);
        if axes < needs {
            return Err(ErrorKind::NotAMatrix { shape }.into());
        }
        let (stack, outputs, inner): (Vec<usize>, Vec<usize>, Vec<usize>) = match layout {
            None => (vec![], vec![], (0..axes).collect()),
            Some(Layout::Nk) => ((0..axes - 2).collect(), vec![axes - 2], vec![axes - 1]),
            Some(Layout::Kn) => ((0..axes - 2).collect(), vec![axes - 1], vec![axes - 2]),
            Some(Layout::Oihw) => (vec![], vec![0], (2..axes).chain([1]).collect()),
        };
        KernelOrder::of_axes(view, stack, outputs, inner)
    }

    /// A tensor whose axes are known: those of the stack, of the outputs and of the inputs, each in the
    /// order of kernels. Axes that are named nowhere belong to the stack.
    ///
    /// # Errors
    /// [`ErrorKind::HeaderInvalid`] if an axis is named twice, or is none of the tensor.
    pub fn of_axes(
        view: &View,
        mut stack: Vec<usize>,
        outputs: Vec<usize>,
        inner: Vec<usize>,
    ) -> Result<KernelOrder, ReadError> {
        let shape = view.shape();
        let named = [&stack[..], &outputs, &inner].concat();
        stack.splice(0..0, (0..shape.len()).filter(|axis| !named.contains(axis)));
        // Whether each is named once is found here.
        view.permuted(&[&stack[..], &outputs, &inner].concat())?;
        let product = |of: &[usize]| of.iter().map(|&axis| shape[axis]).product::<u64>();
        let (rows, columns) = (product(&stack) * product(&outputs), product(&outputs));
        let inputs = product(&inner);
        Ok(KernelOrder { view: view.clone(), stack, outputs, inner, rows, inputs, columns })
    }

    /// The axes of the stack, of the outputs and of the inputs.
    pub fn axes(&self) -> [Vec<usize>; 3] {
        [self.stack.clone(), self.outputs.clone(), self.inner.clone()]
    }

    /// The same axes of another view of the same shape.
    pub(super) fn of_view(&self, view: &View) -> KernelOrder {
        KernelOrder { view: view.clone(), ..self.clone() }
    }

    /// The values output by output, the inputs of each in order.
    ///
    /// # Errors
    /// [`ErrorKind::TooLarge`] if they come in one order only, another one, and are too many.
    pub fn by_rows(&self) -> Result<View, ReadError> {
        self.view.permuted(&[&self.stack[..], &self.outputs, &self.inner].concat())
    }

    /// The values of each matrix input by input, the outputs beside each other.
    fn by_columns(&self) -> Result<View, ReadError> {
        self.view.permuted(&[&self.stack[..], &self.inner, &self.outputs].concat())
    }

    /// The tensor.
    pub(super) fn view(&self) -> &View {
        &self.view
    }

    /// The same, or in bands of outputs, one after the other: where they lie beside each other and are
    /// too many to be audited at once.
    ///
    /// # Errors
    /// As [`by_rows`](KernelOrder::by_rows).
    pub(super) fn bands(&self) -> Result<Vec<KernelOrder>, ReadError> {
        let is_stack = self.rows != self.columns;
        let [axis] = self.outputs[..] else { return Ok(vec![self.clone()]) };
        if is_stack || self.columns <= MOST_COLUMNS || !self.is_by_columns() {
            return Ok(vec![self.clone()]);
        }
        let band = |start: u64| {
            let columns = MOST_COLUMNS.min(self.columns - start);
            let view = self.view.narrowed(axis, start, columns)?;
            Ok(KernelOrder { view, rows: columns, columns, ..self.clone() })
        };
        let bands = self.columns.div_ceil(MOST_COLUMNS);
        (0..bands).map(|index| band(index * MOST_COLUMNS)).collect()
    }

    /// Whether outputs lie closer together than inputs do, so that they are audited beside each other.
    pub(super) fn goes_by_columns(&self) -> bool {
        // What stands for the columns of all matrices is held, too.
        let are_few = self.columns <= MOST_COLUMNS && self.rows <= 8 * MOST_COLUMNS;
        are_few && self.is_by_columns()
    }

    fn is_by_columns(&self) -> bool {
        let (shape, strides) = (self.view.shape(), self.view.strides());
        let closest = |axes: &[usize]| {
            let last = axes.iter().rev().find(|&&axis| shape[axis] > 1);
            last.map(|&axis| strides[axis])
        };
        match (closest(&self.outputs), closest(&self.inner)) {
            (Some(outputs), Some(inputs)) => outputs < inputs,
            _ => false,
        }
    }

    /// Whether values are read in the order that they are stored in.
    pub(super) fn is_one_pass(&self) -> bool {
        if self.bands().is_ok_and(|bands| bands.len() > 1) {
            return false;
        }
        let is_turned = !self.goes_by_columns() && self.turn().is_some();
        is_turned || self.walked().is_ok_and(|walked| walked.is_same_order(&self.view))
    }

    /// The values in the order of kernels.
    fn walked(&self) -> Result<View, ReadError> {
        if self.goes_by_columns() { self.by_columns() } else { self.by_rows() }
    }

    /// How values are read.
    ///
    /// # Errors
    /// As [`by_rows`](KernelOrder::by_rows).
    pub(super) fn way(&self) -> Result<Way, ReadError> {
        if let (Some((channels, taps)), false) = (self.turn(), self.goes_by_columns()) {
            return Ok(Way::Turned { channels, taps });
        }
        let walked = self.walked()?;
        let is_stored = walked.is_same_order(&self.view);
        Ok(if is_stored { Way::Stored } else { Way::Other(walked) })
    }

    /// Channels, and taps, of a convolution that is stored in C order, if exchanging them changes
    /// anything and each output is whole in a block.
    fn turn(&self) -> Option<(usize, usize)> {
        let is_whole = self.inputs <= MOST_WHOLE && self.view.is_in_c_order();
        if self.inner.len() < 2 || !is_whole {
            return None;
        }
        let channels = usize::try_from(self.view.shape()[1]).ok()?;
        let taps = usize::try_from(self.inputs).ok()?.checked_div(channels)?;
        (channels > 1 && taps > 1).then_some((channels, taps))
    }
}
