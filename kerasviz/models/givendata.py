"""What there is data for, as a first model needs it: inputs and targets of arrays and of batches."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.data.dataset import Data, Stream
from kerasviz.data.preparation.moments import Moments
from kerasviz.data.preparation.proposing import LENGTH
from kerasviz.data.preparation.targetgoal import Goal, goal_of
from kerasviz.data.preview.onecolumn import look_at_column
from kerasviz.data.streams.reader import Reader
from kerasviz.data.tables import is_text
from kerasviz.models.bodies import Laid
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.storage.vocabularies import learned as learned_words

MOST_WORDS = 5000
HELD_OUT = 0.2
SAMPLES = 10_000
"""Samples that are looked at of arrays and batches."""
FEW = 64
"""Samples that are read of those that are read by number."""


@dataclass
class Given:
    """An input that there is data for.

    Attributes:
        name: Of the input.
        shape: Of one sample.
        before: Layers that prepare it, and why.
        words: A `TextVectorization` that knows its words, where it is text.
    """

    name: str
    shape: tuple[int | None, ...]
    before: Laid
    words: Any = None


@dataclass
class Wanted:
    """An output that there is a target for."""

    name: str
    goal: Goal
    y: Any


def of_arrays(loaded: Data | Stream) -> tuple[list[Given], list[Wanted], int]:
    """Tells what arrays or batches there are: inputs, targets, and the number of samples.

    Raises:
        RequestError: With code `no_data`, where nothing is to be learned.
    """
    if isinstance(loaded, Stream):
        x, y = _some(loaded)
        samples, classes = loaded.samples or 1000, loaded.classes
    else:
        x, y, classes = loaded.x, loaded.y, loaded.classes
        samples = len(next(iter(_by_name(x, "input").values())))
    if y is None:
        raise RequestError("no_data", text("{name} has no targets to learn.", name=loaded.name))
    share = 1 - HELD_OUT if loaded.validation is None else 1
    inputs = [
        _given(name, array[: math.ceil(min(len(array), SAMPLES) * share)])
        for name, array in _by_name(x, "input").items()
    ]
    outputs = []
    for name, array in _by_name(y, "output").items():
        outputs.append(Wanted(free(plain(name), inputs), _goal(name, array, classes), array))
    return inputs, outputs, samples


def _some(stream: Stream) -> tuple[Any, Any]:
    """The inputs of some samples, and the targets: of samples that are read by number, all of these."""
    reader = stream.batches
    if isinstance(reader, Reader):
        few = np.linspace(0, len(reader.targets) - 1, min(FEW, len(reader.targets))).astype(int)
        return reader.read(few), reader.targets
    first = next(iter(reader))
    x, y = (keras.tree.map_structure(keras.ops.convert_to_numpy, part) for part in first[:2])
    return x, y


def _given(name: str, array: Any) -> Given:
    array = np.asarray(array)
    name, laid = plain(name), Laid()
    if is_text(array):
        words = keras.layers.TextVectorization(MOST_WORDS, output_sequence_length=LENGTH)
        words.adapt(array.reshape(-1, 1).astype(str))
        config = {"max_tokens": MOST_WORDS, "output_sequence_length": LENGTH, **learned_words(words)}
        return Given(name, (1,), laid, keras.layers.TextVectorization(**config, name=f"{name}_words"))
    shape = tuple(array.shape[1:]) or (1,)
    if len(shape) == 3:
        if np.nanmax(array, initial=0) > 1.5:
            laid.add(
                keras.layers.Rescaling(1 / 255, name=f"{name}_scaled"),
                why=text("The pixels of {input} are brought from 0..255 to 0..1.", input=repr(name)),
            )
        return Given(name, shape, laid)
    moments = Moments(-1)
    moments.see(array.reshape(-1, *shape))
    mean, variance = moments.result()
    if np.abs(mean).max() > 0.5 or not (0.25 < np.median(variance) < 4):
        laid.add(
            keras.layers.Normalization(mean=mean, variance=variance, name=f"{name}_normal"),
            why=text("{input} is brought to mean 0 and deviation 1 inside the model.", input=repr(name)),
        )
    return Given(name, shape, laid)


def _goal(name: str, array: Any, classes: int | None) -> Goal:
    import pandas as pd

    array = np.asarray(array)
    one_hot = array.ndim == 2 and array.shape[1] > 1 and bool((array.sum(axis=1) == 1).all())
    if one_hot:
        array = array.argmax(axis=1)
    if array.size != len(array):
        column = look_at_column(name, pd.Series(np.asarray(array, "float64").ravel() + 0.5))
        return dataclasses.replace(goal_of(column), classes=None)
    values = array.reshape(-1)
    named = classes is not None or one_hot
    goal = goal_of(look_at_column(name, pd.Series(values.astype("int64").astype(str) if named else values)))
    if classes is not None and goal.classes is not None and goal.classes < classes:
        goal = dataclasses.replace(goal, classes=classes, loss="sparse_categorical_crossentropy", shares=())
    return dataclasses.replace(goal, loss="categorical_crossentropy") if one_hot else goal


def _by_name(value: Any, name: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return {str(key): array for key, array in value.items()}
    if isinstance(value, (list, tuple)):
        return {f"{name}_{at + 1}": array for at, array in enumerate(value)}
    return {name: value}


def plain(name: str) -> str:
    """A name for a layer, of what a person calls a column."""
    return re.sub(r"\W+", "_", name).strip("_") or "value"


def free(name: str, inputs: Sequence[Given]) -> str:
    """The name of an output, which no input has."""
    taken = {one.name for one in inputs}
    return f"{name}_output" if name in taken else name
