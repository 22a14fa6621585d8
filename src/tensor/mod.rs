//! Files of weights: what they hold, where it lies, and its values as they are asked for.
//!
//! [`open`] tells a format by itself and reads what names and sizes need; values come later, block by
//! block, through [`View::blocks`], so that a file of gigabytes takes some megabytes of memory. Every
//! byte comes through a [`Source`]. What a file declares is checked before anything is allocated for
//! it, nothing of a file is ever run, and one tensor that cannot be used hides none of the others.

mod bytes;
mod crc32;
mod decode;
mod digest;
mod dtype;
mod error;
#[cfg(not(target_arch = "wasm32"))]
mod file_source;
#[cfg(not(target_arch = "wasm32"))]
mod folder;
mod format;
mod gather;
mod inflate;
mod json;
mod limits;
mod npy;
mod npy_header;
mod npz;
mod number;
pub mod onnx;
mod open;
mod order;
mod pickle;
mod pt;
mod reader;
mod safetensors;
mod safetensors_header;
mod safetensors_index;
mod source;
#[expect(clippy::module_inception, reason = "it holds the type of that name")]
mod tensor;
mod text;
mod view;
mod zip;

pub use bytes::Bytes;
pub use decode::{append_floats, append_integers, numbers};
pub use digest::{Digest, SHOWN};
pub use dtype::{Dtype, NumberKind};
pub use error::{ErrorKind, ReadError};
#[cfg(not(target_arch = "wasm32"))]
pub use file_source::FileSource;
#[cfg(not(target_arch = "wasm32"))]
pub use folder::Folder;
pub use format::Format;
pub use limits::{
    MOST_AXES, MOST_BLOCK, MOST_CHANNELS, MOST_HELD, MOST_INDEX, MOST_NAME, MOST_NESTED,
    MOST_NPY_HEADER, MOST_SAFETENSORS_HEADER, MOST_SPREAD, MOST_TENSORS,
};
pub use number::Number;
pub use open::{Alone, Companions, Opened, may_have_companions, open};
pub use order::order;
pub use source::{NotOpened, Source, SourceError, Span, Unopened};
pub use tensor::{Activation, Named, Quant, Scheme, Tensor, Tensors};
pub use view::{Block, Identity, View, count, index_of};
