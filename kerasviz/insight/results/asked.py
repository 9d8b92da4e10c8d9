"""Tells by the loss, the predictions and the targets of an output what was asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from kerasviz.data.facts.classofeach import is_one_hot
from kerasviz.data.losses import BINARY_LOSSES, GENERALIZED_LOSS, ONE_HOT_LOSSES, SPARSE_LOSS, loss_name
from kerasviz.insight.outputs.shares import sigmoid, softmax
from kerasviz.insight.results.room import BLOCK, room
from kerasviz.insight.results.task import NOTHING, UNKNOWN, Kind, Task

MOST_NAMED = 200
"""Labels, or numbers of a sample, that a person can tell apart."""
_MARGINS = frozenset({"hinge", "squared_hinge"})
_OF_NUMBERS = frozenset(
    {
        "mean_squared_error",
        "mean_absolute_error",
        "mean_absolute_percentage_error",
        "mean_squared_logarithmic_error",
        "huber",
        "log_cosh",
        "poisson",
        "cosine_similarity",
    }
)
"""Losses that compare numbers, even where all of them happen to be 0 or 1."""
_CLOSE = 1e-3


def task_of(
    loss: Any, values: Any, targets: Any, names: tuple[str, ...], counted: np.ndarray | None = None
) -> Task:
    """Tells what predictions and targets are.

    Args:
        loss: The compiled one of the output; None where it has none.
        values: What was predicted, `(samples, ...)`.
        targets: What the loss compares that with; None where there is nothing.
        names: Of the classes, the labels or the numbers; empty where they have none.
        counted: Which positions count, `(samples, ...)`; None where all do.
    """
    if loss is None or values.ndim < 1 or not len(values) or values.dtype.kind not in "fiub":
        return NOTHING
    name, logits = loss_name(loss), bool(getattr(loss, "from_logits", False))
    units = values.shape[-1] if values.ndim > 1 else 1
    items = values.size // units
    is_binary = name in BINARY_LOSSES or (name == "crossentropy" and units == 1)
    if targets is not None and name not in _OF_NUMBERS | _MARGINS:  # Dice, or a loss of the user's
        is_binary = is_binary or (
            _every(_are_shares, values, 1) and _binary(targets, values.size) is not None
        )
    if name in _MARGINS or (is_binary and units == 1):
        true = None if targets is None else _binary(targets, items * units)
        if targets is None or true is not None:
            is_signed = targets is not None and name in _MARGINS and _lowest(targets) < 0
            threshold = 0.0 if name in _MARGINS else 0.5
            return _two(
                values, true, names, counted, logits, threshold, ("-1", "1") if is_signed else ("0", "1")
            )
    takes_numbers = name in (SPARSE_LOSS, GENERALIZED_LOSS, "crossentropy")
    if targets is not None and targets.size == items and targets.dtype.kind in "iub":
        takes_numbers = True  # there is no other way to compare them
    if units > 1:
        true = None
        if targets is not None and takes_numbers and targets.size == items:
            true = targets.reshape(items)
            ignored = getattr(loss, "ignore_class", None)
            true = (
                true.astype("int32")
                if ignored is None
                else np.where(true == ignored, UNKNOWN, true).astype("int32")
            )
        elif targets is not None and targets.shape == values.shape and _every(is_one_hot, targets, units):
            true = _positions_of_ones(targets, units)
        if true is not None or (targets is None and (takes_numbers or name in ONE_HOT_LOSSES)):
            return _classes(values, true, names, counted, logits)
    if targets is not None and targets.size != values.size:
        return NOTHING
    width = values.size // len(values)
    if is_binary and (targets is None or _binary(targets, values.size) is not None):
        return _labels(values, targets, names, width, logits)
    true = np.full((len(values), width), np.nan) if targets is None else targets.reshape(len(values), width)
    if logits and (is_binary or name in ONE_HOT_LOSSES):  # targets are shares
        scores = _shares(values, 1 if is_binary else units).reshape(len(values), width)
    else:
        scores = values.reshape(len(values), width)
    return Task("numbers", true, scores, _names(names, width), shape=values.shape[1:])


def _shares(values: Any, units: int) -> np.ndarray:
    """Sigmoid or softmax of logits, in blocks."""
    rows = values.reshape(-1, units)
    found = room(rows.shape, "float32")
    for at in range(0, len(rows), BLOCK):
        block = np.asarray(rows[at : at + BLOCK], "float64")
        found[at : at + BLOCK] = sigmoid(block) if units == 1 else softmax(block)
    return np.asarray(found)


def _two(
    values: Any,
    true: Any,
    names: tuple[str, ...],
    counted: np.ndarray | None,
    logits: bool,
    threshold: float,
    numbers: tuple[str, ...],
) -> Task:
    true = np.full(values.size, UNKNOWN, "int8") if true is None else true
    chosen = names if len(names) == 2 else numbers
    positions = values.size // len(values)
    return Task(
        "two",
        _counted(true, counted),
        values.reshape(-1),
        chosen,
        threshold,
        logits,
        positions,
        values.shape[1:],
    )


def _classes(values: Any, true: Any, names: tuple[str, ...], counted: Any, logits: bool) -> Task:
    units = values.shape[-1]
    scores = values.reshape(-1, units)
    true = np.full(len(scores), UNKNOWN, "int32") if true is None else true
    kind: Kind = "classes"
    first = np.asarray(scores[:BLOCK], "float64")
    if units == 2 and (logits or (abs(first.sum(axis=1) - 1) < _CLOSE).all()):
        kind = "two"
    named = tuple(names[i] if i < len(names) else str(i) for i in range(units))
    positions = len(scores) // len(values)
    shape = values.shape[1:-1]
    return Task(kind, _counted(true, counted), scores, named, 0.5, logits, positions, shape)


def _labels(values: Any, targets: Any, names: tuple[str, ...], width: int, logits: bool) -> Task:
    if width > MOST_NAMED:
        return NOTHING
    scores = values.reshape(len(values), width)
    true = (
        np.full(scores.shape, UNKNOWN, "int8")
        if targets is None
        else targets.reshape(scores.shape).astype("int8")
    )
    return Task(
        "labels", true, scores, _names(names, width, always=True), logits=logits, shape=values.shape[1:]
    )


def _names(names: tuple[str, ...], width: int, always: bool = False) -> tuple[str, ...]:
    if len(names) == width:
        return names
    return tuple(map(str, range(width))) if always or 1 < width <= MOST_NAMED else ()


def _binary(targets: Any, count: int) -> np.ndarray | None:
    """1 where a target is the second of two, else 0; None where targets are something else."""
    if targets.size != count or not _every(lambda block: np.isin(block, (-1, 0, 1)).all(), targets, 1):
        return None
    return np.asarray(targets.reshape(count) > 0).astype("int8")


def _are_shares(block: Any) -> bool:
    return bool(((block >= 0) & (block <= 1)).all())


def _lowest(targets: Any) -> float:
    return float(targets.min(initial=0))


def _every(test: Callable[[Any], Any], array: Any, units: int) -> bool:
    """Whether all of an array is so, looked at in blocks."""
    rows = array.reshape(-1, units)
    return all(test(rows[at : at + BLOCK]) for at in range(0, len(rows), BLOCK))


def _positions_of_ones(targets: Any, units: int) -> np.ndarray:
    rows = targets.reshape(-1, units)
    found = room((len(rows),), "int32")
    for at in range(0, len(rows), BLOCK):
        found[at : at + BLOCK] = rows[at : at + BLOCK].argmax(axis=1)
    return np.asarray(found)


def _counted(true: np.ndarray, counted: np.ndarray | None) -> np.ndarray:
    """The true classes, unknown where a position does not count."""
    if counted is None or counted.size == 0 or math.prod(counted.shape) > len(true):
        return true
    each = np.repeat(counted.reshape(-1), len(true) // counted.size)
    return np.where(each, true, np.asarray(UNKNOWN, true.dtype))
