"""The layers and calls that a Keras config describes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kerasviz.config.layercalls import ends_of, too_many_ends
from kerasviz.config.layerlist import layer_name
from kerasviz.protocol.text import text

TENSOR_CLASS = "__keras_tensor__"


@dataclass(frozen=True)
class Reference:
    """One output tensor of one call; `tensor` is None for all outputs, as in `Sequential`."""

    layer: str
    call: int
    tensor: int | None


GIVEN = Reference("", 0, None)
"""The input of a Sequential model whose first layer is not an Input."""


@dataclass(frozen=True, eq=False)
class Call:
    """One call of a layer: its arguments as Keras serializes them, and the tensors in them."""

    args: list[Any]
    kwargs: dict[str, Any]
    references: tuple[Reference, ...]
    key: str


@dataclass(frozen=True, eq=False)
class LayerConfig:
    """A layer of a config, read only once while its dict is the same object.

    Attributes:
        data: The dict itself.
        key: Content of the layer without its name: layers with equal keys compute the same.
        links: The references of every call.
    """

    data: dict[str, Any]
    name: str
    calls: tuple[Call, ...]
    key: str
    links: tuple[tuple[Reference, ...], ...]


class ConfigShapeError(ValueError):
    """A config does not have the structure of a Keras model."""


def read_layers(
    model: Mapping[str, Any], known: Mapping[int, LayerConfig], *, is_fed: bool = False
) -> list[LayerConfig]:
    """Reads the layers of a Functional or Sequential config.

    Args:
        model: The Keras JSON of the model.
        known: Layers that were read before, by the `id` of their dicts.
        is_fed: Whether the input of a Sequential without an Input is known.

    Raises:
        ConfigShapeError: If it is neither of them, nested too deeply, or has too many inputs and outputs.
    """
    config = model.get("config")
    layers = config.get("layers") if isinstance(config, dict) else None
    if not isinstance(layers, list) or not all(isinstance(layer, dict) for layer in layers):
        raise ConfigShapeError(
            text(
                "Expected the config of a Functional or Sequential model, with its layers in config.layers. "
                "Received: class_name={class_name}.",
                class_name=repr(model.get("class_name")),
            )
        )
    if isinstance(config, dict) and (reason := too_many_ends(ends_of(config))):
        raise ConfigShapeError(reason)
    try:
        if is_sequential(model):
            return _read_chain(layers, known, is_fed)
        return [known.get(id(data)) or _read_layer(data) for data in layers]
    except RecursionError:
        raise ConfigShapeError(
            text("The model is nested too deeply. Use fewer levels of nested models.")
        ) from None


def expect_config(value: object) -> None:
    """Raises an error if a value is not a config.

    Raises:
        TypeError: If it is not a dict.
    """
    if not isinstance(value, Mapping):
        raise TypeError(
            text(
                "Expected the Keras JSON of a model as a dict, such as json.loads(model.to_json()) or "
                "json.load(file). Received: {kind}.",
                kind=type(value).__name__,
            )
        )


def is_sequential(model: Mapping[str, Any]) -> bool:
    """Tells whether the config is a chain without `inbound_nodes`."""
    return model.get("class_name") == "Sequential"


def is_model(data: Mapping[str, Any]) -> bool:
    """Tells whether a layer is a nested model."""
    config = data.get("config")
    return isinstance(config, dict) and "layers" in config


def is_input(data: Mapping[str, Any]) -> bool:
    """Tells whether a layer is an Input."""
    return data.get("class_name") == "InputLayer"


def _read_layer(data: dict[str, Any]) -> LayerConfig:
    """Reads a layer of a Functional model."""
    calls = tuple(_read_call(call) for call in _as_list(data.get("inbound_nodes")))
    return LayerConfig(data, layer_name(data), calls, _content_key(data), tuple(c.references for c in calls))


def _read_chain(
    layers: list[dict[str, Any]], known: Mapping[int, LayerConfig], is_fed: bool
) -> list[LayerConfig]:
    """Reads the layers of a Sequential model: each is called once, on the output of the one before."""
    result: list[LayerConfig] = []
    for data in layers:
        references: tuple[Reference, ...] = ()
        if result:
            references = (Reference(result[-1].name, 0, None),)
        elif is_fed and not is_input(data):
            references = (GIVEN,)
        old = known.get(id(data))
        if old is not None and old.links == (references,):
            result.append(old)
            continue
        histories = [[reference.layer, reference.call, reference.tensor] for reference in references]
        args = [{"class_name": TENSOR_CLASS, "config": {"keras_history": h}} for h in histories]
        call = Call(args, {}, references, "chain")
        result.append(LayerConfig(data, layer_name(data), (call,), _content_key(data), (references,)))
    return result


def _content_key(data: Mapping[str, Any]) -> str:
    """Returns the content of a layer, without its name and connections, as a string."""
    config = data.get("config")
    bare = {k: v for k, v in config.items() if k != "name"} if isinstance(config, dict) else config
    parts = [data.get("module"), data.get("class_name"), data.get("registered_name"), bare]
    return json.dumps(parts, sort_keys=True, default=repr)


def read_history(value: Any) -> Reference | None:
    """Reads `[layer, call, tensor]`, or returns None."""
    if (
        isinstance(value, list)
        and len(value) == 3
        and isinstance(value[0], str)
        and isinstance(value[1], int)
        and (value[2] is None or isinstance(value[2], int))
    ):
        return Reference(value[0], value[1], value[2])
    return None


def is_tensor(value: Any) -> bool:
    """Tells whether a value is a symbolic tensor as Keras serializes it."""
    return isinstance(value, dict) and value.get("class_name") == TENSOR_CLASS


def tensor_reference(value: Any) -> Reference | None:
    """Reads the reference of a serialized tensor, or returns None."""
    config = value.get("config")
    return read_history(config.get("keras_history")) if isinstance(config, dict) else None


def _read_call(call: Any) -> Call:
    args = _as_list(call.get("args")) if isinstance(call, dict) else []
    kwargs = call.get("kwargs") if isinstance(call, dict) else None
    kwargs = kwargs if isinstance(kwargs, dict) else {}
    references = tuple(_references([args, kwargs]))
    return Call(args, kwargs, references, json.dumps(_without_names([args, kwargs]), default=repr))


def _references(value: Any) -> Iterator[Reference]:
    if is_tensor(value):
        reference = tensor_reference(value)
        # A reference that can't be read refers to a layer that does not exist.
        yield reference or Reference("", 0, 0)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


def _without_names(value: Any) -> Any:
    """Returns arguments with a mark for every tensor: specs tell which tensors they are."""
    if is_tensor(value):
        return TENSOR_CLASS
    if isinstance(value, dict):
        return {k: _without_names(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_without_names(v) for v in value]
    return value


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
