"""The learning rates of a schedule, step by step, as Keras computes them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import keras
import numpy as np

from kerasviz.analysis.explain import own_words
from kerasviz.backend.isolation import aside
from kerasviz.catalog.conversion import as_keras_takes
from kerasviz.config import check_model
from kerasviz.config.fresh import fresh
from kerasviz.config.oldarguments import todays_setup
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.config.trainingcosts import check_training_costs
from kerasviz.data.known import known_samples
from kerasviz.protocol import LearningRates, RequestError, Series, finite
from kerasviz.protocol.text import text

POINTS = 200
"""Steps at which a schedule is asked: enough for a curve as wide as a form."""
UNKNOWN = 1000
"""Steps that are drawn where neither the data nor the schedule tells how many matter."""
MOST = 10**9


def schedule_curve(document: Mapping[str, Any]) -> LearningRates:
    """Computes the learning rates of a document's optimizer.

    Args:
        document: Keras JSON.

    Returns:
        The rates at steps of a run; no rates where the learning rate is a number.

    Raises:
        RequestError: With code `compile` and Keras' words, where there is no such schedule.
        ModelFileError: Where it asks for too much, or is of a class that a document may not name.
    """
    compiled = todays_setup(part_of(document, "compile_config"))
    config = part_of(compiled, "optimizer", "config")
    while "inner_optimizer" in config:  # that of a LossScaleOptimizer decides
        config = part_of(config, "inner_optimizer", "config")
    chosen = config.get("learning_rate")
    steps = _steps_of_run(document)
    if not isinstance(chosen, Mapping):
        return LearningRates(rates=None, steps_per_epoch=steps[0], steps=0)
    setup = {"optimizer": compiled["optimizer"]}
    check_model({**document, "compile_config": setup}, custom=True)
    check_training_costs(setup)
    last = steps[1] or max(_numbers(chosen), default=UNKNOWN)
    try:
        x, y = aside(lambda: _rates(dict(chosen), min(last, MOST)))
    except Exception as error:
        words = own_words(error)
        raise RequestError(
            "compile", text("The schedule can't be computed: {error}", error=words), detail=words
        ) from error
    return LearningRates(rates=Series(x=x, y=y), steps_per_epoch=steps[0], steps=last)


def _rates(chosen: dict[str, Any], last: int) -> tuple[list[int], list[float | None]]:
    schedule = keras.saving.deserialize_keras_object(fresh(as_keras_takes(chosen)))
    steps = [int(step) for step in np.unique(np.linspace(0, last, POINTS + 1).astype("int64"))]
    return steps, [finite(float(schedule(step))) for step in steps]


def _steps_of_run(document: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Batches of an epoch, and of a run, where the plan and its data tell them."""
    training = training_of(document)
    fit = {**FIT_DEFAULTS, **part_of(training, "fit")}
    try:
        each = fit.get("steps_per_epoch")
        if not each:
            samples = known_samples(part_of(training, "data"))
            kept = None if samples is None else math.floor(samples * (1 - fit["validation_split"]))
            each = None if not kept else math.ceil(kept / (fit["batch_size"] or FIT_DEFAULTS["batch_size"]))
        return (None, None) if each is None else (int(each), int(each * fit["epochs"]))
    except (TypeError, ValueError, ArithmeticError):  # what training refuses
        return None, None


def _numbers(chosen: Any) -> Iterator[int]:
    """Whole numbers among the arguments that may be steps, and half as many more."""
    for value in chosen.values() if isinstance(chosen, Mapping) else chosen:
        if isinstance(value, (Mapping, list)):
            yield from _numbers(value)
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and 10 <= value <= MOST:
            yield int(value * 1.5)
