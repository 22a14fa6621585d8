"""A test of a model with pytest: none of its products may saturate on CPUs without VNNI.

RAMPSCOPE names the program, RAMPSCOPE_MODEL the file:
    cargo build --release --no-default-features --features cli --bin rampscope
    RAMPSCOPE=target/release/rampscope RAMPSCOPE_MODEL=model.onnx pytest examples/ci
"""

import json
import os
import subprocess


def audit(*args):
    command = [os.environ.get("RAMPSCOPE", "rampscope"), "audit", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_no_product_saturates():
    done = audit(os.environ["RAMPSCOPE_MODEL"], "--deny", "can")
    assert done.returncode == 0, done.stderr + done.stdout


def test_the_report_is_json():
    done = audit(os.environ["RAMPSCOPE_MODEL"], "--json")
    (file,) = json.loads(done.stdout)
    assert file["outcome"] == "read", file.get("message")
