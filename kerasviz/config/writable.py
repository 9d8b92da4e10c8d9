"""What keeps Keras from writing a model down: a partial, a callable object, a layer without `get_config`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kerasviz.config.fullconfig import compiled_objects
from kerasviz.protocol.text import Text, text

_KIND = re.compile(r"of type <class '([^']+)'>")
"""Where Keras tells the class of what it can't write."""


def check_writable(model: Any) -> None:
    """Looks that Keras can write down how a model is compiled.

    Args:
        model: A model that lives here.

    Raises:
        TypeError: With the part, what it is made of, and the way out.
    """
    for part, made in compiled_objects(model).items():
        if (kind := _unwritable(made)) is not None:
            raise TypeError(
                text(
                    "Keras can't save {kind}, which the argument {part} of compile holds. Write it as a "
                    "function, register that with keras.saving.register_keras_serializable, compile the "
                    "model again and open it again.",
                    part=repr(part),
                    kind=kind,
                )
            )


def layer_refusal(layers: Iterable[Any]) -> Text | None:
    """Says which layer Keras can't write down, and what it holds; None where it can write all."""
    for layer in layers:
        if (kind := _unwritable(layer)) is not None:
            return text(
                "Layer {layer} holds {kind}, which Keras can't save. Write it as a function or a class with "
                "get_config, register that with keras.saving.register_keras_serializable, create the model "
                "again and open it again.",
                layer=repr(layer.name),
                kind=kind,
            )
    return None


def _unwritable(made: Any) -> str | None:
    """The class of what Keras can't write in an object, or lists and dicts of them."""
    import keras

    try:
        keras.saving.serialize_keras_object(made)
    except TypeError as error:
        found = _KIND.search(str(error))
        return found[1] if found else None
    except Exception:  # of a class of the user's
        return None
    return None
