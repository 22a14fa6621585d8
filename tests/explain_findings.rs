//! Every kind of finding, shown by entries that were made for it.

mod explain_support;

use explain_support::{Draw, MAKERS, sign_flips};
use rampscope::explain::{Code, Explanation, explain};

/// So many of each; three are the least that is asked.
const CASES: usize = 12;

fn told(answer: &Explanation) -> Vec<(&'static str, &str)> {
    answer.findings.iter().map(|one| (one.code.key(), one.sentence.as_str())).collect()
}

#[test]
fn every_code_is_found_where_it_was_made() {
    for (code, maker) in MAKERS {
        // A bias has a finding of its own, beside what it leads to.
        let is_largest = code.is_cause() && code != Code::BiasOverflow;
        let mut draw = Draw(code as u64);
        let (mut found, mut tried) = (0, 0);
        while found < CASES {
            tried += 1;
            assert!(tried < 20_000, "{code:?}: the maker gives nothing");
            let Some(entry) = maker(&mut draw) else { continue };
            let answer =
                explain(&entry).unwrap_or_else(|fault| panic!("{code:?}: {fault}\n{entry:?}"));
            let has = answer.findings.iter().any(|one| one.code == code);
            assert!(has, "{code:?}: {:#?}\n{}\n{entry:?}", told(&answer), answer.sentence);
            if is_largest {
                let cause = answer.findings.iter().find(|one| one.code.is_cause());
                let first = cause.map(|one| one.code);
                assert_eq!(first, Some(code), "{:#?}\n{entry:?}", told(&answer));
            }
            found += 1;
        }
    }
}

#[test]
fn every_code_has_a_maker() {
    assert_eq!(MAKERS.map(|(code, _)| code), Code::ALL);
}

#[test]
fn several_are_told_in_order_of_size() {
    let mut draw = Draw(5);
    for _ in 0..200 {
        let Some(entry) = sign_flips(&mut draw) else { continue };
        let answer = explain(&entry).expect("it fits");
        let sizes: Vec<f64> = answer.findings.iter().map(|one| one.size).collect();
        assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
        assert!(answer.findings.len() > 1);
    }
}
