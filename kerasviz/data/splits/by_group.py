"""By group."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.dataset import ColumnName
from kerasviz.data.splits.rowcode import Rows, divided_lines
from kerasviz.data.splits.splitsamples import Samples, divided
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text_n
from kerasviz.writing.expressions import lay_out, literal
from kerasviz.writing.snippet import Snippet


def split(
    column: ColumnName, validation: float = 0.2, test: float = 0.0, seed: int = 0, *, samples: Samples
) -> np.ndarray:
    """Takes whole groups at random: for example, all rows of a patient are in one part.

    Args:
        column: The column with the group of each sample.
        validation: Fraction of the groups held out for validation.
        test: Fraction of the groups held out for a test after training.
        seed: Repeats the same choice.
        samples: What is to be divided.

    Returns:
        The part of each sample.

    Raises:
        RequestError: With code `plan`, where there are fewer groups than parts.
    """
    from sklearn.model_selection import GroupShuffleSplit

    groups, names = np.unique(samples.column(column), return_inverse=True)[::-1]
    wanted = 1 + bool(validation) + bool(test)
    if len(names) < wanted:
        raise RequestError(
            "plan",
            text_n(
                "Column {column} has {n} group, but {wanted} parts need one each. Choose another column.",
                "Column {column} has {n} groups, but {wanted} parts need one each. Choose another column.",
                len(names),
                column=repr(column),
                wanted=wanted,
            ),
        )

    def take(left: Any, share: float) -> tuple[Any, Any]:
        splitter = GroupShuffleSplit(1, test_size=share, random_state=seed)
        stay, taken = next(splitter.split(left, groups=groups[left]))
        return left[stay], left[taken]

    return divided(samples.count, validation, test, take)


def code(
    column: ColumnName, validation: float = 0.2, test: float = 0.0, seed: int = 0, *, rows: Rows
) -> Snippet:
    """As `split` does it."""

    def take(part: str, share: str) -> list[str]:
        splitter = f"GroupShuffleSplit(1, test_size={share}, random_state={literal(seed)})"
        return [
            *lay_out(splitter, "splitter = "),
            "stay, taken = next(splitter.split(train, groups=groups[train]))",
            f"train, {part} = train[stay], train[taken]",
        ]

    lines, gives = divided_lines(rows.count, validation, test, take)
    groups = f"groups = np.unique({rows.column(column)}, return_inverse=True)[1]"
    needed = ("import numpy as np", "from sklearn.model_selection import GroupShuffleSplit")
    return Snippet((groups, *lines), needed, gives)
