//! What is loaded into the page: its states, the sentences of its faults, and what follows from it.

#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use rampscope::documents::{
    Case, Document, DocumentEvent, Documents, FetchFault, FileFault, Json, JudgedRecordings, Probe,
    ProbeBytes, admit, read,
};
use rampscope::evidence::{
    NAMED, Predictor, RecordedOn, Shipped, Theory, compare, judge, judge_all,
};
use rampscope::state::{State, apply};

const SHIPPED: &str = include_str!("../www/recordings.json");
const OWN: &str = include_str!("recordings/torch-2.15.0-avx2.json");
const OTHER_OPERATORS: &str = include_str!("recordings/ort-1.32.0-haswell.json");

/// JSON as serde_json reads it.
struct Value(serde_json::Value);

impl Json for Value {
    fn parse(text: &str) -> Option<Value> {
        serde_json::from_str(text).ok().map(Value)
    }

    fn set(&self) -> Option<String> {
        self.0.get("set")?.as_str().map(str::to_string)
    }

    fn typed<T: serde::de::DeserializeOwned>(self) -> Result<T, String> {
        serde_json::from_value(self.0).map_err(|error| error.to_string())
    }
}

fn after(documents: &Documents, events: impl IntoIterator<Item = DocumentEvent>) -> Documents {
    events.into_iter().fold(documents.clone(), |documents, event| documents.reduce::<Value>(event))
}

fn opened(name: &str) -> DocumentEvent {
    DocumentEvent::Opened { name: name.into() }
}

fn given(name: &str, text: Result<&str, FileFault>) -> DocumentEvent {
    DocumentEvent::Given { name: name.into(), text: text.map(str::to_string) }
}

fn recordings() -> JudgedRecordings {
    JudgedRecordings::new(read::<Value>(SHIPPED).expect("they are good"))
}

#[test]
fn recordings_are_asked_for_fail_are_tried_again_and_stay() {
    let fresh = Documents::default();
    assert!(fresh.recordings.is_wanting() && fresh.given.is_none());
    let waiting = after(&fresh, [DocumentEvent::Asked]);
    assert_eq!(waiting.recordings, Document::Waiting);
    assert!(!waiting.recordings.is_wanting(), "nobody fetches them a second time");

    let said = |fault| {
        let failed = after(&waiting, [DocumentEvent::Came(Err(fault))]);
        let Document::Failed(fault) = &failed.recordings else { panic!("{failed:?}") };
        assert!(failed.recordings.is_wanting());
        fault.to_string()
    };
    assert_eq!(
        said(FetchFault::Unanswered),
        "The recordings could not be fetched: the network or the server did not answer. A page opened from a file may not fetch; one from a server may."
    );
    assert!(said(FetchFault::Status(503)).contains("fetched: the server answered 503. A page"));
    let damaged = after(&waiting, [DocumentEvent::Came(Ok("{\"set\": ".into()))]);
    let Document::Failed(fault) = &damaged.recordings else { panic!("{damaged:?}") };
    assert!(
        fault.to_string().starts_with("The recordings that came are damaged. The file ends in")
    );

    let ready = after(&damaged, [DocumentEvent::Asked, DocumentEvent::Came(Ok(SHIPPED.into()))]);
    assert_eq!(ready.recordings.ready().expect("they are here").recordings().all.len(), 60);
    for event in [DocumentEvent::Asked, DocumentEvent::Came(Err(FetchFault::Unanswered))] {
        assert_eq!(after(&ready, [event]), ready);
    }
}

#[test]
fn what_another_app_has_is_taken_once() {
    let [one, other] = [(), ()].map(|()| Rc::new(recordings()));
    let known = after(&Documents::default(), [DocumentEvent::Known(Rc::clone(&one))]);
    assert!(known.recordings.ready().is_some_and(|known| Rc::ptr_eq(known, &one)));
    assert_eq!(after(&known, [DocumentEvent::Known(other)]), known);
    // An answer that is late is not needed.
    assert_eq!(after(&known, [DocumentEvent::Came(Ok(SHIPPED.into()))]), known);
}

#[test]
fn a_file_is_read_refused_and_given_again() {
    let start = Documents::default();
    let reading = after(&start, [opened("a.json")]);
    assert_eq!(reading.given.as_ref().map(|given| &given.content), Some(&Document::Waiting));
    let refused = after(&reading, [given("a.json", Err(FileFault::Unreadable))]);
    let content = refused.given.as_ref().map(|given| &given.content);
    assert!(matches!(content, Some(Document::Failed(fault)) if **fault == FileFault::Unreadable));
    // The same file, mended.
    let checked = after(&refused, [opened("a.json"), given("a.json", Ok(OWN))]);
    let file = checked.given.as_ref().and_then(|given| given.content.ready()).expect("it is good");
    assert_eq!((file.reports().len(), file.mismatches().count()), (2, 0));
    assert_eq!(file.csv().lines().count(), 1);
    // Of other operators, too, the page says which engines fit.
    let integers = after(&checked, [opened("b.json"), given("b.json", Ok(OTHER_OPERATORS))]);
    let file = integers.given.as_ref().and_then(|given| given.content.ready()).expect("it is good");
    assert_eq!((file.reports().len(), file.mismatches().count()), (6, 0));
    assert_eq!(
        file.reports()[0].sentence(),
        "ONNX Runtime MatMulInteger (avx2): ONNX MatMulInteger u8×s8 (AVX2) gets all 3072 points, and no other model does."
    );
    // The last file counts, whichever is read first, and nothing that nobody waits for.
    let other = after(&reading, [opened("b.json"), given("a.json", Ok(OWN))]);
    assert_eq!(other, after(&start, [opened("b.json")]));
    assert_eq!(after(&checked, [given("a.json", Ok("late"))]), checked);
    assert_eq!(after(&start, [given("a.json", Ok(OWN))]), start);
    // The shipped recordings have nothing to do with it.
    assert_eq!(checked.recordings, Document::NotAsked);
}

#[test]
fn every_broken_file_gets_its_sentence() {
    let changed = |text: &str, from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let with = |from: &str, to: &str| changed(OWN, from, to);
    let other = |from: &str, to: &str| changed(OTHER_OPERATORS, from, to);
    let broken = [
        ("PK\u{3}\u{4}".to_string(), "The file is not JSON."),
        (OWN[..20_000].to_string(), "it was cut off"),
        (with("\"w_zp\": 0", "\"w_zp\": NaN"), "holds NaN"),
        ("{\"set\": \"thread\", \"cases\": []}".into(), "its set is “thread”"),
        ("{\"set\": \"recordings\", \"schema\": 1}".into(), "not of the schema"),
        (with("\"inputs\": 2", "\"inputs\": 3"), "weights are needed"),
        (String::new(), "The file is empty."),
        (
            other("\"matmul_integer\"", "\"matmul\""),
            "not of the schema that record.py writes: unknown",
        ),
        (other("\"onnxruntime\"", "\"onnx\""), "not of the schema"),
        (other("\"onnxruntime\"", "\"fbgemm\""), "no operator matmul_integer"),
        (other("\"schema\": 2", "\"schema\": 3"), "reads versions 1 to 2"),
        (other("\"kernel\": [3, 3]", "\"kernel\": [3]"), "not of the schema"),
        (other("\"kernel\": [3, 3]", "\"kernel\": [5, 5]"), "taps of a 5 × 5 kernel"),
        (other("\"types\": \"u8u8\"", "\"types\": \"s8u8\""), "not of the schema"),
        (other("\"y32\": \"", "\"y32\": \"AAAA"), "y32 holds"),
    ];
    for (text, wanted) in broken {
        let fault = read::<Value>(&text).expect_err(wanted).to_string();
        assert!(fault.contains(wanted), "{fault:?} lacks {wanted:?}");
    }
    assert_eq!(admit(20_000_000), Ok(()));
    assert_eq!(admit(20_000_001), Err(FileFault::TooLarge { bytes: 20_000_001 }));
}

/// What is kept is never seen: along any walk an answer is what it would be from nothing.
#[test]
fn findings_along_a_walk_are_those_of_each_case_alone() {
    let (kept, fresh) = (recordings(), recordings());
    let recording = |key| Shipped::of_key(key).expect("it ships");
    let start = Case::of(&State::default());
    let theory = |place: usize| NAMED[place].theory;
    let walk = [
        start,
        Case { output: 4, ..start },
        Case { output: 99, ..start },
        Case { theory: theory(0), ..start },
        Case { theory: Theory { width: 17, ..theory(0) }, output: 3, ..start },
        Case { recording: recording("one-pair"), ..start },
        Case { recording: recording("one-pair"), on: RecordedOn::Qnnpack, ..start },
        Case { on: RecordedOn::FbgemmAvx512, ..start },
        start,
    ];
    let all = &fresh.recordings().all;
    for case in walk {
        let found = kept.findings(case);
        let predictor = Predictor::Theory(case.theory);
        assert_eq!(found.all, judge_all(predictor, all, |run| case.on.is(run)), "{case:?}");
        let chosen = fresh.chosen(case);
        let here = chosen.map(|it| judge(predictor, (it.index, it.recorded), it.run));
        assert_eq!(found.here, here, "{case:?}");
        let compared = chosen.map(|it| compare(predictor, it.recorded, it.run, it.output));
        assert_eq!(*found.compared, compared.unwrap_or_default(), "{case:?}");
        for one in &found.named {
            let predictor = Predictor::Theory(one.named.theory);
            assert_eq!(one.all, judge_all(predictor, all, |run| case.on.is(run)));
            let here = chosen.map(|it| judge(predictor, (it.index, it.recorded), it.run));
            assert_eq!(one.here, here, "{} {case:?}", one.named.key);
        }
    }
}

#[test]
fn what_a_case_leaves_alone_is_not_made_anew() {
    let kept = recordings();
    let start = Case::of(&State::default());
    let last = Case { output: 9, ..start };
    let first = kept.findings(last).compared;
    // The layer has ten outputs.
    assert!(Rc::ptr_eq(&first, &kept.findings(Case { output: 12, ..start }).compared));
    assert!(!Rc::ptr_eq(&first, &kept.findings(start).compared));
}

#[test]
fn sentences_are_those_of_the_thread() {
    let kept = recordings();
    let found = kept.findings(Case::of(&State::default()));
    assert_eq!(
        found.told_of_named(),
        "Over all 356096 points of 60 recordings of FBGEMM on AVX2, only “pairs saturate” gets every point."
    );
    assert!(found.told_here().is_some_and(|told| {
        told.starts_with("“pairs wrap around” gets 1888 of 8000 points of this recording wrong")
    }));
    assert!(found.told_everywhere().contains("wrong over all 60 recordings"));
    assert!(found.caution().contains("one recording alone proves little"));
    let (wrong, points) = found.on_output();
    assert!(points == 800 && (1..points).contains(&wrong), "{wrong} of {points}");
}

#[test]
fn the_patch_of_a_theory_makes_it_the_states() {
    for one in recordings().findings(Case::of(&State::default())).named {
        let (state, problems) = apply(&State::default(), &one.patch());
        assert!(problems.is_empty(), "{}", one.named.key);
        assert_eq!(Case::of(&state).theory, one.named.theory);
    }
}

#[test]
fn a_browsers_answer_stands_among_the_legal_ones() {
    let bytes = ProbeBytes { w: [127, 127], x: [255, 255] };
    assert_eq!(Probe::Unasked.answers(), []);
    let answers = Probe::Answered { bytes, answers: [-766, 7], telling: -766 }.answers();
    assert_eq!(answers.iter().map(|one| one.export).collect::<Vec<_>>(), ProbeBytes::exports());
    assert!(answers[0].is_known() && !answers[1].is_known());
    let wrapped = answers[0].legal.iter().find(|one| one.value == -766).expect("it is legal");
    assert_eq!(wrapped.readings, ["unsigned bytes, pairs wrap around"]);
    assert_eq!(bytes.parameters(), [0x7f7f_7f7f, -1]);
}
