"""Batches of a data set of Ray, which may be larger than a machine."""

from __future__ import annotations

import math
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import ray.data

Columns = str | list[str] | dict[str, "str | list[str]"]
Make = Callable[[], "ray.data.Dataset"]
_OF_A_CLUSTER = b"object_ref"
"""In a pickle of Ray, what lies in the memory of one cluster."""


class RayBatches(keras.utils.PyDataset):  # type: ignore[misc]
    """Batches of a `ray.data.Dataset`, for `fit` and for kerasviz, which reads them as they are needed.

    On workers of a Ray cluster each reads a part of the rows: all have equally many, so as many rows as do
    not divide are left out of an epoch.

    Args:
        rows: A function that makes a data set of CSV or Parquet files, images, or what else Ray reads,
            prepared by its own means; or the data set, where it can go to another cluster as it is.
        x: The column of the inputs; a list of columns of numbers, which become one array
            `(batch, columns)`; or a dict of those, for a model with several inputs.
        y: The column of the targets, or as x.
        sample_weight: The column of the weights of samples.
        batch_size: Rows in a batch, of all workers together.
        shuffle: Rows that are mixed in memory, in each worker; 0 leaves them as they come.
        seed: Of that.

    Raises:
        RequestError: With code `no_data`, where there is no such column.
    """

    def __init__(
        self,
        rows: ray.data.Dataset | Make,
        x: Columns,
        y: Columns | None = None,
        *,
        sample_weight: str | None = None,
        batch_size: int = 32,
        shuffle: int = 0,
        seed: int = 0,
    ) -> None:
        super().__init__()
        self._make: Make | None = rows if callable(rows) else None
        self._made: ray.data.Dataset | None = None if callable(rows) else rows
        self.key = uuid.uuid4().hex
        self.batch_size = batch_size
        self._columns = (
            x,
            *(() if y is None else (y,)),
            *(() if sample_weight is None else (sample_weight,)),
        )
        if sample_weight is not None and y is None:
            raise RequestError("no_data", text("Weights of samples need targets. Name the column y."))
        self._shuffle = shuffle
        self._seed = seed
        self._rows = int(self.dataset.count())
        self._count = 1
        self._shard: Any = None
        self._epoch = -1
        self._is_training = False
        self._taken: Iterator[Any] | None = None
        self._first = self._arrays(self.dataset.take_batch(min(batch_size, 32), batch_format="numpy"))

    @property
    def dataset(self) -> ray.data.Dataset:
        """The rows, on the Ray of this process; they are made when they are first needed."""
        if self._made is None:
            assert self._make is not None  # which only a data set that is given has not
            self._made = self._make()
        return self._made

    @property
    def num_batches(self) -> int:
        """Batches in an epoch."""
        return math.ceil(self._rows // self._count / (self.batch_size // self._count))

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        """A batch: in an epoch the next one, whatever its number; outside of one some rows, to look at."""
        if not self._is_training:
            return self._first
        if self._taken is None:
            self._taken = self._read()
        return self._arrays(next(self._taken))

    def on_epoch_begin(self) -> None:
        """Rows come in another order."""
        self._epoch += 1
        self._is_training, self._taken = True, None

    def on_epoch_end(self) -> None:
        """What was read ahead is given back."""
        self._is_training, self._taken = False, None

    def take_share(self, count: int, shard: Any) -> None:
        """From now on, batches are those of one of several workers.

        Args:
            count: How many workers there are.
            shard: Its part of the rows, as Ray Train gives it.

        Raises:
            RequestError: With code `devices`, where they can't share a batch equally.
        """
        if self.batch_size % count:
            raise RequestError(
                "devices",
                text(
                    "{count} workers can't share a batch of {size} rows equally. Set batch_size to {fits}.",
                    count=count,
                    size=self.batch_size,
                    fits=max(self.batch_size // count, 1) * count,
                ),
            )
        self._count, self._shard = count, shard

    def __getstate__(self) -> dict[str, Any]:
        """Where the rows come from is copied to another process, and not the rows.

        Raises:
            RequestError: With code `place`, where a part of it lies in the memory of one cluster.
        """
        make = self._make or partial(_made_again, _lineage_of(self.dataset))
        kept = {"_make": make, "_made": None, "_taken": None, "_shard": None, "_is_training": False}
        return {**self.__dict__, **kept}

    def _read(self) -> Iterator[Any]:
        source = self.dataset if self._shard is None else self._shard
        size = self.batch_size // self._count
        mixed = {"local_shuffle_buffer_size": max(self._shuffle, size)} if self._shuffle else {}
        seeded = {"local_shuffle_seed": self._seed + self._epoch} if self._shuffle else {}
        return iter(source.iter_batches(batch_size=size, batch_format="numpy", **mixed, **seeded))

    def _arrays(self, batch: Mapping[str, np.ndarray]) -> tuple[Any, ...]:
        return tuple(_chosen(batch, columns) for columns in self._columns)


def _lineage_of(rows: ray.data.Dataset) -> bytes:
    """How a data set is read, for another cluster."""
    lineage: bytes = rows.serialize_lineage() if rows.has_serializable_lineage() else _OF_A_CLUSTER
    if _OF_A_CLUSTER in lineage:
        raise RequestError(
            "place",
            text(
                "Ray keeps a part of this data set in the memory of its cluster, such as the names of CSV "
                "files and images. Give RayBatches a function that makes the data set: "
                "RayBatches(lambda: ray.data.read_csv(...), ...)."
            ),
        )
    return lineage


def _made_again(lineage: bytes) -> ray.data.Dataset:
    from ray.data import Dataset

    return Dataset.deserialize_lineage(lineage)


def _chosen(batch: Mapping[str, np.ndarray], columns: Columns) -> Any:
    if isinstance(columns, dict):
        return {name: _chosen(batch, each) for name, each in columns.items()}
    if isinstance(columns, str):
        return _column(batch, columns)
    numbers = [np.asarray(_column(batch, name), keras.config.floatx()) for name in columns]
    return np.stack(numbers, axis=-1)


def _column(batch: Mapping[str, np.ndarray], name: str) -> np.ndarray:
    if name not in batch:
        raise RequestError(
            "no_data",
            text("There is no column {name}. There are: {known}.", name=repr(name), known=", ".join(batch)),
        )
    found = batch[name]
    if found.dtype == object and len(found) and isinstance(found[0], np.ndarray):
        return np.stack(list(found))
    return found.astype(keras.config.floatx(), copy=False) if found.dtype.kind == "f" else found
