//! [`Format`]: what a file is, by its first bytes and its name.

use super::error::{ErrorKind, ReadError};
use super::npy;
use super::reader::Reader;
use super::source::Span;
use super::zip;

/// A format of files of weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// NumPy's .npy.
    Npy,
    /// NumPy's .npz.
    Npz,
    /// ONNX.
    Onnx,
    /// PyTorch's .pt and .pth.
    PyTorch,
    /// Hugging Face's .safetensors.
    Safetensors,
    /// The index of a model in several files.
    Index,
    /// JSON, a table, or a printed tensor.
    Text,
}

/// How many bytes tell a format.
const HEAD: u64 = 512;

/// Beginnings of files that are known and not read, with what is said of them.
const KNOWN: &[(&[u8], &str)] = &[
    (
        b"GGUF",
        "This is a GGUF file, as llama.cpp has it, which is not read here. Of its 8-bit layers (Q8_0) it is known that no code is −128, so that two products fit into 16 bits: nothing saturates on x86 with AVX2.",
    ),
    (
        b"\x89HDF\r\n\x1a\n",
        "This is an HDF5 file, as Keras writes it, which is not read here. It holds floats, most likely, and floats do not saturate; give the weights as .npz or .safetensors to see what quantizing would do.",
    ),
    (b"\x1f\x8b", "This file is packed with gzip. Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "This file is packed with Zstandard. Unpack it first."),
    (b"7z\xbc\xaf\x27\x1c", "This file is a 7z archive. Unpack it first."),
];

/// What is said of TensorFlow Lite's files, which have their mark behind an offset.
const TFLITE: &str = "This is a TensorFlow Lite file, which is not read here. Its 8-bit layers are exact: on x86 bytes are widened before they are multiplied, and on ARM two products fit into 16 bits, because the format allows no weight of −128.";

/// What is said of everything else.
const UNKNOWN: &str = "The file is none of those that are read: .npy, .npz, .safetensors, .onnx, .pt, .pth, JSON, CSV, TSV, or a printed tensor.";

/// Names of PyTorch's files, where the first bytes do not tell.
const PYTORCH: &[&str] = &[".pt", ".pth", ".ckpt", ".pkl", ".bin"];
/// The first byte of a pickle of protocol 2 and later; the protocol follows.
const PROTOCOL: u8 = 0x80;

/// Tells what a file is; a zip may turn out to be PyTorch's.
///
/// # Errors
/// [`ErrorKind::EmptyFile`], [`ErrorKind::Html`], [`ErrorKind::GitLfs`],
/// [`ErrorKind::UnknownFormat`].
pub fn tell(name: &str, span: &Span) -> Result<Format, ReadError> {
    if span.length() == 0 {
        return Err(ErrorKind::EmptyFile.into());
    }
    let head = Reader::new(span.clone(), "The file").bytes(span.length().min(HEAD))?;
    let name = name.to_ascii_lowercase();
    let has_suffix = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    if head.starts_with(npy::MAGIC) {
        return Ok(Format::Npy);
    }
    if head.starts_with(zip::MAGIC) || head.starts_with(zip::EMPTY_MAGIC) {
        return Ok(Format::Npz);
    }
    if let [PROTOCOL, 2..=5, ..] = head[..] {
        return Ok(Format::PyTorch);
    }
    let text = String::from_utf8_lossy(&head);
    if let Some(error) = no_model(&text) {
        return Err(error);
    }
    let known = KNOWN.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, about)| *about);
    let is_tflite = head.get(4..8) == Some(b"TFL3");
    if let Some(about) = known.or(is_tflite.then_some(TFLITE)) {
        return Err(ErrorKind::UnknownFormat { about }.into());
    }
    if has_suffix(&[".npy"]) {
        let about =
            "The file does not begin as a .npy does. If it is a text, name it .txt or .csv.";
        return Err(ErrorKind::UnknownFormat { about }.into());
    }
    if has_suffix(&[".index.json"]) || has_suffix(&[".json"]) && text.contains("\"weight_map\"") {
        return Ok(Format::Index);
    }
    if has_suffix(&[".safetensors"]) || is_safetensors(&head, span.length()) {
        return Ok(Format::Safetensors);
    }
    if has_suffix(&[".onnx"]) || is_onnx(&head) {
        return Ok(Format::Onnx);
    }
    if has_suffix(&[".json", ".csv", ".tsv", ".txt"]) || is_print(&text) {
        return Ok(Format::Text);
    }
    Err(ErrorKind::UnknownFormat { about: UNKNOWN }.into())
}

/// Whether it begins as models do: with the version of the format, then with who made it, its graph or
/// its operators.
fn is_onnx(head: &[u8]) -> bool {
    matches!(head, [0x08, 1..=32, 0x12 | 0x1a | 0x22 | 0x28 | 0x32 | 0x3a | 0x42, ..])
}

/// Whether a name is one of PyTorch's.
pub fn is_pytorch_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    PYTORCH.iter().any(|suffix| name.ends_with(suffix))
}

/// Whether it begins as a print or a table does.
fn is_print(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_text = |mark: char| !mark.is_control() || mark.is_whitespace();
    let begins = ["[", "{", "(", "-", "tensor(", "array(", "Parameter", "OrderedDict"];
    let is_number = text.starts_with(|mark: char| mark.is_ascii_digit());
    let begins = is_number || begins.iter().any(|word| text.starts_with(word));
    begins && text.chars().all(is_text) && !text.contains(char::REPLACEMENT_CHARACTER)
}

/// What servers and version control leave in a model's place.
fn no_model(text: &str) -> Option<ReadError> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if let Some(pointer) = text.strip_prefix("version https://git-lfs.github.com/spec/") {
        let size = pointer.lines().find_map(|line| line.strip_prefix("size ")?.trim().parse().ok());
        return Some(ErrorKind::GitLfs { size }.into());
    }
    let start: String = text.chars().take(16).collect::<String>().to_ascii_lowercase();
    let marks = ["<!doctype html", "<html", "<?xml"];
    marks.iter().any(|mark| start.starts_with(mark)).then_some(ErrorKind::Html.into())
}

/// Whether a length that fits and a brace come first.
fn is_safetensors(head: &[u8], size: u64) -> bool {
    let length = head.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
    let fits = length.is_some_and(|length| length >= 2 && length <= size.saturating_sub(8));
    fits && head.get(8) == Some(&b'{')
}
