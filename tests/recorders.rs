//! The recorders of tools/record run, and what they record here fits the model.

#![cfg(not(target_arch = "wasm32"))]

mod python;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, process};

use python::{has, python};
use rampscope::evidence::{RecordingFile, Recordings, RunReport, report};

fn tools() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tools/record")
}

/// Runs Python in the recorders' folder.
fn run(arguments: &[&str]) -> Output {
    let mut python = Command::new(python());
    let python = python.args(arguments).current_dir(tools()).env("PYTHONDONTWRITEBYTECODE", "1");
    python.output().expect("Python starts")
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a recorder writes, read as the page reads it.
fn recorded(script: &str, options: &[&str]) -> Vec<RunReport> {
    let file = env::temp_dir().join(format!("rampscope-{}-{script}.json", process::id()));
    let path = file.to_str().expect("a path of letters");
    let output = run(&[&[script, path], options].concat());
    assert!(output.status.success(), "{}", errors(&output));
    let text = fs::read_to_string(&file).expect("it is written");
    fs::remove_file(&file).expect("it can be removed");
    let file: RecordingFile = serde_json::from_str(&text).expect("the schema fits");
    report(&Recordings::try_from(file).expect("the recordings fit"))
}

fn assert_fits(reports: &[RunReport], kinds: &[&str]) {
    let told: Vec<String> = reports.iter().map(RunReport::sentence).collect();
    assert!(reports.iter().all(|report| report.fitting().count() > 0), "{told:#?}");
    for kind in kinds {
        let is_there = reports.iter().any(|report| report.kind.name() == *kind);
        assert!(is_there, "{kind}: {told:#?}");
    }
}

#[test]
fn onnx_runtime_here_fits_the_model() {
    if !has("onnxruntime, numpy") {
        return;
    }
    let kinds = [
        "ONNX Runtime MatMulInteger",
        "ONNX Runtime QLinearMatMul u8 × s8",
        "ONNX Runtime QLinearMatMul u8 × u8",
        "ONNX Runtime QLinearMatMul s8 × s8",
        "ONNX Runtime QLinearConv",
        "ONNX Runtime QLinearConv depthwise",
    ];
    assert_fits(&recorded("record_ort.py", &["--inputs", "2", "9", "64"]), &kinds);
    let wrong = run(&["record_ort.py", "--operators", "matmul"]);
    assert_eq!(wrong.status.code(), Some(2), "{}", errors(&wrong));
    assert!(errors(&wrong).contains("there is no operator 'matmul', there is matmul_integer"));
    let lost = run(&["record_ort.py", "no/such/folder/file.json", "--inputs", "1"]);
    assert_eq!(lost.status.code(), Some(1), "{}", errors(&lost));
    assert!(errors(&lost).starts_with("no/such/folder/file.json cannot be written: No such file"));
}

/// PyTorch's other engines and ARM64 are not known here.
#[cfg(target_arch = "x86_64")]
#[test]
fn pytorch_here_fits_the_model() {
    if !has("torch") {
        return;
    }
    let kinds = ["FBGEMM", "FBGEMM convolution", "FBGEMM depthwise convolution", "QNNPACK"];
    assert_fits(&recorded("record.py", &["--inputs", "2", "64"]), &kinds);
}

/// The models are written without the package onnx, which finds no fault with them.
#[test]
fn the_models_are_onnx() {
    if !has("onnx, numpy") {
        return;
    }
    let check = "
import numpy as np, onnx
from onnx_model import Constant, Value, model
scale, zero, w = np.float32(0.5), np.array(300 - 256, 'uint8'), np.arange(-6, 6, dtype='int8')
names = ('x_scale', scale), ('x_zero_point', zero), ('w', w.reshape(2, 3, 1, 2)), ('w_scale', scale)
names += ('w_zero_point', np.array(-3, 'int8')), ('y_scale', scale), ('y_zero_point', zero)
x = Value('x', 'uint8', (300, 3, 4, 5))
made = model('QLinearConv', [x, *(Constant(*one) for one in names)], Value('y', 'uint8', (300, 2, 4, 4)),
             group=1, kernel_shape=[1, 2], pads=[0, 0, 0, 0])
read = onnx.load_model_from_string(made)
onnx.checker.check_model(read, full_check=True)
assert read.SerializeToString() == made, 'it is written in another way'
constant = next(one for one in read.graph.initializer if one.name == 'w')
assert (onnx.numpy_helper.to_array(constant).flatten() == w).all()
";
    let output = run(&["-c", check]);
    assert!(output.status.success(), "{}", errors(&output));
}
