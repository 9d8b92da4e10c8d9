"""What a sample of somebody's own is made for: the data, or the drawing where there is no data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kerasviz.data.shapes import Shape
from kerasviz.data.tables import is_text
from kerasviz.insight.fittinginputs import inputs_of, takes_words
from kerasviz.insight.own.pixellayout import SOME, Pixels, pixels_in
from kerasviz.insight.samples import Samples, Taken
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

LARGEST = 255
"""Pixels are no larger: other numbers are those of words, or amounts."""


@dataclass(frozen=True)
class Own:
    """Takes what somebody made as the data has it before its preparation.

    Attributes:
        document: Keras JSON.
        samples: Those of the data; None where the document has none.
    """

    document: JSON
    samples: Samples | None

    def like(self, count: int = SOME) -> np.ndarray | None:
        """Some samples of the data, where it is one array."""
        if self.samples is None:
            return None
        arrays = list(self.samples.first(count).values())
        return arrays[0] if len(arrays) == 1 else None

    def shape(self) -> Shape | None:
        """Of a sample as it comes in; None where nobody knows, or it is several arrays."""
        like = self.like(1)
        if like is not None:
            return like.shape[1:]
        inputs = inputs_of(self.document)
        return inputs[0][1] if len(inputs) == 1 and self.samples is None else None

    def pixels(self) -> Pixels:
        """How a picture is an array here.

        Raises:
            RequestError: With code `no_picture`, where samples are no pictures.
        """
        found = self._pixels()
        if found is None:
            raise RequestError(
                "no_picture",
                text(
                    "The model takes no picture here, so it can be given none. Choose a sample of the data."
                ),
            )
        return found

    def takes_pictures(self) -> bool:
        """Whether a picture can be given."""
        return self._pixels() is not None

    def takes_texts(self) -> bool:
        """Whether a sample is one text."""
        if self.samples is None:
            return takes_words(self.document)
        like = self.like(1)
        return not self.samples.has_columns and like is not None and like.size == 1 and is_text(like)

    def take(self, array: np.ndarray) -> Taken:
        """Takes a sample, and prepares it as for training.

        Args:
            array: `(1, ...)`, as the data has them before the preparation.
        """
        if self.samples is None:
            return Taken({0: array})
        (key,) = self.samples.first(1)
        return Taken(self.samples.prepared({key: array}))

    def _pixels(self) -> Pixels | None:
        shape, like = self.shape(), self.like()
        others = takes_words(self.document) if self.samples is None else self.samples.has_columns
        if shape is None or others:
            return None
        if like is not None and (like.dtype.kind not in "buif" or np.abs(like).max(initial=0) > LARGEST):
            return None
        return pixels_in(shape, like)
