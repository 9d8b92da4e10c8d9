"""Decimal text to numbers."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from kerasviz.data.preparation.step import Step

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
