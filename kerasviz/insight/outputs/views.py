"""What came out of a layer, as something to look at."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kerasviz.protocol.insight import View, ViewFacts, ViewKind, ViewOf

MOST_PICTURES = 12
"""Pictures on a card."""
SIDE = 40
"""Pixels of the longer side of a picture on a card."""
MOST_BARS = 64
FEW_CHANNELS = 4
"""So many values at each time are lines; more are a matrix."""
_COLOURS = (1, 3, 4)


MOST_WORDS, MOST_LETTERS = 64, 1000
"""Of texts, what is shown."""


def view(
    array: np.ndarray,
    *,
    is_picture: bool = False,
    channels_first: bool = False,
    of: ViewOf = "output",
    most: int = MOST_PICTURES,
    side: int = SIDE,
    bars: int = MOST_BARS,
) -> View:
    """Makes a view of one output for one sample.

    Args:
        array: The output without the axis of the samples.
        is_picture: Whether three channels are red, green and blue.
        channels_first: Whether the channels of pictures are the first axis.
        of: What is shown.
        most: Pictures that are shown; further ones are counted.
        side: Pixels of the longer side of a picture; larger ones are averaged.
        bars: Values of a line; of more the farthest from 0 are shown.

    Returns:
        The view. Its scale is that of all values that are shown; pictures in their colours have a scale of 0
        to 1, or to 255, where their values lie in it.
    """
    if array.dtype.kind in "OSU":
        return words_view([_word(value) for value in array.reshape(-1)[:MOST_WORDS]], array.shape)
    kind, pictures = pictures_of(array, is_picture=is_picture, channels_first=channels_first)
    return view_of(array, kind, len(pictures), reduced(pictures[:most], side, bars), of)


def view_of(array: np.ndarray, kind: ViewKind, total: int, shown: np.ndarray, of: ViewOf = "output") -> View:
    """Makes a view of the pictures of an output.

    Args:
        array: The output.
        kind: Of the pictures.
        total: How many there are.
        shown: Those that are shown, as small as they are shown.
        of: What they show.
    """
    low, high = _scale(shown, kind)
    values = np.nan_to_num(
        (shown.astype("float64") - low) * (255 / ((high - low) or 1)), nan=0.0, posinf=255.0, neginf=0.0
    )
    count, height, width, colours = shown.shape
    return View(
        of=of,
        shape=list(array.shape),
        dtype=str(array.dtype),
        kind=kind,
        values=base64.b64encode(np.clip(np.rint(values), 0, 255).astype("uint8").tobytes()).decode(),
        count=count,
        total=total,
        height=height,
        width=width,
        colours=colours,
        low=low,
        high=high,
        facts=facts_of(array),
        tokens=[],
    )


def words_view(words: Sequence[str], shape: Sequence[int]) -> View:
    """Makes a view of text, or of numbers that stand for words.

    Args:
        words: In their order.
        shape: Of the output.
    """
    nothing = facts_of(np.zeros(0))
    return View(
        of="output",
        shape=list(shape),
        dtype="string",
        kind="tokens",
        values="",
        count=0,
        total=len(words),
        height=0,
        width=0,
        colours=1,
        low=0.0,
        high=1.0,
        facts=nothing,
        tokens=list(words),
    )


def _word(value: Any) -> str:
    said = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return said[:MOST_LETTERS]


def facts_of(array: np.ndarray) -> ViewFacts:
    """Measures all values of an output, in one pass for each fact where all of them are finite.

    Sums of float32 are pairwise, which leaves six digits; where one overflows, they are those of float64.
    """
    values = np.asarray(array).ravel()
    if values.dtype.kind not in "f" or values.dtype.itemsize < 4:
        values = values.astype("float32")
    size = values.size
    zero = float(np.count_nonzero(values == 0)) / size if size else 0.0
    low, high = (float(values.min()), float(values.max())) if size else (math.nan, math.nan)
    if not (math.isfinite(low) and math.isfinite(high)):
        values = values[np.isfinite(values)]
        if not values.size:
            return ViewFacts(minimum=None, maximum=None, mean=None, deviation=None, zero=zero, odd=size)
        low, high = float(values.min()), float(values.max())
    with np.errstate(over="ignore"):
        mean, deviation = _mean_and_deviation(values)
    if not math.isfinite(deviation):
        mean, deviation = _mean_and_deviation(values.astype("float64"))
    return ViewFacts(
        minimum=low, maximum=high, mean=mean, deviation=deviation, zero=zero, odd=size - values.size
    )


def _mean_and_deviation(values: np.ndarray) -> tuple[float, float]:
    mean = values.mean()
    off = values - mean
    return float(mean), math.sqrt(float(np.dot(off, off)) / values.size)


def pictures_of(
    array: np.ndarray, *, is_picture: bool = False, channels_first: bool = False
) -> tuple[ViewKind, np.ndarray]:
    """Lays an output out as pictures `(count, height, width, colours)`, or lines and bars as rows of them."""
    values = np.asarray(array, "float32")
    if values.size <= 1:
        return "number", values.reshape(1, 1, -1, 1)
    if values.ndim == 1:
        return "bars", values.reshape(1, 1, -1, 1)
    if values.ndim == 2 and min(values.shape) <= FEW_CHANNELS:
        lines = values.T if values.shape[1] <= FEW_CHANNELS else values
        return "curves", lines.reshape(len(lines), 1, -1, 1)
    if values.ndim == 2:
        return "matrix", values.reshape(1, *values.shape, 1)
    if channels_first:
        values = np.moveaxis(values, 0, -1)
    if values.ndim > 3:  # the middle of a volume, or of a film
        for _ in range(values.ndim - 3):
            values = values[len(values) // 2]
    if is_picture and values.shape[-1] in _COLOURS:
        return "image", values[None, ..., : 3 if values.shape[-1] > 1 else 1]
    return "maps", np.moveaxis(values, -1, 0)[..., None]


def reduced(pictures: np.ndarray, side: int, bars: int = MOST_BARS) -> np.ndarray:
    """Makes pictures smaller by averaging what falls together, as `view` says."""
    height, width = pictures.shape[1:3]
    if height == 1:
        return pictures if width <= bars else _extremes(pictures, bars)
    by = math.ceil(max(height, width) / side)
    if by <= 1:
        return pictures
    rows, columns = -(-height // by), -(-width // by)
    padded = np.pad(
        pictures, ((0, 0), (0, rows * by - height), (0, columns * by - width), (0, 0)), mode="edge"
    )
    small: np.ndarray = padded.reshape(len(pictures), rows, by, columns, by, -1).mean(axis=(2, 4))
    return small


def _extremes(lines: np.ndarray, most: int) -> np.ndarray:
    """Of values that fall together the one that is farthest from 0, so that no peak is lost."""
    width = lines.shape[2]
    edges = np.linspace(0, width, most + 1).astype(int)[:-1]
    low = np.minimum.reduceat(lines, edges, axis=2)
    high = np.maximum.reduceat(lines, edges, axis=2)
    return np.where(np.abs(low) > np.abs(high), low, high)


def _scale(shown: np.ndarray, kind: ViewKind) -> tuple[float, float]:
    finite = shown[np.isfinite(shown)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if kind == "image" and low >= 0:
        return 0.0, 1.0 if high <= 1 else max(255.0, high)
    if kind in ("bars", "curves"):
        return min(0.0, low), max(0.0, high)  # bars stand on 0
    return low, high


def as_array(tensor: Any) -> np.ndarray:
    """One sample of an output, as numpy has it.

    Args:
        tensor: Of the backend; the samples are its first axis, and the first is taken.
    """
    import keras

    found: np.ndarray = keras.ops.convert_to_numpy(tensor)[0]
    return np.asarray(found)
