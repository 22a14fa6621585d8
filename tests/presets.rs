//! Every preset opens, is what was recorded, and every number of its sentence is true.

#[expect(dead_code, unused_imports, reason = "of all the replaying only `decode` is needed here")]
mod golden_support;
mod preset_claims;

use std::collections::BTreeMap;
use std::panic::catch_unwind;

use preset_claims::{Seen, claims};
use rampscope::arith::CODES;
use rampscope::state::{Query, State, link};
use rampscope::story::{PRESETS, preset};
use serde::Deserialize;

/// A recording: outputs of the real library at the input codes 0..=255, by engine and
/// instruction set.
#[derive(Deserialize)]
struct Recorded {
    id: String,
    out_u8: BTreeMap<String, Vec<i32>>,
}

fn recordings() -> Vec<Recorded> {
    let file = golden_support::decode(include_bytes!("golden/presets.json.gz"));
    let mut file = file.expect("a recording of this repository is readable");
    serde_json::from_value(file["presets"].take()).expect("it follows the schema")
}

/// The engine of a recorded key. QNNPACK uses SSE2 whatever the CPU has.
fn engine(recorded: &str) -> &str {
    if recorded.starts_with("qnnpack_") { "qnnpack" } else { recorded }
}

#[test]
fn recorded_presets_give_the_recorded_codes() {
    let recordings = recordings();
    let (mut values, mut ramps) = (0, 0);
    for recorded in &recordings {
        let found = preset(&recorded.id);
        let found = found.unwrap_or_else(|| panic!("no preset for the recording {}", recorded.id));
        assert!(found.is_tagged("recorded"), "{} is recorded and not tagged so", found.key);
        let seen = Seen::open(found);
        assert_eq!(seen.input_codes(), (0, CODES - 1), "{} sweeps all codes", found.key);
        assert_eq!(recorded.out_u8.len(), 6, "{}", found.key);
        for (key, codes) in &recorded.out_u8 {
            let with_engine = seen.with(&format!("engine={}", engine(key)));
            assert_eq!(with_engine.codes(), *codes, "{} on {key}", found.key);
            values += codes.len();
            ramps += 1;
        }
    }
    for tagged in PRESETS.iter().filter(|preset| preset.is_tagged("recorded")) {
        assert!(
            recordings.iter().any(|one| one.id == tagged.key),
            "{} has no recording",
            tagged.key
        );
    }
    assert_eq!((recordings.len(), ramps, values), (16, 96, 24_576));
    println!("{} recorded presets, {ramps} ramps, {values} output codes equal", recordings.len());
}

#[test]
fn every_preset_opens_and_comes_back() {
    for preset in PRESETS {
        let seen = Seen::open(preset);
        let (patched, problems) = preset.query().apply(&State::default());
        assert_eq!((&patched, problems.len()), (&seen.state, 0), "{}", preset.key);
        let (again, problems) = link::read(&link::write(&seen.state));
        assert_eq!((again, problems.len()), (seen.state, 0), "{}", preset.key);
    }
}

#[test]
fn links_leave_defaults_out() {
    for preset in PRESETS {
        let (state, pairs) = (Seen::open(preset).state, preset.query().0);
        for left_out in 0..pairs.len() {
            let mut fewer = pairs.clone();
            let (key, value) = fewer.remove(left_out);
            let (without, _) = Query(fewer).apply(&State::default());
            assert_ne!(without, state, "{}: {key}={value} changes nothing", preset.key);
        }
    }
}

#[test]
fn keys_titles_and_tags_are_in_order() {
    for (index, preset) in PRESETS.iter().enumerate() {
        let earlier = &PRESETS[..index];
        assert!(earlier.iter().all(|other| other.key != preset.key), "{}", preset.key);
        assert!(earlier.iter().all(|other| other.title != preset.title), "{}", preset.title);
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(preset.key.chars().all(is_plain), "{}", preset.key);
        assert_ne!(preset.is_tagged("recorded"), preset.is_tagged("scenario"), "{}", preset.key);
        let ends = preset.sentence.matches(". ").count() + 1;
        assert!(ends <= 3 && preset.sentence.ends_with('.'), "{}: {ends} sentences", preset.key);
        assert!(preset.sentence.len() <= 260, "{} is too long", preset.key);
    }
}

/// The numbers of a sentence in their order: digits with a decimal point and a real minus sign.
/// Digits inside a word are a name (`AVX2`), not a number.
fn numbers(sentence: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut open, mut before) = (false, ' ');
    let mut rest = sentence.chars().peekable();
    while let Some(c) = rest.next() {
        let digit_follows = rest.peek().is_some_and(char::is_ascii_digit);
        let part = c.is_ascii_digit() || (open && c == '.' && digit_follows);
        let start = !open && !before.is_alphanumeric() && (part || (c == '−' && digit_follows));
        if start {
            found.push(String::new());
        }
        open = start || (open && part);
        if let Some(number) = found.last_mut().filter(|_| open) {
            number.push(c);
        }
        assert!(!(c == '-' && digit_follows), "a hyphen for a minus sign: {sentence}");
        before = c;
    }
    found
}

#[test]
fn numbers_are_read_from_a_sentence() {
    let sentence = "At 1.5 (−32768 with AVX2, int16) 1/256, 16-bit: −0.25. Then 7.";
    assert_eq!(numbers(sentence), ["1.5", "−32768", "1", "256", "16", "−0.25", "7"]);
    assert_eq!(numbers("none, s8s8"), [""; 0]);
}

#[test]
fn every_number_of_every_sentence_is_true() {
    let (mut held, mut wrong) = (0, Vec::new());
    for preset in PRESETS {
        let claims: Vec<_> = claims().filter(|(key, _)| *key == preset.key).collect();
        let [(_, claim)] = claims.as_slice() else {
            panic!("{} has {} claims in tests/preset_claims", preset.key, claims.len())
        };
        // All of them are tried, so that one run names every preset that fails.
        let judged = catch_unwind(|| {
            let computed = claim(&Seen::open(preset));
            assert_eq!(numbers(preset.sentence), computed, "{}: {}", preset.key, preset.sentence);
            computed.len()
        });
        match judged {
            Ok(count) => held += count,
            Err(_) => wrong.push(preset.key),
        }
    }
    assert_eq!(wrong, [""; 0], "their panics stand above");
    assert_eq!(claims().count(), PRESETS.len());
    println!("{held} numbers in {} sentences hold", PRESETS.len());
}
