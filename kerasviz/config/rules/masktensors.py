"""Tensors of masks in a graph, made by operations of its own."""

from typing import Any

from kerasviz.config.names import operation_module
from kerasviz.config.rules.rule import Layer, NoCounterpartError
from kerasviz.config.rules.tensors import name_of, tensor_of
from kerasviz.protocol.text import text

UNWRITABLE = text("Its mask in Keras 2 can't be expressed in Keras 3, which would use the padding as data.")

Source = tuple[str, int]
"""What makes a mask: a layer and the number of its call."""


class MaskTensors:
    """Computes masks in a graph.

    Args:
        layers: The layers of the graph by their names.
    """

    def __init__(self, layers: dict[str, Layer]) -> None:
        self.layers = layers
        self.added: dict[str, Layer] = {}
        self.values: dict[Source, tuple[Layer, dict[str, Any]]] = {}
        """The layer that makes a mask, and the tensor it makes it of, where that is in this graph.

        A layer that neither embeds nor masks was given the tensor as its mask.
        """

    def joined(self, masks: list[dict[str, Any]]) -> dict[str, Any]:
        """Joins masks by AND, as Keras 2 does."""
        found = masks[0]
        for mask in masks[1:]:
            found = self.operation("LogicalAnd", f"{name_of(found)}_and_{name_of(mask)}", [found, mask])
        return found

    def tensor(self, sources: frozenset[Source]) -> dict[str, Any]:
        """Gives the tensor of the mask that joins those of some sources.

        Raises:
            NoCounterpartError: When one of them can't be computed in this graph.
        """
        return self.joined([self.source(*source) for source in sorted(sources)])

    def source(self, name: str, place: int) -> dict[str, Any]:
        """Gives the mask that a call makes or was given."""
        if (name, place) not in self.values:
            raise NoCounterpartError(UNWRITABLE)
        layer, value = self.values[name, place]
        if layer["class_name"] not in ("Embedding", "Masking"):
            return value
        name, ends = name.replace("/", "_"), f"_{place}" if place else ""
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
        return tensor_of(name, dtype="bool")
