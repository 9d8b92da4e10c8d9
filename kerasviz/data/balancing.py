"""Weights with which all classes count alike, however many samples each has."""

from __future__ import annotations

import math

import numpy as np

from kerasviz.data.classweights import check_class_weight
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.facts.classshares import even_weights
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

MOST = 1000
"""Classes: more are numbers to predict."""


def balanced(data: Data | Stream, validation_split: float) -> dict[str, float]:
    """Computes a weight for each class: samples / (classes x samples of the class), as scikit-learn does.

    Args:
        data: Data of one output.
        validation_split: The part of the samples, the last ones, that is not trained on.

    Returns:
        The weights by class number, written as in JSON, rounded to four digits.

    Raises:
        RequestError: With code `class_weight`, where y holds no classes.
    """
    if isinstance(data, Stream) and isinstance(data.batches, Reader):
        data = Data(data.name, x=None, y=data.batches.targets, validation=data.validation)
    if isinstance(data, Stream):
        raise RequestError(
            "class_weight",
            text(
                "{name} gives batches one after the other, so its classes can't be counted beforehand. Enter "
                "the weights class by class.",
                name=data.name,
            ),
        )
    if not isinstance(data.y, np.ndarray):
        raise RequestError(
            "class_weight", text("Weights of classes need targets in one array: one class for each sample.")
        )
    y = data.y if data.validation is not None else data.y[: math.floor(len(data.y) * (1 - validation_split))]
    labels = y.argmax(axis=1) if y.ndim == 2 and y.shape[1] > 1 else y.reshape(-1)
    if labels.dtype.kind not in "iufb":
        raise RequestError(
            "class_weight",
            text("Weights of classes need class numbers, but {name} holds something else.", name=data.y_name),
        )
    check_class_weight({int(labels[0]): 1.0}, data)
    classes, counts = np.unique(labels, return_counts=True)
    if len(classes) > MOST:
        raise RequestError(
            "class_weight",
            text(
                "{name} holds {count} different values, which are too many for classes.",
                name=data.y_name,
                count=len(classes),
            ),
        )
    weights = even_weights(counts.tolist())
    return {str(int(label)): weight for label, weight in zip(classes, weights, strict=True)}
