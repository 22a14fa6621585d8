//! The recordings that ship with the page, by key and name, and the runs that can be judged.
//!
//! Known here and not only in the file, so that a link can name a recording before the file has
//! been read; `tests/recordings.rs` holds the file to this list.

use serde::{Deserialize, Serialize};

use super::operation::Backend;
use super::recording::Run;

/// A recording that ships with the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Its key, in links and in the file.
    pub key: &'static str,
    /// Its name on the page.
    pub name: &'static str,
}

const fn entry(key: &'static str, name: &'static str) -> CatalogueEntry {
    CatalogueEntry { key, name }
}

/// Every recording of the file, in its order: the thread's experiment of seed 100 with ten
/// outputs, then layers of one output made to show one thing each.
pub static CATALOGUE: &[CatalogueEntry] = &[
    entry("k1", "1 input"),
    entry("k1-affine", "1 input, affine weights"),
    entry("k1-reduced", "1 input, reduce_range"),
    entry("k1-reduced-affine", "1 input, reduce_range, affine weights"),
    entry("k2", "2 inputs"),
    entry("k2-affine", "2 inputs, affine weights"),
    entry("k2-reduced", "2 inputs, reduce_range"),
    entry("k2-reduced-affine", "2 inputs, reduce_range, affine weights"),
    entry("k3", "3 inputs"),
    entry("k3-affine", "3 inputs, affine weights"),
    entry("k3-reduced", "3 inputs, reduce_range"),
    entry("k3-reduced-affine", "3 inputs, reduce_range, affine weights"),
    entry("k4", "4 inputs"),
    entry("k4-affine", "4 inputs, affine weights"),
    entry("k4-reduced", "4 inputs, reduce_range"),
    entry("k4-reduced-affine", "4 inputs, reduce_range, affine weights"),
    entry("k8", "8 inputs"),
    entry("k8-affine", "8 inputs, affine weights"),
    entry("k8-reduced", "8 inputs, reduce_range"),
    entry("k8-reduced-affine", "8 inputs, reduce_range, affine weights"),
    entry("k10", "10 inputs"),
    entry("k10-affine", "10 inputs, affine weights"),
    entry("k10-reduced", "10 inputs, reduce_range"),
    entry("k10-reduced-affine", "10 inputs, reduce_range, affine weights"),
    entry("k16", "16 inputs"),
    entry("k16-affine", "16 inputs, affine weights"),
    entry("k16-reduced", "16 inputs, reduce_range"),
    entry("k16-reduced-affine", "16 inputs, reduce_range, affine weights"),
    entry("k32", "32 inputs"),
    entry("k32-affine", "32 inputs, affine weights"),
    entry("k32-reduced", "32 inputs, reduce_range"),
    entry("k32-reduced-affine", "32 inputs, reduce_range, affine weights"),
    entry("k64", "64 inputs"),
    entry("k64-affine", "64 inputs, affine weights"),
    entry("k64-reduced", "64 inputs, reduce_range"),
    entry("k64-reduced-affine", "64 inputs, reduce_range, affine weights"),
    entry("k2-narrow", "2 inputs, calibrated too narrowly"),
    entry("k2-reduced-narrow", "2 inputs, reduce_range, calibrated too narrowly"),
    entry("k3-narrow", "3 inputs, calibrated too narrowly"),
    entry("k3-reduced-narrow", "3 inputs, reduce_range, calibrated too narrowly"),
    entry("k10-narrow", "10 inputs, calibrated too narrowly"),
    entry("k10-reduced-narrow", "10 inputs, reduce_range, calibrated too narrowly"),
    entry("k16-narrow", "16 inputs, calibrated too narrowly"),
    entry("k16-reduced-narrow", "16 inputs, reduce_range, calibrated too narrowly"),
    entry("one-pair", "single output: one pair"),
    entry("just-safe-64", "single output: a pair that just fits"),
    entry("just-over-65", "single output: a pair that just does not fit"),
    entry("lone-product", "single output: one weight alone"),
    entry("padded-odd", "single output: three equal weights"),
    entry("staircase", "single output: four pairs, four kinks"),
    entry("wrong-way", "single output: the wrong way"),
    entry("reordered", "single output: the same weights in another order"),
    entry("cancel", "single output: two pairs that cancel"),
    entry("negative-edge", "single output: the lowest pair"),
    entry("minus127", "single output: a negative pair"),
    entry("zp-does-not-help", "single output: a zero point does not help"),
    entry("issue-76390-a", "single output: PyTorch issue 76390, equal weights"),
    entry("issue-76390-b", "single output: PyTorch issue 76390, one step more"),
    entry("hidden-in-bulk", "single output: one bad pair among many"),
    entry("acc16-only", "single output: many small weights"),
];

/// One of [`CATALOGUE`], by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shipped(usize);

impl Shipped {
    /// Every one, in order.
    pub fn all() -> impl Iterator<Item = Shipped> {
        (0..CATALOGUE.len()).map(Shipped)
    }

    /// The one of that key.
    pub fn of_key(key: &str) -> Option<Shipped> {
        CATALOGUE.iter().position(|entry| entry.key == key).map(Shipped)
    }

    /// Its row.
    pub fn entry(self) -> &'static CatalogueEntry {
        &CATALOGUE[self.0]
    }
}

impl Default for Shipped {
    /// The forum thread's layer: 8 inputs.
    fn default() -> Self {
        Shipped::of_key("k8").unwrap_or(Shipped(0))
    }
}

impl TryFrom<String> for Shipped {
    type Error = String;

    fn try_from(key: String) -> Result<Shipped, String> {
        Shipped::of_key(&key).ok_or_else(|| format!("no recording is called {key}"))
    }
}

impl From<Shipped> for String {
    fn from(shipped: Shipped) -> String {
        shipped.entry().key.into()
    }
}

/// Which of a recording's runs is judged: an engine on an instruction set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordedOn {
    /// FBGEMM with AVX2.
    #[default]
    FbgemmAvx2,
    /// FBGEMM with AVX-512, without VNNI.
    FbgemmAvx512,
    /// FBGEMM with VNNI.
    FbgemmVnni,
    /// QNNPACK, on a CPU with VNNI.
    Qnnpack,
}

impl RecordedOn {
    /// Every one, in the order of a menu.
    pub const ALL: &[RecordedOn] = &[
        RecordedOn::FbgemmAvx2,
        RecordedOn::FbgemmAvx512,
        RecordedOn::FbgemmVnni,
        RecordedOn::Qnnpack,
    ];

    /// The key in links.
    pub const fn key(self) -> &'static str {
        match self {
            RecordedOn::FbgemmAvx2 => "fbgemm_avx2",
            RecordedOn::FbgemmAvx512 => "fbgemm_avx512",
            RecordedOn::FbgemmVnni => "fbgemm_vnni",
            RecordedOn::Qnnpack => "qnnpack",
        }
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            RecordedOn::FbgemmAvx2 => "FBGEMM on AVX2",
            RecordedOn::FbgemmAvx512 => "FBGEMM on AVX-512 without VNNI",
            RecordedOn::FbgemmVnni => "FBGEMM on VNNI",
            RecordedOn::Qnnpack => "QNNPACK",
        }
    }

    /// The engine, and its instruction set as files name it.
    pub const fn run(self) -> (Backend, &'static str) {
        match self {
            RecordedOn::FbgemmAvx2 => (Backend::Fbgemm, "avx2"),
            RecordedOn::FbgemmAvx512 => (Backend::Fbgemm, "avx512"),
            RecordedOn::FbgemmVnni => (Backend::Fbgemm, "vnni"),
            RecordedOn::Qnnpack => (Backend::Qnnpack, "vnni"),
        }
    }

    /// Whether it is this run.
    pub fn is(self, run: &Run) -> bool {
        (run.backend, run.isa.as_str()) == self.run()
    }
}
