"""What the outputs of a model say about a sample: classes, or numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import keras
import numpy as np

from kerasviz.analysis.order import node_id
from kerasviz.analysis.reading import is_sequential
from kerasviz.analysis.structure import histories
from kerasviz.config.parts import part_of
from kerasviz.insight.outputs.views import as_array
from kerasviz.insight.passage.passed import Passed, ends_of
from kerasviz.insight.samples.samples import Samples, Taken
from kerasviz.insight.samples.targetnames import label_of
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
        each: Of a model with several outputs, the same of each, by its name or its place among them.
        is_open: Whether there is no data that tells it, so that the output alone says what it is.
    """

    label: str | None = None
    class_names: Sequence[str] = ()
    names: Sequence[str] = ()
    target: np.ndarray | None = None
    is_known: bool = True
    each: Mapping[Any, Goal] = field(default_factory=dict)
    is_open: bool = False

    def of(self, name: str, place: int) -> Goal:
        """What is to be predicted by one of several outputs.

        Args:
            name: Of the output.
            place: Counted from 0.
        """
        known = self if self.is_open else self.each.get(name) or self.each.get(place)
        return Goal() if known is None else replace(known, names=(name,))

    @property
    def true(self) -> str | None:
        """The label, where it is that of the sample."""
        return self.label if self.is_known else None


def goal_of(taken: Taken, samples: Samples | None) -> Goal:
    """What is to be predicted of a sample.

    Args:
        taken: The sample.
        samples: Those of the data; None where there is none.
    """
    if samples is None:
        return Goal(is_open=True)
    is_known, truth = taken.original is None, taken.root.target

    def goal(array: Any, classes: Sequence[str], names: Sequence[str]) -> Goal:
        if not isinstance(array, np.ndarray):
            return Goal(None, classes, names, is_known=is_known)
        numbers = array[0].reshape(-1) if is_known and array.dtype.kind in "buif" else None
        return Goal(label_of(array[0], classes), classes, names, numbers, is_known)

    if not samples.names_of_each:
        return goal(truth, samples.class_names, samples.target_names)
    known = truth if isinstance(truth, Mapping) else dict(enumerate(truth or []))
    each = {key: goal(known.get(key), classes, ()) for key, classes in samples.names_of_each.items()}
    return Goal(is_known=is_known, each=each)


def predictions(document: JSON, found: Mapping[str, Passed], goal: Goal) -> dict[str, Prediction]:
    """What the outputs of a model say, where they tell probabilities of classes, or a few numbers.

    Args:
        document: Keras JSON.
        found: What came of its calls.
        goal: What is to be predicted.

    Returns:
        By the id of the node, in the order of the outputs. Nothing of a node that several outputs come from.
    """
    nodes, names = output_nodes(document, found), _output_names(document)
    told = {}
    for place, node in enumerate(nodes):
        if node not in found or len(found[node].outputs) != 1 or nodes.count(node) > 1:
            continue
        name = names[place] if len(names) == len(nodes) > 1 else ""
        passed, asked = found[node], goal if len(nodes) == 1 and not goal.each else goal.of(name, place)
        output = as_array(passed.outputs[0])
        if asked.is_open and not asked.names:
            asked = replace(asked, names=(getattr(passed.operation, "name", node),))
        said = _classes(passed.operation, output, asked, name) or _numbers(output, asked, name)
        if said is not None:
            told[node] = said
    return told


def _output_names(document: JSON) -> list[str]:
    """What targets call the outputs of a model: keys of a dict, or the layers that they come out of."""
    config = part_of(document, "config")
    outputs = {} if is_sequential(document) else config.get("output_layers")
    if isinstance(outputs, dict):
        return [name for name, each in outputs.items() for _ in histories(each)]
    return [reference.layer for reference in histories(outputs)]


def _classes(operation: Any, output: np.ndarray, goal: Goal, name: str) -> Prediction | None:
    """The most probable classes; None where it is no classes that are to be predicted."""
    shares = _probabilities(operation, output, len(goal.class_names))
    if shares is None:
        return None
    names = [goal.class_names[i] if i < len(goal.class_names) else str(i) for i in range(len(shares))]
    if not goal.class_names and goal.label not in names and not (goal.is_open and _tells(operation)):
        return None
    best = np.argsort(-shares, kind="stable")[:MOST]
    likely = [Likely(name=names[i], probability=float(shares[i])) for i in best]
    is_right = None if goal.true is None else likely[0]["name"] == goal.true
    return Prediction(likely=likely, numbers=[], is_right=is_right, output=name, target=goal.true)


def _numbers(output: np.ndarray, goal: Goal, name: str) -> Prediction | None:
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
    return Prediction(likely=[], numbers=numbers, is_right=None, output=name, target=goal.true)


def output_nodes(document: JSON, found: Mapping[str, Passed]) -> list[str]:
    """The nodes that the outputs of a model come out of, in their order.

    Args:
        document: Keras JSON.
        found: What came of its calls, without those of models inside it.
    """
    if is_sequential(document):
        return list(found)[-1:]
    return [node_id((reference.layer, reference.call)) for reference in ends_of(document, found)]


def _tells(operation: Any) -> bool:
    """Whether a layer gives probabilities, whatever the data."""
    activations = (keras.activations.softmax, keras.activations.sigmoid)
    return (
        isinstance(operation, keras.layers.Softmax) or getattr(operation, "activation", None) in activations
    )


def _probabilities(operation: Any, output: np.ndarray, classes: int) -> np.ndarray | None:
    """The probability of each class: of one sigmoid those of two; None where the output tells none."""
    values = np.asarray(output, "float64")
    if values.ndim != 1 or not np.isfinite(values).all() or (values < 0).any() or (values > 1).any():
        return None
    if len(values) == 1:
        is_sigmoid = getattr(operation, "activation", None) is keras.activations.sigmoid
        return np.array([1 - values[0], values[0]]) if is_sigmoid or classes == 2 else None
    return values if abs(values.sum() - 1) < 1e-2 else None
