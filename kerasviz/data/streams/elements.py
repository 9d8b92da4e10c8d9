"""What a batch looks like: its arrays, or arrays of the shapes that it is said to have."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from types import GeneratorType
from typing import Any

import keras
import numpy as np

from kerasviz.backend import pipelines
from kerasviz.data.streams.batchkinds import is_py_dataset
from kerasviz.data.streams.begunagain import as_arrays
from kerasviz.data.streams.changes import leaves
from kerasviz.data.streams.cutshort import Take, at_once
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

SHOWN = 2
"""Samples of a made-up batch."""


@dataclass(frozen=True)
class Element:
    """A batch, or a sample where nobody made batches.

    Attributes:
        x: Array, or a list or dict of arrays.
        y: Array, or a list or dict of arrays; None where there are only inputs.
        sample_weight: As `y`, or None.
        is_real: Whether its values are those of a batch; else they are zeros.
    """

    x: Any
    y: Any
    sample_weight: Any
    is_real: bool


def first_element(batches: Any, name: str, take: Take = at_once) -> tuple[Element | None, Any]:
    """Looks at the first batch, or at what is said of all of them.

    Args:
        batches: What gives batches.
        name: What a person calls it.
        take: How a batch is taken.

    Returns:
        The batch, None where its shapes can't be told; and what gives the batches, this one included.

    Raises:
        RequestError: With code `no_data`, where there is no batch, or one is no inputs with targets.
    """
    if pipelines.is_pipeline(batches):
        told = pipelines.element_of(batches, _zeros)
        return (None if told is None else _parts(told, name, is_real=False)), batches
    if type(batches) is GeneratorType:
        if batches.gi_running:
            raise RequestError(
                "no_data",
                text(
                    "{name} is still making a batch, of a run that was stopped or in a cell. Run the cell "
                    "that makes it again.",
                    name=name,
                ),
            )
        first = take(lambda: next(batches, None))
        if first is None:
            raise _empty(name)
        return _parts(first, name, is_real=True), _resumed(first, batches)
    if is_py_dataset(batches):
        if batches.num_batches == 0:
            raise _empty(name)
        return _parts(take(lambda: batches[0]), name, is_real=True), batches
    return _parts(take(lambda: pipelines.first_of_loader(batches)), name, is_real=True), batches


def whole_batch(batch: Any, name: str) -> Element:
    """A batch with its values; a sample that nobody made a batch of is a batch of one.

    Raises:
        RequestError: With code `no_data`, where it is no inputs with targets, or its rows differ in length.
    """
    try:
        element = _parts(batch, name, is_real=True)
    except ValueError:  # of TensorFlow, that has no array of a ragged tensor
        element = None
    if element is None or any(map(_is_ragged, _arrays(element))):
        raise RequestError(
            "no_data",
            text(
                "The samples of a batch of {name} differ in length. Fill them up where it is made, for "
                "example with padded_batch or to_tensor.",
                name=name,
            ),
        )
    if all(part.ndim for part in _arrays(element)):
        return element
    x, y, weight = keras.tree.map_structure(
        lambda part: None if part is None else part[None], (element.x, element.y, element.sample_weight)
    )
    return Element(x, y, weight, is_real=True)


def _is_ragged(array: Any) -> bool:
    return array.dtype == object and not all(isinstance(each, (bytes, str)) for each in array.flat)


def _arrays(element: Element) -> list[Any]:
    return [part for part in leaves([element.x, element.y, element.sample_weight]) if part is not None]


def _resumed(first: Any, rest: Any) -> Any:
    yield from itertools.chain([first], rest)


def _zeros(shape: tuple[int | None, ...], dtype: str) -> Any:
    """An array whose length is 0 where nobody knows it, which stands for any length."""
    return np.zeros([length or 0 for length in shape], dtype)


def _parts(element: Any, name: str, *, is_real: bool) -> Element:
    if not isinstance(element, tuple):
        element = (element,)
    if len(element) > 3 or not element:
        raise RequestError(
            "no_data",
            text(
                "Expected batches of inputs and targets, perhaps with sample weights, in {name}. Received: "
                "{count} parts. Give each batch as (x, y) or (x, y, sample_weight), where x and y may be "
                "dicts.",
                name=name,
                count=len(element),
            ),
        )
    x, y, weight = (*map(as_arrays, element), None, None)[:3]
    return Element(x, y, weight, is_real)


def _empty(name: str) -> RequestError:
    return RequestError(
        "no_data",
        text("{name} gives no batches. Run the cell that makes it again, or choose another.", name=name),
    )
