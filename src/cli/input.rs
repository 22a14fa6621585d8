//! Texts from files and from the standard input.

use std::fs::File;
use std::io::{self, IsTerminal, Read};

use rampscope::machine::MOST_BYTES;

use super::fault::CliFault;

/// Windows' shell writes two bytes a letter.
const MOST_READ: usize = 2 * MOST_BYTES + 2;

/// The text of a file; of the standard input where the name is `-`, or there is none and a text is
/// piped in.
///
/// # Errors
/// If there is none, or it is too large.
pub fn read(name: Option<&str>) -> Result<String, CliFault> {
    match name {
        None if io::stdin().is_terminal() => Err(CliFault::NoText),
        None | Some("-") => read_from(io::stdin().lock(), "the standard input"),
        Some(name) => {
            let file = File::open(name).map_err(|error| unreadable(name, error))?;
            read_from(file, name)
        }
    }
}

fn unreadable(name: &str, error: io::Error) -> CliFault {
    CliFault::Unreadable { name: name.into(), error }
}

fn read_from(from: impl Read, name: &str) -> Result<String, CliFault> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MOST_READ).unwrap_or(u64::MAX);
    from.take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(name, error))?;
    if bytes.len() > MOST_READ {
        return Err(CliFault::TooLarge { name: name.into(), most: MOST_READ });
    }
    Ok(decoded(&bytes))
}

/// UTF-8, or UTF-16 with its mark. What is neither is kept as far as it goes: keys and values are ASCII.
fn decoded(bytes: &[u8]) -> String {
    let units = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let pairs = rest.as_chunks().0.iter();
        String::from_utf16_lossy(&pairs.map(|pair| unit(*pair)).collect::<Vec<_>>())
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => units(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_windows_writes_is_read() {
        let text = "Name : ½\r\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(decoded(&[&[0xff, 0xfe], little.as_slice()].concat()), text);
        assert_eq!(decoded(&[&[0xfe, 0xff], big.as_slice()].concat()), text);
        assert_eq!(decoded(&[&[0xef, 0xbb, 0xbf], text.as_bytes()].concat()), text);
        assert_eq!(decoded(text.as_bytes()), text);
        // An old code page: the rest stays readable.
        assert_eq!(decoded(b"Name : \xab"), "Name : \u{fffd}");
    }

    #[test]
    fn more_than_the_most_is_not_read() {
        let endless = io::repeat(b'a');
        assert!(matches!(read_from(endless, "it"), Err(CliFault::TooLarge { .. })));
    }
}
