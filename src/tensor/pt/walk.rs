//! [`walk`]: all tensors of a pickle, named by the keys that lead to them.

use std::fmt::Write;

use super::super::error::{ErrorKind, ReadError};
use super::super::limits::{MOST_NAME, MOST_NAMES, MOST_NESTED, MOST_TENSORS};
use super::super::pickle::{Global, Pickle, Ref, Value};
use super::super::tensor::{Named, Tensors};
use super::build::build;
use super::storages::Storages;

/// Channels with a scale that a small file may have.
const FEW_CHANNELS: u64 = 4096;

/// A list or dictionary on the way, and which of its children comes next.
struct Frame {
    container: Ref,
    next: usize,
    /// How much of the path leads to it.
    length: usize,
}

/// Finds all tensors of a file of `size` bytes. A list or dictionary that several ways lead to is
/// entered once, on the first.
pub fn walk(pickle: &Pickle, storages: &Storages, size: u64) -> Tensors {
    let mut walk = Walk {
        pickle,
        storages,
        path: String::new(),
        is_seen: vec![false; pickle.count()],
        names: 0,
        // Each has 16 bytes in the file; some may be a second tensor's, too.
        channels: FEW_CHANNELS + size / 8,
        tensors: Tensors::default(),
    };
    let mut frames = Vec::new();
    walk.meet(pickle.root(), &mut frames);
    while let Some(frame) = frames.last_mut() {
        walk.path.truncate(frame.length);
        let child = match pickle.get(frame.container) {
            Value::Sequence(elements) => {
                elements.get(frame.next).map(|&child| (Key::Index(frame.next), child))
            }
            Value::Dict(entries) => {
                entries.get(frame.next).map(|&(key, child)| (Key::Value(key), child))
            }
            _ => None,
        };
        frame.next += 1;
        let Some((key, child)) = child else {
            frames.pop();
            continue;
        };
        if walk.is_worth_a_name(child) && walk.descend(&key) {
            walk.meet(child, &mut frames);
        }
        if walk.tensors.read.len() + walk.tensors.errors.len() > MOST_TENSORS {
            let most = MOST_TENSORS as u64;
            let why = ErrorKind::TooLarge { what: "Tensors of the file", found: None, most };
            walk.fail(why.into());
            break;
        }
    }
    walk.tensors
}

/// What leads from a list or dictionary to a child.
enum Key {
    Index(usize),
    Value(Ref),
}

struct Walk<'p> {
    pickle: &'p Pickle,
    storages: &'p Storages,
    path: String,
    is_seen: Vec<bool>,
    /// Bytes of all names so far.
    names: usize,
    /// Channels with a scale that there may still be.
    channels: u64,
    tensors: Tensors,
}

impl Walk<'_> {
    /// Whether a value is a tensor, or may lead to one.
    fn is_worth_a_name(&self, value: Ref) -> bool {
        let value = self.pickle.get(value);
        matches!(value, Value::Sequence(_) | Value::Dict(_) | Value::Built { .. })
    }

    /// Adds a key to the path. `false` if it names nothing, or the path is too long.
    fn descend(&mut self, key: &Key) -> bool {
        let dot = if self.path.is_empty() { "" } else { "." };
        let written = match key {
            Key::Index(index) => write!(self.path, "{dot}{index}"),
            Key::Value(key) => match self.pickle.get(*key) {
                Value::Text(text) if text.len() <= MOST_NAME => write!(self.path, "{dot}{text}"),
                Value::Integer(number) => write!(self.path, "{dot}{number}"),
                _ => return false,
            },
        };
        written.is_ok() && self.path.len() <= MOST_NAME
    }

    /// Takes a value: a tensor is read, a list or dictionary entered.
    fn meet(&mut self, place: Ref, frames: &mut Vec<Frame>) {
        match self.pickle.get(place) {
            Value::Sequence(_) | Value::Dict(_) => {
                let Some(is_seen) = self.is_seen.get_mut(place.index()) else { return };
                if std::mem::replace(is_seen, true) {
                    return;
                }
                if frames.len() >= MOST_NESTED {
                    return self.fail(ErrorKind::NestingTooDeep { most: MOST_NESTED }.into());
                }
                frames.push(Frame { container: place, next: 0, length: self.path.len() });
            }
            Value::Built { function: Global::Rebuild(function), args } => {
                let most = self.channels;
                match build(self.pickle, self.storages, *function, *args, &self.path, most) {
                    Ok(tensor) if self.has_room() => {
                        let channels = tensor.quant.as_ref().map_or(0, |q| q.zero_points.len());
                        self.channels = self.channels.saturating_sub(channels as u64);
                        self.tensors.read.push(tensor);
                    }
                    Ok(_) => {}
                    Err(why) if why.is_of_dtype() && self.has_room() => {
                        self.tensors.skipped.push(Named { name: self.path.clone(), why });
                    }
                    Err(why) => self.fail(why),
                }
            }
            _ => {}
        }
    }

    /// Counts a name; whether there is room for it.
    fn has_room(&mut self) -> bool {
        self.names += self.path.len();
        self.names <= MOST_NAMES
    }

    fn fail(&mut self, why: ReadError) {
        if self.has_room() {
            self.tensors.errors.push(Named { name: self.path.clone(), why });
        }
    }
}
