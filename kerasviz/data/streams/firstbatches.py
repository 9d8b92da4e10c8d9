"""The samples of the first batches, to be looked at."""

from __future__ import annotations

import dataclasses
import time
from itertools import islice
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, GoOn, Stream
from kerasviz.data.streams.begunagain import begun_again
from kerasviz.protocol.text import text

MOST_BATCHES, _SECONDS, _BYTES = 50, 5.0, 64 * 2**20
"""What is taken, at most."""


def first_batches(stream: Stream, go_on: GoOn) -> Data | None:
    """The samples of the first batches as arrays.

    Args:
        stream: Batches; of those that can be gone through but once none is taken.
        go_on: Told how far it is.

    Returns:
        At most 50 batches, 64 MB, and what can be read in 5 seconds; None where there are none, or they are
        no arrays of one number of axes.
    """
    from kerasviz.data.streams.elements import whole_batch  # needs Keras, which files do not

    pairs: list[tuple[Any, Any]] = []
    size, until = 0, time.monotonic() + _SECONDS
    for batch in islice(begun_again(stream.batches), MOST_BATCHES):
        go_on(len(pairs) / MOST_BATCHES)
        element = whole_batch(batch, stream.name)
        pairs.append((_with_words(element.x), _with_words(element.y)))
        size += sum(part.nbytes for part in _arrays(element.x))
        if time.monotonic() > until or size > _BYTES:
            break
    if not pairs:
        return None
    notes = list(stream.notes)
    try:
        x, padded = joined([x for x, _ in pairs])
        y, _ = joined([y for _, y in pairs])
    except ValueError:  # each batch has its own number of axes
        return None
    if padded:
        notes.append(
            text("The samples of {name} differ in length: shorter ones are filled up here.", name=stream.name)
        )
    data = Data(name=stream.name, x=x, y=y, notes=notes, class_names=stream.class_names)
    return dataclasses.replace(data, classes=stream.classes)


def _with_words(value: Any) -> Any:
    """A part of a batch, with words in the place of bytes."""
    if isinstance(value, dict):
        return {str(key): _with_words(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_with_words(part) for part in value]
    if value is None or not value.size or not all(isinstance(each, bytes) for each in value.flat):
        return value
    return np.array([word.decode("utf-8", "replace") for word in value.flat]).reshape(value.shape)


def joined(parts: list[Any]) -> tuple[Any, bool]:
    """Joins parts of batches.

    Args:
        parts: Of each batch its inputs, or its targets: arrays, or lists or dicts of such.

    Returns:
        The same of all batches; and whether samples of some were shorter, and are filled up.

    Raises:
        ValueError: Where arrays have other numbers of axes.
    """
    first = parts[0]
    if first is None:
        return None, False
    if isinstance(first, dict):
        named = {key: joined([part[key] for part in parts]) for key in first}
        return {key: part for key, (part, _) in named.items()}, any(padded for _, padded in named.values())
    if isinstance(first, list):
        listed = [joined([part[at] for part in parts]) for at in range(len(first))]
        return [part for part, _ in listed], any(padded for _, padded in listed)
    if all(part.shape[1:] == first.shape[1:] for part in parts):
        return np.concatenate(parts), False
    longest = np.max([part.shape[1:] for part in parts], axis=0)
    return np.concatenate([_filled(part, longest) for part in parts]), True


def _filled(part: Any, longest: Any) -> Any:
    missing = [(0, most - length) for most, length in zip(longest, part.shape[1:], strict=True)]
    return np.pad(part, [(0, 0), *missing])


def _arrays(value: Any) -> list[Any]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return [part for part in parts if part is not None]
