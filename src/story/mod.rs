//! What the page tells: ready states with a title and a sentence on what to see.
//!
//! Data only. A state is written as a link, so that everything here can be opened, shared and
//! tested like any other state; `tests/presets.rs` holds every number of every sentence.

pub mod answers;
pub mod cite;
mod embedding;
pub mod facts;
pub mod figure;
mod findings;
mod fixes;
mod form;
pub mod guess;
pub mod predict;
mod presets;
pub mod quiz;
pub mod race;
pub mod scenes;
mod shown;
mod snippet;
pub mod snippets;
pub mod step;
mod steps;
pub mod swap;

use crate::state::{Key, Query, State, View, link};
pub use findings::FINDINGS;
pub use fixes::{FIXES, Fix};
pub use presets::PRESETS;
pub use scenes::SCENES;
pub use shown::Scenarios;
pub use steps::STEPS;

/// A state worth seeing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// A stable name for addresses. Of a recorded preset, the id of its recording in
    /// `tests/golden/presets.json.gz`.
    pub key: &'static str,
    /// The name on the page.
    pub title: &'static str,
    /// What to see: one or two sentences.
    pub sentence: &'static str,
    /// Words to find and group it by: `recorded` where outputs of the real library are
    /// reproduced, `scenario` otherwise, and what it is about.
    pub tags: &'static [&'static str],
    /// The state: what follows `#/lab?` in its link, defaults left out.
    pub link: &'static str,
}

impl Preset {
    /// The state as a query of [`State::default`](crate::state::State::default). What it leaves
    /// out is the default, so a state with other values set has to be reset first.
    pub fn query(&self) -> Query {
        link::query(&format!("/lab?{}", self.link))
    }

    /// The fragment of an address that opens it, with its `#`.
    pub fn fragment(&self) -> String {
        let separator = if self.link.is_empty() { "" } else { "?" };
        format!("#/lab{separator}{}", self.link)
    }

    /// Whether it has a tag.
    pub fn is_tagged(&self, tag: &str) -> bool {
        self.tags.contains(&tag)
    }

    /// All that [`find`] looks through, folded.
    fn text(&self) -> String {
        folded(&format!("{} {} {} {}", self.title, self.sentence, self.tags.join(" "), self.key))
    }
}

/// The preset of that [`key`](Preset::key).
pub fn preset(key: &str) -> Option<&'static Preset> {
    PRESETS.iter().find(|preset| preset.key == key)
}

/// The presets in whose title, sentence, tags or key every word of the query occurs, in the order
/// of [`PRESETS`]. Case does not matter, a hyphen finds a minus sign, and an empty query finds
/// all.
pub fn find(query: &str) -> Vec<&'static Preset> {
    let query = folded(query);
    let has_all = |text: String| query.split_whitespace().all(|word| text.contains(word));
    PRESETS.iter().filter(|preset| has_all(preset.text())).collect()
}

/// What a link may say of a step without changing what is in it.
const ABOUT_A_STEP: [Key; 10] = [
    Key::View,
    Key::Scene,
    Key::StoryStep,
    Key::Room,
    Key::Theme,
    Key::Locked,
    Key::Steps,
    Key::Hide,
    Key::Lock,
    Key::Embed,
];

/// A link with the state that it names: that of a preset (`#/lab?preset=one-pair&at=3`) below its other
/// parameters, or that of a step, of which it says nothing else (`#/story?page=3`). Every other link as it
/// stands, and the name of a preset that does not exist.
pub fn completed(fragment: &str) -> String {
    with_preset(fragment).unwrap_or_else(|| with_step(fragment))
}

/// A link that names a preset, with the preset's state; of several that exist the last counts.
fn with_preset(fragment: &str) -> Option<String> {
    let named = |pair: &str| {
        let name = pair.strip_prefix("preset=")?;
        presets::LINKS
            .iter()
            .copied()
            .flatten()
            .find(|(key, _)| *key == name)
            .map(|(_, link)| *link)
    };
    let (path, query) = fragment.split_once('?')?;
    let chosen = query.split('&').rev().find_map(named)?;
    let said: Vec<&str> = query.split('&').filter(|pair| named(pair).is_none()).collect();
    // Of the two the link's own value counts: were both there, the link would have a key twice.
    let key_of = |pair: &str| link::query(&format!("?{pair}")).keys().next();
    let is_said = |pair: &&str| said.iter().any(|one| key_of(one) == key_of(pair));
    let own = chosen.split('&').filter(|pair| !pair.is_empty() && !is_said(pair));
    let pairs: Vec<&str> = own.chain(said.iter().copied()).collect();
    let path = if path.trim_matches(['#', '/']).is_empty() { "#/lab" } else { path };
    let separator = if pairs.is_empty() { "" } else { "?" };
    Some(format!("{path}{separator}{}", pairs.join("&")))
}

/// A link that names a step and nothing of its state, with the step's state.
fn with_step(fragment: &str) -> String {
    let says_more = |(key, _): &(String, String)| {
        key != "v" && Key::from_text(key).is_none_or(|key| !ABOUT_A_STEP.contains(&key))
    };
    let query = link::query(fragment);
    if query.0.iter().any(says_more) {
        return fragment.to_string();
    }
    let state = query.apply(&State::default()).0;
    let step = step::step(state.page.step);
    if state.page.view != View::Story || step.link.is_empty() {
        return fragment.to_string();
    }
    let separator = if fragment.contains('?') { '&' } else { '?' };
    format!("{fragment}{separator}{}", step.drawn(step.link, state.page.room))
}

/// A text as it is compared: small letters, and the signs that a keyboard has. The presets' words
/// are English: Unicode's tables of letters would weigh more than all of them.
fn folded(text: &str) -> String {
    text.to_ascii_lowercase().replace('−', "-").replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(query: &str) -> Vec<&'static str> {
        find(query).into_iter().map(|preset| preset.key).collect()
    }

    #[test]
    fn every_word_counts_in_any_order_and_case() {
        assert_eq!(keys("").len(), PRESETS.len());
        assert_eq!(keys("  turns ROUND wrong-way "), ["wrong-way"]);
        assert_eq!(keys("76390 equal"), ["issue-76390-a"]);
        assert_eq!(keys("ruy xnnpack"), ["tensorflow-103028", "tflite-rounding"]);
        assert_eq!(keys("raspberry"), ["onnxruntime-31573"]);
        assert_eq!(keys("no-such-word"), [""; 0]);
        assert_eq!(keys("wrong-way no-such-word"), [""; 0]);
    }

    #[test]
    fn what_people_type_finds_its_presets() {
        // What is to be found, and with it nothing that is about something else.
        let all: &[(&str, &[&str])] = &[
            ("max value 32767", &["onednn-518"]),
            // Its numbers have a 75 and a 0, too, and it comes second.
            ("75 becomes 0", &["onednn-375", "pytorch-139464"]),
            (
                "onnx",
                &["onnxruntime-7524", "onnxruntime-31573", "conv-arm", "qdq-s8", "convinteger"],
            ),
            (
                "matmul",
                &["onednn-518", "onednn-476", "onnxruntime-7524", "int-mm-64", "onnxruntime-31573"],
            ),
            (
                "wrong result AVX2",
                &[
                    "onednn-518",
                    "onednn-1354",
                    "onednn-476",
                    "onnxruntime-7524",
                    "int-mm-64",
                    "convinteger",
                ],
            ),
            ("dynamic", &["dynamic-linear"]),
            ("_int_mm", &["int-mm-64"]),
            ("44939", &["issue-44939"]),
            ("103028", &["tensorflow-103028"]),
        ];
        for (typed, wanted) in all {
            assert_eq!(keys(typed), *wanted, "{typed}");
        }
        let convolutions = keys("conv");
        for key in ["onednn-1354", "onednn-375", "pytorch-56331", "conv", "depthwise-vnni"] {
            assert!(convolutions.contains(&key), "{key}");
        }
    }

    #[test]
    fn a_keyboard_can_type_every_sign() {
        assert_eq!(keys("-128"), ["negative-edge", "onnxruntime-31573", "conv-arm"]);
        assert_eq!(keys("−128"), keys("-128"));
        assert_eq!(keys("thread's experiment"), ["thread"]);
    }

    #[test]
    fn tags_find_their_presets() {
        for preset in PRESETS {
            for tag in preset.tags {
                assert!(keys(tag).contains(&preset.key), "{} {tag}", preset.key);
            }
        }
    }

    #[test]
    fn a_step_alone_opens_its_own_state() {
        for room in [0, 7] {
            for one in STEPS {
                let link = format!("#/story?page={}&room={room}&theme=dark", one.number());
                let (state, problems) = link::read(&completed(&link));
                let own = one.state(room, crate::state::Theme::Dark, false);
                assert_eq!((state, problems), (own, Default::default()), "{link}");
            }
        }
        for whole in ["", "#/lab", "#/story", "#/story?page=3&at=2", "#/lab?page=3"] {
            assert_eq!(completed(whole), whole);
        }
    }

    #[test]
    fn a_link_that_names_a_preset_opens_it_with_its_other_parameters_on_top() {
        let opened = |link: &str| link::read(&completed(link));
        for preset in PRESETS {
            let link = format!("#/lab?preset={}", preset.key);
            assert_eq!(opened(&link), link::read(&preset.fragment()), "{link}");
            let link =
                format!("#/lab?v=1&embed=1&theme=dark&preset={}&at=1&engine=qnnpack", preset.key);
            let (state, problems) = opened(&link);
            assert_eq!(problems, [], "{link}");
            assert_eq!((state.gaze.at, state.arithmetic.engine.key()), (1.0, "qnnpack"), "{link}");
            assert_eq!(state.experiment, link::read(&preset.fragment()).0.experiment, "{link}");
        }
        // Nothing but the name, another view, and the last of two.
        assert_eq!(opened("#?preset=one-pair"), opened("#/lab?preset=one-pair"));
        assert_eq!(opened("#/embed?preset=one-pair").0.page.view, View::Embed);
        let last = opened("#/lab?preset=one-pair&preset=staircase");
        assert_eq!(last, opened("#/lab?preset=staircase"));
        // A value that cannot be used takes nothing from the sentence about it.
        let (state, problems) = opened("#/lab?preset=one-pair&inputs=x");
        assert_eq!((state.experiment.inputs, problems.len()), (8, 1));
    }

    #[test]
    fn a_preset_that_does_not_exist_is_said_to_be_none() {
        let said =
            |link: &str| -> Vec<String> { link::read(&completed(link)).1.sentences().collect() };
        let none = ["There is no preset “no-such”; the Lab lists them all."];
        assert_eq!(said("#/lab?preset=no-such&at=1"), none);
        assert_eq!(said("#/lab?preset=no-such&preset=one-pair"), none);
        assert_eq!(said("#/story?page=3&preset=no-such"), none);
    }

    #[test]
    fn a_preset_is_its_link() {
        let one_pair = preset("one-pair").expect("it is there");
        assert!(one_pair.is_tagged("recorded") && !one_pair.is_tagged("scenario"));
        assert_eq!(one_pair.fragment(), format!("#/lab?{}", one_pair.link));
        let pair = |key: &str, value: &str| (key.to_string(), value.to_string());
        assert_eq!(one_pair.query().0[..2], [pair("view", "lab"), pair("inputs", "2")]);
        let thread = preset("thread").expect("it is there");
        assert_eq!(
            (thread.fragment().as_str(), thread.query().0),
            ("#/lab", vec![pair("view", "lab")])
        );
        assert_eq!(preset("no-such-key"), None);
    }
}
