"""An output of a model, and the loss that it is trained with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kerasviz.analysis.mistakes.compiling import model_outputs
from kerasviz.analysis.mistakes.lastlayers import (
    activated,
    activation_of,
    backwards,
    size_argument,
    sized,
)
from kerasviz.analysis.mistakes.situation import Drawing, Edit, Fix, class_arguments, fix
from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.analysis.reading import LayerConfig
from kerasviz.analysis.specs import TensorSpec
from kerasviz.config.naming import to_snake_case
from kerasviz.config.oldnames import BY_TARGETS, with_todays_names
from kerasviz.config.parts import part_of
from kerasviz.data.losses import GENERALIZED_LOSS, ONE_HOT_LOSS, SPARSE_LOSS
from kerasviz.data.target import Target
from kerasviz.protocol.text import Text

CATEGORICAL = frozenset({SPARSE_LOSS, ONE_HOT_LOSS, GENERALIZED_LOSS})
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
        """What it is to predict, where that is known, and is one thing."""
        data = self.drawing.data
        known = data.target if data is not None and self.outputs == 1 else None
        return None if known is None or known.several else known

    @property
    def several(self) -> Target | None:
        """What it is to predict, where samples have several classes of it."""
        data = self.drawing.data
        known = data.target if data is not None and self.outputs == 1 else None
        return known if known is not None and known.several else None

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

    @cached_property
    def activated(self) -> LayerConfig:
        """The layer whose activation the output has; that of the output where nobody knows it."""
        return activated(self.drawing, self.layer) or self.layer

    @property
    def activation(self) -> str | None:
        """Name of the last activation, or None where nobody knows it."""
        return activation_of(self.activated)

    @cached_property
    def sized(self) -> LayerConfig:
        """The layer whose units are the size of the output; that of the output where nobody knows it."""
        return sized(self.drawing, self.layer) or self.layer

    def setting(self, arguments: Iterable[str]) -> list[LayerConfig]:
        """Returns the layer in which each argument, `units` or `activation`, is set."""
        return [self.sized if name == "units" else self.activated for name in arguments]

    def set(self, *more: Edit, title: Text | None = None, **arguments: Any) -> Fix:
        """Returns the fix that sets `units` and `activation` where the output has them from, with `more`."""
        edits: list[Edit] = []
        for name, layer in zip(arguments, self.setting(arguments), strict=True):
            value = arguments[name]
            edits += self._resized(value) if name == "units" else [_activation_edit(layer, value)]
        layers = list(dict.fromkeys(layer.name for layer in self.setting(arguments)))
        elsewhere = layers if layers != [self.layer.name] else []
        return fix(title or set_title(self.named(arguments), elsewhere), *edits, *more)

    def named(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Returns arguments of the last layers by the names that these have for them."""
        units = size_argument(self.sized) or "units"
        return {units if name == "units" else name: value for name, value in arguments.items()}

    def _resized(self, units: int) -> Iterator[Edit]:
        """Yields the edits that give the output another size: shapes that repeat the old one follow."""
        yield {"edit": "set", "layer": self.sized.name, "arguments": self.named({"units": units})}
        for after in backwards(self.drawing, self.layer):
            if after is self.sized:
                return
            shape = part_of(after.data, "config").get("target_shape")
            if isinstance(shape, list) and shape[-1:] == [self.output.shape[-1]]:
                changed = {"target_shape": [*shape[:-1], units]}
                yield {"edit": "set", "layer": after.name, "arguments": changed}


def _activation_edit(layer: LayerConfig, activation: str) -> Edit:
    """Returns the edit that sets an activation; a layer that is one becomes another."""
    if "activation" in class_arguments(str(layer.data.get("class_name"))):
        return {"edit": "set", "layer": layer.name, "arguments": {"activation": activation}}
    config = {"name": layer.name, "activation": activation}
    return {
        "edit": "class",
        "layer": layer.name,
        "module": "keras.layers",
        "class_name": "Activation",
        "config": config,
    }


def _chosen(drawing: Drawing, output: TensorSpec) -> str:
    """The loss that Keras chooses by the targets where it is called crossentropy."""
    if output.shape[-1:] == (1,):
        return "binary_crossentropy"
    target = drawing.data.target if drawing.data is not None else None
    return ONE_HOT_LOSS if target is not None and target.one_hot else SPARSE_LOSS


def goals(drawing: Drawing) -> Iterator[Goal]:
    """Yields each output that has a loss; a single loss applies to all outputs."""
    whole = with_todays_names(part_of(drawing.model, "compile_config")).get("loss")
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
        if name in BY_TARGETS["loss"] and len(outcome.outputs) == 1:
            name = _chosen(drawing, outcome.outputs[0])
        config = value.get("config") if isinstance(value, dict) else None
        from_logits = isinstance(config, dict) and config.get("from_logits") is True
        if len(outcome.outputs) == 1 and outcome.outputs[0].shape:
            yield Goal(
                drawing, layer, outcome.outputs[0], to_snake_case(name), from_logits, whole, key, len(outputs)
            )
