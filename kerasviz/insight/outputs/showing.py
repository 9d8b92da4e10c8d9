"""What is shown of a call: a little on its card, or all of it."""

from __future__ import annotations

import base64
import math
from typing import Any

import numpy as np

from kerasviz.backend.isolation import aside
from kerasviz.insight.formulas import formula_of
from kerasviz.insight.outputs.views import as_array, facts_of, pictures_of, reduced, view, view_of, words_view
from kerasviz.insight.outputs.vocabulary import words_of
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.samples.samplewords import Words, words_along, words_at
from kerasviz.protocol.insight import LargeView, View, ViewFacts, ViewOf
from kerasviz.protocol.text import Text

MOST_LARGE = 256
"""Pictures of a large view, and channels of its table."""
MOST_VALUES = 500_000
"""Values of a large view: each takes 5 bytes, which base64 makes 6.7."""
MOST_LARGE_BARS = 2048


def views_of(passed: Passed, *, is_picture: bool, words: Words = ()) -> list[View]:
    """What the card of a call shows: its outputs, and where it looked. It is made once.

    Args:
        passed: The call.
        is_picture: Whether three channels that come out of an Input are red, green and blue.
        words: Those that numbers of the sample stand for.
    """
    if not passed.views:
        for tensor in passed.outputs:
            array = as_array(tensor)
            said = _words(passed, array, words)
            passed.views.append(
                view(array, **_layout(passed, is_picture)) if said is None else words_view(said, array.shape)
            )
        if passed.attention is not None:
            passed.views.append(_attending(passed, words))
    return passed.views


def large_views(
    passed: Passed, tensor: int, *, is_picture: bool, words: Words = ()
) -> tuple[list[LargeView], Text | None]:
    """All of one output of a call, with its numbers, and how it was computed.

    Args:
        passed: The call.
        tensor: Which output.
        is_picture: As in `views_of`.
        words: As in `views_of`.
    """
    array = as_array(passed.outputs[tensor])
    said = _words(passed, array, words)
    if said is not None:
        return [_of_words(said, array)], None
    views = [_large(array, **_layout(passed, is_picture))]
    if passed.attention is not None:
        scores = as_array(passed.attention)
        large = _large(scores, of="attention", channels_first=True)
        views.append({**large, "view": _with_words(large["view"], passed, words)})
    return views, aside(lambda: formula_of(passed))


def _words(passed: Passed, array: np.ndarray, words: Words) -> list[str] | None:
    """The words of an output, where it is text, or numbers that stand for words."""
    said = words_of(passed.operation, array)
    return words_at(words, array) if said is None and passed.operation is None else said


def _attending(passed: Passed, words: Words) -> View:
    scores = as_array(passed.attention)
    return _with_words(view(scores, of="attention", channels_first=True), passed, words)


def _with_words(shown: View, passed: Passed, words: Words) -> View:
    """Adds the words along both axes: as many words tell which they are; self-attention has one sequence."""
    queries, keys = shown["shape"][-2:]
    tokens = words_along(words, keys)
    is_self = len(passed.inputs) < 2 or passed.inputs[0] is passed.inputs[1]
    if queries != keys:
        return {**shown, "tokens": tokens, "query_tokens": words_along(words, queries)}
    return {**shown, "tokens": tokens, "query_tokens": tokens if is_self else []}


def _layout(passed: Passed, is_picture: bool) -> dict[str, Any]:
    first = getattr(passed.operation, "data_format", None) == "channels_first"
    return {"is_picture": is_picture and passed.operation is None, "channels_first": first}


def _of_words(words: list[str], array: np.ndarray) -> LargeView:
    return LargeView(view=words_view(words, array.shape), numbers="", step=1, channels=[])


def _large(
    array: np.ndarray, *, is_picture: bool = False, channels_first: bool = False, of: ViewOf = "output"
) -> LargeView:
    kind, pictures = pictures_of(array, is_picture=is_picture, channels_first=channels_first)
    total, shown = len(pictures), pictures[:MOST_LARGE]
    count, height, width, colours = shown.shape
    step = 1
    while count * math.ceil(height / step) * math.ceil(width / step) * colours > MOST_VALUES:
        step += 1
    bars = min(MOST_LARGE_BARS, MOST_VALUES // count)
    shown = reduced(shown, math.ceil(max(height, width) / step), bars)
    channels = _channels(array, channels_first) if kind in ("image", "maps", "matrix", "curves") else []
    return LargeView(
        view=view_of(array, kind, total, shown, of),
        numbers=base64.b64encode(shown.astype("<f4").tobytes()).decode(),
        step=math.ceil(width / shown.shape[2]),
        channels=channels,
    )


def _channels(array: np.ndarray, channels_first: bool) -> list[ViewFacts]:
    by_channel = array if channels_first and array.ndim > 2 else np.moveaxis(array, -1, 0)
    return [facts_of(channel) for channel in by_channel[:MOST_LARGE]]
