"""An object that a document has by its name alone, written with arguments: `"adam"`, `"huber"`."""

from __future__ import annotations

import inspect
from typing import Any

_MODULES = ("optimizer", "loss", "initializer", "regularizer", "constraint")
"""What arguments that take such names end with, and the modules of Keras that know them begin with."""


def named_object(argument: str, name: str) -> Any:
    """Writes an object with its default arguments, which can then be set.

    Args:
        argument: Whose value it is, such as `optimizer` or `kernel_initializer`.
        name: What the document has in its place.

    Returns:
        `{"class_name", "config"}`; the name where Keras knows no class of it.
    """
    import keras

    kind = next((kind for kind in _MODULES if argument.endswith(kind)), None)
    if kind is None:
        return name
    module = getattr(keras, "losses" if kind == "loss" else f"{kind}s")
    try:
        found = module.get(name)
    except (TypeError, ValueError):  # the run says that there is none
        return name
    if not inspect.isfunction(found):
        return {**module.serialize(found), "config": {}}
    wanted = found.__name__.replace("_", "")
    made = next((one for one in vars(module) if one.lower() == wanted and one.lower() != one), None)
    return name if made is None else {"class_name": made, "config": {}}
