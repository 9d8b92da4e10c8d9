"""Tensors in the calls of a graph, as Keras 3 writes them."""

from typing import Any


def tensor_of(name: str, call: int = 0, output: int = 0, dtype: str = "float32") -> dict[str, Any]:
    """Writes an output of a layer's call; its shape and dtype are found again when the graph is built."""
    config = {"shape": [None], "dtype": dtype, "keras_history": [name, call, output]}
    return {"class_name": "__keras_tensor__", "config": config}


def history_of(tensor: dict[str, Any]) -> list[Any]:
    """Gives layer, call and output that a tensor comes from."""
    return list(tensor["config"]["keras_history"])


def name_of(tensor: dict[str, Any]) -> str:
    """Names the layer that a tensor comes from."""
    return str(history_of(tensor)[0])


def tensors_in(value: Any) -> list[dict[str, Any]]:
    """Lists the tensors in the arguments of a call, in order."""
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            return [value]
        value = list(value.values())
    return [tensor for item in value for tensor in tensors_in(item)] if isinstance(value, list) else []
