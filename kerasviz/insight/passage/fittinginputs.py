"""Brings samples to the Inputs of a drawing, which need not be a whole model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from kerasviz.analysis.reading import is_input, is_sequential
from kerasviz.analysis.specs import shape_text
from kerasviz.analysis.structure import histories
from kerasviz.analysis.symbolic import built_for
from kerasviz.data.shapes import Shape, axes_to, matches, only_folds
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text


def fitted_inputs(document: JSON, arrays: Mapping[Any, np.ndarray]) -> list[np.ndarray]:
    """The array for each Input of a drawing, in their order.

    Args:
        document: Keras JSON.
        arrays: `(samples, ...)`, by the name of their Input, or in the order of the Inputs.

    Raises:
        RequestError: With code `shape`, where the drawing takes something else.
    """
    inputs = inputs_of(document)
    names = [name for name, _ in inputs]
    if set(names) == set(arrays):
        given = [arrays[name] for name in names]
    elif len(arrays) == len(inputs):
        given = list(arrays.values())
    else:
        raise RequestError(
            "shape",
            text(
                "The sample has {received} arrays, but the model has {expected} Inputs. Add one "
                "Input per array.",
                received=len(arrays),
                expected=len(inputs),
            ),
        )
    return [_shaped(array, name, shape) for array, (name, shape) in zip(given, inputs, strict=True)]


def inputs_of(document: JSON) -> list[tuple[str, Shape | None]]:
    """The Inputs of a drawing, each with the shape of a sample; None where nobody knows it."""
    return list(_inputs(document))


def _inputs(document: JSON) -> Iterator[tuple[str, Shape | None]]:
    config = document.get("config")
    layers = config.get("layers", []) if isinstance(config, dict) else []
    shapes = {str(layer["config"].get("name")): _shape(layer) for layer in layers if is_input(layer)}
    if is_sequential(document):
        given = built_for(document)
        yield from list(shapes.items())[:1] or [("", given[0].shape[1:] if given else None)]
        return
    for reference in histories(config.get("input_layers") if isinstance(config, dict) else None):
        if reference.layer in shapes:
            yield reference.layer, shapes[reference.layer]


def _shape(layer: JSON) -> Shape | None:
    batch = layer["config"].get("batch_shape")
    return tuple(batch[1:]) if isinstance(batch, list) else None


def _shaped(array: np.ndarray, name: str, shape: Shape | None) -> np.ndarray:
    """The array in the shape of an Input, where no value gets another place by it."""
    received = array.shape[1:]
    if shape is None or matches(received, shape):
        return array
    axes = axes_to(received, shape)
    if axes is not None:
        return array.transpose(axes)
    if only_folds(received, shape):
        return array.reshape(len(array), *(length or 1 for length in shape))
    raise RequestError(
        "shape",
        text(
            "Layer {layer} expects {expected}, but the sample is {received}.",
            layer=repr(name),
            expected=shape_text(shape),
            received=shape_text(received),
        ),
        layer=name,
    )
