"""The least that the JSON of a model must be before anything is looked at: layers, and calls of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text, text

MODELS = frozenset({"Functional", "Model", "Sequential"})
"""Classes whose config has layers; in one of the user's own, `layers` may be a number."""
_DEEP = 64


def check_layers(model: Any) -> None:
    """Looks that the models of a document, those inside too, have their layers in a list, and each a class.

    Args:
        model: A document, or a layer.

    Raises:
        ModelFileError: With what is wrong, in the words of the file.
    """
    waiting = [model]
    while waiting:
        item = waiting.pop()
        if not isinstance(item, dict):
            raise _no_model("layer", item, text("an object"))
        if str(item.get("class_name")) not in MODELS:
            continue
        config = item.get("config")
        if not isinstance(config, dict):
            raise _no_model("config", config, text("an object"))
        layers = config.get("layers")
        if not isinstance(layers, list):
            raise _no_model("layers", layers, text("a list"))
        for layer in layers:
            check_item(layer)
        waiting.extend(layers)


def layer_name(layer: Mapping[str, Any]) -> str:
    """Returns the name of a layer, which a Sequential model has only in the config of the layer.

    Keras makes up one for a layer that has none, so in an error its class stands for it.
    """
    config = layer.get("config")
    name = layer.get("name") or (config.get("name") if isinstance(config, dict) else None)
    return str(name or layer.get("class_name") or "layer")


def check_graph(model: Mapping[str, Any]) -> None:
    """Looks that the calls, inputs and outputs of today's models are what Keras reads.

    Args:
        model: A document that passed `check_layers`.

    Raises:
        ModelFileError: With the layer whose call is none.
    """
    waiting = [model]
    while waiting:
        item = waiting.pop()
        if str(item.get("class_name")) not in MODELS:
            continue
        config = item["config"]
        for key in ("input_layers", "output_layers"):
            if config.get(key) is not None and not _are_ends(config[key]):
                raise _no_model(key, config[key], text("a list of [layer, call, output]"))
        for layer in config["layers"]:
            for call in layer.get("inbound_nodes") or ():
                if not _is_call(call):
                    raise _refused("inbound_nodes", call, text("args in a list, and kwargs"), layer)
        waiting.extend(config["layers"])


def check_item(layer: Any, configs: Any = dict) -> None:
    """Looks that an item of the layers of a model has a class and a config.

    Args:
        layer: The item.
        configs: What its config may be; Keras 1 wrote the layers of a model inside another as a list.

    Raises:
        ModelFileError: With what is wrong, and the layer where it has a name.
    """
    if not isinstance(layer, dict):
        raise _no_model("layer", layer, text("an object"))
    for key, kinds, expected in (
        ("class_name", str, text("a text")),
        ("config", configs, text("an object")),
        ("name", str | None, text("a text")),
        ("inbound_nodes", list | None, text("a list")),
    ):
        if not isinstance(layer.get(key), kinds):
            raise _refused(key, layer.get(key), expected, layer)
    config = layer["config"]
    if isinstance(config, dict) and not isinstance(config.get("name"), str | None):
        raise _refused("name", config["name"], text("a text"), layer)


def _is_call(call: Any) -> bool:
    """Tells whether a value is a call of Keras 3; one of Keras 2 is a list, which Keras reads too."""
    if not isinstance(call, dict):
        return isinstance(call, list) and bool(call)
    args, kwargs = call.get("args"), call.get("kwargs")
    return (
        isinstance(args, list)
        and isinstance(kwargs, dict)
        and all(_is_tensor(tensor.get("config")) for tensor in _tensors([args, kwargs]))
    )


def _tensors(value: Any) -> Iterator[dict[str, Any]]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict) and item.get("class_name") == "__keras_tensor__":
            yield item
        elif isinstance(item, dict | list):
            stack.extend(item.values() if isinstance(item, dict) else item)


def _is_tensor(config: Any) -> bool:
    return (
        isinstance(config, dict)
        and isinstance(config.get("shape"), list)
        and isinstance(config.get("dtype"), str)
        and _is_end(config.get("keras_history"))
    )


def _is_end(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 3 and [type(part) for part in value] == [str, int, int]


def _are_ends(value: Any, depth: int = 0) -> bool:
    if _is_end(value):
        return True
    parts = list(value.values()) if isinstance(value, dict) else value
    return isinstance(parts, list) and depth < _DEEP and all(_are_ends(part, depth + 1) for part in parts)


def _refused(key: str, value: Any, expected: Text, layer: Mapping[str, Any]) -> ModelFileError:
    config = layer.get("config")
    named = (
        config.get("name") if isinstance(config, dict) else None,
        layer.get("name"),
        layer.get("class_name"),
    )
    return ModelFileError(
        text("{key} is {value}, expected {expected}.", key=key, value=_short(value), expected=expected),
        layer=next((name for name in named if isinstance(name, str)), None),
    )


def _no_model(key: str, value: Any, expected: Text) -> ModelFileError:
    return ModelFileError(
        text(
            "This is not a Keras model: {key} is {value}, expected {expected}.",
            key=key,
            value=_short(value),
            expected=expected,
        )
    )


def _short(value: Any) -> str:
    return f"{json.dumps(value, default=repr):.40}"
