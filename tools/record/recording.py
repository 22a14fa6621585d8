"""What the recorders share: the CPU's flags, bytes as text, the command line, the file."""

from __future__ import annotations

import argparse
import base64
import json
import platform
import struct
import sys
from collections.abc import Callable, Iterable

MOST_INPUTS = 65536  # The page reads no larger layer.
FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "asimd", "asimddp", "i8mm")
ORDER = "FILE comes before the options"


def cpu_flags() -> list[str]:
    """The instruction sets of this CPU that matter here, where the system tells them."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8", errors="replace") as cpuinfo:
            lines = [line for line in cpuinfo if line.lower().startswith(("flags", "features"))]
    except OSError:
        return []
    return [flag for flag in FLAGS if lines and flag in lines[0].split()]


def is_x86() -> bool:
    return platform.machine().lower() in ("x86_64", "amd64")


def best(sets: Iterable[tuple[str, str]], flags: list[str]) -> str | None:
    """The first of some instruction sets, each with its flag, that a CPU has."""
    return next((name for name, flag in sets if flag in flags), None)


def described(flags: list[str], isa: str | None) -> str:
    """The machine; where the instruction set is named, the system's flags are another CPU's."""
    known = f"{isa}, named by hand" if isa else " ".join(flags) or "flags unknown"
    return f"{platform.machine()}; {known}"


def base64_of(codes: Iterable[int]) -> str:
    """The codes as bytes, negative ones as two's complement."""
    return base64.b64encode(bytes(code & 255 for code in codes)).decode()


def base64_of_integers(values: Iterable[int]) -> str:
    """Integers of 32 bits as bytes, the lowest first."""
    values = list(values)
    return base64.b64encode(struct.pack(f"<{len(values)}i", *values)).decode()


def number_of_inputs(text: str) -> int:
    """A number of inputs of a command line."""
    if not (text.isdecimal() and 1 <= int(text) <= MOST_INPUTS):
        wrong = f"{text!r} is no number from 1 to {MOST_INPUTS}; {ORDER}."
        raise argparse.ArgumentTypeError(wrong)
    return int(text)


def one_of(names: Iterable[str], what: str) -> Callable[[str], str]:
    """A name of a command line, of those that there are."""
    names = tuple(names)

    def name(text: str) -> str:
        if text not in names:
            wrong = f"{what} {text!r}, there is {', '.join(names) or 'none'}; {ORDER}."
            raise argparse.ArgumentTypeError(wrong)
        return text

    return name


class Parser(argparse.ArgumentParser):
    """The command line of a recorder."""

    def __init__(self, script: str, file: str, records: str, options: str = "") -> None:
        super().__init__(description=f"Records what {records} give on this machine.",
                         usage=f"{script} [FILE] [--operators NAME ...] [--inputs K ...]"
                               f"{options} [--isa NAME]")
        self.add_argument("file", metavar="FILE", nargs="?", default=file,
                          help=f"what to write ({file})")
        self.add_argument("--isa", metavar="NAME",
                          help="what to call the CPU's instruction set, in an emulator as avx2")

    def add_names(self, option: str, names: Iterable[str], wrong: str) -> None:
        """An option that takes some of the names, and has all of them."""
        names = list(names)
        self.add_argument(option, metavar="NAME", nargs="+", default=names,
                          type=one_of(names, wrong),
                          help=f"of {', '.join(names) or 'none'} (all of them)")

    def add_inputs(self, default: list[int], what: str) -> None:
        self.add_argument("--inputs", metavar="K", nargs="+", type=number_of_inputs,
                          default=default, help=f"{what} with K inputs each")

    def parsed(self) -> argparse.Namespace:
        """What was typed, checked; doubles are dropped."""
        options = self.parse_args()
        for name, value in vars(options).items():
            if isinstance(value, list):
                setattr(options, name, list(dict.fromkeys(value)))
        return options


def entry(
    key: str,
    shape: tuple[int, int],
    w: Iterable[int],
    params: tuple[tuple[float, int], tuple[float, int], tuple[float, int]],
    x: Iterable[int],
    runs: list[dict],
    **fields: object,
) -> dict:
    """A recording: outputs and inputs, weight codes row by row, scale and zero point of weights,
    inputs and outputs, the code of all inputs of each probe, what the engines gave."""
    (outputs, inputs), (weight, given, made) = shape, params
    return {
        "key": key,
        "source": 0,
        **fields,
        "inputs": inputs,
        "outputs": outputs,
        "w": base64_of(w),
        "w_scale": weight[0],
        "w_zp": weight[1],
        "in_scale": given[0],
        "in_zp": given[1],
        "out_scale": made[0],
        "out_zp": made[1],
        "bias": None,
        "x": base64_of(x),
        "runs": runs,
    }


def write(path: str, source: dict[str, str], recordings: list[dict]) -> int:
    """Writes the file, and gives how many bytes it has; ends the program where it cannot."""
    document = {"set": "recordings", "schema": 2, "sources": [source], "recordings": recordings}
    text = json.dumps(document, allow_nan=False) + "\n"
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        sys.exit(f"{path} cannot be written: {error.strerror}.")
    return len(text)
