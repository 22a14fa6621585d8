//! [`TorchVersion`]: the two versions of PyTorch between which recorded values differ.

/// A recorded version of PyTorch, with the libraries in it. Versions between them were not tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TorchVersion {
    /// 2.5.1, with oneDNN 3.5.3.
    V2_5,
    /// 2.15.0, with oneDNN 3.13.3.
    V2_15,
}

impl TorchVersion {
    /// Every one.
    pub const ALL: [TorchVersion; 2] = [TorchVersion::V2_5, TorchVersion::V2_15];

    /// As people call it.
    pub const fn key(self) -> &'static str {
        match self {
            TorchVersion::V2_5 => "2.5",
            TorchVersion::V2_15 => "2.15",
        }
    }
}
