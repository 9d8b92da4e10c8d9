"""Makes arrays of a table: what is learned is learned from its training rows alone."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.data.dataset import Data, Table
from kerasviz.data.judging import of_outputs
from kerasviz.data.preparation.byinput import Place, input_places, output_places
from kerasviz.data.preparation.chains import Chains, chains_of, changed, learn
from kerasviz.data.preparation.classnumbers import class_numbers
from kerasviz.data.preparation.columnroles import Roles
from kerasviz.data.preparation.filledarrays import Written
from kerasviz.data.preparation.keraslayer import as_words
from kerasviz.data.preparation.rowblocks import Block, blocks, check_columns, is_missing
from kerasviz.data.preparation.seentable import SeenTable, see_table
from kerasviz.data.preparation.tableplan import table_plan
from kerasviz.data.splits import parts_of
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION, Samples
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text, text_n

LEFT_OUT = -1
"""The part of rows that have no target."""


@dataclass(frozen=True)
class Learned:
    """What is known of a table, and has been learned from its training rows.

    Attributes:
        seen: What was found out about it.
        roles: What its columns are for.
        steps: The steps of the preparation.
        chains: The steps of each feature, which have learned.
        parts: The part of each row.
        targets: Each target, one value for each row.
        weights: The weight of each row; None where all count alike.
        notes: What was done.
    """

    seen: SeenTable
    roles: Roles
    steps: Sequence[Mapping[str, Any]]
    chains: Chains
    parts: np.ndarray
    targets: dict[str, Any]
    weights: Any
    notes: list[Text]


def learned(
    table: Table,
    columns: Mapping[str, Any],
    steps: Sequence[Mapping[str, Any]] | None,
    split: Mapping[str, Any] | None,
    validation_split: float,
    model: Any = None,
) -> Learned:
    """Finds out what a table needs, and lets the steps learn from the training rows.

    Args:
        table: Any table.
        columns: What its columns are for; what is not said is proposed.
        steps: Steps of the preparation; None where they are proposed.
        split: How validation and test parts are taken.
        validation_split: The share of rows, the last ones, that `fit` takes for validation without a split.
        model: The compiled model; None where there is none yet. For what it takes as text no steps are
            proposed.

    Raises:
        RequestError: With what does not fit.
    """
    seen = see_table(table)
    plan = table_plan(seen, {"columns": columns, "preparation": steps, "split": split}, model)
    roles, notes = plan.roles, [*plan.reasons]
    by = part_of(split or {}, "config").get("column")
    needed = [
        *roles.targets,
        *([roles.weight] if roles.weight else []),
        *([by] if isinstance(by, str) else []),
    ]
    read = _whole(table, list(dict.fromkeys(needed)))
    parts = _parts(table, read, roles, split)
    lacking = int((parts == LEFT_OUT).sum())
    if lacking:
        notes.append(
            text_n(
                "{n} row without a target or weight is left out.",
                "{n} rows without a target or weight are left out.",
                lacking,
            )
        )
    at_work = np.flatnonzero(parts == TRAINING)
    if split is None:
        at_work = at_work[: math.floor(len(at_work) * (1 - validation_split))]
    chains = chains_of(plan.steps, roles.features)
    trains = np.zeros(len(parts), dtype=bool)
    trains[at_work] = True
    learn(chains, lambda: _some(table, roles.features, trains))
    return Learned(
        seen,
        roles,
        plan.steps,
        chains,
        parts,
        {name: read[name] for name in roles.targets},
        read[roles.weight] if roles.weight else None,
        notes,
    )


def as_arrays(table: Table, known: Learned, columns: Mapping[str, Any], model: Any) -> Data:
    """Makes the arrays that a model takes.

    Args:
        table: The table.
        known: What was learned of it.
        columns: The plan's, of which `inputs` and `outputs` say what goes where.
        model: The compiled model; None where there is none yet.
    """
    places, widths = places_of(table, known, columns, model)
    notes = [*known.notes, *_unused(places, known.roles.features)]
    written = Written(places, widths, known.parts, on_disk=_is_large(table))
    for start, block in _numbered(blocks(table, known.roles.features)):
        done = {name: changed(known.chains[name], block[name]) for name in written.columns}
        written.write(start, done)
    targets = _targets(known, columns, model)
    notes += targets.notes

    def data(part: int) -> Data | None:
        rows = np.flatnonzero(known.parts == part)
        if not len(rows):
            return None
        return Data(
            name=table.name,
            x=written.of(part),
            y={key: y[rows] for key, y in targets.y.items()}
            if isinstance(targets.y, dict)
            else targets.y[rows],
            classes=None if targets.class_names is None else len(targets.class_names),
            notes=[*table.notes, *notes] if part == TRAINING else [],
            x_name=table.name,
            y_name=known.roles.targets[0] if len(known.roles.targets) == 1 else "y",
            sample_weight=None if known.weights is None else known.weights[rows].astype("float32"),
            class_names=targets.class_names,
            names_of_classes=targets.names_of_classes,
        )

    training = data(TRAINING)
    if training is None:
        raise RequestError("no_data", text("No row is left to train on. Hold out fewer of them."))
    return dataclasses.replace(training, validation=data(VALIDATION), test=data(TEST))


def places_of(
    table: Table, known: Learned, columns: Mapping[str, Any], model: Any
) -> tuple[list[Place], dict[str, int]]:
    """Finds which columns go to which input, and how many values each column becomes.

    Args:
        table: The table.
        known: What was learned of it.
        columns: The plan's, of which `inputs` says what goes where.
        model: The compiled model; None where there is none yet.

    Raises:
        RequestError: With what does not fit.
    """
    first = next(blocks(table, known.roles.features))
    tried = {column: changed(known.chains[column], values) for column, values in first.items()}
    words = [
        column for column, values in tried.items() if values.dtype == object or values.dtype.kind in "UM"
    ]
    places = input_places(model, known.roles.features, words, columns.get("inputs"))
    widths = {column: math.prod(values.shape[1:]) for column, values in tried.items()}
    for place in places:
        _check(place, words, widths)
    return places, widths


@dataclass(frozen=True)
class _Targets:
    y: Any
    class_names: list[str] | None
    names_of_classes: dict[str, list[str]]
    notes: list[Text]


def _targets(known: Learned, columns: Mapping[str, Any], model: Any) -> _Targets:
    places = output_places(model, known.roles.targets, columns.get("outputs"))
    names = [str(place.key) for place in places]
    losses = [None] * len(places) if model is None else of_outputs(model.loss, names)
    there = known.parts != LEFT_OUT
    made: dict[str, Any] = {}
    notes: list[Text] = []
    classes = None
    named: dict[str, list[str]] = {}
    for place, loss in zip(places, losses, strict=True):
        arrays = []
        for column in place.columns:
            values = known.targets[column]
            numbers, classes, note = class_numbers(values[there], column, loss)
            whole = np.zeros(len(values), dtype=numbers.dtype)
            whole[there] = numbers
            arrays.append(whole)
            notes += [note] if note else []
        if classes and len(arrays) == 1:
            named[str(place.key)] = classes
        made[str(place.key)] = arrays[0] if len(arrays) == 1 else np.column_stack(arrays)
    if len(places) == 1:
        alone = len(places[0].columns) == 1
        return _Targets(next(iter(made.values())), classes if alone else None, {}, notes)
    return _Targets(made, None, named, notes)


def _parts(table: Table, read: Block, roles: Roles, split: Mapping[str, Any] | None) -> np.ndarray:
    count = len(read[roles.targets[0]])
    lacking = np.zeros(count, dtype=bool)
    for name in (*roles.targets, *([roles.weight] if roles.weight else [])):
        lacking |= is_missing(read[name])
    parts = np.full(count, TRAINING, dtype="int8")
    parts[lacking] = LEFT_OUT
    there = np.flatnonzero(~lacking)
    if split is not None and len(there):
        target = _comparable(read[roles.targets[0]][there])

        def column(name: str) -> Any:
            check_columns(table, [name])
            return _comparable((read[name] if name in read else _whole(table, [name])[name])[there])

        parts[there] = parts_of(split, Samples(len(there), target, column))
    return parts


def _comparable(values: Any) -> Any:
    return as_words(values) if values.dtype == object else values


def _whole(table: Table, names: Sequence[str]) -> Block:
    read = list(blocks(table, names))
    if not read:
        raise RequestError("no_data", text("{name} has no rows.", name=table.name))
    return {name: np.concatenate([block[name] for block in read]) for name in names}


def _numbered(read: Iterator[Block]) -> Iterator[tuple[int, Block]]:
    start = 0
    for block in read:
        yield start, block
        start += len(next(iter(block.values())))


def _some(table: Table, names: Sequence[str], wanted: np.ndarray) -> Iterator[Block]:
    for start, block in _numbered(blocks(table, names)):
        rows = wanted[start : start + len(next(iter(block.values())))]
        if rows.any():
            yield {name: values[rows] for name, values in block.items()}


def _check(place: Place, words: Sequence[str], widths: Mapping[str, int]) -> None:
    text_column = next((column for column in place.columns if column in words), None)
    if place.dtype != "string" and text_column is not None:
        raise RequestError(
            "dtype",
            text(
                "Column {column} holds text or dates, but the model takes numbers. Add a step for it, such "
                "as StringLookup, or leave it out.",
                column=repr(text_column),
            ),
            layer=place.layer,
        )
    place.check_width(widths)


def _unused(places: Sequence[Place], features: Sequence[str]) -> list[Text]:
    taken = {column for place in places for column in place.columns}
    left = [column for column in features if column not in taken]
    if not left:
        return []
    return [text("No input takes {columns}.", columns=", ".join(repr(column) for column in left))]


def _is_large(table: Table) -> bool:
    """A table that fits into memory is one part."""
    parts = table.parts()
    next(parts, None)
    return next(parts, None) is not None
