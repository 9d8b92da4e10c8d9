"""Losses and metrics that are not sorted as the outputs of the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kerasviz.analysis.mistakes.situation import closest
from kerasviz.protocol.text import Text, text

SORTED = ("loss", "metrics", "weighted_metrics", "loss_weights")
"""Arguments of `compile` that have a part for each output."""


@dataclass(frozen=True)
class Misplaced:
    """A part of the training setup that has other outputs than the model.

    Attributes:
        message: What is wrong.
        title: Of the fix, where there is one.
        value: The part with the fix.
    """

    message: Text
    title: Text | None = None
    value: Any = None


def misplaced(part: str, value: Any, outputs: Sequence[str], others: Sequence[str] = ()) -> Misplaced | None:
    """Finds what `compile` would refuse, or leave aside in silence.

    Args:
        part: One of `SORTED`.
        value: As the model has it.
        outputs: Names of the model's outputs, in order.
        others: More names that are right, such as the keys of a dict of outputs.
    """
    if isinstance(value, dict) and "class_name" not in value:
        return _unknown(part, value, outputs, others)
    if not isinstance(value, list) or not value or len(value) == len(outputs):
        return None
    of_metrics = "metrics" in part
    if of_metrics and len(outputs) == 1:
        return None
    names = ", ".join(map(repr, outputs))
    if not of_metrics or any(isinstance(item, list) or item is None for item in value):
        message = text(
            "The model has the outputs {outputs}, but {argument} has {received} entries. Give one for each.",
            outputs=names,
            argument=part,
            received=len(value),
        )
        return Misplaced(message)
    message = text(
        "The model has {count} outputs ({outputs}), and {argument} does not say which of them it is about. "
        "Name the outputs.",
        count=len(outputs),
        outputs=names,
        argument=part,
    )
    return Misplaced(message, text("Use them for each output"), {name: list(value) for name in outputs})


def _unknown(
    part: str, value: dict[str, Any], outputs: Sequence[str], others: Sequence[str]
) -> Misplaced | None:
    wrong = next((key for key in value if key not in {*outputs, *others}), None)
    if wrong is None:
        return None
    message = text(
        "The model has no output {name}, which {argument} refers to. Its outputs: {outputs}.",
        argument=part,
        name=repr(wrong),
        outputs=", ".join(map(repr, [*outputs, *others])),
    )
    free = [name for name in [*outputs, *others] if name not in value]
    right = closest(wrong, free) or (free[0] if len(free) == 1 else None)
    if right is None:
        return Misplaced(message)
    renamed = {right if key == wrong else key: item for key, item in value.items()}
    return Misplaced(message, text("Rename it to {name}", name=repr(right)), renamed)
