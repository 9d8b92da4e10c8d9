"""Losses and metrics that are not sorted as the outputs of the model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from kerasviz.analysis.mistakes.misplacedweights import Misplaced, misplaced_weights
from kerasviz.analysis.mistakes.situation import closest
from kerasviz.protocol.text import text, text_n

SORTED = ("loss", "metrics", "weighted_metrics", "loss_weights")
"""Arguments of `compile` that have a part for each output."""


def misplaced(
    part: str,
    value: Any,
    outputs: Sequence[str],
    others: Sequence[str] = (),
    judges: Callable[[Any, str], bool] = lambda metric, output: True,
    loss: Any = None,
) -> Misplaced | None:
    """Finds what `compile` would refuse, or leave aside in silence.

    Args:
        part: One of `SORTED`.
        value: As the model has it.
        outputs: Names of the model's outputs, in order.
        others: More names that are right, such as the keys of a dict of outputs.
        judges: Whether a metric is of use for an output.
        loss: Of the model, which `loss_weights` go with.
    """
    if part == "loss_weights" and len(outputs) > 1 and value is not None:
        wrong = misplaced_weights(value, loss, outputs, others)
        if wrong is not None:
            return wrong
    if isinstance(value, dict) and "class_name" not in value:
        return _unknown(part, value, outputs, others)
    if not isinstance(value, list) or not value:
        return None
    if len(value) == len(outputs):
        return _in_order_of_letters(part, value, others) if part.startswith("loss") else None
    of_metrics = "metrics" in part
    if of_metrics and len(outputs) == 1:
        return None
    names = ", ".join(map(repr, outputs))
    if not of_metrics or any(isinstance(item, list) or item is None for item in value):
        message = text_n(
            "The model has the outputs {outputs}, but {argument} has {n} entry. Give one for each.",
            "The model has the outputs {outputs}, but {argument} has {n} entries. Give one for each.",
            len(value),
            outputs=names,
            argument=part,
        )
        return Misplaced(message)
    message = text(
        "The model has {count} outputs ({outputs}), and {argument} does not say which of them it is about. "
        "Name the outputs.",
        count=len(outputs),
        outputs=names,
        argument=part,
    )
    sorted_ = {name: [metric for metric in value if judges(metric, name)] for name in outputs}
    if any(all(metric not in fitting for fitting in sorted_.values()) for metric in value):
        return Misplaced(message)
    if all(fitting == value for fitting in sorted_.values()):
        return Misplaced(message, text("Use them for each output"), sorted_)
    return Misplaced(message, text("Use each for the outputs it can judge"), sorted_)


def _unknown(
    part: str, value: dict[str, Any], outputs: Sequence[str], others: Sequence[str]
) -> Misplaced | None:
    key_of: dict[str, str] = {}
    if part == "loss" and others:  # Keras finds losses by the keys of a dict alone
        key_of = dict(zip(outputs, sorted(others), strict=False))
        outputs = []
    wrong = next((key for key in value if key not in {*outputs, *others}), None)
    if wrong is None:
        return _left_out(value, outputs) if part == "loss" and not others else None
    message = text(
        "The model has no output {name}, which {argument} refers to. Its outputs: {outputs}.",
        argument=part,
        name=repr(wrong),
        outputs=", ".join(map(repr, [*outputs, *others])),
    )
    free = [name for name in [*outputs, *others] if name not in value]
    right = key_of.get(wrong) or closest(wrong, free) or (free[0] if len(free) == 1 else None)
    if right is None:
        return Misplaced(message)
    renamed = {right if key == wrong else key_of.get(key, key): item for key, item in value.items()}
    return Misplaced(message, text("Rename it to {name}", name=repr(right)), renamed)


def _in_order_of_letters(part: str, value: list[Any], others: Sequence[str]) -> Misplaced | None:
    """Keras sorts the keys of a dict of outputs before it takes a list for them."""
    if list(others) == sorted(others):
        return None
    message = text(
        "The outputs are a dict; Keras takes lists for it in alphabetical order. Give {argument} by name.",
        argument=part,
    )
    return Misplaced(message, text("Give them by name"), dict(zip(others, value, strict=False)))


def _left_out(losses: dict[str, Any], outputs: Sequence[str]) -> Misplaced | None:
    missing = [name for name in outputs if name not in losses]
    if not missing:
        return None
    message = text_n(
        "The loss leaves out the output {names}. Give one for it, or None.",
        "The loss leaves out the outputs {names}. Give one for each, or None.",
        len(missing),
        names=", ".join(map(repr, missing)),
    )
    return Misplaced(message)
