"""What is known of each array of targets that a document trains on: one for each output of a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import part_of
from kerasviz.data.arraylike import described, is_lazy
from kerasviz.data.known import known_data, known_target
from kerasviz.data.shapes import Shape
from kerasviz.data.target import Target

Key = str | int | None
"""Of an array in a dict, in a list, or alone."""


class KnownTarget(NamedTuple):
    """What an array of targets holds, where that is sure, and the shape of one of them."""

    target: Target | None
    shape: Shape = ()


def known_targets(chosen: Mapping[str, Any]) -> dict[Key, KnownTarget]:
    """Tells what is known before anything is loaded: of a bundled set, or arrays among the user's variables.

    Args:
        chosen: `{"class_name": source, "config": arguments of its load}`.

    Returns:
        By the key of each array.
    """
    one = known_data(chosen)
    if one is not None and one.has_one_target:
        return {None: KnownTarget(one.target, one.target_shape)}
    name = part_of(chosen, "config").get("y") if chosen.get("class_name") == "arrays" else None
    value = user_namespace().get(name) if isinstance(name, str) else None
    parts: dict[Key, Any] = {None: value}
    if isinstance(value, dict):
        parts = dict(value)
    elif isinstance(value, list | tuple):
        parts = dict(enumerate(value))
    return {key: _known(part, f"{name}[{key!r}]") for key, part in parts.items()}


def _known(value: Any, name: str) -> KnownTarget:
    found = described(value)
    if found is None or is_lazy(value):
        return KnownTarget(None)
    return KnownTarget(known_target(value, name), tuple(found[0][1:]))
