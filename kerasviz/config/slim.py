"""Leaves out of a config what is a default, so that other releases of Keras 3 can read it.

Each release gives some classes new arguments, and writes them with their defaults; the releases before refuse
what they do not know. What is left out gets its default again from whichever Keras reads it.
"""

import functools
import inspect
import sys
from typing import Any

import numpy as np

from kerasviz.config.fromconfig import demanded_keys, own_defaults
from kerasviz.config.kinds import NAMESPACES
from kerasviz.config.rules.argumentobjects import kind_of

KEPT = frozenset({"name", "units", "filters", "batch_shape"})
"""Arguments that are written whatever they are: they say what a layer is."""
COMPUTED = {"InputLayer": {"sparse": False, "ragged": False, "optional": False}}
"""What Keras writes where its default is None and it finds the value by itself."""


def slim(value: Any) -> Any:
    """Leaves out defaults, in all objects of a config.

    Args:
        value: A model, a layer, `compile_config`, or any value inside them, in today's Keras JSON.

    Returns:
        A copy; `keras.saving.deserialize_keras_object` makes the same of it.
    """
    if isinstance(value, list | tuple):
        return [slim(item) for item in value]
    if not isinstance(value, dict):
        return value
    if not isinstance(value.get("config"), dict) or "class_name" not in value:
        return {key: slim(item) for key, item in value.items()}
    if value["class_name"].startswith("__"):
        return value
    if value["class_name"] == "DTypePolicy":
        return value["config"].get("name", value)
    config = {key: slim(item) for key, item in value["config"].items()}
    known = _defaults(str(value.get("module")), value["class_name"])
    found = {
        **value,
        "config": {k: v for k, v in config.items() if k in KEPT or not _is_default(known, k, v)},
    }
    if value["class_name"] != "Sequential":  # which may know its input's shape by this alone
        found.pop("build_config", None)
    if not found.get("compile_config"):
        found.pop("compile_config", None)
    for key in ("inbound_nodes", "compile_config"):
        if key in found:
            found[key] = slim(found[key])
    return found


def _is_default(known: dict[str, Any], key: str, value: Any) -> bool:
    return key in known and _same(known[key], value)


def _same(default: Any, value: Any) -> bool:
    if isinstance(default, float) and isinstance(value, int | float):
        # Keras keeps rates as float32, so that 0.001 comes back as 0.0010000000474974513.
        return bool(np.float32(default) == np.float32(value))
    return type(default) is type(value) and bool(default == value)


@functools.cache
def _defaults(module: str, class_name: str) -> dict[str, Any]:
    """Finds the defaults of a class of Keras, as they would be in a slim config.

    Not those of arguments that its own `from_config` asks for: it would take another value, or fail.
    """
    cls = _class(module, class_name)
    if cls is None:
        return {}
    names: set[str] = set()
    found: dict[str, Any] = {}
    for base in cls.__mro__:
        if "__init__" not in vars(base):
            continue
        parameters = inspect.signature(vars(base)["__init__"]).parameters.values()
        for parameter in parameters:
            names.add(parameter.name)
            if parameter.default is not parameter.empty:
                found.setdefault(parameter.name, _written(parameter.name, parameter.default))
        if not any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
            break
    if "trainable" in found or issubclass(cls, _keras().Layer):
        found["trainable"] = True
    found |= {key: default for key, default in own_defaults(cls).items() if key in found}
    for key in demanded_keys(cls, dict.fromkeys(names) | found):
        found.pop(key, None)
    return found | COMPUTED.get(class_name, {})


def _written(argument: str, default: Any) -> Any:
    """Writes a default as Keras would write it."""
    keras = _keras()
    kind = kind_of(argument)
    if kind == "initializer" and isinstance(default, str):
        return slim(keras.saving.serialize_keras_object(keras.initializers.get(default)))
    if argument.endswith("activation") and default is None:
        return "linear"
    return list(default) if isinstance(default, tuple) else default


def _class(module: str, class_name: str) -> type | None:
    if not any(module in modules for modules in NAMESPACES.values()):
        return None
    found = getattr(sys.modules.get(module) or _keras(), class_name, None)
    return found if inspect.isclass(found) else None


def _keras() -> Any:
    import keras

    return keras
