"""Models of one ONNX operator as bytes, without the package onnx.

ONNX's format is protobuf, `onnx/onnx.proto` in its repository: each field is its number and kind,
then its value. A message within a message is a field of bytes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

IR_VERSION, OPSET = 8, 13
INTEGER, BYTES = 0, 2  # Kinds of fields.
TYPES = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6}  # TensorProto.DataType.
ONE_INTEGER, MANY_INTEGERS = 2, 7  # AttributeProto.AttributeType.


class Value(NamedTuple):
    """An input or output of a model."""

    name: str
    type: str
    shape: tuple[int, ...]


class Constant(NamedTuple):
    """A constant operand."""

    name: str
    array: np.ndarray | np.generic


def varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    low, rest = number & 127, number >> 7
    return bytes([low | 128]) + varint(rest) if rest else bytes([low])


def field(number: int, value: int | str | bytes) -> bytes:
    if isinstance(value, int):
        return varint(number << 3 | INTEGER) + varint(value)
    data = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | BYTES) + varint(len(data)) + data


def tensor(constant: Constant) -> bytes:
    """A TensorProto."""
    name, array = constant
    dimensions = b"".join(field(1, size) for size in array.shape)
    values = field(2, TYPES[str(array.dtype)]) + field(8, name) + field(9, array.tobytes())
    return dimensions + values


def described(value: Value) -> bytes:
    """A ValueInfoProto."""
    sizes = b"".join(field(1, field(1, size)) for size in value.shape)
    of_tensor = field(1, TYPES[value.type]) + field(2, sizes)
    return field(1, value.name) + field(2, field(1, of_tensor))


def attribute(name: str, value: int | list[int]) -> bytes:
    """An AttributeProto."""
    if isinstance(value, int):
        return field(1, name) + field(3, value) + field(20, ONE_INTEGER)
    return field(1, name) + b"".join(field(8, one) for one in value) + field(20, MANY_INTEGERS)


def model(
    operator: str,
    operands: list[Value | Constant],
    result: Value,
    **attributes: int | list[int],
) -> bytes:
    """A ModelProto of one operator; operands that are values are inputs of the model."""
    inputs = [operand for operand in operands if isinstance(operand, Value)]
    constants = [operand for operand in operands if isinstance(operand, Constant)]
    node = b"".join(field(1, operand.name) for operand in operands) + field(2, result.name)
    node += field(4, operator)
    node += b"".join(field(5, attribute(name, value)) for name, value in attributes.items())
    graph = field(1, node) + field(2, operator)
    graph += b"".join(field(5, tensor(constant)) for constant in constants)
    graph += b"".join(field(11, described(value)) for value in inputs)
    graph += field(12, described(result))
    return field(1, IR_VERSION) + field(7, graph) + field(8, field(2, OPSET))
