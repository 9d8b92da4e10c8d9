"""Finds the plane of samples that somebody wants to see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kerasviz.insight.own.pixellayout import is_image
from kerasviz.insight.plane.plane import Number, Plane, count_numbers, numbers_of, range_of
from kerasviz.insight.plane.targetnumbers import target_numbers
from kerasviz.insight.samples.sampleparts import PARTS, Part
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol import RequestError
from kerasviz.protocol.insight import PlanePoints
from kerasviz.protocol.text import text

MOST = 128
"""Numbers of a sample from which two can be chosen."""
MOST_POINTS = 400
"""Samples of a part that are drawn."""
MOST_LOOKED_AT = 5000
"""Samples whose range is looked for."""


def plane_of(samples: Samples, across: int | None, up: int | None, part: Part, index: int) -> Plane:
    """The plane in which two numbers of a sample vary.

    Args:
        samples: Those of the data.
        across: Which number grows from left to right; None for the first that varies.
        up: Which one grows upwards; None for the next that varies.
        part: Of the sample whose other numbers stay.
        index: Its number in the part.

    Raises:
        RequestError: With code `no_plane`, where samples have no two numbers; with `no_sample`, where the
            part has no such sample.
    """
    if not has_plane(samples):
        raise RequestError(
            "no_plane",
            text(
                "The input plane needs samples of 2 to {most} numbers that are not pixels. Choose a single "
                "sample instead.",
                most=MOST,
            ),
        )
    held = samples.raw(part, np.array([index]))
    numbers = numbers_of(held)
    first: Part = "training" if "training" in samples.counts else part
    looked_at = samples.raw(first, _spread(samples.counts[first], MOST_LOOKED_AT))
    chosen = _chosen(numbers, looked_at, (across, up))
    return Plane(
        *chosen,
        range=(range_of(chosen[0].of(looked_at)), range_of(chosen[1].of(looked_at))),
        held=held,
        taken_in=samples.taken_in,
        numbers=numbers,
        points=tuple(_points(samples, name, chosen) for name in PARTS if name in samples.counts),
    )


def has_plane(samples: Samples) -> bool:
    """Whether samples have two numbers that can vary, and are no pictures, whose pixels say little alone."""
    first = samples.raw("training", np.array([0]))
    are_pictures = not samples.has_columns and any(is_image(array.shape[1:]) for array in first.values())
    return not are_pictures and 2 <= count_numbers(first) <= MOST


def _chosen(numbers: Sequence[Number], looked_at: Any, asked: Sequence[int | None]) -> tuple[Number, Number]:
    """The two numbers: those that were asked for, and else the first that vary."""
    named = [numbers[i] for i in asked if i is not None and 0 <= i < len(numbers)]
    vary = (each for each in numbers if each.varies(looked_at))
    left = iter([each for each in (*vary, *numbers) if each not in named])
    first, second = (numbers[i] if i is not None and 0 <= i < len(numbers) else next(left) for i in asked)
    return first, second if second != first else next(left)


def _points(samples: Samples, part: Part, axes: tuple[Number, Number]) -> PlanePoints:
    shown = _spread(samples.counts[part], MOST_POINTS)
    raw = samples.raw(part, shown)
    return PlanePoints(
        part=part,
        indices=shown.tolist(),
        across=_finite(axes[0].of(raw)),
        up=_finite(axes[1].of(raw)),
        targets=target_numbers(samples, part, shown),
    )


def _finite(values: np.ndarray) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]


def _spread(count: int, most: int) -> np.ndarray:
    """Some numbers from 0 to a count, evenly apart."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype("int64"))
