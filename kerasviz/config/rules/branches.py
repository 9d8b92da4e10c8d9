"""A Sequential of Keras 1 that starts with several models, as a graph.

Before Keras 2.0 `Sequential([Merge([left, right], mode="concat"), Dense(1)])` was the way to have two inputs.
Source: https://github.com/keras-team/keras/blob/1.2.2/keras/models.py
"""

from typing import Any

from kerasviz.config.rules.inputshapes import input_of
from kerasviz.config.rules.rule import Layer
from kerasviz.protocol.text import text

SAYS = text("Turned a Sequential of several models into one graph")


def begins_with_branches(layers: list[Layer]) -> bool:
    """Tells whether the first of these layers is a Merge of models."""
    first = layers[0] if layers else {}
    config = first.get("config")
    return first.get("class_name") == "Merge" and isinstance(config, dict) and bool(config.get("layers"))


def as_graph(layers: list[Layer]) -> dict[str, Any]:
    """Writes the layers as the config of a functional model of Keras 1, which the converter then converts."""
    found: list[Layer] = []
    inputs: list[list[Any]] = []
    last = _chain(layers, found, inputs)
    return {"layers": found, "input_layers": inputs, "output_layers": [[last, 0, 0]]}


def _chain(layers: list[Layer], found: list[Layer], inputs: list[list[Any]]) -> str:
    """Appends layers that follow one another, and returns the name of the last."""
    rest = list(layers)
    if begins_with_branches(rest):
        merge = rest.pop(0)
        branches = [_chain(_layers(branch), found, inputs) for branch in merge["config"]["layers"]]
        merge = {**merge, "config": {key: item for key, item in merge["config"].items() if key != "layers"}}
        last = _append(merge, branches, found)
    else:
        shape, dtype = input_of(rest[0])
        name = f"{rest[0]['config']['name']}_input"
        entry = {
            "class_name": "InputLayer",
            "config": {"name": name, "batch_input_shape": shape, "dtype": dtype},
        }
        if rest[0]["class_name"] == "InputLayer":
            entry = rest.pop(0)
        last = _append(entry, [], found)
        inputs.append([last, 0, 0])
    for layer in rest:
        last = _append(layer, [last], found)
    return last


def _append(layer: Layer, sources: list[str], found: list[Layer]) -> str:
    name = str(layer["config"]["name"])
    nodes = [[[source, 0, 0] for source in sources]] if sources else []
    found.append({**layer, "name": name, "inbound_nodes": nodes})
    return name


def _layers(model: dict[str, Any]) -> list[Layer]:
    config = model["config"]
    return list(config if isinstance(config, list) else config["layers"])
