"""Classes and functions that were registered with Keras in this process."""

from __future__ import annotations

from typing import Any


def named_in(value: Any) -> dict[str, Any]:
    """Those that a JSON names, with their package or without.

    Args:
        value: A config, a plan, or any part of one.

    Returns:
        Classes and functions by the names that Keras has them under.
    """
    import keras

    known = keras.saving.get_custom_objects()
    texts = set(_texts(value)) if known else set()
    return {name: known[name] for name in known if not texts.isdisjoint((name, name.rpartition(">")[2]))}


def register(name: str, found: Any) -> None:
    """Registers a class or a function under the name that another process has it under."""
    import keras

    package, _, own = name.rpartition(">")
    if package:
        keras.saving.register_keras_serializable(package, own)(found)
    else:
        keras.saving.get_custom_objects()[name] = found


def _texts(value: Any) -> list[str]:
    found, stack = list[str](), [value]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, dict):
            stack.extend(item.values())
        elif isinstance(item, (list, tuple)):
            stack.extend(item)
    return found
