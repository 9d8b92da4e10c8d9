"""By drawing on it."""

from __future__ import annotations

import dataclasses

import numpy as np

from kerasviz.insight.own import OwnInput
from kerasviz.insight.own.dataurl import picture_in
from kerasviz.insight.own.pixellayout import Pixels


def fits(own: OwnInput) -> bool:
    """Whether the input is a picture."""
    return own.takes_pictures()


def change(picture: str, *, own: OwnInput) -> np.ndarray:
    """Draws on the picture as it was; pixels without ink keep their values.

    Args:
        picture: Ink on nothing, as a data URL: where it is transparent, the picture stays.
        own: The picture.

    Raises:
        RequestError: With code `no_picture`, where it can't be read, or the input is no picture.
    """
    from PIL import Image

    pixels = own.pixels()
    drawn = picture_in(picture).convert("RGBA").resize((pixels.width, pixels.height), Image.Resampling.BOX)
    values = np.asarray(drawn, "float32") / 255
    colour, share = values[..., :3], values[..., 3:].repeat(pixels.channels, axis=2)
    ink = pixels.array(_in_channels(colour, pixels))
    there = dataclasses.replace(pixels, low=0.0, high=1.0).array(share)
    base = own.base.reshape(ink.shape)
    result = base + (ink - base) * there
    rounded = np.rint(result) if base.dtype.kind in "iu" else result
    return np.asarray(rounded, base.dtype)


def _in_channels(colour: np.ndarray, pixels: Pixels) -> np.ndarray:
    if pixels.channels == 1:
        return np.asarray(colour.mean(axis=2, keepdims=True))
    opaque = np.ones((*colour.shape[:2], 1), "float32")
    found: np.ndarray = colour if pixels.channels == 3 else np.concatenate([colour, opaque], axis=2)
    return found
