//! Bracketed forms: the prints of PyTorch and NumPy, lists, objects.

use super::Kind;
use super::cursor::piece_length;
use super::found::Found;
use super::object::STATE_DICT;
use super::reader::{Node, PARAMETER_HEADING, Reader, is_scalar, is_tensor};
use super::text_error::PasteError;

/// Whether the text starts like a bracketed form.
pub(super) fn is_nested(text: &str) -> bool {
    let text = text.trim_start();
    if text.starts_with(['[', '(', '{']) || text.starts_with(PARAMETER_HEADING) {
        return true;
    }
    let name = &text[..piece_length(text)];
    let rest = text[name.len()..].trim_start();
    let is_call = is_tensor(name) || is_scalar(name) || name == STATE_DICT;
    rest.starts_with('=') || rest.starts_with('(') && is_call
}

/// Reads a bracketed form.
pub(super) fn read(text: &str) -> Result<Found, PasteError> {
    let mut reader = Reader::new(text);
    let mut notes = Vec::new();
    reader.heading();
    let object = reader.object(&mut notes);
    let node = object.unwrap_or_else(|| reader.value())?;
    reader.end()?;
    let is_row = !matches!(node, Node::Matrix(_));
    let rows = match node {
        Node::Number(value) => vec![vec![value]],
        Node::Row(row) => vec![row],
        Node::Matrix(rows) => rows,
    };
    let Reader { is_whole, scale, zero_point, axis, .. } = reader;
    let kind = if is_whole && scale.is_none() { Kind::Integers } else { Kind::Reals };
    // The only axis of a row numbers what are columns here.
    let axis = axis.map(|axis| if is_row && axis == 0 { 1 } else { axis });
    Ok(Found { rows, kind, scale, zero_point, axis, notes })
}
