"""A look at batches that come one after the other."""

from __future__ import annotations

from kerasviz.data.dataset import GoOn, Stream
from kerasviz.data.preview.arraylook import look_at_arrays
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.data.preview.readerlook import look_at_reader
from kerasviz.data.preview.serieslook import look_at_series
from kerasviz.data.streams.firstbatches import first_batches
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol.preview import ClassCount, Preview


def look_at_stream(stream: Stream, go_on: GoOn) -> Preview:
    """Looks at the first batches of what can be begun again: training begins with the first one as well."""
    if stream.table is not None:
        return look_at_series(stream, stream.table, go_on)
    if isinstance(stream.batches, Reader):
        return look_at_reader(stream, stream.batches, go_on)
    seen = first_batches(stream, go_on)
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
    preview = look_at_arrays(seen.data, go_on)
    looked = preview["rows"] or 0
    return {
        **preview,
        "kind": preview["kind"] if preview["kind"] in ("images", "texts") else "stream",
        "rows": stream.samples,
        "sampled": None if looked == stream.samples else looked,
        "questions": [each for each in preview["questions"] if each["code"] in ("missingcells", "infinite")],
    }
