"""The whole plane: two of its numbers vary."""

from __future__ import annotations

from kerasviz.insight.own import Own
from kerasviz.insight.plane.choosing import has_plane, plane_of
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Samples, Taken


def choose(
    across: int | None = None,
    up: int | None = None,
    index: int = 0,
    part: Part = "training",
    *,
    samples: Samples,
) -> Taken:
    """Takes all samples of a plane.

    Args:
        across: Which of a sample's numbers grows from left to right; None for the first one that varies.
        up: Which one grows upwards; None for the next one that varies.
        index: The sample whose other numbers stay, where there are any.
        part: Of the data.
        samples: Those that there are.

    Raises:
        RequestError: With code `no_plane`, where a sample has no two numbers.
    """
    taken = samples.take(part, index)
    return Taken(taken.inputs, taken.target, part, index, plane=plane_of(samples, across, up, part, index))


def fits(own: Own) -> bool:
    """Whether samples of the data have two numbers."""
    return own.samples is not None and has_plane(own.samples)
