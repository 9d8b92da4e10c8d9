"""Runs that train, and may yet come to where they should."""

from __future__ import annotations

from kerasviz.insight.hints.runsituation import Situation

FALLS = 0.03
"""Share of a loss by which it falls where it is said to."""


def is_falling(situation: Situation) -> bool:
    """Whether a run trains, and its loss fell in the last half of the epochs so far.

    So it is with targets that are far from 0, as long as the model comes nearer.
    """
    loss = situation.curve("loss")
    return not situation.ended and bool(loss) and loss[-1] < (1 - FALLS) * loss[len(loss) // 2]
