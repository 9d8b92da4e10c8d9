"""What a column asks for as a target: classes or a number, and the loss and metrics for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kerasviz.protocol.preview import PreviewColumn
from kerasviz.protocol.text import Text, text

FEW = 10
"""Whole numbers without gaps are classes up to this many."""
RARE = 0.2
"""A class with a smaller share of what would be equal shares needs care."""
TIMES = 5
"""One of several classes may have so many times the samples of another before weights make up for it."""
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
        shares: The share of each class, in the order of their numbers; empty where not all are known.
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

    @property
    def is_uneven(self) -> bool:
        """Whether classes have so different numbers of samples that each should count alike."""
        several = len(self.shares) > 2 and max(self.shares) >= TIMES * min(self.shares) > 0
        return self.is_rare or several


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
    goal = goal_of_classes(column["name"], counts)
    if len(column["classes"]) < len(counts):
        goal = dataclasses.replace(goal, shares=())  # of some it is not known how often they occur
    if column["kind"] == "number" and len(counts) > 2:
        goal.reasons.append(
            text(
                "The whole numbers of {column} are taken as classes. Use the loss {loss} to predict them as "
                "a number.",
                column=name,
                loss="mean_squared_error",
            )
        )
    uneven = uneven_reason(goal)
    goal.reasons.extend([] if uneven is None else [uneven])
    if not goal.is_rare or len(goal.shares) > 2:
        return goal
    goal.reasons.append(
        text(
            "In the place of accuracy there are recall (how many are found), precision (how many of those "
            "found are right) and pr_auc, the area under the curve of both."
        )
    )
    return dataclasses.replace(goal, metrics=[_area(), "recall", "precision"])


def goal_of_classes(name: str, counts: Sequence[int]) -> Goal:
    """Tells what classes ask for.

    Args:
        name: What is to be predicted.
        counts: Samples of each class, in the order of their numbers.
    """
    shares = tuple(count / max(1, sum(counts)) for count in counts)
    if len(counts) <= 2:
        reason = text(
            "{column} has two classes: the output is the probability of the second.", column=repr(name)
        )
        return Goal(name, 2, BINARY_LOSS, ["accuracy"], shares, [reason])
    reason = text(
        "{column} has {count} classes: the output is a probability for each.",
        column=repr(name),
        count=len(counts),
    )
    return Goal(name, len(counts), SPARSE_LOSS, ["accuracy"], shares, [reason])


def uneven_reason(goal: Goal) -> Text | None:
    """Why each class should count alike in the loss; None where they have about as many samples."""
    if goal.is_rare:
        return text(
            "The rarest class has {share} of the rows. Guessing the most frequent one every time gives an "
            "accuracy of {accuracy}, which is nothing: the rare one is never found. So each class counts "
            "alike in the loss.",
            share=f"{min(goal.shares):.1%}",
            accuracy=f"{max(goal.shares):.1%}",
        )
    if not goal.is_uneven:
        return None
    return text(
        "The most frequent class has {times} times the samples of the rarest, so each class counts alike in "
        "the loss.",
        times=f"{max(goal.shares) / min(goal.shares):.1f}".removesuffix(".0"),
    )


def class_weights(goal: Goal) -> dict[str, float] | None:
    """Weights with which each class counts alike; None where their samples are about as many."""
    if not goal.is_uneven or not all(goal.shares):
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
