"""Samples of a plan that was not trained yet, as the rules are given those of a run."""

from __future__ import annotations

import dataclasses
from typing import Any

import keras
import numpy as np

from kerasviz.analysis.advice import advised
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data.batches import count
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.tables import map_arrays
from kerasviz.insight.samples.sampleparts import Part, rows_of
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol import JSON, KerasError, RequestError
from kerasviz.training.feeding import fitted
from kerasviz.training.fit import fit_arguments
from kerasviz.training.seensamples import MOST_BYTES, Seen

FILES = 200
"""Samples that are read of files, of each part."""


def seen_in(samples: Samples) -> Seen | None:
    """Takes samples from everywhere in the data, a bounded number; None where nothing is to be learned.

    Args:
        samples: Those of a plan.
    """
    training, step = _part(samples, "training")
    if len(training) < 2:
        return None
    held, every = _part(samples, "validation") if "validation" in samples.counts else (None, 1)
    counts = samples.counts["training"], samples.counts.get("validation", 0)
    return Seen(training, held, counts, None, (step, every), whole=lambda: _whole(samples))


def _whole(samples: Samples) -> Data | Stream:
    """The data as a run brings it to a model: its samples for validation are the last ones, or a part."""
    held, _ = samples.held("training")
    if isinstance(held, Stream):
        return held
    arrays = samples.prepared(rows_of(held, np.arange(count((held.x,)))))
    x: Any = dict(arrays) if isinstance(held.x, dict) else list(arrays.values())
    return dataclasses.replace(held, x=x if isinstance(held.x, (dict, list)) else x[0])


def _part(samples: Samples, part: Part) -> tuple[tuple[Any, ...], int]:
    """Some samples and targets of a part, and of how many one is taken."""
    held, numbers = samples.held(part)
    if isinstance(held, Stream):
        step = max(1, -(-len(numbers) // FILES))
    else:
        one = sum(array.nbytes for array in rows_of(held, numbers[:1]).values())
        step = max(1, -(-one * len(numbers) // MOST_BYTES))
    some = numbers[::step]
    rows = samples.prepared(rows_of(held, some))
    if isinstance(held, Stream):
        return (rows[0], np.asarray(held.batches.targets[some])), step
    x: Any = dict(rows) if isinstance(held.x, dict) else list(rows.values())
    x = x if isinstance(held.x, (dict, list)) else x[0]
    if held.y is None:
        return (x,), step
    y = map_arrays(held.y, held.y_name, lambda array, _: array[some])
    weight = held.sample_weight
    more = () if weight is None else (keras.tree.map_structure(lambda array: array[some], weight),)
    return (x, y, *more), step


def fitted_to(seen: Seen, model: Any, document: JSON) -> Seen:
    """Brings samples to a model as a run does.

    Args:
        seen: Samples.
        model: A compiled `keras.Model`, which needs no weights.
        document: Keras JSON with its plan.

    Raises:
        RequestError: Where they do not go together.
    """
    training = _fitted(seen.training, model)
    validation = None if seen.validation is None else _fitted(seen.validation, model)
    weight = part_of(training_of(document), "fit").get("class_weight")
    return dataclasses.replace(seen, training=training, validation=validation, class_weight=weight)


def refusal(seen: Seen, model: Any, document: JSON) -> KerasError | None:
    """What a run says that is refused for its data; None where it begins, or nobody knows.

    Args:
        seen: Samples that do not go with the model.
        model: A compiled `keras.Model`, which needs no weights.
        document: Keras JSON with its plan.
    """
    if seen.whole is None:
        return None
    try:
        arguments = fit_arguments({**FIT_DEFAULTS, **part_of(training_of(document), "fit")})
    except RequestError:  # which is about the plan, whatever the data
        return None
    try:
        fitted(seen.whole(), model, arguments)
    except RequestError as error:
        return advised(document, error.error)
    return None


def _fitted(samples: tuple[Any, ...], model: Any) -> tuple[Any, ...]:
    y = samples[1] if len(samples) > 1 else None
    data = fit_to_model(Data("data", samples[0], y), model, judges=False)
    return (data.x,) if y is None else (data.x, data.y, *samples[2:])
