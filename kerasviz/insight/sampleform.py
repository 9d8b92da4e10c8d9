"""What of a sample a person can change, as fields of a form."""

from __future__ import annotations

from kerasviz.data.preparation.rowblocks import Block
from kerasviz.insight.sampleparts import Part
from kerasviz.insight.samples import Samples
from kerasviz.insight.tablerows import TRUE, Rows, Value
from kerasviz.protocol.insight import FieldKind, SampleField, SampleForm
from kerasviz.protocol.preview import PreviewColumn


def form_of(samples: Samples, part: Part | None, index: int) -> SampleForm:
    """The fields of a sample, with what is in them.

    Args:
        samples: Those that there are.
        part: Of the sample; a typical one where it is None.
        index: Of the sample in its part.

    Raises:
        RequestError: With code `no_row`, where nothing of it can be changed so; with `no_sample`, where there
            is none.
    """
    rows, row = samples.row(part, index)
    return {"fields": [_field(rows, name, row) for name in rows.names]}


def _field(rows: Rows, name: str, row: Block) -> SampleField:
    column = rows.column(name)
    kind = _kind(rows, name)
    is_bound = kind == "category"
    return {
        "name": name,
        "kind": kind,
        "value": rows.value(name, row),
        "minimum": column["minimum"],
        "maximum": column["maximum"],
        "whole": name in rows.known.seen.whole,
        "choices": _choices(column, rows.value(name, row)) if is_bound else [],
        "may_miss": column["missing"] > 0,
    }


def _kind(rows: Rows, name: str) -> FieldKind:
    """How a column is read says what can be in it; what the preview found, how it is asked for."""
    column, read = rows.column(name), rows.known.seen.kinds[name]
    if read == "date":
        return "moment" if any("00:00:00" not in (at or "00:00:00") for at in _span(column)) else "date"
    names = [one["name"] for one in column["classes"]]
    if read == "number":
        return "category" if column["kind"] == "category" and set(names) <= set(TRUE) else "number"
    return "category" if names and column["distinct"] == len(names) else "text"


def _span(column: PreviewColumn) -> tuple[str | None, str | None]:
    return column["first"], column["last"]


def _choices(column: PreviewColumn, value: Value) -> list[str]:
    """The classes that were seen, and the one of this row, which need not be among them."""
    names = [one["name"] for one in column["classes"]]
    return names if value is None or value in names else [*names, str(value)]
