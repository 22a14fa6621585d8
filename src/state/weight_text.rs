//! Weights set by hand as text: readable while they are few, packed when they are many.
//!
//! `output.k:code_code…` sets k, k + 1, …; `output.k~BASE64URL` packs the codes of a long run, a
//! byte each. Entries are joined by commas.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::groups::WeightEdits;
use super::limits::{MOST_INPUTS, MOST_OUTPUTS};
use super::number;

/// Runs longer than this are packed.
const READABLE: usize = 16;

/// The text of some weights; [`read`] gives them back.
pub fn write(edits: &WeightEdits) -> String {
    let entries: Vec<String> = runs(edits)
        .into_iter()
        .map(|((output, k), codes)| {
            if codes.len() > READABLE {
                let bytes: Vec<u8> = codes.iter().map(|code| code.cast_unsigned()).collect();
                return format!("{output}.{k}~{}", URL_SAFE_NO_PAD.encode(bytes));
            }
            let codes: Vec<String> = codes.iter().map(i8::to_string).collect();
            format!("{output}.{k}:{}", codes.join("_"))
        })
        .collect();
    entries.join(",")
}

/// Neighbouring weights of one output together.
fn runs(edits: &WeightEdits) -> Vec<((usize, usize), Vec<i8>)> {
    let mut runs: Vec<((usize, usize), Vec<i8>)> = Vec::new();
    for ((output, k), code) in edits.iter() {
        match runs.last_mut() {
            Some(((last, first_k), codes)) if last == output && *first_k + codes.len() == *k => {
                codes.push(*code);
            }
            _ => runs.push(((*output, *k), vec![*code])),
        }
    }
    runs
}

/// The weights of a text, and the entries that are none.
pub fn read(text: &str) -> (WeightEdits, Vec<&str>) {
    let mut edits = WeightEdits::new();
    let mut bad = Vec::new();
    for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
        match read_entry(entry) {
            Some(((output, k), codes)) => {
                edits.extend(
                    codes.into_iter().enumerate().map(|(at, code)| ((output, k + at), code)),
                );
            }
            None => bad.push(entry),
        }
    }
    (edits, bad)
}

/// One entry, inside the largest shape.
fn read_entry(entry: &str) -> Option<((usize, usize), Vec<i8>)> {
    let split = entry.find([':', '~'])?;
    let (output, k) = entry[..split].split_once('.')?;
    let (output, k): (usize, usize) = (output.parse().ok()?, k.parse().ok()?);
    let text = &entry[split + 1..];
    let codes: Vec<i8> = if entry[split..].starts_with('~') {
        URL_SAFE_NO_PAD.decode(text).ok()?.into_iter().map(u8::cast_signed).collect()
    } else {
        text.split('_').map(number::parse).collect::<Option<_>>()?
    };
    let fits = output < MOST_OUTPUTS && k.checked_add(codes.len())? <= MOST_INPUTS;
    (fits && !codes.is_empty()).then_some(((output, k), codes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_short_and_come_back() {
        let edits: WeightEdits =
            [((0, 0), 127), ((0, 1), -128), ((0, 5), 0), ((3, 6), 1), ((3, 7), -1)].into();
        assert_eq!(write(&edits), "0.0:127_-128,0.5:0,3.6:1_-1");
        assert_eq!(read(&write(&edits)), (edits, vec![]));
        assert_eq!(read(""), (WeightEdits::new(), vec![]));
    }

    #[test]
    fn the_largest_layer_fits_a_link() {
        #[expect(clippy::cast_possible_truncation, reason = "the low bits")]
        let varied = |index: usize| (index as u8).cast_signed();
        let edits: WeightEdits = (0..16)
            .flat_map(|output| (0..64).map(move |k| ((output, k), varied(output * 64 + k))))
            .collect();
        let text = write(&edits);
        assert!(text.len() < 1600, "{}", text.len());
        assert_eq!(read(&text), (edits, vec![]));
    }

    #[test]
    fn what_is_no_weight_is_named() {
        let (edits, bad) =
            read("1.2:3, 0.64:1,16.0:1,0.63:1_2,2.1:300,what,0.0:,0.0~!!,0.0~,1.3:−4");
        assert_eq!(edits, [((1, 2), 3), ((1, 3), -4)].into());
        assert_eq!(bad.len(), 8, "{bad:?}");
    }
}
