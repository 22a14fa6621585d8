//! Memory: a file of hundreds of megabytes is audited within some tens, whatever its format and order.
//!
//! Sizes that are no test's: `cargo test --release … --test audit_memory -- --ignored`, 2 GB each.

#[path = "layers_support/allocated.rs"]
mod allocated;
#[path = "layers_support/onnx_writer.rs"]
mod onnx_writer;

use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

use allocated::{Counting, most_during};
use onnx_writer::{FLOAT, INT8, UINT8, bytes_field, input, int_field, node};
use rampscope::audit::{InputFile, Options, audit};
use rampscope::tensor::{Source, SourceError};
use serde_json::{Value, to_value};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Memory is counted for one test at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What an audit may take, whatever the file's size.
const MOST: usize = 24 << 20;

/// A file of which only head and tail are held: what is between follows from its place.
struct Large {
    head: Vec<u8>,
    middle: u64,
    tail: Vec<u8>,
}

impl Source for Large {
    fn size(&self) -> u64 {
        self.head.len() as u64 + self.middle + self.tail.len() as u64
    }

    fn read_at(&self, offset: u64, into: &mut [u8]) -> Result<(), SourceError> {
        let start = self.head.len() as u64;
        let held = |at: u64| usize::try_from(at).expect("it is held");
        for (into, at) in into.iter_mut().zip(offset..) {
            *into = match at {
                at if at < start => self.head[held(at)],
                at if at < start + self.middle => {
                    // Without two bits of each byte no float is infinite.
                    ((at.wrapping_mul(0x9e37_79b9) >> 13).to_le_bytes()[0]) & 0xb7
                }
                at => self.tail[held(at - start - self.middle)],
            };
        }
        Ok(())
    }
}

fn npy(descr: &str, order: &str, shape: &str, bytes: u64) -> Large {
    let header = format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n");
    let length = u16::try_from(header.len()).expect("it is short").to_le_bytes();
    let head = [b"\x93NUMPY\x01\x00", &length[..], header.as_bytes()].concat();
    Large { head, middle: bytes, tail: vec![] }
}

fn safetensors(dtype: &str, shape: &str, bytes: u64) -> Large {
    let header = format!(
        "{{\"w\":{{\"dtype\":\"{dtype}\",\"shape\":{shape},\"data_offsets\":[0,{bytes}]}}}}"
    );
    let head = [&(header.len() as u64).to_le_bytes()[..], header.as_bytes()].concat();
    Large { head, middle: bytes, tail: vec![] }
}

/// A model with one product whose weights `[K, N]` are raw data.
fn onnx(data_type: i64, shape: [i64; 2], bytes: u64) -> Large {
    let varint = |value: u64| int_field(0, value.cast_signed())[1..].to_vec();
    let front = [
        int_field(1, shape[0]),
        int_field(1, shape[1]),
        int_field(2, data_type),
        bytes_field(8, b"w"),
        // A length without the bytes that belong to it.
        [vec![9 << 3 | 2], varint(bytes)].concat(),
    ]
    .concat();
    let of_tensor = [vec![5 << 3 | 2], varint(front.len() as u64 + bytes), front].concat();
    let op = if data_type == FLOAT { "MatMul" } else { "MatMulInteger" };
    let rest = [input("x", UINT8), node("mm", op, "x w", "y", &[])].concat();
    let graph = of_tensor.len() as u64 + bytes + rest.len() as u64;
    let head = [int_field(1, 8), vec![7 << 3 | 2], varint(graph), of_tensor].concat();
    Large { head, middle: bytes, tail: rest }
}

/// Audits a file within the bound; how many outputs it has.
fn audited(name: &str, file: Large, is_hashed: bool) -> Value {
    let size = file.size();
    let source = Rc::new(file) as Rc<dyn Source>;
    let file = InputFile { name: name.to_string(), folder: None, source, beside: None };
    let options = Options { is_hashed, ..Options::default() };
    let (report, taken) = most_during(|| audit(&[file], &options));
    println!("{name} of {} MB: {:.1} MB", size >> 20, taken as f64 / 1e6);
    assert!(taken <= MOST, "{name} of {size} bytes took {taken}");
    let mut report = to_value(report).expect("it is JSON")[0].take();
    assert_eq!(report["outcome"], "read", "{report}");
    report["tensors"][0].take()
}

/// Files of `[rows, 8192]` bytes, or of a quarter as many floats.
fn all(rows: u64, is_hashed: bool) {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let bytes = rows * 8192;
    let quarter = rows / 4;
    let shape = format!("({rows}, 8192)");
    let found = audited("rows.npy", npy("|i1", "False", &shape, bytes), is_hashed);
    assert_eq!(found["audit"]["rows"], rows);
    let found = audited("columns.npy", npy("|i1", "True", &shape, bytes), is_hashed);
    assert_eq!((&found["layout"], &found["audit"]["rows"]), (&"NK".into(), &rows.into()));
    let found =
        audited("one_row.npy", npy("|i1", "False", &format!("({bytes},)"), bytes), is_hashed);
    assert_eq!(found["audit"]["inputs"], bytes);
    let shape = format!("({}, 64, 4, 4)", bytes / 1024);
    let found = audited("convolution.npy", npy("|i1", "False", &shape, bytes), is_hashed);
    assert_eq!(found["audit"]["inputs"], 1024);
    let shape = format!("[{quarter}, 8192]");
    let found = audited("rows.safetensors", safetensors("F32", &shape, bytes), is_hashed);
    assert_eq!(found["audit_if_quantized"]["channel"]["rows"], quarter);
    let shape = [i64::try_from(quarter).expect("it fits"), 8192];
    let found = audited("columns.onnx", onnx(FLOAT, shape, bytes), is_hashed);
    assert_eq!(
        (&found["layout"], &found["audit_if_quantized"]["tensor"]["rows"]),
        (&"KN".into(), &8192.into())
    );
    // More outputs beside each other than are audited at once.
    let wide = [i64::try_from(bytes / 4 / 300_000).expect("it fits"), 300_000];
    let bytes_of_wide = bytes / 4 / 300_000 * 300_000 * 4;
    let found = audited("wide.onnx", onnx(FLOAT, wide, bytes_of_wide), is_hashed);
    assert_eq!(found["audit_if_quantized"]["channel"]["rows"], 300_000);
    let shape = [i64::try_from(rows).expect("it fits"), 8192];
    let found = audited("codes.onnx", onnx(INT8, shape, bytes), is_hashed);
    assert_eq!(found["audit"]["inputs"], rows);
}

#[test]
fn large_files_take_some_megabytes() {
    all(6144, true);
}

#[test]
#[ignore = "seven files of 2 GB"]
fn files_of_two_gigabytes_take_some_megabytes() {
    all(262_144, true);
}
