"""Looks into a config that may come from anybody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


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
