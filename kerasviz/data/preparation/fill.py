"""Fill missing values."""

from __future__ import annotations

from collections import Counter
from typing import Any, Literal

import numpy as np

from kerasviz.data.preparation.rowblocks import is_missing
from kerasviz.data.preparation.step import Step
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import literal

KEPT = 1_000_000
"""Numbers that the median is taken of: of more, every second is left out again and again."""


def step(
    by: Literal["median", "mean", "most_frequent", "constant"] = "median",
    constant: str | None = None,
    indicator: bool = False,
) -> Step:
    """Puts a value where one is missing or infinite.

    Args:
        by: What it is: learned from the training rows, or a constant.
        constant: The number or word, where it is a constant or was learned.
        indicator: Whether a second number tells where a value was missing: 1 there, else 0.

    Returns:
        The step.
    """
    return Fill(by, constant, indicator)


def code(
    by: Literal["median", "mean", "most_frequent", "constant"] = "median",
    constant: str | None = None,
    indicator: bool = False,
    *,
    words: bool,
) -> list[str]:
    """As `step` does it, for `columns[name]` of a script."""
    present = "values[train][known[train]]"
    if by == "constant":
        filling = literal((constant or "") if words else float(constant or 0))
    elif by == "most_frequent" or words:
        filling = f"pd.Series({present}).mode()[0]"
    else:
        filling = f"np.{by}({present})"
    filled = "np.where(known, values, filling)"
    return [
        "values = columns[name]",
        'known = values != ""' if words else "known = np.isfinite(values)",
        f"filling = {filling}",
        f"columns[name] = np.column_stack([{filled}, ~known])"
        if indicator and not words
        else f"columns[name] = {filled}",
    ]


class Fill(Step):
    """Fills missing values, as `step` says."""

    def __init__(self, by: str, constant: Any, indicator: bool) -> None:
        self._by, self.indicator = by, indicator
        self.learns = by != "constant"
        self.value: Any = constant
        self._numbers: list[Any] = []
        self._every = 1
        self._seen = 0
        self._counts: Counter[Any] = Counter()

    def see(self, values: Any) -> None:
        """Looks at a block of training rows.

        Raises:
            RequestError: With code `preparation`, for several numbers each, which have no one median.
        """
        if values.ndim > 1 and values.shape[1] > 1:
            raise RequestError(
                "preparation",
                text("The step fill learns one value for a column. Put it before what makes several of it."),
            )
        present = values[~_unknown(values)]
        if self._by == "most_frequent" or values.dtype == object:
            self._counts.update(present.tolist())
            return
        first = -self._seen % self._every
        self._seen += len(present)
        self._numbers.append(present[first :: self._every])
        if self._by == "median" and sum(map(len, self._numbers)) > KEPT:
            self._numbers = [np.concatenate(self._numbers)[::2]]
            self._every *= 2

    def finish(self) -> None:
        """Learns the value."""
        if self._counts:
            most = max(self._counts.values())
            self.value = min(value for value, count in self._counts.items() if count == most)
        elif any(map(len, self._numbers)):
            numbers = np.concatenate(self._numbers)
            self.value = float(np.median(numbers) if self._by == "median" else numbers.mean())
        else:
            self.value = None
        self._numbers, self._counts = [], Counter()

    def __call__(self, values: Any) -> Any:
        """Fills a block."""
        unknown = _unknown(values)
        filled = np.where(unknown, self._filling(values), values).astype(values.dtype)
        if not self.indicator or values.dtype == object:
            return filled
        return np.column_stack([filled, unknown.astype(filled.dtype)])

    def config(self) -> dict[str, Any]:
        """A constant, once it has learned one."""
        return {"by": "constant", "constant": self.value, "indicator": self.indicator}

    def _filling(self, values: Any) -> Any:
        if values.dtype == object:
            return "" if self.value is None else str(self.value)
        try:
            return float(self.value or 0.0)
        except ValueError:
            return np.nan


def _unknown(values: Any) -> Any:
    return ~np.isfinite(values) if values.dtype.kind == "f" else is_missing(values)
