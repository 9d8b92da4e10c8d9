"""Predicts a part of the data with a model, batch by batch, and measures it as `model.evaluate` does."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from kerasviz.backend.ownvariables import take_back
from kerasviz.data.batches import DEFAULT_SIZE
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.eachoutput import fit_outputs
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.outputtargets import targets_as_numbers, targets_for_outputs
from kerasviz.insight.results.collecting import Outputs
from kerasviz.insight.results.evaluating import measuring, tensor_rows
from kerasviz.insight.results.partpredictions import Evaluated
from kerasviz.insight.samples.sampleparts import Part, rows_of
from kerasviz.insight.samples.samples import Samples

_BATCH = 2**20
"""Bytes of samples that are predicted at once, where those of a batch are fewer."""
_MOST_AT_ONCE = 1024


def predict(
    samples: Samples,
    part: Part,
    model: Any,
    batch_size: int | None = None,
    go_on: Callable[[float], None] = lambda share: None,
) -> Evaluated:
    """Predicts all samples of a part. The model, its metrics and its states stay as they are.

    Args:
        samples: Those of a document.
        part: Of the data.
        model: A compiled `keras.Model`. On the thread that holds it.
        batch_size: That of training, which fits into memory.
        go_on: Told how far it is, from 0 to 1; what it raises ends it.

    Raises:
        RequestError: With code `no_sample`, where there is no such part; else with what does not fit.
    """
    held, numbers = samples.held(part)
    take_back(model)
    if isinstance(held, Stream) and model.built and len(model.inputs) == 1:
        held = dataclasses.replace(held, batches=held.batches.fitted_to(model.inputs[0].shape[1:]))
    read = _reader(samples, held)
    targets = targets_of(held, read(numbers[:1]), model, numbers)
    weights = weights_of(held, numbers)
    fixed = model.inputs[0].shape[0] if model.built and model.inputs else None
    batch = fixed or batch_size or DEFAULT_SIZE
    size = fixed or _at_once(read(numbers[:1]), batch)
    outputs = Outputs(model, len(numbers))
    with measuring(model, batch) as measure:
        for start in range(0, len(numbers), size):
            go_on(start / len(numbers))
            chosen = np.arange(start, min(start + size, len(numbers)))
            x = fit_to_model(_some(held, read(numbers[chosen])), model, needs_targets=False).x
            output = _call(model, x, len(chosen), fixed)
            measure(x, _rows(targets, chosen), output, _rows(weights, chosen))
            outputs.write(chosen, output)
        metrics = measure.result()
    return Evaluated(part, outputs.predicted(part, targets, weights, samples.class_names), metrics)


def _reader(samples: Samples, held: Data | Stream) -> Callable[[np.ndarray], Any]:
    """Gives samples by their numbers, as the model takes them."""

    def read(numbers: np.ndarray) -> Any:
        arrays = samples.prepared(rows_of(held, numbers))
        if isinstance(held, Data) and isinstance(held.x, dict):
            return dict(arrays)
        each = list(arrays.values())
        return each if isinstance(held, Data) and isinstance(held.x, list) else each[0]

    return read


def _some(held: Data | Stream, x: Any) -> Data:
    """Samples without their targets, to be brought to the inputs."""
    if isinstance(held, Stream):
        return Data(held.name, x, None)
    return dataclasses.replace(held, x=x, y=None, notes=[], sample_weight=None, validation=None, test=None)


def targets_of(held: Data | Stream, x: Any, model: Any, numbers: np.ndarray) -> Any:
    """What the loss compares, of some samples; None where there is nothing to compare.

    Args:
        held: Where they are.
        x: One of them, as the model takes it.
        model: Compiled.
        numbers: Theirs in `held`.
    """
    y = held.batches.targets if isinstance(held, Stream) else held.y
    if y is None or model.loss is None:
        return None
    name = held.target_name if isinstance(held, Stream) else held.y_name
    data = Data(held.name, x, y, held.classes, y_name=name, class_names=held.class_names)
    data = dataclasses.replace(data, y=targets_as_numbers(data, model))
    if model.built:
        data = dataclasses.replace(data, y=targets_for_outputs(data.y, name, model))
        data = fit_outputs(data, model, 0.0)
    return _rows(data.y, numbers)


def weights_of(held: Data | Stream, numbers: np.ndarray) -> Any:
    """How much some samples count; None where all count alike."""
    weights = None if isinstance(held, Stream) else held.sample_weight
    return _rows(weights, numbers)


def _rows(arrays: Any, numbers: np.ndarray) -> Any:
    return None if arrays is None else keras.tree.map_structure(lambda array: array[numbers], arrays)


def _at_once(first: Any, batch: int) -> int:
    """Samples that are predicted at a time: several whole batches, where they are small."""
    bytes_of_one: int = sum(array.nbytes for array in keras.tree.flatten(first))
    return max(1, min(_MOST_AT_ONCE, _BATCH // max(1, bytes_of_one)) // batch) * batch


def _call(model: Any, x: Any, count: int, fixed: int | None) -> Any:
    """Calls the model as `predict` does; what it counts or remembers stays as it is."""

    def whole(array: Any) -> Any:
        tensor = keras.ops.convert_to_tensor(array)
        missing = 0 if fixed is None else fixed - count
        return tensor if not missing else keras.ops.concatenate([tensor, *[tensor[-1:]] * missing])

    tensors = keras.tree.map_structure(whole, x)
    with keras.StatelessScope():
        found = model(tensors, training=False)
    return (
        found if fixed is None else keras.tree.map_structure(lambda each: tensor_rows(each, 0, count), found)
    )
