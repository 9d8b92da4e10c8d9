"""The layers in the JSON of a model: that they are a list, and what each is called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text, text

MODELS = frozenset({"Functional", "Model", "Sequential"})
"""Classes whose config has layers; in one of the user's own, `layers` may be a number."""


def check_layers(model: Any) -> None:
    """Looks that the models of a document, those inside too, have their layers in a list.

    Args:
        model: A document, or a layer.

    Raises:
        ModelFileError: With what is wrong, in the words of the file.
    """
    waiting = [model]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, dict):
            raise _refused("layer", item, text("an object"))
        if str(item.get("class_name")) not in MODELS:
            continue
        config = item.get("config")
        if not isinstance(config, dict):
            raise _refused("config", config, text("an object"))
        layers = config.get("layers")
        if not isinstance(layers, list):
            raise _refused("layers", layers, text("a list"))
        waiting.extend(layers)


def layer_name(layer: Mapping[str, Any]) -> str:
    """Returns the name of a layer, which a Sequential model has only in the config of the layer.

    Keras makes up one for a layer that has none, so in an error its class stands for it.
    """
    config = layer.get("config")
    name = layer.get("name") or (config.get("name") if isinstance(config, dict) else None)
    return str(name or layer.get("class_name") or "layer")


def _refused(key: str, value: Any, expected: Text) -> ModelFileError:
    return ModelFileError(
        text(
            "This is not a Keras model: {key} is {value}, expected {expected}.",
            key=key,
            value=f"{json.dumps(value):.40}",
            expected=expected,
        )
    )
