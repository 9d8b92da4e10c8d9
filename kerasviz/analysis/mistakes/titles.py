"""Titles of fixes that several rules use, and values in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kerasviz.analysis.specs import shape_text
from kerasviz.protocol.text import Text, all_of, text


def shown(value: Any) -> str:
    """Returns a value for people: `[1, 2]` as `(1, 2)`, text without quotes."""
    if isinstance(value, str):
        return value
    return repr(tuple(value)) if isinstance(value, (list, tuple)) else repr(value)


def set_title(arguments: Mapping[str, Any], layers: Sequence[str] = ()) -> Text:
    """Returns the title of a fix that sets arguments; `layers` are named where it is not the only one."""
    names = all_of([repr(name) for name in layers]) if layers else ""
    if len(arguments) == 1:
        ((key, value),) = arguments.items()
        if layers:
            return text(
                "Set {argument} to {value} in {layers}", argument=key, value=shown(value), layers=names
            )
        return text("Set {argument} to {value}", argument=key, value=shown(value))
    values = ", ".join(f"{key}={shown(value)}" for key, value in arguments.items())
    if layers:
        return text("Set {arguments} in {layers}", arguments=values, layers=names)
    return text("Set {arguments}", arguments=values)


def remove_title(layer: str) -> Text:
    """Returns the title of a fix that removes a layer."""
    return text("Remove {layer}", layer=repr(layer))


def shape_title(layer: str, batch_shape: Sequence[int | None]) -> Text:
    """Returns the title of a fix that sets the shape of an Input."""
    return text("Set the shape of {layer} to {shape}", layer=repr(layer), shape=shape_text(batch_shape[1:]))


def flatten_title(layer: str) -> Text:
    """Returns the title of a fix that adds a Flatten layer."""
    return text("Add a Flatten layer before {layer}", layer=repr(layer))


def reshape_title(layer: str, shape: Iterable[int | None]) -> Text:
    """Returns the title of a fix that adds a Reshape layer."""
    return text("Add a Reshape to {shape} before {layer}", shape=shape_text(shape), layer=repr(layer))


def last_output_title(layer: str) -> Text:
    """Returns the title of a fix that turns return_sequences off."""
    return text("Return only the last output of {layer}", layer=repr(layer))
