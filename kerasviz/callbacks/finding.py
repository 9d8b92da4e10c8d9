"""Which callbacks a document may name: ours, the user's, and those of Keras that stay inside the run.

Which of Keras' own these are is read off the installed Keras: a callback is refused when its arguments
are about a path, an address or a function, or are not documented at all.
"""

from __future__ import annotations

import functools
import inspect
import re
from typing import Any

from kerasviz.callbacks import our_callbacks
from kerasviz.protocol.text import Text, text

_ARGUMENTS = re.compile(r"^(?:Args|Arguments):\n((?:[ ].*\n|\n)+)", re.MULTILINE)
_REACHES_OUT = re.compile(
    r"\b(?:paths?|files?|filenames?|directory|directories|dir|urls?|server|functions?|callable|called)\b",
    re.IGNORECASE,
)


@functools.cache
def keras_callbacks() -> dict[str, type]:
    """Finds Keras' callbacks that a document may name.

    Returns:
        Class by its name. Those that Keras adds to each `fit` itself are left out.
    """
    return {name: kind for name, kind in _public().items() if not _reaches_out(kind)}


def find_callback(name: str) -> type | None:
    """Finds a callback that a document may name.

    Args:
        name: A class of `keras.callbacks` or of kerasviz, or a name that the user registered a class under.
    """
    return our_callbacks().get(name) or keras_callbacks().get(name) or _registered().get(name)


def callback_refusal(name: str) -> Text:
    """Says why `find_callback` knows no such callback, and the way out."""
    if name in _public():
        return text(
            "The callback {name} can't be used in a document, because its arguments are about files, "
            "addresses or functions. Pass it to fit in a cell.",
            name=repr(name),
        )
    return text(
        "Expected a callback ({known}), received: {name}. If it is your own, give it a get_config "
        "and register it with keras.saving.register_keras_serializable first.",
        known=", ".join([*our_callbacks(), *keras_callbacks()]),
        name=repr(name)[:80],
    )


@functools.cache
def _public() -> dict[str, type]:
    """The callbacks in Keras' public API, without the base class and those that `fit` adds."""
    import keras

    base = keras.callbacks.Callback
    every = keras.callbacks.CallbackList(add_history=True, add_progbar=True)
    automatic = {base, type(every), *(type(callback) for callback in every.callbacks)}
    return {
        name: kind
        for name, kind in vars(keras.callbacks).items()
        if inspect.isclass(kind) and issubclass(kind, base) and kind not in automatic
    }


def _registered() -> dict[str, type]:
    """The user's own; by class name too, where that is clear."""
    import keras

    registered: dict[str, Any] = keras.saving.get_custom_objects()
    found = {
        name: kind
        for name, kind in registered.items()
        if inspect.isclass(kind) and issubclass(kind, keras.callbacks.Callback)
    }
    return {kind.__name__: kind for kind in found.values()} | found


def _reaches_out(kind: type) -> bool:
    arguments = _ARGUMENTS.search((inspect.getdoc(kind) or "") + "\n")
    return arguments is None or _REACHES_OUT.search(arguments[1]) is not None
