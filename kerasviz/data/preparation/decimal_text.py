"""Decimal text to numbers."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from kerasviz.data.preparation.step import Step
from kerasviz.writing.expressions import lay_out, literal

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?([eE][-+]?\d+)?")


def step(decimal: str = ",", thousands: str = ".") -> Step:
    """Makes numbers of text such as `1.234,50` or `12 €`.

    Args:
        decimal: The sign before the fraction.
        thousands: The sign between thousands; blanks count as such, too.

    Returns:
        The step. What is no number is missing afterwards.
    """
    return DecimalText(decimal, thousands)


def code(decimal: str = ",", thousands: str = ".", *, words: bool) -> list[str]:
    """As `step` does it, for `columns[name]` of a script."""
    if not words:
        return []
    pattern = r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?"
    plain = "plain"
    if thousands:
        plain += f'.str.replace({literal(thousands)}, "", regex=False)'
    return [
        """plain = pd.Series(columns[name][:, 0]).str.replace(r"[\s\u2019']", "", regex=True)""",
        *lay_out(f'{plain}.str.replace({literal(decimal)}, ".", regex=False)', "plain = "),
        f'columns[name] = plain.str.extract(r"({pattern})").to_numpy("float64")',
    ]


class DecimalText(Step):
    """Makes numbers of text, as `step` says."""

    def __init__(self, decimal: str, thousands: str) -> None:
        self._decimal, self._thousands = decimal, thousands

    def __call__(self, values: Any) -> Any:
        """Makes numbers of a block."""
        if values.dtype != object:
            return values
        return np.array([self._number(value) for value in values.ravel()]).reshape(values.shape)

    def config(self) -> dict[str, Any]:
        """Its arguments."""
        return {"decimal": self._decimal, "thousands": self._thousands}

    def _number(self, value: Any) -> float:
        plain = "" if value is None else re.sub(r"[\s\u2019']", "", str(value))
        if self._thousands:
            plain = plain.replace(self._thousands, "")
        found = _NUMBER.search(plain.replace(self._decimal, "."))
        return float(found[0]) if found else float("nan")
