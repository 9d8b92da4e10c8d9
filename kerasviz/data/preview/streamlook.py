"""A look at batches that come one after the other."""

from __future__ import annotations

from kerasviz.data.dataset import GoOn, Stream
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.protocol.preview import ClassCount, Preview


def look_at_stream(stream: Stream, go_on: GoOn) -> Preview:
    """Tells what a stream says of itself."""
    return Preview(
        kind="stream",
        name=stream.name,
        rows=stream.samples,
        sampled=0,
        columns=[],
        classes=[ClassCount(name=name, count=0) for name in stream.class_names or []],
        samples=[],
        found={},
        notes=list(stream.notes),
        questions=[],
        proposed=NOTHING_PROPOSED,
    )
