"""Targets as a loss compares them: classes become numbers from 0."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.config.oldnames import BY_TARGETS
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSSES, SPARSE_LOSS, loss_name
from kerasviz.data.preparation.keraslayer import as_words
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text

MOST_CLASSES = 1000
"""A column of text with more different values than this names no classes."""


def class_numbers(values: Any, column: str, loss: Any) -> tuple[Any, list[str] | None, Text | None]:
    """Makes numbers of a target.

    Args:
        values: One value for each row, none of them missing.
        column: Its name.
        loss: The loss of its output, or None where nobody knows it.

    Returns:
        int32 class numbers with the names of the classes, or float32 numbers and None; and what was done.

    Raises:
        RequestError: With code `dtype`, where the column is nothing to learn.
    """
    if values.dtype.kind == "M":
        raise RequestError(
            "dtype",
            text(
                "The target {column} holds dates. Choose a column of numbers or classes as the target.",
                column=repr(column),
            ),
        )
    if values.dtype != object and not _compares_classes(loss):
        return values.astype("float32"), None, None
    if values.dtype != object and (values != np.floor(values)).any():
        return values.astype("float32"), None, None  # the loss says what is wrong with it
    classes, numbers = np.unique(
        values.astype(str) if values.dtype == object else values, return_inverse=True
    )
    if len(classes) > MOST_CLASSES:
        raise RequestError(
            "dtype",
            text(
                "The target {column} has {count} different values: too many to be classes. Choose another "
                "target, or a loss for numbers.",
                column=repr(column),
                count=len(classes),
            ),
        )
    order = _in_order(classes)
    names = as_words(classes[order]).tolist() if values.dtype != object else classes[order].tolist()
    numbers = np.argsort(order)[numbers].astype("int32")
    if values.dtype != object and (classes == np.arange(len(classes))).all():
        return numbers, names, None
    listed = ", ".join(f"{name} = {number}" for number, name in enumerate(names[:6]))
    note = text(
        "The classes of {column} are numbered from 0: {listed}.",
        column=repr(column),
        listed=listed if len(names) <= 6 else f"{listed}, …",
    )
    return numbers, names, note


def _compares_classes(loss: Any) -> bool:
    if loss is None:
        return False
    if isinstance(loss, str) and loss in BY_TARGETS["loss"]:
        return True
    return loss_name(loss) in {SPARSE_LOSS, *ONE_HOT_LOSSES, *BINARY_LOSSES}


def _in_order(classes: Any) -> Any:
    """Numbers in words are in the order of numbers."""
    try:
        return np.argsort(classes.astype("float64"), kind="stable")
    except ValueError:
        return np.arange(len(classes))
