"""The samples that a document is trained on, as its plan prepares them, to look at one of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data import load
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.preparation import prepared
from kerasviz.data.streams.reader import Reader
from kerasviz.data.tables import keys_of, map_arrays
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

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


@dataclass(frozen=True)
class Samples:
    """Samples by part and number.

    Attributes:
        counts: How many samples each part has that has some.
        class_names: What the classes are called; empty where they have no names.
    """

    counts: Mapping[Part, int]
    class_names: tuple[str, ...]
    _parts: Mapping[Part, tuple[Any, np.ndarray]]

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
        if isinstance(held, Stream):
            reader = held.batches
            return Taken({0: np.asarray(reader.read(number))}, reader.targets[number], part, index)
        inputs = map_arrays(held.x, held.x_name, lambda array, _: _row(array, number))
        target = None if held.y is None else map_arrays(held.y, held.y_name, lambda array, _: array[number])
        keyed = inputs if isinstance(inputs, (dict, list)) else [inputs]
        return Taken({key: keyed[key] for key in keys_of(keyed)}, target, part, index)

    def labels(self, part: Part) -> list[str | None]:
        """What is to be predicted of each sample of a part, for people; None where it is several."""
        if part not in self._parts:
            return []
        held, numbers = self._parts[part]
        targets = held.batches.targets if isinstance(held, Stream) else held.y
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
    """Loads the data of a document and prepares it as for training.

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
    data = prepared(
        loaded,
        part_of(training, "columns"),
        training.get("preparation"),
        training.get("split"),
        model=model,
        validation_split=share if isinstance(share, float) and 0 <= share < 1 else 0.0,
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
    parts = _parts(data, share)
    return Samples(
        {part: len(numbers) for part, (_, numbers) in parts.items()}, tuple(data.class_names or ()), parts
    )


def _parts(data: Data | Stream, share: float) -> dict[Part, tuple[Any, np.ndarray]]:
    """The samples of each part: a split of its own, or the last ones, which `fit` takes for validation."""
    whole, count = data, _count(data)
    found: dict[Part, tuple[Any, np.ndarray]] = {}
    if data.validation is not None:
        found["training"] = (whole, np.arange(count))
        found["validation"] = _all(data.validation, data)
    else:
        cut = count - int(count * share) if share else count
        found["training"] = (whole, np.arange(cut))
        found["validation"] = (whole, np.arange(cut, count))
    if data.test is not None:
        found["test"] = _all(data.test, data)
    return {part: each for part, each in found.items() if len(each[1])}


def _all(part: Any, whole: Data | Stream) -> tuple[Any, np.ndarray]:
    """All samples of a part of its own: arrays, or a reader, which has the names that the whole has."""
    held = part if isinstance(part, Data) else dataclasses.replace(whole, batches=part)
    return held, np.arange(_count(held))


def _count(data: Any) -> int:
    if isinstance(data, Stream):
        return len(data.batches.targets)
    first = next(iter(data.x.values())) if isinstance(data.x, dict) else data.x
    return int((first[0] if isinstance(first, list) else first).shape[0])


def _row(array: Any, number: np.ndarray) -> np.ndarray:
    row = array[number]
    return np.asarray(row.toarray() if hasattr(row, "toarray") else row)
