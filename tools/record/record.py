#!/usr/bin/env python3
"""Records what PyTorch's quantized linear layers give on this machine.

    python record.py [FILE] [--inputs 2 8 ...] [--engines fbgemm qnnpack ...]

Needs PyTorch and nothing else. Writes FILE (recording.json) for Rampscope's page, view "Check",
to hold against its model; README.md beside this script describes the fields. Nothing is sent
anywhere. On a CPU with AVX-512 VNNI, FBGEMM_ENABLE_INSTRUCTIONS=AVX2 makes FBGEMM saturate.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import platform
import sys
import warnings
from collections.abc import Iterable

# Quantization in eager mode is deprecated, and what is recorded.
warnings.filterwarnings("ignore")
try:
    import torch
except ModuleNotFoundError as error:
    if error.name != "torch":
        sys.exit(f"PyTorch cannot be loaded: {error}.")
    sys.exit(f"PyTorch is not installed for {sys.executable}; there, python -m pip install torch.")
except (ImportError, OSError) as error:  # A library that it needs.
    sys.exit(f"PyTorch cannot be loaded: {error}.")
try:
    from torch.ao.nn.quantized import Linear
    from torch.ao.quantization import MinMaxObserver
except ImportError:
    try:  # Before 1.13
        from torch.nn.quantized import Linear
        from torch.quantization import MinMaxObserver
    except ImportError:
        sys.exit(f"PyTorch {torch.__version__} has no quantized linear layers to record.")

SEED, ROWS, OUTPUTS = 100, 100, 10
MOST_INPUTS = 65536  # The page reads no larger layer.
ENGINES = ("fbgemm", "x86", "onednn", "qnnpack")
FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "asimd", "asimddp", "i8mm")
FBGEMM, ONEDNN = "FBGEMM_ENABLE_INSTRUCTIONS", "ONEDNN_MAX_CPU_ISA"
LIMITS = {"AVX2": "avx2", "AVX512": "avx512", "AVX512_256": "avx512"}
SETS = (("vnni", "avx512_vnni"), ("avx512", "avx512f"), ("avx2", "avx2"))  # The best first.


def cpu_flags() -> list[str]:
    """The instruction sets of this CPU that matter here, where the system tells them."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as cpuinfo:
            lines = [line for line in cpuinfo if line.lower().startswith(("flags", "features"))]
    except OSError:
        return []
    return [flag for flag in FLAGS if lines and flag in lines[0].split()]


def instruction_set(engine: str, flags: list[str]) -> str:
    """What the engine runs on: the best that it knows and the CPU has, or what it is held to."""
    machine = platform.machine().lower()
    is_x86 = machine in ("x86_64", "amd64")
    if engine == "qnnpack":
        return "sse2" if is_x86 else "neon"
    known = [name for name, flag in SETS if flag in flags]
    if engine == "onednn":
        # It alone knows VNNI without AVX-512, and has limits of its own.
        best = "vnni" if "avx_vnni" in flags else None
        return os.environ.get(ONEDNN, "").lower() or best or (known or [machine])[0]
    limit = LIMITS.get(os.environ.get(FBGEMM, "").upper()) if is_x86 else None
    return limit if limit and (limit in known or not flags) else (known or [machine])[0]


def base64_of(codes: Iterable[int]) -> str:
    """The codes as bytes, negative ones as two's complement."""
    return base64.b64encode(bytes(code & 255 for code in codes)).decode()


def observed(values: torch.Tensor, **options) -> tuple[float, int]:
    """Scale and zero point that PyTorch chooses for these values."""
    observer = MinMaxObserver(**options)
    observer(values)
    scale, zero_point = observer.calculate_qparams()
    return float(scale), int(zero_point)


def record(inputs: int, gain: float, reduce_range: bool, isas: dict[str, str]) -> dict:
    """The layer of the forum thread: all inputs equal, swept from -4 to 4."""
    torch.manual_seed(SEED)
    layer = torch.nn.Linear(inputs, OUTPUTS, bias=False)
    data = torch.randn(ROWS, inputs) * gain
    activation = dict(dtype=torch.quint8, reduce_range=reduce_range)
    symmetric = dict(dtype=torch.qint8, qscheme=torch.per_tensor_symmetric)
    in_scale, in_zero_point = observed(data, **activation)
    out_scale, out_zero_point = observed(layer(data), **activation)
    w_scale, w_zero_point = observed(layer.weight, **symmetric)
    w = torch.quantize_per_tensor(layer.weight, w_scale, w_zero_point, torch.qint8)
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
        runs.append({"engine": engine, "isa": isa, "y": base64_of(codes)})
    key = f"k{inputs}" + ("-reduced" if reduce_range else "") + ("-narrow" if gain < 1 else "")
    return {
        "key": key,
        "source": 0,
        "inputs": inputs,
        "outputs": OUTPUTS,
        "w": base64_of(w.int_repr().flatten().tolist()),
        "w_scale": w_scale,
        "w_zp": w_zero_point,
        "in_scale": in_scale,
        "in_zp": in_zero_point,
        "out_scale": out_scale,
        "out_zp": out_zero_point,
        "bias": None,
        "x": base64_of(x.int_repr()[:, 0].tolist()),
        "runs": runs,
    }


def arguments() -> argparse.Namespace:
    """The command line, checked; doubles are dropped."""
    supported = [name for name in ENGINES if name in torch.backends.quantized.supported_engines]
    names, order = ", ".join(supported) or "none", "FILE comes before the options."

    def number_of_inputs(text: str) -> int:
        if not (text.isdecimal() and 1 <= int(text) <= MOST_INPUTS):
            wrong = f"{text!r} is no number from 1 to {MOST_INPUTS}; {order}"
            raise argparse.ArgumentTypeError(wrong)
        return int(text)

    def engine_name(text: str) -> str:
        if text not in supported:
            wrong = f"this PyTorch has no engine {text!r}, it has {names}; {order}"
            raise argparse.ArgumentTypeError(wrong)
        return text

    parser = argparse.ArgumentParser(
        description="Records what PyTorch's quantized linear layers give on this machine.",
        usage="record.py [FILE] [--inputs K ...] [--engines NAME ...]")
    parser.add_argument("file", metavar="FILE", nargs="?", default="recording.json",
                        help="what to write (recording.json)")
    parser.add_argument("--inputs", metavar="K", type=number_of_inputs, nargs="+",
                        default=[1, 2, 3, 4, 8, 10, 16, 32, 64], help="layers with K inputs each")
    parser.add_argument("--engines", metavar="NAME", type=engine_name, nargs="+", default=supported,
                        help=f"of {names} (all of them)")
    options = parser.parse_args()
    options.inputs, options.engines = dict.fromkeys(options.inputs), dict.fromkeys(options.engines)
    if not options.engines:
        parser.error("this PyTorch has no quantized engine to record.")
    return options


def main() -> None:
    options = arguments()
    flags = cpu_flags()
    isas = {engine: instruction_set(engine, flags) for engine in options.engines}
    limits = [f"{FBGEMM} {os.environ.get(FBGEMM, 'not set')}"]
    limits += [f"{ONEDNN} {os.environ[ONEDNN]}"] if ONEDNN in os.environ else []
    capability = getattr(getattr(torch.backends, "cpu", None), "get_cpu_capability", None)
    machine = "; ".join([platform.machine(), " ".join(flags) or "flags unknown"]
                        + ([f"PyTorch says {capability()}"] if capability else []))
    engines = ", ".join(f"{engine} ({isa})" for engine, isa in isas.items())
    print("; ".join([f"PyTorch {torch.__version__} on {machine}", *limits]))
    # Narrow calibration takes the sweep beyond the calibrated range, where reduce_range ends.
    cases = [(inputs, gain, reduce_range) for inputs in options.inputs
             for gain in (1.0, 0.25) for reduce_range in (False, True)]
    try:
        recordings = [record(*case, isas) for case in cases]
    except (AttributeError, RuntimeError) as error:  # Gone from PyTorch, or not in this build.
        engine, reason = torch.backends.quantized.engine, str(error).partition("\n")[0]
        sys.exit(f"This PyTorch could not run a quantized layer (engine {engine}): {reason}")
    source = {
        "library": "PyTorch",
        "version": str(torch.__version__),
        "machine": machine,
        "how": "; ".join([f"tools/record/record.py, seed {SEED}", *limits]),
    }
    document = {"set": "recordings", "schema": 1, "sources": [source], "recordings": recordings}
    text = json.dumps(document, allow_nan=False) + "\n"
    try:
        with open(options.file, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        sys.exit(f"{options.file} cannot be written: {error.strerror}.")
    print(f"{options.file}: {len(recordings)} recordings of {engines}; {len(text) // 1000} kB")


if __name__ == "__main__":
    main()
