"""What a model predicts of many samples, output by output."""

from __future__ import annotations

import dataclasses
from typing import Any

import keras
import numpy as np
from keras.src import backend

from kerasviz.data.judging import of_outputs
from kerasviz.insight.results.asked import task_of
from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.room import room
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


class Outputs:
    """Collects predictions.

    Args:
        model: A compiled `keras.Model`.
        count: How many samples there are.
    """

    def __init__(self, model: Any, count: int) -> None:
        self._model = model
        self._count = count
        self._values: dict[str, Any] = {}
        self._counted: dict[str, Any] = {}

    def write(self, rows: np.ndarray, output: Any) -> None:
        """Takes the output for some samples."""
        for name, tensor in self._named(output).items():
            values = keras.ops.convert_to_numpy(tensor)
            if values.dtype.kind not in "fiub":  # bfloat16
                values = values.astype("float32")
            if name not in self._values:
                self._values[name] = room((self._count, *values.shape[1:]), values.dtype)
            if values.shape[1:] != self._values[name].shape[1:]:  # as long as the longest of its batch
                raise RequestError(
                    "no_predictions",
                    text(
                        "The shape of output {name} differs between batches, so predictions cannot be "
                        "collected. Give all samples the same size.",
                        name=repr(name),
                    ),
                )
            self._values[name][rows] = values
            mask = backend.get_keras_mask(tensor)
            if mask is not None:
                mask = keras.ops.convert_to_numpy(mask)
                if name not in self._counted:
                    self._counted[name] = room((self._count, *mask.shape[1:]), "bool")
                self._counted[name][rows] = mask

    def predicted(
        self, part: Part, targets: Any, weights: Any, class_names: tuple[str, ...]
    ) -> tuple[Predicted, ...]:
        """All predictions beside what is true."""
        names = list(self._values)
        losses = of_outputs(self._model.loss, names)
        known = {} if targets is None else self._named(targets)
        weighed = {} if weights is None else self._named(weights)
        found = []
        for name, loss in zip(names, losses, strict=True):
            target, counted = known.get(name), self._counted.get(name)
            weight, has_mask = weighed.get(name), counted is not None
            has_weights = weight is not None and weight.ndim > 1
            if weight is not None and has_weights:  # a weight for each position; padding has none
                counted = (weight != 0) if counted is None else counted & (weight != 0).reshape(counted.shape)
            called = class_names if len(names) == 1 else ()
            task = task_of(loss, self._values[name], target, called, counted)
            whole = Predicted(part, name, self._values[name], task)
            found.append(dataclasses.replace(whole, has_mask=has_mask, has_weights=has_weights))
        return tuple(found)

    def _named(self, structure: Any) -> dict[str, Any]:
        """Arrays by the names of the outputs that they are for."""
        if isinstance(structure, dict):
            return dict(structure)
        names = list(getattr(self._model, "output_names", None) or ["output"])
        each = structure if isinstance(structure, (list, tuple)) else [structure]
        return dict(zip(names, each, strict=True)) if len(each) == len(names) else {}
