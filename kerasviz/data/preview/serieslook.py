"""A look at samples that are cut from a table: what is in its columns, and some of the samples."""

from __future__ import annotations

from kerasviz.data.dataset import GoOn, Stream, Table
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.data.preview.questions import questions_about
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.data.preview.tablelook import seen
from kerasviz.protocol.preview import Preview

_ASKED = ("constant", "infinite", "missingcells", "sentinels", "identifiers")
"""Questions about columns; how windows are divided, the source has decided."""


def look_at_series(stream: Stream, table: Table, go_on: GoOn) -> Preview:
    """Looks at the table, and draws some windows.

    Args:
        stream: The windows.
        table: What they are cut from.
        go_on: Told from time to time how far it is.
    """
    preview, frame = seen(table, go_on)
    facts = TableFacts(
        frame=frame,
        known={column["name"]: column for column in preview["columns"]},
        rows=preview["rows"] or 0,
        targets=(stream.target_name,),
        features=tuple(name for name in table.columns if name != stream.target_name),
        split={"class_name": "by_time"},
    )
    return {
        **preview,
        "kind": "stream",
        "rows": stream.samples,
        "sampled": None,
        "samples": [] if stream.shown is None else stream.shown(),
        "notes": [note for note in stream.notes if note not in stream.reasons],
        "proposed": {
            **NOTHING_PROPOSED,
            "data": dict(stream.proposed) or None,
            "reasons": list(stream.reasons),
        },
        "questions": [each for each in questions_about(facts) if each["code"] in _ASKED],
    }
