"""What was found out about a table that was trained on: code says it, and is written without a look at it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kerasviz.data.preparation.columnroles import Roles

_MOST = 16
_KNOWN: dict[str, KnownTable] = {}

Kind = Literal["number", "date", "words"]


@dataclass(frozen=True)
class KnownTable:
    """How the columns of a table become arrays.

    Attributes:
        roles: What they are for.
        steps: The steps of the preparation, each with its columns.
        kinds: What each column holds.
        classes: Number of classes of each target; None for one that holds numbers with fractions.
    """

    roles: Roles
    steps: Sequence[Mapping[str, Any]]
    kinds: Mapping[str, Kind]
    classes: Mapping[str, int | None]


def remember_table(training: Mapping[str, Any], known: KnownTable) -> None:
    """Keeps what is known; of many, that of the last ones.

    Args:
        training: The plan: its `data`, `columns`, `preparation` and `split`.
        known: What was found out.
    """
    key = _key(training)
    _KNOWN.pop(key, None)
    _KNOWN[key] = known
    while len(_KNOWN) > _MOST:
        del _KNOWN[next(iter(_KNOWN))]


def known_table(training: Mapping[str, Any]) -> KnownTable | None:
    """What is known of the table of a plan; None where nobody trained with such a plan yet."""
    return _KNOWN.get(_key(training))


def _key(training: Mapping[str, Any]) -> str:
    parts = ("data", "columns", "preparation", "split")
    return json.dumps([training.get(part) or None for part in parts], sort_keys=True, default=repr)
