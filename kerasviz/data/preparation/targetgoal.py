"""What a column asks for as a target: classes or a number, and the loss and metrics for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kerasviz.protocol.preview import PreviewColumn
from kerasviz.protocol.text import Text, text

FEW = 10
"""Whole numbers without gaps are classes up to this many."""
RARE = 0.2
"""A class with a smaller share of what would be equal shares needs care."""
BINARY_LOSS = "binary_crossentropy"
SPARSE_LOSS = "sparse_categorical_crossentropy"


@dataclass(frozen=True)
class Goal:
    """What is to be predicted.

    Attributes:
        column: The target.
        classes: How many classes; None for a number.
        loss: A name of Keras.
        metrics: Names or objects of Keras.
        shares: The share of each class, in the order of their numbers.
        reasons: Why.
    """

    column: str
    classes: int | None
    loss: str
    metrics: list[Any]
    shares: tuple[float, ...]
    reasons: list[Text]

    @property
    def is_rare(self) -> bool:
        """Whether a class is so rare that accuracy says nothing."""
        return bool(self.shares) and min(self.shares) < RARE / len(self.shares)


def goal_of(column: PreviewColumn) -> Goal:
    """Tells what a target asks for."""
    name = repr(column["name"])
    counts = _counts(column)
    if counts is None:
        reason = text(
            "{column} is a number: its squared error is made small, and its error told in its own units.",
            column=name,
        )
        return Goal(column["name"], None, "mean_squared_error", ["mean_absolute_error"], (), [reason])
    shares = tuple(count / max(1, sum(counts)) for count in counts)
    goal = Goal(column["name"], len(counts), SPARSE_LOSS, ["accuracy"], shares, [])
    if len(counts) <= 2:
        goal = Goal(column["name"], 2, BINARY_LOSS, ["accuracy"], shares, [])
        goal.reasons.append(
            text(
                "{column} has two classes: the output is the probability of the second.",
                column=name,
            )
        )
    else:
        goal.reasons.append(
            text(
                "{column} has {count} classes: the output is a probability for each.",
                column=name,
                count=len(counts),
            )
        )
    if column["kind"] == "number" and len(counts) > 2:
        goal.reasons.append(
            text(
                "The whole numbers of {column} are taken as classes. Use the loss {loss} to predict them as "
                "a number.",
                column=name,
                loss="mean_squared_error",
            )
        )
    if not goal.is_rare:
        return goal
    goal.reasons.append(
        text(
            "The rarest class has {share} of the rows, and accuracy would be {accuracy} without learning "
            "anything. So each class counts alike in the loss.",
            share=f"{min(shares):.1%}",
            accuracy=f"{max(shares):.1%}",
        )
    )
    metrics = [_area(), "recall", "precision"] if len(counts) == 2 else ["accuracy"]
    return Goal(goal.column, goal.classes, goal.loss, metrics, shares, goal.reasons)


def class_weights(goal: Goal) -> dict[str, float] | None:
    """Weights with which each class counts alike; None where none is rare."""
    if not goal.is_rare or not all(goal.shares):
        return None
    return {str(number): round(1 / (len(goal.shares) * share), 4) for number, share in enumerate(goal.shares)}


def _counts(column: PreviewColumn) -> list[int] | None:
    """Rows of each class, in the order of their numbers; None where the column has no classes."""
    named = {one["name"]: one["count"] for one in column["classes"]}
    if column["kind"] == "category":
        known = [named[name] for name in sorted(named, key=_in_order)]
        return known + [1] * (column["distinct"] - len(known))
    try:
        values = sorted(float(name) for name in named)
    except ValueError:
        return None
    whole = values and all(value == int(value) for value in values)
    without_gaps = whole and values[-1] - values[0] == len(values) - 1
    if not whole or not (len(values) == 2 or (without_gaps and len(values) <= FEW)):
        return None
    return [named[name] for name in sorted(named, key=float)]


def _in_order(name: str) -> tuple[bool, float, str]:
    try:
        return False, float(name), name
    except ValueError:
        return True, 0.0, name


def _area() -> dict[str, Any]:
    config = {"curve": "PR", "name": "pr_auc"}
    return {"module": "keras.metrics", "class_name": "AUC", "config": config, "registered_name": None}
