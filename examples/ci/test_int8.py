"""A test of a model with pytest: no output may saturate on CPUs without VNNI.

RAMPSCOPE names the program, RAMPSCOPE_MODEL the file; RAMPSCOPE_ACTIVATIONS, if given, inputs of its layers:
then only outputs that do saturate for these are refused.

    cargo build --release --no-default-features --features cli --bin rampscope
    RAMPSCOPE=target/release/rampscope RAMPSCOPE_MODEL=model.onnx pytest examples/ci
"""

import json
import os
import subprocess


def audit(*args):
    command = [os.environ.get("RAMPSCOPE", "rampscope"), "audit", os.environ["RAMPSCOPE_MODEL"], *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_no_output_saturates():
    samples = os.environ.get("RAMPSCOPE_ACTIVATIONS")
    done = audit("--activations", samples, "--deny", "does") if samples else audit("--deny", "can")
    assert done.returncode == 0, done.stderr + done.stdout


def test_the_model_was_read_whole():
    done = audit("--json")
    (file,) = json.loads(done.stdout)
    assert file["outcome"] == "read", file["message"]
    assert not file.get("tensor_errors"), file["tensor_errors"]
