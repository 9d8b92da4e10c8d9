"""What a sample of somebody's own is made for: the data, or the drawing where there is no data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.data.tables import is_text
from kerasviz.insight.own.pixellayout import OPEN_SIDE, SOME, Pixels, pixels_in
from kerasviz.insight.samples.drawnmodel import DrawnTensor, drawn_model
from kerasviz.insight.samples.sampleparts import Arrays
from kerasviz.insight.samples.samples import Samples, Taken
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

LARGEST = 255
"""Pixels are no larger: other numbers are those of words, or amounts."""


@dataclass(frozen=True)
class OwnInput:
    """One input of a sample.

    Attributes:
        key: Of the data, or its position.
        name: What a person calls it.
        base: The array as it was, `(1, ...)`, before any step of the preparation.
        like: Some samples of the data, as the data has them; None where it has none.
        drawn: The Input of the drawing that takes it; None where nobody knows.
        is_table: Whether its numbers are those of columns, and no pixels.
    """

    key: Any
    name: str
    base: np.ndarray
    like: np.ndarray | None
    drawn: DrawnTensor | None
    is_table: bool

    @property
    def shape(self) -> tuple[int, ...]:
        """Of a sample as it comes in."""
        return self.base.shape[1:]

    def pixels(self) -> Pixels:
        """How a picture is an array here.

        Raises:
            RequestError: With code `no_picture`, where samples are no pictures.
        """
        found = self._pixels()
        if found is None:
            raise RequestError(
                "no_picture",
                text("This model does not take images. Choose a sample from the data."),
            )
        return found

    def takes_pictures(self) -> bool:
        """Whether a picture can be given."""
        return self._pixels() is not None

    def takes_texts(self) -> bool:
        """Whether it is one text."""
        return not self.is_table and self.base.size == 1 and is_text(self.base)

    def _pixels(self) -> Pixels | None:
        if self.is_table or self.base.dtype.kind not in "buif":
            return None
        if self.like is not None and np.abs(self.like).max(initial=0) > LARGEST:
            return None
        return pixels_in(self.shape, self.like)


@dataclass(frozen=True)
class Own:
    """Takes what somebody made as the data has it before its preparation.

    Attributes:
        document: Keras JSON.
        samples: Those of the data; None where the document has none.
    """

    document: JSON
    samples: Samples | None

    def first(self) -> Arrays:
        """The first sample that trains, before any step; zeros where there is no data."""
        return _nothing(drawn_model(self.document).inputs) if self.samples is None else self.samples.first(1)

    def raw_of(self, taken: Taken) -> Arrays:
        """A sample before any step."""
        return taken.raw if taken.raw is not None else taken.inputs

    def inputs(self, raw: Arrays) -> list[OwnInput]:
        """The inputs of a sample.

        Args:
            raw: Its arrays before any step.
        """
        drawn = drawn_model(self.document).inputs
        like: Arrays = {} if self.samples is None else self.samples.first(SOME)
        by_name = {tensor.name: tensor for tensor in drawn}
        fit = len(drawn) == len(raw)
        found = []
        for at, (key, base) in enumerate(raw.items()):
            tensor = by_name.get(key) or (drawn[at] if fit else None)
            name = key if isinstance(key, str) else str(at) if tensor is None else tensor.name
            is_table = self.samples is not None and self.samples.has_columns
            found.append(OwnInput(key, name, base, like.get(key), tensor, is_table))
        return found

    def take(self, raw: Arrays, original: Taken | None) -> Taken:
        """Takes a sample, and prepares it as for training.

        Args:
            raw: Its arrays before any step.
            original: What it was before it was changed.
        """
        inputs = raw if self.samples is None else self.samples.prepared(raw)
        return Taken(inputs, original=original, raw=raw)


def _nothing(inputs: list[DrawnTensor]) -> Arrays:
    """A sample of zeros for each Input of a drawing, or an empty text."""
    return {
        at: np.full((1, *(length or 1 for length in tensor.shape[1:])), "", dtype=object)
        if tensor.dtype == "string"
        else np.zeros((1, *_lengths(tensor)), "float32")
        for at, tensor in enumerate(inputs)
    }


def _lengths(tensor: DrawnTensor) -> list[int]:
    return [length or OPEN_SIDE for length in tensor.shape[1:]]
