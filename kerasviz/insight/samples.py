"""The samples that a document is trained on, as its plan prepares them, to look at one of them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data import load
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.preparation import prepared
from kerasviz.data.preparation.augmenting import is_random
from kerasviz.data.preparation.batchsteps import array_chains, stream_chains
from kerasviz.data.preparation.chains import Chains, changed
from kerasviz.data.splits.dividing import divide, divide_stream, part_of_each
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION
from kerasviz.data.streams.reader import Reader
from kerasviz.data.tables import keys_of, map_arrays
from kerasviz.data.target import look_at
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import all_of, text

Part = Literal["training", "validation", "test"]
PARTS: tuple[Part, ...] = ("training", "validation", "test")


@dataclass(frozen=True)
class Taken:
    """One sample.

    Attributes:
        inputs: Its arrays, `(1, ...)`, by their keys in the data, or by position.
        target: What is to be learned from it, `(1, ...)`, or a list or dict of such; None where nobody knows.
        part: Where it is from; None for one of the user's own.
        index: Its number among the samples of the part.
    """

    inputs: Mapping[Any, np.ndarray]
    target: Any = None
    part: Part | None = None
    index: int | None = None


Arrays = Mapping[Any, np.ndarray]
"""Arrays of some samples, `(samples, ...)`, by their keys in the data, or by position."""


@dataclass(frozen=True)
class Samples:
    """Samples by part and number. They lie where the data lies, and are prepared when one is taken.

    Attributes:
        counts: How many samples each part has that has some.
        class_names: What the classes are called, or their numbers as text; empty where there are none.
        has_columns: Whether they are made of a table: rows of it, or windows of a series.
    """

    counts: Mapping[Part, int]
    class_names: tuple[str, ...]
    has_columns: bool
    _parts: Mapping[Part, tuple[Data | Stream, np.ndarray]]
    _chains: Callable[[], Chains]

    def take(self, part: Part, index: int) -> Taken:
        """Takes one sample.

        Raises:
            RequestError: With code `no_sample`, where the part has no such sample.
        """
        if part not in self._parts or not 0 <= index < self.counts[part]:
            count = self.counts.get(part, 0)
            raise RequestError(
                "no_sample",
                text(
                    "There is no sample {index}: this part of the data has {count}.", index=index, count=count
                ),
            )
        held, numbers = self._parts[part]
        number = numbers[index : index + 1]
        inputs = self.prepared(rows_of(held, number))
        if isinstance(held, Stream):
            return Taken(inputs, held.batches.targets[number], part, index)
        target = None if held.y is None else map_arrays(held.y, held.y_name, lambda array, _: array[number])
        return Taken(inputs, target, part, index)

    def inputs(self, part: Part, numbers: np.ndarray) -> Arrays:
        """Some samples of a part, prepared.

        Args:
            part: Of the data.
            numbers: Theirs in the part.
        """
        held, there = self._parts[part]
        return self.prepared(rows_of(held, there[numbers]))

    def first(self, count: int) -> Arrays:
        """The first samples that train, as they are before any step of the preparation."""
        held, numbers = self._parts["training"]
        return rows_of(held, numbers[:count])

    def prepared(self, arrays: Arrays) -> Arrays:
        """Sends samples through the steps that are no columns' and that draw nothing; they have learned.

        Args:
            arrays: As `first` gives them.
        """
        chains = list(self._chains().values())
        if not chains:
            return arrays
        return {
            key: changed([step for step in chain if not is_random(step)], array)
            for (key, array), chain in zip(arrays.items(), chains, strict=True)
        }

    def held(self, part: Part) -> tuple[Data | Stream, np.ndarray]:
        """Where the samples of a part are, and their numbers there.

        Raises:
            RequestError: With code `no_sample`, where there is no such part.
        """
        if part not in self._parts:
            raise RequestError(
                "no_sample",
                text(
                    "The data has no part {part}. It has: {parts}.",
                    part=repr(part),
                    parts=all_of([repr(name) for name in self._parts]),
                ),
            )
        found: tuple[Data | Stream, np.ndarray] = self._parts[part]
        return found

    def labels(self, part: Part) -> list[str | None]:
        """What is to be predicted of each sample of a part, for people; None where it is several."""
        if part not in self._parts:
            return []
        held, numbers = self._parts[part]
        targets = _targets(held)
        if not isinstance(targets, np.ndarray):
            return [None] * len(numbers)
        return [self.label(target) for target in targets[numbers]]

    def label_of(self, taken: Taken) -> str | None:
        """What is to be predicted of a sample, for people; None where that is unknown, or several things."""
        return self.label(taken.target[0]) if isinstance(taken.target, np.ndarray) else None

    def label(self, target: Any) -> str | None:
        """What a target is for people: the class, the number; None where it is several."""
        values = np.asarray(target)
        one_hot = values.size > 1 and values.ndim == 1 and values.sum() == 1 and values.max() == 1
        if values.size != 1 and not one_hot:
            return None
        value = values.argmax() if one_hot else values.reshape(-1)[0]
        if isinstance(value, (np.integer, np.bool_)) or float(value).is_integer():
            number = int(value)
            return self.class_names[number] if 0 <= number < len(self.class_names) else str(number)
        return f"{float(value):.6g}"


def samples_of(document: JSON, namespace: dict[str, Any], folder: Path | None, model: Any = None) -> Samples:
    """Loads the data of a document, to prepare samples of it as for training.

    Args:
        document: Keras JSON with a plan.
        namespace: The user's variables.
        folder: Where the document is.
        model: The model that takes the samples, where there is one.

    Raises:
        RequestError: With a sentence, where there is no data, or it gives batches in an order of their own.
    """
    training = training_of(document)
    share = {**FIT_DEFAULTS, **part_of(training, "fit")}["validation_split"]
    loaded = load(training.get("data"), namespace, folder)
    steps, split = training.get("preparation"), training.get("split")
    held_out = share if isinstance(share, float) and 0 <= share < 1 else 0.0
    # A table's steps make its arrays; others act on the samples that are looked at alone.
    later = isinstance(loaded, (Data, Stream))
    data = prepared(
        loaded,
        part_of(training, "columns"),
        None if later else steps,
        None if later else split,
        model=model,
        validation_split=held_out,
    )
    if isinstance(data, Stream) and not isinstance(data.batches, Reader):
        raise RequestError(
            "no_sample",
            text(
                "{name} gives batches in an order of its own, so no sample can be chosen by its number. "
                "Put some samples into an array and choose that as data to look at them.",
                name=data.name,
            ),
        )
    split = split if later else None
    if isinstance(data, Stream) and split is not None:
        data, split = divide_stream(data, split), None
    parts = _parts(data, share, split)
    whole = data

    @cache
    def chains() -> Chains:
        if not later or not steps:
            return {}
        if isinstance(whole, Stream):
            return stream_chains(whole, steps, held_out)[1]
        return array_chains(whole if split is None else divide(whole, split), steps, held_out)

    counts: dict[Part, int] = {part: len(numbers) for part, (_, numbers) in parts.items()}
    has_columns = not later or (isinstance(data, Stream) and data.table is not None)
    return Samples(counts, _class_names(data), has_columns, parts, chains)


def _class_names(data: Data | Stream) -> tuple[str, ...]:
    if data.class_names:
        return tuple(data.class_names)
    targets = _targets(data)
    known = look_at(targets, "") if isinstance(targets, np.ndarray) and targets.size else None
    count = data.classes or (None if known is None or known.several else known.classes) or 0
    return tuple(map(str, range(count)))


def _parts(
    data: Data | Stream, share: float, split: Mapping[str, Any] | None
) -> dict[Part, tuple[Data | Stream, np.ndarray]]:
    """The samples of each part: a split of its own, or the last ones, which `fit` takes for validation."""
    count = _count(data)
    found: dict[Part, tuple[Data | Stream, np.ndarray]] = {}
    if data.validation is not None:
        found["training"] = (data, np.arange(count))
        found["validation"] = _all(data.validation, data)
    elif split is not None and isinstance(data, Data):
        of = part_of_each(data, split)
        numbered: dict[Part, int] = {"training": TRAINING, "validation": VALIDATION, "test": TEST}
        found = {part: (data, np.flatnonzero(of == number)) for part, number in numbered.items()}
    else:
        cut = math.floor(count * (1.0 - share)) if share else count  # as Keras cuts
        found["training"] = (data, np.arange(cut))
        found["validation"] = (data, np.arange(cut, count))
    if data.test is not None and not len(found.get("test", ((), ()))[1]):
        found["test"] = _all(data.test, data)
    return {part: each for part, each in found.items() if len(each[1])}


def _all(part: Any, whole: Data | Stream) -> tuple[Data | Stream, np.ndarray]:
    """All samples of a part of its own: arrays, or a reader, which has the names that the whole has."""
    held = part if isinstance(part, Data) else dataclasses.replace(whole, batches=part)
    return held, np.arange(_count(held))


def _count(data: Any) -> int:
    if isinstance(data, Stream):
        return len(data.batches.targets)
    first = next(iter(data.x.values())) if isinstance(data.x, dict) else data.x
    return int((first[0] if isinstance(first, list) else first).shape[0])


def _targets(held: Data | Stream) -> Any:
    return held.batches.targets if isinstance(held, Stream) else held.y


def rows_of(held: Data | Stream, numbers: np.ndarray) -> Arrays:
    """Some samples as the data has them."""
    if isinstance(held, Stream):
        return {0: np.asarray(held.batches.read(numbers))}

    def some(array: Any, _: str) -> Any:
        rows = array[numbers]
        return np.asarray(rows.toarray() if hasattr(rows, "toarray") else rows)

    rows = map_arrays(held.x, held.x_name, some)
    keyed = rows if isinstance(rows, (dict, list)) else [rows]
    return {key: keyed[key] for key in keys_of(keyed)}
