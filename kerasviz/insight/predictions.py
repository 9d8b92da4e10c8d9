"""What the outputs of a model say about a sample, in classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.analysis.order import node_id
from kerasviz.analysis.reading import is_sequential
from kerasviz.analysis.structure import histories
from kerasviz.insight.passage import Passed
from kerasviz.insight.views import as_array
from kerasviz.protocol import JSON
from kerasviz.protocol.insight import Likely, Prediction

MOST = 5
"""Classes that are named."""


@dataclass(frozen=True)
class Goal:
    """What is to be predicted of a sample.

    Attributes:
        label: Its class for people; None where that is unknown.
        class_names: What the classes are called; empty where they have no names.
    """

    label: str | None = None
    class_names: Sequence[str] = ()


def predictions(document: JSON, found: Mapping[str, Passed], goal: Goal) -> dict[str, Prediction]:
    """What the output of a model says, where it tells probabilities of classes.

    Args:
        document: Keras JSON.
        found: What came of its calls.
        goal: What is to be predicted.

    Returns:
        By the id of the node. Nothing of a model with several outputs, whose classes nobody knows apart.
    """
    nodes = _outputs(document, found)
    if len(nodes) != 1 or nodes[0] not in found or len(found[nodes[0]].outputs) != 1:
        return {}
    passed = found[nodes[0]]
    shares = _probabilities(passed.operation, as_array(passed.outputs[0]), len(goal.class_names))
    if shares is None:
        return {}
    names = [goal.class_names[i] if i < len(goal.class_names) else str(i) for i in range(len(shares))]
    if not goal.class_names and goal.label not in names:
        return {}  # what is to be predicted is no class
    best = np.argsort(-shares, kind="stable")[:MOST]
    likely = [Likely(name=names[i], probability=float(shares[i])) for i in best]
    is_right = None if goal.label is None else likely[0]["name"] == goal.label
    return {nodes[0]: Prediction(likely=likely, is_right=is_right)}


def _outputs(document: JSON, found: Mapping[str, Passed]) -> list[str]:
    if is_sequential(document):
        return list(found)[-1:]
    references = histories(document["config"].get("output_layers"))
    return [node_id((reference.layer, reference.call)) for reference in references]


def _probabilities(operation: Any, output: np.ndarray, classes: int) -> np.ndarray | None:
    """The probability of each class: of one sigmoid those of two; None where the output tells none."""
    values = np.asarray(output, "float64")
    if values.ndim != 1 or not np.isfinite(values).all() or (values < 0).any() or (values > 1).any():
        return None
    if len(values) == 1:
        is_sigmoid = getattr(operation, "activation", None) is keras.activations.sigmoid
        return np.array([1 - values[0], values[0]]) if is_sigmoid or classes == 2 else None
    return values if abs(values.sum() - 1) < 1e-2 else None
