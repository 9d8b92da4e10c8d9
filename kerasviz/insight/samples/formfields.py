"""What of a sample a person can change, as fields of a form."""

from __future__ import annotations

import base64
import io

import numpy as np

from kerasviz.data.preparation.rowblocks import Block
from kerasviz.insight.changes import ways_of
from kerasviz.insight.own import Own, OwnInput
from kerasviz.insight.samples.samples import Taken
from kerasviz.insight.samples.tablerows import TRUE, Rows, Value
from kerasviz.protocol import finite
from kerasviz.protocol.preview import PreviewColumn
from kerasviz.protocol.samplechange import FieldKind, NumbersField, SampleField, SampleForm, SampleInput


def form_of(own: Own, taken: Taken | None) -> SampleForm:
    """The fields of a sample, with what is in them: the columns of a row, or the inputs.

    Args:
        own: What samples are made for.
        taken: The sample; None for a typical row, or for nothing.

    Raises:
        RequestError: With code `no_sample`, where there is none.
    """
    if own.samples is not None and own.samples.rows is not None:
        rows, row = own.row_of(taken)
        return {"fields": [_field(rows, name, row) for name in rows.names]}
    raw = own.first() if taken is None else own.raw_of(taken)
    return {"fields": [_input_field(each) for each in own.inputs(raw)]}


def inputs_of(own: Own, taken: Taken) -> list[SampleInput]:
    """What can be put in the place of each input of a sample that is no row of a table."""
    if own.samples is not None and own.samples.rows is not None:
        return []
    return [{"name": each.name, "ways": ways_of(each)} for each in own.inputs(own.raw_of(taken))]


def _field(rows: Rows, name: str, row: Block) -> SampleField:
    column, kind = rows.column(name), _kind(rows, name)
    value = rows.value(name, row)
    return {
        "name": name,
        "kind": kind,
        "ways": [],
        "value": value,
        "minimum": column["minimum"],
        "maximum": column["maximum"],
        "whole": name in rows.known.seen.whole,
        "choices": _choices(column, value) if kind == "category" else [],
        "may_miss": column["missing"] > 0,
        "numbers": None,
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


def _input_field(own: OwnInput) -> SampleField:
    kind: FieldKind = "other"
    value: Value = None
    ways = ways_of(own)
    if own.takes_pictures():
        kind, value = "picture", _picture(own)
    elif own.takes_texts():
        kind, value = "text", _text(own.base.reshape(-1)[0])
    elif "numbers" in ways:
        kind = "numbers"
    finite_like = None if own.like is None or own.base.dtype.kind not in "buif" else own.like
    return {
        "name": own.name,
        "kind": kind,
        "ways": ways,
        "value": value,
        "minimum": None,
        "maximum": None,
        "whole": own.base.dtype.kind in "bui",
        "choices": [],
        "may_miss": False,
        "numbers": _numbers(own, finite_like) if kind == "numbers" else None,
    }


def _numbers(own: OwnInput, like: np.ndarray | None) -> NumbersField:
    """The numbers of an input, each with the range that it has in some samples."""
    size = own.base.size
    shown = own.base if like is None or like.shape[1:] != own.shape else like
    flat = np.nan_to_num(shown.reshape(len(shown), size).astype("float64"), posinf=0.0, neginf=0.0)
    return {
        "shape": list(own.shape),
        "values": [finite(float(value)) for value in own.base.reshape(-1)],
        "low": flat.min(axis=0).tolist(),
        "high": flat.max(axis=0).tolist(),
    }


def _picture(own: OwnInput) -> str:
    """A PNG of the picture, pixel by pixel, as a data URL."""
    from PIL import Image

    values = own.pixels().values(own.base)[0]
    bytes_of = np.rint(np.clip(np.nan_to_num(values), 0, 1) * 255).astype("uint8")
    written = io.BytesIO()
    Image.fromarray(bytes_of[..., 0] if bytes_of.shape[2] == 1 else bytes_of).save(written, "PNG")
    return "data:image/png;base64," + base64.b64encode(written.getvalue()).decode()


def _text(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
