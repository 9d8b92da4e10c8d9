"""A look at samples that are read by their number: some of each class, and how many there are of each."""

from __future__ import annotations

import numpy as np

from kerasviz.data.dataset import Data, GoOn, Stream
from kerasviz.data.preview.arraylook import look_at_arrays
from kerasviz.data.preview.pictures import EACH, MOST
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol.preview import Preview

_OF_CLASSES = ("imbalance", "rareclasses")
"""Questions that all targets answer."""


def look_at_reader(stream: Stream, reader: Reader, go_on: GoOn) -> Preview:
    """Reads a few samples of each class; of the targets, all are known.

    Args:
        stream: What there is to look at.
        reader: Reads its samples.
        go_on: Told from time to time how far it is.
    """
    targets = reader.targets
    few = _few(targets, stream.classes)
    names = stream.class_names
    seen = Data(
        name=stream.name,
        x=reader.read(few),
        y=targets[few],
        classes=stream.classes,
        class_names=names,
        notes=list(stream.notes),
    )
    preview = look_at_arrays(seen, lambda part: go_on(part / 2))
    whole = Data(name=stream.name, x=np.arange(len(targets))[:, None], y=targets, class_names=names)
    known = look_at_arrays(whole, lambda part: go_on(0.5 + part / 2))
    return {
        **preview,
        "kind": preview["kind"] if preview["kind"] in ("images", "texts") else "stream",
        "rows": len(targets),
        "sampled": len(few),
        "classes": known["classes"],
        "questions": [each for each in known["questions"] if each["code"] in _OF_CLASSES],
    }


def _few(targets: np.ndarray, classes: int | None) -> np.ndarray:
    if classes is None:
        return np.arange(min(len(targets), MOST))
    each = max(1, min(EACH, MOST // classes))
    found = [np.flatnonzero(targets == number)[:each] for number in range(classes)]
    return np.concatenate(found)[:MOST]
