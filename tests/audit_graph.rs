//! Graphs that decide: models written by hand, for what the files of `tests/layers` do not have.

#[path = "layers_support/onnx_writer.rs"]
mod onnx_writer;

use std::rc::Rc;

use onnx_writer::{
    Attribute, FLOAT, INT8, UINT8, bytes_field, constant, function, input, integers, model, node,
    node_message,
};
use rampscope::audit::{InputFile, Options, audit};
use rampscope::tensor::Source;
use serde_json::{Value, json, to_value};

fn report(model: Vec<u8>) -> Value {
    let source = Rc::new(model) as Rc<dyn Source>;
    let file = InputFile { name: "m.onnx".to_string(), folder: None, source, beside: None };
    to_value(audit(&[file], &Options::default())).expect("it is JSON")[0].take()
}

/// Node, activation, weights, layout and verdict of each entry, in their order.
fn entries(report: &Value) -> Vec<(String, Value, Value, Value, String)> {
    let tensors = report["tensors"].as_array().unwrap_or_else(|| panic!("{report}"));
    let field = |tensor: &Value, key: &str| tensor.get(key).cloned().unwrap_or(Value::Null);
    let string = |tensor: &Value, key: &str| tensor[key].as_str().unwrap_or("").to_string();
    tensors
        .iter()
        .map(|tensor| {
            let [activation, name, layout] =
                ["activation", "name", "layout"].map(|key| field(tensor, key));
            (string(tensor, "node"), activation, name, layout, string(tensor, "verdict"))
        })
        .collect()
}

/// The only entry of a graph.
fn only(graph: &[Vec<u8>]) -> (Value, Value, String) {
    let report = report(model(graph, &[]));
    let mut entries = entries(&report);
    assert_eq!(entries.len(), 1, "{report}");
    let (_, activation, _, layout, verdict) = entries.remove(0);
    (activation, layout, verdict)
}

fn said(activation: Option<&str>, layout: &str, verdict: &str) -> (Value, Value, String) {
    (json!(activation), json!(layout), verdict.to_string())
}

#[test]
fn integer_products_go_by_their_types() {
    let integer = |activation: i64, weight: i64| {
        only(&[
            input("x", activation),
            constant("w", weight, &[4, 3]),
            node("mm", "MatMulInteger", "x w", "y", &[]),
        ])
    };
    assert_eq!(integer(UINT8, INT8), said(Some("u8"), "KN", "u8s8"));
    assert_eq!(integer(INT8, INT8), said(Some("s8"), "KN", "s8s8"));
    assert_eq!(integer(INT8, UINT8), said(Some("s8"), "KN", "s8u8"));
    assert_eq!(integer(UINT8, UINT8), said(Some("u8"), "KN", "u8u8"));
    // Nothing tells the type: it is not guessed.
    let unknown = only(&[
        constant("w", INT8, &[4, 3]),
        node("other", "own:Other", "z", "x", &[]),
        node("mm", "MatMulInteger", "x w", "y", &[]),
    ]);
    assert_eq!(unknown, said(None, "KN", "codes"));
    // The zero point tells, whatever the value's type is told to be.
    let told = only(&[
        input("x", FLOAT),
        constant("w", INT8, &[4, 3]),
        constant("xz", INT8, &[1]),
        node("mm", "MatMulInteger", "x w xz", "y", &[]),
    ]);
    assert_eq!(told, said(Some("s8"), "KN", "s8s8"));
}

#[test]
fn convolutions_go_by_engine_and_groups() {
    let conv = |op: &str, activation: i64, weight: i64, shape: &[i64], group: i64| {
        let inputs = if op == "ConvInteger" { "x w" } else { "x s xz w s wz s xz" };
        only(&[
            input("x", activation),
            constant("w", weight, shape),
            constant("s", FLOAT, &[1]),
            constant("xz", activation, &[1]),
            constant("wz", weight, &[1]),
            node("c", op, inputs, "y", &[Attribute::Int("group", group)]),
        ])
    };
    let named = |activation, verdict| said(Some(activation), "OIHW", verdict);
    assert_eq!(conv("ConvInteger", UINT8, INT8, &[4, 3, 2, 2], 1), named("u8", "u8s8_convinteger"));
    assert_eq!(conv("ConvInteger", INT8, UINT8, &[4, 3, 2, 2], 1), named("s8", "s8u8_convinteger"));
    assert_eq!(conv("ConvInteger", INT8, INT8, &[4, 3, 2, 2], 1), named("s8", "s8s8"));
    let q = "QLinearConv";
    assert_eq!(conv(q, UINT8, INT8, &[4, 3, 2, 2], 1), named("u8", "u8s8"));
    assert_eq!(conv(q, UINT8, INT8, &[4, 1, 3, 3], 4), named("u8", "u8s8_depthwise"));
    assert_eq!(conv(q, UINT8, INT8, &[8, 1, 3, 3], 4), named("u8", "u8s8"));
    assert_eq!(conv(q, UINT8, INT8, &[4, 2, 3, 3], 2), named("u8", "u8s8"));
    assert_eq!(conv(q, INT8, INT8, &[4, 1, 3, 3], 4), named("s8", "s8s8"));
    // One group and one channel is no depthwise convolution.
    assert_eq!(conv(q, UINT8, INT8, &[1, 1, 3, 3], 1), named("u8", "u8s8"));
    // One dimension, and three.
    assert_eq!(conv(q, UINT8, INT8, &[4, 1, 3], 4), named("u8", "u8s8_depthwise"));
    assert_eq!(conv(q, UINT8, INT8, &[4, 3, 2, 2, 2], 1), named("u8", "u8s8"));
}

/// A float product between QuantizeLinear and DequantizeLinear of these types.
fn between(
    op: &str,
    types: (i64, i64),
    shape: &[i64],
    behind: &[Vec<u8>],
) -> (Value, Value, String) {
    let mut graph = vec![
        input("x", FLOAT),
        constant("w", types.1, shape),
        constant("s", FLOAT, &[1]),
        constant("xz", types.0, &[1]),
        constant("wz", types.1, &[1]),
        node("q", "QuantizeLinear", "x s xz", "xq", &[]),
        node("dq", "DequantizeLinear", "xq s xz", "xd", &[]),
        node("dqw", "DequantizeLinear", "w s wz", "wd", &[]),
        node("p", op, "xd wd", "y", &[Attribute::Int("group", shape[0])]),
    ];
    graph.extend_from_slice(behind);
    only(&graph)
}

#[test]
fn float_products_are_integers_once_they_are_fused() {
    let quantize = vec![node("qy", "QuantizeLinear", "y s xz", "yq", &[])];
    let relu = vec![
        node("relu", "Relu", "y", "r", &[]),
        node("qy", "QuantizeLinear", "r s xz", "yq", &[]),
    ];
    let matmul = |types, behind: &[Vec<u8>]| between("MatMul", types, &[4, 3], behind);
    assert_eq!(matmul((UINT8, INT8), &[]), said(Some("u8"), "KN", "qdq_u8s8"));
    assert_eq!(matmul((INT8, INT8), &quantize), said(Some("s8"), "KN", "qdq_s8s8"));
    assert_eq!(matmul((UINT8, UINT8), &[]), said(Some("u8"), "KN", "qdq_u8u8"));
    // Signed activations meet unsigned weights in no kernel: it stays a float product.
    assert_eq!(matmul((INT8, UINT8), &quantize), said(Some("s8"), "KN", "stored"));
    // A convolution is fused with the QuantizeLinear behind it, or not at all.
    let conv = |shape: &[i64], behind: &[Vec<u8>]| between("Conv", (UINT8, INT8), shape, behind);
    assert_eq!(conv(&[1, 3, 2, 2], &[]), said(Some("u8"), "OIHW", "stored"));
    assert_eq!(conv(&[1, 3, 2, 2], &quantize), said(Some("u8"), "OIHW", "qdq_u8s8"));
    assert_eq!(conv(&[1, 3, 2, 2], &relu), said(Some("u8"), "OIHW", "qdq_u8s8"));
    assert_eq!(conv(&[4, 1, 3, 3], &quantize), said(Some("u8"), "OIHW", "u8s8_depthwise"));
    // What only moves values may stand between.
    let moved = only(&[
        input("x", FLOAT),
        constant("w", INT8, &[4, 3]),
        constant("s", FLOAT, &[1]),
        constant("xz", UINT8, &[1]),
        integers("shape", &[2, 4]),
        node("q", "QuantizeLinear", "x s xz", "xq", &[]),
        node("dq", "DequantizeLinear", "xq s xz", "xd", &[]),
        node("re", "Reshape", "xd shape", "xr", &[]),
        node("dqw", "DequantizeLinear", "w s", "wd", &[]),
        node("p", "MatMul", "xr wd", "y", &[]),
    ]);
    assert_eq!(moved, said(Some("u8"), "KN", "qdq_u8s8"));
    // Something else between: floats.
    let other = only(&[
        input("x", FLOAT),
        constant("w", INT8, &[4, 3]),
        constant("s", FLOAT, &[1]),
        constant("xz", UINT8, &[1]),
        node("q", "QuantizeLinear", "x s xz", "xq", &[]),
        node("dq", "DequantizeLinear", "xq s xz", "xd", &[]),
        node("soft", "Softmax", "xd", "xs", &[]),
        node("dqw", "DequantizeLinear", "w s", "wd", &[]),
        node("p", "MatMul", "xs wd", "y", &[]),
    ]);
    assert_eq!(other, said(None, "KN", "stored"));
}

#[test]
fn weights_are_found_through_what_moves_them() {
    let perm = |order: &[i64]| [Attribute::Ints("perm", order.to_vec())];
    let through = |shape: &[i64], between: &[Vec<u8>], op: &str| {
        let mut graph = vec![input("x", UINT8), constant("w", INT8, shape), integers("axes", &[0])];
        graph.extend_from_slice(between);
        graph.push(node("p", op, "x v", "y", &[]));
        let report = report(model(&graph, &[]));
        let tensor = &report["tensors"][0];
        assert_eq!(tensor["shape"], json!(shape), "the shape is the stored one: {report}");
        (
            tensor["layout"].clone(),
            tensor["audit"]["rows"].clone(),
            tensor["audit"]["inputs"].clone(),
        )
    };
    let is = |layout: &str, rows: u64, inputs: u64| (json!(layout), json!(rows), json!(inputs));
    let turned = node("t", "Transpose", "w", "v", &perm(&[1, 0]));
    assert_eq!(through(&[3, 4], &[turned], "MatMulInteger"), is("NK", 3, 4));
    let all = node("t", "Transpose", "w", "v", &[]);
    assert_eq!(through(&[3, 4], &[all], "MatMulInteger"), is("NK", 3, 4));
    let twice = [
        node("t", "Transpose", "w", "u", &perm(&[1, 0])),
        node("i", "Identity", "u", "z", &[]),
        node("t2", "Transpose", "z", "v", &perm(&[1, 0])),
    ];
    assert_eq!(through(&[3, 4], &twice, "MatMulInteger"), is("KN", 4, 3));
    let squeezed = node("s", "Squeeze", "w axes", "v", &[]);
    assert_eq!(through(&[1, 3, 4], &[squeezed], "MatMulInteger"), is("KN", 4, 3));
    let widened = node("u", "Unsqueeze", "w axes", "v", &[]);
    assert_eq!(through(&[3, 4], &[widened], "MatMulInteger"), is("KN", 4, 3));
    let stack = node("t", "Transpose", "w", "v", &perm(&[0, 2, 1]));
    assert_eq!(through(&[2, 3, 4], &[stack], "MatMulInteger"), is("NK", 6, 4));
    // TensorFlow's order of a convolution.
    let hwio = node("t", "Transpose", "w", "v", &perm(&[3, 2, 0, 1]));
    assert_eq!(through(&[2, 2, 3, 5], &[hwio], "ConvInteger"), is("OIHW", 5, 12));
    // A vector is one output.
    let same = node("i", "Identity", "w", "v", &[]);
    let (layout, rows, inputs) = through(&[7], &[same], "MatMulInteger");
    assert_eq!((layout, rows, inputs), (Value::Null, json!(1), json!(7)));
}

#[test]
fn axes_that_are_none_are_no_panic() {
    for between in [
        node("t", "Transpose", "w", "v", &[Attribute::Ints("perm", vec![5, -1])]),
        node("t", "Transpose", "w", "v", &[Attribute::Ints("perm", vec![0, 0])]),
        node("s", "Squeeze", "w", "v", &[Attribute::Ints("axes", vec![9, -9])]),
        node("u", "Unsqueeze", "w", "v", &[Attribute::Ints("axes", vec![7, i64::MIN, 0, 0])]),
    ] {
        let graph = [
            input("x", UINT8),
            constant("w", INT8, &[3, 4]),
            between,
            node("p", "MatMulInteger", "x v", "y", &[]),
        ];
        let report = report(model(&graph, &[]));
        assert!(report["outcome"] == "read" || report["outcome"] == "error");
    }
}

#[test]
fn functions_are_looked_into_where_they_are_called() {
    // The weight comes from outside, the transposition from an attribute of the call.
    let linear = function(
        "Linear",
        "a b",
        "c",
        &[node_message("inner", "Gemm", "a b", "c", &[Attribute::Of("transB", "turned")])],
    );
    let dequantize = function(
        "Dequantize",
        "codes scale",
        "real",
        &[node_message("dq", "DequantizeLinear", "codes scale", "real", &[])],
    );
    let graph = [
        input("x", FLOAT),
        constant("w", INT8, &[4, 4]),
        constant("f", FLOAT, &[4, 4]),
        constant("s", FLOAT, &[1]),
        constant("z", UINT8, &[1]),
        node("q", "QuantizeLinear", "x s z", "xq", &[]),
        node("xdq", "DequantizeLinear", "xq s z", "xd", &[]),
        node("wdq", "own:Dequantize", "w s", "wd", &[]),
        node("one", "own:Linear", "xd wd", "y1", &[Attribute::Int("turned", 1)]),
        node("plain", "MatMul", "x f", "y2", &[]),
        node("two", "own:Linear", "x f", "y3", &[]),
    ];
    let report = report(model(&graph, &[linear, dequantize]));
    let expected = [
        ("inner".to_string(), json!("u8"), json!("w"), json!("NK"), "qdq_u8s8".to_string()),
        // Where they are called, and the first one is called before the product behind it.
        ("plain".to_string(), Value::Null, json!("f"), json!("KN"), "float".to_string()),
        ("inner".to_string(), Value::Null, json!("f"), json!("KN"), "float".to_string()),
    ];
    assert_eq!(entries(&report), expected);
    assert_eq!(report["verdict"], "mixed");
}

#[test]
fn functions_without_end_are_refused() {
    let call = |name: &str| node_message("again", name, "a", "b", &[]);
    let graph = [node("start", "own:A", "x", "y", &[])];
    let endless = function("A", "a", "b", &[call("own:A")]);
    assert_eq!(report(model(&graph, &[endless]))["error"], "nesting_too_deep");
    // 2^40 calls, sixty deep at most.
    let names: Vec<String> = (0..41).map(|depth| format!("F{depth}")).collect();
    let doubling: Vec<Vec<u8>> = (0..40)
        .map(|depth| {
            let inner = format!("own:F{}", depth + 1);
            function(&names[depth], "a", "b", &[call(&inner), call(&inner)])
        })
        .collect();
    let graph = [node("start", "own:F0", "x", "y", &[])];
    assert_eq!(report(model(&graph, &doubling))["error"], "too_large");
}

#[test]
fn branches_see_the_graph_around_them() {
    let branch = |op: &str| {
        [constant("inner", INT8, &[4, 2]), node("b", "MatMulInteger", &format!("x {op}"), "y", &[])]
            .concat()
    };
    let graph = [
        input("x", UINT8),
        constant("outer", INT8, &[4, 3]),
        node(
            "if",
            "If",
            "c",
            "z",
            &[
                Attribute::Graph("then_branch", branch("outer")),
                Attribute::Graph("else_branch", branch("inner")),
            ],
        ),
        node("after", "MatMulInteger", "x outer", "w", &[]),
    ];
    let names: Vec<Value> =
        entries(&report(model(&graph, &[]))).into_iter().map(|(_, _, name, ..)| name).collect();
    // Graphs inside come after their graph.
    assert_eq!(names, ["outer", "outer", "inner"]);
}

#[test]
fn products_of_two_activations_are_named() {
    let attention = |one: i64, two: i64| {
        let graph =
            [input("q", one), input("k", two), node("scores", "MatMulInteger", "q k", "y", &[])];
        let report = report(model(&graph, &[]));
        let tensor = report["tensors"][0].clone();
        assert_eq!((&report["verdict"], &tensor["name"]), (&json!("not_constant"), &Value::Null));
        assert_eq!(tensor.get("shape"), Some(&Value::Null));
        tensor["ort_avx2"].clone()
    };
    assert_eq!(attention(UINT8, INT8), "saturates, depending on data");
    assert_eq!(attention(UINT8, UINT8), "exact");
    // Floats are multiplied as floats: nothing to say.
    let graph = [input("q", FLOAT), input("k", FLOAT), node("scores", "MatMul", "q k", "y", &[])];
    assert_eq!(report(model(&graph, &[]))["error"], "nothing_to_audit");
}

#[test]
fn other_operators_have_their_weights_where_they_are_documented() {
    let graph = [
        input("x", UINT8),
        input("f", FLOAT),
        constant("w", INT8, &[4, 12]),
        constant("s", FLOAT, &[1]),
        constant("z", UINT8, &[1]),
        constant("wz", INT8, &[1]),
        constant("W", FLOAT, &[2, 12, 4]),
        constant("R", FLOAT, &[2, 12, 3]),
        node("attention", "com.microsoft:QAttention", "x w b s s _ z wz", "y", &[]),
        node("lstm", "LSTM", "f W R", "y2", &[]),
        node("up", "ConvTranspose", "f W", "y3", &[]),
        node("foreign", "elsewhere:MatMul", "f W", "y4", &[]),
    ];
    let report = report(model(&graph, &[]));
    let rows: Vec<_> = report["tensors"]
        .as_array()
        .expect("tensors")
        .iter()
        .map(|tensor| (tensor["node"].clone(), tensor["name"].clone(), tensor["layout"].clone()))
        .collect();
    assert_eq!(
        rows,
        [
            (json!("attention"), json!("w"), json!("KN")),
            (json!("lstm"), json!("W"), json!("NK")),
            (json!("lstm"), json!("R"), json!("NK")),
        ]
    );
    assert_eq!(report["tensors"][2]["audit_if_quantized"]["tensor"]["rows"], 24);
    assert!(report["message"].as_str().is_some_and(|message| message.contains("ConvTranspose")));
}

#[test]
fn a_bad_constant_hides_no_other() {
    let bad = bytes_field(5, &onnx_writer::tensor("bad", INT8, &[4, 4], &[1; 7]));
    let strange = bytes_field(5, &onnx_writer::tensor("int4", 22, &[4, 4], &[1; 8]));
    let graph = [
        input("x", UINT8),
        bad,
        strange,
        constant("w", INT8, &[4, 3]),
        node("one", "MatMulInteger", "x bad", "y1", &[]),
        node("two", "MatMulInteger", "x w", "y2", &[]),
        node("three", "MatMulInteger", "x int4", "y3", &[]),
    ];
    let report = report(model(&graph, &[]));
    assert_eq!((&report["verdict"], &report["skipped"]), (&json!("u8s8"), &json!(["int4"])));
    assert_eq!(report["tensor_errors"]["bad"]["error"], "header_lies");
    assert_eq!(report["tensors"].as_array().map(Vec::len), Some(1));
}
