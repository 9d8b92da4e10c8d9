"""What stands in a part of the training setup: one value, or lists and dicts of them by output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kerasviz.config.names import is_identifier

NAMELESS = frozenset({"__lambda__", "method"})
"""The classes that Keras writes for functions without a name."""


def leaves(value: Any) -> Iterator[Any]:
    """Yields each name, object, and what is neither, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from leaves(item)
    elif isinstance(value, dict) and "class_name" not in value:
        for item in value.values():
            yield from leaves(item)
    else:
        yield value


def known_by_keras(value: Any) -> Iterator[str | dict[str, Any]]:
    """Yields each name, and each object that is written as Keras' own."""
    for leaf in leaves(value):
        if isinstance(leaf, str) or (isinstance(leaf, dict) and _is_kerass(leaf)):
            yield leaf


def own_names(value: Any) -> Iterator[str]:
    """Yields names of the user's own objects, as Keras wrote them, also of those inside others."""
    for leaf in leaves(value):
        if not isinstance(leaf, dict):
            continue
        name = leaf.get("registered_name")
        if str(leaf["class_name"]) in NAMELESS:
            yield str(leaf["class_name"])
            continue
        if leaf["class_name"] == "function":
            name = leaf.get("config")
        if isinstance(name, str) and (">" in name or _is_own(leaf)):
            yield name
        for item in leaf.values():
            # Of a function inside, such as that of a MeanMetricWrapper, Keras writes the name alone.
            yield from (name for name in own_names(item) if not _is_known(name))


def replaced(value: Any, wrong: Any, right: Any) -> Any:
    """Copies a part of the training setup with something else in the place of one leaf."""
    if value == wrong:
        return right
    if isinstance(value, list):
        return [replaced(item, wrong, right) for item in value]
    if isinstance(value, dict) and "class_name" not in value:
        return {key: replaced(item, wrong, right) for key, item in value.items()}
    return value


def _is_known(name: str) -> bool:
    return any(is_identifier(kind, name) for kind in ("loss", "metric"))


def _is_kerass(value: Mapping[str, Any]) -> bool:
    return (
        isinstance(value.get("class_name"), str)
        and isinstance(value.get("config"), dict)
        and str(value.get("module") or "keras.").startswith("keras.")
        and not any(own_names(value))
    )


def _is_own(value: Mapping[str, Any]) -> bool:
    """Whether Keras wrote an object as one that is not its own: with no module, or another's."""
    return {"class_name", "module"} <= value.keys() and str(value["module"]).partition(".")[0] != "keras"
