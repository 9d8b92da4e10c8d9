"""Tables in memory, of whatever library, as a DataFrame of pandas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from inspect import getattr_static
from typing import TYPE_CHECKING, Any

from kerasviz.backend.interrupts import pass_interrupt
from kerasviz.data.dataset import Table
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import pandas as pd


def is_table(value: object) -> bool:
    """Whether an object is a table of pandas, or gives its columns as Arrow does; none of its code runs."""
    kind = type(value)
    pandas = kind.__module__.partition(".")[0] == "pandas"
    return (pandas and kind.__name__ == "DataFrame") or (
        getattr_static(kind, "__arrow_c_stream__", None) is not None
        and getattr_static(kind, "column_names", getattr_static(kind, "columns", None)) is not None
    )


def as_frame(value: object, name: str) -> pd.DataFrame:
    """Makes a DataFrame of a table.

    Args:
        value: A DataFrame of pandas or Polars, a table of PyArrow, or what gives its columns as these do.
        name: What a person calls it.

    Raises:
        RequestError: With code `no_data`, where it is something else.
    """
    import pandas as pd

    if isinstance(value, pd.DataFrame):
        return value if isinstance(value.index, pd.RangeIndex) else _with_index(value)
    if not is_table(value):
        raise RequestError(
            "no_data",
            text(
                "Expected a table, such as a DataFrame, as {name}. Received: {kind}.",
                name=name,
                kind=type(value).__name__,
            ),
        )
    import pyarrow as pa

    try:
        frame: pd.DataFrame = pa.table(value).to_pandas()
    except BaseException as error:  # code of anybody's class may raise anything
        pass_interrupt(error)
        raise RequestError(
            "no_data",
            text("{name} can't be read as a table.", name=name),
            detail=f"{type(error).__name__}: {error!s:.500}",
        ) from error
    return frame


def table_of(frame: pd.DataFrame, name: str, **known: Any) -> Table:
    """Makes a table of a DataFrame in memory.

    Args:
        frame: The rows.
        name: What a person calls it.
        **known: More attributes of the table.
    """
    columns = column_names(frame.columns)
    frame = frame.set_axis(list(columns), axis=1).reset_index(drop=True)
    return Table(name=name, columns=columns, parts=lambda: iter([frame]), **known)


def column_names(given: Iterable[Any]) -> tuple[str, ...]:
    """Names for columns, each another: as pandas reads a file, the second `a` is `a.1`.

    Args:
        given: What they are called: levels of a name as a tuple, nothing where a column has no name.
    """
    taken: set[str] = set()
    names = []
    for at, label in enumerate(given):
        name = _name(label) or f"column {at + 1}"
        free = next(each for each in _with_numbers(name) if each not in taken)
        taken.add(free)
        names.append(free)
    return tuple(names)


def _name(label: Any) -> str:
    if isinstance(label, tuple):
        return " ".join(filter(None, map(_name, label)))
    return "" if label is None else str(label).strip()


def _with_numbers(name: str) -> Iterable[str]:
    yield name
    count = 1
    while True:
        yield f"{name}.{count}"
        count += 1


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """An index that has a name is a column as well; one without only numbers what is left of some rows."""
    named = [name for name in frame.index.names if name is not None]
    labels: Sequence[Any] = list(frame.columns)
    return frame.reset_index(named) if named and not any(name in labels for name in named) else frame
