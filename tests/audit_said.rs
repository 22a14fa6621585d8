//! What is said of files: a sentence, and a line for each product.

use std::collections::HashSet;
use std::fs;
use std::rc::Rc;

use rampscope::audit::{CpuClass, Fate, FileSaid, InputFile, Options, Verdict, audit};
use rampscope::hits::Counts;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/layers/files/");

fn every_report() -> rampscope::audit::Report {
    let mut names: Vec<String> = fs::read_dir(FOLDER)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let files: Vec<InputFile> = names
        .into_iter()
        .filter_map(|name| {
            let source = Rc::new(fs::read(format!("{FOLDER}{name}")).ok()?);
            Some(InputFile { name, folder: None, source, beside: None })
        })
        .collect();
    audit(&files, &Options { is_hashed: false, ..Options::default() })
}

#[test]
fn every_number_of_every_sentence_is_the_reports() {
    let report = every_report();
    let (mut hit, mut would_be) = (0, 0);
    for file in &report.files {
        for class in [CpuClass::NoVnni, CpuClass::Vnni] {
            let said = FileSaid::of(file, class);
            assert!(
                said.sentence.ends_with(['.', '!', '?', ')']),
                "{}: {}",
                file.file,
                said.sentence
            );
            let tensors = || file.tensors.iter().flatten();
            let products =
                tensors().filter(|one| one.verdict.is_some_and(|it| it != Verdict::None));
            assert_eq!(said.lines.len(), products.count(), "{}", file.file);
            let Some(numbers) = said.numbers.as_deref().and_then(Counts::of_text) else {
                assert!(said.numbers.is_none(), "{}: {:?}", file.file, said.numbers);
                continue;
            };
            let is_hit = |one: &&rampscope::audit::TensorReport| {
                Fate::in_file(one, file.verdict, class).0 >= Fate::Can
            };
            let sum = tensors().filter(is_hit).filter_map(|one| one.audit.as_ref());
            assert_eq!(numbers.outputs_hit, sum.map(|one| one.rows_hit).sum::<u64>());
            assert_eq!(numbers.products_hit, tensors().filter(is_hit).count() as u64);
            // The worst stands first.
            if let Some(first) = said.lines.first().filter(|line| line.fate >= Fate::Can) {
                let shares = said.lines.iter().filter(|line| line.fate == first.fate);
                let worst = shares.filter_map(|line| line.numbers.as_ref());
                let worst = worst.map(|one| one.worst_share).fold(0.0, f64::max);
                assert_eq!(first.numbers.as_ref().map(|one| one.worst_share), Some(worst));
                hit += 1;
            }
            would_be += usize::from(said.lines.iter().any(|line| line.is_would_be));
        }
    }
    assert!(hit > 20 && would_be > 5, "{hit} files are hit, {would_be} would be");
}

#[test]
fn a_line_names_an_operator_that_the_data_of_machines_have() {
    let text =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/www/machines/libraries.json"));
    let data: serde_json::Value =
        serde_json::from_str(&text.expect("it is there")).expect("it is JSON");
    let known: HashSet<&str> = data["libraries"]
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|one| one["variants"].as_array().expect("a list"))
        .map(|one| one["key"].as_str().expect("a text"))
        .collect();
    let report = every_report();
    let said = report.files.iter().map(|file| FileSaid::of(file, CpuClass::NoVnni));
    let used: HashSet<&str> =
        said.flat_map(|said| said.lines).filter_map(|line| line.variant).collect();
    assert!(used.len() > 4, "{used:?}");
    assert!(used.iter().all(|key| known.contains(key)), "{used:?}");
}
