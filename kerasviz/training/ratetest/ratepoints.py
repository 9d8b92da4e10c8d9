"""What a range test has measured, and the learning rate that it proposes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, pstdev

from kerasviz.protocol.text import Text, text

LOWEST_RATE, HIGHEST_RATE, BATCHES = 1e-7, 10.0, 100
"""What is tried where nobody says: the range and the number of batches of fastai's `lr_find`."""
MOST_BATCHES = 10_000
SMOOTHING = 0.9
"""Share of the earlier losses in the smoothed one."""
DIVERGED = 4.0
"""Times the lowest loss: above it a test has seen enough, as in fastai."""
LEAST = 10
"""Batches before which the smoothed loss says nothing of how it goes on."""
SAFETY = 10.0
"""The rate with the lowest loss is where it begins to rise; a tenth of it is well below."""
SHARE_FALLEN = 0.02
"""A loss that fell by less is not worth a rate."""
SMOOTHED_NOISE = math.sqrt((1 - SMOOTHING) / (1 + SMOOTHING))
"""What smoothing leaves of the noise of single batches; a fall by less than twice that is none."""


def rate_of(batch: int, lowest: float, highest: float, batches: int) -> float:
    """The learning rate of a batch: each is the same number of times the one before.

    Args:
        batch: From 0.
        lowest: Of the first batch.
        highest: Of the last batch.
        batches: How many there are.
    """
    return float(lowest * (highest / lowest) ** (batch / max(batches - 1, 1)))


@dataclass(frozen=True)
class RatePoints:
    """Losses over learning rates.

    Attributes:
        rates: One for each batch, growing.
        losses: Of each batch alone, at its rate.
    """

    rates: Sequence[float]
    losses: Sequence[float]

    @property
    def smoothed(self) -> list[float]:
        """The losses without the noise of single batches: an exponential mean, right from its beginning."""
        found, mean, weight = list[float](), 0.0, 0.0
        for loss in self.losses:
            if not math.isfinite(loss):
                break
            mean = SMOOTHING * mean + (1 - SMOOTHING) * loss
            weight = SMOOTHING * weight + (1 - SMOOTHING)
            found.append(mean / weight)
        return found

    @property
    def diverged(self) -> bool:
        """Whether larger rates would tell nothing new."""
        smoothed = self.smoothed
        if len(smoothed) < len(self.losses):
            return True
        return len(smoothed) > LEAST and smoothed[-1] > DIVERGED * abs(min(smoothed))

    @property
    def lowest(self) -> float | None:
        """The rate at which the smoothed loss was lowest; None where it did not fall."""
        smoothed = self.smoothed
        if not smoothed:
            return None
        best = smoothed.index(min(smoothed))
        before = self.losses[: best + 1]
        usual, noise = median(before), SMOOTHED_NOISE * pstdev(before)
        fell = usual - smoothed[best] > max(SHARE_FALLEN * abs(usual), 2 * noise)
        return self.rates[best] if fell and best >= LEAST else None

    @property
    def proposed(self) -> float | None:
        """The rate to train with, with two digits: a tenth of that at which the loss was lowest."""
        lowest = self.lowest
        return None if lowest is None else float(f"{lowest / SAFETY:.1e}")

    @property
    def reason(self) -> Text:
        """Why this rate is proposed, or none."""
        if self.lowest is None:
            return text(
                "The loss fell at none of these rates, so none is proposed. Check the loss and the data, or "
                "start over with new weights."
            )
        return text(
            "A tenth of {lowest}, the rate at which the smoothed loss was lowest (Smith, 2017; fastai).",
            lowest=f"{self.lowest:.1e}",
        )
