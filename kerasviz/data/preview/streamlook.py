"""A look at batches that come one after the other."""

from __future__ import annotations

import dataclasses
import time
from itertools import islice
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, GoOn, Stream
from kerasviz.data.preview.arraylook import look_at_arrays
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.data.preview.readerlook import look_at_reader
from kerasviz.data.preview.serieslook import look_at_series
from kerasviz.data.streams.begunagain import begun_again
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol.preview import ClassCount, Preview
from kerasviz.protocol.text import text

_BATCHES, _SECONDS = 50, 5.0
"""What is looked at, at most."""


def look_at_stream(stream: Stream, go_on: GoOn) -> Preview:
    """Looks at the first batches of what can be begun again: training begins with the first one as well."""
    if stream.table is not None:
        return look_at_series(stream, stream.table, go_on)
    if isinstance(stream.batches, Reader):
        return look_at_reader(stream, stream.batches, go_on)
    seen = _first_batches(stream, go_on)
    if seen is None:
        return Preview(
            kind="stream",
            name=stream.name,
            rows=stream.samples,
            sampled=0,
            columns=[],
            inputs=[],
            classes=[ClassCount(name=name, count=0) for name in stream.class_names or []],
            samples=[],
            found={},
            notes=list(stream.notes),
            questions=[],
            proposed=NOTHING_PROPOSED,
        )
    preview = look_at_arrays(seen, go_on)
    looked = preview["rows"] or 0
    return {
        **preview,
        "kind": preview["kind"] if preview["kind"] in ("images", "texts") else "stream",
        "rows": stream.samples,
        "sampled": None if looked == stream.samples else looked,
        "questions": [each for each in preview["questions"] if each["code"] in ("missingcells", "infinite")],
    }


def _first_batches(stream: Stream, go_on: GoOn) -> Data | None:
    """The samples of the first batches as arrays; None where they are no arrays of one shape."""
    from kerasviz.data.streams.elements import whole_batch  # needs Keras, which files do not

    pairs: list[tuple[Any, Any]] = []
    until = time.monotonic() + _SECONDS
    for batch in islice(begun_again(stream.batches), _BATCHES):
        go_on(len(pairs) / _BATCHES)
        element = whole_batch(batch, stream.name)
        pairs.append((_with_words(element.x), _with_words(element.y)))
        if time.monotonic() > until:
            break
    if not pairs:
        return None
    notes = list(stream.notes)
    try:
        x, padded = _joined([x for x, _ in pairs])
        y, _ = _joined([y for _, y in pairs])
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


def _joined(parts: list[Any]) -> tuple[Any, bool]:
    """Parts of batches as one; and whether some were shorter, and are filled up."""
    first = parts[0]
    if first is None:
        return None, False
    if isinstance(first, dict):
        named = {key: _joined([part[key] for part in parts]) for key in first}
        return {key: part for key, (part, _) in named.items()}, any(padded for _, padded in named.values())
    if isinstance(first, list):
        listed = [_joined([part[at] for part in parts]) for at in range(len(first))]
        return [part for part, _ in listed], any(padded for _, padded in listed)
    if all(part.shape[1:] == first.shape[1:] for part in parts):
        return np.concatenate(parts), False
    longest = np.max([part.shape[1:] for part in parts], axis=0)
    return np.concatenate([_filled(part, longest) for part in parts]), True


def _filled(part: Any, longest: Any) -> Any:
    missing = [(0, most - length) for most, length in zip(longest, part.shape[1:], strict=True)]
    return np.pad(part, [(0, 0), *missing])
