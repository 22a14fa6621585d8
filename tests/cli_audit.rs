//! `rampscope audit`: what it prints, and how it ends.

#![cfg(not(target_arch = "wasm32"))]

use std::process::{Command, Output};

use rampscope::audit::{InputFile, Options, audit};
use rampscope::tensor::FileSource;
use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/layers/");

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rampscope"));
    command.current_dir(FOLDER).arg("audit").args(args).output().expect("the program starts")
}

/// What it prints, and with what status it ends.
fn printed(args: &[&str]) -> (String, String, Option<i32>) {
    let Output { stdout, stderr, status } = run(args);
    let text = |bytes| String::from_utf8(bytes).expect("it is text");
    (text(stdout), text(stderr), status.code())
}

const MLP: &str = "files/onnx_qdq_mlp_u8s8_per_channel.onnx";
const REDUCED: &str = "files/onnx_matmulinteger_reduce_range.onnx";

#[test]
fn a_file_is_a_sentence_and_a_table() {
    let (text, said, status) = printed(&[MLP]);
    assert_eq!((said.as_str(), status), ("", Some(0)));
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some(
            "onnx_qdq_mlp_u8s8_per_channel.onnx: 13 of 24 outputs in 2 of 2 products can saturate on x86 \
             without VNNI; the worst loses at most 19.1 % of its full scale. In ONNX Runtime it is exact with AVX-VNNI or AVX512-VNNI, or with \
             the session option session.x64quantprecision = 1."
        )
    );
    assert!(
        lines.nth(1).is_some_and(|line| line.ends_with("fc1: u8 × s8 once it is fused")),
        "{text}"
    );
    let (text, _, _) = printed(&[REDUCED]);
    assert!(
        text.contains("No output of any of its products can saturate on x86 without VNNI"),
        "{text}"
    );
    let (text, _, _) = printed(&[MLP, "--cpu", "vnni"]);
    assert!(
        text.contains("on x86 with VNNI: VNNI adds four products at once in 32 bits"),
        "{text}"
    );
}

#[test]
fn json_is_the_report_of_the_library() {
    for name in [MLP, REDUCED, "files/broken_st_seven_bytes.safetensors"] {
        let (text, _, status) = printed(&[name, "--json"]);
        let last = name.rsplit('/').next().expect("a name");
        let file = std::fs::File::open(format!("{FOLDER}{name}")).expect("it is there");
        let input = InputFile {
            name: last.into(),
            folder: None,
            source: std::rc::Rc::new(FileSource::new(file).expect("it has a size")),
            beside: None,
        };
        let report = audit(&[input], &Options::default());
        let printed: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(printed, serde_json::to_value(&report).expect("it is JSON"));
        assert_eq!(status, Some(if report.has_errors() { 2 } else { 0 }), "{name}");
    }
}

#[test]
fn what_is_denied_ends_with_1_and_says_why() {
    let (_, said, status) = printed(&[MLP, "--deny", "can"]);
    assert_eq!(status, Some(1));
    assert!(
        said.starts_with("denied: 2 products can saturate; the worst is fc1 in onnx_qdq_mlp"),
        "{said}"
    );
    assert!(said.contains("reduce_range"), "{said}");
    for fine in [[REDUCED, "--deny", "can"].as_slice(), &[MLP, "--deny", "can", "--cpu", "vnni"]] {
        let (_, said, status) = printed(fine);
        assert_eq!((said.as_str(), status), ("", Some(0)), "{fine:?}");
    }
}

#[test]
fn a_layout_is_told_where_no_graph_does() {
    let json = |args: &[&str]| -> Value {
        let (text, _, _) = printed(&[args, &["--json"]].concat());
        serde_json::from_str(&text).expect("it is JSON")
    };
    let of =
        |layout: &str| json(&["files/npy_v1_i8.npy", "--layout", layout])[0]["tensors"][0].clone();
    let (rows, columns) = (of("NK"), of("KN"));
    assert_eq!((&rows["layout"], &rows["audit"]["rows"]), (&"NK".into(), &12.into()));
    assert_eq!((&columns["layout"], &columns["audit"]["rows"]), (&"KN".into(), &16.into()));
    // Where it does not fit, nothing changes; and a graph knows better.
    assert_eq!(of("OIHW")["layout"], "NK");
    let graph = json(&[MLP, "--layout", "KN"]);
    assert!(
        graph[0]["message"].as_str().is_some_and(|said| said.contains("--layout changes nothing"))
    );
}

#[test]
fn samples_tell_what_really_happens() {
    let weights = "files/npy_v1_i8.npy";
    let of = |kind: &str| format!("samples/npy_v1_i8__{kind}.npy");
    let (text, said, status) =
        printed(&[weights, "--activations", &of("extreme"), "--deny", "does"]);
    assert_eq!(status, Some(1), "{text}");
    assert!(said.contains("1 product saturates for the given activations"), "{said}");
    assert!(text.contains("changed, at most by"), "{text}");
    let (text, _, status) = printed(&[weights, "--activations", &of("reduced"), "--deny", "does"]);
    assert_eq!(status, Some(0), "{text}");
}

#[test]
fn a_tensor_is_picked_by_its_name_or_its_nodes() {
    let (text, _, _) = printed(&[MLP, "--tensor", "fc2"]);
    assert!(text.contains("in 1 of 1 product "), "{text}");
    let (_, said, status) = printed(&[MLP, "--tensor", "nobody"]);
    assert_eq!(status, Some(2));
    assert!(
        said.contains("no tensor and no node is called nobody. Some that there are: "),
        "{said}"
    );
}

#[test]
fn a_file_that_is_not_there_and_a_question_without_activations_are_told() {
    let (text, said, status) = printed(&["files/none.onnx", REDUCED, "files", "--json"]);
    assert_eq!((said.as_str(), status), ("", Some(2)));
    let report: Value = serde_json::from_str(&text).expect("it is JSON");
    let outcomes: Vec<_> =
        report.as_array().into_iter().flatten().map(|one| &one["outcome"]).collect();
    assert_eq!(outcomes, ["error", "read", "error"]);
    assert_eq!(report[0]["error"], "needs_files");
    assert!(text.contains("The file cannot be opened: there is no such file."), "{text}");
    assert!(text.contains("it is a folder, not a file"), "{text}");
    let (_, said, status) = printed(&[MLP, "--deny", "does"]);
    assert_eq!(status, Some(2));
    assert!(said.contains("--activations FILE"), "{said}");
}

#[test]
fn a_gate_does_not_open_because_nothing_was_asked() {
    let (_, said, status) = printed(&[MLP, "files/none.onnx", "--deny", "can"]);
    assert_eq!(status, Some(2));
    assert!(said.starts_with("denied: 2 products can saturate"), "{said}");
    assert!(said.contains("error: not checked, since unusable: none.onnx."), "{said}");
    // Activations that are none, or are for nothing that is there.
    for file in ["samples/none.npy", "files/onnx_float.onnx"] {
        let (_, said, status) = printed(&[MLP, "--activations", file]);
        assert_eq!(status, Some(2), "{file}");
        assert!(said.starts_with("error: the activations of "), "{said}");
    }
    // A tensor that cannot be used, and one of which nothing is known.
    let (text, said, status) = printed(&["files/st_nan_in_one.safetensors", "--deny", "can"]);
    assert_eq!(status, Some(2), "{said}");
    assert!(said.contains("error: not checked, since unusable: ") && text.contains("not judged: "));
    let (_, said, status) = printed(&["files/onnx_not_constant.onnx", "--deny", "can"]);
    assert_eq!(status, Some(0));
    assert_eq!(said, "note: of 1 product it is not known whether it can saturate.\n");
    // A name that is nobody's hides no error of a file.
    let (text, _, status) = printed(&["files/broken_html.onnx", "--tensor", "fc1"]);
    assert_eq!(status, Some(2));
    assert!(text.contains("a web page"), "{text}");
    let of_others = ["--activations", "files/npy_conv_4d.npy", "--deny", "does"];
    let (_, said, status) = printed(&[[MLP].as_slice(), &of_others].concat());
    assert_eq!(status, Some(2));
    assert!(said.contains("the activations fit no product"), "{said}");
}

/// The package's program prints the same help: it has no other way to it.
#[test]
fn the_help_of_the_package_is_this_one() {
    let (help, _, _) = printed(&["--help"]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/pkg/audit-help.txt");
    if std::env::var_os("RAMPSCOPE_WRITE_HELP").is_some() {
        std::fs::write(path, &help).expect("it is written");
    }
    let kept = std::fs::read_to_string(path).expect("it is there");
    assert_eq!(kept, help, "RAMPSCOPE_WRITE_HELP=1 cargo test --test cli_audit writes it anew");
}
