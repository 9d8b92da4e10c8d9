"""Says where `fit` would validate on a few of the classes only, since the samples are sorted."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.facts.classofeach import are_zeros_and_ones, class_numbers
from kerasviz.data.facts.sortedness import lies_in_blocks
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSSES, SPARSE_LOSS, loss_name
from kerasviz.protocol.text import Text, all_of, text, text_n


def sorted_by_class(data: Data, loss: Any, validation_split: float) -> Text | None:
    """Tells which classes the samples for validation hold, where all samples lie in blocks of one class.

    Args:
        data: As `fit` takes it.
        loss: A loss of Keras, or its name.
        validation_split: The part of the samples, the last ones, that `fit` takes for validation.

    Returns:
        A note; None where classes are mixed, where validation has all of them, and where y holds none.
    """
    labels = _labels(data.y, loss_name(loss)) if validation_split and isinstance(data.y, np.ndarray) else None
    if labels is None:
        return None
    classes = np.unique(labels)
    validated = np.unique(labels[math.floor(len(labels) * (1 - validation_split)) :])
    if len(validated) == len(classes) or not lies_in_blocks(labels):
        return None
    names = [f"{label:g}" for label in validated]
    return text_n(
        "{y} is sorted by class: its last {percent} %, which are taken for validation, hold only class "
        "{classes}. Shuffle {x} and {y} together first.",
        "{y} is sorted by class: its last {percent} %, which are taken for validation, hold only the classes "
        "{classes}. Shuffle {x} and {y} together first.",
        len(names),
        x=data.x_name,
        y=data.y_name,
        percent=f"{100 * validation_split:g}",
        classes=all_of(names) if len(names) < 4 else text("{low} to {high}", low=names[0], high=names[-1]),
    )


def _labels(y: Any, loss: str) -> Any:
    """The class of each sample; None where a sample has none, or several."""
    if y.size != len(y):
        return class_numbers(y) if loss in ONE_HOT_LOSSES | BINARY_LOSSES else None
    is_of_classes = loss == SPARSE_LOSS or (loss in BINARY_LOSSES and are_zeros_and_ones(y))
    return class_numbers(y) if is_of_classes else None
