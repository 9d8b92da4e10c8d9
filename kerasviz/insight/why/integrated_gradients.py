"""Integrated Gradients."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from kerasviz.insight.why.attribution import Attribution
from kerasviz.insight.why.averages import average_at
from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.places import Place
from kerasviz.insight.why.scoregradients import no_gradient, no_slope
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text

OF_SCORE, IS_SIGNED, TAKES_LONG = False, True, True
MEANS = text(
    "The attributions divide the difference between this output and the output for the "
    "baseline: they add up to it."
)
MEANS_NOT = text(
    "It depends on the baseline, and it does not say what would happen if one position alone were removed."
)
MOST = 2000
"""Steps."""
CLOSE, TINY = 0.02, 1e-4
"""By so much of the difference, and so much beside, the weights may miss it before more steps are advised."""


def unfit(explained: Explained, places: Sequence[Place]) -> Text | None:
    """Why it can't be computed; None where it can."""
    return no_slope(places)


def weigh(
    steps: int = 50,
    baseline: Literal["zeros", "mean"] = "zeros",
    *,
    explained: Explained,
    places: Sequence[Place],
    go_on: Callable[[float | None], None],
) -> list[Attribution]:
    """The gradients on the straight way from a baseline to the sample.

    The weight of a number is (x - x₀) · mean of ∂P/∂x at the points x₀ + (k + ½)/steps · (x - x₀), where P is
    the probability of the answer, or what is predicted. Channels of a pixel and numbers of a word are added
    up. The weights add up to P(x) - P(x₀), but for what the number of steps leaves.

    M. Sundararajan, A. Taly, Q. Yan, "Axiomatic Attribution for Deep Networks", 2017 (arXiv:1703.01365).

    Args:
        steps: Points on the way; more are more exact.
        baseline: What a sample without information is: zeros, which are black pixels, or the mean of the
            data. Words have a vector of zeros.
        explained: What is answered.
        places: Where the numbers of the sample are.
        go_on: Told how far it is.
    """
    if not 1 <= steps <= MOST:
        raise RequestError("why", text("Expected 1 to {most} steps.", most=MOST))
    values = {place.node: place.value.astype("float32") for place in places}
    starts = {place.node: _baseline(place, baseline, explained) for place in places}
    sums: dict[str, np.ndarray] = {}
    for first in range(0, steps, explained.batch):
        go_on(first / steps)
        shares = (np.arange(first, min(first + explained.batch, steps)) + 0.5) / steps
        points = {
            node: start + shares.reshape(-1, *[1] * start.ndim).astype("float32") * (values[node] - start)
            for node, start in starts.items()
        }
        for node, slope in explained.gradients(points, score=False).items():
            if slope is not None:
                sums[node] = sums.get(node, 0) + slope.sum(axis=0)
    if not sums:
        raise no_gradient()
    shares_of = {node: (values[node] - starts[node]) * found / steps for node, found in sums.items()}
    begun = float(explained.numbers({node: start[None] for node, start in starts.items()}, score=False)[0])
    note = _note(sum(float(each.sum()) for each in shares_of.values()), explained.value - begun)
    found = [place for place in places if place.node in sums]
    return [
        Attribution(place, place.added_up(shares_of[place.node]), [note] if place is found[0] else [])
        for place in found
    ]


def _baseline(place: Place, baseline: str, explained: Explained) -> np.ndarray:
    average = average_at(place, explained.document, explained.samples) if baseline == "mean" else None
    return np.zeros(place.value.shape, "float32") if average is None else average


def _note(total: float, difference: float) -> Text:
    if abs(total - difference) <= CLOSE * abs(difference) + TINY:
        return text(
            "The attributions add up to {total}; this output and the output for the baseline "
            "differ by {difference}.",
            total=f"{total:.4g}",
            difference=f"{difference:.4g}",
        )
    return text(
        "The attributions add up to {total}, but this output and the output for the baseline "
        "differ by {difference}. Use more steps.",
        total=f"{total:.4g}",
        difference=f"{difference:.4g}",
    )
