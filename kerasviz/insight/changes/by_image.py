"""An image."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.own import OwnInput
from kerasviz.insight.own.dataurl import picture_in

MODES = {1: "L", 3: "RGB", 4: "RGBA"}
"""What Pillow calls pictures with so many channels."""


def fits(own: OwnInput) -> bool:
    """Whether the model takes pictures."""
    return own.takes_pictures()


def change(picture: str, *, own: OwnInput) -> np.ndarray:
    """Takes an image of somebody, in the size and the range of the pictures of the data.

    Args:
        picture: A PNG or JPEG as a data URL.
        own: What it is made for.

    Raises:
        RequestError: With code `no_picture`, where it can't be read, or the model takes no pictures.
    """
    from PIL import Image

    pixels = own.pixels()
    image = picture_in(picture)
    if pixels.channels < 4 and image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image.convert("RGBA"))
    fitted = image.convert(MODES[pixels.channels]).resize(
        (pixels.width, pixels.height), Image.Resampling.BILINEAR
    )
    values = np.asarray(fitted, "float32") / 255
    return pixels.array(values.reshape(pixels.height, pixels.width, pixels.channels))
