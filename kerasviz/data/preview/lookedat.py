"""A look at data, shown."""

from __future__ import annotations

import html
from typing import Any

from kerasviz.protocol import encode
from kerasviz.protocol.preview import Preview, PreviewColumn, PreviewSample
from kerasviz.protocol.text import text, text_n

_WIDTH = 40
_COLUMNS, _PICTURES = 200, 24
"""What is shown; `to_dict()` has all."""


class Look:
    """What is in data: shows itself as a table in a notebook, and as text elsewhere.

    Args:
        preview: What was seen.
    """

    def __init__(self, preview: Preview) -> None:
        self._preview = preview

    def to_dict(self) -> dict[str, Any]:
        """All that was seen as plain values: `rows`, `columns`, `classes`, `questions` and more.

        Numbers that are not finite are None, and sentences are English strings.
        """
        plain: dict[str, Any] = encode(_sentences(self._preview))
        return plain

    @property
    def questions(self) -> list[str]:
        """What a careful person would ask about."""
        return [str(each["sentence"]) for each in self._preview["questions"]]

    def __repr__(self) -> str:
        lines = [_head(self._preview)]
        if self._preview["columns"]:
            rows = [_heads(), *map(_row, self._preview["columns"][:_COLUMNS])]
            widths = [max(len(row[at]) for row in rows) for at in range(3)]
            for row in rows:
                padded = [cell.ljust(width) for cell, width in zip(row, (*widths, 0), strict=True)]
                lines.append("  ".join(padded).rstrip())
        lines += [f"{one['name']}: {one['count']:,}" for one in self._preview["classes"][:_COLUMNS]]
        lines += [f"{name}: {value}" for name, value in _found(self._preview).items()]
        lines += map(str, self._preview["notes"])
        return "\n".join([*lines, *(f"? {question}" for question in self.questions)])

    def _repr_html_(self) -> str:
        shown = self._preview["columns"][:_COLUMNS]
        pictures = [each for each in self._preview["samples"] if each["picture"]][:_PICTURES]
        told = "".join(_tag("li", str(each)) for each in (*self._preview["notes"], *self.questions))
        return (
            f"<div>{_tag('strong', _head(self._preview))}"
            f"<table><thead>{_html_row('th', _heads())}</thead>"
            f"<tbody>{''.join(_html_row('td', _row(column)) for column in shown)}</tbody></table>"
            f"{''.join(map(_figure, pictures))}<ul>{told}</ul></div>"
        )


def _found(preview: Preview) -> dict[str, str]:
    """What was found out of files by class."""
    return {name: str(value) for name, value in preview["found"].items() if value and preview["classes"]}


def _heads() -> tuple[str, str, str, str]:
    return "", "", text("missing"), text("values")


def _tag(name: str, words: str) -> str:
    return f"<{name} style='text-align:left'>{html.escape(words)}</{name}>"


def _html_row(name: str, cells: tuple[str, str, str, str]) -> str:
    return f"<tr>{''.join(_tag(name, cell) for cell in cells)}</tr>"


def _figure(sample: PreviewSample) -> str:
    picture = html.escape(sample["picture"] or "")
    label = _tag("figcaption", sample["label"] or "")
    return f"<figure style='display:inline-block;margin:4px'><img src='{picture}'>{label}</figure>"


def _head(preview: Preview) -> str:
    rows, sampled = preview["rows"], preview["sampled"]
    counted = text("an unknown number of samples") if rows is None else text_n("{n} row", "{n} rows", rows)
    classes = len(preview["classes"])
    if preview["kind"] != "table" and classes:
        parts = [counted, text_n("{n} class", "{n} classes", classes)]
    else:
        parts = [counted, text_n("{n} column", "{n} columns", len(preview["columns"]))]
    if sampled is not None:
        parts.append(text("{count} of them were looked at", count=f"{sampled:,}"))
    return f"{_short(preview['name'])}: {', '.join(parts)}"


def _row(column: PreviewColumn) -> tuple[str, str, str, str]:
    missing = f"{column['missing']:,}" if column["missing"] else ""
    return _short(column["name"]), column["kind"], missing, _short(_values(column), 2 * _WIDTH)


def _values(column: PreviewColumn) -> str:
    if column["first"] is not None:
        return f"{column['first']} to {column['last']}"
    if column["kind"] == "number" and column["minimum"] is not None and column["maximum"] is not None:
        return f"{column['minimum']:,.6g} to {column['maximum']:,.6g}"
    if column["classes"]:
        return ", ".join(f"{one['name']} ({one['count']:,})" for one in column["classes"][:6])
    return text_n("{n} different", "{n} different", column["distinct"]) if column["distinct"] else ""


def _short(words: str, width: int = _WIDTH) -> str:
    line = " ".join(words.split())
    plain = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
    return plain if len(plain) <= width else plain[: width - 1] + "…"


def _sentences(value: Any) -> Any:
    """The same with plain strings in the place of sentences."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, dict):
        return {key: _sentences(item) for key, item in value.items()}
    return [_sentences(item) for item in value] if isinstance(value, (list, tuple)) else value
