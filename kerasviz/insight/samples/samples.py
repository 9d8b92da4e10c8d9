"""The samples that a document is trained on, as its plan prepares them, to look at one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data import load
from kerasviz.data.dataset import Data, Stream, Table
from kerasviz.data.preparation import prepared
from kerasviz.data.preparation.augmenting import is_random
from kerasviz.data.preparation.batchsteps import array_chains, sized_stream, stream_chains
from kerasviz.data.preparation.chains import Chains, changed
from kerasviz.data.preparation.rowblocks import Block
from kerasviz.data.preparation.tabular import as_arrays, learned, places_of
from kerasviz.data.randomdata import RandomData
from kerasviz.data.splits.dividing import divide, divide_stream
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION
from kerasviz.data.streams.reader import Reader
from kerasviz.data.tables import map_arrays
from kerasviz.insight.samples.batchsamples import first_samples
from kerasviz.insight.samples.drawnmodel import drawn_model
from kerasviz.insight.samples.randomsamples import suited
from kerasviz.insight.samples.sampleparts import Arrays, Part, parts_in, rows_of, targets_in
from kerasviz.insight.samples.tablerows import Rows
from kerasviz.insight.samples.targetnames import class_names, class_names_of_each, label_of, target_names
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, all_of, text

if TYPE_CHECKING:
    from kerasviz.insight.plane.plane import Plane


@dataclass(frozen=True)
class Taken:
    """One sample.

    Attributes:
        inputs: Its arrays, `(1, ...)`, by their keys in the data, or by position.
        target: What is to be learned from it, `(1, ...)`, or a list or dict of such; None where nobody knows.
        part: Where it is from; None for one of the user's own, or of new data.
        index: Its number among the samples of the part.
        original: The sample as it was, where somebody has changed it.
        plane: Where a whole plane of samples is followed, of which this is one.
        raw: Its arrays before any step of the preparation; None where they are the same.
        is_new: Whether it is of data that is not the plan's, where `index` counts.
    """

    inputs: Mapping[Any, np.ndarray]
    target: Any = None
    part: Part | None = None
    index: int | None = None
    original: Taken | None = None
    plane: Plane | None = None
    raw: Mapping[Any, np.ndarray] | None = None
    is_new: bool = False

    @property
    def root(self) -> Taken:
        """The sample before all changes."""
        return self if self.original is None else self.original.root


@dataclass(frozen=True)
class Samples:
    """Samples by part and number. They lie where the data lies, and are prepared when one is taken.

    Attributes:
        counts: How many samples each part has that has some.
        class_names: What the classes are called, or their numbers as text; empty where there are none.
        has_columns: Whether they are made of a table: rows of it, or windows of a series.
        target_names: What is to be predicted, where that has names.
        rows: The rows of a table; None where samples are none.
        limits: For each part of which only the first samples can be chosen, a sentence with the limit.
        names_of_each: Of several arrays of targets, the names of the classes of each, by its key in the data.
        chains: The steps of each array of the data, where these are no columns'.
        source: Of new data, where it is from, as a plan has it; None for the data of the plan.
    """

    counts: Mapping[Part, int]
    class_names: tuple[str, ...]
    has_columns: bool
    _parts: Mapping[Part, tuple[Data | Stream, np.ndarray]]
    chains: Callable[[], Chains]
    target_names: tuple[str, ...] = ()
    rows: Rows | None = None
    limits: Mapping[Part, Text] = field(default_factory=dict)
    names_of_each: Mapping[Any, tuple[str, ...]] = field(default_factory=dict)
    source: Mapping[str, Any] | None = None

    def take(self, part: Part, index: int) -> Taken:
        """Takes one sample.

        Raises:
            RequestError: With code `no_sample`, where the part has no such sample.
        """
        self._check(part, index)
        held, numbers = self._parts[part]
        number = numbers[index : index + 1]
        raw = rows_of(held, number)
        inputs = self.prepared(raw)
        if isinstance(held, Stream):
            return Taken(inputs, held.batches.targets[number], part, index, raw=raw)
        target = None if held.y is None else map_arrays(held.y, held.y_name, lambda array, _: array[number])
        return Taken(inputs, target, part, index, raw=raw)

    def inputs(self, part: Part, numbers: np.ndarray) -> Arrays:
        """Some samples of a part, prepared.

        Args:
            part: Of the data.
            numbers: Theirs in the part.
        """
        held, there = self._parts[part]
        return self.prepared(rows_of(held, there[numbers]))

    def row(self, part: Part | None, index: int) -> tuple[Rows, Block]:
        """Reads the row of a sample as it is before any step; a typical one where `part` is None.

        Raises:
            RequestError: With code `no_row`, where samples are no rows; as `take`.
        """
        if self.rows is None:
            raise no_rows()
        if part is None:
            return self.rows, self.rows.typical()
        self._check(part, index)
        return self.rows, self._rows(self.rows, part, np.array([index]))

    def raw(self, part: Part, indices: np.ndarray) -> Arrays:
        """Some samples of a part as the data has them, before any step; columns of a table by their name.

        Args:
            part: Of the data.
            indices: Their numbers in the part, ascending.
        """
        if self.rows is not None:
            return self._rows(self.rows, part, indices)
        held, numbers = self._parts[part]
        return rows_of(held, numbers[indices])

    def taken_in(self, raw: Arrays) -> Arrays:
        """What a model takes of samples that are as `raw` has them."""
        return self.prepared(raw) if self.rows is None else self.rows.arrays(dict(raw))

    def _rows(self, rows: Rows, part: Part, indices: np.ndarray) -> Block:
        held, numbers = self._parts[part]
        is_training = "training" in self._parts and held is self._parts["training"][0]
        number = {"training": TRAINING, "validation": VALIDATION, "test": TEST}[part]
        return rows.some(TRAINING if is_training else number, numbers[indices])

    def first(self, count: int) -> Arrays:
        """The first samples that train, as they are before any step of the preparation."""
        held, numbers = self._parts["training"]
        return rows_of(held, numbers[:count])

    def prepared(self, arrays: Arrays) -> Arrays:
        """Sends samples through the steps that are no columns' and that draw nothing; they have learned.

        Args:
            arrays: As `first` gives them.
        """
        chains = list(self.chains().values())
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
        targets = targets_in(held)
        if not isinstance(targets, np.ndarray):
            return [None] * len(numbers)
        return [self.label(target) for target in targets[numbers]]

    def limit(self, part: Part) -> Text | None:
        """Why only the first samples of a part can be chosen, and how many; None where all can be."""
        if part not in self.limits:
            return None
        return text(
            "Only the first {count} samples are used. {why}", count=self.counts[part], why=self.limits[part]
        )

    def _check(self, part: Part, index: int) -> None:
        count = self.counts.get(part, 0)
        if not 0 <= index < count:
            raise RequestError(
                "no_sample",
                text(
                    "There is no sample {index}: this part of the data has {count} samples.",
                    index=index,
                    count=count,
                ),
            )

    def label_of(self, taken: Taken) -> str | None:
        """What is to be predicted of a sample, for people; None where that is unknown, or several things."""
        return self.label(taken.target[0]) if isinstance(taken.target, np.ndarray) else None

    def label(self, target: Any) -> str | None:
        """What a target is for people: the class, the number; None where it is several."""
        return label_of(target, self.class_names)


def no_rows() -> RequestError:
    """What is said of samples that are asked for as rows, and are none."""
    return RequestError("no_row", text("The samples are not rows of a table. Choose a sample from the data."))


def samples_of(document: JSON, namespace: dict[str, Any], folder: Path | None) -> Samples:
    """Loads the data of a document, to prepare samples of it as for training.

    Args:
        document: Keras JSON with a plan.
        namespace: The user's variables.
        folder: Where the document is.

    Raises:
        RequestError: With a sentence, where there is no data, or it gives batches in an order of their own.
    """
    training = training_of(document)
    share = {**FIT_DEFAULTS, **part_of(training, "fit")}["validation_split"]
    loaded = load(training.get("data"), namespace, folder)
    steps, split = training.get("preparation"), training.get("split")
    held_out = share if isinstance(share, float) and 0 <= share < 1 else 0.0
    rows = None
    if isinstance(loaded, Table):
        columns, model = part_of(training, "columns"), drawn_model(document)
        known = learned(loaded, columns, steps, split, held_out, model)
        data: Data | Stream = as_arrays(loaded, known, columns, model)
        rows = Rows(loaded, known, *places_of(loaded, known, columns, model))
    else:
        found = suited(loaded, document) if isinstance(loaded, RandomData) else loaded
        data = prepared(found, {}, None, None)
        if isinstance(data, Stream):
            data = sized_stream(data, steps, drawn_model(document).only_shape)
    whole = data
    limits: Mapping[Part, Text] = {}
    if isinstance(data, Stream) and not isinstance(data.batches, Reader):
        data, limits = first_samples(data)
        share, split = 0.0, None  # batches are not divided
    # A table's steps make its arrays; others act on the samples that are looked at alone.
    later = rows is None
    split = split if later else None
    if isinstance(data, Stream) and split is not None:
        whole = data = divide_stream(data, split)
        split = None
    parts = parts_in(data, share, split)

    @cache
    def chains() -> Chains:
        if not later or not steps:
            return {}
        if isinstance(whole, Stream):
            return stream_chains(whole, steps, held_out)[1]
        return array_chains(whole if split is None else divide(whole, split), steps, held_out)

    counts: dict[Part, int] = {part: len(numbers) for part, (_, numbers) in parts.items()}
    has_columns = not later or (isinstance(data, Stream) and data.table is not None)
    names = target_names(data) if rows is None else tuple(rows.known.roles.targets)
    each = class_names_of_each(data)
    return Samples(counts, class_names(data), has_columns, parts, chains, names, rows, limits, each)
