"""Which callbacks a document may name: ours, the user's, and those of Keras that stay inside the run.

What these need is read off the installed Keras, where it documents the arguments of a callback: paths are
kept inside the folder of the run; functions and addresses can't be in a document.
"""

from __future__ import annotations

import functools
import inspect
import re
from typing import Any

from kerasviz.callbacks import our_callbacks
from kerasviz.protocol.text import Text, text

_ARGUMENTS = re.compile(r"^(?:Args|Arguments):\n((?:[ ].*\n|\n)+)", re.MULTILINE)
_ARGUMENT = re.compile(r"^ {4}(\w+):(.*(?:\n(?: {5,}.*)?)*)", re.MULTILINE)
_ADDRESS = re.compile(r"\b(?:urls?|server)\b", re.IGNORECASE)
_FUNCTION = re.compile(r"\b(?:functions?|callable|called)\b", re.IGNORECASE)
_PATH = re.compile(r"\b(?:paths?|filenames?|directory|directories)\b", re.IGNORECASE)


@functools.cache
def keras_callbacks() -> dict[str, type]:
    """Finds Keras' callbacks that a document may name.

    Returns:
        Class by its name. Those that Keras adds to each `fit` itself are left out.
    """
    return {name: kind for name, kind in _public().items() if refusal(kind) is None}


@functools.cache
def refused_callbacks() -> dict[str, type]:
    """Finds Keras' callbacks that only code can use; class by its name. `refusal` says why."""
    return {name: kind for name, kind in _public().items() if refusal(kind) is not None}


def find_callback(name: str) -> type | None:
    """Finds a callback that a document may name.

    Args:
        name: A class of `keras.callbacks` or of kerasviz, or a name that the user registered a class under.
    """
    return our_callbacks().get(name) or keras_callbacks().get(name) or _registered().get(name)


def path_arguments(kind: type) -> list[str]:
    """The arguments of a callback of Keras that say where it writes; a run keeps them inside its folder."""
    if kind not in _public().values():
        return []
    return [name for name, words in _arguments(kind).items() if _PATH.search(_first_sentence(words))]


def refusal(kind: type) -> Text | None:
    """Says why a document can't have a callback of Keras, and the way out; None where it can."""
    words = _arguments(kind)
    name = repr(kind.__name__)
    if any(_ADDRESS.search(_first_sentence(one)) for one in words.values()):
        return text(
            "The callback {name} sends what is measured to a server, which a document may not ask for. Pass "
            "it to fit in a cell.",
            name=name,
        )
    if not words or any(_FUNCTION.search(_first_sentence(one)) for one in words.values()):
        return text(
            "The callback {name} takes functions, which a document can't hold. Register a callback of your "
            "own with keras.saving.register_keras_serializable, or pass this one to fit in a cell.",
            name=name,
        )
    return None


def callback_refusal(name: str) -> Text:
    """Says why `find_callback` knows no such callback, and the way out."""
    refused = refused_callbacks().get(name)
    if refused is not None and (reason := refusal(refused)) is not None:
        return reason
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


@functools.cache
def _arguments(kind: type) -> dict[str, str]:
    """What Keras says of each argument."""
    block = _ARGUMENTS.search((inspect.getdoc(kind) or "") + "\n")
    return {name: " ".join(words.split()) for name, words in _ARGUMENT.findall(block[1])} if block else {}


def _first_sentence(words: str) -> str:
    """Says what an argument is; those that follow mention files and functions in passing."""
    return re.split(r"\. (?=[A-Z`])", words)[0]
