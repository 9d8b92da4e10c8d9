"""By drawing it."""

from __future__ import annotations

from kerasviz.insight.own import Own
from kerasviz.insight.own.dataurl import picture_in
from kerasviz.insight.own.handwriting import Hand, hand_in, written
from kerasviz.insight.own.pixellayout import Pixels
from kerasviz.insight.samples import Taken


def fits(own: Own) -> bool:
    """Whether the model takes pictures."""
    return own.takes_pictures()


def choose(picture: str, *, own: Own) -> Taken:
    """Takes what somebody drew, in the size, the place and the range of the pictures of the data.

    Args:
        picture: White ink on black, as a data URL.
        own: What it is made for.

    Raises:
        RequestError: With code `no_picture`, where it can't be read, or the model takes no pictures.
    """
    pixels = own.pixels()
    page = written(picture_in(picture), pixels.height, pixels.width, _hand(own, pixels))
    return own.take(pixels.array(page[..., None].repeat(pixels.channels, axis=2)))


def _hand(own: Own, pixels: Pixels) -> Hand:
    like = own.like()
    return Hand() if like is None else hand_in(pixels.values(like).mean(axis=3))
