"""Brings a drawing to the size and the place that drawings have in the data, as MNIST was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

INK = 0.2
"""What is at least so much of the way from the background to the ink counts as drawn."""


@dataclass(frozen=True)
class Hand:
    """How people have drawn in the data.

    Attributes:
        extent: The longer side of what is drawn, as a share of the shorter side of the picture.
        is_dark: Whether the ink is darker than the paper.
    """

    extent: float = 20 / 28
    is_dark: bool = False


def hand_in(pictures: np.ndarray) -> Hand:
    """Finds out how people have drawn.

    Args:
        pictures: `(samples, height, width)`, from 0 to 1.
    """
    edges = (pictures[:, 0], pictures[:, -1], pictures[:, :, 0], pictures[:, :, -1])
    is_dark = bool(np.median(np.concatenate([edge.reshape(-1) for edge in edges])) > 0.5)
    boxes = [_box(1 - picture if is_dark else picture) for picture in pictures]
    sides = [max(box[1] - box[0], box[3] - box[2]) for box in boxes if box is not None]
    if not sides:
        return Hand(is_dark=is_dark)
    return Hand(min(1.0, float(np.median(sides)) / min(pictures.shape[1:])), is_dark)


def written(drawing: Image, height: int, width: int, hand: Hand) -> np.ndarray:
    """Makes a picture of a drawing: its box gets the size that they have, its mass comes to the middle.

    Args:
        drawing: White ink on black.
        height: Rows of the picture.
        width: Pixels of a row.
        hand: How people have drawn.

    Returns:
        `(height, width)`, from 0 to 1.
    """
    from PIL import Image

    ink = np.asarray(drawing.convert("L"), "float32") / 255
    page = np.zeros((height, width), "float32")
    box = _box(ink)
    if box is not None:
        top, bottom, left, right = box
        inside = drawing.convert("L").crop((left, top, right, bottom))
        scale = hand.extent * min(height, width) / max(inside.size)
        size = (max(1, round(inside.width * scale)), max(1, round(inside.height * scale)))
        small = np.asarray(inside.resize(size, Image.Resampling.BOX), "float32") / 255
        y, x = (_start(small.sum(axis=1 - axis), page.shape[axis]) for axis in (0, 1))
        page[y : y + small.shape[0], x : x + small.shape[1]] = small
    return 1 - page if hand.is_dark else page


def _start(mass: np.ndarray, room: int) -> int:
    """Where something begins in a row so that its mass is in the middle, and all of it inside."""
    middle = float((mass * (np.arange(len(mass)) + 0.5)).sum() / (mass.sum() or 1))
    return int(np.clip(round(room / 2 - middle), 0, room - len(mass)))


def _box(ink: np.ndarray) -> tuple[int, int, int, int] | None:
    """Top, bottom, left and right of what is drawn; None where nothing is."""
    drawn = ink > INK
    rows, columns = np.flatnonzero(drawn.any(axis=1)), np.flatnonzero(drawn.any(axis=0))
    if not len(rows):
        return None
    return int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
