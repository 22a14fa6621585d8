//! The eight examples that came with the data, in full.

use serde_json::Value;

use super::{which, written};

fn examples() -> Vec<Value> {
    let file: Value =
        serde_json::from_str(include_str!("../machines/examples.json")).expect("it is JSON");
    file["examples"].as_array().expect("a list").clone()
}

fn text(example: &Value) -> &str {
    example["text"].as_str().expect("a text")
}

#[test]
fn every_example_has_its_whole_answer() {
    let examples = examples();
    assert_eq!(examples.len(), 8);
    for example in examples {
        let found = serde_json::to_value(which(text(&example))).expect("it is written");
        let wanted = example["output"].as_object().expect("an object");
        assert_eq!(found.as_object().expect("an object").len(), wanted.len());
        for (key, value) in wanted {
            // A difference inside of the answers would be printed with all 61.
            if let Some(answers) = value.as_object().filter(|own| own.len() > 1) {
                for (variant, answer) in answers {
                    assert_eq!(&found[key][variant], answer, "{}: {variant}", example["name"]);
                }
            }
            assert!(found[key] == *value, "{}: {key}", example["name"]);
        }
    }
}

/// Where each key of an object of JSON stands, by its own order.
fn in_order(text: &str, keys: &[&str]) -> bool {
    let places: Option<Vec<usize>> =
        keys.iter().map(|key| text.find(&format!("\"{key}\":"))).collect();
    places.is_some_and(|places| places.is_sorted())
}

#[test]
fn keys_stand_in_the_order_of_the_examples() {
    let top = [
        "arch",
        "os",
        "cpu",
        "by",
        "hidden",
        "mixed",
        "candidates",
        "features",
        "answers",
        "answers_if_hidden",
    ];
    // Without candidates, which have keys of the same names.
    let text = written("m6a");
    assert!(in_order(&text, &top), "{text}");
    assert!(in_order(&text, &["class", "because", "pair", "confidence", "sources"]));
    let variants: Vec<&str> = super::data().variants().map(|(_, own)| own.key.as_str()).collect();
    assert!(in_order(&text, &variants));
    let text = serde_json::to_string(&which("m5").candidates[0]).expect("it is written");
    assert!(in_order(&text, &["cpu", "os", "features", "answers"]), "{text}");
    assert!(!in_order(&text, &["os", "cpu"]));
}
