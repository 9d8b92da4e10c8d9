"""By its numbers."""

from __future__ import annotations

import math

import numpy as np

from kerasviz.insight.own import OwnInput
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

MOST = 10_000
"""Numbers of an input that a page is told."""


def fits(own: OwnInput) -> bool:
    """Whether the input is so few numbers that a person can go through them."""
    return own.base.dtype.kind in "buif" and 0 < own.base.size <= MOST


def change(values: dict[str, float], *, own: OwnInput) -> np.ndarray:
    """Puts other numbers into it.

    Args:
        values: By their place: rows lie one after the other, the first number has 0.
        own: The input as it was.

    Raises:
        RequestError: With code `no_number`, where there is no such place, or it can't hold the number.
    """
    if not fits(own):
        raise RequestError("no_number", text("Input {name} has no numbers to change.", name=repr(own.name)))
    changed = own.base.copy()
    flat = changed.reshape(-1)
    for place, value in values.items():
        if not place.isdecimal() or int(place) >= flat.size:
            raise RequestError(
                "no_number",
                text("Input {name} has {count} numbers.", name=repr(own.name), count=flat.size),
            )
        flat[int(place)] = _held(value, flat.dtype, own.name)
    return changed


def _held(value: float, dtype: np.dtype, name: str) -> float:
    """The number, where arrays of this kind can hold it."""
    number = math.nan if value is None else float(value)
    low, high = (0, 1) if dtype.kind == "b" else (-math.inf, math.inf)
    if dtype.kind in "iu":
        low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
    if dtype.kind != "f" and not (low <= number <= high and number.is_integer()):
        raise RequestError(
            "no_number",
            text(
                "Input {name} takes whole numbers within the range of {dtype}.",
                name=repr(name),
                dtype=str(dtype),
            ),
        )
    return number
