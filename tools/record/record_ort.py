#!/usr/bin/env python3
"""Records what ONNX Runtime's integer operators give on this machine.

    python record_ort.py [FILE] [--operators matmul_integer qlinear_matmul conv]
        [--inputs 2 8 ...] [--isa NAME]

Needs ONNX Runtime, which brings NumPy, and nothing else. Writes FILE (recording-ort.json) for
Rampscope's page, view "Check", to hold against its model; README.md beside this script describes
the fields, and how to record another CPU in an emulator. Nothing is sent anywhere.
"""

from __future__ import annotations

import argparse
import platform
import sys
from typing import NamedTuple

import recording

try:
    import numpy as np
    import onnxruntime
except ModuleNotFoundError as error:
    sys.exit(f"{error.name} is not installed for {sys.executable};"
             " there, python -m pip install onnxruntime.")
except (ImportError, OSError) as error:  # A library that it needs.
    sys.exit(f"ONNX Runtime cannot be loaded: {error}.")

from onnx_model import Constant, Value, model

OPERATORS = ("matmul_integer", "qlinear_matmul", "conv")
TYPES = {"u": "uint8", "s": "int8"}
OUTPUTS, CODES, AROUND = 4, 256, 4
LOWEST = 3  # One weight of so many is the lowest, which alone goes wrong on ARM64.
IN_SCALE, W_SCALE = np.float32(0.02), np.float32(0.01)
IN_ZERO_POINT = 77
SETS = (("vnni", "avx512_vnni"), ("vnni", "avx_vnni"), ("avx512", "avx512f"), ("avx2", "avx2"),
        ("dotprod", "asimddp"), ("neon", "asimd"))  # The best first.


class Convolution(NamedTuple):
    """A convolution with a kernel of 3 × 3, padded by 1."""

    key: str
    channels: int
    outputs: int
    groups: int


# On ARM64 the depthwise kernel takes channels in sixteens.
CONVOLUTIONS = (
    Convolution("conv-3x3", channels=4, outputs=4, groups=1),
    Convolution("conv-3x3-odd", channels=3, outputs=4, groups=1),
    Convolution("depthwise", channels=16, outputs=16, groups=16),
)


class Layer:
    """Weights [N][K] and zero points as codes of the file: of unsigned inputs, signed weights."""

    def __init__(self, outputs: int, inputs: int, types: str, seed: int) -> None:
        random = np.random.RandomState(seed)
        w = random.randint(-128, 128, (outputs, inputs))
        self.w = np.where(random.randint(0, LOWEST, w.shape) == 0, -128, w)
        self.in_type, self.w_type = TYPES[types[0]], TYPES[types[2]]
        # The file's codes are those of u8 and s8; what the library is given is as much higher.
        self.x_up = 0 if self.in_type == "uint8" else -128
        self.w_up = 0 if self.w_type == "int8" else 128
        sums = self.w.sum(1)
        ends = np.concatenate([sums * -IN_ZERO_POINT, sums * (CODES - 1 - IN_ZERO_POINT)])
        low, high = int(ends.min()), int(ends.max())
        self.out_scale = IN_SCALE * W_SCALE * np.float32(max(high - low, 1) / 255)
        self.out_zero_point = min(max(round(-low * 255 / max(high - low, 1)), 0), 255)

    def x(self, codes: np.ndarray) -> np.ndarray:
        return (codes + self.x_up).astype(self.in_type)

    def zero_points(self) -> list[np.ndarray]:
        """Of input, weights and output."""
        return [np.array(IN_ZERO_POINT + self.x_up, self.in_type), np.array(self.w_up, self.w_type),
                np.array(self.out_zero_point + self.x_up, self.in_type)]

    def codes(self, y: np.ndarray) -> str:
        """Codes [probe][N] of the output type as bytes [N][probe]."""
        return recording.base64_of((y.T.astype(np.int64) - self.x_up).flatten().tolist())

    def quantized(self, x: Value, w: np.ndarray) -> list[Value | Constant]:
        """The operands of an operator from codes to codes."""
        x_zero_point, w_zero_point, y_zero_point = self.zero_points()
        return [x, Constant("x_scale", IN_SCALE), Constant("x_zero_point", x_zero_point),
                Constant("w", w), Constant("w_scale", W_SCALE),
                Constant("w_zero_point", w_zero_point),
                Constant("y_scale", self.out_scale), Constant("y_zero_point", y_zero_point)]

    def entry(self, key: str, operator: str, run: dict, **fields) -> dict:
        is_integer = operator == "matmul_integer"
        params = ((float(W_SCALE), 0), (float(IN_SCALE), IN_ZERO_POINT),
                  (float(self.out_scale), self.out_zero_point))
        if is_integer:
            params = (1.0, 0), (1.0, IN_ZERO_POINT), (1.0, 0)
        return recording.entry(key, self.w.shape, self.w.flatten().tolist(), params, range(CODES),
                               [{"engine": "onnxruntime", **run}], operator=operator, **fields)


def run(bytes_of_model: bytes, x: np.ndarray) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(bytes_of_model, options, ["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


def matmul_integer(inputs: int, isa: str) -> dict:
    layer = Layer(OUTPUTS, inputs, "u8s8", inputs)
    x = layer.x(np.arange(CODES)[:, None].repeat(inputs, 1))
    x_zero_point, w_zero_point, _ = layer.zero_points()
    w = layer.w.T.astype(layer.w_type)
    operands: list[Value | Constant] = [
        Value("x", layer.in_type, x.shape), Constant("w", w),
        Constant("x_zero_point", x_zero_point), Constant("w_zero_point", w_zero_point)]
    y = run(model("MatMulInteger", operands, Value("y", "int32", (CODES, OUTPUTS))), x)
    y32 = recording.base64_of_integers(y.T.flatten().tolist())
    return layer.entry(f"matmul-integer-{inputs}", "matmul_integer", {"isa": isa, "y32": y32})


def qlinear_matmul(inputs: int, types: str, isa: str) -> dict:
    layer = Layer(OUTPUTS, inputs, types, inputs)
    x = layer.x(np.arange(CODES)[:, None].repeat(inputs, 1))
    w = (layer.w.T + layer.w_up).astype(layer.w_type)
    operands = layer.quantized(Value("x", layer.in_type, x.shape), w)
    y = run(model("QLinearMatMul", operands, Value("y", layer.in_type, (CODES, OUTPUTS))), x)
    key, codes = f"qlinear-matmul-{types}-{inputs}", layer.codes(y)
    return layer.entry(key, "qlinear_matmul", {"isa": isa, "y": codes}, types=types)


def convolution(conv: Convolution, isa: str) -> dict:
    """Pictures of one code; of the outputs the one in the middle, where no tap is outside."""
    key, channels, outputs, groups = conv
    kernel, size = 3, 3 + AROUND
    in_group = channels // groups
    layer = Layer(outputs, kernel * kernel * in_group, "u8s8", channels)
    x = layer.x(np.arange(CODES).reshape(CODES, 1, 1, 1) + np.zeros((1, channels, size, size), int))
    # Channels are innermost in the file, and outside of the taps in the model.
    w = layer.w.reshape(outputs, kernel, kernel, in_group).transpose(0, 3, 1, 2)
    operands = layer.quantized(Value("x", layer.in_type, x.shape), w.astype(layer.w_type))
    result = Value("y", layer.in_type, (CODES, outputs, size, size))
    y = run(model("QLinearConv", operands, result, group=groups, kernel_shape=[kernel, kernel],
                  pads=[1, 1, 1, 1]), x)
    middle = layer.codes(y[:, :, size // 2, size // 2])
    fields = {"kernel": [kernel, kernel], "groups": groups, "padding": [1, 1]}
    return layer.entry(key, "conv", {"isa": isa, "y": middle}, **fields)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = recording.Parser("record_ort.py", "recording-ort.json",
                              "ONNX Runtime's integer operators")
    parser.add_names("--operators", OPERATORS, "there is no operator")
    parser.add_inputs([1, 2, 3, 4, 7, 8, 9, 16, 17, 32, 64, 255], "products")
    return parser.parsed()


def main() -> None:
    options = arguments()
    flags = recording.cpu_flags()
    isa = options.isa or recording.best(SETS, flags) or platform.machine().lower()
    machine = recording.described(flags, options.isa)
    print(f"ONNX Runtime {onnxruntime.__version__} on {machine}")
    recordings = []
    try:
        if "matmul_integer" in options.operators:
            recordings += [matmul_integer(inputs, isa) for inputs in options.inputs]
        if "qlinear_matmul" in options.operators:
            recordings += [qlinear_matmul(inputs, types, isa)
                           for types in ("u8s8", "u8u8", "s8s8") for inputs in options.inputs]
        if "conv" in options.operators:
            recordings += [convolution(conv, isa) for conv in CONVOLUTIONS]
    # What onnxruntime raises has no common class of its own.
    except Exception as error:
        sys.exit(f"ONNX Runtime could not run an operator: {str(error).partition(chr(10))[0]}")
    source = {
        "library": "ONNX Runtime",
        "version": onnxruntime.__version__,
        "machine": machine,
        "how": "tools/record/record_ort.py, one thread, weights constant",
    }
    size = recording.write(options.file, source, recordings)
    print(f"{options.file}: {len(recordings)} recordings of {', '.join(options.operators)}"
          f" ({isa}); {size // 1000} kB")


if __name__ == "__main__":
    main()
