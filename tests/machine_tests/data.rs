//! The data as a whole: counts, and one answer with its sources for everything that can be asked.

use rampscope::machine::{
    Arch, Class, Confidence, How, MachineData, Reference, System, WhichArithmetic, answers,
};

use super::{cpus_file, data, libraries_file};

#[test]
fn the_data_are_as_large_as_they_say() {
    let rules: usize = data().variants().map(|(_, variant)| variant.rules.len()).sum();
    let counted = [data().libraries().len(), data().variants().count(), rules];
    assert_eq!(counted, [27, 61, 261]);
    assert_eq!([data().families().len(), data().rented().len()], [90, 46]);
    assert_eq!(data().date, "2026-11-27");
    assert_eq!(cpus_file().date, libraries_file().date);
    assert_eq!((libraries_file().schema, cpus_file().schema), (1, 1));
}

/// The one variant whose rules do not say which products meet.
const NO_PAIR: &str = "onnxruntime.conv_u8s8 ";

/// What holds of every answer.
#[track_caller]
fn is_founded(answer: &rampscope::machine::Answer, at: &str) {
    assert!(!answer.because.is_empty() && answer.because.ends_with('.'), "{at}");
    assert_eq!(data().references(answer.sources).count(), answer.sources.len(), "{at}");
    assert!(!answer.sources.is_empty() || answer.class == Class::Unknown, "{at}: no source");
    let pairs = [
        Class::PairsSaturate,
        Class::PairsSaturateShift128,
        Class::Acc16Saturating,
        Class::PairsWrap,
    ];
    if pairs.contains(&answer.class) {
        let is_said = answer.pair.is_some() || at.starts_with(NO_PAIR);
        assert!(is_said, "{at}: which products meet?");
    }
    // What is known of a class is no better than its sources.
    let has = |kinds: &[How]| {
        data().references(answer.sources).any(|one| match one {
            Reference::Source(source) => kinds.contains(&source.how),
            _ => false,
        })
    };
    match answer.confidence {
        Confidence::Recorded => assert!(has(&[How::Run]), "{at}: recorded, and nothing was run"),
        Confidence::Read => assert!(has(&[How::Line, How::Text]), "{at}: read, and no code"),
        // A library's own words may stand in its sources.
        Confidence::Documented => {
            assert!(has(&[How::Document, How::Line, How::Text]), "{at}: no document")
        }
        Confidence::ThirdParty => panic!("{at}: no rule is a third party's"),
        Confidence::Unknown => {}
    }
}

#[test]
fn every_family_system_and_variant_has_one_answer_with_sources() {
    let mut seen = 0;
    for family in data().families() {
        for system in System::ALL.iter().map(|own| Some(*own)).chain([None]) {
            let which = WhichArithmetic::of_family(data(), family, system);
            let all: Vec<_> = match which.candidates.as_slice() {
                [] => {
                    vec![which.answers.iter().map(|(own, one)| (*own, one.expect("one"))).collect()]
                }
                several => several.iter().map(|one| one.answers.clone()).collect::<Vec<_>>(),
            };
            for answers in &all {
                assert_eq!(answers.len(), 61);
                for (variant, answer) in answers {
                    is_founded(answer, &format!("{} on {} {system:?}", variant.key, family.key));
                    seen += 1;
                }
            }
        }
    }
    assert!(seen >= 90 * 4 * 61, "{seen}");
}

#[test]
fn rules_are_used_and_the_last_one_of_each_is_reached() {
    // Rules that no family reaches: for 32-bit systems, old versions, and what hypervisors make.
    let mut used = std::collections::BTreeSet::new();
    for family in data().families() {
        for system in System::ALL {
            let which = WhichArithmetic::of_family(data(), family, Some(*system));
            let rules = which.answers.iter().filter_map(|(_, one)| one.and_then(|one| one.rule));
            used.extend(rules.map(|rule| rule.id.as_str()));
        }
    }
    assert!(used.len() > 220, "{} rules are used", used.len());
}

#[test]
fn every_rented_machine_has_its_families() {
    let cpus = cpus_file();
    for (rented, entry) in data().rented().iter().zip(&cpus.clouds) {
        let families: Vec<&str> =
            data().families_of(rented).map(|family| family.key.as_str()).collect();
        assert_eq!(families, entry.cpus, "{}", rented.key);
        // Its key and name are its own, in either case.
        for name in [&entry.key, &entry.name, &entry.key.to_uppercase()] {
            let which = super::which(name);
            let found = which.rented.map(|rented| rented.key.as_str());
            assert_eq!(found, Some(entry.key.as_str()), "{name}");
            assert_eq!(which.is_mixed, entry.mixed, "{name}");
        }
    }
}

#[test]
fn classes_and_the_words_for_how_sure_are_explained() {
    for class in Class::ALL {
        assert!(data().class(*class).sentence.ends_with('.'), "{class:?}");
    }
    let exact: Vec<Option<bool>> =
        Class::ALL.iter().map(|class| data().class(*class).is_exact).collect();
    let (yes, no) = (Some(true), Some(false));
    assert_eq!(exact, [yes, yes, no, no, no, no, no, None, None]);
    for sure in
        [Confidence::Recorded, Confidence::Read, Confidence::Documented, Confidence::Unknown]
    {
        assert!(data().confidence(sure).is_some(), "{sure:?}");
    }
    assert!(data().feature_note("avx_vnni").is_some_and(|note| note.contains("Alder Lake")));
}

#[test]
fn every_source_can_be_opened_or_was_run() {
    for source in data().sources() {
        match (source.how, source.url()) {
            (How::Run, None) => assert!(source.entry.versions.is_some(), "{}", source.id),
            (How::Run, Some(url)) => panic!("{}: {url}", source.id),
            (How::Line, Some(url)) => {
                let commit = source.entry.commit.as_ref().expect("a commit");
                assert!(url.contains(&format!("/blob/{commit}/")), "{url}");
                assert!(
                    url.ends_with(&format!("#L{}", source.entry.line.expect("a line"))),
                    "{url}"
                );
            }
            (_, Some(url)) => assert!(url.starts_with("https://"), "{url}"),
            (_, None) => panic!("{} leads nowhere", source.id),
        }
    }
    // Every source is used by something.
    let libraries = libraries_file();
    let cpus = cpus_file();
    let mut used: Vec<&String> = Vec::new();
    for library in &libraries.libraries {
        used.extend(&library.sources);
        used.extend(library.environment.iter().flat_map(|one| &one.sources));
        let rules = library.variants.iter().flat_map(|variant| &variant.rules);
        used.extend(rules.flat_map(|rule| &rule.sources));
    }
    used.extend(cpus.cpus.iter().flat_map(|one| &one.sources));
    used.extend(cpus.clouds.iter().flat_map(|one| &one.sources));
    let unused: Vec<&str> = data()
        .sources()
        .iter()
        .map(|source| source.id.as_str())
        .filter(|id| !used.iter().any(|own| own == id))
        .collect();
    assert_eq!(unused, UNUSED, "what nothing names");
}

/// Sources that the data have and nothing in them names.
const UNUSED: [&str; 4] = ["cpuinfo.avxvnni", "cpuinfo.int8", "cpuinfo.vnni", "linux.intel_family"];

#[test]
fn features_come_in_the_order_of_the_data() {
    let file = libraries_file();
    for family in data().families() {
        let names = data().feature_names(Some(family.arch), family.features);
        let (_, order) =
            file.features.0.iter().find(|(arch, _)| arch == family.arch.key()).expect("a list");
        let places: Vec<_> =
            names.iter().map(|name| order.iter().position(|own| own == name)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}", family.key);
    }
}

#[test]
fn an_unknown_machine_is_nobody_s() {
    let machine = rampscope::machine::Machine {
        arch: None,
        system: None,
        cpu: None,
        features: rampscope::machine::FeatureSet::EMPTY,
    };
    for (variant, answer) in answers(data(), &machine) {
        assert_eq!(answer, rampscope::machine::Answer::NOBODY, "{}", variant.key);
    }
}

#[test]
fn data_are_read_again_and_again_to_the_same() {
    let again = MachineData::new(libraries_file(), cpus_file()).expect("they are good");
    let written = |data: &MachineData| {
        let family = data.family("zen3").expect("it is there");
        let which = WhichArithmetic::of_family(data, family, None);
        serde_json::to_string(&which).expect("it is written")
    };
    assert_eq!(written(&again), written(data()));
    assert_eq!(Arch::ALL.len(), libraries_file().features.0.len());
}
