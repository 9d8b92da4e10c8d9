"""The few samples that a run is measured on."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from kerasviz.backend import pipelines
from kerasviz.data.batches import DEFAULT_SIZE, count, take
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.streams.reader import Reader
from kerasviz.training.feeding import samples_in

MOST = 32
"""Samples; never more than a batch of the run, which is what fits into memory."""


def fixed_samples(data: Data | Stream, model: Any, arguments: dict[str, Any]) -> tuple[Any, ...] | None:
    """Takes samples that train, evenly spaced, as `fit` takes them.

    Args:
        data: As `fitted` gives it, before `feed` takes arguments away.
        model: A compiled model.
        arguments: Those of `fit`.

    Returns:
        x, and perhaps y and weights. None where the batches can't be looked at without moving them on.
    """
    share = float(arguments.get("validation_split") or 0.0)
    size = min(MOST, arguments.get("batch_size") or DEFAULT_SIZE)
    fixed = model.inputs[0].shape[0] if getattr(model, "inputs", None) else None
    size = fixed or size  # a stateful layer takes no other
    if isinstance(data, Stream) and isinstance(data.batches, Reader):
        reader = data.batches
        held_out = 0.0 if data.validation is not None or data.is_divided else share
        chosen = _spaced(math.floor(len(reader.targets) * (1.0 - held_out)), size)
        return reader.read(chosen), reader.targets[chosen]
    if isinstance(data, Stream):  # what a pipeline's example has in it is made up
        example = None if pipelines.is_pipeline(data.batches) else data.example
        return (
            None
            if example is None
            else _given(take(samples_in(example), np.arange(size)[: _length(example)]))
        )
    whole = samples_in(data)
    taken = take(whole, _spaced(math.floor(count(whole) * (1.0 - share)), size))
    if data.augment is not None:
        taken[0] = data.augment(taken[0], 0, 0)
    return _given(taken)


def _length(data: Data) -> int:
    return count(samples_in(data))


def _given(taken: list[Any]) -> tuple[Any, ...]:
    """As `fit` gives them to a model: a list would be made a single tensor."""
    return tuple(tuple(arrays) if isinstance(arrays, list) else arrays for arrays in taken)


def _spaced(samples: int, size: int) -> np.ndarray:
    return np.arange(min(samples, size)) * samples // max(1, min(samples, size))
