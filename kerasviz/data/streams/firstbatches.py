"""The samples of the first batches, to be looked at."""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, GoOn, Stream
from kerasviz.data.streams.begunagain import begun_again
from kerasviz.protocol.text import Text, text

_BATCHES, _SECONDS, _MEGABYTES = 50, 5.0, 64
"""What is taken, at most."""


@dataclass(frozen=True)
class FirstBatches:
    """The first batches, or all.

    Attributes:
        data: Their samples.
        limit: A sentence with the limit after which more batches follow; None where these are all.
    """

    data: Data
    limit: Text | None


def first_batches(stream: Stream, go_on: GoOn) -> FirstBatches | None:
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
    limit: Text | None = None
    size, until = 0, time.monotonic() + _SECONDS
    for batch in begun_again(stream.batches):
        if limit is not None:
            break  # so there is one more
        go_on(len(pairs) / _BATCHES)
        element = whole_batch(batch, stream.name)
        pairs.append((_with_words(element.x), _with_words(element.y)))
        size += sum(part.nbytes for part in _arrays(element.x))
        limit = _reached(len(pairs), size, time.monotonic() > until)
        if limit is not None and stream.steps is not None:  # so nobody has to look for one more
            limit = limit if stream.endless or len(pairs) < stream.steps else None
            break
    else:
        limit = None
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
    return FirstBatches(dataclasses.replace(data, classes=stream.classes), limit)


def _reached(batches: int, size: int, is_late: bool) -> Text | None:
    """The limit that some batches have reached; None where there may be more of them."""
    if batches >= _BATCHES:
        return text("The data yields batches, and at most {most} of them are read.", most=_BATCHES)
    if size > _MEGABYTES * 2**20:
        return text("The data yields batches, and at most {most} MB of them are read.", most=_MEGABYTES)
    if is_late:
        return text(
            "The data yields batches, and they are read for at most {most} seconds.", most=f"{_SECONDS:g}"
        )
    return None


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
