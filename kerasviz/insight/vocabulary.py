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
    if values.dtype.kind not in "iu" or not _gives_numbers(operation):
        return None
    words = operation.get_vocabulary()
    return [str(words[value]) if 0 <= value < len(words) else str(value) for value in values]


def _gives_numbers(operation: Any) -> bool:
    """Whether a layer gives the place of each word in its vocabulary, and not how often it is there."""
    return hasattr(operation, "get_vocabulary") and operation.get_config().get("output_mode") == "int"


def _text(value: Any) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
