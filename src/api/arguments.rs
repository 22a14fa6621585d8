//! What calls take beside lists of numbers. Of these tables are the structs that the module reads, the checks of
//! the package's JavaScript and its types (`examples/interface.rs`, `tools/dev/interface.mjs`).

use serde::{Deserialize, Serialize};

/// What an argument may be; the checks are in `www/pkg/check.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A float32 above 0.
    Scale,
    /// A whole number of 32 bits.
    Int32,
    /// 0 to 255.
    Uint8,
    /// −128 to 127.
    Int8,
    /// A whole number from 1.
    Count,
    /// A whole number from 0.
    Size,
    /// True or false.
    Flag,
    /// A text.
    Text,
    /// The key of an [`Engine`](crate::arith::Engine).
    Engine,
    /// The key of a [`ConvEngine`](crate::arith::ConvEngine).
    ConvEngine,
    /// The key of a [`Rescale`](crate::arith::Rescale), or `auto`.
    Rescale,
    /// The key of a [`Kernel`](crate::state::choices::Kernel).
    Kernel,
    /// A [`TorchVersion`](crate::arith::TorchVersion).
    Version,
}

/// One argument of a call.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Argument {
    /// Its name, in `snake_case`; JavaScript's is in `camelCase`.
    pub name: &'static str,
    /// What it is, where the name does not say it.
    pub about: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// Whether there may be a list of them, too.
    pub is_list: bool,
    /// Whether it may be missing.
    pub is_optional: bool,
}

/// One value, or a list.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// For all.
    One(T),
    /// One each.
    Many(Vec<T>),
}

impl<T: Copy> OneOrMany<T> {
    /// A value for each of so many; a list as it is.
    pub fn each(&self, count: usize) -> Vec<T> {
        match self {
            OneOrMany::One(one) => vec![*one; count],
            OneOrMany::Many(all) => all.clone(),
        }
    }
}

macro_rules! arguments {
    ($(
        $(#[doc = $words:literal])+
        $name:ident {
            $($(#[doc = $about:literal])+ $(#[serde($($missing:tt)+)])? $field:ident: $type:ty = $kind:ident $($list:literal)?;)+
        }
    )+) => {$(
        $(#[doc = $words])+
        #[derive(Clone, Debug, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($(#[doc = $about])+ $(#[serde($($missing)+)])? pub $field: $type,)+
        }

        impl $name {
            /// Its fields, for JavaScript.
            pub const ARGUMENTS: &[Argument] = &[$(Argument {
                name: stringify!($field),
                about: concat!($($about),+),
                kind: Kind::$kind,
                is_list: !concat!($($list)?).is_empty(),
                is_optional: !stringify!($($($missing)+)?).is_empty(),
            }),+];
        }
    )+};
}

const fn byte() -> i32 {
    255
}

arguments! {
    /// Scale, zero point and codes.
    QParams {
        /// Above 0.
        scale: f32 = Scale;
        /// A whole number of 32 bits; 0 without it.
        #[serde(default)]
        zero_point: i32 = Int32;
        /// 0 without it.
        #[serde(default)]
        qmin: i32 = Int32;
        /// 255 without it.
        #[serde(default = "byte")]
        qmax: i32 = Int32;
    }

    /// What a min-max observer of PyTorch is asked for.
    Observer {
        /// Around 0; affine without it.
        #[serde(default)]
        symmetric: bool = Flag;
        /// Half of the codes.
        #[serde(default)]
        reduce_range: bool = Flag;
        /// Codes of qint8; quint8 without it.
        #[serde(default)]
        signed: bool = Flag;
    }

    /// real = scale · (code - zero point); inputs and outputs are quint8, weights qint8.
    Quantization {
        /// Above 0.
        input_scale: f32 = Scale;
        /// 0 to 255.
        input_zero_point: i32 = Uint8;
        /// One for all, or one per output.
        weight_scale: OneOrMany<f32> = Scale "list";
        /// -128 to 127; one for all, or one per output where the scales are. 0 without it.
        #[serde(default)]
        weight_zero_point: Option<OneOrMany<i32>> = Int8 "list";
        /// Above 0.
        output_scale: f32 = Scale;
        /// 0 to 255.
        output_zero_point: i32 = Uint8;
        /// Outputs below real 0 are clamped to it.
        #[serde(default)]
        relu: bool = Flag;
    }

    /// A linear layer's shape and codes.
    Shape {
        /// 1 to 2 ** 16.
        inputs: usize = Count;
        /// As many as the weights make without it.
        #[serde(default)]
        outputs: Option<usize> = Count;
        /// The kernel of a convolution whose taps the inputs are, channels innermost; `'1x1'` without it.
        #[serde(default)]
        kernel: Option<String> = Kernel;
        /// The least output code; 0 without it.
        #[serde(default)]
        qmin: i32 = Uint8;
        /// The greatest output code; 255 without it.
        #[serde(default = "byte")]
        qmax: i32 = Uint8;
    }

    /// Who computes a linear layer.
    Run {
        /// Whose arithmetic; `engines()` lists them.
        engine: String = Engine;
        /// The engine's own without it.
        #[serde(default)]
        rescale: Option<String> = Rescale;
    }

    /// A convolution's shape, and who computes it.
    Convolution {
        /// Whose arithmetic.
        engine: String = ConvEngine;
        /// oneDNN's kernel, as ONEDNN_VERBOSE=1 prints it: `brg_conv_fwd:avx512_core`. Without VNNI it decides
        /// which products are added in 16 bits, and nobody knows how oneDNN picks it.
        #[serde(default)]
        implementation: Option<String> = Text;
        /// Of PyTorch; '2.5' without it.
        #[serde(default)]
        version: Option<String> = Version;
        /// 1 without it.
        #[serde(default)]
        batch: Option<usize> = Count;
        /// Of the input.
        channels: usize = Count;
        /// 1 without it.
        #[serde(default)]
        groups: Option<usize> = Count;
        /// The input's size along each of one to three dimensions.
        input: OneOrMany<usize> = Count "list";
        /// The kernel's; one size stands for all.
        kernel: OneOrMany<usize> = Count "list";
        /// 1 without it.
        #[serde(default)]
        stride: Option<OneOrMany<usize>> = Count "list";
        /// 0 without it.
        #[serde(default)]
        padding: Option<OneOrMany<usize>> = Size "list";
        /// 1 without it.
        #[serde(default)]
        dilation: Option<OneOrMany<usize>> = Count "list";
    }
}
