//! The reader of archives: .npz and PyTorch's .pt.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    rampscope_fuzz::audited("w.npz", bytes);
    rampscope_fuzz::audited("w.pt", bytes);
});
