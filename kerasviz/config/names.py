"""Where a class that an old config names by its short name is in today's Keras.

Keras is the authority, and takes seconds to import. A process that only reads a config has no other need of
it: there serves what `make catalog` wrote down of Keras' answers, when that very release is installed.
"""

import functools
import json
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

REMEMBERED = Path(__file__).with_name("keras_names.json")


def public_module(kind: str, class_name: str) -> str | None:
    """Finds the module under which Keras writes a class today.

    Args:
        kind: One of `kinds.NAMESPACES`.
        class_name: Name of the class.

    Returns:
        E.g. `keras.layers`, or None when today's Keras has no such class.
    """
    known = _remembered()
    if known is not None:
        found: str | None = known["classes"][kind].get(class_name, [None])[0]
        return found
    from kerasviz.config import live_names

    return live_names.public_module(kind, class_name)


def spelled(kind: str, name: str) -> str | None:
    """Finds the class that a name means which is spelled otherwise, such as `adam` or `mean_squared_error`.

    Args:
        kind: One of `kinds.NAMESPACES`.
        name: Of a class, in any case, its words apart or not.

    Returns:
        E.g. `Adam`, or None when today's Keras has no such class.
    """
    known = _remembered()
    if known is not None:
        classes: dict[str, Any] = known["classes"][kind]
        return next((one for one in classes if one.lower() == name.replace("_", "").lower()), None)
    from kerasviz.config import live_names

    return live_names.spelled(kind, name)


def accepts(kind: str, class_name: str) -> frozenset[str] | None:
    """Lists the arguments that the constructor of a class takes.

    Returns:
        Their names, with those of its base classes where it passes them on; None when it takes any.
    """
    known = _remembered()
    if known is not None:
        names = known["classes"][kind].get(class_name, [None, None])[1]
        return None if names is None else frozenset(names)
    from kerasviz.config import live_names

    return live_names.accepts(kind, class_name)


def operation_module(class_name: str) -> str | None:
    """Finds the module of an operation, such as the `Add` that `x + 1` makes.

    Returns:
        E.g. `keras.src.ops.numpy`, or None when today's Keras has no such operation.
    """
    known = _remembered()
    if known is not None:
        found: str | None = known["operations"].get(class_name)
        return found
    from kerasviz.config import live_names

    return live_names.operation_module(class_name)


def is_identifier(kind: str, name: str) -> bool:
    """Tells whether Keras knows an object of one of `kinds.IDENTIFIED` by a text."""
    known = _remembered()
    if known is not None:
        return name in known["identifiers"][kind]
    from kerasviz.config import live_names

    return live_names.is_identifier(kind, name)


def is_registered(name: str) -> bool:
    """Tells whether the user registered a class or function of this name in this process."""
    if "keras" not in sys.modules:
        return False
    from kerasviz.config import live_names

    return live_names.is_registered(name)


def is_own_model(config: Any) -> bool:
    """Tells whether a model's config is of a registered class whose code makes the layers."""
    if not isinstance(config, dict) or not isinstance(config.get("config"), dict):
        return False
    return "layers" not in config["config"] and is_registered(str(config.get("registered_name")))


def registered_model(class_name: str) -> str | None:
    """Finds the name under which the user registered a class of models, where one alone is called so."""
    from kerasviz.config import live_names

    return live_names.registered_model(class_name)


def takes_its_layers(name: str) -> bool:
    """Tells whether a class that the user registered is a model that Keras makes again of its layers."""
    from kerasviz.config import live_names

    return live_names.takes_its_layers(name)


def _remembered() -> dict[str, Any] | None:
    """What Keras would say, or None where Keras is there to be asked, or is another release."""
    return None if "keras" in sys.modules else _read()


@functools.cache
def _read() -> dict[str, Any] | None:
    known: dict[str, Any] = json.loads(REMEMBERED.read_text(encoding="utf-8"))
    try:
        return known if known["keras"] == version("keras") else None
    except PackageNotFoundError:  # a nightly build has another name
        return None
