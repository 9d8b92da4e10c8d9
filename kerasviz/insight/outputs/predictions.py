"""What the outputs of a model say about a sample: classes, or numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.analysis.order import node_id
from kerasviz.analysis.reading import is_sequential
from kerasviz.insight.outputs.views import as_array
from kerasviz.insight.passage.passed import Passed, ends_of
from kerasviz.insight.samples.samples import Samples, Taken
from kerasviz.protocol import JSON, finite
from kerasviz.protocol.insight import Likely, PredictedNumber, Prediction

MOST = 5
"""Classes that are named."""


@dataclass(frozen=True)
class Goal:
    """What is to be predicted of a sample.

    Attributes:
        label: Its class for people; None where that is unknown.
        class_names: What the classes are called; empty where they have no names.
        names: What numbers are called that are to be predicted; one for all of them, or one for each.
        target: The numbers; None where they are unknown.
        is_known: Whether the label is that of the sample: of a changed one it is that of before.
    """

    label: str | None = None
    class_names: Sequence[str] = ()
    names: Sequence[str] = ()
    target: np.ndarray | None = None
    is_known: bool = True


def goal_of(taken: Taken, samples: Samples | None) -> Goal:
    """What is to be predicted of a sample.

    Args:
        taken: The sample.
        samples: Those of the data; None where there is none.
    """
    if samples is None:
        return Goal()
    target = taken.target if isinstance(taken.target, np.ndarray) else None
    numbers = None if target is None or target.dtype.kind not in "buif" else target[0].reshape(-1)
    names = samples.target_names
    return Goal(samples.label_of(taken.root), samples.class_names, names, numbers, taken.original is None)


def predictions(document: JSON, found: Mapping[str, Passed], goal: Goal) -> dict[str, Prediction]:
    """What the output of a model says, where it tells probabilities of classes, or a few numbers.

    Args:
        document: Keras JSON.
        found: What came of its calls.
        goal: What is to be predicted.

    Returns:
        By the id of the node. Nothing of a model with several outputs, whose targets nobody knows apart.
    """
    nodes = output_nodes(document, found)
    if len(nodes) != 1 or nodes[0] not in found or len(found[nodes[0]].outputs) != 1:
        return {}
    passed = found[nodes[0]]
    output = as_array(passed.outputs[0])
    found_of = _classes(passed.operation, output, goal) or _numbers(output, goal)
    return {} if found_of is None else {nodes[0]: found_of}


def _classes(operation: Any, output: np.ndarray, goal: Goal) -> Prediction | None:
    """The most probable classes; None where it is no classes that are to be predicted."""
    shares = _probabilities(operation, output, len(goal.class_names))
    if shares is None:
        return None
    names = [goal.class_names[i] if i < len(goal.class_names) else str(i) for i in range(len(shares))]
    if not goal.class_names and goal.label not in names:
        return None
    best = np.argsort(-shares, kind="stable")[:MOST]
    likely = [Likely(name=names[i], probability=float(shares[i])) for i in best]
    is_right = None if goal.label is None or not goal.is_known else likely[0]["name"] == goal.label
    return Prediction(likely=likely, numbers=[], is_right=is_right)


def _numbers(output: np.ndarray, goal: Goal) -> Prediction | None:
    """A few numbers as they are; None where they are more, or classes are to be predicted."""
    values = np.asarray(output, "float64").reshape(-1)
    if not 0 < len(values) <= MOST or output.ndim > 1 or not goal.names:
        return None
    if goal.class_names and (len(values) > 1 or len(goal.class_names) == 2):
        return None  # scores of classes
    names = goal.names
    if len(names) != len(values):
        names = [f"{', '.join(names)} {i + 1}" for i in range(len(values))]
    targets = (
        goal.target if goal.target is not None and len(goal.target) == len(values) else [None] * len(values)
    )
    numbers = [
        PredictedNumber(name=name, value=finite(value), target=None if target is None else finite(target))
        for name, value, target in zip(names, values, targets, strict=True)
    ]
    return Prediction(likely=[], numbers=numbers, is_right=None)


def output_nodes(document: JSON, found: Mapping[str, Passed]) -> list[str]:
    """The nodes that the outputs of a model come out of, in their order.

    Args:
        document: Keras JSON.
        found: What came of its calls, without those of models inside it.
    """
    if is_sequential(document):
        return list(found)[-1:]
    return [node_id((reference.layer, reference.call)) for reference in ends_of(document, found)]


def _probabilities(operation: Any, output: np.ndarray, classes: int) -> np.ndarray | None:
    """The probability of each class: of one sigmoid those of two; None where the output tells none."""
    values = np.asarray(output, "float64")
    if values.ndim != 1 or not np.isfinite(values).all() or (values < 0).any() or (values > 1).any():
        return None
    if len(values) == 1:
        is_sigmoid = getattr(operation, "activation", None) is keras.activations.sigmoid
        return np.array([1 - values[0], values[0]]) if is_sigmoid or classes == 2 else None
    return values if abs(values.sum() - 1) < 1e-2 else None
