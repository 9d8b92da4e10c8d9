"""Losses and metrics that are of no use for the chosen data: tried on made-up targets like those of it."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import keras
import numpy as np

from kerasviz.analysis.mistakes.compiling import KNOWN, wrong_arguments
from kerasviz.analysis.mistakes.goal import Goal
from kerasviz.analysis.mistakes.situation import Fix, Mistake, fix
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.oldnames import with_todays_names
from kerasviz.config.parts import part_of
from kerasviz.config.sizes import check_sizes
from kerasviz.data import Data
from kerasviz.data.alternatives import written
from kerasviz.data.judging import may_be_negative, useless
from kerasviz.data.labels import fit_targets
from kerasviz.data.losses import ONE_HOT_LOSS
from kerasviz.data.measures import UNFIT, Unfit, by_output, is_of_keras, unfit_metrics
from kerasviz.data.sense import Output, Sense, sense_of
from kerasviz.data.target import Target
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text

SAMPLES = 24
MOST_METRICS = 16
"""More than these are not tried while drawing."""


def loss_sense(goal: Goal) -> Sense:
    """Tells what the loss of an output makes of the chosen data."""
    if goal.target is None or not _is_tried(goal.value):
        return Sense.UNKNOWN
    return _loss_sense(json.dumps(goal.value), goal.target, _output(goal))


def loss(goal: Goal) -> Mistake | None:
    """The loss can't tell good predictions from bad ones."""
    target, sense = goal.target, loss_sense(goal)
    if target is None or sense not in UNFIT:
        return None
    message = useless(goal.value, target.name, goal.layer.name, sense)
    fixes = [fix(text("Use {name}", name=target.loss), goal.use(target.loss))]
    if sense is Sense.NO_NUMBER:
        fixes.append(goal.set(activation="softplus"))
    return Mistake(message, fixes, "loss")


def metrics(goal: Goal) -> Mistake | None:
    """Metrics can't judge the output."""
    compiled = with_todays_names(part_of(goal.drawing.model, "compile_config"))
    target, given = goal.target, compiled.get("metrics")
    here = by_output(given, [goal.layer.name])[0]
    names = [metric for metric in here if isinstance(metric, str)]
    if target is None or not here or len(here) > MOST_METRICS or not all(map(KNOWN["metrics"], names)):
        return None
    if not all(map(_is_tried, [goal.value, *here])):
        return None
    found = _unfit(json.dumps(here), json.dumps(goal.value), target, _output(goal), goal.layer.name)
    return None if found is None else Mistake(found.message, _fixes(goal, here, found), "metrics")


def _fixes(goal: Goal, here: list[Any], found: Unfit) -> list[Fix]:
    new = [metric for metric in found.metrics if metric not in here]
    gone = [metric for metric in here if metric not in found.metrics]
    if new:
        title = text("Use {name}", name=all_of([written(metric) for metric in new]))
    else:
        title = text("Remove {arguments}", arguments=all_of([written(metric) for metric in gone]))
    other = fix(title, {"edit": "compile", "values": {"metrics": found.metrics}})
    if not found.one_hot:
        return [other]
    one_hot = fix(text("Use {name}", name=ONE_HOT_LOSS), goal.use(ONE_HOT_LOSS))
    return [other, one_hot] if len(new) == len(gone) else [one_hot, other]


def _output(goal: Goal) -> Output:
    try:
        activation = keras.activations.get(goal.activation) if goal.activation else None
    except (TypeError, ValueError):
        activation = None
    return Output(goal.output.shape[1:], may_be_negative(activation))


def _is_tried(value: Any) -> bool:
    """Whether making an object takes neither the user's code nor much memory."""
    if not is_of_keras(value):
        return False
    if isinstance(value, str):  # a name that is not known is another mistake
        return KNOWN["metrics"](value) or KNOWN["loss"](value)
    config = value["config"]
    if any(wrong_arguments("metrics", value)):
        return False
    try:
        check_sizes(str(value["class_name"]), config, None)
    except ModelFileError:
        return False
    return not any(isinstance(item, dict) for item in config.values())


@cache
def _loss_sense(value: str, target: Target, output: Output) -> Sense:
    targets = _targets(json.loads(value), target, output)
    return Sense.UNKNOWN if targets is None else sense_of("loss", json.loads(value), targets, output)


@cache
def _unfit(metrics: str, loss: str, target: Target, output: Output, layer: str) -> Unfit | None:
    value = json.loads(loss)
    targets = _targets(value, target, output)
    if targets is None:
        return None
    name = value if isinstance(value, str) else value["class_name"]
    return unfit_metrics(json.loads(metrics), targets, target.name, output, layer, name)


def _targets(loss: Any, target: Target, output: Output) -> Any:
    """Makes up targets of a kind; None where they do not fit the output, as other rules say."""
    y = _made_up(target)
    try:
        made = loss if isinstance(loss, str) else keras.saving.deserialize_keras_object(loss)
        data = Data("", np.zeros((len(y), 1)), y, target.classes if target.complete else None)
        return fit_targets(data, "", output.shape, made)
    except (RequestError, TypeError, ValueError):
        return None


def _made_up(target: Target) -> Any:
    """Numbers, or classes of which some are more often than others."""
    draw = np.random.default_rng(0)
    if target.classes is None:
        return draw.random(SAMPLES) if target.fraction else draw.normal(100, 30, SAMPLES).astype("float32")
    more = draw.integers(0, target.classes, SAMPLES) * draw.integers(0, 2, SAMPLES)
    numbers = draw.permutation(np.concatenate([np.arange(target.classes), more])).astype("int32")
    return np.eye(target.classes, dtype="float32")[numbers] if target.one_hot else numbers
