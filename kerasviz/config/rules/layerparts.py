"""What a model in today's form consists of, as far as masks are concerned."""

import itertools
from typing import Any

from kerasviz.config.rules.rule import Layer
from kerasviz.config.rules.tensors import tensor_of


def calls_of(model: Layer) -> tuple[dict[str, list[dict[str, Any]]], list[str], list[dict[str, Any]]]:
    """Lists the calls of each layer, the inputs and the outputs; the layers of a Sequential are a chain."""
    layers, config = model["config"]["layers"], model["config"]
    if "output_layers" in config:
        nodes = {layer["config"]["name"]: layer["inbound_nodes"] for layer in layers}
        inputs = [name for name, _, _ in _references(config["input_layers"])]
        models = {layer["config"]["name"] for layer in layers if layer["class_name"] == "Functional"}
        # Keras 3 counts the call that made a model, but only here.
        outputs = [
            tensor_of(name, node - (name in models), place)
            for name, node, place in _references(config["output_layers"])
        ]
        return nodes, inputs, outputs
    names = [str(layer["config"]["name"]) for layer in layers]
    begins = bool(layers) and layers[0]["class_name"] == "InputLayer"
    chain = names if begins else ["", *names]
    nodes = {
        name: [{"args": [tensor_of(source)], "kwargs": {}}] for source, name in itertools.pairwise(chain)
    }
    return {chain[0]: [], **nodes}, chain[:1], [tensor_of(chain[-1])]


def _references(value: Any) -> list[Any]:
    """Lists the references `[layer, call, output]` in what a graph names as its inputs or outputs."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list) and len(value) == 3 and isinstance(value[0], str):
        return [value]
    return [found for item in value for found in _references(item)] if isinstance(value, list) else []


def has_masks(layer: Layer) -> bool:
    """Tells whether a layer, or one inside it, makes a mask or is given one."""
    inner = layer["config"].get("layer")
    parts = layer["config"]["layers"] if is_model(layer) else [inner]
    nodes = layer.get("inbound_nodes", [])
    given = any(isinstance(node, dict) and "mask" in node["kwargs"] for node in nodes)
    return given or is_source(layer) or any(has_masks(part) for part in parts if _is_layer(part))


def is_source(layer: Layer) -> bool:
    """Tells whether a layer makes a mask."""
    masks = layer["class_name"] == "Embedding" and layer["config"].get("mask_zero")
    return bool(masks) or layer["class_name"] == "Masking"


def is_model(layer: Layer) -> bool:
    """Tells whether a layer is a model."""
    return layer["class_name"] in ("Functional", "Sequential") and "layers" in layer["config"]


def returns_sequences(layer: Layer) -> bool:
    """Tells whether a recurrent layer, or what it wraps, gives an output for each step."""
    inner = layer["config"].get("layer")
    config = inner["config"] if isinstance(inner, dict) else layer["config"]
    return bool(config.get("return_sequences"))


def _is_layer(value: Any) -> bool:
    return isinstance(value, dict) and "class_name" in value and isinstance(value.get("config"), dict)
