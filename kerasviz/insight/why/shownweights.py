"""The weights of Inputs as a page shows them."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from kerasviz.insight.outputs.views import view
from kerasviz.insight.samples.tablerows import Value
from kerasviz.insight.why.attribution import Attribution
from kerasviz.insight.why.places import Place
from kerasviz.protocol.insight import View
from kerasviz.protocol.why import WhyPart

SIDE = 320
"""Weights of the longer side of a picture; of more, those that fall together are averaged."""
MOST_LINE = 2000
"""Words, times or columns."""


def parts_of_page(weighed: Sequence[Attribution], values: Mapping[str, Value]) -> list[WhyPart]:
    """Makes what a page shows: a picture, text or series each, and all columns together.

    Args:
        weighed: The weights.
        values: What is in the columns of the sample, where it is a row of a table.
    """
    columns = [each for each in weighed if each.place.kind == "columns"]
    parts = [_picture_or_line(each) for each in weighed if each.place.kind != "columns"]
    return [*parts, _columns(columns, values)] if columns else parts


def _picture_or_line(weighed: Attribution) -> WhyPart:
    place, weights, shown = weighed.place, weighed.weights, weighed.place.laid_out(weighed.place.value)
    while weights.ndim > 2:  # the middle of a volume, or of a film
        weights, shown = weights[len(weights) // 2], shown[len(shown) // 2]
    if place.kind == "tokens":
        return _part("tokens", weights[None, :MOST_LINE], place.title, names=place.words)
    if place.kind == "series":
        lines = weights[None] if weights.ndim == 1 else weights.T
        seen = view(shown, bars=MOST_LINE)
        return _part("series", lines[:, :MOST_LINE], place.title, seen=seen)
    step = math.ceil(max(weights.shape) / SIDE)
    rows, width = (-(-length // step) for length in weights.shape)
    over = (rows * step - weights.shape[0], width * step - weights.shape[1])
    padded = np.pad(weights, ((0, over[0]), (0, over[1])), mode="edge")
    means = padded.reshape(rows, step, width, step).mean(axis=(1, 3))
    seen = view(shown, is_picture=True, side=SIDE, most=1)
    return _part("picture", means, place.title, seen=seen, step=step)


def _columns(weighed: Sequence[Attribution], values: Mapping[str, Value]) -> WhyPart:
    weights = np.concatenate([each.weights.reshape(-1) for each in weighed])[:MOST_LINE]
    names = [name for each in weighed for name in each.place.words]
    prepared = [number for each in weighed for number in _prepared(each.place)]
    known = {name: _written(value) for name, value in values.items()}
    said = [known.get(name, number) for name, number in zip(names, prepared, strict=True)]
    return _part("columns", weights[None], "", names=names, values=said)


def _prepared(place: Place) -> list[str]:
    """The numbers of columns as the model takes them; nothing of one that became several."""
    found = (place.value[group] for group in place.groups)
    return [f"{float(each[0]):.6g}" if len(each) == 1 else "" for each in found]


def _written(value: Value) -> str:
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


def _part(
    kind: Literal["picture", "tokens", "series", "columns"],
    weights: np.ndarray,
    name: str,
    *,
    seen: View | None = None,
    step: int = 1,
    names: Sequence[str] = (),
    values: Sequence[str] = (),
) -> WhyPart:
    numbers = np.nan_to_num(np.asarray(weights, "<f4"))
    return WhyPart(
        name=name,
        kind=kind,
        view=seen,
        numbers=base64.b64encode(numbers.tobytes()).decode(),
        height=numbers.shape[0],
        width=numbers.shape[1],
        step=step,
        most=float(np.abs(numbers).max(initial=0)),
        names=list(names[:MOST_LINE]),
        values=list(values[:MOST_LINE]),
    )
