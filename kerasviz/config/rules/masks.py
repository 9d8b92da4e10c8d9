"""Masks that Keras 3 joins in another way or loses, written into the graph.

Keras 2 joins the masks of what is merged with AND, and passes over an input that has none. Keras 3 joins them
with OR, and has none where one input has none; what is given to MultiHeadAttention has no mask afterwards,
and a recurrent layer that begins with states finds none.
So a recurrent layer behind `Add()([words, positions])` would see the padding. Source: `compute_mask` in
https://github.com/keras-team/keras/blob/v2.15.0/keras/layers/merging/base_merge.py and
https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/merging/base_merge.py, and `call` in
https://github.com/keras-team/keras/blob/v3.15.1/keras/src/layers/attention/multi_head_attention.py
"""

from dataclasses import dataclass
from typing import Any

from kerasviz.config.names import operation_module
from kerasviz.config.report import Report
from kerasviz.config.rules.rule import Layer

SAYS = "a mask that Keras 3 would join otherwise, or lose, is an argument"

MERGING = frozenset("Add Subtract Multiply Average Maximum Minimum Concatenate".split())
PASSING = frozenset(
    "Activation ActivityRegularization AlphaDropout BatchNormalization Dense Dropout ELU GaussianDropout "
    "GaussianNoise GroupNormalization LayerNormalization LeakyReLU PReLU ReLU Softmax SpatialDropout1D "
    "TimeDistributed UnitNormalization".split()
)
"""Layers whose output has the mask of their input."""
RECURRENT = frozenset("LSTM GRU SimpleRNN RNN ConvLSTM1D ConvLSTM2D ConvLSTM3D Bidirectional".split())
ATTENTION = frozenset({"Attention", "AdditiveAttention"})
OF_TIME = (1, -2)
"""Axes along which Concatenate appends masks, as it does today."""


@dataclass(frozen=True)
class Mask:
    """What Keras 2 knew of the mask of a tensor.

    Attributes:
        sources: The calls whose masks it joins, each a layer and the number of its call; empty for no mask.
        kept: Whether Keras 3 has the same by itself.
    """

    sources: frozenset[tuple[str, int]] = frozenset()
    kept: bool = True


def write_masks(layers: list[Layer], report: Report) -> list[Layer]:
    """Adds masks to the calls of a converted graph that would be without.

    Args:
        layers: The layers of the graph, in today's form; their calls are changed.
        report: Gets what was changed.

    Returns:
        The layers, with the operations that compute the masks.
    """
    if not any(map(_is_source, layers)):
        return layers
    graph = _Graph(layers, report)
    waiting = [(layer, place) for layer in layers for place in range(len(layer["inbound_nodes"]))]
    while waiting:
        ready = [(layer, place) for layer, place in waiting if graph.is_ready(layer["inbound_nodes"][place])]
        if not ready:
            break
        for layer, place in ready:
            graph.masks[layer["name"], place] = graph.call(layer, place)
        waiting = [item for item in waiting if item not in ready]
    return [*layers, *graph.added.values()]


class _Graph:
    """One walk through a graph, in the order of its calls."""

    def __init__(self, layers: list[Layer], report: Report) -> None:
        self.layers, self.report = {layer["name"]: layer for layer in layers}, report
        self.masks: dict[tuple[str, int], Mask] = {}
        self.added: dict[str, Layer] = {}
        users: dict[str, int] = {}
        attended: set[str] = set()
        for layer in layers:
            for node in layer["inbound_nodes"]:
                for history in {str(_history(tensor)) for tensor in _tensors(node)}:
                    users[history] = users.get(history, 0) + 1
                    if layer["class_name"] == "MultiHeadAttention":
                        attended.add(history)
        self.bared = {history for history in attended if users[history] > 1}

    def is_ready(self, node: dict[str, Any]) -> bool:
        """Tells whether the masks of what a call takes are known."""
        calls = [tuple(_history(tensor)[:2]) for tensor in _tensors(node)]
        return all(call in self.masks or not self.layers[call[0]]["inbound_nodes"] for call in calls)

    def mask(self, tensor: Any) -> Mask:
        """Gives the mask of a tensor; states and whatever else follows the first output have none."""
        name, node, place = _history(tensor)
        mask = self.masks.get((name, node), Mask()) if place == 0 else Mask()
        return Mask(mask.sources, False) if mask.sources and str([name, node, place]) in self.bared else mask

    def call(self, layer: Layer, place: int) -> Mask:
        """Finds the mask of what a call gives, and writes those that it uses into its arguments."""
        node, class_name, config = layer["inbound_nodes"][place], layer["class_name"], layer["config"]
        if _is_source(layer):
            return Mask(frozenset({(layer["name"], place)}))
        inputs = [self.mask(tensor) for tensor in _tensors(node["args"])]
        if not inputs or "mask" in node["kwargs"]:
            return Mask()
        if class_name in MERGING and not (class_name == "Concatenate" and config.get("axis") in OF_TIME):
            joined = frozenset().union(*(mask.sources for mask in inputs))
            return Mask(joined, all(mask == Mask(joined) for mask in inputs))
        if class_name in PASSING:
            return inputs[0]
        if class_name in RECURRENT or class_name == "GlobalAveragePooling1D":
            # Beside another tensor, which a state is, Keras 3 finds no mask for the sequence.
            kept = inputs[0].kept and not _tensors(node["kwargs"])
            self.write(layer, node, Mask(inputs[0].sources, kept))
            returns = config.get("return_sequences") or _inner(config).get("return_sequences")
            return Mask(inputs[0].sources) if returns else Mask()
        if class_name in ATTENTION:
            self.write_list(layer, node, inputs)
            return Mask(inputs[0].sources)
        if class_name == "MultiHeadAttention":
            kept = self.write_product(layer, place, inputs[0])
            return Mask(inputs[0].sources, kept)
        return Mask()

    def write(self, layer: Layer, node: dict[str, Any], mask: Mask) -> None:
        """Writes a mask as an argument of a call where Keras 3 would not have it."""
        if mask.sources and not mask.kept:
            self.report.changed(SAYS, layer["name"])
            node["kwargs"]["mask"] = self.tensor(mask)

    def write_list(self, layer: Layer, node: dict[str, Any], masks: list[Mask]) -> None:
        """Writes the masks of query and value as the one argument that `Attention` has for them."""
        if not all(mask.kept for mask in masks):
            self.report.changed(SAYS, layer["name"])
            node["kwargs"]["mask"] = [self.tensor(mask) if mask.sources else None for mask in masks[:2]]

    def write_product(self, layer: Layer, place: int, query: Mask) -> bool:
        """Writes which query may look at which value, as the layer reads no `query_mask` that it is given.

        Returns:
            Whether Keras 3 has all the masks by itself.
        """
        kwargs = layer["inbound_nodes"][place]["kwargs"]
        others = [self.mask(kwargs[name]) for name in ("value", "key") if _tensors(kwargs.get(name))]
        masks = [
            (mask, axis) for mask, axis in zip([query, *others], (-1, -2, -2), strict=False) if mask.sources
        ]
        if all(mask.kept for mask, _ in masks):
            return True
        self.report.changed(SAYS, layer["name"])
        parts = [self.tensor(mask) for mask, _ in masks]
        parts = [
            self.operation(
                "ExpandDims", f"{_name(part)}_{'rows' if axis == -1 else 'columns'}", [part], axis=axis
            )
            for part, (_, axis) in zip(parts, masks, strict=True)
        ]
        kwargs["attention_mask"] = self.joined([*parts, *_tensors(kwargs.get("attention_mask"))])
        return False

    def joined(self, masks: list[dict[str, Any]]) -> dict[str, Any]:
        """Joins masks by AND, as Keras 2 does."""
        found = masks[0]
        for mask in masks[1:]:
            found = self.operation("LogicalAnd", f"{_name(found)}_and_{_name(mask)}", [found, mask])
        return found

    def tensor(self, mask: Mask) -> dict[str, Any]:
        """Gives the tensor of a mask, made by operations of its own."""
        return self.joined([self.source(*source) for source in sorted(mask.sources)])

    def source(self, name: str, place: int) -> dict[str, Any]:
        """Computes the mask that a call of Embedding or Masking makes."""
        layer = self.layers[name]
        value = layer["inbound_nodes"][place]["args"][0]
        ends = f"_{place}" if place else ""
        if layer["class_name"] == "Embedding":
            return self.operation("NotEqual", f"{name}_mask{ends}", [value, 0])
        differs = self.operation(
            "NotEqual", f"{name}_differs{ends}", [value, layer["config"].get("mask_value", 0.0)]
        )
        return self.operation("Any", f"{name}_mask{ends}", [differs], axis=-1)

    def operation(self, class_name: str, name: str, args: list[Any], **config: Any) -> dict[str, Any]:
        """Adds an operation to the graph, once, and gives its output."""
        while name in self.layers:
            name += "_"
        self.added.setdefault(
            name,
            {
                "module": operation_module(class_name),
                "class_name": class_name,
                "config": {**config, "name": name},
                "registered_name": class_name,
                "name": name,
                "inbound_nodes": [{"args": args, "kwargs": {}}],
            },
        )
        history = {"shape": [None], "dtype": "bool", "keras_history": [name, 0, 0]}
        return {"class_name": "__keras_tensor__", "config": history}


def _is_source(layer: Layer) -> bool:
    masks = layer["class_name"] == "Embedding" and layer["config"].get("mask_zero")
    return bool(masks) or layer["class_name"] == "Masking"


def _inner(config: dict[str, Any]) -> dict[str, Any]:
    layer = config.get("layer")
    return layer.get("config", {}) if isinstance(layer, dict) else {}


def _history(tensor: dict[str, Any]) -> list[Any]:
    return list(tensor["config"]["keras_history"])


def _name(tensor: dict[str, Any]) -> str:
    return str(_history(tensor)[0])


def _tensors(value: Any) -> list[dict[str, Any]]:
    """Lists the tensors in the arguments of a call, in order."""
    if isinstance(value, dict):
        if value.get("class_name") == "__keras_tensor__":
            return [value]
        value = list(value.values())
    return [tensor for item in value for tensor in _tensors(item)] if isinstance(value, list) else []
