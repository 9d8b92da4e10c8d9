"""What the preparation of a table asks of a model, told of a drawing: nothing has to be built for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.analysis.reading import is_sequential
from kerasviz.analysis.structure import histories
from kerasviz.config.parts import part_of
from kerasviz.data.shapes import Shape
from kerasviz.insight.passage.fittinginputs import inputs_of
from kerasviz.protocol import JSON


@dataclass(frozen=True)
class DrawnTensor:
    """An input or output of a drawing.

    Attributes:
        name: Of its layer.
        shape: With the axis of the samples; of an output, nobody knows it.
        dtype: Of its values.
    """

    name: str
    shape: tuple[int | None, ...] = (None,)
    dtype: str = "float32"


@dataclass(frozen=True)
class DrawnModel:
    """A drawing, as the preparation asks a `keras.Model`.

    Attributes:
        built: Whether columns are divided among its inputs.
        loss: As `compile` takes it; None where Keras knows none of it.
        inputs: In their order.
        outputs: In their order.
        by_name: Whether its inputs are named, as in a dict.
    """

    built: bool
    loss: Any
    inputs: list[DrawnTensor]
    outputs: list[DrawnTensor]
    by_name: bool

    @property
    def only_shape(self) -> Shape | None:
        """Of a sample, as the only input takes it; None where there are others, or none."""
        return self.inputs[0].shape[1:] if len(self.inputs) == 1 else None

    @property
    def input(self) -> Any:
        """In the structure that the model takes."""
        return {tensor.name: tensor for tensor in self.inputs} if self.by_name else self.inputs

    @property
    def output(self) -> list[DrawnTensor]:
        """In their order."""
        return self.outputs

    @property
    def output_names(self) -> list[str]:
        """Names of the layers that they come out of."""
        return [tensor.name for tensor in self.outputs]


def drawn_model(document: JSON) -> DrawnModel:
    """Tells of a drawing what the preparation of a table asks.

    Args:
        document: Keras JSON.
    """
    types = {
        str(part_of(layer, "config").get("name")): str(part_of(layer, "config").get("dtype"))
        for layer in part_of(document, "config").get("layers", [])
        if layer.get("class_name") == "InputLayer"
    }
    inputs = [
        DrawnTensor(name, (None, *shape), types.get(name, "float32"))
        for name, shape in inputs_of(document)
        if shape is not None
    ]
    config = part_of(document, "config")
    last = [] if is_sequential(document) else list(histories(config.get("output_layers")))
    outputs = [DrawnTensor(reference.layer) for reference in last]
    takes_words = any(tensor.dtype == "string" for tensor in inputs)
    return DrawnModel(
        built=len(inputs) > 1 or len(outputs) > 1 or takes_words,
        loss=_loss(part_of(document, "compile_config").get("loss")),
        inputs=inputs,
        outputs=outputs,
        by_name=isinstance(config.get("input_layers"), dict),
    )


def _loss(loss: Any) -> Any:
    """A loss, or those of several outputs; None where one has a name that Keras does not know."""
    if isinstance(loss, str):
        try:
            keras.losses.get(loss)
        except ValueError:
            return None
    return loss
