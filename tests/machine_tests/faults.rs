//! What is said of damaged data: everything that one entry names of another is checked, and the fault
//! says where.

use serde_json::{Value, json};

use rampscope::machine::{Damage, DataFault, DataFile, MachineData};

use super::{CPUS, LIBRARIES};

fn files() -> (Value, Value) {
    let read = |text| serde_json::from_str(text).expect("it is JSON");
    (read(LIBRARIES), read(CPUS))
}

/// The fault of the data after a change.
#[track_caller]
fn fault(change: impl FnOnce(&mut Value, &mut Value)) -> DataFault {
    let (mut libraries, mut cpus) = files();
    change(&mut libraries, &mut cpus);
    let libraries = serde_json::from_value(libraries).expect("it still has its schema");
    let cpus = serde_json::from_value(cpus).expect("it still has its schema");
    MachineData::new(libraries, cpus).expect_err("it is damaged")
}

/// Puts a value where a pointer of JSON leads, in libraries.json: the fault's place must begin so.
#[track_caller]
fn in_libraries(pointer: &str, value: Value, at: &str) -> Damage {
    let found = fault(|file, _| *file.pointer_mut(pointer).expect("it is there") = value);
    assert_eq!((found.file, found.at.as_str()), (DataFile::Libraries, at), "{found}");
    found.damage
}

/// The same in cpus.json.
#[track_caller]
fn in_cpus(pointer: &str, value: Value, at: &str) -> Damage {
    let found = fault(|_, file| *file.pointer_mut(pointer).expect("it is there") = value);
    assert_eq!((found.file, found.at.as_str()), (DataFile::Cpus, at), "{found}");
    found.damage
}

fn unknown(what: &'static str, word: &str) -> Damage {
    Damage::Unknown { what, word: word.into() }
}

const RULE: &str = "/libraries/0/variants/0/rules/0";

#[test]
fn whole_data_have_no_fault() {
    let (libraries, cpus) = files();
    let libraries = serde_json::from_value(libraries).expect("the schema");
    let cpus = serde_json::from_value(cpus).expect("the schema");
    assert!(MachineData::new(libraries, cpus).is_ok());
}

#[test]
fn every_name_in_a_rule_is_checked() {
    let at = "rule fbgemm.linear#1";
    for (key, value, damage) in [
        ("class", json!("exactly"), unknown("class", "exactly")),
        ("confidence", json!("sure"), unknown("word for how sure it is", "sure")),
        // Known, and not among the words of this file.
        ("confidence", json!("third_party"), unknown("word for how sure it is", "third_party")),
        ("sources", json!(["fbgemm.vnni", "nobody"]), unknown("source", "nobody")),
        ("sum32", json!("explodes"), unknown("behaviour of a 32-bit sum", "explodes")),
        ("when/arch", json!("mips"), unknown("architecture", "mips")),
        ("when/all", json!(["avx2", "dotprod"]), unknown("feature", "dotprod")),
    ] {
        assert_eq!(in_libraries(&format!("{RULE}/{key}"), value, at), damage);
    }
    for (key, value, damage) in [
        ("none", json!(["avx3"]), unknown("feature", "avx3")),
        ("os", json!(["linux", "beos"]), unknown("system", "beos")),
        ("os", json!(["unknown"]), unknown("system", "unknown")),
        ("cpu", json!(["zen3", "zen9"]), unknown("CPU family", "zen9")),
    ] {
        let found = fault(|file, _| {
            file.pointer_mut(&format!("{RULE}/when")).expect("it is there")[key] = value;
        });
        assert_eq!((found.at.as_str(), found.damage), (at, damage));
    }
    for key in ["from", "to"] {
        let found = fault(|file, _| {
            file.pointer_mut(RULE).expect("it is there")[key] = json!("2.x");
        });
        let damage = Damage::Form { what: "version", found: "2.x".into() };
        assert_eq!((found.at.as_str(), found.damage), (at, damage));
    }
}

#[test]
fn libraries_and_variants_are_checked() {
    let twice = |word: &str| Damage::Twice { word: word.into() };
    let version = Damage::Form { what: "version", found: "newest".into() };
    let found = in_libraries("/libraries/0/current_version", json!("newest"), "library fbgemm");
    assert_eq!(found, version);
    let nobody = unknown("source", "nobody");
    for pointer in ["/libraries/0/sources", "/libraries/0/environment/1/sources"] {
        assert_eq!(in_libraries(pointer, json!(["nobody"]), "library fbgemm"), nobody);
    }
    let same_as = "/libraries/1/variants/0/same_as";
    let found = in_libraries(same_as, json!("fbgemm.nothing"), "variant pytorch_x86.linear");
    assert_eq!(found, unknown("variant", "fbgemm.nothing"));
    let own = json!("pytorch_x86.linear");
    let found = in_libraries(same_as, own, "variant pytorch_x86.linear");
    assert_eq!(found, Damage::Circle);
    let found = in_libraries("/libraries/1/key", json!("fbgemm"), "libraries");
    assert_eq!(found, twice("fbgemm"));
    let key = "/libraries/0/variants/1/key";
    assert_eq!(in_libraries(key, json!("fbgemm.linear"), "libraries"), twice("fbgemm.linear"));
    let id = "/libraries/0/variants/1/rules/0/id";
    let found = in_libraries(id, json!("fbgemm.linear#1"), "libraries");
    assert_eq!(found, twice("fbgemm.linear#1"));
}

#[test]
fn a_circle_of_several_is_one_and_a_chain_is_none() {
    let found = fault(|file, _| {
        let variants = &mut file["libraries"][0]["variants"];
        variants[0]["same_as"] = json!("fbgemm.conv");
        variants[1]["same_as"] = json!("fbgemm.linear");
    });
    assert_eq!(found.damage, Damage::Circle);
    let (mut libraries, cpus) = files();
    let variants = &mut libraries["libraries"][0]["variants"];
    variants[0]["same_as"] = json!("fbgemm.conv");
    variants[1]["same_as"] = json!("fbgemm.conv_depthwise");
    let libraries = serde_json::from_value(libraries).expect("the schema");
    let cpus = serde_json::from_value(cpus).expect("the schema");
    assert!(MachineData::new(libraries, cpus).is_ok());
}

#[test]
fn classes_features_and_sources_are_checked() {
    let found =
        fault(|file, _| file["classes"]["exacter"] = json!({"exact": true, "sentence": ""}));
    assert_eq!((found.at.as_str(), found.damage), ("classes", unknown("class", "exacter")));
    let found = fault(|file, _| {
        file["classes"].as_object_mut().expect("an object").remove("half_scale");
    });
    let missing = |what| Damage::Missing { what };
    assert_eq!((found.at.as_str(), found.damage), ("class half_scale", missing("entry")));
    let found = in_libraries("/features/arm", json!(["neon", "neon"]), "features of arm");
    assert_eq!(found, Damage::Twice { word: "neon".into() });
    let many: Vec<String> = (0..80).map(|at| format!("f{at}")).collect();
    let found = in_libraries("/features/xtensa", json!(many), "features of xtensa");
    assert_eq!(found, Damage::TooMany { what: "features", most: 64 });
    let found = fault(|file, _| file["features"]["mips"] = json!([]));
    assert_eq!(found.damage, unknown("architecture", "mips"));
    let found = fault(|file, _| {
        file["features"].as_object_mut().expect("an object").remove("xtensa");
    });
    assert_eq!(found.damage, missing("list for one of the architectures"));
    let found = fault(|file, _| file["feature_notes"]["avx9"] = json!("?"));
    assert_eq!((found.at.as_str(), found.damage), ("feature_notes", unknown("feature", "avx9")));

    let source = "/sources/ao.reduce";
    let at = "source ao.reduce";
    let found = in_libraries(&format!("{source}/how"), json!("guessed"), at);
    assert_eq!(found, unknown("kind of source", "guessed"));
    for what in ["repository", "commit", "path", "line"] {
        assert_eq!(in_libraries(&format!("{source}/{what}"), Value::Null, at), missing(what));
    }
    // Nobody is led to a script.
    for address in ["javascript:alert(1)", "http://a.org", "https://", "https://a.org/\"x"] {
        let found = in_libraries("/sources/ort.doc/address", json!(address), "source ort.doc");
        assert_eq!(found, Damage::Form { what: "address", found: address.into() });
    }
    // The same id in both files has to be the same source.
    let found = in_cpus("/sources/v8.x64/what", json!("something else"), "source v8.x64");
    assert_eq!(found, Damage::Twice { word: "v8.x64".into() });
}

#[test]
fn versions_of_the_schema_are_checked() {
    let schema = Damage::Schema { found: 2 };
    assert_eq!(in_libraries("/schema", json!(2), "schema"), schema);
    assert_eq!(in_cpus("/schema", json!(2), "schema"), schema);
}

#[test]
fn families_and_rented_machines_are_checked() {
    let at = "cpu core2";
    for (key, value, damage) in [
        ("arch", json!("z80"), unknown("architecture", "z80")),
        ("features", json!(["neon"]), unknown("feature", "neon")),
        ("systems", json!(["dos"]), unknown("system", "dos")),
        ("sources", json!(["nobody"]), unknown("source", "nobody")),
        ("confidence", json!("recorded"), unknown("word for how sure it is", "recorded")),
        ("models", json!(["6"]), Damage::Form { what: "number of a CPU", found: "6".into() }),
        ("vendor", Value::Null, Damage::Missing { what: "vendor" }),
    ] {
        assert_eq!(in_cpus(&format!("/cpus/0/{key}"), value, at), damage);
    }
    let found = in_cpus("/cpus/1/key", json!("core2"), "cpus");
    assert_eq!(found, Damage::Twice { word: "core2".into() });

    let at = "cloud aws-t2";
    for (key, value, damage) in [
        ("cpus", json!(["haswell", "hasbad"]), unknown("CPU family", "hasbad")),
        ("cpus", json!([]), Damage::Missing { what: "CPU family" }),
        ("os", json!("unknown"), unknown("system", "unknown")),
        ("sources", json!(["nobody"]), unknown("source", "nobody")),
        ("confidence", json!("recorded"), unknown("word for how sure it is", "recorded")),
    ] {
        assert_eq!(in_cpus(&format!("/clouds/0/{key}"), value, at), damage);
    }
    assert!(matches!(in_cpus("/clouds/0/match", json!("t2("), at), Damage::Pattern { .. }));
    assert!(matches!(in_cpus("/clouds/0/mixed", json!(false), at), Damage::Form { .. }));
    let found = in_cpus("/clouds/1/key", json!("aws-t2"), "clouds");
    assert_eq!(found, Damage::Twice { word: "aws-t2".into() });
}

#[test]
fn what_reads_a_text_is_checked() {
    let at = |list: &str| format!("recognise.{list}");
    let found = in_cpus("/recognise/names/3", json!(["x", "zen9"]), &at("names[3]"));
    assert_eq!(found, unknown("CPU family", "zen9"));
    let found = in_cpus("/recognise/names/3", json!(["x(?=y)", "zen3"]), &at("names[3]"));
    assert!(matches!(found, Damage::Pattern { .. }), "{found:?}");
    let found = in_cpus("/recognise/systems/0", json!(["x", "dos"]), &at("systems[0]"));
    assert_eq!(found, unknown("system", "dos"));
    let found = in_cpus("/recognise/systems/0", json!(["[", "linux"]), &at("systems[0]"));
    assert!(matches!(found, Damage::Pattern { .. }), "{found:?}");
    let found = in_cpus(
        "/recognise/flags_hidden_by_old_kernels",
        json!(["avx9"]),
        &at("flags_hidden_by_old_kernels"),
    );
    assert_eq!(found, unknown("feature", "avx9"));
    let found = fault(|_, file| file["recognise"]["flags"]["arm"]["avx2"] = json!(["avx2"]));
    assert_eq!(
        (found.at.as_str(), found.damage),
        ("recognise.flags of arm", unknown("feature", "avx2"))
    );
    let found = fault(|_, file| file["recognise"]["flags"]["mips"] = json!({}));
    assert_eq!(found.damage, unknown("architecture", "mips"));
    let found = fault(|_, file| file["recognise"]["arch"]["mips"] = json!([]));
    assert_eq!(
        (found.at.as_str(), found.damage),
        ("recognise.arch", unknown("architecture", "mips"))
    );
    let found = fault(|_, file| file["recognise"]["ties"]["6:*"] = json!([]));
    assert_eq!(found.damage, Damage::Form { what: "number of a CPU", found: "6:*".into() });
    let found = fault(|_, file| file["recognise"]["ties"]["6:0x55"] = json!([[null, "zen9"]]));
    assert_eq!(found.damage, unknown("CPU family", "zen9"));
    let found = in_cpus("/recognise/normalise", json!(["trim"]), &at("normalise"));
    assert_eq!(found, Damage::Normalise);
}

#[test]
fn a_fault_is_a_sentence_with_its_place() {
    let found =
        fault(|file, _| file["libraries"][0]["variants"][0]["rules"][0]["class"] = json!("?"));
    assert_eq!(
        found.to_string(),
        "libraries.json cannot be used: at rule fbgemm.linear#1, “?” is no class. Take it anew."
    );
}
