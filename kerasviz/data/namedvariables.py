"""Which of the user's variables the data of a plan is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_type_hints

from kerasviz.config.parts import found_in
from kerasviz.data.dataset import ArrayName, BatchesName, TableName
from kerasviz.data.sources import SOURCES

_NAMES = frozenset({ArrayName, BatchesName, TableName})


def named_variables(chosen: Mapping[str, Any] | None) -> list[str]:
    """The names of the variables that a source reads, also where it is the argument of another source.

    Args:
        chosen: `{"class_name": source, "config": arguments of its load}`.
    """
    source, config = found_in(SOURCES, chosen or {})
    if source is None:
        return []
    kinds, found = get_type_hints(source.load), list[str]()
    for argument, value in config.items():
        kind = kinds.get(argument)
        if isinstance(value, str) and _NAMES & {kind, *get_args(kind)}:
            found.append(value)
        elif isinstance(value, Mapping):
            found += named_variables(value)
    return found
