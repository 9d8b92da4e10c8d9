"""The weights of an Input as a page shows them."""

from __future__ import annotations

import base64
import math

import numpy as np

from kerasviz.insight.views import view
from kerasviz.insight.why.places import Place
from kerasviz.insight.why.weighed import Weighed
from kerasviz.protocol.why import WhyPart

SIDE = 320
"""Weights of the longer side of a picture; of more, those that fall together are averaged."""
MOST_LINE = 2000
"""Words, times or columns."""


def part_of_page(weighed: Weighed) -> WhyPart:
    """Makes what a page shows of the weights of one Input."""
    place, weights = weighed.place, np.nan_to_num(np.asarray(weighed.weights, "float32"))
    kind = "picture" if place.kind == "volume" else place.kind
    shown = place.laid_out(place.value)
    while weights.ndim > 2:  # the middle of a volume, or of a film
        weights, shown = weights[len(weights) // 2], shown[len(shown) // 2]
    step = 1
    if kind == "picture":
        step = math.ceil(max(weights.shape) / SIDE)
        rows, columns = (-(-length // step) for length in weights.shape)
        padded = np.pad(
            weights,
            ((0, rows * step - weights.shape[0]), (0, columns * step - weights.shape[1])),
            mode="edge",
        )
        weights = padded.reshape(rows, step, columns, step).mean(axis=(1, 3))
    else:
        weights = (weights if weights.ndim == 1 else weights.T)[..., :MOST_LINE]
        weights = weights.reshape(-1, weights.shape[-1])
    has_view = kind in ("picture", "series")
    return WhyPart(
        name=place.name,
        kind=kind,
        view=view(shown, is_picture=True, side=SIDE, bars=MOST_LINE) if has_view else None,
        numbers=base64.b64encode(weights.astype("<f4").tobytes()).decode(),
        height=weights.shape[0],
        width=weights.shape[1],
        step=step,
        most=float(np.abs(weights).max(initial=0)),
        names=list(place.words[:MOST_LINE]),
        values=_written(place) if kind == "columns" else [],
    )


def _written(place: Place) -> list[str]:
    return [f"{float(value):.6g}" for value in place.value.reshape(-1)[:MOST_LINE]]
