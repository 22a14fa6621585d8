//! What the documents for teachers say, held to the model: the numbers are read from their tables.

use std::fs;
use std::path::Path;

use rampscope::arith::{
    Accumulator, Effect, Engine, GroupTrace, Linear, QParams, QScheme, QType, Rescale, Scales,
    first_saturated_code, kinks, min_max_qparams, quantize, saturate16, wrap16,
};
use rampscope::state::{Deriver, State, Theme, Visibility};
use rampscope::story::facts::Facts;
use rampscope::story::{SCENES, STEPS};

const WORKSHOP: &str = "docs/workshop.md";
const HANDOUT: &str = "docs/handout.md";
const MODEL: &str = "docs/model.md";

fn document(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"))
}

#[test]
fn the_way_without_a_server_is_the_one_file() {
    // That it is live from a disk is tried in tests/e2e/embed.test.mjs.
    let text = flowing(&document(WORKSHOP));
    assert!(text.contains("`rampscope.html` has everything in it and is live"));
    assert!(!text.contains(". A file opened by a double click shows"));
}

/// The text on one line, without the marks of quotations.
fn flowing(text: &str) -> String {
    let lines = text.lines().map(|line| line.strip_prefix("> ").unwrap_or(line));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// The rows below a table's head, cell by cell.
fn table(file: &str, head: &str) -> Vec<Vec<String>> {
    let text = document(file);
    let mut lines = text.lines().skip_while(|line| *line != head).skip(2);
    let rows: Vec<Vec<String>> = lines
        .by_ref()
        .map_while(|line| line.strip_prefix("| ")?.strip_suffix(" |"))
        .map(|line| line.split(" | ").map(|cell| cell.trim().to_string()).collect())
        .collect();
    assert!(rows.len() > 1, "{file} has no table with the head {head}");
    rows
}

/// The numbers of a cell, with real minus signs.
fn numbers(cell: &str) -> Vec<i32> {
    let number = |text: &str| text.trim().replace('−', "-").parse();
    let read: Result<_, _> = cell.split(',').map(number).collect();
    read.unwrap_or_else(|_| panic!("not all of these are numbers: {cell}"))
}

/// The only number of a cell.
fn number(cell: &str) -> i32 {
    match numbers(cell).as_slice() {
        [one] => *one,
        more => panic!("one number, not {more:?}"),
    }
}

fn weights(cell: &str) -> Vec<i8> {
    numbers(cell).iter().map(|w| i8::try_from(*w).expect("a weight is −128 to 127")).collect()
}

/// The pairs of a row where every input has that code.
fn pairs(code: u8, row: &[i8]) -> Vec<GroupTrace> {
    Accumulator::PAIR_SATURATING.trace(&vec![code; row.len()], row)
}

/// The first code at which some pair of a row loses something, by trying all.
fn first_lost(row: &[i8]) -> Option<i32> {
    let loses = |code: &u8| pairs(*code, row).iter().any(|pair| pair.lost() != 0);
    (0..=u8::MAX).find(loses).map(i32::from)
}

fn sums(row: &[i8]) -> Vec<i32> {
    row.chunks(2).map(|pair| pair.iter().map(|w| i32::from(*w)).sum()).collect()
}

fn effect(name: &str) -> Effect {
    match name {
        "flat" => Effect::Flat,
        "shallower" => Effect::Shallower,
        "turned" => Effect::Turned,
        "steeper" => Effect::Steeper,
        other => panic!("{other} is no effect"),
    }
}

#[test]
fn the_key_is_right_in_every_room() {
    let rows = table(
        WORKSHOP,
        "| room | 2: code | 3: largest safe code | 4: kink | 5: effect | 7: pairs | 7: first kink |",
    );
    let key: Vec<String> = rows.iter().map(|row| row.join(" | ")).collect();
    let model: Vec<String> = (0..9_u32)
        .map(|room| {
            let mut cells = vec![room.to_string()];
            for asked in ["code", "safe", "bend", "effect", "which"] {
                let found =
                    STEPS.iter().flat_map(|step| step.questions.iter().map(move |q| (step, q)));
                let (step, question) =
                    found.clone().find(|(_, q)| q.key == asked).expect("the question is there");
                let state = step.state(room, Theme::Auto, false);
                let right = question.judge(&state, "0").expect("a right answer exists").right;
                cells.push(right.split(':').next().unwrap_or_default().to_string());
                if asked == "which" {
                    let (state, derived) = question.revealed(&state);
                    let kink = Facts { state: &state, derived: &derived }.fact("kink1.code");
                    cells.push(kink.expect("there is a kink"));
                }
            }
            cells.join(" | ")
        })
        .collect();
    assert_eq!(key, model, "the key should be\n| {} |\n", model.join(" |\n| "));
}

#[test]
fn the_plan_has_every_step_with_its_answer_and_its_reason() {
    let plan = flowing(&document(WORKSHOP));
    for scene in &SCENES {
        let heading = format!("### {}. {} (", scene.number(), scene.title);
        assert!(plan.contains(&heading), "{heading}");
        let row = format!("| {} {} |", scene.number(), scene.title);
        assert!(plan.contains(&row), "{row}");
    }
    for step in STEPS {
        for question in step.questions {
            let state = step.state(0, Theme::Auto, false);
            let right = question.judge(&state, "0").expect("a right answer exists").right;
            assert!(plan.contains(&format!("Answer: **{right}**.")), "{}: {right}", question.key);
            let (state, derived) = question.revealed(&state);
            let why = Facts { state: &state, derived: &derived }.fill(question.why);
            let why = flowing(&why.expect("every name is a fact"));
            assert!(plan.contains(&format!("“{why}”")), "{}: {why}", question.key);
        }
    }
}

#[test]
fn the_minutes_are_forty_five_and_follow_each_other() {
    let plan = document(WORKSHOP);
    let mut minute = 0;
    for row in table(WORKSHOP, "| minute | scene | what happens |") {
        let (from, to) = row[0].split_once('–').expect("from–to");
        assert_eq!(number(from), minute, "{}", row[0]);
        minute = number(to);
        let length = number(to) - number(from);
        let heading = row[1].trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        assert!(plan.contains(&format!("{heading} ({length} minutes)\n")), "{heading}: {length}");
    }
    assert_eq!(minute, 45);
}

#[test]
fn what_is_said_to_misconceptions_is_so() {
    for row in table(WORKSHOP, "| code | exact | saturated | wrapped |") {
        let [code, exact, saturated, wrapped] =
            row.iter().map(|cell| number(cell)).collect::<Vec<_>>()[..]
        else {
            panic!("four numbers: {row:?}")
        };
        let pair = &pairs(u8::try_from(code).expect("a code"), &[127, 127])[0];
        assert_eq!((pair.exact, pair.kept, wrap16(pair.exact)), (exact, saturated, wrapped));
    }

    let text = flowing(&document(WORKSHOP));
    let says = |sentence: String| assert!(text.contains(&sentence), "it should say: {sentence}");
    let bytes = || i8::MIN..=i8::MAX;
    let products = || bytes().map(|w| i32::from(w) * 255);
    let (low, high) = (products().min().unwrap_or(0), products().max().unwrap_or(0));
    let signed = |number: i32| number.to_string().replace('-', "−");
    says(format!("the lowest is {} and the highest {high}", signed(low)));
    says(format!("{} to {}, which needs 17 bits", signed(2 * low), 2 * high));

    let even = (-127..=127_i8).flat_map(|a| (-127..=127_i8).map(move |b| [a, b]));
    let all = even.clone().count();
    let can = even.filter(|pair| first_saturated_code(sums(pair)[0]).is_some()).count();
    says(format!("{can} of the {all} pairs could saturate"));
    assert!((0.24..0.26).contains(&(can as f64 / all as f64)), "about one in four");

    let derived = Deriver::default().derive(&State::default());
    let found: Vec<_> = derived.outputs.iter().flat_map(|view| &view.kinks).collect();
    assert!(found.iter().all(|kink| kink.pairs.len() == 1));
    let of = derived.layer.outputs * derived.layer.inputs / 2;
    says(format!("In the thread’s layer it is {} of {of}", found.len()));
    let clamped = found.iter().filter(|kink| kink.visibility == Visibility::AtInputClamp);
    assert_eq!(clamped.map(|kink| kink.code).collect::<Vec<_>>(), [Some(255)]);
}

/// “129 or more, or −129 or less” holds for all inputs, not only for equal ones: a pair is worst
/// where the weights of one sign have code 255 and the others 0.
#[test]
fn equal_inputs_are_the_worst_ones() {
    for a in i8::MIN..=i8::MAX {
        for b in i8::MIN..=i8::MAX {
            let [up, down] =
                [[a.max(0), b.max(0)], [a.min(0), b.min(0)]].map(|w| 255 * sums(&w)[0]);
            let can_at_all = up > i16::MAX.into() || down < i16::MIN.into();
            let sum = i32::from(a) + i32::from(b);
            assert_eq!(first_saturated_code(sum).is_some(), can_at_all, "{a} {b}");
            assert_eq!(can_at_all, sum.abs() >= 129, "{a} {b}");
        }
    }
}

#[test]
fn exercise_1_the_largest_safe_code() {
    for row in table(WORKSHOP, "| pair | sum | largest safe code | exact at 255 | added at 255 |") {
        let pair = weights(&row[0]);
        assert_eq!(sums(&pair), [number(&row[1])], "{row:?}");
        let first = first_lost(&pair);
        assert_eq!(first.unwrap_or(256) - 1, number(&row[2]), "{row:?}");
        assert_eq!(first_saturated_code(sums(&pair)[0]).map(i32::from), first, "{row:?}");
        let at_255 = &pairs(255, &pair)[0];
        assert_eq!((at_255.exact, at_255.kept), (number(&row[3]), number(&row[4])), "{row:?}");
    }
}

#[test]
fn exercise_2_which_rows_saturate() {
    for row in table(WORKSHOP, "| row | weights | sums | saturates |") {
        let weights = weights(&row[1]);
        assert_eq!(sums(&weights), numbers(&row[2]), "{row:?}");
        let says = match first_lost(&weights) {
            Some(code) => format!("from code {code}"),
            None => "never".to_string(),
        };
        assert_eq!(row[3], says, "{row:?}");
        asked_as(&row[0], &row[1]);
    }
}

#[test]
fn exercise_3_another_order() {
    for row in table(WORKSHOP, "| row | before | first saturated code | after | sums |") {
        let (before, after) = (weights(&row[1]), weights(&row[3]));
        assert_eq!(first_lost(&before), Some(number(&row[2])), "{row:?}");
        assert_eq!(first_lost(&after), None, "{row:?}");
        assert_eq!(sums(&after), numbers(&row[4]), "{row:?}");
        let sorted = |mut row: Vec<i8>| {
            row.retain(|w| *w != 0);
            row.sort_unstable();
            row
        };
        assert_eq!(sorted(before), sorted(after), "{row:?}");
        asked_as(&row[0], &row[1]);
    }
}

/// The exercise asks for the row that its answer is about.
fn asked_as(letter: &str, weights: &str) {
    let asked = format!("- {letter}: {weights}");
    assert!(document(WORKSHOP).contains(&asked), "no exercise asks for: {asked}");
}

#[test]
fn exercise_4_effects() {
    let mut seen = Vec::new();
    for row in table(WORKSHOP, "| weights | first kink | slope before | slope after | effect |") {
        let kink = &kinks(&weights(&row[0]), 0)[0];
        assert_eq!(i32::from(kink.code), number(&row[1]), "{row:?}");
        let slopes = (kink.slope_before, kink.slope_after);
        assert_eq!(slopes, (number(&row[2]), number(&row[3])), "{row:?}");
        assert_eq!(kink.effect, effect(&row[4]), "{row:?}");
        seen.push(row[4].clone());
    }
    assert_eq!(seen, ["flat", "shallower", "turned", "steeper"]);
}

#[test]
fn exercise_5_issue_76390() {
    for row in table(WORKSHOP, "| weights | code | pair | added | output | exact output |") {
        let of = |zero_point| QParams { scale: 1.0, zero_point };
        let weights = weights(&row[0]);
        let layer = Linear::new(2, 1, weights.clone(), vec![of(0)], false, of(144), of(0));
        let layer = layer.expect("it is a layer");
        let code = u8::try_from(number(&row[1])).expect("a code");
        let pair = &pairs(code, &weights)[0];
        assert_eq!((pair.exact, pair.kept), (number(&row[2]), number(&row[3])), "{row:?}");
        let output = |engine: Engine| engine.run(&layer, &[code; 2])[0].code;
        assert_eq!(output(Engine::FbgemmAvx2), Some(number(&row[4])), "{row:?}");
        assert_eq!(output(Engine::FbgemmVnni), Some(number(&row[5])), "{row:?}");
    }
}

#[test]
fn exercise_6_the_highest_harmless_code() {
    let is_safe =
        |code: u8| [i8::MIN, i8::MAX].iter().all(|w| pairs(code, &[*w; 2])[0].lost() == 0);
    let highest = (0..=u8::MAX).take_while(|code| is_safe(*code)).last();
    let text = document(WORKSHOP);
    assert!(highest.is_some_and(|code| text.contains(&format!("**6.** {code}. "))), "{highest:?}");
}

#[test]
fn the_handout_works_its_pair_right() {
    let row = [100, 90];
    assert!(document(HANDOUT).contains("weights 100 and 90"));
    for cells in table(HANDOUT, "| code | exact | kept | lost |") {
        let numbers: Vec<i32> = cells.iter().map(|cell| number(cell)).collect();
        let pair = &pairs(u8::try_from(numbers[0]).expect("a code"), &row)[0];
        assert_eq!([pair.exact, pair.kept, pair.lost()], numbers[1..], "{cells:?}");
    }
}

#[test]
fn the_model_rounds_as_the_rules_do() {
    let rules = [
        ("FBGEMM, QNNPACK", vec![Rescale::Fbgemm, Rescale::Qnnpack]),
        ("gemmlowp", vec![Rescale::Gemmlowp]),
        ("ruy", vec![Rescale::Ruy]),
        ("LiteRT reference", vec![Rescale::Double]),
        ("XNNPACK", vec![Rescale::Xnnpack]),
        ("bit shift", vec![Rescale::PowerOfTwo]),
    ];
    // Accumulators of ±10 and ±6 at a quarter: ±2.5 and ±1.5.
    let scales = Scales { input: 0.5, weight: 0.5, output: 1.0, per_channel: false };
    let rows = table(MODEL, "| rule | 1.5 | 2.5 | −1.5 | −2.5 | in words |");
    assert_eq!(rows.len(), rules.len());
    for (row, (name, rules)) in rows.iter().zip(rules) {
        assert_eq!(row[0], name);
        for rule in rules {
            let code = |acc| rule.output_code(acc, None, scales, 0, QType::QInt8.range());
            let said: Vec<i32> = row[1..5].iter().map(|cell| number(cell)).collect();
            assert_eq!([6, 10, -6, -10].map(code), said[..], "{rule:?}");
        }
    }
}

/// The codes of a calibrated range's ends, with `reduce_range`.
fn reduced(scheme: QScheme, ends: [f32; 2]) -> [i32; 2] {
    let dtype = QType::QUInt8;
    let params = min_max_qparams(ends[0], ends[1], dtype, scheme, true);
    ends.map(|x| quantize(x, params, dtype.range()))
}

#[test]
fn the_model_names_the_ends_right() {
    let bytes = QType::QUInt8.range();
    let all = [bytes.qmin, bytes.qmax];
    let (int8, seven_bits) = (QType::QInt8.range(), QType::QInt8.observer_range(true));
    let ways = [
        ("codes of a byte", all, int8),
        ("codes up to 128", [bytes.qmin, 128], int8),
        (
            "`reduce_range`, affine, inside the calibrated range",
            reduced(QScheme::Affine, [-1.0, 2.0]),
            int8,
        ),
        (
            "`reduce_range`, symmetric, inside the calibrated range",
            reduced(QScheme::Symmetric, [-1.0, 1.0]),
            int8,
        ),
        ("7-bit weights", all, seven_bits),
    ];
    let rows = table(MODEL, "| what | least code | greatest code | worst pair | fits 16 bits |");
    assert_eq!(rows.len(), ways.len());
    for (row, (name, codes, weights)) in rows.iter().zip(ways) {
        assert_eq!(row[0], name);
        assert_eq!([number(&row[1]), number(&row[2])], codes, "{name}");
        let sums = codes.iter().flat_map(|code| [weights.qmin, weights.qmax].map(|w| 2 * code * w));
        let worst = sums.max_by_key(|sum| sum.abs()).expect("four sums");
        assert_eq!(number(&row[3]), worst, "{name}");
        let fits = saturate16(worst) == worst;
        assert_eq!(row[4], if fits { "yes" } else { "no" }, "{name}");
    } // Both halves round up; the text names this corner.
    assert_eq!(reduced(QScheme::Affine, [-1.0, 1.0]), [0, 128]);
    assert!(
        flowing(&document(MODEL)).contains("symmetric about 0 the largest input becomes code 128")
    );
}
