//! [`load`]: the pickle machine, opcode by opcode.
//!
//! The opcodes: Lib/pickle.py of CPython, protocols 0 to 5.

use std::collections::HashMap;

use super::super::error::{ErrorKind, ReadError};
use super::super::limits::{MOST_LINE, MOST_PICKLED};
use super::super::reader::Reader;
use super::global::{Global, Rebuild, find};
use super::number::{decimal, long};
use super::value::{Pickle, Ref, Value};

/// Runs one pickle, up to its end mark.
///
/// # Errors
/// [`ErrorKind::ForbiddenGlobal`] for a name that tensors do not need, [`ErrorKind::CorruptPickle`],
/// [`ErrorKind::TooLarge`], [`ErrorKind::Truncated`].
pub fn load(reader: &mut Reader) -> Result<Pickle, ReadError> {
    let mut machine = Machine::new(reader);
    loop {
        let code = machine.reader.byte()?;
        if code == b'.' {
            let root = machine.pop()?;
            return Ok(Pickle { values: machine.values, root });
        }
        machine.steps += 1;
        if machine.steps > MOST_STEPS {
            let what = "Steps of the pickle";
            return Err(ErrorKind::TooLarge { what, found: None, most: MOST_STEPS }.into());
        }
        machine.step(code)?;
    }
}

/// Steps of a pickle: each may add a reference to what there is.
const MOST_STEPS: u64 = 16 * MOST_PICKLED as u64;

struct Machine<'r> {
    reader: &'r mut Reader,
    values: Vec<Value>,
    stack: Vec<Ref>,
    /// Heights of the stack where marks are.
    marks: Vec<usize>,
    memo: HashMap<u64, Ref>,
    /// `None`, `False`, `True`, and small numbers, each once.
    common: HashMap<i64, Ref>,
    steps: u64,
    /// Entries that were copied from one dictionary to another.
    copied: usize,
}

const NONE: Ref = Ref(0);
const FALSE: Ref = Ref(1);
const TRUE: Ref = Ref(2);

impl<'r> Machine<'r> {
    fn new(reader: &'r mut Reader) -> Machine<'r> {
        Machine {
            reader,
            values: vec![Value::None, Value::Bool(false), Value::Bool(true)],
            stack: Vec::new(),
            marks: Vec::new(),
            memo: HashMap::new(),
            common: HashMap::new(),
            steps: 0,
            copied: 0,
        }
    }

    fn step(&mut self, code: u8) -> Result<(), ReadError> {
        match code {
            // Frames and the protocol's number say nothing about values.
            0x80 => self.reader.skip(1),
            0x95 => self.reader.skip(8),
            b'(' => {
                self.marks.push(self.stack.len());
                Ok(())
            }
            b'0' | b'1' | b'2' => self.shuffle(code),
            b'N' => self.push_ref(NONE),
            0x88 => self.push_ref(TRUE),
            0x89 => self.push_ref(FALSE),
            b'I' | b'L' | b'J' | b'K' | b'M' | b'F' | b'G' | 0x8a | 0x8b => self.number(code),
            b'S' | b'T' | b'U' | b'V' | b'X' | b'B' | b'C' | 0x8c | 0x8d | 0x8e | 0x96 => {
                self.text(code)
            }
            b')' | b't' | 0x85 | 0x86 | 0x87 | b']' | b'l' | 0x8f | 0x91 | b'}' | b'd' => {
                self.container(code)
            }
            b'a' | b'e' | 0x90 | b's' | b'u' => self.fill(code),
            b'g' | b'h' | b'j' | b'p' | b'q' | b'r' | 0x94 => self.remember(code),
            b'c' | b'i' | 0x93 => self.name(code),
            b'R' | b'o' | 0x81 | 0x92 | b'b' | b'P' | b'Q' => self.call(code),
            other => Err(self.corrupt(format!("the opcode {other:#04x} is not used by tensors"))),
        }
    }

    fn corrupt(&self, reason: impl Into<String>) -> ReadError {
        ErrorKind::CorruptPickle { reason: reason.into(), at: Some(self.reader.position()) }.into()
    }

    fn push_ref(&mut self, place: Ref) -> Result<(), ReadError> {
        self.stack.push(place);
        Ok(())
    }

    fn add(&mut self, value: Value) -> Result<Ref, ReadError> {
        if self.values.len() >= MOST_PICKLED {
            let (what, most) = ("Values of the pickle", MOST_PICKLED as u64);
            return Err(ErrorKind::TooLarge { what, found: None, most }.into());
        }
        let place = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.values.push(value);
        Ok(Ref(place))
    }

    fn push(&mut self, value: Value) -> Result<(), ReadError> {
        let place = match value {
            Value::Integer(number @ 0..=1024) => match self.common.get(&number) {
                Some(&place) => place,
                None => {
                    let place = self.add(value)?;
                    self.common.insert(number, place);
                    place
                }
            },
            value => self.add(value)?,
        };
        self.push_ref(place)
    }

    fn pop(&mut self) -> Result<Ref, ReadError> {
        let floor = self.marks.last().copied().unwrap_or(0);
        match self.stack.len() > floor {
            true => self.stack.pop().ok_or_else(|| self.corrupt("the stack is empty")),
            false => Err(self.corrupt("the stack is empty")),
        }
    }

    /// What lies above the last mark, which goes.
    fn above_mark(&mut self) -> Result<Vec<Ref>, ReadError> {
        let mark = self.marks.pop().ok_or_else(|| self.corrupt("a mark is missing"))?;
        Ok(self.stack.split_off(mark.min(self.stack.len())))
    }

    /// A line without its end.
    fn line(&mut self) -> Result<String, ReadError> {
        let mut line = Vec::new();
        loop {
            match self.reader.byte()? {
                b'\n' => return Ok(String::from_utf8_lossy(&line).into_owned()),
                byte => line.push(byte),
            }
            if line.len() > MOST_LINE {
                return Err(self.corrupt(format!("a line is longer than {MOST_LINE} bytes")));
            }
        }
    }

    fn shuffle(&mut self, code: u8) -> Result<(), ReadError> {
        match code {
            // A mark on top of the stack is what a pop takes.
            b'0' if self.marks.last() == Some(&self.stack.len()) => {
                self.marks.pop();
            }
            b'0' => {
                self.pop()?;
            }
            b'1' => {
                self.above_mark()?;
            }
            _ => {
                let top = self.pop()?;
                self.stack.extend([top, top]);
            }
        }
        Ok(())
    }

    fn number(&mut self, code: u8) -> Result<(), ReadError> {
        let value = match code {
            b'J' => Value::Integer(i32::from_le_bytes(self.reader.array()?).into()),
            b'K' => Value::Integer(self.reader.byte()?.into()),
            b'M' => Value::Integer(u16::from_le_bytes(self.reader.array()?).into()),
            b'G' => Value::Float(f64::from_be_bytes(self.reader.array()?)),
            0x8a => {
                let length = self.reader.byte()?;
                long(&self.reader.bytes(length.into())?)
            }
            0x8b => {
                let length = u32::from_le_bytes(self.reader.array()?);
                long(&self.reader.bytes(length.into())?)
            }
            b'F' => {
                let line = self.line()?;
                let real = crate::paste::decimal(&line);
                Value::Float(real.ok_or_else(|| self.corrupt("a number is none"))?)
            }
            _ => {
                let line = self.line()?;
                decimal(&line).ok_or_else(|| self.corrupt("a number is none"))?
            }
        };
        self.push(value)
    }

    /// Texts; of bytes nothing here asks for what is in them.
    fn text(&mut self, code: u8) -> Result<(), ReadError> {
        let length = match code {
            b'S' | b'V' => {
                let line = self.line()?;
                let text = line.trim_matches(['\'', '"']);
                return self.push(Value::Text(text.into()));
            }
            b'U' | b'C' | 0x8c => self.reader.byte()?.into(),
            b'T' | b'X' | b'B' => u32::from_le_bytes(self.reader.array()?).into(),
            _ => u64::from_le_bytes(self.reader.array()?),
        };
        if matches!(code, b'B' | b'C' | 0x8e | 0x96) {
            self.reader.skip(length)?;
            return self.push_ref(NONE);
        }
        let text = String::from_utf8_lossy(&self.reader.bytes(length)?).into_owned();
        self.push(Value::Text(text.into()))
    }

    fn container(&mut self, code: u8) -> Result<(), ReadError> {
        let value = match code {
            b')' | b']' | 0x8f => Value::Sequence(Vec::new()),
            b't' | b'l' | 0x91 => Value::Sequence(self.above_mark()?),
            0x85..=0x87 => {
                let mut elements = Vec::new();
                for _ in 0x84..code {
                    elements.push(self.pop()?);
                }
                elements.reverse();
                Value::Sequence(elements)
            }
            b'}' => Value::Dict(Vec::new()),
            _ => {
                let entries = self.above_mark()?;
                Value::Dict(self.entries(&entries)?)
            }
        };
        self.push(value)
    }

    fn entries(&self, flat: &[Ref]) -> Result<Vec<(Ref, Ref)>, ReadError> {
        match flat.as_chunks::<2>() {
            (entries, []) => Ok(entries.iter().map(|&[key, value]| (key, value)).collect()),
            _ => Err(self.corrupt("a key has no value")),
        }
    }

    fn fill(&mut self, code: u8) -> Result<(), ReadError> {
        let added = match code {
            b'a' => vec![self.pop()?],
            b's' => {
                let value = self.pop()?;
                vec![self.pop()?, value]
            }
            _ => self.above_mark()?,
        };
        let place = self.pop()?;
        self.stack.push(place);
        let entries = match code {
            b's' | b'u' => Some(self.entries(&added)?),
            _ => None,
        };
        match (self.values.get_mut(place.index()), entries) {
            (Some(Value::Sequence(all)), None) => all.extend(added),
            (Some(Value::Dict(all)), Some(entries)) => all.extend(entries),
            // A Counter, a set or a tensor with items: nothing that is asked for.
            (Some(Value::None), _) => {}
            _ => return Err(self.corrupt("something is added to what is no list or dictionary")),
        }
        Ok(())
    }

    fn remember(&mut self, code: u8) -> Result<(), ReadError> {
        let key = match code {
            b'h' | b'q' => self.reader.byte()?.into(),
            b'j' | b'r' => u32::from_le_bytes(self.reader.array()?).into(),
            0x94 => self.memo.len() as u64,
            _ => {
                let line = self.line()?;
                line.trim().parse().map_err(|_| self.corrupt("a place of the memo is none"))?
            }
        };
        if matches!(code, b'g' | b'h' | b'j') {
            let place = self.memo.get(&key).copied();
            let place =
                place.ok_or_else(|| self.corrupt(format!("place {key} of the memo is empty")))?;
            return self.push_ref(place);
        }
        let top = self.pop()?;
        self.stack.push(top);
        if self.memo.len() >= MOST_PICKLED {
            let (what, most) = ("Places of the pickle's memo", MOST_PICKLED as u64);
            return Err(ErrorKind::TooLarge { what, found: None, most }.into());
        }
        self.memo.insert(key, top);
        Ok(())
    }

    /// Names: allowed ones, or the end.
    fn name(&mut self, code: u8) -> Result<(), ReadError> {
        let (module, name) = if code == 0x93 {
            let (name, module) = (self.pop()?, self.pop()?);
            let text = |place: Ref| match &self.values[place.index()] {
                Value::Text(text) => Some(text.to_string()),
                _ => None,
            };
            let both = text(module).zip(text(name));
            both.ok_or_else(|| self.corrupt("a name is no text"))?
        } else {
            (self.line()?, self.line()?)
        };
        let Some(global) = find(&module, &name) else {
            let global: String = format!("{module}.{name}").chars().take(200).collect();
            return Err(ErrorKind::ForbiddenGlobal { global }.into());
        };
        if code == b'i' {
            let args = self.above_mark()?;
            let args = self.add(Value::Sequence(args))?;
            return self.built(global, args);
        }
        self.push(Value::Global(global))
    }

    /// Calls, which become notes.
    fn call(&mut self, code: u8) -> Result<(), ReadError> {
        match code {
            b'P' => {
                let name = self.line()?;
                let name = self.add(Value::Text(name.into()))?;
                self.push(Value::Persistent(name))
            }
            b'Q' => {
                let name = self.pop()?;
                self.push(Value::Persistent(name))
            }
            // A state: an OrderedDict's or a tensor's attributes, which nothing here asks for.
            b'b' => {
                self.pop()?;
                let object = self.pop()?;
                self.push_ref(object)
            }
            b'o' => {
                let mut all = self.above_mark()?;
                if all.is_empty() {
                    return Err(self.corrupt("a call has no function"));
                }
                let function = all.remove(0);
                let args = self.add(Value::Sequence(all))?;
                self.apply(function, args)
            }
            _ => {
                if code == 0x92 {
                    self.pop()?;
                }
                let (args, function) = (self.pop()?, self.pop()?);
                self.apply(function, args)
            }
        }
    }

    fn apply(&mut self, function: Ref, args: Ref) -> Result<(), ReadError> {
        match self.values[function.index()] {
            Value::Global(global) => self.built(global, args),
            _ => Err(self.corrupt("something is called that is no function")),
        }
    }

    fn built(&mut self, function: Global, args: Ref) -> Result<(), ReadError> {
        let Value::Sequence(elements) = &self.values[args.index()] else {
            return Err(self.corrupt("a call has no arguments"));
        };
        let first = elements.first().copied();
        match (function, first) {
            (Global::Dict, first) => {
                let entries = first.map_or_else(Vec::new, |first| self.pairs(first));
                self.copied += entries.len();
                if self.copied > MOST_PICKLED {
                    let (what, most) = ("Entries of the pickle's copies", MOST_PICKLED as u64);
                    return Err(ErrorKind::TooLarge { what, found: None, most }.into());
                }
                self.push(Value::Dict(entries))
            }
            (Global::Sequence | Global::Rebuild(Rebuild::Parameter), Some(first)) => {
                self.push_ref(first)
            }
            (Global::Rebuild(_), Some(_)) => self.push(Value::Built { function, args }),
            (Global::Sequence | Global::Opaque | Global::Dtype(_) | Global::Storage(_), _) => {
                self.push_ref(NONE)
            }
            _ => Err(self.corrupt("something is called that is no function")),
        }
    }

    /// Entries of a dictionary that is made of another, or of a list of pairs.
    fn pairs(&self, place: Ref) -> Vec<(Ref, Ref)> {
        match &self.values[place.index()] {
            Value::Dict(entries) => entries.clone(),
            Value::Sequence(pairs) => {
                let pair = |pair: &Ref| match &self.values[pair.index()] {
                    Value::Sequence(both) => both.first().copied().zip(both.get(1).copied()),
                    _ => None,
                };
                pairs.iter().filter_map(pair).collect()
            }
            _ => Vec::new(),
        }
    }
}
