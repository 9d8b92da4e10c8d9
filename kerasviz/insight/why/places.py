"""Where the numbers of a sample are that an answer can be explained by: its pixels, words, columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import keras
import numpy as np

from kerasviz.insight.fittinginputs import inputs_of
from kerasviz.insight.own.pixellayout import Pixels, pixels_in
from kerasviz.insight.passage import Passed
from kerasviz.insight.views import as_array
from kerasviz.insight.vocabulary import words_of
from kerasviz.protocol import JSON

PlaceKind = Literal["picture", "tokens", "series", "columns", "volume"]
SMALLEST_FLAT = 8
"""Pixels of a side: fewer numbers in a row are columns, though they would make a square."""


@dataclass(frozen=True)
class Place:
    """One Input of the model, at the first call whose output is made of numbers that can change a little.

    Attributes:
        name: Of the Input.
        node: The call: the Input itself; of words the Embedding.
        kind: What its positions are.
        value: What comes out there for the sample, without the axis of the samples.
        pixels: How a picture lies in it.
        words: Of tokens, what each is; of columns, what each is called, where that is known.
        tokens: Of tokens, the call that their numbers come out of.
    """

    name: str
    node: str
    kind: PlaceKind
    value: np.ndarray
    pixels: Pixels | None = None
    words: tuple[str, ...] = ()
    tokens: str | None = None

    def laid_out(self, values: np.ndarray) -> np.ndarray:
        """Values of the shape of `value`, with the channels of pictures and tokens as the last axis."""
        if self.pixels is None:
            return values
        if self.pixels.is_first:
            return np.moveaxis(values, 0, -1)
        return values.reshape(self.pixels.height, self.pixels.width, self.pixels.channels)

    def back(self, laid_out: np.ndarray) -> np.ndarray:
        """The way back from `laid_out`."""
        if self.pixels is not None and self.pixels.is_first:
            return np.moveaxis(laid_out, -1, 0)
        return laid_out.reshape(self.value.shape)

    @property
    def has_channels(self) -> bool:
        """Whether several numbers belong to one position: the colours of a pixel, the vector of a word."""
        return self.kind in ("picture", "tokens", "volume")

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the positions."""
        return self.laid_out(self.value).shape[: -1 if self.has_channels else None]


def places_of(document: JSON, found: Mapping[str, Passed], *, of_table: bool) -> list[Place]:
    """Finds them.

    Args:
        document: Keras JSON.
        found: What comes out of each call for the sample.
        of_table: Whether the sample is a row of a table, so that numbers in a row are no pixels.
    """
    return [place for name, _ in inputs_of(document) for place in _of_input(name, found, of_table)]


def _of_input(name: str, found: Mapping[str, Passed], of_table: bool) -> Iterator[Place]:
    ends = list(dict.fromkeys(_first_floats(f"{name}:0", found)))
    learned = [node for node in ends if getattr(found[node].operation, "weights", None)]
    for node in learned or ends:  # beside an Embedding, masks are made of the numbers of words
        yield _place(name, node, found, of_table)


def _first_floats(node: str, found: Mapping[str, Passed]) -> Iterator[str]:
    passed = found.get(node, Passed())
    if not passed.outputs:
        return
    tensor = passed.outputs[0]
    users = [name for name, each in found.items() if any(tensor is given for given in each.inputs)]
    looked_up = any(isinstance(found[user].operation, keras.layers.Embedding) for user in users)
    if _is_float(tensor) and not looked_up:
        yield node
        return
    for user in users:
        yield from _first_floats(user, found)


def _is_float(tensor: Any) -> bool:
    return "float" in keras.backend.standardize_dtype(tensor.dtype)


def _place(name: str, node: str, found: Mapping[str, Passed], of_table: bool) -> Place:
    passed = found[node]
    value = as_array(passed.outputs[0])
    source = passed.inputs[0] if passed.inputs and passed.operation is not None else None
    if source is not None and len(source.shape) == 2 and value.ndim == 2 and source.shape[1] == len(value):
        maker = next(n for n, each in found.items() if any(source is out for out in each.outputs))
        return Place(name, node, "tokens", value, words=_words(found[maker], as_array(source)), tokens=maker)
    if value.ndim == 1 and source is not None and hasattr(passed.operation, "get_vocabulary"):
        return Place(name, node, "columns", value, words=tuple(map(str, passed.operation.get_vocabulary())))
    flat = value.ndim == 1 and (of_table or len(value) < SMALLEST_FLAT**2)
    pixels = None if flat or source is not None else pixels_in(value.shape)
    if pixels is not None:
        return Place(name, node, "picture", value, pixels)
    if value.ndim < 2:
        return Place(name, node, "columns", value.reshape(-1) if value.ndim == 0 else value)
    return Place(name, node, "series" if value.ndim == 2 else "volume", value)


def _words(maker: Passed, numbers: np.ndarray) -> tuple[str, ...]:
    known = words_of(maker.operation, numbers)
    return tuple(map(str, numbers.tolist()) if known is None else known)


def all_kinds(places: Sequence[Place]) -> set[PlaceKind]:
    """The kinds of some places."""
    return {place.kind for place in places}
