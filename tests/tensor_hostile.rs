//! Broken files: every file of `tests/layers`, cut off and with bytes changed, is read or refused; it
//! never panics, and takes memory by its own size, whatever it declares.

#![expect(clippy::cast_possible_truncation, reason = "numbers that are known to fit")]

#[path = "layers_support/allocated.rs"]
mod allocated;
mod layers_support;

use std::rc::Rc;
use std::sync::{Mutex, PoisonError};

use allocated::{Counting, most_during};
use layers_support::{bytes, entries, text};
use rampscope::audit::{InputFile, Options, audit};
use rampscope::tensor::{Alone, Source, open};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Memory is counted for one test at a time.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What reading takes besides what it makes of the file: buffers of fixed sizes.
const BUFFERS: usize = 24 << 20;
/// Bytes for each byte of the file. A short entry becomes a tensor with name, shape and place.
const PER_BYTE: usize = 100;

/// Opens bytes, reads all their values, and audits them.
fn read(name: &str, bytes: Vec<u8>) {
    let source = Rc::new(bytes) as Rc<dyn Source>;
    if let Ok(opened) = open(name, Rc::clone(&source), &Alone) {
        for tensor in &opened.tensors.read {
            let mut count = 0;
            let walked = tensor.view.blocks(&mut |block| {
                assert_eq!(block.first, count, "{name}");
                count += (block.bytes.len() / tensor.stored.bytes()) as u64;
                Ok(())
            });
            assert!(walked.is_err() || count == tensor.view.count(), "{name} {}", tensor.name);
        }
    }
    let file = InputFile { name: name.to_string(), folder: None, source, beside: None };
    let report = audit(&[file], &Options::default());
    assert_eq!(report.files.len(), 1);
}

/// Reads bytes in bounded memory.
fn holds(name: &str, what: &str, bytes: Vec<u8>) {
    let most = bytes.len() * PER_BYTE + BUFFERS;
    let ((), taken) = most_during(|| read(name, bytes));
    assert!(taken <= most, "{name}, {what}: {taken} bytes for a bound of {most}");
}

/// Some numbers below `most`, the same ones everywhere: all if there are few, else spread and at both
/// ends.
fn places(most: usize, count: usize) -> impl Iterator<Item = usize> {
    let step = (most / count).max(1);
    let ends = (0..40.min(most)).chain(most.saturating_sub(40)..most);
    (0..most).step_by(step).chain(ends)
}

#[test]
fn no_broken_file_is_a_panic_or_takes_more_memory_than_its_size() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let mut tried = 0;
    for entry in entries() {
        let name = text(&entry, "file");
        let whole = bytes(name);
        holds(name, "whole", whole.clone());
        for length in places(whole.len(), 60) {
            holds(name, &format!("cut off at {length}"), whole[..length].to_vec());
            tried += 1;
        }
        for at in places(whole.len(), 100) {
            for change in [0x01, 0x80, 0xff] {
                let mut changed = whole.clone();
                changed[at] ^= change;
                holds(name, &format!("byte {at} ^ {change:#x}"), changed);
                tried += 1;
            }
        }
        // Lengths that declare much: eight bytes of ones, anywhere.
        for at in places(whole.len().saturating_sub(8), 60) {
            let mut changed = whole.clone();
            changed[at..at + 8].fill(0xff);
            holds(name, &format!("ones from {at}"), changed);
            tried += 1;
        }
    }
    println!("{tried} broken files");
    assert!(tried > 100_000, "only {tried} broken files were tried");
}

/// Pickles that make much of few bytes.
#[test]
fn no_pickle_makes_much_of_few_bytes() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let pickle = |parts: &[&[u8]]| [b"\x80\x04", &parts.concat()[..], b"."].concat();
    let size = 1 << 20;
    let repeated = |bytes: &[u8]| bytes.repeat(size / bytes.len());
    // A dictionary with many entries, copied again and again.
    let entries = b"K\x01K\x02".repeat(20_000);
    let dict = [b"}q\x00(", &entries[..], b"u"].concat();
    let copies = b"ccollections\nOrderedDict\nh\x00\x85R".repeat(4_000);
    // One tensor under many names, with a long name above it.
    let tensor = [
        b"ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\n".as_slice(),
        b"X\x01\0\0\x000X\x03\0\0\0cpuK\x00tQK\x00)),tRq\x01",
    ]
    .concat();
    let names = [b"}(X\xa0\x0f\0\0".as_slice(), &[b'n'; 4000], b"}("].concat();
    let children: Vec<u8> =
        (0..30_000_u32).flat_map(|n| [b"J", &n.to_le_bytes()[..], b"h\x01"].concat()).collect();
    let bombs: Vec<(&str, Vec<u8>)> = vec![
        ("lists", pickle(&[&repeated(b"]")])),
        ("marks", pickle(&[&repeated(b"(")])),
        ("places of the memo", pickle(&[b"]", &repeated(b"\x94")])),
        ("the same again", pickle(&[b"]", &repeated(b"2")])),
        ("small texts", pickle(&[&repeated(b"U\x00")])),
        ("tuples", pickle(&[b"]", &repeated(b"\x85")])),
        ("copies of a dictionary", pickle(&[&dict, &copies])),
        ("one tensor, many names", pickle(&[&tensor, &names, &children, b"uu"])),
    ];
    for (what, bytes) in bombs {
        holds("bomb.pt", what, bytes);
    }
}

/// A field of a protocol buffer with a length.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    // A number above 15 has a tag of two bytes.
    let tag = u16::from(number) << 3 | 2;
    let mut all =
        if tag < 0x80 { vec![tag as u8] } else { vec![tag as u8 | 0x80, (tag >> 7) as u8] };
    let mut length = bytes.len();
    while length >= 0x80 {
        all.push((length % 0x80) as u8 | 0x80);
        length /= 0x80;
    }
    all.push(length as u8);
    all.extend_from_slice(bytes);
    all
}

/// However large a file of small parts is: so many of them are held, and not more.
#[test]
fn no_large_file_of_small_parts_takes_much() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let most = 96 << 20;
    let size = 8 << 20;
    let lists = [b"\x80\x04".to_vec(), b"]".repeat(size), b".".to_vec()].concat();
    let small_node = field(1, &field(4, b"x"));
    let nodes = field(7, &small_node.repeat(size / small_node.len()));
    for (name, bytes) in [("bomb.pt", lists), ("bomb.onnx", [vec![8, 8], nodes].concat())] {
        let ((), taken) = most_during(|| read(name, bytes));
        assert!(taken <= most, "{name}: {taken} bytes");
    }
}

/// Models that make much of few bytes.
#[test]
fn no_model_makes_much_of_few_bytes() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let size = 1 << 20;
    let repeated = |bytes: &[u8]| bytes.repeat(size / bytes.len());
    let node = |inner: &[u8]| field(1, &[&field(4, b"x")[..], inner].concat());
    let attribute = |inner: &[u8]| field(5, &[&field(1, b"a")[..], inner].concat());
    let mut deep = node(&[]);
    for _ in 0..5000 {
        deep = node(&attribute(&field(6, &deep)));
    }
    let bombs: Vec<(&str, Vec<u8>)> = vec![
        ("empty nodes", repeated(&field(1, b""))),
        ("small nodes", repeated(&node(b""))),
        ("empty constants", repeated(&field(5, b""))),
        ("small constants", repeated(&field(5, &field(8, b"c")))),
        ("small types", repeated(&field(11, &field(2, &field(1, &[8, 1]))))),
        ("empty names of inputs", node(&repeated(&field(1, b"")))),
        ("empty attributes", node(&repeated(&field(5, b"")))),
        ("small attributes", node(&repeated(&attribute(b"")))),
        ("numbers", node(&attribute(&repeated(&[0x40, 1])))),
        ("packed numbers", node(&attribute(&field(8, &repeated(&[1]))))),
        ("a shape", field(5, &[&field(8, b"c")[..], &field(1, &repeated(&[1]))].concat())),
        ("values one by one", field(5, &[&field(8, b"c")[..], &repeated(&[0x28, 1])].concat())),
        ("graphs in graphs", deep),
    ];
    for (what, graph) in bombs {
        let functions = field(25, &[&field(1, b"f")[..], &graph].concat());
        holds("bomb.onnx", what, [vec![8, 8], field(7, &graph)].concat());
        holds("bomb.onnx", what, [vec![8, 8], functions, field(7, b"")].concat());
    }
}

/// Texts that make much of few bytes.
#[test]
fn no_text_makes_much_of_few_bytes() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let listed = |element: &str| {
        let elements = vec![element; (1 << 20) / (element.len() + 1)];
        format!("[{}]", elements.join(","))
    };
    let keyed = |value: &str| {
        let entries: Vec<String> = (0..60_000).map(|key| format!("\"{key}\":{value}")).collect();
        format!("{{{}}}", entries.join(","))
    };
    let header =
        |shape: &str| format!("{{\"dtype\":\"I8\",\"shape\":[{shape}],\"data_offsets\":[0,0]}}");
    let safetensors =
        |json: String| [&(json.len() as u64).to_le_bytes()[..], json.as_bytes()].concat();
    let long = "n".repeat(4000);
    for (name, text) in [
        ("bomb.json", listed("1")),
        ("bomb.json", listed("[]")),
        ("bomb.json", listed("[1]")),
        ("bomb.json", listed("{}")),
        ("bomb.json", listed("{\"a\":[]}")),
        ("bomb.json", keyed("[]")),
        ("bomb.json", keyed("[1]")),
        ("bomb.json", keyed("{}")),
        ("bomb.json", format!("{{\"{long}\":{}}}", keyed("[1]"))),
        ("bomb.csv", "1\n".repeat(1 << 19)),
        ("bomb.csv", ",".repeat(1 << 20)),
        ("bomb.index.json", format!("{{\"weight_map\":{}}}", keyed("\"\""))),
    ] {
        holds(name, &text[..20], text.clone().into_bytes());
    }
    for json in
        [keyed("{}"), keyed(&header("0")), keyed(&header(&"1,".repeat(60)[..119])), keyed("[]")]
    {
        holds("bomb.safetensors", &json[..40], safetensors(json.clone()));
    }
}
