"""Models that the user created in the kernel, by name."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kerasviz.backend.usernamespace import shown
from kerasviz.protocol import ModelEntry, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import keras


def list_models(namespace: Mapping[str, Any]) -> list[ModelEntry]:
    """Lists the models of a namespace."""
    return [
        ModelEntry(
            name=name,
            class_name=type(model).__name__,
            params=_parameters(model),
        )
        for name, model in _models(namespace).items()
    ]


def find_model(name: object, namespace: Mapping[str, Any]) -> keras.Model:
    """Returns a model of a namespace.

    Raises:
        RequestError: With code `no_model` if there is no model of that name.
    """
    models = _models(namespace)
    if name not in models:
        raise RequestError(
            "no_model",
            text(
                "The kernel has no Keras model named {name}. Run the cell that creates it, or choose "
                "another name.",
                name=f"{name!r:.80}",
            ),
        )
    return models[str(name)]


def name_of(model: object, namespace: Mapping[str, Any]) -> str | None:
    """Returns the name of the variable that holds a model, or None."""
    return next((name for name, value in _models(namespace).items() if value is model), None)


def _models(namespace: Mapping[str, Any]) -> dict[str, keras.Model]:
    keras = sys.modules.get("keras")  # without it, nothing can be a model
    kind = getattr(keras, "Model", None)
    if kind is None:
        return {}
    # The class is asked: an object may say of itself that it is a model, and raise when it is used as one.
    return {name: value for name, value in shown(namespace).items() if issubclass(type(value), kind)}


def _parameters(model: keras.Model) -> int | None:
    try:
        return int(model.count_params()) if model.built else None
    except BaseException:  # code of the user's class may raise anything
        return None
