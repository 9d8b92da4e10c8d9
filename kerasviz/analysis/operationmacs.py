"""Multiply-adds of operations of `keras.ops` for one sample: products of input tensors."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import keras
from keras.src import ops

from kerasviz.analysis.specs import TensorSpec, UnknownSize, product

Specs = Sequence[TensorSpec]


def _both(inputs: Specs) -> Specs:
    """Returns the two tensors. A constant is not an input, and which operand it is is unknown here."""
    if len(inputs) != 2:
        raise UnknownSize
    return inputs


def _matmul(operation: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    return product(outputs[0].shape[1:]) * product(_both(inputs)[0].shape[-1:])


def _tensordot(operation: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    shape, axes = _both(inputs)[0].shape, operation.axes
    summed = shape[len(shape) - axes :] if isinstance(axes, int) else [shape[axis] for axis in axes[0]]
    return product(outputs[0].shape[1:]) * product(summed)


def _einsum(operation: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    """Each value of the output is a sum over the letters that it does not have."""
    sources, arrow, result = operation.subscripts.replace(" ", "").partition("->")
    terms = sources.split(",")
    if not arrow or "." in sources or len(terms) != 2:
        raise UnknownSize
    sizes = {
        letter: size
        for term, spec in zip(terms, _both(inputs), strict=True)
        for letter, size in zip(term, spec.shape, strict=True)
    }
    return product(outputs[0].shape[1:]) * product(
        [sizes[letter] for letter in sizes if letter not in result]
    )


def _attention(operation: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    """The scores of each query with each key, and the weighted sums."""
    return 2 * product(outputs[0].shape[1:]) * product(inputs[1].shape[1:2])


def _unknown(operation: keras.Operation, inputs: Specs, outputs: Specs) -> None:
    return None


OPERATIONS: tuple[
    tuple[type | tuple[type, ...], Callable[[keras.Operation, Specs, Specs], int | None]], ...
] = (
    ((ops.numpy.Matmul, ops.numpy.Dot), _matmul),
    (ops.numpy.Tensordot, _tensordot),
    (ops.numpy.Einsum, _einsum),
    (ops.nn.DotProductAttention, _attention),
    (
        (ops.nn.Conv, ops.nn.ConvTranspose, ops.nn.DepthwiseConv, ops.nn.SeparableConv, ops.numpy.Inner),
        _unknown,
    ),
)
"""Operations that multiply and add; kernels of convolutions are constants, whose size is unknown here."""
