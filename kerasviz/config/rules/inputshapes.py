"""The shape of a model's input, which before Keras 3 stood in its first layer.

Source: https://keras.io/guides/migrating_to_keras_3/ and keras/engine/topology.py of Keras 2.
"""

from typing import Any

from kerasviz.config.rules.rule import Layer

SHAPE_ARGUMENTS = ("batch_input_shape", "input_shape", "input_length", "input_dtype", "build_input_shape")
RECURRENT = frozenset("LSTM GRU SimpleRNN RNN CuDNNLSTM CuDNNGRU".split())


def take_input_shape(layer: Layer) -> tuple[list[Any] | None, str | None]:
    """Removes what a layer that is no InputLayer says of its input.

    Returns:
        The shape with the batch and the dtype, each None where the layer does not say it.
    """
    config = layer["config"]
    found = {name: config.pop(name, None) for name in SHAPE_ARGUMENTS}
    dim = None
    if layer["class_name"] != "Embedding":
        dim = config.pop("input_dim", None)
    shape = found["batch_input_shape"]
    if shape is None and isinstance(found["input_shape"], list):
        shape = [None, *found["input_shape"]]
    if shape is None and layer["class_name"] == "Embedding" and found["input_length"] is not None:
        length = found["input_length"]
        shape = [None, *(length if isinstance(length, list) else [length])]
    if shape is None and isinstance(dim, int):
        shape = [None, found["input_length"], dim] if layer["class_name"] in RECURRENT else [None, dim]
    return shape, found["input_dtype"]


def input_of(layer: Layer) -> tuple[list[Any] | None, str | None]:
    """Finds the shape and dtype of a model's input in its first layer, or in the layer that this wraps."""
    shape, dtype = take_input_shape(layer)
    inner = layer["config"].get("layer")
    if isinstance(inner, dict) and isinstance(inner.get("config"), dict):
        inner_shape, inner_dtype = take_input_shape(inner)
        if shape is None and inner_shape is not None:
            if layer["class_name"] == "TimeDistributed":
                inner_shape = [inner_shape[0], None, *inner_shape[1:]]
            shape, dtype = inner_shape, dtype or inner_dtype
    return shape, dtype


def modern_input(config: dict[str, Any]) -> dict[str, Any]:
    """Converts the config of an InputLayer."""
    shape = config.get("batch_shape", config.get("batch_input_shape"))
    if shape is None and isinstance(config.get("input_shape"), list):
        shape = [None, *config["input_shape"]]
    dtype = config.get("dtype") or config.get("input_dtype")
    today = {"batch_shape": shape, "dtype": dtype, "name": config.get("name")}
    today |= {key: config[key] for key in ("sparse", "ragged", "optional") if config.get(key)}
    return {key: value for key, value in today.items() if value is not None}
