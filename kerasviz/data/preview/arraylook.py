"""A look at arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.dataset import Data, GoOn
from kerasviz.data.facts.classofeach import class_numbers
from kerasviz.data.preparation.namedarrays import named
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.data.preview.onecolumn import look_at_column
from kerasviz.data.preview.pictures import are_pictures, gallery
from kerasviz.data.preview.questions import questions_about
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.preview import ClassCount, Preview, PreviewColumn, PreviewKind, PreviewSample

if TYPE_CHECKING:
    import pandas as pd

_SAMPLES, _VALUES = 100_000, 20_000_000
"""What is looked at of arrays with more."""
_COLUMNS = 200
"""Numbers of a sample that are told one by one."""
_SHOWN = 20
_SHORT = 200


def look_at_arrays(data: Data, go_on: GoOn, validation_split: float = 0.0) -> Preview:
    """Looks at arrays: each number of a sample is a column where there are few, else all are one.

    Args:
        data: What to look at.
        go_on: Told from time to time how far it is.
        validation_split: The share of samples, the last ones, that validate.
    """
    inputs, targets = list(_named(data.x, data.x_name)), list(_named(data.y, data.y_name))
    rows = len(inputs[0][1])
    chosen = _chosen(rows, [array for _, array in (*inputs, *targets)])
    seen = {name: _picked(array, chosen) for name, array in (*inputs, *targets)}
    features = [column for name, _ in inputs for column in _columns(name, seen[name])]
    goals = [column for name, _ in targets for column in _columns(name, _goal(seen[name]), data.class_names)]
    columns: list[PreviewColumn] = []
    for at, (name, values) in enumerate((*features, *goals)):
        go_on(at / (len(features) + len(goals)))
        columns.append(look_at_column(name, values))
    known = {column["name"]: column for column in columns}
    whole = [(name, values) for name, values in (*features, *goals) if len(values) == len(chosen)]
    facts = TableFacts(
        frame=_frame(whole, chosen),
        known=known,
        rows=rows,
        targets=tuple(name for name, _ in goals if name in dict(whole)),
        features=tuple(name for name, _ in features if name in dict(whole)),
        inner=tuple(name for name, _ in (*features, *goals) if name not in dict(whole)),
        validation_split=0.0 if data.validation is not None else validation_split,
    )
    labels = _labels(goals[0][1], facts, goals[0][0]) if len(goals) == 1 else None
    kind, samples = _samples(seen[inputs[0][0]], features, labels)
    return Preview(
        kind=kind if len(inputs) == 1 else "arrays",
        name=data.name,
        rows=rows,
        sampled=len(chosen) if len(chosen) < rows else None,
        columns=columns,
        inputs=list(named(data.x)),
        classes=_classes(known[goals[0][0]]) if labels is not None else [],
        samples=samples,
        found={name: f"{array.dtype} {tuple(array.shape)}" for name, array in (*inputs, *targets)},
        notes=list(data.notes),
        questions=questions_about(facts),
        proposed=NOTHING_PROPOSED,
    )


def _named(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The arrays of x or y, each with what a person calls it."""
    if isinstance(value, dict):
        yield from ((str(key), part) for key, part in value.items())
    elif isinstance(value, (list, tuple)):
        yield from ((f"{name}[{at}]", part) for at, part in enumerate(value))
    elif value is not None:
        yield name, value


def _chosen(rows: int, arrays: Sequence[Any]) -> Any:
    """Numbers of samples from the first to the last, as many as can be looked at."""
    size = sum(int(np.prod(array.shape[1:], dtype=object)) for array in arrays)
    count = max(1, min(rows, _SAMPLES, _VALUES // max(1, size)))
    return np.arange(rows) if count >= rows else np.linspace(0, rows - 1, count).astype(int)


def _picked(array: Any, chosen: Any) -> Any:
    found = array if len(chosen) == len(array) else array[chosen]
    return np.asarray(found)


def _goal(array: Any) -> Any:
    """Classes of one-hot targets as their numbers."""
    if array.size == len(array):
        return array.reshape(len(array))
    numbers = class_numbers(array)
    return array if numbers is None else numbers


def _columns(
    name: str, array: Any, class_names: Sequence[str] | None = None
) -> Iterator[tuple[str, pd.Series[Any]]]:
    """The columns of an array: one for each number of a sample, or one of all numbers."""
    import pandas as pd

    if array.ndim == 1:
        values = pd.Series(array)
        if class_names is not None and array.dtype.kind in "iu":
            values = values.map(dict(enumerate(class_names))).fillna(values)
        yield name, values
    elif array.ndim == 2 and array.shape[1] <= _COLUMNS:
        yield from ((f"{name}[{at}]", pd.Series(array[:, at])) for at in range(array.shape[1]))
    else:
        yield name, pd.Series(array.reshape(-1)[:: max(1, array.size // _SAMPLES)])


def _frame(columns: Sequence[tuple[str, pd.Series[Any]]], chosen: Any) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({name: values.to_numpy() for name, values in columns}, index=chosen)


def _labels(values: pd.Series[Any], facts: TableFacts, name: str) -> list[str] | None:
    """The class of each sample that was looked at; None where there are no classes."""
    if name not in facts.frame or not facts.is_classes(name):
        return None
    return [str(value) for value in values]


def _classes(column: PreviewColumn) -> list[ClassCount]:
    return sorted(column["classes"], key=lambda one: one["name"])


def _samples(
    array: Any, features: Sequence[tuple[str, pd.Series[Any]]], labels: list[str] | None
) -> tuple[PreviewKind, list[PreviewSample]]:
    """Samples to look at, and what they are for the eye."""
    if are_pictures(array):
        return "images", gallery(array, labels)
    rows = range(min(_SHOWN, len(array)))
    is_text = array.ndim == 1 and (array.dtype.kind in "US" or isinstance(array[0], str))
    shown = [] if is_text else [values for _, values in features if len(values) == len(array)]
    told = [
        PreviewSample(
            values=[_cell(values.iloc[at]) for values in shown],
            label=None if labels is None else labels[at],
            file=None,
            picture=None,
            text=str(array[at])[:_SHORT] if is_text else None,
        )
        for at in rows
    ]
    return "texts" if is_text else "arrays", told


def _cell(value: Any) -> str | float | bool | None:
    item = value.item() if hasattr(value, "item") else value
    return item if isinstance(item, (bool, int, float)) else str(item)[:_SHORT]
