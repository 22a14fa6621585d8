//! The unpickler: the bytes are the pickle of a .pt with some storages.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let storage = [7; 4096];
    let members: [(&str, &[u8]); 5] = [
        ("w/data.pkl", bytes),
        ("w/byteorder", b"little"),
        ("w/data/0", &storage),
        ("w/data/1", &storage[..64]),
        ("w/version", b"3\n"),
    ];
    rampscope_fuzz::audited("w.pt", &rampscope_fuzz::archive(&members));
});
