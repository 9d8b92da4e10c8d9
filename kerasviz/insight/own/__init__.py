"""What a sample of somebody's own is made for: the data, or the drawing where there is no data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.data.preparation.rowblocks import Block
from kerasviz.data.randomdata import WORDS, WORDS_OF_TEXT
from kerasviz.data.shapes import only_folds
from kerasviz.data.tables import is_text
from kerasviz.insight.own.lookedup import looked_up
from kerasviz.insight.own.pixellayout import OPEN_SIDE, SOME, Pixels, in_shape, is_image, pixels_in
from kerasviz.insight.samples.drawnmodel import DrawnTensor, drawn_model
from kerasviz.insight.samples.sampleparts import Arrays
from kerasviz.insight.samples.samples import Samples, Taken, no_rows
from kerasviz.insight.samples.tablerows import Rows
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Sentence, text

LARGEST = 255
"""Pixels are no larger: other numbers are those of words, or amounts."""
SOME_NUMBERS = 10
"""Whole numbers that are drawn where nobody knows which the drawing takes."""
SMALL = 1 / 64
"""A scale that is no larger is for pixels up to 255: `1 / 255`, or `1 / 127.5` for numbers from -1 to 1."""


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
        is_of_bytes: Whether, where there is no data, the drawing takes pixels from 0 to 255.
        words: How many words the drawing knows, where its numbers stand for words; else None.
    """

    key: Any
    name: str
    base: np.ndarray
    like: np.ndarray | None
    drawn: DrawnTensor | None
    is_table: bool
    is_of_bytes: bool = False
    words: int | None = None

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
        if self.is_table or self.words is not None or self.base.dtype.kind not in "buif":
            return None
        shape, taken = self.shape, () if self.drawn is None else self.drawn.shape[1:]
        if is_image(taken) and only_folds(shape, taken):  # the data has the pixels one after the other
            found = pixels_in(tuple(length or 1 for length in taken), self._known)
            return None if found is None else in_shape(found, shape)
        if not is_image(shape) and self.like is not None and np.abs(self.like).max(initial=0) > LARGEST:
            return None
        return pixels_in(shape, self._known)

    @property
    def _known(self) -> np.ndarray | None:
        """Numbers in the range of those that the input takes; None where nobody knows them."""
        return np.array([0, LARGEST], "float32") if self.like is None and self.is_of_bytes else self.like


@dataclass(frozen=True)
class Own:
    """Takes what somebody made as the data has it before its preparation.

    Attributes:
        document: Keras JSON.
        samples: Those of the data; None where there are none.
        why_none: Why no sample of the data can be chosen; None where one can.
        new: Other samples, which were prepared as those; None where nothing new was predicted.
    """

    document: JSON
    samples: Samples | None
    why_none: Sentence | None = None
    new: Samples | None = None

    def random(self, seed: int = 0) -> Taken:
        """What is looked at where there is no data: random numbers or words, as each Input takes them.

        Args:
            seed: The same one gives the same sample.

        Raises:
            RequestError: With code `no_sample`, where the drawing does not say what it takes.
        """
        inputs = self.inputs(_nothing(drawn_model(self.document).inputs))
        if not inputs:
            raise RequestError(
                "no_sample",
                text("To look inside, choose data on the Train tab, or draw an Input with a shape."),
            )
        draw = np.random.default_rng(seed)
        return Taken({each.key: random_input(each, draw) for each in inputs})

    def first(self) -> Arrays:
        """The first sample that trains, before any step; zeros where there is no data."""
        return _nothing(drawn_model(self.document).inputs) if self.samples is None else self.samples.first(1)

    def raw_of(self, taken: Taken) -> Arrays:
        """A sample before any step."""
        return taken.raw if taken.raw is not None else taken.inputs

    def row_of(self, taken: Taken | None) -> tuple[Rows, Block]:
        """The row that a sample is, before any step and all changes; a typical one where there is none.

        Raises:
            RequestError: With code `no_row`, where samples are no rows.
        """
        root = None if taken is None else taken.root
        if root is not None and root.is_new and self.new is not None:
            return self.new.row("test", root.index or 0)
        if self.samples is None:
            raise no_rows()
        return self.samples.row(None if root is None else root.part, 0 if root is None else root.index or 0)

    def inputs(self, raw: Arrays) -> list[OwnInput]:
        """The inputs of a sample.

        Args:
            raw: Its arrays before any step.
        """
        drawn = drawn_model(self.document).inputs
        like: Arrays = {} if self.samples is None else self.samples.first(SOME)
        by_name = {tensor.name: tensor for tensor in drawn}
        fit = len(drawn) == len(raw)
        is_of_bytes = self.samples is None and scales_bytes(self.document)
        words = looked_up(self.document)
        found = []
        for at, (key, base) in enumerate(raw.items()):
            tensor = by_name.get(key) or (drawn[at] if fit else None)
            name = key if isinstance(key, str) else str(at) if tensor is None else tensor.name
            is_table = self.samples is not None and self.samples.has_columns
            known = None if tensor is None else words.get(tensor.name)
            found.append(OwnInput(key, name, base, like.get(key), tensor, is_table, is_of_bytes, known))
        return found

    def take(self, raw: Arrays, original: Taken | None) -> Taken:
        """Takes a sample, and prepares it as for training.

        Args:
            raw: Its arrays before any step.
            original: What it was before it was changed.
        """
        inputs = raw if self.samples is None else self.samples.prepared(raw)
        return Taken(inputs, original=original, raw=raw)


def random_input(own: OwnInput, draw: np.random.Generator) -> np.ndarray:
    """Random pixels, words, numbers of words, or else numbers of the normal distribution.

    Args:
        own: What they are made for.
        draw: Makes them.

    Returns:
        As `own.base`, `(1, ...)`.
    """
    if own.base.dtype.kind not in "buif":
        texts = [" ".join(words) for words in draw.choice(WORDS, (own.base.size, WORDS_OF_TEXT))]
        return np.array(texts, dtype=object).reshape(own.base.shape)
    if own.takes_pictures():
        pixels = own.pixels()
        return pixels.array(draw.random((pixels.height, pixels.width, pixels.channels)))
    kind = "" if own.drawn is None else own.drawn.dtype
    if own.words is not None or kind == "bool" or "int" in kind:
        end = 2 if kind == "bool" else own.words or SOME_NUMBERS
        return draw.integers(0, end, own.base.shape).astype(own.base.dtype)
    return draw.normal(size=own.base.shape).astype(own.base.dtype)


def scales_bytes(document: JSON) -> bool:
    """Whether a layer makes of numbers up to 255 small ones, as `Rescaling(1 / 255)` does, at any depth."""
    for layer in part_of(document, "config").get("layers", []):
        config = part_of(layer, "config")
        if layer.get("class_name") == "Rescaling":
            scale = config.get("scale")
            if isinstance(scale, (int, float)) and 0 < abs(scale) <= SMALL:
                return True
        elif scales_bytes(layer):
            return True
    return False


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
