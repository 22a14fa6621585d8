"""What the recorders share: the CPU's flags, bytes as text, numbers of a command line, the file."""

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
