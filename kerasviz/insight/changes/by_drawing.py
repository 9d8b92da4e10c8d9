"""By drawing it."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.own import OwnInput
from kerasviz.insight.own.dataurl import picture_in
from kerasviz.insight.own.handwriting import Hand, hand_in, written
from kerasviz.insight.own.pixellayout import Pixels


def fits(own: OwnInput) -> bool:
    """Whether the model takes pictures."""
    return own.takes_pictures()


def change(picture: str, *, own: OwnInput) -> np.ndarray:
    """Takes what somebody drew, in the size, the place and the range of the pictures of the data.

    Args:
        picture: White ink on black, as a data URL.
        own: What it is made for.

    Raises:
        RequestError: With code `no_picture`, where it can't be read, or the model takes no pictures.
    """
    pixels = own.pixels()
    page = written(picture_in(picture), pixels.height, pixels.width, _hand(own, pixels))
    values = page[..., None].repeat(pixels.channels, axis=2)
    values[..., 3:] = 1  # nothing of a drawing is transparent
    return pixels.array(values)


def _hand(own: OwnInput, pixels: Pixels) -> Hand:
    return Hand() if own.like is None else hand_in(pixels.values(own.like)[..., :3].mean(axis=3))
