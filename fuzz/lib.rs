//! What the targets share: a file of some bytes, audited, with all that is said of it.

use std::rc::Rc;

use rampscope::audit::{CpuClass, FileSaid, InputFile, Options, audit};
use rampscope::tensor::{Companions, Source};

/// The files beside a model: each is the model itself, so that parts are found whatever their names are.
struct Itself(Rc<Vec<u8>>);

impl Companions for Itself {
    fn find(&self, _: &str) -> Option<Rc<dyn Source>> {
        Some(Rc::clone(&self.0) as Rc<dyn Source>)
    }
}

/// Opens and audits a file. It must not panic, nor take more memory or time than its size allows:
/// libFuzzer looks after these two.
pub fn audited(name: &str, bytes: &[u8]) {
    let source = Rc::new(bytes.to_vec());
    let beside = Some(Rc::new(Itself(Rc::clone(&source))) as Rc<dyn Companions>);
    let file = InputFile { name: name.to_string(), folder: None, source, beside };
    let report = audit(&[file], &Options { is_hashed: false, ..Options::default() });
    for file in &report.files {
        let _ = FileSaid::of(file, CpuClass::NoVnni).text();
    }
}

/// An archive of members that are stored, as PyTorch writes it.
pub fn archive(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let at = bytes.len() as u32;
        let size = (content.len() as u32).to_le_bytes();
        let mut fields = vec![20, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        fields.extend(crc32fast::hash(content).to_le_bytes());
        fields.extend([size, size].concat());
        fields.extend([(name.len() as u16).to_le_bytes(), [0, 0]].concat());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&fields);
        bytes.extend(name.bytes());
        bytes.extend(*content);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.bytes());
    }
    let count = (members.len() as u16).to_le_bytes();
    let (size, at) = (directory.len() as u32, bytes.len() as u32);
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].concat());
    bytes.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}
