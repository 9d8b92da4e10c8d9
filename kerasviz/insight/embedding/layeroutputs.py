"""What comes out of a layer, and of the model, for many samples."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.insight.outputs.predictions import output_nodes
from kerasviz.insight.passage.fittinginputs import fitted_inputs
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.passage import Passage
from kerasviz.insight.passage.passed import Passed
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

MOST_PASSED = 4_000_000
"""Values of all layers together in one batch: 16 MB."""
MOST_KEPT = 16_000_000
"""Values of the layer that are kept: 64 MB."""
BATCH = 128
LEAST = 10
"""Samples in a picture."""


@dataclass(frozen=True)
class LayerOutputs:
    """Outputs for samples, one after the other.

    Attributes:
        values: Of the layer, `(samples, numbers)`.
        answers: Of the model's only output, `(samples, units)`; None where it has several, or none.
        operation: The layer that gives the answers.
    """

    values: np.ndarray
    answers: np.ndarray | None
    operation: Any


def layer_outputs(
    document: JSON,
    source: LayerSource,
    samples: Callable[[np.ndarray], Mapping[Any, np.ndarray]],
    indices: np.ndarray,
    take: Callable[[Mapping[str, Passed]], Passed],
    go_on: Callable[[float | None], None],
    looked: Sequence[str] = (),
) -> LayerOutputs:
    """Sends samples through a drawing, as many at once as memory allows.

    Args:
        document: Keras JSON.
        source: Gives the layers.
        samples: Gives the prepared arrays of some samples.
        indices: Theirs.
        take: Finds the call of the layer among what came of all calls.
        go_on: Told how far it is; what it raises ends it.
        looked: The models around the layer, as in `Passage.run`.

    Raises:
        RequestError: With code `no_output`, where nothing comes out of the layer; with `too_large`, where it
            gives too much.
    """
    passage = Passage(source)
    values: list[np.ndarray] = []
    answers: list[np.ndarray] = []
    operation, batch, start = None, 1, 0
    while start < len(indices):
        go_on(start / len(indices))
        inputs = fitted_inputs(document, samples(indices[start : start + batch]))
        found = passage.run(document, inputs, looked=looked)
        passed = take(found)
        if not passed.outputs:
            raise RequestError(
                "no_output",
                passed.error["message"] if passed.error else text("This layer has no output yet."),
            )
        values.append(_flat(passed.outputs[0]))
        if values[0].shape[1] * len(indices) > MOST_KEPT:
            fewer = MOST_KEPT // values[0].shape[1]
            if fewer < LEAST:
                raise RequestError(
                    "too_large", text("The output of this layer is too large for an embedding.")
                )
            indices = indices[:fewer]
        answered = _answer(document, found)
        if answered is not None and len(answered.outputs) == 1:
            operation = answered.operation
            answers.append(_flat(answered.outputs[0]))
        start += batch
        size = sum(math.prod(tensor.shape[1:]) for each in found.values() for tensor in each.outputs)
        batch = min(BATCH, max(1, MOST_PASSED // max(1, size)))
    whole = np.concatenate(values)[: len(indices)]
    return LayerOutputs(whole, np.concatenate(answers)[: len(indices)] if answers else None, operation)


def _answer(document: JSON, found: Mapping[str, Passed]) -> Passed | None:
    level = {name: passed for name, passed in found.items() if "/" not in name}
    nodes = output_nodes(document, level)
    return level.get(nodes[0]) if len(nodes) == 1 else None


def _flat(tensor: Any) -> np.ndarray:
    array = np.asarray(keras.ops.convert_to_numpy(tensor))
    if array.dtype.kind in "OSU":
        raise RequestError("embedding", text("The output of this layer is text, which cannot be embedded."))
    return array.reshape(len(array), -1).astype("float32")
