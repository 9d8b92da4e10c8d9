"""What a batch looks like: its arrays, or arrays of the shapes that it is said to have."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from types import GeneratorType
from typing import Any

import numpy as np

from kerasviz.backend import pipelines
from kerasviz.data.streams.batchkinds import is_py_dataset
from kerasviz.data.streams.begunagain import as_arrays
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


def first_element(batches: Any, name: str) -> tuple[Element | None, Any]:
    """Looks at the first batch, or at what is said of all of them.

    Args:
        batches: What gives batches.
        name: What a person calls it.

    Returns:
        The batch, None where its shapes can't be told; and what gives the batches, this one included.

    Raises:
        RequestError: With code `no_data`, where there is no batch, or one is no inputs with targets.
    """
    if pipelines.is_pipeline(batches):
        told = pipelines.element_of(batches, _zeros)
        return (None if told is None else _parts(told, name, is_real=False)), batches
    if type(batches) is GeneratorType:
        first = next(batches, None)
        if first is None:
            raise _empty(name)
        return _parts(first, name, is_real=True), _resumed(first, batches)
    if is_py_dataset(batches):
        if batches.num_batches == 0:
            raise _empty(name)
        return _parts(batches[0], name, is_real=True), batches
    return _parts(pipelines.first_of_loader(batches), name, is_real=True), batches


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
