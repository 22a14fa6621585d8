//! How texts are read: each tool's form, and each rule of the description where it decides.

use rampscope::machine::{
    Arch, By, MOST_BYTES, MOST_NAME_BYTES, System, TextFault, which_arithmetic,
};

use super::{cpu, data, which, written};

/// What was read: by what, system, family, architecture.
#[track_caller]
fn reads(
    text: &str,
    by: Option<By>,
    system: Option<System>,
    key: Option<&str>,
    arch: Option<Arch>,
) {
    let which = which(text);
    let found = (which.by, which.system, which.cpu.map(|cpu| cpu.key.as_str()), which.arch);
    assert_eq!(found, (by, system, key, arch), "{text:?}");
}

const X86: Option<Arch> = Some(Arch::X86_64);
const ARM64: Option<Arch> = Some(Arch::Aarch64);
const LINUX: Option<System> = Some(System::Linux);
const WINDOWS: Option<System> = Some(System::Windows);
const MACOS: Option<System> = Some(System::Macos);

#[test]
fn the_forms_of_windows() {
    // systeminfo, wmic, PowerShell's list and table.
    let systeminfo = "\r\nHost Name:                 BOX\r\nOS Name:                   Microsoft Windows 11 Pro\r\nProcessor(s):              1 Processor(s) Installed.\r\n                           [01]: Intel64 Family 6 Model 151 Stepping 2 GenuineIntel ~2100 Mhz\r\n";
    reads(systeminfo, Some(By::Model), WINDOWS, Some("alderlake"), X86);
    let wmic = "\r\r\n\r\r\nCaption=AMD64 Family 25 Model 33 Stepping 2\r\r\nName=AMD Ryzen 7 5800X 8-Core Processor             \r\r\n\r\r\n";
    reads(wmic, Some(By::Name), WINDOWS, Some("zen3"), X86);
    let table = "\r\nName                                 NumberOfCores\r\n----                                 -------------\r\n12th Gen Intel(R) Core(TM) i7-12700             12\r\n";
    reads(table, Some(By::Name), WINDOWS, Some("alderlake"), X86);
    let arm = "Name : Snapdragon(R) X Elite - X1E80100 - Qualcomm(R) Oryon(TM) CPU\nCaption : ARMv8 (64-bit) Family 8 Model 1 Revision 201\nManufacturer : Qualcomm Technologies Inc\n";
    reads(arm, Some(By::Name), WINDOWS, Some("oryon"), ARM64);
    reads("AMD64 Family 25 Model 33 Stepping 2", Some(By::Model), WINDOWS, Some("zen3"), X86);
    reads("AMD64 Family 25 Model 97 Stepping 2", Some(By::Model), WINDOWS, Some("zen4"), X86);
}

#[test]
fn the_forms_of_macos() {
    let intel = "machdep.cpu.brand_string: Intel(R) Core(TM) i7-9750H CPU @ 2.60GHz\nmachdep.cpu.features: FPU SSE SSE2 SSSE3 FMA SSE4.1 SSE4.2 AVX1.0\nmachdep.cpu.leaf7_features: RDWRFSGS BMI1 AVX2 BMI2\n";
    reads(intel, Some(By::Flags), MACOS, Some("skylake"), X86);
    let all = ["sse2", "ssse3", "sse4_1", "avx", "avx2", "fma"];
    assert_eq!(which(intel).features, all);
    // A hypervisor hides what the family has: what is named is all there is.
    let few = intel.replace("AVX2 ", "");
    assert_eq!(which(&few).features, ["sse2", "ssse3", "sse4_1", "avx", "fma"]);
    // Without the newer features the family has the word; where it has no say they are absent.
    let old = intel.split("machdep.cpu.leaf7").next().expect("the first lines");
    assert_eq!(which(old).features, all);
    let nobody = old.replace("i7-9750H", "");
    assert_eq!(which(&nobody).features, ["sse2", "ssse3", "sse4_1", "avx", "fma"]);
    // What is denied is absent, whatever the family has.
    let denied = format!("{old}hw.optional.avx2_0: 0\nhw.optional.fma: 1\n");
    assert_eq!(which(&denied).features, ["sse2", "ssse3", "sse4_1", "avx", "fma"]);

    let about =
        "      Model Identifier: Mac14,2\n      Chip: Apple M2\n      Total Number of Cores: 8\n";
    reads(about, Some(By::Name), MACOS, Some("apple-m2"), ARM64);
    let m4 = "hw.optional.arm.FEAT_DotProd: 1\nmachdep.cpu.brand_string: Apple M4\nhw.optional.arm.FEAT_SME: 0\n";
    reads(m4, Some(By::Flags), MACOS, Some("apple-m4"), ARM64);
    assert_eq!(which(m4).features, ["neon", "dotprod", "i8mm"], "SME is denied, I8MM not named");
    let rosetta = "machdep.cpu.brand_string: VirtualApple @ 2.50GHz\nhw.optional.avx1_0: 0\nhw.optional.avx2_0: 0\nhw.optional.supplementalsse3: 1\n";
    reads(rosetta, Some(By::Flags), MACOS, Some("rosetta"), X86);
    assert_eq!(which(rosetta).features, ["sse2", "ssse3", "sse4_1"]);
}

#[test]
fn the_forms_of_linux() {
    let core = |model: &str, flags: &str| {
        format!(
            "processor\t: 0\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: {model}\nflags\t\t: {flags}\n\n"
        )
    };
    reads(&core("151", "sse4_1 avx2"), Some(By::Flags), LINUX, Some("alderlake"), X86);
    let arm = |part: &str, flags: &str| {
        format!(
            "processor\t: 0\nFeatures\t: {flags}\nCPU implementer\t: 0x41\nCPU part\t: {part}\n\n"
        )
    };
    // big.LITTLE: the first number that somebody has, and the flags that all cores have.
    let mixed = arm("0xfff", "asimd asimddp i8mm") + &arm("0xd05", "asimd asimddp");
    reads(&mixed, Some(By::Flags), LINUX, Some("cortex-a55"), ARM64);
    assert_eq!(which(&mixed).features, ["neon", "dotprod"]);
    // A 32-bit system on a 64-bit chip: other flags, and only what 32-bit ARM knows.
    let pi = arm("0xd08", "half thumb neon vfpv4 crc32");
    reads(&pi, Some(By::Flags), LINUX, Some("cortex-a72"), Some(Arch::Arm));
    // Several makers sell one core: one stands for all.
    reads(&arm("0xd0c", "asimd asimddp"), Some(By::Flags), LINUX, Some("graviton2"), ARM64);
    let lscpu = "Architecture: aarch64\nVendor ID: ARM\nModel name: Neoverse-V1\n";
    reads(lscpu, Some(By::Name), LINUX, Some("graviton3"), ARM64);
    reads("Architecture: armv7l\n", None, LINUX, None, Some(Arch::Arm));
    // Whatever stands before it.
    reads("$ lscpu\n  Flags: avx2", Some(By::Flags), LINUX, None, X86);
}

#[test]
fn ties_are_decided_by_flags() {
    let core = |flags: &str| {
        format!("vendor_id: GenuineIntel\ncpu family: 6\nmodel: 85\nflags: fpu avx2 {flags}\n")
    };
    let shown = "avx512f avx512bw avx512dq avx512vl";
    for (flags, key) in [
        (format!("{shown} avx512_vnni avx512_bf16"), Some("cooperlake")),
        (format!("{shown} avx512_vnni"), Some("cascadelake")),
        (shown.into(), Some("skylake-sp")),
        // Part of another word is no flag.
        ("avx512fx".into(), None),
        (String::new(), None),
    ] {
        assert_eq!(cpu(&core(&flags)), key, "{flags}");
    }
    // All AVX-512 is hidden: no family, and one machine by its flags.
    let hidden = which(&core(""));
    assert_eq!((hidden.by, hidden.candidates.len()), (Some(By::Flags), 0));
    assert!(hidden.hidden.is_empty());
    // A flag that is denied is not there.
    let number = "machdep.cpu.vendor: GenuineIntel\nmachdep.cpu.family: 6\nmachdep.cpu.model: 85\n";
    assert_eq!(cpu(&format!("{number}hw.optional.avx512f: 1")), Some("skylake-sp"));
    assert_eq!(cpu(&format!("{number}hw.optional.avx512f: 0")), None);
    // The maker decides, too.
    assert_eq!(cpu("vendor_id: AuthenticAMD\ncpu family: 6\nmodel: 151"), None);
}

#[test]
fn names_go_before_numbers_and_fields_before_lines() {
    let text = "AMD Ryzen 7 5800X\nchip: Apple M1\nmodel name: Intel Core i7-12700\nvendor_id: AuthenticAMD\ncpu family: 26\n";
    assert_eq!(cpu(text), Some("alderlake"));
    assert_eq!(cpu(&text.replace("model name", "some name")), Some("apple-m1"));
    assert_eq!(cpu("nothing\nAMD Ryzen 7 5800X\nApple M1"), Some("zen3"));
    // What a name is cut and cleaned of.
    assert_eq!(cpu("Intel(R)   Core(TM)\ti7-12700 @ 2.10GHz i7-4790K"), Some("alderlake"));
    assert_eq!(cpu("something @ Core i7-12700"), None);
    assert_eq!(cpu("Intel(R) Core(TM)2 Duo CPU     E8400  @ 3.00GHz"), Some("core2"));
    // Its first value counts.
    assert_eq!(cpu("model name: nobody's\nmodel name: Apple M1"), None);
    // A key ends at the first colon, and at the first equals sign only where there is none.
    assert_eq!(cpu("model name = Apple M1"), Some("apple-m1"));
    assert_eq!(cpu("model name = Apple M1: a note"), None);
}

#[test]
fn flags_beat_names_and_denied_ones_are_flags() {
    reads("Model name: Core i7-12700\nFlags: avx2", Some(By::Flags), LINUX, Some("alderlake"), X86);
    reads("hw.optional.avx2_0: 0", Some(By::Flags), MACOS, None, X86);
    reads("hw.optional.avx2_0: 2", None, MACOS, None, None);
    let twice = which("hw.optional.fma: 1\nhw.optional.avx2_0: 1\nhw.optional.fma: 0");
    assert_eq!(twice.features, ["sse2", "avx2", "fma"], "the first value of a key counts");
    // What every machine of its kind has.
    assert_eq!(which("hw.optional.arm.FEAT_DotProd: 1").features, ["neon", "dotprod"]);
    assert_eq!(which("hw.optional.arm.FEAT_DotProd: 1\nhw.optional.neon: 0").features[0], "neon");
    // A line without flags leaves none that all lines have.
    reads(
        "Model name: Core i7-12700\nFlags: avx2\nFlags:",
        Some(By::Name),
        LINUX,
        Some("alderlake"),
        X86,
    );
    // The system is not known, so that each of the family's is a candidate with the flags.
    let which = which("model name = Core i7-12700\nflags = avx2");
    assert_eq!((which.by, which.system, which.candidates.len()), (Some(By::Flags), None, 2));
    assert_eq!(which.features, ["sse2", "avx2"]);
}

#[test]
fn hidden_features_are_asked_for_under_linux_and_of_one_family() {
    let text = |name: &str, flags: &str| format!("Model name: {name}\nFlags: fpu {flags}\n");
    let hidden = |text: &str| which(text).hidden;
    assert_eq!(hidden(&text("Core Ultra 9 285K", "avx2")), ["avx_vnni", "avx_vnni_int8"]);
    assert_eq!(hidden(&text("Core Ultra 9 285K", "avx2 avx_vnni")), ["avx_vnni_int8"]);
    assert_eq!(hidden(&text("Xeon Platinum 8480+", "avx2")), ["avx_vnni", "amx_int8"]);
    assert!(hidden(&text("Ryzen 9 7950X", "avx2")).is_empty(), "old kernels name AVX-512");
    assert!(hidden(&text("nobody's", "avx2")).is_empty());
    let macos = "machdep.cpu.brand_string: Apple M2\nhw.optional.arm.FEAT_DotProd: 1\n";
    assert!(hidden(macos).is_empty());
    let arm = "Features: asimd asimddp\nCPU implementer: 0x41\nCPU part: 0xd40\n";
    assert_eq!(hidden(arm), ["i8mm"]);
    // 32-bit ARM knows no i8mm.
    let small = "Features: neon half\nCPU implementer: 0x41\nCPU part: 0xd40\n";
    assert_eq!(cpu(small), Some("graviton3"));
    assert!(hidden(small).is_empty());
    // What one core names is named.
    let differ = "Model name: Core i7-12700\nFlags: avx2 avx_vnni\nFlags: avx2\n";
    assert!(hidden(differ).is_empty());
    assert_eq!(which(differ).features, ["sse2", "avx2"]);
}

#[test]
fn rented_machines_are_whole_lines() {
    for (text, key) in [
        ("m5", Some("aws-m5")),
        (" EC2 m5.24xlarge \n", Some("aws-m5")),
        ("KAGGLE", Some("kaggle")),
        ("c4-standard-8", Some("gcp-c4")),
        ("c4.large", Some("aws-m4")),
        ("Standard_D4s_v5", Some("azure-dv5")),
        ("ubuntu-24.04-arm", Some("github-linux-arm")),
        ("windows-2022", Some("github-windows")),
        // Its forms, but for key and name, are as they are written.
        ("standard_d4s_v5", None),
        ("m5.large and more", None),
        ("m5\nm5", None),
    ] {
        let found = which(text).rented.map(|rented| rented.key.as_str());
        assert_eq!(found, key, "{text:?}");
    }
}

#[test]
fn ambiguous_texts_have_candidates_with_every_answer() {
    for text in ["Core i7-12700", "m5", "Intel64 Family 6 Model 85", "Xeon E5-2680 v2", "Colab"] {
        let which = which(text);
        assert!(which.candidates.len() > 1, "{text}");
        let classes_of = |at: usize| {
            let all = which.candidates.iter().map(move |one| one.answers[at].1.class);
            all.collect::<std::collections::BTreeSet<_>>()
        };
        for (at, (variant, answer)) in which.answers.iter().enumerate() {
            let classes = classes_of(at);
            assert_eq!(answer.is_some(), classes.len() == 1, "{text}: {}", variant.key);
            // The least sure of those that agree, and of several the first.
            if let Some(answer) = answer {
                let own = which.candidates.iter().map(|one| one.answers[at].1);
                let least = own.clone().map(|one| one.confidence).max().expect("several");
                let first = own.clone().find(|one| one.confidence == least);
                assert_eq!(first, Some(*answer), "{text}: {}", variant.key);
            }
        }
        for candidate in &which.candidates {
            assert_eq!(candidate.answers.len(), which.answers.len());
            assert!(which.features.iter().all(|own| candidate.features.contains(own)));
        }
    }
}

#[test]
fn nothing_is_recognised_in_nothing() {
    for text in ["", " \n\t ", "hello", ":", "=", "\u{0}", "Flags:", "12700", "日本語: ½"] {
        let which = which(text);
        assert_eq!(
            (which.by, which.candidates.len(), which.features.len()),
            (None, 0, 0),
            "{text:?}"
        );
        assert!(
            which.answers.iter().all(|(_, one)| *one == Some(rampscope::machine::Answer::NOBODY))
        );
    }
}

#[test]
fn texts_are_read_up_to_a_size() {
    let large = " ".repeat(MOST_BYTES + 1);
    let fault = which_arithmetic(data(), &large).expect_err("it is too large");
    assert_eq!(fault, TextFault::TooLarge { bytes: MOST_BYTES + 1 });
    assert!(fault.to_string().contains("2097153 bytes; 2097152 are the most"), "{fault}");
    assert!(which_arithmetic(data(), &large[1..]).is_ok());
}

#[test]
fn a_machine_of_512_cores_is_one_of_its_cores() {
    let flags = (0..200).map(|at| format!("flag{at}")).collect::<Vec<_>>().join(" ");
    let core = |at: usize| {
        format!(
            "processor\t: {at}\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 106\nmodel name\t: Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz\ncpu MHz\t\t: {}.123\nflags\t\t: {flags} sse4_1 ssse3 avx avx2 fma avx512f avx512bw avx512dq avx512vl avx512_vnni\n\n",
            2000 + at
        )
    };
    let all: String = (0..512).map(core).collect();
    assert!(all.len() > 700_000 && all.len() < MOST_BYTES, "{}", all.len());
    assert_eq!(written(&all), written(&core(0)));
}

#[test]
fn names_are_looked_for_in_so_many_lines_without_keys() {
    let line = |at: usize| format!("line {at} of a book\n");
    let book = |most: usize| {
        let mut text = String::new();
        for at in 0.. {
            if text.len() + line(at).len() > most {
                return text;
            }
            text += &line(at);
        }
        text
    };
    assert_eq!(cpu(&(book(MOST_NAME_BYTES / 2) + "Apple M1")), Some("apple-m1"));
    assert_eq!(cpu(&(book(2 * MOST_NAME_BYTES) + "Apple M1")), None);
    // The same lines again, and lines with keys, are none of them.
    let again = "a line of a book\n".repeat(MOST_NAME_BYTES);
    assert_eq!(cpu(&(again + "Apple M1")), Some("apple-m1"));
    let keys: String = (0..50_000).map(|at| format!("key {at}: value\n")).collect();
    assert_eq!(cpu(&(keys + "Apple M1")), Some("apple-m1"));
    // A line longer than that is cut, between letters.
    assert_eq!(cpu(&("½".repeat(MOST_NAME_BYTES) + " Apple M1")), None);
}
