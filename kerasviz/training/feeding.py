"""Brings data to `fit`: what does not go together with the model is said, and batches are made of arrays."""

from __future__ import annotations

import math
from typing import Any

from kerasviz.data.batches import DEFAULT_SIZE, Batches, split
from kerasviz.data.classweights import check_class_weight
from kerasviz.data.dataset import Data
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.fixedbatches import check_batches
from kerasviz.training.run.run import Run


def fitted(data: Data, model: Any, arguments: dict[str, Any]) -> Data:
    """Adapts data to a compiled model.

    Args:
        data: As a source gives it, or as it was prepared.
        model: A compiled `keras.Model`.
        arguments: Those of `fit`.

    Returns:
        The data as `fit` takes it; `notes` says what was changed.

    Raises:
        RequestError: With the layer or the array, what is expected and what there is.
    """
    share = arguments["validation_split"]
    data = fit_to_model(data, model, share)
    check_batches(data, model, arguments["batch_size"], share)
    check_class_weight(arguments.get("class_weight"), data.y, data.y_name)
    return data


def feed(data: Data, arguments: dict[str, Any], seed: int, run: Run, *, in_arrays: bool) -> tuple[Any, ...]:
    """Makes the batches of a run.

    Args:
        data: As `fitted` gives it.
        arguments: Those of `fit`; those that `fit` takes beside the batches are left in it.
        seed: Of the order of the samples.
        run: Tells how far it is.
        in_arrays: Whether `fit` has to take the arrays as they are.

    Returns:
        The positional arguments of `fit`.
    """
    (x, y), validation = split(data.x, data.y, arguments.pop("validation_split"))
    if validation is not None:
        arguments["validation_data"] = validation
    steps, size = arguments.get("steps_per_epoch"), arguments.get("batch_size")
    if in_arrays and not steps:  # shuffled by Keras, where that is asked for
        return x, y
    samples = len(next(iter(y.values())) if isinstance(y, dict) else y[0] if isinstance(y, list) else y)
    shuffles = arguments.get("shuffle", True)
    arguments["shuffle"] = False  # again
    batches = Batches(
        x,
        y,
        size or (math.ceil(samples / steps) if steps else DEFAULT_SIZE),
        seed if shuffles else None,
        lambda: run.epoch,
        run.step if steps else None,
    )
    return (batches,)
