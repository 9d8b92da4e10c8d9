"""Values of a document as Keras takes them: JSON knows neither whole floats nor numbers as keys."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

import keras

from kerasviz.catalog.classes import KINDS
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.jsontypes import Schema
from kerasviz.catalog.schema import class_schema


def as_keras_takes(value: Any) -> Any:
    """Makes floats of whole numbers where a class of Keras wants floats, in an object and all that are in it.

    Keras refuses `SGD(learning_rate=1)`, and a form can't write 1.0 otherwise than 1.

    Args:
        value: A part of `compile_config`, or a callback: plain data.

    Returns:
        The same, in new lists and dicts.
    """
    if isinstance(value, list):
        return [as_keras_takes(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {key: as_keras_takes(item) for key, item in value.items()}
    cls = class_of(value)
    if cls is not None and isinstance(found.get("config"), dict):
        found["config"] = with_python_numbers(_schema(cls), found["config"])
    return found


def with_python_numbers(schema: Schema, values: Mapping[str, Any]) -> dict[str, Any]:
    """Makes floats, and keys that are numbers, where a schema says so: `class_weight` has such keys."""
    return {name: _suited(schema["properties"].get(name, {}), value) for name, value in values.items()}


def class_of(value: Mapping[str, Any]) -> type | None:
    """Finds the class that a serialised object names, among Keras' own and those that the user registered."""
    name = str(value.get("class_name"))
    registered = keras.saving.get_registered_object(value.get("registered_name") or name)
    if inspect.isclass(registered):
        return registered
    wanted = sys.modules.get(str(value.get("module")))
    modules = [kind.module for kind in KINDS.values() if value.get("module") is None or kind.module is wanted]
    found = next((vars(module)[name] for module in modules if name in vars(module)), None)
    return found if inspect.isclass(found) else None


@cache
def _schema(cls: type) -> Schema:
    return class_schema(cls, parse(cls))


def _suited(schema: Schema, value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        types = schema.get("type", [])
        is_float = "number" in ([types] if isinstance(types, str) else types)
        # Where a default is whole, such as that of `axis`, the type is a guess.
        return float(value) if is_float and not isinstance(schema.get("default"), int) else value
    if isinstance(value, dict) and "additionalProperties" in schema:
        return {
            int(key) if isinstance(key, str) and key.isdecimal() else key: item for key, item in value.items()
        }
    return value
