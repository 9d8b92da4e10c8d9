"""What a model says all over a plane: how probable a class is, which class, or a number."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.data.losses import loss_name
from kerasviz.insight.outputs.predictions import output_nodes
from kerasviz.insight.outputs.shares import softmax
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.plane.plane import Plane
from kerasviz.protocol import JSON
from kerasviz.protocol.insight import Surface, SurfaceKind

_AROUND_ZERO = ("hinge", "squared_hinge")
"""Losses that part two classes at 0."""


def surfaces(
    document: JSON, found: Mapping[str, Passed], plane: Plane, class_names: Sequence[str], side: int
) -> dict[str, Surface]:
    """What each output of the model says.

    Args:
        document: Keras JSON.
        found: What came of its calls over the plane.
        plane: The plane.
        class_names: What the classes are called; empty where there are none.
        side: Cells of a row of the plane.

    Returns:
        By the id of the node; nothing of an output that says several things at once.
    """
    nodes = [name for name in output_nodes(document, found) if name in found]
    made = {}
    for name in nodes:
        for tensor in found[name].outputs[:1]:
            values = np.asarray(keras.ops.convert_to_numpy(tensor), "float32").reshape(side * side, -1)
            surface = _surface(values, found[name].operation, class_names, plane, _loss(document), side)
            if surface is not None:
                made[name] = surface
    return made


@dataclass(frozen=True)
class Answer:
    """What an output says, sample by sample.

    Attributes:
        kind: Of what it says.
        values: The probability of the second class, the class, or the number, `(samples,)`.
        certainty: How probable the class is; None of other kinds.
    """

    kind: SurfaceKind
    values: np.ndarray
    certainty: np.ndarray | None = None


def answer_of(values: np.ndarray, operation: Any, class_names: Sequence[str]) -> Answer | None:
    """What an output says.

    Args:
        values: `(samples, units)`.
        operation: The layer that gives them.
        class_names: What the classes are called; empty where there are none.

    Returns:
        None where it says several things at once.
    """
    if values.shape[1] == 1:
        column = values[:, 0]
        is_share = bool(np.isfinite(column).all() and (column >= 0).all() and (column <= 1).all())
        is_sigmoid = getattr(operation, "activation", None) is keras.activations.sigmoid
        is_class = is_share and class_names and (is_sigmoid or len(class_names) == 2)
        return Answer("probability" if is_class else "number", column)
    shares = _shares(values, len(class_names))
    if shares is None:
        return None
    best = shares.argmax(axis=1)
    return Answer("classes", best, np.take_along_axis(shares, best[:, None], axis=1)[:, 0])


def _surface(
    values: np.ndarray, operation: Any, class_names: Sequence[str], plane: Plane, loss: Any, side: int
) -> Surface | None:
    """Of `(samples, units)`."""
    known = any(points["targets"] is not None for points in plane.points)
    # Of one of several outputs nobody has named the classes; a sigmoid tells two all the same.
    is_named = class_names or known or getattr(operation, "activation", None) is not keras.activations.sigmoid
    answer = answer_of(values, operation, class_names if is_named else ("0", "1"))
    if answer is None:
        return None
    scale = (0.0, 0.5, 1.0)
    if answer.kind == "number":
        scale = _scale(answer.values, plane, loss)
    elif answer.kind == "classes":
        scale = (0.0, 1 / values.shape[1], float(values.shape[1] - 1))
    return _written(answer, side, scale)


def _shares(values: np.ndarray, classes: int) -> np.ndarray | None:
    """The probability of each class; of logits, what softmax makes of them."""
    if not np.isfinite(values).all():
        return None
    if (values >= 0).all() and np.abs(values.sum(axis=1) - 1).max() < 1e-2:
        return values
    if values.shape[1] != classes:
        return None
    return softmax(values)


def _scale(column: np.ndarray, plane: Plane, loss: Any) -> tuple[float, float, float]:
    """The lowest number, that at which one answer becomes the other, and the highest."""
    targets = [value for points in plane.points for value in points["targets"] or () if value is not None]
    finite = column[np.isfinite(column)]
    seen = [*targets, *([float(finite.min()), float(finite.max())] if finite.size else [])]
    low, high = min(seen, default=0.0), max(seen, default=0.0)
    if _parts_at_zero(loss) or not targets:
        middle = 0.0
    else:
        least, most = min(targets), max(targets)
        is_classes = len(set(targets)) == 2
        middle = (least + most) / 2 if is_classes or least >= 0 or most <= 0 else 0.0
    return min(low, middle), middle, max(high, middle)


def _loss(document: JSON) -> Any:
    return part_of(document, "compile_config").get("loss")


def between_classes(document: JSON) -> float:
    """The number at which one class becomes the other, where an output tells two by a number."""
    return 0.0 if _parts_at_zero(_loss(document)) else 0.5


def _parts_at_zero(loss: Any) -> bool:
    if isinstance(loss, dict) and part_of(loss, "config").get("from_logits"):
        return True
    return isinstance(loss, (str, dict)) and loss_name(loss) in _AROUND_ZERO


def _written(answer: Answer, side: int, scale: tuple[float, float, float]) -> Surface:
    low, middle, high = scale
    return Surface(
        kind=answer.kind,
        side=side,
        values=_floats(answer.values),
        certainty="" if answer.certainty is None else _floats(answer.certainty),
        low=low,
        middle=middle,
        high=high,
    )


def _floats(values: np.ndarray) -> str:
    return base64.b64encode(values.astype("<f4").tobytes()).decode()
