"""Words that the numbers of an output stand for."""

from __future__ import annotations

from typing import Any

import numpy as np

MOST_WORDS = 2000


def words_of(operation: Any, array: np.ndarray) -> list[str] | None:
    """The words of an output.

    Args:
        operation: The layer that it comes out of; None for an Input.
        array: The output without the axis of the samples.

    Returns:
        The first 2000 words, where it is text, or where the layer looks words up and gives their numbers;
        else None.
    """
    values = array.reshape(-1)[:MOST_WORDS]
    if values.dtype.kind in "OSU":
        return [_text(value) for value in values]
    words = vocabulary_in(operation) if values.dtype.kind in "iu" else None
    return words and [str(words[value]) if 0 <= value < len(words) else str(value) for value in values]


def vocabulary_in(operation: Any) -> list[str] | None:
    """The words of a layer that gives the place of each in its vocabulary; None of what else it gives."""
    if not hasattr(operation, "get_vocabulary") or operation.get_config().get("output_mode") != "int":
        return None
    words: list[str] = operation.get_vocabulary()
    return words


def _text(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
