"""Calls of layers: from the lists of Keras 1 and 2 to the arguments that Keras 3 writes.

Keras 1 and 2 write a call as a list of `[layer, node, tensor, arguments]`, one for each input; tensors in the
arguments are `[layer, node, tensor]`. Source:
https://github.com/keras-team/keras/blob/v2.15.0/keras/engine/functional.py
"""

from typing import Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.rules.rule import KERAS_3, Layer
from kerasviz.config.rules.tensorflow_ops import constants
from kerasviz.config.rules.tensors import tensor_of
from kerasviz.protocol.text import text

CONSTANT = "_CONSTANT_VALUE"
ONE_IS_NO_LIST = (3, 11)
"""Since then a graph's only input or output is in a list only where it is in the model. Source:
https://github.com/keras-team/keras/pull/21341"""
STATEFUL = frozenset("LSTM GRU SimpleRNN RNN Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D".split())

ATTENTION = frozenset({"Attention", "AdditiveAttention"})


class Calls:
    """Converts the calls of one graph.

    Args:
        layers: The layers of the graph.
        renamed: Today's name of each layer by its name in the file.
        version: The Keras that wrote the graph.
    """

    def __init__(self, layers: list[Layer], renamed: dict[str, str], version: tuple[int, ...]) -> None:
        self.renamed, self.old = renamed, version < KERAS_3
        self.lists_one = KERAS_3 < version < ONE_IS_NO_LIST
        # A nested model of Keras 1 and 2 has one call more, that which made it.
        self.nested = {layer["name"] for layer in layers if self.old and _layers(layer) is not None}
        # Keras 3 counts that call too for a Functional, but only in the inputs and outputs of the graph.
        self.counted = {
            layer["name"] for layer in layers if _layers(layer) and "input_layers" in layer["config"]
        }

    def reference(self, value: Any) -> list[Any]:
        """Converts `[layer, node, tensor]`."""
        name, node, tensor = value[:3]
        if name in self.nested and node > 0:
            node -= 1
        return [self.renamed[name], node, tensor]

    def ends(self, value: Any) -> Any:
        """Converts the inputs or outputs of the graph: a reference, or lists or a dict of them."""
        found = self._references(value)
        return found[0] if self.lists_one and isinstance(value, list) and len(value) == 1 else found

    def _references(self, value: Any) -> Any:
        if self.is_reference(value):
            name, node, tensor = self.reference(value)
            return [name, node + 1 if self.old and value[0] in self.counted else node, tensor]
        if isinstance(value, list):
            found = [self._references(item) for item in value]
            return found[0] if self.old and len(found) == 1 else found
        if isinstance(value, dict):
            return {key: self._references(item) for key, item in value.items()}
        return value

    def is_reference(self, value: Any) -> bool:
        """Tells whether a value is `[layer, node, tensor]` or that with arguments."""
        return (
            isinstance(value, list)
            and len(value) in (3, 4)
            and isinstance(value[0], str)
            and value[0] in self.renamed
            and isinstance(value[1], int)
            and isinstance(value[2], int)
            and (len(value) == 3 or isinstance(value[3], dict))
        )

    def call(self, layer: Layer, call: Any) -> dict[str, Any]:
        """Converts one call of a layer."""
        if isinstance(call, dict) and "args" in call:
            return {"args": self.modern(call.get("args", [])), "kwargs": self.modern(call.get("kwargs", {}))}
        arguments: dict[str, Any] = {}
        inputs = self.inputs(call, arguments)
        kwargs = {key: self.tensors(value) for key, value in arguments.items()}
        if layer["class_name"] in ATTENTION and layer["config"].get("causal"):
            kwargs["use_causal_mask"] = True
        if layer["class_name"] in STATEFUL and isinstance(inputs, list) and len(inputs) > 1:
            # Keras 2 put the states behind the sequence.
            states = inputs[1:]
            single = layer["class_name"] in ("GRU", "SimpleRNN")
            return {
                "args": inputs[:1],
                "kwargs": {**kwargs, "initial_state": states[0] if single else states},
            }
        return {"args": [inputs], "kwargs": kwargs}

    def inputs(self, value: Any, arguments: dict[str, Any]) -> Any:
        """Converts the inputs before the arguments, and collects the arguments."""
        if self.is_reference(value) or (isinstance(value, list) and value[:1] == [CONSTANT]):
            if len(value) > 3:
                arguments.update(value[3])
            return constants(value[2]) if value[0] == CONSTANT else self.tensor(value)
        if isinstance(value, list):
            found = [self.inputs(item, arguments) for item in value]
            return found[0] if len(found) == 1 else found
        if isinstance(value, dict):
            return {key: self.inputs(item, arguments) for key, item in value.items()}
        raise ModelFileError(
            text(
                "Expected an input [layer, node, tensor], received {value}.",
                value=str(value)[:80],
            )
        )

    def tensors(self, value: Any) -> Any:
        """Converts an argument, which may contain tensors at any depth."""
        if self.is_reference(value) and len(value) == 3:
            return self.tensor(value)
        if isinstance(value, list):
            if len(value) == 3 and value[0] == CONSTANT:
                return value[2]
            return [self.tensors(item) for item in value]
        if isinstance(value, dict):
            return {key: self.tensors(item) for key, item in value.items()}
        return value

    def tensor(self, value: list[Any]) -> dict[str, Any]:
        """Writes a tensor as Keras 3 does."""
        return tensor_of(*self.reference(value))

    def modern(self, value: Any) -> Any:
        """Renames the layers inside the arguments of a Keras 3 call."""
        if isinstance(value, list):
            return [self.modern(item) for item in value]
        if not isinstance(value, dict):
            return value
        if value.get("class_name") == "__keras_tensor__" and self.is_reference(
            value.get("config", {}).get("keras_history")
        ):
            config = value["config"]
            return {**value, "config": {**config, "keras_history": self.reference(config["keras_history"])}}
        return {key: self.modern(item) for key, item in value.items()}


def _layers(layer: Layer) -> list[Any] | None:
    """Lists the layers of a nested model; None for a layer that is none."""
    config = layer["config"]
    layers = config if isinstance(config, list) else config.get("layers")
    return layers if isinstance(layers, list) and layer["class_name"] != "Merge" else None
