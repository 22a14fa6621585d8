//! [`Archive`]: a zip as its central directory lists it, ZIP64 included.
//!
//! The format: PKWARE's APPNOTE.TXT 6.3. Members are stored or deflated; local headers are only asked
//! where data begin, since writers leave sizes out of them.

use super::bytes::Bytes;
use super::crc32::Crc32;
use super::error::{ErrorKind, ReadError};
use super::inflate::Inflate;
use super::limits::{MOST_NAME, MOST_TENSORS};
use super::order::order;
use super::reader::Reader;
use super::source::Span;

/// What every zip with a member begins with.
pub const MAGIC: &[u8] = b"PK\x03\x04";
/// What an empty zip begins with.
pub const EMPTY_MAGIC: &[u8] = b"PK\x05\x06";

const DIRECTORY: u32 = 0x0201_4b50;
const END: [u8; 4] = *b"PK\x05\x06";
const END_64: u32 = 0x0606_4b50;
const LOCATOR_64: u32 = 0x0706_4b50;
/// The last record, without its comment.
const END_LENGTH: u64 = 22;
const LOCATOR_LENGTH: u64 = 20;
const DIRECTORY_LENGTH: usize = 46;
const LOCAL_LENGTH: usize = 30;
/// What stands for "see ZIP64".
const LATER: u32 = u32::MAX;

/// A zip.
#[derive(Debug)]
pub struct Archive {
    span: Span,
    /// Its members, in the order of the directory.
    pub members: Vec<Member>,
}

/// A member, as the directory has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its name, with folders.
    pub name: String,
    method: u16,
    is_encrypted: bool,
    crc: u32,
    packed: u64,
    /// Bytes once unpacked, as declared.
    size: u64,
    /// Where its local header is.
    header: u64,
}

fn corrupt(reason: impl Into<String>) -> ReadError {
    ErrorKind::CorruptArchive { reason: reason.into() }.into()
}

/// Where the directory is, and how many members it lists.
struct End {
    members: u64,
    size: u64,
    start: u64,
}

impl Archive {
    /// Reads the directory.
    ///
    /// # Errors
    /// [`ErrorKind::Truncated`] without a directory, [`ErrorKind::CorruptArchive`] for a wrong one.
    pub fn open(span: Span) -> Result<Archive, ReadError> {
        let end = find_end(&span)?;
        let most = MOST_TENSORS as u64;
        if end.members > most {
            let what = "Members of the archive";
            return Err(ErrorKind::TooLarge { what, found: Some(end.members), most }.into());
        }
        let directory = span.slice(end.start, end.size);
        let directory = directory.ok_or_else(|| corrupt("its directory lies outside of it"))?;
        let mut reader = Reader::new(directory, "The archive's directory");
        let mut members = Vec::new();
        for _ in 0..end.members {
            members.push(read_member(&mut reader)?);
        }
        if let Some(name) = overlapping(&members) {
            return Err(corrupt(format!("the member {name:?} has bytes of another one")));
        }
        Ok(Archive { span, members })
    }

    /// How many bytes it has as a whole.
    pub fn size(&self) -> u64 {
        self.span.length()
    }

    /// Where a member's bytes are.
    ///
    /// # Errors
    /// [`ErrorKind::UnsupportedCompression`], or what is wrong with its place and sizes.
    pub fn bytes(&self, member: &Member) -> Result<Bytes, ReadError> {
        if member.is_encrypted {
            let method = "a password".to_string();
            return Err(ErrorKind::UnsupportedCompression { method }.into());
        }
        let outside = || corrupt(format!("the member {:?} lies outside of it", member.name));
        let left = self.span.length().checked_sub(member.header).ok_or_else(outside)?;
        let local = self.span.slice(member.header, left).ok_or_else(outside)?;
        let mut fixed = [0; LOCAL_LENGTH];
        local.read_at(0, &mut fixed)?;
        if fixed[..4] != *MAGIC {
            return Err(corrupt(format!("the member {:?} is not where it should be", member.name)));
        }
        let short = |at: usize| u64::from(u16::from_le_bytes([fixed[at], fixed[at + 1]]));
        let (name, extra) = (short(26), short(28));
        let start = LOCAL_LENGTH as u64 + name + extra;
        let packed = local.slice(start, member.packed);
        let packed = packed.ok_or_else(|| ErrorKind::Truncated {
            what: "A member of the archive",
            needs: Some(start.saturating_add(member.packed)),
            has: local.length(),
        })?;
        match member.method {
            0 if member.packed == member.size => Ok(Bytes::Stored(packed)),
            0 => Err(ErrorKind::HeaderLies {
                reason: format!(
                    "the stored member {:?} has {} bytes and declares {}",
                    member.name, member.packed, member.size
                ),
            }
            .into()),
            8 => Ok(Bytes::Deflated { packed, skip: 0, length: member.size }),
            method => {
                let method = format!("method {method}");
                Err(ErrorKind::UnsupportedCompression { method }.into())
            }
        }
    }

    /// Reads a member through, once: it has as many bytes as declared, and their CRC-32.
    ///
    /// # Errors
    /// [`ErrorKind::HeaderLies`] for another number of bytes, [`ErrorKind::CorruptArchive`] for another
    /// sum.
    pub fn check(&self, member: &Member) -> Result<(), ReadError> {
        let lies = |found: &str| ErrorKind::HeaderLies {
            reason: format!(
                "the member {:?} declares {} bytes and unpacks to {found}",
                member.name, member.size
            ),
        };
        let mut sum = Crc32::new();
        let mut buffer = vec![0; 64 << 10];
        let mut left = member.size;
        match self.bytes(member)? {
            Bytes::Deflated { packed, .. } => {
                let mut stream = Inflate::new(packed);
                loop {
                    let count = stream.read(&mut buffer)?;
                    if count as u64 > left {
                        return Err(lies("more").into());
                    }
                    if count == 0 {
                        break;
                    }
                    sum.update(&buffer[..count]);
                    left -= count as u64;
                }
                if left > 0 {
                    return Err(lies(&(member.size - left).to_string()).into());
                }
            }
            bytes => {
                let mut at = 0;
                while left > 0 {
                    let count = usize::try_from(left).unwrap_or(buffer.len()).min(buffer.len());
                    bytes.read_at(at, &mut buffer[..count])?;
                    sum.update(&buffer[..count]);
                    at += count as u64;
                    left -= count as u64;
                }
            }
        }
        if sum.finish() == member.crc {
            Ok(())
        } else {
            Err(corrupt(format!("the check sum of the member {:?} is wrong", member.name)))
        }
    }
}

/// A member that has bytes of another one: archives that unpack to far more than they are have many.
fn overlapping(members: &[Member]) -> Option<&str> {
    let by_place = &mut |one: usize, other: usize| members[one].header.cmp(&members[other].header);
    let order = order(members.len(), by_place);
    let least = |member: &Member| {
        member.header.saturating_add(LOCAL_LENGTH as u64).saturating_add(member.packed)
    };
    let both = order.windows(2);
    both.map(|both| [&members[both[0]], &members[both[1]]])
        .find(|[one, other]| least(one) > other.header)
        .map(|[_, other]| &*other.name)
}

/// Finds the last record of a zip; a comment may follow it.
fn find_end(span: &Span) -> Result<End, ReadError> {
    let cut_off = || ErrorKind::Truncated { what: "The archive", needs: None, has: span.length() };
    let tail = span.length().min(END_LENGTH + u64::from(u16::MAX));
    let start = span.length() - tail;
    let tail = span.slice(start, tail).ok_or_else(cut_off)?;
    let bytes = Reader::new(tail.clone(), "The archive").bytes(tail.length())?;
    let found = bytes.windows(4).rposition(|four| four == END).ok_or_else(cut_off)?;
    let record = bytes.get(found..).and_then(|record| record.first_chunk::<22>());
    let record = record.ok_or_else(cut_off)?;
    let here = start + found as u64;
    let short = |at: usize| u64::from(u16::from_le_bytes([record[at], record[at + 1]]));
    let long = |at: usize| short(at) | (short(at + 2) << 16);
    let end = End { members: short(10), size: long(12), start: long(16) };
    let is_64 = end.members == u64::from(u16::MAX)
        || end.size == u64::from(LATER)
        || end.start == u64::from(LATER);
    if !is_64 {
        return Ok(end);
    }
    let Some(locator) =
        here.checked_sub(LOCATOR_LENGTH).and_then(|at| span.slice(at, LOCATOR_LENGTH))
    else {
        return Ok(end);
    };
    let mut reader = Reader::new(locator, "The archive's directory");
    if u32::from_le_bytes(reader.array()?) != LOCATOR_64 {
        // Just as many members as stand for "see ZIP64".
        return Ok(end);
    }
    reader.skip(4)?;
    let at = u64::from_le_bytes(reader.array()?);
    let record = span.slice(at, 56).ok_or_else(|| corrupt("its directory lies outside of it"))?;
    let mut reader = Reader::new(record, "The archive's directory");
    if u32::from_le_bytes(reader.array()?) != END_64 {
        return Err(corrupt("its directory is not where it should be"));
    }
    reader.skip(28)?;
    let mut next = || Ok::<u64, ReadError>(u64::from_le_bytes(reader.array()?));
    Ok(End { members: next()?, size: next()?, start: next()? })
}

fn read_member(reader: &mut Reader) -> Result<Member, ReadError> {
    let fixed: [u8; DIRECTORY_LENGTH] = reader.array()?;
    let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
    let long = |at: usize| u32::from(short(at)) | (u32::from(short(at + 2)) << 16);
    if long(0) != DIRECTORY {
        return Err(corrupt("its directory is no list of members"));
    }
    let (name, extra, comment) = (short(28), short(30), short(32));
    if usize::from(name) > MOST_NAME {
        let (what, found) = ("Bytes of a member's name", Some(name.into()));
        return Err(ErrorKind::TooLarge { what, found, most: MOST_NAME as u64 }.into());
    }
    let name = reader.bytes(name.into())?;
    let extra = reader.bytes(extra.into())?;
    reader.skip(comment.into())?;
    let (size, packed, header) = wide([long(24), long(20), long(42)], &extra)?;
    Ok(Member {
        name: String::from_utf8_lossy(&name).into_owned(),
        method: short(10),
        is_encrypted: short(8) & 1 == 1,
        crc: long(16),
        packed,
        size,
        header,
    })
}

/// Sizes and place of a member: those that the directory has no room for are in its ZIP64 field, in
/// this order.
fn wide(narrow: [u32; 3], mut extra: &[u8]) -> Result<(u64, u64, u64), ReadError> {
    let mut field: &[u8] = &[];
    while let Some((head, rest)) = extra.split_first_chunk::<4>() {
        let length = usize::from(u16::from_le_bytes([head[2], head[3]])).min(rest.len());
        if head[..2] == [1, 0] {
            field = &rest[..length];
        }
        extra = &rest[length..];
    }
    let mut next = |narrow: u32| -> Result<u64, ReadError> {
        if narrow != LATER {
            return Ok(u64::from(narrow));
        }
        let (value, rest) = field
            .split_first_chunk::<8>()
            .ok_or_else(|| corrupt("a member's size is neither in the directory nor beside it"))?;
        field = rest;
        Ok(u64::from_le_bytes(*value))
    };
    let [size, packed, header] = narrow;
    Ok((next(size)?, next(packed)?, next(header)?))
}
