"""A look at samples that are read by their number: some of each class, and how many there are of each."""

from __future__ import annotations

import numpy as np

from kerasviz.data.dataset import Data, GoOn, Stream
from kerasviz.data.preparation.readerproposal import reader_proposal
from kerasviz.data.preview.arraylook import look_at_arrays
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.data.preview.pictures import EACH, MOST
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol.preview import Preview, PreviewSample

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
    by_class = stream.classes is not None and targets.ndim == 1
    return {
        **preview,
        "kind": preview["kind"] if preview["kind"] in ("images", "texts") else "stream",
        "rows": len(targets),
        "sampled": len(few),
        "columns": [each for each in preview["columns"] if not (by_class and each["name"] == seen.y_name)],
        "classes": known["classes"],
        "samples": _with_files(preview["samples"], reader, few),
        "found": dict(stream.found) or preview["found"],
        "questions": [each for each in known["questions"] if each["code"] in _OF_CLASSES],
        "proposed": reader_proposal(stream, targets) if by_class else NOTHING_PROPOSED,
    }


def _few(targets: np.ndarray, classes: int | None) -> np.ndarray:
    """Some samples of each class, in turns."""
    if classes is None:
        return np.arange(min(len(targets), MOST))
    each = max(1, min(EACH, MOST // classes))
    found = [np.flatnonzero(targets == number)[:each] for number in range(classes)]
    turns = [some[at] for at in range(each) for some in found if at < len(some)]
    return np.array(turns[:MOST], dtype=int)


def _with_files(samples: list[PreviewSample], reader: Reader, few: np.ndarray) -> list[PreviewSample]:
    """Says which file each picture is: a gallery shows them class by class."""
    names: list[str] | None = getattr(reader, "names", None)
    if names is None or len(samples) != len(few) or any(one["picture"] is None for one in samples):
        return samples
    by_class = few[np.argsort(reader.targets[few], kind="stable")]
    return [{**sample, "file": names[number]} for sample, number in zip(samples, by_class, strict=True)]
