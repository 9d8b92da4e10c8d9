"""What a script does to samples and targets so that the model takes them: what training does, asked of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.known import KnownData
from kerasviz.data.labels import fit_targets
from kerasviz.data.shapes import Shape, matches, only_folds
from kerasviz.protocol import RequestError
from kerasviz.writing.expressions import literal


def adapted_samples(known: KnownData, expected: Shape) -> str:
    """What follows the array of the samples, e.g. `.reshape(-1, 64)`; empty where they fit, or nobody knows.

    Args:
        known: What is known of the data.
        expected: Shape of a sample as the model takes it.
    """
    if matches(known.shape, expected) or not only_folds(known.shape, expected):
        return ""
    return f".reshape({_listed((-1, *expected))})"


def adapted_targets(known: KnownData, y: str, expected: Shape, loss: Any) -> str:
    """The expression for the targets as the loss compares them with an output.

    Args:
        known: What is known of the data.
        y: The expression for the targets.
        expected: Shape of the output for a sample.
        loss: A loss of Keras, or its name.
    """
    probe = _probe(known)
    if probe is None or loss is None:
        return y
    data = Data("", x=None, y=probe, classes=known.target.classes if known.target else None)
    try:
        fitted = fit_targets(data, "", expected, loss)
    except RequestError:  # training says what is wrong
        return y
    if fitted.shape == probe.shape:
        return y
    if fitted.ndim < probe.ndim:
        return f"{y}.argmax(axis=-1)"
    if fitted.size == probe.size:
        return f"{y}.reshape({_listed((-1, *fitted.shape[1:]))})"
    return f"keras.utils.to_categorical({y}, {fitted.shape[-1]})"


def _probe(known: KnownData) -> Any:
    """A few targets of the kind that the data has; None where that is not known."""
    if known.target is None or not known.has_one_target:
        return None
    classes = known.target.classes
    if classes is None:
        return np.linspace(0.25, 0.75, 4).reshape(-1, *[1 for _ in known.target_shape])
    if known.target_shape == (classes,):
        return np.eye(classes)
    return np.arange(classes).reshape(-1, *[1 for _ in known.target_shape])


def _listed(shape: tuple[Any, ...]) -> str:
    return ", ".join(literal(length) for length in shape)
