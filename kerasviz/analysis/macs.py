"""Multiply-adds of a call for one sample: products of a kernel with its input."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import keras

from kerasviz.analysis.operationmacs import OPERATIONS
from kerasviz.analysis.specs import Shape, TensorSpec, UnknownSize, product

Specs = Sequence[TensorSpec]


def multiply_adds(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int | None:
    """Counts the multiply-adds of a called layer.

    Every kernel is used once at each position of the output, so the count is its size times the number of
    positions. Additions, biases, normalizations and activations are not counted, as in papers that publish
    such counts (e.g. Hu et al., arXiv:1709.01507, table 2).

    Args:
        layer: A layer with weights.
        inputs: Its input tensors.
        outputs: Its output tensors.

    Returns:
        The count, or None if it depends on sizes that are unknown before training, or for a nested model.
    """
    if isinstance(layer, keras.Model):
        return None
    try:
        for cls, count in COUNTS:
            if isinstance(layer, cls):
                return count(layer, inputs, outputs)
        return _kernels(layer) * _positions(layer, outputs[0].shape) if _kernels(layer) else 0
    except UnknownSize:
        return None


def _kernels(layer: keras.Operation) -> int:
    """Returns the number of values in all kernels of a layer."""
    return sum(math.prod(w.shape) for w in getattr(layer, "weights", []) if w.name.endswith("kernel"))


def _positions(layer: keras.Operation, shape: Shape) -> int:
    """Returns how many positions a tensor has, each with a vector of features."""
    first = getattr(layer, "data_format", None) == "channels_first"
    return product(shape[2:] if first else shape[1:-1])


def _transposed(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    return _kernels(layer) * _positions(layer, inputs[0].shape)


def _recurrent(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    return _kernels(layer) * product(inputs[0].shape[1:2])


def _recurrent_convolution(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    shape, rank = outputs[0].shape, len(layer.cell.kernel_size)
    spatial = shape[-rank:] if layer.cell.data_format == "channels_first" else shape[-rank - 1 : -1]
    return _kernels(layer) * product(inputs[0].shape[1:2]) * product(spatial)


def _bidirectional(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int | None:
    parts = [multiply_adds(part, inputs, outputs) for part in (layer.forward_layer, layer.backward_layer)]
    return None if None in parts else sum(part or 0 for part in parts)


def _time_distributed(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int | None:
    steps = product(inputs[0].shape[1:2])
    if isinstance(layer.layer, keras.Model):
        inside = _inside(layer.layer)
        return None if inside is None else steps * inside
    once = [[TensorSpec((s.shape[0], *s.shape[2:]), s.dtype) for s in specs] for specs in (inputs, outputs)]
    count = multiply_adds(layer.layer, *once)
    return None if count is None else steps * count


def _inside(model: keras.Model) -> int | None:
    """Adds up the layers of a called model, each as often as it is called there."""
    counts = [
        multiply_adds(
            node.operation, *([TensorSpec.of(t) for t in ts] for ts in (node.input_tensors, node.outputs))
        )
        for nodes in getattr(model, "_functional", model)._nodes_by_depth.values()
        for node in nodes
    ]
    return None if None in counts else sum(count or 0 for count in counts)


def _einsum(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    """Each value of the output is a sum over the axes of the kernel that the output does not have."""
    kernel_axes, output_axes = layer.equation.split(",")[1].split("->")
    sizes = zip(kernel_axes, layer.kernel.shape, strict=True)
    summed = [size for axis, size in sizes if axis not in output_axes]
    return product(outputs[0].shape[1:]) * product(summed)


def _multi_head_attention(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    """Projections of query, key, value and output, the scores, and the weighted sums."""
    steps = product(outputs[0].shape[1:-1])
    sources = product(inputs[min(1, len(inputs) - 1)].shape[1:-1])
    names = {"query": steps, "key": sources, "value": sources, "attention_output": steps}
    projections = sum(
        math.prod(w.shape) * times
        for w in layer.weights
        for name, times in names.items()
        if w.name.endswith("kernel") and f"/{name}/" in f"/{w.path}"
    )
    value_dim = layer.value_dim or layer.key_dim
    features: int = layer.num_heads * (layer.key_dim + value_dim)
    return int(projections) + steps * sources * features


def _attention(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    query, value = inputs[0].shape, inputs[1].shape
    key = inputs[2].shape if len(inputs) > 2 else value
    return product(query[1:2]) * product(value[1:2]) * (product(key[-1:]) + product(value[-1:]))


def _dot(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    axes = layer.axes if isinstance(layer.axes, int) else layer.axes[0]
    return product(outputs[0].shape[1:]) * product([inputs[0].shape[axes]])


def _nothing(layer: keras.Operation, inputs: Specs, outputs: Specs) -> int:
    return 0


COUNTS: tuple[tuple[type | tuple[type, ...], Callable[[keras.Operation, Specs, Specs], int | None]], ...] = (
    (keras.layers.Embedding, _nothing),
    (keras.layers.Bidirectional, _bidirectional),
    (keras.layers.TimeDistributed, _time_distributed),
    ((keras.layers.ConvLSTM1D, keras.layers.ConvLSTM2D, keras.layers.ConvLSTM3D), _recurrent_convolution),
    (keras.layers.RNN, _recurrent),
    (keras.layers.MultiHeadAttention, _multi_head_attention),
    (keras.layers.Attention, _attention),
    (keras.layers.EinsumDense, _einsum),
    (keras.layers.Dot, _dot),
    (
        (keras.layers.Conv1DTranspose, keras.layers.Conv2DTranspose, keras.layers.Conv3DTranspose),
        _transposed,
    ),
    *OPERATIONS,
)
"""Layers that do not use their kernels once at each position of the output."""
