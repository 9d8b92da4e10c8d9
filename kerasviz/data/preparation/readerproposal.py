"""What suits samples by class that are read by their number, before anybody has said anything."""

from __future__ import annotations

import numpy as np

from kerasviz.data.dataset import Stream
from kerasviz.data.preparation.targetgoal import class_weights, goal_of_classes, uneven_reason
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.protocol.owned import Chosen
from kerasviz.protocol.preview import Proposed
from kerasviz.protocol.text import Text, text

HELD_OUT = 0.2


def reader_proposal(stream: Stream, targets: np.ndarray) -> Proposed:
    """Proposes what a source leaves open, a split, and weights where classes are uneven.

    Args:
        stream: The samples.
        targets: The number of the class of each.
    """
    reasons: list[Text | str] = [*stream.reasons]
    counts = np.bincount(targets, minlength=stream.classes or 0)
    goal = goal_of_classes(stream.name, counts.tolist())
    weights = class_weights(goal)
    split: Chosen | None = None
    if stream.validation is None and counts.min() * HELD_OUT >= 1:
        split = {"class_name": "by_class", "config": {"seed": 0, "validation": HELD_OUT}}
        reasons.append(text("Validation takes the same share of each class."))
    if weights is not None and (why := uneven_reason(goal)):
        reasons.append(why)
    return {
        **NOTHING_PROPOSED,
        "split": split,
        "data": dict(stream.proposed) or None,
        "class_weight": weights,
        "reasons": reasons,
    }
