//! The words of the data that code decides by: architectures, systems, classes of arithmetic, how
//! something is known.

use super::keyed::keyed;

keyed! {
    /// The instruction set that a program was built for.
    Arch: "architecture" {
        /// 64-bit x86; 32-bit systems on it count here, too.
        X86_64 = "x86_64",
        /// 64-bit ARM.
        Aarch64 = "aarch64",
        /// 32-bit ARM with an operating system.
        Arm = "arm",
        /// ARM's microcontrollers.
        CortexM = "cortex_m",
        /// Espressif's microcontrollers.
        Xtensa = "xtensa",
        /// WebAssembly, whatever is below.
        Wasm = "wasm",
    }
}

keyed! {
    /// The operating system.
    System: "system" {
        /// Linux, and Android.
        Linux = "linux",
        /// Windows.
        Windows = "windows",
        /// macOS, and iOS.
        Macos = "macos",
    }
}

impl System {
    /// The key in the answer's JSON, where a system that is not known has one, too.
    pub const fn key_of(system: Option<System>) -> &'static str {
        match system {
            Some(system) => system.key(),
            None => "unknown",
        }
    }

    /// The name for people.
    pub const fn name(self) -> &'static str {
        match self {
            System::Linux => "Linux",
            System::Windows => "Windows",
            System::Macos => "macOS",
        }
    }
}

keyed! {
    /// What becomes of the products: the classes of arithmetic. What each means in a sentence, and
    /// whether it is exact, [`ClassInfo`](super::ClassInfo) says.
    Class: "class" {
        /// Every product reaches a 32-bit sum.
        Exact = "exact",
        /// Pairs are added in 16 bits, and the library's own codes never overflow them.
        ExactByRange = "exact_by_range",
        /// Pairs of products, unsigned times signed, saturate at 16 bits.
        PairsSaturate = "pairs_saturate",
        /// The same after 128 was added to signed inputs.
        PairsSaturateShift128 = "pairs_saturate_shift128",
        /// Weights are halved, the sum doubled.
        HalfScale = "half_scale",
        /// Pairs and their running sum saturate at 16 bits.
        Acc16Saturating = "acc16_saturating",
        /// Pairs of products, signed times signed, wrap at 16 bits.
        PairsWrap = "pairs_wrap",
        /// There is no 8-bit path.
        NotAvailable = "not_available",
        /// Nobody has looked.
        Unknown = "unknown",
    }
}

impl Class {
    /// The name for people: two or three words.
    pub const fn name(self) -> &'static str {
        match self {
            Class::Exact => "exact",
            Class::ExactByRange => "exact by range",
            Class::PairsSaturate => "pairs saturate",
            Class::PairsSaturateShift128 => "pairs saturate after +128",
            Class::HalfScale => "weights are halved",
            Class::Acc16Saturating => "16-bit sum saturates",
            Class::PairsWrap => "pairs wrap",
            Class::NotAvailable => "not available",
            Class::Unknown => "unknown",
        }
    }
}

keyed! {
    /// How sure something is, the surest first.
    Confidence: "word for how sure it is" {
        /// A released binary was run, and its integers compared.
        Recorded = "recorded",
        /// The source was read.
        Read = "read",
        /// The owner's document says so.
        Documented = "documented",
        /// Somebody else reports it.
        ThirdParty = "third_party",
        /// Nobody has looked, or it is from knowledge.
        Unknown = "unknown",
    }
}

keyed! {
    /// What kind of source something has.
    How: "kind of source" {
        /// A line of code, opened at a commit.
        Line = "line",
        /// A file, read in a copy without line numbers.
        Text = "text",
        /// A binary was run.
        Run = "run",
        /// The owner's document.
        Document = "document",
        /// Somebody else's report.
        ThirdParty = "third_party",
    }
}

keyed! {
    /// Where a machine's features come from.
    By: "place of features" {
        /// The flags in the text.
        Flags = "flags",
        /// A CPU's name: the family's features.
        Name = "name",
        /// The numbers of a CPU's family and model: the family's features.
        Model = "model",
        /// The name of a rented machine: its families' features.
        Instance = "instance",
    }
}
