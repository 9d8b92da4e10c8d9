"""What there is data for, as a first model needs it: inputs and targets of arrays and of batches."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, cast

import keras
import numpy as np

from kerasviz.config.naming import plain_name
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.preparation.moments import Moments
from kerasviz.data.preparation.proposing import BY_LETTER, LENGTH, MOST_WORDS
from kerasviz.data.preparation.readerproposal import reader_proposal
from kerasviz.data.preparation.targetgoal import Goal, goal_of, goal_of_classes
from kerasviz.data.preview.onecolumn import look_at_column
from kerasviz.data.splits.dividing import divide, divide_stream
from kerasviz.data.streams.begunagain import begun_again
from kerasviz.data.streams.elements import whole_batch
from kerasviz.data.streams.reader import Reader
from kerasviz.data.tables import check_text, is_text
from kerasviz.data.unspaced import is_unspaced
from kerasviz.models.bodies import Laid
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.storage.vocabularies import learned as learned_words

HELD_OUT = 0.2
SAMPLES = 10_000
"""Samples that are looked at of arrays and batches, and texts whose words are learned."""
BATCHES = 32
"""Batches that are looked at."""
VALUES = 2_000_000
"""Numbers that are looked at of samples in files."""
FEW = 5000
"""Photos of which there are fewer are drawn a little different in each epoch."""
LEAST_SIDE = 32
"""Pixels from which a picture may be turned and enlarged."""


@dataclass
class Given:
    """An input that there is data for.

    Attributes:
        name: Of the input.
        shape: Of one sample.
        before: Layers that prepare it, and why.
        words: A `TextVectorization` that knows its words, where it is text.
        tokens: How many words there are, where a step of the preparation made numbers of them.
    """

    name: str
    shape: tuple[int | None, ...]
    before: Laid
    words: Any = None
    tokens: int | None = None


@dataclass
class Wanted:
    """An output that there is a target for."""

    name: str
    goal: Goal
    y: Any


@dataclass
class Seen:
    """Some samples of those that train.

    Attributes:
        x: Arrays, by input where there are several.
        y: Their targets.
        samples: How many there are to train on.
        photos: Whether they are pictures out of files.
        counts: Samples of each class, where all are known.
        plan: What is added to the plan.
        reasons: Why.
    """

    x: Any
    y: Any
    samples: int
    photos: bool = False
    counts: Sequence[int] | None = None
    plan: JSON = field(default_factory=dict)
    reasons: list[Text] = field(default_factory=list)


def of_arrays(loaded: Data | Stream, training: Mapping[str, Any]) -> tuple[list[Given], list[Wanted], Seen]:
    """Tells what arrays or batches there are: inputs, targets, and the samples that were looked at.

    Args:
        loaded: What a source gave.
        training: The plan.

    Raises:
        RequestError: With code `no_data`, where nothing is to be learned.
    """
    seen = _samples(loaded, training)
    inputs = [_given(plain(name), array, seen) for name, array in _by_name(seen.x, "input")]
    outputs = []
    named = loaded.target_name if isinstance(loaded, Stream) else "output"
    for name, array in _by_name(seen.y, named):
        counts = seen.counts
        goal = _goal(name, array, loaded.classes) if counts is None else goal_of_classes(name, counts)
        outputs.append(Wanted(free(plain(name), inputs), goal, array))
    return inputs, outputs, seen


def _samples(loaded: Data | Stream, training: Mapping[str, Any]) -> Seen:
    """Takes samples of the part that trains, as a plan divides it."""
    if isinstance(loaded, Stream) and isinstance(loaded.batches, Reader):
        return _of_reader(loaded, loaded.batches, training)
    if isinstance(loaded, Stream):
        seen = _of_batches(loaded)
    else:
        split = training.get("split")
        data = divide(loaded, split) if isinstance(split, Mapping) else loaded
        count = len(next(iter(_by_name(data.x, "input")))[1])
        last = min(SAMPLES, count if data.validation is not None else _trains(count, training))
        x = keras.tree.map_structure(lambda array: array[:last], data.x)
        seen = Seen(x, data.y, count)
    if seen.y is None:
        raise RequestError("no_data", text("{name} has no targets to learn.", name=loaded.name))
    return seen


def _of_batches(stream: Stream) -> Seen:
    """Takes the first batches; where they differ in length, the samples have none of their own."""
    first, *others = (whole_batch(batch, stream.name) for batch in _few(stream.batches))
    for name, array in _by_name(first.x, "input"):
        if any(dict(_by_name(other.x, "input"))[name].shape[1:] != array.shape[1:] for other in others):
            raise RequestError(
                "no_data",
                text(
                    "The samples of {name} differ in length from batch to batch, so no first model is laid "
                    "out for them. Give them one length, or draw a model with None in the shape of its "
                    "Input.",
                    name=stream.name,
                ),
            )
    every = [(each.x, each.y) for each in (first, *others)]
    x, y = keras.tree.map_structure(lambda *of: None if of[0] is None else np.concatenate(of), *every)
    return Seen(x, y, stream.samples or 1000)


def _few(batches: Any) -> Iterator[Any]:
    """Some batches; one of what can be gone through but once."""
    again = list(islice(begun_again(batches), BATCHES))
    yield from again or [next(iter(batches))]


def _trains(count: int, training: Mapping[str, Any]) -> int:
    """How many samples train where `fit` holds the last ones out."""
    share: float = part_of(training, "fit").get("validation_split", FIT_DEFAULTS["validation_split"])
    return math.floor(count * (1 - share))


def _of_reader(stream: Stream, reader: Reader, training: Mapping[str, Any]) -> Seen:
    proposed = reader_proposal(stream, reader.targets) if stream.classes else None
    chosen, split = part_of(training, "data"), training.get("split")
    plan: JSON = {}
    if proposed is not None and proposed["data"]:
        plan["data"] = {**chosen, "config": {**part_of(chosen, "config"), **proposed["data"]}}
    if split is None and proposed is not None and proposed["split"]:
        plan["split"] = split = proposed["split"]
    divided = stream if split is None else divide_stream(stream, split)
    assert isinstance(divided.batches, Reader)
    count = len(divided.batches.targets)
    is_divided = divided.validation is not None or stream.is_divided
    last = count if is_divided else _trains(count, training)
    first = divided.batches.read(np.arange(1))
    wanted = SAMPLES if is_text(first) else max(32, VALUES // max(1, first[0].size))
    numbers = np.linspace(0, last - 1, min(last, wanted)).astype(int)
    counts = None
    if stream.classes and reader.targets.ndim == 1:
        counts = np.bincount(reader.targets, minlength=stream.classes).tolist()
    return Seen(
        divided.batches.read(numbers),
        divided.batches.targets,
        last,
        photos=first.ndim == 4,
        counts=counts,
        plan=plan,
        reasons=cast("list[Text]", proposed["reasons"]) if proposed else [],
    )


def _given(name: str, array: Any, seen: Seen) -> Given:
    """Lays the layers that prepare an input, with what they learn of samples that train."""
    array = np.asarray(array)
    laid = Laid()
    if is_text(array):
        check_text(name, name)
        import pandas as pd

        texts = array.reshape(-1, 1).astype(str)
        how = BY_LETTER if is_unspaced(pd.Series(texts[:, 0])) else {}
        config = {"max_tokens": MOST_WORDS, "output_sequence_length": LENGTH, **how}
        words = keras.layers.TextVectorization(**config)
        words.adapt(texts)
        config |= learned_words(words)
        return Given(name, (1,), laid, keras.layers.TextVectorization(**config, name=f"{name}_words"))
    shape = tuple(array.shape[1:]) or (1,)
    if len(shape) == 3:
        if seen.photos and seen.samples < FEW and min(shape[:2]) >= LEAST_SIDE:
            _augment(laid, name)
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


def _augment(laid: Laid, name: str) -> None:
    laid.add(
        keras.layers.RandomFlip("horizontal", name=f"{name}_flipped"),
        keras.layers.RandomRotation(0.1, name=f"{name}_turned"),
        keras.layers.RandomZoom(0.1, name=f"{name}_zoomed"),
        why=text(
            "While it trains, each picture is flipped, turned and zoomed a little at random, so that few "
            "pictures teach more. Remove RandomFlip where left and right matter, as in writing."
        ),
    )


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


def _by_name(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from ((str(key), array) for key, array in value.items())
    elif isinstance(value, (list, tuple)):
        yield from ((f"{name}_{at + 1}", array) for at, array in enumerate(value))
    else:
        yield name, value


def plain(name: str) -> str:
    """A name for a layer, of what a person calls a column."""
    return plain_name(name) or "value"


def free(name: str, inputs: Sequence[Given]) -> str:
    """The name of an output, which no input has."""
    taken = {one.name for one in inputs}
    return f"{name}_output" if name in taken else name
