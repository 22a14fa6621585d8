//! The readers of JSON, of tables and of prints.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["w.json", "w.csv", "w.tsv", "w.txt"] {
        rampscope_fuzz::audited(name, bytes);
    }
});
