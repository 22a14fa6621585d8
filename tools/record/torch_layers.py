"""PyTorch's quantized layers, recorded: linear ones, convolutions, products of int8 matrices."""

from __future__ import annotations

import ctypes
import os
import sys
import tempfile
from collections.abc import Callable
from typing import NamedTuple

import torch

import recording

try:
    from torch.ao.nn.quantized import Conv2d, Linear
    from torch.ao.quantization import MinMaxObserver
except ImportError:  # Before 1.13
    from torch.nn.quantized import Conv2d, Linear
    from torch.quantization import MinMaxObserver

SEED, ROWS, OUTPUTS, CODES = 100, 100, 10, 256
INT_MM_OUTPUTS = 4
HAS_INT_MM = hasattr(torch, "_int_mm")
AROUND = 4  # Places of a picture beside the kernel: its output is at least 5 wide.
ACTIVATION = dict(dtype=torch.quint8)
SYMMETRIC = dict(dtype=torch.qint8, qscheme=torch.per_tensor_symmetric)


class Convolution(NamedTuple):
    """A convolution with a square kernel, strides of 1 and no dilation."""

    key: str
    channels: int
    outputs: int
    groups: int
    kernel: int
    padding: int


# oneDNN's kernels pair other products of one channel, and of an odd number of channels, than of an
# even one. FBGEMM has kernels of its own for the first depthwise one and the groupwise one.
CONVOLUTIONS = (
    Convolution("conv-1x1", channels=8, outputs=4, groups=1, kernel=1, padding=0),
    Convolution("conv-3x3", channels=4, outputs=4, groups=1, kernel=3, padding=1),
    Convolution("conv-3x3-odd", channels=3, outputs=4, groups=1, kernel=3, padding=1),
    Convolution("conv-3x3-single", channels=1, outputs=4, groups=1, kernel=3, padding=1),
    Convolution("depthwise", channels=8, outputs=8, groups=8, kernel=3, padding=1),
    Convolution("groupwise", channels=16, outputs=16, groups=4, kernel=3, padding=1),
    Convolution("depthwise-unpadded", channels=8, outputs=8, groups=8, kernel=3, padding=0),
    Convolution("depthwise-12", channels=12, outputs=12, groups=12, kernel=3, padding=1),
)


def observed(values: torch.Tensor, **options) -> tuple[float, int]:
    """Scale and zero point that PyTorch chooses for these values."""
    observer = MinMaxObserver(**options)
    observer(values)
    scale, zero_point = observer.calculate_qparams()
    return float(scale), int(zero_point)


def quantized_weights(layer: torch.nn.Module) -> tuple[torch.Tensor, float, int]:
    """The weights as codes, their scale and zero point."""
    scale, zero_point = observed(layer.weight, **SYMMETRIC)
    codes = torch.quantize_per_tensor(layer.weight, scale, zero_point, torch.qint8)
    return codes, scale, zero_point


def linear_layers(inputs: list[int], isas: dict[str, str]) -> list[dict]:
    """The thread's layers."""
    # Narrow calibration takes the sweep beyond the calibrated range, where reduce_range ends.
    cases = [(count, gain, reduce_range) for count in inputs
             for gain in (1.0, 0.25) for reduce_range in (False, True)]
    return [linear(*case, isas) for case in cases]


def linear(inputs: int, gain: float, reduce_range: bool, isas: dict[str, str]) -> dict:
    """The layer of the forum thread: all inputs equal, swept from -4 to 4."""
    torch.manual_seed(SEED)
    layer = torch.nn.Linear(inputs, OUTPUTS, bias=False)
    data = torch.randn(ROWS, inputs) * gain
    activation = dict(ACTIVATION, reduce_range=reduce_range)
    in_scale, in_zero_point = observed(data, **activation)
    out_scale, out_zero_point = observed(layer(data), **activation)
    w, w_scale, w_zero_point = quantized_weights(layer)
    sweep = (torch.arange(800, dtype=torch.float64) * 0.01 - 4).float()
    probes = sweep.unsqueeze(1).repeat(1, inputs)
    x = torch.quantize_per_tensor(probes, in_scale, in_zero_point, torch.quint8)
    runs = []
    for engine, isa in isas.items():
        torch.backends.quantized.engine = engine
        quantized = Linear(inputs, OUTPUTS, bias_=False)
        quantized.set_weight_bias(w, None)
        quantized.scale, quantized.zero_point = out_scale, out_zero_point
        codes = quantized(x).int_repr().t().flatten().tolist()
        runs.append({"engine": engine, "isa": isa, "y": recording.base64_of(codes)})
    key = f"k{inputs}" + ("-reduced" if reduce_range else "") + ("-narrow" if gain < 1 else "")
    params = (w_scale, w_zero_point), (in_scale, in_zero_point), (out_scale, out_zero_point)
    return recording.entry(key, (OUTPUTS, inputs), w.int_repr().flatten().tolist(), params,
                           x.int_repr()[:, 0].tolist(), runs)


def convolutions(isas: dict[str, str]) -> list[dict]:
    """Convolutions of pictures of one code, each at the place in the middle."""
    return [convolution(conv, isas) for conv in CONVOLUTIONS]


def convolution(conv: Convolution, isas: dict[str, str]) -> dict:
    """A convolution by every engine, of whole padded pictures: each takes its usual kernel."""
    _, channels, outputs, groups, kernel, padding = conv
    torch.manual_seed(SEED)
    layer = torch.nn.Conv2d(channels, outputs, kernel, padding=padding, groups=groups, bias=False)
    in_scale, in_zero_point = observed(torch.randn(ROWS, channels), **ACTIVATION)
    w, w_scale, w_zero_point = quantized_weights(layer)
    codes = torch.arange(CODES, dtype=torch.uint8).reshape(CODES, 1, 1, 1)
    pictures = codes.repeat(1, channels, kernel + AROUND, kernel + AROUND)
    x = torch._make_per_tensor_quantized_tensor(pictures, in_scale, in_zero_point)
    with torch.no_grad():
        out_scale, out_zero_point = observed(layer(x.dequantize()), **ACTIVATION)
    runs = []
    for engine, isa in isas.items():
        torch.backends.quantized.engine = engine
        quantized = Conv2d(channels, outputs, kernel, padding=padding, groups=groups, bias=False)
        quantized.set_weight_bias(w, None)
        quantized.scale, quantized.zero_point = out_scale, out_zero_point
        whole, implementation = with_implementation("convolution", quantized, x)
        codes = whole.int_repr()
        middle = codes[:, :, codes.shape[2] // 2, codes.shape[3] // 2].t().flatten().tolist()
        run = {"engine": engine, "isa": isa, "y": recording.base64_of(middle)}
        # FBGEMM and QNNPACK have none.
        runs.append(dict(run, implementation=implementation) if implementation else run)
    # Channels innermost, as the kernels sum them.
    rows = w.int_repr().permute(0, 2, 3, 1)
    params = (w_scale, w_zero_point), (in_scale, in_zero_point), (out_scale, out_zero_point)
    return recording.entry(
        conv.key, (outputs, channels // groups * kernel * kernel), rows.flatten().tolist(), params,
        range(CODES), runs, operator="conv", kernel=[kernel, kernel], groups=groups,
        padding=[padding, padding])


def integer_products(isa: str) -> list[dict]:
    """Products of int8 matrices; of one input PyTorch 2.5 takes a stride for another."""
    return [integer_product(inputs, isa) for inputs in (2, 3, 8, 10, 64, 255)]


def integer_product(inputs: int, isa: str) -> dict:
    """A product with every int8 input, all inputs of a row equal."""
    torch.manual_seed(SEED)
    w = torch.randint(-128, 128, (INT_MM_OUTPUTS, inputs)).to(torch.int8)
    x = torch.arange(-128, 128).to(torch.int8).unsqueeze(1).repeat(1, inputs)
    sums = torch._int_mm(x, w.t().contiguous())
    y32 = recording.base64_of_integers(sums.t().flatten().tolist())
    runs = [{"engine": "torch_int_mm", "isa": isa, "y32": y32}]
    params = (1.0, 0), (1.0, 128), (1.0, 0)
    return recording.entry(
        f"int-mm-{inputs}", (INT_MM_OUTPUTS, inputs), w.flatten().tolist(), params, range(CODES),
        runs, operator="int_mm", types="s8s8")


def with_implementation(
    primitive: str, layer: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor
) -> tuple[torch.Tensor, str | None]:
    """What a layer gives, and the implementation of a primitive that oneDNN says it has run.

    oneDNN prints it as C does, past Python: the output of the process goes into a file meanwhile.
    """
    try:
        c, verbose = ctypes.CDLL(None), torch.backends.mkldnn.verbose
        level = torch.backends.mkldnn.VERBOSE_ON
    except (AttributeError, OSError, TypeError):  # An older PyTorch, or Windows.
        return layer(x), None
    if not torch.backends.mkldnn.is_available():
        return layer(x), None
    sys.stdout.flush()
    c.fflush(None)
    output = os.dup(1)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 1)
        try:
            with verbose(level):
                result = layer(x)
        finally:
            c.fflush(None)
            os.dup2(output, 1)
            os.close(output)
        file.seek(0)
        lines = file.read().decode(errors="replace").splitlines()
    for fields in (line.split(",") for line in lines):
        if "exec" in fields and primitive in fields[:-1]:
            return result, fields[fields.index(primitive) + 1]
    return result, None
