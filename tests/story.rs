//! The story: every number of its sentences comes from the model and is held here, every question
//! can be answered, in every room.

use std::fs;
use std::path::Path;

use rampscope::arith::{Effect, Engine};
use rampscope::state::schema::MOST_STEPS;
use rampscope::state::{Derived, Deriver, State, Theme, View, Visibility, link};
use rampscope::story::facts::{Facts, saturating_pairs};
use rampscope::story::race::Race;
use rampscope::story::step::{Question, QuestionKind, Step};
use rampscope::story::{FIXES, SCENES, STEPS};

/// Rooms that are tried.
const ROOMS: std::ops::Range<u32> = 0..150;

fn opened(step: &Step, room: u32) -> (State, Derived) {
    let state = step.state(room, Theme::Auto, false);
    let derived = Deriver::default().derive(&state);
    (state, derived)
}

fn fill(state: &State, derived: &Derived, text: &str) -> String {
    let filled = Facts { state, derived }.fill(text);
    filled.unwrap_or_else(|name| panic!("no fact {{{name}}} for: {text}"))
}

fn questions() -> impl Iterator<Item = (&'static Step, &'static Question)> {
    STEPS.iter().flat_map(|step| step.questions.iter().map(move |question| (step, question)))
}

/// The whole story in words, as room 0 reads it.
fn told() -> String {
    let mut told = String::new();
    for scene in &SCENES {
        let state = scene.told_of();
        let derived = Deriver::default().derive(&state);
        told += &format!("# {}. {}\n", scene.number(), scene.title);
        told += &format!("{}\n", fill(&state, &derived, scene.text));
    }
    for step in STEPS.iter().filter(|step| step.asks()) {
        let (state, derived) = opened(step, 0);
        told += &format!("## {}. {}\n", step.number(), step.title);
        for paragraph in step.text {
            told += &format!("{}\n", fill(&state, &derived, paragraph));
        }
        for question in step.questions {
            let (shown, after) = question.revealed(&state);
            let prompt = step.drawn(question.prompt, 0);
            let outcome = question.judge(&state, "0").expect("a right answer exists");
            told += &format!("? {}\n", fill(&state, &derived, &prompt));
            told += &format!("~ {}\n", fill(&state, &derived, question.hint));
            told += &format!("! {}: {}\n", outcome.right, fill(&shown, &after, question.why));
        }
    }
    let race = Race::new();
    told += &format!("{}\n", race.told());
    for racer in &race.racers {
        let at: Vec<String> =
            [0.0, 2.0, 5.0, 8.0_f32].map(|x| race.standing(racer, x).told()).to_vec();
        told += &format!("- {}: {} at most; {}\n", racer.fix.name, racer.most_off, at.join("; "));
    }
    told
}

#[test]
fn the_story_says_what_it_said() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/story.txt");
    let told = told();
    if std::env::var_os("RAMPSCOPE_WRITE_STORY").is_some() {
        fs::write(&file, &told).expect("the file is writable");
    }
    let kept = fs::read_to_string(&file).expect("tests/story.txt is there");
    for (told, kept) in told.lines().zip(kept.lines()) {
        assert_eq!(
            told, kept,
            "the story changed; if that is right, write it anew: RAMPSCOPE_WRITE_STORY=1 cargo test --test story"
        );
    }
    assert_eq!(told.lines().count(), kept.lines().count());
}

#[test]
fn steps_and_questions_are_in_order() {
    assert_eq!(STEPS.len(), MOST_STEPS);
    let asking = STEPS.iter().filter(|step| step.asks()).count();
    assert!(asking >= 6, "{asking} steps ask something");
    let keys: Vec<&str> =
        STEPS.iter().map(|step| step.key).chain(questions().map(|(_, q)| q.key)).collect();
    for key in &keys {
        assert!(key.chars().all(|c| c.is_ascii_lowercase() || c == '_'), "{key}");
    }
    let mut asked: Vec<&str> = questions().map(|(_, question)| question.key).collect();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), questions().count());
}

#[test]
fn every_step_opens_and_its_link_comes_back_in_every_room() {
    for step in STEPS {
        for room in ROOMS {
            let (state, derived) = opened(step, room);
            let (again, problems) = link::read(&link::write(&state));
            assert_eq!((&again, problems.len()), (&state, 0), "{} {room}", step.key);
            assert_eq!(state.page.step, step.number());
            for paragraph in step.text {
                fill(&state, &derived, paragraph);
            }
        }
    }
}

/// The Lab's link is for looking, not for asking: where a step hides the effect at first, the Lab shows it.
#[test]
fn the_lab_shows_the_effect_of_a_step_and_is_the_reader_s_otherwise() {
    let mut asking = Vec::new();
    for step in STEPS {
        for room in ROOMS {
            let (state, _) = opened(step, room);
            let lab = step.in_lab(&state);
            let as_before = State {
                page: state.page.clone(),
                arithmetic: state.arithmetic.clone(),
                ..lab.clone()
            };
            assert_eq!(as_before, state, "{} {room}", step.key);
            assert_eq!(lab.page.view, View::Lab);
            if lab.arithmetic.engine != state.arithmetic.engine {
                let derived = Deriver::default().derive(&lab);
                let kinks = &derived.chosen(&lab).kinks;
                let seen = kinks.iter().any(|kink| kink.visibility == Visibility::Visible);
                assert!(seen, "{} {room}: {kinks:?}", step.key);
                asking.push(step.number());
            }
        }
        let chosen = {
            let mut state = opened(step, 0).0;
            state.arithmetic.engine = Engine::Qnnpack;
            state
        };
        assert_eq!(step.in_lab(&chosen).arithmetic.engine, Engine::Qnnpack);
    }
    asking.dedup();
    assert_eq!(asking, [4, 5, 7, 8, 9]);
}

#[test]
fn every_question_has_one_right_answer_in_every_room() {
    // 181 · 181 is nearly 32767: there the sum of a pair is the code that is asked for.
    let mut told_in: Vec<String> = Vec::new();
    for (step, question) in questions() {
        for room in ROOMS {
            let (state, derived) = opened(step, room);
            let what = format!("{} {room}", question.key);
            fill(&state, &derived, &step.drawn(question.prompt, room));
            // It helps, and does not tell.
            let hint = fill(&state, &derived, question.hint);
            if let QuestionKind::Number(_) | QuestionKind::Cursor(_) = question.kind {
                let right = question.judge(&state, "0").expect("judged").right;
                let mut words = hint.split(|c: char| !c.is_alphanumeric());
                told_in.extend(words.any(|word| word == right).then_some(what.clone()));
            }
            let (shown, after) = question.revealed(&state);
            fill(&shown, &after, question.why);
            let judge = |given: &str| question.judge(&state, given);
            match question.kind {
                QuestionKind::Number(fact) | QuestionKind::Cursor(fact) => {
                    let right = fill(&shown, &after, &format!("{{{fact}}}"));
                    let number: i64 = right.parse().expect("a whole number");
                    assert!((0..=255).contains(&number), "{what}");
                    let outcome = judge(&right).expect("judged");
                    assert!(outcome.is_right && outcome.off == Some(0), "{what}");
                    let wrong = judge(&(number - 3).to_string()).expect("judged");
                    assert!(!wrong.is_right && wrong.off == Some(-3), "{what}");
                    assert_eq!(judge("no number"), None);
                }
                QuestionKind::Choice(options, _) => {
                    let right: Vec<&str> = options
                        .iter()
                        .filter(|(key, _)| judge(key).is_some_and(|outcome| outcome.is_right))
                        .map(|(key, _)| *key)
                        .collect();
                    assert_eq!(right.len(), 1, "{what}");
                }
                QuestionKind::Pairs => {
                    let pairs = saturating_pairs(derived.layer.row(state.picture.output));
                    assert!(!pairs.is_empty() && pairs.len() < 4, "{what}: {pairs:?}");
                    let given: Vec<String> = pairs.iter().map(usize::to_string).collect();
                    assert!(judge(&given.join(",")).expect("judged").is_right, "{what}");
                    assert!(!judge("").expect("judged").is_right, "{what}");
                    let kinks = &after.outputs[shown.picture.output].kinks;
                    let with_kink: usize = kinks.iter().map(|kink| kink.pairs.len()).sum();
                    assert_eq!(with_kink, pairs.len(), "{what}");
                }
            }
        }
    }
    assert!(told_in.len() <= 2, "hints tell the answer: {told_in:?}");
}

#[test]
fn neighbouring_rooms_get_other_numbers() {
    for step in STEPS.iter().filter(|step| !step.draws.is_empty()) {
        let same = ROOMS
            .filter(|room| {
                let link = |room| {
                    step.drawn(step.link, room) + &step.drawn(step.questions[0].reveal, room)
                };
                link(*room) == link(*room + 1)
            })
            .count();
        assert!(same <= 8, "{}: {same} of {} neighbours are alike", step.key, ROOMS.len());
    }
}

/// What the story says in words, not in numbers.
#[test]
fn what_the_words_say_is_so() {
    let find = |key: &str| STEPS.iter().find(|step| step.key == key).expect("the step");
    let (_, thread) = opened(find("mystery"), 0);
    let effects = |output: usize| -> Vec<Effect> {
        thread.outputs[output].kinks.iter().map(|kink| kink.effect).collect()
    };
    assert_eq!(effects(3), []);
    assert_eq!(effects(0), [Effect::Turned]);
    assert_eq!(effects(4), [Effect::Steeper, Effect::Shallower]);
    let all: Vec<Effect> = (0..10).flat_map(effects).collect();
    assert!(!all.contains(&Effect::Flat), "its own plots have all but the flat one");
    for effect in [Effect::Turned, Effect::Steeper, Effect::Shallower] {
        assert!(all.contains(&effect));
    }

    // Wrapping around would jump, in every room.
    for room in ROOMS {
        let (state, _) = opened(find("saturate"), room);
        let wrapped = link::query("?engine=pair_wraps");
        let derived = Deriver::default().derive(&wrapped.apply(&state).0);
        assert!(derived.outputs[0].kinks.iter().any(|kink| kink.is_jump), "room {room}");
    }

    // reduce_range: straight inside the calibrated range, bent beyond; clamped codes stay straight.
    let beyond = find("reduce_range");
    let (state, _) = opened(beyond, 0);
    let (shown, derived) = beyond.questions[0].revealed(&state);
    let kinks = &derived.outputs[shown.picture.output].kinks;
    let seen: Vec<_> = kinks.iter().filter(|kink| kink.visibility == Visibility::Visible).collect();
    assert!(!seen.is_empty());
    assert!(seen.iter().all(|kink| kink.at > derived.calibrated.input_range.1.into()));
    let clamped = link::query("?clamp=observer").apply(&shown).0;
    let clamped = Deriver::default().derive(&clamped);
    assert!(
        clamped.outputs[shown.picture.output]
            .kinks
            .iter()
            .all(|k| k.visibility != Visibility::Visible)
    );

    // Exact engines have no kink on the thread's layer, and round differently.
    let (state, _) = opened(find("engines"), 0);
    for engine in [Engine::Qnnpack, Engine::TfliteRuy, Engine::Xnnpack, Engine::FbgemmVnni] {
        let on = link::query(&format!("?engine={}", engine.key())).apply(&state).0;
        let derived = Deriver::default().derive(&on);
        assert!(derived.outputs.iter().all(|view| view.kinks.is_empty()), "{engine:?}");
    }

    // The fixes do what their rows say.
    let original = Deriver::default().derive(&State::default());
    for fix in FIXES {
        let state = fix.state();
        let derived = Deriver::default().derive(&state);
        let seen = |output: usize| {
            let kinks = derived.outputs[output].kinks.iter();
            kinks.filter(|kink| kink.visibility == Visibility::Visible).count()
        };
        let kinks: usize = (0..derived.outputs.len()).map(seen).sum();
        let most_off = most_off(&original, &state, &derived);
        match fix.name {
            "Leave it as it is" => assert!(kinks > 5 && most_off > 50.0),
            "Reorder the inputs" => assert_eq!(seen(2), 0),
            // What they cost is measured against the same exact layer as everything else.
            "Halve the weights (oneDNN)" => assert_eq!((kinks, most_off), (0, 3.0)),
            "7-bit weights" => assert_eq!((kinks, most_off), (0, 2.0)),
            "reduce_range for activations" => assert_eq!((kinks, most_off), (0, 2.6)),
            name => assert_eq!((kinks, most_off), (0, 0.0), "{name}"),
        }
    }
}

/// The most that a fix's outputs lie off the thread's layer with an exact sum, over all outputs: in
/// output codes of that, at inputs that calibration has seen, where that output is not clamped.
#[expect(clippy::cast_possible_truncation, reason = "inputs are float32")]
fn most_off(original: &Derived, state: &State, derived: &Derived) -> f64 {
    let codes = original.layer.activation_codes;
    let (low, high) = original.calibrated.input_range;
    let scale = f64::from(original.layer.output.scale);
    let mut most = 0.0_f64;
    for (exact, fixed) in original.outputs.iter().zip(&derived.outputs) {
        for (place, at) in original.sweep.at.iter().enumerate() {
            let is_free =
                exact.exact.code[place].is_some_and(|code| codes.qmin < code && code < codes.qmax);
            if is_free && (f64::from(low)..=f64::from(high)).contains(at) {
                let there = derived.place_of(state, *at as f32);
                let off = fixed.curve().real[there] - exact.exact.real[place];
                most = most.max(f64::from(off).abs() / scale);
            }
        }
    }
    (most * 10.0).round() / 10.0
}
