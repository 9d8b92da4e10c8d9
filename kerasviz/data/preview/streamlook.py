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
    pairs: list[tuple[Any, Any]] = []
    until = time.monotonic() + _SECONDS
    for batch in islice(begun_again(stream.batches), _BATCHES):
        go_on(len(pairs) / _BATCHES)
        x, y = (batch[0], batch[1]) if isinstance(batch, (tuple, list)) and len(batch) > 1 else (batch, None)
        pairs.append((_arrays(x), None if y is None else _arrays(y)))
        if time.monotonic() > until:
            break
    if not pairs:
        return None
    try:
        x = _joined([x for x, _ in pairs])
        y = None if pairs[0][1] is None else _joined([y for _, y in pairs])
    except ValueError:  # each batch has its own shape
        return None
    data = Data(name=stream.name, x=x, y=y, notes=list(stream.notes), class_names=stream.class_names)
    return dataclasses.replace(data, classes=stream.classes)


def _arrays(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _arrays(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_arrays(part) for part in value]
    array = np.asarray(value)
    if array.dtype.kind == "O" and array.ndim and isinstance(array.flat[0], bytes):
        return np.array([word.decode("utf-8", "replace") for word in array.flat]).reshape(array.shape)
    return array


def _joined(parts: list[Any]) -> Any:
    if isinstance(parts[0], dict):
        return {key: _joined([part[key] for part in parts]) for key in parts[0]}
    if isinstance(parts[0], list):
        return [_joined([part[at] for part in parts]) for at in range(len(parts[0]))]
    return np.concatenate(parts)
