"""Small pictures of arrays, for people to look at."""

from __future__ import annotations

import base64
import io
from typing import Any

import numpy as np

from kerasviz.protocol.preview import PreviewSample

SIDE = 96
"""Pixels of a picture's longer side, at most."""
EACH = 6
"""Pictures of a class."""
MOST = 60
"""Pictures at all."""
_SMALLEST = 8


def are_pictures(array: Any) -> bool:
    """Whether samples look like pictures: as high and wide as one, with the channels of one."""
    shape, kind = array.shape[1:], array.dtype.kind
    if kind not in "buif" or len(shape) not in (2, 3) or min(shape[:2]) < _SMALLEST:
        return False
    return shape[2] in (1, 3, 4) if len(shape) == 3 else shape[0] == shape[1] or array.dtype == np.uint8


def gallery(array: Any, labels: list[str] | None) -> list[PreviewSample]:
    """Pictures of some samples: of each class as many, as far as there are so many.

    Args:
        array: Pictures, `(samples, height, width)` or with channels behind.
        labels: The class of each; None where they have none.
    """
    if labels is None:
        chosen = list(range(min(len(array), MOST)))
    else:
        by_class: dict[str, list[int]] = {}
        for at, label in enumerate(labels):
            by_class.setdefault(label, []).append(at)
        each = max(1, min(EACH, MOST // max(1, len(by_class))))
        chosen = [at for label in sorted(by_class) for at in by_class[label][:each]][:MOST]
    low, high = _range(array[np.array(chosen, dtype=int)]) if chosen else (0.0, 1.0)
    return [
        PreviewSample(
            values=[],
            label=None if labels is None else labels[at],
            file=None,
            picture=png(array[at], low, high),
            text=None,
        )
        for at in chosen
    ]


def png(pixels: Any, low: float, high: float) -> str:
    """A picture as the address of its data.

    Args:
        pixels: `(height, width)` or `(height, width, channels)`.
        low: The value that is black.
        high: The value that is white.
    """
    from PIL import Image

    scaled = (np.nan_to_num(np.asarray(pixels, "float32"), nan=low) - low) * (255 / ((high - low) or 1))
    values = np.clip(scaled, 0, 255).astype("uint8")
    image = Image.fromarray(values[..., 0] if values.ndim == 3 and values.shape[2] == 1 else values)
    image.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def _range(pictures: Any) -> tuple[float, float]:
    """What is black and what is white: 0 and 255, or 0 and 1, or the lowest and highest value."""
    finite = pictures[np.isfinite(pictures)] if pictures.dtype.kind == "f" else pictures
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    return (0.0, 255.0) if low >= 0 and high <= 255 else (low, high)
