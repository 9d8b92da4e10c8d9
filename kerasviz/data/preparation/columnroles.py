"""What the columns of a table are for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.protocol import RequestError
from kerasviz.protocol.preview import PreviewColumn
from kerasviz.protocol.text import Text, all_of, text

_TARGETS = tuple(
    "target label labels survived class outcome diagnosis disease attrition churn exited left sentiment "
    "stars rating species median_house_value sales price tip mpg salary score y".split()
)
"""What people call it, where it is not the last column; the first one counts, where a table has several."""
_GROUP = re.compile(
    r"(?i)(^|[\W_])(id|patient|user|customer|person|subject|client)($|[\W_])|(?-i:[a-z]I[Dd]$)"
)
_USELESS = ("id", "constant", "empty")
_FEW = 20
_EACH = 4
"""Rows that a class has at least, on average."""


@dataclass(frozen=True)
class Roles:
    """What columns are for.

    Attributes:
        targets: What is to be learned.
        features: What it is learned from, in the order of the table.
        ignored: What is left out.
        weight: The column with the weights of samples; None where all count alike.
        group: A column that tells which rows belong together; None where none seems to.
        reasons: Why, where it was proposed.
    """

    targets: tuple[str, ...]
    features: tuple[str, ...]
    ignored: tuple[str, ...]
    weight: str | None = None
    group: str | None = None
    reasons: list[Text] = field(default_factory=list)


def grouped_by(split: Mapping[str, Any] | None) -> str | None:
    """The column that a split goes by group of; None where it does not."""
    column = part_of(split or {}, "config").get("column")
    by_group = split is not None and split.get("class_name") == "by_group"
    return column if by_group and isinstance(column, str) else None


def roles_of(
    columns: Sequence[PreviewColumn], rows: int, chosen: Mapping[str, Any], by: str | None = None
) -> Roles:
    """Tells what columns are for; what the plan does not say is proposed.

    Args:
        columns: What is in them.
        rows: Rows that were looked at.
        chosen: The plan's `columns`.
        by: The column that a split goes by group of, which is left out.

    Raises:
        RequestError: With code `columns`, where the plan names none of the table, or nothing is left.
    """
    names = [column["name"] for column in columns]
    kinds = {column["name"]: column["kind"] for column in columns}
    reasons: list[Text] = []
    targets, ignored = _named(chosen.get("target"), names), _named(chosen.get("ignored"), names)
    weight = next(iter(_named(chosen.get("weight"), names)), None)
    group = by if by is not None else next((c["name"] for c in columns if _groups(c, rows)), None)
    if not targets:
        targets = [_target([column for column in columns if column["name"] not in (weight, group)], rows)]
        reasons.append(text("{column} seems to be what is to be predicted.", column=repr(targets[0])))
    if chosen.get("ignored") is None:
        ignored = [name for name in names if kinds[name] in _USELESS and name not in (*targets, weight)]
        reasons += [_why(name, kinds[name]) for name in ignored]
        if group is not None and group not in (*targets, *ignored, weight):
            ignored.append(group)
            reasons.append(
                text("{column} only tells whose rows they are: it is left out.", column=repr(group))
            )
    features = [name for name in names if name not in (*targets, *ignored, weight)]
    if not features:
        raise RequestError(
            "columns", text("No column is left to learn from. Leave fewer columns out, under Train.")
        )
    return Roles(tuple(targets), tuple(features), tuple(ignored), weight, group, reasons)


def _named(given: Any, names: Sequence[str]) -> list[str]:
    """Columns that a plan names.

    Raises:
        RequestError: With code `columns`, where there is no such column.
    """
    found = [given] if isinstance(given, str) else list(given) if isinstance(given, (list, tuple)) else []
    missing = next((name for name in found if name not in names), None)
    if missing is not None:
        raise RequestError(
            "columns",
            text(
                "The data has no column {column}. Its columns are {known}.",
                column=repr(missing),
                known=all_of([repr(name) for name in names]),
            ),
        )
    return found


def _target(columns: Sequence[PreviewColumn], rows: int) -> str:
    """By its name, else the last column that can be learned, where most people have it."""
    useful = [column for column in columns if column["kind"] not in _USELESS]
    plain = {column["name"].casefold().strip(): column["name"] for column in reversed(useful)}
    named = next((plain[name] for name in _TARGETS if name in plain), None)
    if named is not None:
        return named
    fitting = [
        column
        for column in useful
        if column["kind"] == "number"
        or (column["kind"] == "category" and column["distinct"] <= rows // _EACH)
    ]
    return (fitting or useful or columns)[-1]["name"]


def _groups(column: PreviewColumn, rows: int) -> bool:
    """Whether a column names whose row it is, and some have several."""
    named = _GROUP.search(column["name"]) is not None
    return named and column["kind"] in ("number", "category") and _FEW < column["distinct"] < rows


def _why(name: str, kind: str) -> Text:
    if kind == "id":
        return text("{column} only numbers the rows: it is left out.", column=repr(name))
    if kind == "constant":
        return text("{column} is always the same: it is left out.", column=repr(name))
    return text("{column} is empty: it is left out.", column=repr(name))
