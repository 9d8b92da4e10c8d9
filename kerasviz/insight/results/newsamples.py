"""New samples for a model, prepared as those that it was trained on."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, Loaded, Stream, Table
from kerasviz.data.preparation.chains import changed
from kerasviz.data.preparation.filledarrays import Written
from kerasviz.data.preparation.keraslayer import as_words
from kerasviz.data.preparation.rowblocks import Block, blocks
from kerasviz.data.splits.splitsamples import TEST
from kerasviz.data.streams.reader import Reader
from kerasviz.insight.samples.samples import Samples
from kerasviz.insight.samples.tablerows import Rows, as_kind
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text

_IN_MEMORY = 2**26
"""Numbers of samples that are not in a file."""


def new_samples(samples: Samples, loaded: Loaded) -> Samples:
    """Prepares new samples as those of a document.

    Args:
        samples: Of the document, whose preparation has learned.
        loaded: What a source gave.

    Returns:
        The new ones, as the part `test`.

    Raises:
        RequestError: With code `no_data`, where they are of another kind, or columns are missing.
    """
    if samples.rows is not None:
        if not isinstance(loaded, Table):
            raise RequestError(
                "no_data",
                text("The model was trained on rows of a table. Choose a table with the same columns."),
            )
        return _of_table(samples, samples.rows, loaded)
    if isinstance(loaded, Stream) and isinstance(loaded.batches, Reader):
        known = samples.held("training")[0].class_names
        if loaded.class_names != known:
            raise RequestError(
                "no_data",
                text(
                    "{name} has the classes {found}, but the model was trained on the classes {known}.",
                    name=loaded.name,
                    found=all_of([repr(each) for each in loaded.class_names or []]),
                    known=all_of([repr(each) for each in known or []]),
                ),
            )
        return _with(samples, loaded, len(loaded.batches.targets))
    if not isinstance(loaded, Data):
        raise RequestError(
            "no_data", text("{name} can't be predicted. Choose arrays, files or a table.", name=loaded.name)
        )
    first = loaded.x if isinstance(loaded.x, np.ndarray) else next(iter(_each(loaded.x)))
    return _with(samples, loaded, len(first))


def _each(x: Any) -> Any:
    return x.values() if isinstance(x, dict) else x


def _with(samples: Samples, held: Data | Stream, count: int) -> Samples:
    return dataclasses.replace(samples, counts={"test": count}, _parts={"test": (held, np.arange(count))})


def _of_table(samples: Samples, rows: Rows, table: Table) -> Samples:
    """Sends rows through the steps, which have learned from those that trained."""
    kinds = rows.known.seen.kinds
    count = sum(len(next(iter(block.values()))) for block in blocks(table, rows.names[:1]))
    parts = np.full(count, TEST, "int8")
    written = Written(rows.places, rows.widths, parts, on_disk=count * sum(rows.widths.values()) > _IN_MEMORY)
    start = 0
    for block in blocks(table, rows.names):
        given = {name: as_kind(values, kinds[name]) for name, values in block.items()}
        written.write(start, {name: changed(rows.known.chains[name], each) for name, each in given.items()})
        start += len(next(iter(block.values())))
    held = Data(
        table.name,
        written.of(TEST),
        _truth(samples, rows, table),
        class_names=list(samples.class_names) or None,
        classes=len(samples.class_names) or None,
        x_name=table.name,
        notes=list(table.notes),
    )
    known = dataclasses.replace(rows, table=table, known=dataclasses.replace(rows.known, parts=parts))
    return dataclasses.replace(_with(samples, held, count), rows=known)


def _truth(samples: Samples, rows: Rows, table: Table) -> Any:
    """What is true of each row, where the table says it of all of them; else None."""
    targets = rows.known.roles.targets
    held = samples.held("training")[0]
    if not isinstance(held, Data) or not isinstance(held.y, np.ndarray):
        return None
    if any(name not in table.columns for name in targets):
        return None
    found = [_numbers(samples, block) for block in blocks(table, targets)]
    if any(each is None for each in found):
        return None
    joined = np.concatenate([each for each in found if each is not None])
    return joined if held.y.ndim > 1 else joined[:, 0]


def _numbers(samples: Samples, block: Block) -> np.ndarray | None:
    """Targets of some rows as the model was trained on them, `(rows, targets)`; None where one is unknown."""
    names = {name: number for number, name in enumerate(samples.class_names)}
    columns = []
    for values in block.values():
        if names and len(block) == 1:
            numbers = [names.get(str(word)) for word in as_words(values)]
            if None in numbers:
                return None
            columns.append(np.array(numbers, "int32"))
        else:
            if values.dtype.kind != "f" or np.isnan(values).any():
                return None
            columns.append(values.astype("float32"))
    return np.column_stack(columns)
