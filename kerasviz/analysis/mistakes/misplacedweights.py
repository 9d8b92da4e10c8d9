"""Loss weights that are not sorted as the outputs and the losses of the model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kerasviz.protocol.text import Text, text, text_n


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


def misplaced_weights(
    weights: Any, loss: Any, outputs: Sequence[str], others: Sequence[str]
) -> Misplaced | None:
    """Finds weights that Keras refuses only in training, or gives to other outputs in silence.

    Args:
        weights: `loss_weights`, as the training setup has it.
        loss: As the training setup has it.
        outputs: Names of the outputs, more than one.
        others: More names that are right. Where one is wrong, that is to be said first.
    """
    names = ", ".join(map(repr, outputs))
    if isinstance(weights, int | float):
        return Misplaced(
            text(
                "The model has the outputs {outputs}, but loss_weights is one number. Give one for each.",
                outputs=names,
            )
        )
    by_name = isinstance(loss, dict) and "class_name" not in loss
    if isinstance(weights, dict) and not set(weights) <= {*outputs, *others}:
        return None
    if not by_name and not isinstance(loss, list):
        return Misplaced(
            text("There is one loss for all of {outputs}. For loss_weights, give each a loss.", outputs=names)
        )
    if not isinstance(weights, dict):
        return None
    missing = [name for name in (loss if by_name else outputs) if name not in weights]
    if missing:
        message = text_n(
            "loss_weights leaves out the output {names}. Give a number for it.",
            "loss_weights leaves out the outputs {names}. Give a number for each.",
            len(missing),
            names=", ".join(map(repr, missing)),
        )
        whole = {**weights, **dict.fromkeys(missing, 1.0)}
        return Misplaced(message, text("Give the others the weight 1"), whole)
    if by_name or list(outputs) == sorted(outputs):
        return None
    message = text(
        "The losses are a list, for which Keras takes weights by name in alphabetical order. Give "
        "loss_weights as a list, too."
    )
    return Misplaced(message, text("Give them as a list"), [weights[name] for name in outputs])
