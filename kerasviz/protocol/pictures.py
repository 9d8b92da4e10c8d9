"""What the messages say about pictures as code."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from kerasviz.protocol.insight import At
from kerasviz.protocol.owned import ChosenJSON
from kerasviz.protocol.results import SliceOf


class PictureCodePayload(TypedDict):
    """Asks for the Python that gives the numbers of a picture and draws it."""

    document: str
    """Keras JSON."""
    picture: ChosenJSON
    """Which one, and what it shows."""
    output: NotRequired[int]
    """Of a result, which output of the model; the first one where it is not said."""
    slice: NotRequired[SliceOf | None]
    """Of a result, the samples that it is of; null for all."""
    at: NotRequired[At | None]
    """Whose weights count; null for the model as it is now."""


class PictureCode(TypedDict):
    """Runs in a notebook on the same kernel, beside the document."""

    code: str
