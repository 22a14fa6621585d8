#!/usr/bin/env python3
"""Records what PyTorch's quantized layers give on this machine.

    python record.py [FILE] [--operators linear conv int_mm] [--inputs 2 8 ...]
        [--engines fbgemm qnnpack ...] [--isa NAME]

Needs PyTorch and nothing else. Writes FILE (recording.json) for Rampscope's page, view "Check",
to hold against its model; README.md beside this script describes the fields. Nothing is sent
anywhere. On a CPU with AVX-512 VNNI, FBGEMM_ENABLE_INSTRUCTIONS=AVX2 makes FBGEMM saturate.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import warnings

import recording

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
    import torch_layers
except ImportError:
    sys.exit(f"PyTorch {torch.__version__} has no quantized layers to record.")

ENGINES = ("fbgemm", "x86", "onednn", "qnnpack")
OPERATORS = ("linear", "conv", "int_mm")
FBGEMM, ONEDNN = "FBGEMM_ENABLE_INSTRUCTIONS", "ONEDNN_MAX_CPU_ISA"
LIMITS = {"AVX2": "avx2", "AVX512": "avx512", "AVX512_256": "avx512"}
SETS = (("vnni", "avx512_vnni"), ("avx512", "avx512f"), ("avx2", "avx2"))  # The best first.


def instruction_set(engine: str, flags: list[str], named: str | None) -> str:
    """What the engine runs on: the best that it knows and the CPU has, or what it is held to."""
    machine, is_x86 = platform.machine().lower(), recording.is_x86()
    if engine == "qnnpack":
        return "sse2" if is_x86 else "neon"
    if named:
        return named
    if engine == "onednn":
        # It alone knows VNNI without AVX-512, and has limits of its own.
        sets = (("vnni", "avx_vnni"), *SETS)
        return os.environ.get(ONEDNN, "").lower() or recording.best(sets, flags) or machine
    limit = LIMITS.get(os.environ.get(FBGEMM, "").upper()) if is_x86 else None
    is_known = any(name == limit and flag in flags for name, flag in SETS)
    return limit if limit and (is_known or not flags) else recording.best(SETS, flags) or machine


def arguments() -> argparse.Namespace:
    """The command line."""
    supported = [name for name in ENGINES if name in torch.backends.quantized.supported_engines]
    operators = [name for name in OPERATORS if name != "int_mm" or torch_layers.HAS_INT_MM]
    parser = recording.Parser("record.py", "recording.json", "PyTorch's quantized layers",
                              " [--engines NAME ...]")
    parser.add_names("--operators", operators, "this PyTorch has no operator")
    parser.add_inputs([1, 2, 3, 4, 8, 10, 16, 32, 64], "linear layers")
    parser.add_names("--engines", supported, "this PyTorch has no engine")
    options = parser.parsed()
    if not options.engines and options.operators != ["int_mm"]:
        parser.error("this PyTorch has no quantized engine to record.")
    return options


def main() -> None:
    options = arguments()
    flags = recording.cpu_flags()
    isas = {engine: instruction_set(engine, flags, options.isa) for engine in options.engines}
    limits = [f"{FBGEMM} {os.environ.get(FBGEMM, 'not set')}"]
    limits += [f"{ONEDNN} {os.environ[ONEDNN]}"] if ONEDNN in os.environ else []
    capability = getattr(getattr(torch.backends, "cpu", None), "get_cpu_capability", None)
    machine = recording.described(flags, options.isa)
    machine += f"; PyTorch says {capability()}" if capability else ""
    print("; ".join([f"PyTorch {torch.__version__} on {machine}", *limits]))
    recordings = []
    try:
        if "linear" in options.operators:
            recordings += torch_layers.linear_layers(options.inputs, isas)
        if "conv" in options.operators:
            recordings += torch_layers.convolutions(isas)
        if "int_mm" in options.operators:
            isa = instruction_set("onednn", flags, options.isa)
            recordings += torch_layers.integer_products(isa)
    except (AttributeError, RuntimeError) as error:  # Gone from PyTorch, or not in this build.
        engine, reason = torch.backends.quantized.engine, str(error).partition("\n")[0]
        sys.exit(f"This PyTorch could not run a quantized layer (engine {engine}): {reason}")
    source = {
        "library": "PyTorch",
        "version": str(torch.__version__),
        "machine": machine,
        "how": "; ".join([f"tools/record/record.py, seed {torch_layers.SEED}", *limits]),
    }
    size = recording.write(options.file, source, recordings)
    engines = dict.fromkeys(f"{run['engine']} ({run['isa']})"
                            for layer in recordings for run in layer["runs"])
    print(f"{options.file}: {len(recordings)} recordings of {', '.join(options.operators)}"
          f" by {', '.join(engines)}; {size // 1000} kB")


if __name__ == "__main__":
    main()
