"""Occlusion."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from kerasviz.insight.why.attribution import Attribution
from kerasviz.insight.why.averages import average_at
from kerasviz.insight.why.boxes import Windows
from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.places import Place
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text

OF_SCORE, IS_SIGNED, TAKES_LONG = False, True, True
MEANS = text("The attribution is how much the output drops when that region is covered.")
MEANS_NOT = text(
    "It misses regions that matter only together, and a covered sample differs from "
    "those that the model was trained on."
)
MOST = 20_000
"""Covered samples."""
STEP = 128
"""Covered samples after which it is told how far it is."""
PARTS = 8
"""Of a side that a window takes, where nobody says it."""


def unfit(explained: Explained, places: Sequence[Place]) -> Text | None:
    """Why it can't be computed; None where it can."""
    if places:
        return None
    return text("No Input of this model has numbers that can be covered.")


def weigh(
    window: int = 0,
    stride: int = 0,
    *,
    explained: Explained,
    places: Sequence[Place],
    go_on: Callable[[float | None], None],
) -> list[Attribution]:
    """What the answer loses where a part of the sample is covered.

    A window goes over the sample, and what is in it is replaced: pixels and numbers of a series by the mean
    of the sample, columns by that of the data, words by a vector of zeros. The weight of a position is
    P(sample) - P(covered), where P is the probability of the answer or what is predicted, as the mean of all
    windows over it.

    M. D. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks", 2014 (arXiv:1311.2901).

    Args:
        window: Positions of a side that are covered together; 0 for an eighth of the longer side, and for a
            single word or column.
        stride: Positions from one window to the next; 0 for half a window.
        explained: What is answered.
        places: Where the numbers of the sample are.
        go_on: Told how far it is.
    """
    averages = {place.node: average_at(place, explained.document, explained.samples) for place in places}
    covers = [_Cover(place, window, stride, averages[place.node]) for place in places]
    total = sum(len(cover.windows.boxes) for cover in covers)
    if total > MOST:
        raise RequestError(
            "why",
            text(
                "This needs {count} covered samples, more than the limit of {most}. Choose a larger stride.",
                count=total,
                most=MOST,
            ),
        )
    weighed, done = [], 0
    for cover in covers:
        boxes, numbers = cover.windows.boxes, []
        for at in range(0, len(boxes), STEP):
            go_on(done / total)
            some = boxes[at : at + STEP]
            numbers.append(explained.at(cover.place.node, map(cover.covered, some)))
            done += len(some)
        drops = explained.value - np.concatenate(numbers)
        weighed.append(Attribution(cover.place, cover.windows.means(drops)))
    return weighed


class _Cover:
    """Covers parts of a place."""

    def __init__(self, place: Place, window: int, stride: int, average: np.ndarray | None) -> None:
        self.place = place
        self._laid = place.laid_out(place.value)
        is_wide = place.kind not in ("tokens", "columns")
        shape = place.shape[:1] if place.kind == "series" else place.shape  # all channels at a time
        size = window if window > 0 else math.ceil(max(shape) / PARTS) if is_wide else 1
        self.windows = Windows(shape, size, stride if stride > 0 else max(1, size // 2))
        if is_wide:
            means = self._laid.reshape(-1, self._laid.shape[-1]).mean(axis=0)
            self._filled = np.broadcast_to(means, self._laid.shape)
        else:
            self._filled = np.zeros_like(self._laid) if average is None else place.laid_out(average)

    def covered(self, box: tuple[slice, ...]) -> np.ndarray:
        """The sample with what is in a box covered."""
        changed = self._laid.copy()
        if self.place.kind == "columns":
            box = (slice(self.place.groups[box[0].start].start, self.place.groups[box[0].stop - 1].stop),)
        changed[box] = self._filled[box]
        return self.place.back(changed)
