//! [`CpuClass`]: which x86 CPUs are asked about.

/// A class of CPUs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CpuClass {
    /// x86 without either VNNI: AVX2, or AVX-512 alone.
    #[default]
    NoVnni,
    /// x86 with the VNNI that a library asks for.
    Vnni,
}

impl CpuClass {
    /// Where, as the end of a sentence.
    pub const fn place(self) -> &'static str {
        match self {
            CpuClass::NoVnni => "on x86 without VNNI",
            CpuClass::Vnni => "on x86 with VNNI",
        }
    }
}
