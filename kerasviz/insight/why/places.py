"""Where the numbers of a sample are that an answer can be explained by: its pixels, words, columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any, Literal

import keras
import numpy as np

from kerasviz.insight.outputs.views import as_array
from kerasviz.insight.outputs.vocabulary import vocabulary_in
from kerasviz.insight.own.pixellayout import Pixels, pixels_in
from kerasviz.insight.passage.fittinginputs import inputs_of
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.samples.samples import Samples
from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.inputwords import vocabulary_of
from kerasviz.protocol import RequestError

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
        words: The words of a text; what columns are called.
        widths: How many numbers each column became.
        is_alone: Whether the Input has no other place.
    """

    name: str
    node: str
    kind: PlaceKind
    value: np.ndarray
    pixels: Pixels | None = None
    words: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    is_alone: bool = True

    @property
    def title(self) -> str:
        """What it is called, for people: by its Input, and by its layer where that Input goes to several."""
        return self.name if self.is_alone else f"{self.name} · {self.node.rpartition(':')[0]}"

    @property
    def is_input(self) -> bool:
        """Whether it is the Input itself."""
        return self.node == f"{self.name}:0"

    @cached_property
    def groups(self) -> list[slice]:
        """The numbers of each column."""
        return [slice(*each) for each in pairwise([0, *accumulate(self.widths)])]

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

    def added_up(self, values: np.ndarray) -> np.ndarray:
        """For each position the sum of its channels, or of what a column became."""
        laid = self.laid_out(values)
        if self.kind == "columns":
            return np.array([laid[group].sum() for group in self.groups])
        return np.asarray(laid.sum(axis=-1)) if self.has_channels else laid

    @property
    def has_channels(self) -> bool:
        """Whether several numbers belong to one position: the colours of a pixel, the vector of a word."""
        return self.kind in ("picture", "tokens", "volume")

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the positions."""
        if self.kind == "columns":
            return (len(self.widths),)
        return self.laid_out(self.value).shape[: -1 if self.has_channels else None]


def places_of(explained: Explained) -> list[Place]:
    """Finds those of a sample."""
    names = [name for name, _ in inputs_of(explained.document)]
    each = [list(_of_input(names, at, explained)) for at in range(len(names))]
    return [replace(place, is_alone=len(places) == 1) for places in each for place in places]


def _of_input(names: Sequence[str], at: int, explained: Explained) -> Iterator[Place]:
    name, samples, found = names[at], explained.samples, explained.found
    ends = list(dict.fromkeys(_slopes(f"{name}:0", explained, set())))
    # masks are made of the numbers of words, too, and go to layers behind the Embedding
    behind = {node for end in ends for node in explained.behind(end)}
    ends = [node for node in ends if node not in behind]
    learned = [node for node in ends if getattr(found[node].operation, "weights", None)]
    for node in learned or ends:
        numbers = _looked_up(found[node])
        if numbers is None:
            yield _place(name, node, found[node], samples, is_alone=len(names) == 1)
            continue
        words = _words_in(numbers, found) or vocabulary_of(samples, name, at, len(names))
        tokens = tuple(_word(number, words) for number in as_array(numbers).tolist())
        yield Place(name, node, "tokens", as_array(found[node].outputs[0]), words=tokens)


def _slopes(node: str, explained: Explained, seen: set[str]) -> Iterator[str]:
    """The first calls on the way from an Input whose numbers the answer changes with a little."""
    passed = explained.found.get(node, Passed())
    is_new = node not in seen  # the Input of a model inside gives the very tensor that it got
    seen.add(node)
    if not is_new or not passed.outputs or any(passed.outputs[0] is output for output in explained.outputs):
        return
    tensor = passed.outputs[0]
    if _is_number(tensor) and _has_slope(node, as_array(tensor), explained):
        yield node
        return
    for user, each in explained.found.items():
        if any(tensor is given for given in each.inputs):
            yield from _slopes(user, explained, seen)


def _is_number(tensor: Any) -> bool:
    return keras.backend.standardize_dtype(tensor.dtype) not in ("string", "bool")


def _has_slope(node: str, value: np.ndarray, explained: Explained) -> bool:
    """Whether it does: of whole numbers in a row, which may be those of words or classes, it is tried."""
    if value.ndim > 1 or not np.array_equal(value, np.rint(value)):
        return True
    try:
        slope = explained.gradients({node: value.astype("float32")[None]}, score=True)[node]
    except RequestError:  # what is looked up must be whole
        return False
    return slope is not None and (keras.backend.backend() != "jax" or bool(slope.any()))


def _looked_up(passed: Passed) -> Any:
    """The numbers of words, `(1, words)`, where vectors for them come out of a call."""
    if not passed.inputs or passed.operation is None:
        return None
    numbers, found = passed.inputs[0], passed.outputs[0]
    is_of_words = len(numbers.shape) == 2 and len(found.shape) == 3 and numbers.shape[1] == found.shape[1]
    return numbers if is_of_words else None


def _words_in(numbers: Any, found: Mapping[str, Passed]) -> Sequence[str] | None:
    """The vocabulary of the layer that gave numbers."""
    maker = next(each for each in found.values() if any(numbers is tensor for tensor in each.outputs))
    return vocabulary_in(maker.operation)


def _word(number: float, words: Sequence[str] | None) -> str:
    at = int(number)
    return str(words[at]) if words is not None and 0 <= at < len(words) else str(at)


def _place(name: str, node: str, passed: Passed, samples: Samples | None, *, is_alone: bool) -> Place:
    value = as_array(passed.outputs[0]).astype("float32")
    is_input = passed.operation is None
    if value.ndim < 2:
        flat = value.reshape(-1)
        columns = _columns(name, passed, flat, samples, is_input=is_input, is_alone=is_alone)
        if columns is not None:
            return Place(name, node, "columns", flat, words=columns[0], widths=columns[1])
    pixels = pixels_in(value.shape) if is_input else None
    if pixels is not None:
        return Place(name, node, "picture", value, pixels)
    if value.ndim < 2:
        words = tuple(f"{name}[{i}]" for i in range(value.size))
        return Place(name, node, "columns", value.reshape(-1), words=words, widths=(1,) * value.size)
    return Place(name, node, "series" if value.ndim == 2 else "volume", value)


def _columns(
    name: str, passed: Passed, value: np.ndarray, samples: Samples | None, *, is_input: bool, is_alone: bool
) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
    """The columns that numbers in a row are, and how many each has; None where they may be pixels."""
    known = getattr(passed.operation, "get_vocabulary", None)
    if known is not None and isinstance(passed.operation, keras.layers.TextVectorization):
        words = tuple(map(str, known()))
        return (words, (1,) * len(words)) if len(words) == len(value) else ((name,), (len(value),))
    if not is_input or len(value) == 1:
        return (name,), (len(value),)
    rows = None if samples is None else samples.rows
    for place in () if rows is None else rows.places:
        if place.layer == name or place.key == name or (place.key is None and is_alone):
            widths = tuple(rows.widths[column] for column in place.columns) if rows is not None else ()
            if sum(widths) == len(value):
                return place.columns, widths
    if len(value) < SMALLEST_FLAT**2 or (samples is not None and samples.has_columns):
        return tuple(f"{name}[{i}]" for i in range(len(value))), (1,) * len(value)
    return None
