#!/usr/bin/env python3
"""Records what PyTorch's quantized linear layers give on this machine.

    python record.py [FILE] [--inputs 2 8 …] [--engines fbgemm qnnpack …]

Needs nothing but PyTorch. Writes FILE (recording.json), which Rampscope's page "Suspects" checks
against its model; README.md beside this script describes the fields. Nothing is sent anywhere.
On a CPU with VNNI, FBGEMM_ENABLE_INSTRUCTIONS=AVX2 makes FBGEMM use the older instructions.
"""

import argparse
import base64
import json
import os
import platform
import sys
import warnings

warnings.filterwarnings("ignore")  # Quantization in eager mode is deprecated, and what is recorded.
import torch

try:
    from torch.ao.nn.quantized import Linear
    from torch.ao.quantization import MinMaxObserver
except ImportError:  # Older PyTorch
    from torch.nn.quantized import Linear
    from torch.quantization import MinMaxObserver

SEED, ROWS, OUTPUTS = 100, 100, 10
FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "asimd", "asimddp", "i8mm")
LIMITS = {"AVX2": "avx2", "AVX512": "avx512", "AVX512_256": "avx512"}


def cpu_flags():
    """The instruction sets of this CPU that matter here, where the system tells them."""
    try:
        with open("/proc/cpuinfo") as cpuinfo:
            lines = [line for line in cpuinfo if line.lower().startswith(("flags", "features"))]
    except OSError:
        return []
    return [flag for flag in FLAGS if lines and flag in lines[0].split()]


def instruction_set(flags, engine):
    """What the engine runs on: the CPU's best, or what FBGEMM was limited to."""
    limit = os.environ.get("FBGEMM_ENABLE_INSTRUCTIONS", "").upper()
    if engine == "fbgemm" and limit in LIMITS:
        return LIMITS[limit]
    if "avx512_vnni" in flags or "avx_vnni" in flags:
        return "vnni"
    for flag, name in (("avx512f", "avx512"), ("avx2", "avx2"), ("asimd", "neon")):
        if flag in flags:
            return name
    return platform.machine() or "unknown"


def base64_of(codes):
    return base64.b64encode(bytes(code & 255 for code in codes)).decode()


def observed(values, **options):
    observer = MinMaxObserver(**options)
    observer(values)
    scale, zero_point = observer.calculate_qparams()
    return float(scale), int(zero_point)


def record(inputs, reduce_range, gain, engines, flags):
    """The layer of the forum thread: all inputs equal, swept from -4 to 4."""
    torch.manual_seed(SEED)
    layer = torch.nn.Linear(inputs, OUTPUTS, bias=False)
    data = torch.randn(ROWS, inputs) * gain
    activation = dict(dtype=torch.quint8, reduce_range=reduce_range)
    symmetric = dict(dtype=torch.qint8, qscheme=torch.per_tensor_symmetric)
    in_scale, in_zp = observed(data, **activation)
    out_scale, out_zp = observed(layer(data), **activation)
    w_scale, w_zp = observed(layer.weight, **symmetric)
    w = torch.quantize_per_tensor(layer.weight, w_scale, w_zp, torch.qint8)
    sweep = (torch.arange(800, dtype=torch.float64) * 0.01 - 4).float()
    probes = sweep.unsqueeze(1).repeat(1, inputs)
    x = torch.quantize_per_tensor(probes, in_scale, in_zp, torch.quint8)
    runs = []
    for engine in engines:
        torch.backends.quantized.engine = engine
        quantized = Linear(inputs, OUTPUTS, bias_=False)
        quantized.set_weight_bias(w, None)
        quantized.scale, quantized.zero_point = out_scale, out_zp
        codes = quantized(x).int_repr().t().flatten().tolist()
        isa = instruction_set(flags, engine)
        runs.append({"engine": engine, "isa": isa, "y": base64_of(codes)})
    return {
        "key": f"k{inputs}" + ("-reduced" if reduce_range else "") + ("-narrow" if gain < 1 else ""),
        "source": 0,
        "inputs": inputs,
        "outputs": OUTPUTS,
        "w": base64_of(w.int_repr().flatten().tolist()),
        "w_scale": w_scale,
        "w_zp": w_zp,
        "in_scale": in_scale,
        "in_zp": in_zp,
        "out_scale": out_scale,
        "out_zp": out_zp,
        "bias": None,
        "x": base64_of(x.int_repr()[:, 0].tolist()),
        "runs": runs,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", nargs="?", default="recording.json")
    parser.add_argument("--inputs", type=int, nargs="+", default=[1, 2, 3, 4, 8, 10, 16, 32, 64])
    parser.add_argument("--engines", nargs="+", help="of torch.backends.quantized.supported_engines")
    options = parser.parse_args()
    known = [name for name in ("fbgemm", "x86", "onednn", "qnnpack")
             if name in torch.backends.quantized.supported_engines]
    engines = options.engines or known
    unknown = [engine for engine in engines if engine not in known]
    if unknown or not engines:
        sys.exit(f"This PyTorch has no engine {', '.join(unknown) or 'to record'}; it has {known}.")
    if min(options.inputs) < 1:
        sys.exit("A layer needs at least one input.")
    flags = cpu_flags()
    capability = getattr(torch.backends, "cpu", None)
    capability = capability.get_cpu_capability() if capability else "unknown"
    limit = os.environ.get("FBGEMM_ENABLE_INSTRUCTIONS", "not set")
    machine = f"{platform.machine()}; {' '.join(flags) or 'flags unknown'}; PyTorch says {capability}"
    print(f"PyTorch {torch.__version__} on {machine}; FBGEMM_ENABLE_INSTRUCTIONS {limit}")
    # Narrow calibration takes the sweep beyond the calibrated range, where reduce_range ends.
    cases = [(inputs, reduced, gain) for inputs in options.inputs
             for gain in (1.0, 0.25) for reduced in (False, True)]
    recordings = [record(*case, engines, flags) for case in cases]
    source = {
        "library": "PyTorch",
        "version": torch.__version__,
        "machine": machine,
        "how": f"tools/record/record.py, seed {SEED}; FBGEMM_ENABLE_INSTRUCTIONS {limit}",
    }
    document = {"set": "recordings", "schema": 1, "sources": [source], "recordings": recordings}
    with open(options.file, "w") as file:
        json.dump(document, file, allow_nan=False)
        file.write("\n")
    print(f"{options.file}: {len(recordings)} recordings of {', '.join(engines)}")


if __name__ == "__main__":
    main()
