"""Whether a loss or metric can tell good predictions from bad ones: Keras is asked, with a few of each."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

import keras
import numpy as np

from kerasviz.backend.isolation import aside
from kerasviz.backend.trying import about_to_try
from kerasviz.data.facts.classofeach import are_whole, are_zeros_and_ones
from kerasviz.data.losses import is_loss
from kerasviz.data.shapes import Shape

MOST_SAMPLES = 24
MOST_POSITIONS = 4
MOST_VALUES = 4096
"""Above this many values in a sample nothing is tried: it would take longer than somebody waits."""

Score = Callable[[Any, Any], Any]


class Sense(Enum):
    """What a loss or metric makes of an output and its targets."""

    SOUND = "sound"
    UNKNOWN = "unknown"
    USELESS = "useless"
    NO_NUMBER = "no number"
    REFUSED = "refused"


@dataclass(frozen=True)
class Output:
    """An output of a model.

    Attributes:
        shape: For one sample.
        negative: Whether its values may be below 0.
    """

    shape: Shape
    negative: bool = True


def holds_classes(y: Any, shape: Shape) -> bool:
    """Whether targets are class numbers, where the output has a value for each class."""
    units = shape[-1] if shape else None
    one_each = y.ndim == len(shape) or (y.ndim == len(shape) + 1 and y.shape[-1] == 1)
    return bool(
        units
        and units > 1
        and one_each
        and y.size
        and y.shape[1 : len(shape)] == shape[:-1]
        and are_whole(y)
        and 0 <= y.min() <= y.max() < units
    )


def holds_several(y: Any, shape: Shape) -> bool:
    """Whether samples have several classes: a 0 or 1 for each value of the output."""
    return bool(
        shape
        and (shape[-1] or 0) > 1
        and y.shape[1:] == shape
        and y.size
        and are_zeros_and_ones(y)
        and (y.sum(axis=-1) > 1).any()
    )


def few(y: Any) -> Any:
    """Picks some samples, of as many classes as there are among them."""
    if len(y) <= MOST_SAMPLES:
        return y
    spread = y[:: max(1, len(y) // 1000)]
    first = np.unique(spread.reshape(len(spread), -1)[:, 0], return_index=True)[1]
    return spread[[*first[: MOST_SAMPLES // 2], *range(MOST_SAMPLES // 2)]]


def _unequal(y: Any) -> Any:
    """Makes no two classes as frequent as each other, or nonsense would look alike for each of them."""
    if not len(y) or y.size != len(y) or len(np.unique(y)) == len(y):
        return y
    _, first, counts = np.unique(y.reshape(-1), return_index=True, return_counts=True)
    return np.concatenate([y, y[np.repeat(first[np.argsort(counts, kind="stable")], np.arange(len(first)))]])


def sense_of(part: str, value: Any, y: Any, output: Output) -> Sense:
    """Tells whether a loss or metric is of use for an output and its targets.

    It has to take both and to be a number. Predictions near the targets have to count otherwise than those of
    other samples, and for a loss less than all others. Where targets are class numbers, it also has to be the
    same when the classes are numbered in another order: mean squared error is not. Where samples have several
    classes, a metric has to be about more than the likeliest one.

    Args:
        part: `loss` or `metrics`.
        value: A loss or metric: an object of Keras, its name, or what it serialises to.
        y: Targets as `fit` takes them; a few samples are enough.
        output: What they are compared with.

    Returns:
        `UNKNOWN` where a few samples can't tell.

    Raises:
        NotTried: Where it was not tried before, and `before_trying` says so.
    """
    y, shape = _cropped(_unequal(few(np.asarray(y))), output.shape)
    if not shape or None in shape or math.prod(size or 0 for size in shape) > MOST_VALUES or len(y) < 2:
        return Sense.UNKNOWN
    if len(np.unique(y)) < 2:
        return Sense.UNKNOWN
    output = Output(shape, output.negative)
    if not isinstance(value, str | dict) or y.dtype.hasobject:
        about_to_try()
        return aside(lambda: _judged(part, value, y, output))
    policy = keras.config.dtype_policy().name  # a cell may set one with which nothing can be scored
    return _judged_once(part, json.dumps(value), y.tobytes(), y.dtype.str, y.shape, output, policy)


@lru_cache(512)
def _judged_once(
    part: str, value: str, y: bytes, dtype: str, shape: tuple[int, ...], output: Output, policy: str
) -> Sense:
    """Remembers each metric by itself: one more of them, or a layer's new name, asks nothing again."""
    about_to_try()
    targets = np.frombuffer(y, dtype).reshape(shape).copy()
    return aside(lambda: _judged(part, json.loads(value), targets, output))


def _cropped(y: Any, shape: Shape) -> tuple[Any, Shape]:
    """A few positions of an image or a sequence: they are compared one by one."""
    sizes: list[int | None] = []
    for axis, size in enumerate(shape[:-1], start=1):
        length = y.shape[axis] if axis < y.ndim else size
        if size not in (None, length):
            return y, shape
        sizes.append(None if length is None else min(length, MOST_POSITIONS))
        y = y[(slice(None),) * axis + (slice(MOST_POSITIONS),)] if axis < y.ndim else y
    return y, (*sizes, *shape[-1:])


def _judged(part: str, value: Any, y: Any, output: Output) -> Sense:
    value = _of_every_class(value)
    right, wrong, others = _predictions(y, output)
    if _takes_logits(value):
        each = "Binary" in str(value["class_name"] if isinstance(value, dict) else type(value).__name__)
        right, wrong = _logits(right, each), [_logits(predicted, each) for predicted in wrong]
    numbers = holds_classes(y, output.shape) or _names_groups(y, output.shape)
    try:
        score = _scorer(part, value, output.shape)
        good, *scores = [score(y, predicted) for predicted in (right, *wrong, *others)]
        any_order = not numbers or _for_any_order(score, y, right)
        likeliest = part == "metrics" and holds_several(y, output.shape) and _takes_one(score, y, right, good)
    except Exception:  # whatever Keras and its backend say of shapes and values that do not fit
        return Sense.REFUSED if _can_score(output.shape, right) else Sense.UNKNOWN
    if not np.isfinite([good, *scores]).all():
        return Sense.NO_NUMBER
    bad = scores[: len(wrong)]
    if not bad:
        return Sense.UNKNOWN
    least = all(good < other - 1e-6 * abs(other) for other in bad)
    if part == "loss":
        sound = least
    elif is_loss(value):  # such a metric may have the other sign, as cosine_similarity
        sound = least or all(good > other + 1e-6 * abs(other) for other in bad)
    else:
        sound = any(not np.isclose(good, other, rtol=1e-4) for other in bad)
    return Sense.SOUND if sound and any_order and not likeliest else Sense.USELESS


def _takes_one(score: Score, y: Any, right: Any, good: Any) -> bool:
    """Whether a score is about the likeliest class of each sample alone."""
    alone = np.eye(right.shape[-1], dtype="float32")[right.argmax(axis=-1)]
    return bool(np.isclose(good, score(y, alone), rtol=1e-4))


def _of_every_class(value: Any) -> Any:
    """A loss or metric that ignores no class: numbered in another order, the classes would not be alike."""
    config = value.get("config") if isinstance(value, dict) else None
    if not isinstance(config, dict) or config.get("ignore_class") is None:
        return value
    return {**value, "config": {**config, "ignore_class": None}}


def _takes_logits(value: Any) -> bool:
    """Whether probabilities are to be given as raw scores."""
    config = value.get("config") if isinstance(value, dict) else getattr(value, "get_config", dict)()
    return isinstance(config, dict) and config.get("from_logits") is True


def _logits(predicted: Any, each: bool) -> Any:
    """The raw scores of probabilities, of each by itself or of all classes; other numbers as they are."""
    if predicted.min() <= 0 or predicted.max() >= 1:
        return predicted
    return np.log(predicted / (1 - predicted)) if each else np.log(predicted)


def _names_groups(y: Any, shape: Shape) -> bool:
    """Whether targets may be the groups of samples whose outputs should be alike, as those of `Circle`."""
    whole = y.size == len(y) and bool((y == np.floor(y)).all() and y.min() >= 0)
    return whole and len(shape) == 1 and shape[0] != 1 and not holds_classes(y, shape)


def _for_any_order(score: Score, y: Any, right: Any) -> bool:
    """Whether a score stays the same when class 0 becomes class 1, and so on, in samples of another order."""
    units, groups, told = right.shape[-1], _names_groups(y, right.shape[1:]), score(y, right)
    for step in (1, 2):
        classes = y + step if groups else (y + step) % units
        outputs = right if groups else np.roll(right, step, axis=-1)
        again = score(np.roll(classes, step, axis=0), np.roll(outputs, step, axis=0))
        if not np.isclose(told, again, rtol=1e-4, atol=1e-6):
            return False
    return True


def _scorer(part: str, value: Any, shape: Shape) -> Score:
    """Scores predictions as `fit` does: by a model that gives what comes in."""
    model = keras.Sequential([keras.Input(shape), keras.layers.Identity()])
    made = value if isinstance(value, str) else _remade(value)
    given = {"loss": made} if part == "loss" else {"loss": _nothing, "metrics": [made]}
    model.compile(optimizer="sgd", run_eagerly=True, **given)

    def score(y: Any, predicted: Any) -> Any:
        model.reset_metrics()
        scores = model.test_on_batch(predicted, y, return_dict=True)
        loss = scores.pop("loss")
        return np.sum(loss if part == "loss" else next(iter(scores.values())))

    return score


def _can_score(shape: Shape, predicted: Any) -> bool:
    """Whether anything can be scored here: after some settings of a cell Keras refuses whatever it gets."""
    try:
        _scorer("loss", "mean_squared_error", shape)(predicted, predicted)
    except Exception:
        return False
    return True


def _remade(value: Any) -> Any:
    """A new object, since one of a model holds what it has counted."""
    serialised = value if isinstance(value, dict) else keras.saving.serialize_keras_object(value)
    return keras.saving.deserialize_keras_object(serialised)


def _nothing(y: Any, predicted: Any) -> Any:
    return keras.ops.sum(predicted) * 0.0


def _predictions(y: Any, output: Output) -> tuple[Any, list[Any], list[Any]]:
    """Makes good predictions, bad ones, and others that training may come past."""
    shape = (len(y), *(size or 1 for size in output.shape))
    noise = 0.001 * np.random.default_rng(0).random(shape)  # no two values are the same
    if holds_classes(y, output.shape):
        aim, middle = np.eye(shape[-1])[y.astype("int64").reshape(shape[:-1])], 1 / shape[-1]
    elif _names_groups(y, output.shape):
        groups = y.reshape(-1).astype("int64")
        aim, middle = (
            np.eye(shape[-1])[groups % shape[-1]] + np.eye(shape[-1])[groups // shape[-1] % shape[-1]],
            0.5,
        )
        aim = aim / aim.max()
    elif y.size == math.prod(shape):
        aim, middle = y.reshape(shape).astype("float64"), 0.5
    else:
        return noise.astype("float32"), [], []
    draw = np.random.default_rng(1)
    mixed = (aim[draw.permutation(len(aim))] for _ in range(len(aim)))
    other = next((samples for samples in mixed if (samples != aim).any()), aim)
    if aim.min() >= 0 and aim.max() <= 1:  # probabilities
        right, wrong = 0.8 * aim + 0.2 * middle, [0.8 * other + 0.2 * middle, np.full(shape, middle)]
        if shape[-1] == 1:
            wrong += [np.full(shape, 0.95), np.full(shape, 0.05)]
    else:
        spread, two = aim.std(), len(np.unique(aim)) == 2
        right, wrong = aim + 0.001 * spread, [other] if two else [other, 1.5 * aim + spread]
    others = [-abs(aim) - 0.1] if output.negative else []
    as_output = [(predicted + noise).astype("float32") for predicted in (right, *wrong, *others)]
    return as_output[0], as_output[1 : 1 + len(wrong)], as_output[1 + len(wrong) :]
