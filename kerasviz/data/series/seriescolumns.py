"""Which columns of a series are predicted, and from which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.files.located import refused
from kerasviz.data.series.times import Times
from kerasviz.protocol.text import Text, all_of, text

if TYPE_CHECKING:
    import pandas as pd

_THERE = 0.5
"""A column with a smaller share of values is no input, unless somebody says so."""

_MOSTLY = 0.9
"""Rows that follow the one before, where some are left out."""
_MANY = 30
"""Rows of a series at least, of which a column may tell the number."""


def columns_of(
    frame: pd.DataFrame,
    target: str | None,
    inputs: Sequence[str] | None,
    times: Times | None,
    groups: Sequence[str],
    name: str,
) -> tuple[str, list[str], list[Text]]:
    """Chooses columns where nobody did.

    Args:
        frame: The rows.
        target: What is to be predicted.
        inputs: What it is predicted from.
        times: When the rows were.
        groups: The columns that tell several series apart.
        name: Of the table.

    Returns:
        The column to predict, those to predict it from, and what to say of the choice.

    Raises:
        RequestError: With code `no_data`, where there is no such column.
    """
    import pandas as pd

    numbers = [str(each) for each in frame.columns if pd.api.types.is_numeric_dtype(frame[each].dtype)]
    told = [*groups, *(() if times is None else times.columns)]
    usual = [each for each in numbers if each not in told]
    usual = [each for each in usual if not _counts(frame[each], is_grouped=bool(groups))] or usual
    share = {each: float(frame[each].notna().mean()) for each in usual}
    sparse = [each for each in usual if share[each] < _THERE]
    if not usual:
        raise refused(text("{name} has no column of numbers.", name=name))
    for each in (*(inputs or ()), *([target] if target else ())):
        if each not in numbers:
            raise refused(_no_column(str(each), numbers))
    notes = []
    amounts = [
        each
        for each in usual
        if each not in sparse
        and not pd.api.types.is_bool_dtype(frame[each].dtype)
        and frame[each].min() < frame[each].max()
    ]
    aim = str(target or (amounts or usual)[-1])
    if not target:
        notes.append(
            text("{column} is predicted, as nobody chose another target.", column=repr(aim)),
        )
    chosen = (
        [str(each) for each in inputs]
        if inputs
        else [each for each in usual if each not in sparse or each == aim]
    )
    if sparse and not inputs:
        notes.append(
            text(
                "Most values of {columns} are missing: it is no input.",
                columns=all_of([repr(each) for each in sparse]),
            )
        )
    return aim, chosen, notes


def _no_column(name: str, there: list[str]) -> Text:
    return text(
        "There is no column of numbers {name}. There are {known}.",
        name=repr(name),
        known=all_of([repr(one) for one in there[:20]]),
    )


def _counts(column: pd.Series[Any], *, is_grouped: bool) -> bool:
    """Whether it is the number of the row: one more in each; each of several series may begin it again."""
    import pandas as pd

    if not pd.api.types.is_integer_dtype(column.dtype) or column.isna().any() or len(column) < _MANY:
        return False
    steps = np.diff(column.to_numpy("int64"))
    resets = steps < 1
    return bool(
        (steps[~resets] == 1).mean() > _MOSTLY and resets.mean() < (1 / _MANY if is_grouped else 1e-9)
    )
