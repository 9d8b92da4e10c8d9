"""Layers that are a good beginning for one kind of input, and for one kind of output."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np

from kerasviz.data.preparation.targetgoal import BINARY_LOSS, Goal
from kerasviz.protocol.text import Text, amount, text

MANY = 1000
"""Samples from which layers are wider."""
LONG = 100
"""Steps from which a sequence is read by convolutions, as a recurrent layer would take minutes."""
FLAT = 64
"""Steps behind convolutions up to which each counts by its place; the mean of more stands for them."""
SIDE = 128
"""Width and height that pictures of different sizes are brought to."""
COMMON_SCALE = (0.1, 10.0)
"""A target with such a deviation, near 0, needs no scaling."""


@dataclass
class Laid:
    """Layers one after the other, and why.

    Attributes:
        layers: The layers.
        reasons: A sentence for each choice.
    """

    layers: list[Any] = field(default_factory=list)
    reasons: list[Text] = field(default_factory=list)

    def add(self, *layers: Any, why: Text | None = None) -> None:
        """Adds layers with the reason."""
        self.layers += layers
        self.reasons += [] if why is None else [why]


def body_of(
    name: str, shape: tuple[int | None, ...], samples: int, words: Any = None, tokens: int | None = None
) -> Laid:
    """Lays layers that make a vector of an input.

    Args:
        name: Of the input.
        shape: Of one sample, after the layers that prepare it.
        samples: How many there are to train on.
        words: A `TextVectorization` that knows its words, where the input is text.
        tokens: How many words there are, where the input is their numbers.
    """
    laid = Laid()
    units = 64 if samples >= MANY else 32
    if words is not None:
        laid.add(words)
        _add_meaning(
            laid,
            name,
            words.vocabulary_size(),
            text(
                "{input} is text: its words are looked up inside the model, each becomes 32 numbers, and "
                "their mean stands for the text.",
                input=repr(name),
            ),
        )
    elif tokens is not None:
        _add_meaning(
            laid,
            name,
            tokens,
            text(
                "{input} is the numbers of words: each word becomes 32 numbers, and their mean stands for "
                "the text.",
                input=repr(name),
            ),
        )
    elif len(shape) == 3:
        _add_pictures(laid, name, shape)
    elif len(shape) == 2 and (shape[0] or LONG) < LONG:
        laid.add(
            keras.layers.GRU(units, name=f"{name}_memory"),
            why=text("{input} is a sequence: a recurrent layer reads it step by step.", input=repr(name)),
        )
    elif len(shape) == 2:
        for at in range(2):
            convolution = keras.layers.Conv1D(
                units, 7, strides=4, padding="same", activation="relu", name=f"{name}_filters_{at + 1}"
            )
            laid.add(convolution)
        left = math.ceil(shape[0] / 16) if shape[0] else math.inf
        laid.add(
            keras.layers.Flatten(name=f"{name}_flat")
            if left <= FLAT
            else keras.layers.GlobalAveragePooling1D(name=f"{name}_average"),
            why=text("{input} is a long sequence: filters look at parts of it.", input=repr(name)),
        )
    elif len(shape) > 1:
        laid.add(keras.layers.Flatten(name=f"{name}_flat"))
    laid.add(
        keras.layers.Dense(units, activation="relu", name=f"{name}_hidden_1"),
        keras.layers.Dense(units // 2, activation="relu", name=f"{name}_hidden_2"),
        why=text(
            "Two layers of {first} and {second} units suit {samples} samples to begin with.",
            first=units,
            second=units // 2,
            samples=samples,
        ),
    )
    return laid


def _add_meaning(laid: Laid, name: str, words: int, why: Text) -> None:
    laid.add(
        keras.layers.Embedding(words, 32, mask_zero=True, name=f"{name}_embedding"),
        keras.layers.GlobalAveragePooling1D(name=f"{name}_average"),
        why=why,
    )


def _add_pictures(laid: Laid, name: str, shape: tuple[int | None, ...]) -> None:
    sides = [side for side in shape[:2] if side is not None]
    if len(sides) < 2:
        laid.add(
            keras.layers.Resizing(SIDE, SIDE, name=f"{name}_resized"),
            why=text("Pictures of different sizes are brought to {side} by {side} pixels.", side=SIDE),
        )
        sides = [SIDE, SIDE]
    blocks = 0
    while blocks < 3 and min(sides) >> blocks >= 6:
        blocks += 1
        laid.add(
            keras.layers.Conv2D(
                8 << blocks, 3, padding="same", activation="relu", name=f"{name}_filters_{blocks}"
            ),
            keras.layers.MaxPooling2D(name=f"{name}_smaller_{blocks}"),
        )
    left = (sides[0] >> blocks) * (sides[1] >> blocks)
    if left <= 64:
        laid.add(keras.layers.Flatten(name=f"{name}_flat"))
    else:
        laid.add(keras.layers.GlobalAveragePooling2D(name=f"{name}_average"))
    laid.add(
        why=text(
            "{input} is a picture: filters look for patterns, and each pooling halves the width and height.",
            input=repr(name),
        )
    )


@dataclass
class Head:
    """The end of a model, and how it is trained.

    Attributes:
        laid: Its layers.
        loss: A name of Keras.
        metrics: Names or objects of Keras.
        weight: What makes losses of several outputs alike.
    """

    laid: Laid
    loss: str
    metrics: list[Any]
    weight: float = 1.0


def head_of(name: str, goal: Goal, y: Any) -> Head:
    """Lays the output for a target.

    Args:
        name: Of the output.
        goal: What the target asks for.
        y: The target of the training samples: numbers `(samples, ...)`; of classes anything.
    """
    laid = Laid(reasons=list(goal.reasons))
    if goal.classes is not None:
        units, activation = (1, "sigmoid") if goal.loss == BINARY_LOSS else (goal.classes, "softmax")
        laid.add(keras.layers.Dense(units, activation=activation, name=name))
        return Head(laid, goal.loss, goal.metrics)
    numbers = np.asarray(y, dtype="float64").reshape(len(y), -1)
    mean, deviation = float(np.nanmean(numbers)), float(np.nanstd(numbers))
    units = numbers.shape[1]
    low, high = COMMON_SCALE
    if not deviation or (low <= deviation <= high and abs(mean) <= max(deviation, 1)):
        laid.add(keras.layers.Dense(units, name=name))
        return Head(laid, goal.loss, goal.metrics)
    laid.add(
        keras.layers.Dense(units, name=f"{name}_scaled"),
        keras.layers.Rescaling(_short(deviation), _short(mean), name=name),
        why=text(
            "{column} is about {mean} with a deviation of {deviation} in the training rows: the last layer "
            "scales by these, so that the network learns small numbers, and errors are told in the units of "
            "{column}.",
            column=repr(goal.column),
            mean=amount(mean),
            deviation=amount(deviation),
        ),
    )
    return Head(laid, goal.loss, goal.metrics, _short(1 / deviation**2))


def _short(value: float) -> float:
    return float(f"{value:.6g}")
