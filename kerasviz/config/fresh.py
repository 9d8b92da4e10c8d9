"""Configs as Keras may take them: copies of the user's, without what an edit may have made untrue."""

from __future__ import annotations

from typing import Any

_PLAIN = frozenset({str, int, float, bool, type(None)})


def fresh(value: Any) -> Any:
    """Copies a config without its `build_config`s.

    Keras removes arguments from the dicts that it gets. It also builds a layer by its `build_config` for the
    shape it had when it was saved, which an edit may have changed. A call builds it for the right shape.
    """
    if isinstance(value, dict):
        is_object = "class_name" in value
        return {k: fresh(v) for k, v in value.items() if not (is_object and k == "build_config")}
    if isinstance(value, list):
        return value[:] if is_plain(value) else [fresh(item) for item in value]
    return value


def is_plain(values: list[Any]) -> bool:
    """Tells whether a list holds no lists or objects, so that a long vocabulary is not walked through."""
    return _PLAIN.issuperset(map(type, values))
