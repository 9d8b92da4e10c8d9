"""Looks into a config that may come from anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

T = TypeVar("T")


def part_of(document: Mapping[str, Any], *keys: str) -> Mapping[str, Any]:
    """Returns an object inside a document, such as its `compile_config`.

    Args:
        document: Keras JSON, which may come from anybody.
        keys: The way to the object.

    Returns:
        The object; an empty one where there is something else, or nothing.
    """
    found: Any = document
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def found_in(table: Mapping[str, T], chosen: Mapping[str, Any]) -> tuple[T | None, dict[str, Any]]:
    """Looks up what somebody chose, such as a data source or a split.

    Args:
        table: What there is, by its name.
        chosen: `{"class_name", "config"}`, which may come from anybody.

    Returns:
        What has this name, None where nothing has, and the arguments for it.
    """
    name = chosen.get("class_name")
    return table.get(name) if isinstance(name, str) else None, dict(part_of(chosen, "config"))
