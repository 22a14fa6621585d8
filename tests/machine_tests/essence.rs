//! What of a text a link holds answers as the whole text does.

use rampscope::machine::essence;
use rampscope::state::schema::MOST_MACHINE_BYTES;
use serde_json::Value;

use super::{data, written};

/// `/proc/cpuinfo` of a machine with so many cores, in its usual length.
fn cpuinfo(cores: usize) -> String {
    let core = |core: usize| {
        format!(
            "processor\t: {core}\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 85\nmodel name\t: Intel(R) Xeon(R) Platinum 8175M CPU @ 2.50GHz\nstepping\t: 4\nmicrocode\t: 0x2007006\ncpu MHz\t\t: {}.123\ncache size\t: 33792 KB\nflags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ss ht syscall nx pdpe1gb rdtscp lm constant_tsc rep_good nopl xtopology nonstop_tsc cpuid aperfmperf tsc_known_freq pni pclmulqdq ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt tsc_deadline_timer aes xsave avx f16c rdrand hypervisor lahf_lm abm 3dnowprefetch fsgsbase tsc_adjust bmi1 avx2 smep bmi2 erms invpcid mpx avx512f avx512dq rdseed adx smap clflushopt clwb avx512cd avx512bw avx512vl xsaveopt xsavec xgetbv1 xsaves ida arat pku ospke\nbugs\t\t: cpu_meltdown spectre_v1\n\n",
            2500 + core
        )
    };
    (0..cores).map(core).collect()
}

#[test]
fn the_essence_of_a_text_fits_a_link_and_answers_the_same() {
    let file: Value =
        serde_json::from_str(include_str!("../machines/examples.json")).expect("it is JSON");
    let examples = file["examples"].as_array().expect("a list").iter();
    let mut texts: Vec<String> =
        examples.map(|one| one["text"].as_str().expect("a text").to_string()).collect();
    texts.extend([cpuinfo(1), cpuinfo(96), "  m5.large ".into(), "Core i7-12700".into()]);
    for text in texts {
        let short = essence(data(), &text).expect("it is not too large");
        assert!(short.len() <= MOST_MACHINE_BYTES, "{} bytes: {short}", short.len());
        assert!(written(&short) == written(&text), "{short}");
        assert_eq!(essence(data(), &short).expect("it is short"), short);
    }
    let short = essence(data(), &cpuinfo(96)).expect("it is not too large");
    assert!(short.len() < 320, "{} bytes: {short}", short.len());
}

#[test]
fn what_is_not_recognised_is_kept_as_it_is() {
    let text = "one line\nand another that says nothing";
    assert_eq!(essence(data(), text).as_deref(), Ok(text));
}
