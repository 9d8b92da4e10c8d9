"""Classes that a file has as words, as numbers from 0 in the order of the words."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.tables import is_text
from kerasviz.protocol.text import Text, text

_SHOWN = 6


def numbered_words(array: Any, name: str) -> tuple[Any, list[str] | None, list[Text]]:
    """Makes class numbers of words.

    Args:
        array: Targets `(samples,)`: words, or anything else, which stays as it is.
        name: What a person calls it.

    Returns:
        The targets; what the classes are called, or None where they are no words; and what was done.
    """
    if array.ndim != 1 or not is_text(array):
        return array, None, []
    classes, numbers = np.unique(array.astype(str), return_inverse=True)
    names = classes.tolist()
    listed = ", ".join(f"{each} = {number}" for number, each in enumerate(names[:_SHOWN]))
    note = text(
        "The classes of {column} are numbered from 0: {listed}.",
        column=repr(name),
        listed=listed if len(names) <= _SHOWN else f"{listed}, …",
    )
    return numbers, names, [note]
