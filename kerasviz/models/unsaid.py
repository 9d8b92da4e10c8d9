"""What a document leaves to the settings of the kernel: dtypes and the order of the axes of images."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import keras

SETTINGS: Mapping[str, Callable[[], str]] = {
    "dtype": lambda: str(keras.config.dtype_policy().name),
    "data_format": keras.config.image_data_format,
}
"""What Keras takes for an argument of a layer that says nothing of it."""


def unsaid(value: Any) -> dict[str, str]:
    """Tells the settings with which Keras fills in what a document leaves out.

    A model that was made under other settings is another one.

    Args:
        value: Keras JSON, or a part of it.

    Returns:
        The settings of this thread now, by the argument; none where the document says all.
    """
    left_out = set(_left_out(value))
    return {name: setting() for name, setting in SETTINGS.items() if name in left_out}


def _left_out(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _left_out(item)
    elif isinstance(value, dict):
        config = value.get("config")
        if isinstance(config, dict) and value.get("module") == "keras.layers":
            yield from (name for name in _taken(str(value.get("class_name"))) if config.get(name) is None)
        for part in value.values():
            yield from _left_out(part)


@cache
def _taken(class_name: str) -> frozenset[str]:
    """Those of these arguments that a layer of Keras takes: every one takes a dtype."""
    kind = getattr(keras.layers, class_name, None)
    if not inspect.isclass(kind):
        return frozenset()
    return frozenset({"dtype"} | (set(SETTINGS) & set(inspect.signature(kind).parameters)))
