//! The recordings in `tests/golden/`, compiled in so that a browser has them too.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde_json::Value;

use super::golden_support::decode;

pub const CONV: &[u8] = include_bytes!("../golden/conv.json.gz");
pub const DYNAMIC: &[u8] = include_bytes!("../golden/dynamic.json.gz");
pub const EDGE: &[u8] = include_bytes!("../golden/edge.json.gz");
pub const LINEAR: &[u8] = include_bytes!("../golden/linear.json.gz");
pub const ONEDNN: &[u8] = include_bytes!("../golden/onednn.json.gz");
pub const ORT: &[u8] = include_bytes!("../golden/ort.json.gz");
pub const ORT_ARM: &[u8] = include_bytes!("../golden/ort_arm.json.gz");
pub const ORT_Q: &[u8] = include_bytes!("../golden/ort_q.json.gz");
pub const PRESETS: &[u8] = include_bytes!("../golden/presets.json.gz");
pub const RNG: &[u8] = include_bytes!("../golden/rng.json.gz");
pub const TFLITE: &[u8] = include_bytes!("../golden/tflite.json.gz");
pub const THREAD: &[u8] = include_bytes!("../golden/thread.json.gz");
pub const TIES: &[u8] = include_bytes!("../golden/ties.json.gz");

/// Decoding takes longer than replaying: each file once.
static DECODED: Mutex<BTreeMap<&[u8], Value>> = Mutex::new(BTreeMap::new());

/// The JSON of one of them.
pub fn recording(gzipped: &'static [u8]) -> Value {
    let mut decoded = DECODED.lock().expect("no test panics while it decodes");
    let file = decoded
        .entry(gzipped)
        .or_insert_with(|| decode(gzipped).expect("a recording of this repository is readable"));
    file.clone()
}

/// Prints, in the browser's console too.
pub fn say(line: &str) {
    #[cfg(target_arch = "wasm32")]
    wasm_bindgen_test::console_log!("{line}");
    #[cfg(not(target_arch = "wasm32"))]
    println!("{line}");
}
