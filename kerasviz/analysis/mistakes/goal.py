"""An output of a model, and the loss that it is trained with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kerasviz.analysis.mistakes.compiling import model_outputs
from kerasviz.analysis.mistakes.situation import Drawing, Edit, Fix, class_arguments, fix
from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.analysis.reading import LayerConfig
from kerasviz.analysis.specs import TensorSpec
from kerasviz.config.naming import to_snake_case
from kerasviz.config.parts import part_of
from kerasviz.data.target import Target
from kerasviz.protocol.text import Text

CATEGORICAL = frozenset({"sparse_categorical_crossentropy", "categorical_crossentropy"})
BINARY = frozenset({"binary_crossentropy"})
PROBABILITIES = {"softmax": CATEGORICAL, "sigmoid": BINARY}
"""Activations that output probabilities, and the losses that expect them."""


@dataclass(frozen=True)
class Goal:
    """An output of a model, and its loss.

    Attributes:
        drawing: The model.
        layer: The layer that makes the output.
        output: Its tensor.
        loss: Name of the loss.
        from_logits: Whether the loss computes the probabilities.
        losses: The losses of all outputs, as the model has them.
        key: Index or name of this one in `losses`, or None where there is only one loss.
        outputs: Number of the model's outputs.
    """

    drawing: Drawing
    layer: LayerConfig
    output: TensorSpec
    loss: str
    from_logits: bool
    losses: Any
    key: int | str | None
    outputs: int

    @property
    def target(self) -> Target | None:
        """What it is to predict, where that is known."""
        data = self.drawing.data
        return data.target if data is not None and self.outputs == 1 else None

    @property
    def value(self) -> Any:
        """The loss as the model has it: a name, or a serialised object."""
        return self.losses if self.key is None else self.losses[self.key]

    def use(self, loss: str) -> Edit:
        """Returns the edit that sets another loss for this output."""
        losses: Any = loss
        if isinstance(self.losses, list):
            losses = [loss if i == self.key else old for i, old in enumerate(self.losses)]
        elif self.key is not None:
            losses = {**self.losses, self.key: loss}
        return {"edit": "compile", "values": {"loss": losses}}

    @property
    def activation(self) -> str | None:
        """Name of the last activation, or None where the layer has none."""
        class_name = str(self.layer.data.get("class_name"))
        if class_name == "Softmax":
            return "softmax"
        if "activation" not in class_arguments(class_name):
            return None
        value = self.layer.data["config"].get("activation")
        return str((value.get("config") if isinstance(value, dict) else value) or "linear")

    def set(self, *more: Edit, title: Text | None = None, **arguments: Any) -> Fix:
        """Returns the fix that sets arguments of the last layer, and does `more`."""
        edit = {"edit": "set", "layer": self.layer.name, "arguments": arguments}
        return fix(title or set_title(arguments), edit, *more)


def goals(drawing: Drawing) -> Iterator[Goal]:
    """Yields each output that has a loss; a single loss applies to all outputs."""
    whole = part_of(drawing.model, "compile_config").get("loss")
    outputs = model_outputs(drawing)
    for index, (node, layer) in enumerate(outputs):
        key: int | str | None = None
        if isinstance(whole, list) and len(whole) == len(outputs):
            key = index
        elif isinstance(whole, dict) and layer.name in whole:
            key = layer.name
        value: Any = whole[key] if whole is not None and key is not None else whole
        name = value.get("class_name") if isinstance(value, dict) and "class_name" in value else value
        if name == "function" and isinstance(value, dict):
            name = value.get("config")
        outcome = drawing.outcomes.get(node)
        if not isinstance(name, str) or outcome is None or not isinstance(layer.data.get("config"), dict):
            continue
        config = value.get("config") if isinstance(value, dict) else None
        from_logits = isinstance(config, dict) and config.get("from_logits") is True
        if len(outcome.outputs) == 1 and outcome.outputs[0].shape:
            yield Goal(
                drawing, layer, outcome.outputs[0], to_snake_case(name), from_logits, whole, key, len(outputs)
            )
