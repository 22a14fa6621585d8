//! [`On`] and [`Arithmetic`]: what becomes of a product in libraries on classes of CPUs, as reports have it.

use serde::Serialize;

use super::fate::Fate;
use super::sorted::Sorted;

/// Classes of CPUs, each with a family of `www/machines/cpus.json` that stands for it, under Linux.
pub const CPUS: [(&str, &str); 8] = [
    ("avx2", "haswell"),
    ("avx512", "skylake-sp"),
    ("avx_vnni", "alderlake"),
    ("avx512_vnni", "cascadelake"),
    ("amx", "sapphirerapids"),
    ("neon", "graviton1"),
    ("dotprod", "graviton2"),
    ("i8mm", "graviton3"),
];

/// What becomes of a product: by the library's operator, then by the class of CPUs. Where a library has
/// no 8-bit path, nothing stands.
pub type On = Sorted<&'static str, Sorted<&'static str, Fate>>;

/// The arithmetic of libraries' operators, by the same keys.
pub type Arithmetic = Sorted<&'static str, Sorted<&'static str, Rule>>;

/// What a library's operator does on a class of CPUs, and how that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// The class of arithmetic, by its key in `www/machines/libraries.json`.
    pub class: &'static str,
    /// Why, in a sentence.
    pub because: &'static str,
    /// How that is known: `recorded`, `read`, `documented`, `third_party`, `unknown`.
    pub confidence: &'static str,
    /// Where, by the keys of that file, with blanks between.
    pub sources: &'static str,
    /// Which products meet, if that is known.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub pair: &'static str,
}
