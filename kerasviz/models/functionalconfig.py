"""A Sequential model as the functional one that it is."""

from __future__ import annotations

import copy
from typing import Any

from kerasviz.protocol import JSON


def functional_config(document: JSON, model: Any) -> JSON:
    """Writes a document as that of a functional model.

    Args:
        document: Keras JSON.
        model: Its model, built.

    Returns:
        A copy; a Sequential model has become a functional one of the same layers.
    """
    made = {key: value for key, value in copy.deepcopy(document).items() if key != "build_config"}
    if made.get("class_name") != "Sequential":
        return made
    config = made["config"]
    layers, before, shape, dtype = [], "", list(model.inputs[0].shape), str(model.inputs[0].dtype)
    listed = config["layers"]
    if not listed or listed[0].get("class_name") != "InputLayer":
        listed = [
            {
                "module": "keras.layers",
                "class_name": "InputLayer",
                "config": {"batch_shape": shape, "dtype": dtype, "name": model.inputs[0].name},
                "registered_name": None,
            },
            *listed,
        ]
    for layer in listed:
        name = layer["config"]["name"]
        tensor = {
            "class_name": "__keras_tensor__",
            "config": {"shape": shape, "dtype": dtype, "keras_history": [before, 0, 0]},
        }
        nodes = [{"args": [tensor], "kwargs": {}}] if before else []
        layers.append({**layer, "name": name, "inbound_nodes": nodes})
        if before:
            output = model.get_layer(name).output
            shape, dtype = list(output.shape), str(output.dtype)
        before = name
    return {
        **made,
        "module": "keras.src.models.functional",
        "class_name": "Functional",
        "registered_name": "Functional",
        "config": {
            "name": config.get("name", "model"),
            "trainable": True,
            "layers": layers,
            "input_layers": [[layers[0]["name"], 0, 0]],
            "output_layers": [[before, 0, 0]],
        },
    }
