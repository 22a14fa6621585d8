//! What cannot be explained says why, and nothing panics.

use std::time::{Duration, Instant};

use rampscope::explain::report::{Role, Side, read_report};
use rampscope::explain::{
    Answers, Bias, CodeType, Entry, EntryFault, Layout, MOST_INPUTS, MOST_NUMBERS, MOST_SEEN,
    Numbers, Operator, Scales, Seen, WhoIsWrong, explain,
};
use serde_json::json;

fn entry(value: serde_json::Value) -> Entry {
    serde_json::from_value(value).expect("an entry")
}

fn fault(value: serde_json::Value) -> String {
    match explain(&entry(value)) {
        Ok(answer) => panic!("{}", answer.sentence),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn every_misfit_has_its_sentence() {
    let cases = [
        (json!({"a": [1]}), "There is no number in B. Enter one."),
        (json!({}), "There is no number in A. Enter one."),
        (
            json!({"a": [[1, 2], [3]], "b": [1, 2]}),
            "Row 1 of A has length 1, row 0 has length 2. Give all rows the same length.",
        ),
        (
            json!({"a": [1, 2, 3], "b": [[1, 2], [3, 4]]}),
            "A is 1 × 3 and B is 2 × 2: B needs 3 columns (its rows are outputs) or 3 rows (its columns are outputs).",
        ),
        (
            json!({"a": [1, 256], "b": [1, 2]}),
            "The number in row 0, column 1 of A is 256, which is no 8-bit code. Codes are 0 to 255 or −128 to 127.",
        ),
        (
            json!({"a": [1, 200], "b": [1, 2], "types": {"a": "s8"}}),
            "The number in row 0, column 1 of A is 200, which is no code of s8. Change it or the type.",
        ),
        (
            json!({"a": [-1, 200], "b": [1, 2]}),
            "A has −1 and 200: no 8-bit type has both. Is it one matrix?",
        ),
        (
            json!({"a": [1, 2], "b": [1, 2], "zeroPoints": {"b": [1, 2]}}),
            "There are 2 values for the zero point of B. Enter one, or one for each of the 1.",
        ),
        (
            json!({"a": [1, 200], "b": [1, 2], "zeroPoints": {"a": -3}}),
            "The zero point −3 of A is no code of its type.",
        ),
        (
            json!({"a": [1, 2], "b": [1, 2], "scales": {"a": 0.0, "b": 1}}),
            "The scale 0 of A is not a positive finite number in float32.",
        ),
        (
            json!({"a": [1, 2], "b": [1, 2], "scales": {"output": 1}}),
            "The scale of the output needs the scales of A and B. Enter it too.",
        ),
        (
            json!({"a": [1, 2], "b": [1, 2], "bias": {"real": 1.5}}),
            "A real bias needs the scales of A and B. Enter it too.",
        ),
        (
            json!({"a": [1, 2], "b": [1, 2], "bias": {"integer": 1.5}}),
            "The number in row 0, column 0 of the bias is 1.5. Enter whole numbers that fit 32 bits: codes and sums, not real values.",
        ),
        (
            json!({"a": [1, 2], "b": [1, 2], "seen": [{"values": [1, 2]}]}),
            "Result 1 has 1 × 2 numbers, and there are 1 × 1 outputs. Enter one number, a row of 1, or all of them.",
        ),
        (
            json!({"a": [1, 2], "b": [1, 2], "seen": [{"values": 1, "row": 1}]}),
            "Result 1 is at a place that is not matched: rows 0 to 0 and outputs 0 to 0 are.",
        ),
        (
            json!({"sums": 0.5}),
            "The number in row 0, column 0 of the list of sums is 0.5. Enter whole numbers that fit 32 bits: codes and sums, not real values.",
        ),
        (json!({"operator": "add", "a": [1], "b": [1]}), "A needs its scale. Enter it too."),
        (json!({"operator": "quantize"}), "There is no number in A. Enter one."),
    ];
    for (value, sentence) in cases {
        assert_eq!(fault(value.clone()), sentence, "{value}");
    }
}

#[test]
fn what_is_too_large_is_refused_before_it_is_copied() {
    let row = |count: usize| Numbers::Row(vec![1.0; count]);
    let long = Entry { a: row(MOST_INPUTS + 1), b: row(MOST_INPUTS + 1), ..Entry::default() };
    assert_eq!(explain(&long), Err(EntryFault::TooManyInputs { inputs: MOST_INPUTS + 1 }));
    let many = Entry { a: row(2), b: vec![vec![1.0; 2]; MOST_NUMBERS].into(), ..Entry::default() };
    assert!(matches!(explain(&many), Err(EntryFault::TooManyNumbers { .. })));
    let seen = vec![Seen { values: 1.0.into(), ..Seen::default() }; MOST_SEEN + 1];
    let often = Entry { a: row(2), b: row(2), seen, ..Entry::default() };
    assert_eq!(explain(&often), Err(EntryFault::TooManySeen { found: MOST_SEEN + 1 }));
    let not_finite = Entry { a: vec![f64::NAN].into(), b: row(1), ..Entry::default() };
    assert!(matches!(explain(&not_finite), Err(EntryFault::NotFinite { .. })));
}

#[test]
fn of_many_outputs_the_first_are_matched_and_it_says_so() {
    let a = vec![vec![1.0; 3]; 40];
    let b = vec![vec![2.0; 3]; 30];
    let seen = vec![Seen { values: vec![vec![6.0; 30]; 40].into(), ..Seen::default() }];
    let entry = Entry { a: a.into(), b: b.into(), seen, ..Entry::default() };
    let answer = explain(&entry).expect("it fits");
    assert_eq!((answer.exact.sums.len(), answer.exact.sums[0].len()), (16, 16));
    assert_eq!(answer.seen[0].explained, 256);
    assert!(
        answer
            .notes
            .iter()
            .any(|note| { note == "Of 40 × 30 outputs the first 16 × 16 are matched." })
    );
}

#[test]
fn a_layout_that_is_not_said_is_told_to_be_open() {
    let b = json!([[1, 2], [3, 4]]);
    let of = |seen: serde_json::Value| {
        let entry = entry(json!({"a": [5, 7], "b": b, "seen": [{"values": seen}]}));
        explain(&entry).expect("it fits")
    };
    let columns = of(json!([26, 38]));
    assert_eq!(columns.readings[columns.reading.expect("one")].reading.layout, Layout::Columns);
    assert!(columns.notes[0].contains("both were tried. What was seen fits its columns"));
    let rows = of(json!([19, 43]));
    assert_eq!(rows.readings[rows.reading.expect("one")].reading.layout, Layout::Rows);
    assert_eq!(rows.exact.sums, [[19, 43]]);
    let open = of(json!([1, 1]));
    assert!(open.notes[0].contains("does not tell which"));
}

/// Numbers that somebody may have typed.
fn odd(draw: &mut u64) -> f64 {
    *draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let all = [
        0.0,
        1.0,
        -1.0,
        127.0,
        128.0,
        255.0,
        -128.0,
        0.5,
        1e300,
        -1e300,
        1e-300,
        2_147_483_647.0,
        -2_147_483_648.0,
        4_294_967_296.0,
        f64::NAN,
        f64::INFINITY,
        32_767.0,
        -32_768.0,
        12.0,
        3.0,
    ];
    all[usize::try_from(*draw >> 33).expect("31 bits") % all.len()]
}

#[test]
fn nothing_that_is_entered_panics() {
    let mut draw = 9_u64;
    let (mut answers, mut faults) = (0, 0);
    for round in 0..4000 {
        let mut next = |most: usize| {
            draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(draw >> 40).expect("24 bits") % (most + 1)
        };
        let sizes = [next(3), next(3), next(4), next(3), next(2)];
        let picks = [next(7), next(3), next(3), next(2), next(5)];
        let mut matrix = |rows: usize, columns: usize| -> Numbers {
            let mut number = |_| {
                if round % 3 == 0 {
                    odd(&mut draw)
                } else {
                    odd(&mut draw).clamp(0.0, 127.0).floor()
                }
            };
            let rows: Vec<Vec<f64>> =
                (0..rows).map(|_| (0..columns).map(&mut number).collect()).collect();
            match rows.len() {
                1 if picks[1] == 0 => rows[0].clone().into(),
                _ => rows.into(),
            }
        };
        let [m, n, k, r, c] = sizes;
        let entry = Entry {
            operator: [Operator::Product, Operator::Quantize, Operator::Add, Operator::Sigmoid]
                [picks[1]],
            a: matrix(m, k),
            b: matrix(n, k),
            sums: if picks[0] == 0 { matrix(r, c) } else { Numbers::default() },
            layout: [None, Some(Layout::Rows), Some(Layout::Columns), None][picks[2]],
            scales: Scales {
                a: (picks[0] > 3).then_some(odd(&mut draw)),
                b: if picks[0] > 3 { odd(&mut draw).into() } else { Numbers::default() },
                output: (picks[0] > 4).then_some(odd(&mut draw)),
            },
            bias: match picks[3] {
                0 => None,
                1 => Some(Bias::Integer(odd(&mut draw).into())),
                _ => Some(Bias::Real(odd(&mut draw).into())),
            },
            relu: picks[2] == 1,
            kernel: (picks[4] == 0).then_some([m, k]),
            seen: (0..picks[4].min(3))
                .map(|_| Seen { values: odd(&mut draw).into(), ..Seen::default() })
                .collect(),
            ..Entry::default()
        };
        match explain(&entry) {
            Ok(answer) => {
                answers += 1;
                assert!(answer.sentence.ends_with('.'), "{entry:?}");
                assert!(!answer.markdown(rampscope::explain::Shown::default()).is_empty());
            }
            Err(fault) => {
                faults += 1;
                assert!(fault.to_string().ends_with(['.', '?']), "{fault}");
            }
        }
    }
    assert!(answers > 300 && faults > 300, "{answers} {faults}");
}

#[test]
fn texts_of_any_kind_are_read_in_time() {
    let start = Instant::now();
    let long = "x = [1, 2, 3] and w = [4, 5, 6] observed 7; ".repeat(40_000);
    let read = read_report(&long);
    assert_eq!(read.candidates.len(), rampscope::explain::report::MOST_CANDIDATES);
    for text in [
        "",
        "\u{feff}",
        "[]",
        "[[]]",
        "]][[",
        "a=",
        "−",
        "[−1, −2",
        "{{{1}}}",
        "x=[1e999]",
        "a=[nan]",
    ] {
        let read = read_report(text);
        assert!(read.entry.seen.is_empty(), "{text}");
    }
    let mut draw = 3_u64;
    let marks: Vec<char> = "[]{}(),;:=.−-+ \n0123456789axwzps_éß".chars().collect();
    for _ in 0..2000 {
        let text: String = (0..60)
            .map(|_| {
                draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                marks[usize::try_from(draw >> 40).expect("24 bits") % marks.len()]
            })
            .collect();
        let read = read_report(&text);
        for one in &read.candidates {
            assert!(one.line > 0 && one.column > 0);
        }
        let _ = explain(&read.entry);
    }
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_report_is_read_as_far_as_words_go() {
    let read = read_report(
        "With a_zero_point = 42 and zp_B = -26, x_scale: 0.5 the result was\n[[1, 2],\n [3, 4]]\nbut expected [[5, 6], [7, 8]].",
    );
    let roles: Vec<Option<Role>> = read.candidates.iter().map(|one| one.role).collect();
    assert_eq!(
        roles,
        [
            Some(Role::ZeroPoint(Some(Side::A))),
            Some(Role::ZeroPoint(Some(Side::B))),
            Some(Role::Scale(Some(Side::A))),
            Some(Role::Seen),
            Some(Role::Wanted)
        ]
    );
    assert_eq!(read.entry.zero_points.b, Numbers::One(-26.0));
    assert_eq!(read.entry.seen.len(), 2);
}

#[test]
fn turns_of_speech_are_read() {
    let of = |text: &str| -> Vec<(String, Numbers)> {
        let seen = read_report(text).entry.seen;
        seen.into_iter().map(|one| (one.label, one.values)).collect()
    };
    let two = |seen: (&str, f64), wanted: (&str, f64)| {
        [seen, wanted].map(|(label, value)| (label.to_string(), Numbers::One(value)))
    };
    assert_eq!(of("Convolution of ones got 0, not 75."), two(("seen", 0.0), ("wanted", 75.0)));
    assert_eq!(of("It gives 0 instead of 75"), two(("seen", 0.0), ("wanted", 75.0)));
    assert_eq!(of("The result should be 75 but is 0"), two(("seen", 0.0), ("wanted", 75.0)));
    assert_eq!(of("AVX2: 32767, VNNI: 64770"), two(("AVX2", 32_767.0), ("VNNI", 64_770.0)));
    let read = read_report("a = np.array([[1, 2],\n [3, 4]]).astype(np.uint8)");
    assert_eq!(read.entry.types.a, Some(CodeType::U8));
    // Numbers of other things are left alone.
    assert_eq!(of("On 2 machines, K = 64, version 1.7.2 of 2021, issue 7524"), []);
}

#[test]
fn answers_alone_are_a_verdict() {
    let answers = Answers { who_is_wrong: Some(WhoIsWrong::WithVnni), ..Answers::default() };
    let answer = explain(&Entry { answers, ..Entry::default() }).expect("it is enough");
    assert!(answer.sentence.contains("never pair saturation"));
    assert_eq!(answer.open.len(), 5);
}
