"""The loss and the metrics of a drawing on many samples, as `model.evaluate` has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.insight.passage.fittinginputs import fitted_inputs
from kerasviz.insight.results.evaluating import measuring
from kerasviz.insight.results.predicting import targets_of, weights_of
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.why.explained import Explained
from kerasviz.models.building import compile_model
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


class Measured:
    """Measures a drawing on samples that validate, or that train where none do.

    Args:
        explained: Computes what comes out of the drawing.
        rows: How many samples at most.

    Attributes:
        part: Of the data.
        inputs: What goes into the drawing, `(samples, ...)` each, in the order of the Inputs.
        model: Takes what comes out of the drawing, compiled as its plan says.

    Raises:
        RequestError: With code `no_sample`, where there is no data; else with what does not fit.
    """

    def __init__(self, explained: Explained, rows: int) -> None:
        samples = explained.samples
        if samples is None:
            raise RequestError("no_sample", text("Choose the data on the Train tab first."))
        self._explained = explained
        self.part: Part = "validation" if samples.counts.get("validation") else "training"
        chosen = np.arange(min(rows, samples.counts[self.part]))
        arrays = samples.inputs(self.part, chosen)
        self.inputs = fitted_inputs(explained.document, arrays)
        self.model = _outputs_alone(explained)
        compile_model(self.model, part_of(explained.document, "compile_config"))
        held, numbers = samples.held(self.part)
        first = next(iter(arrays.values()))[:1]
        self._targets = targets_of(held, first, self.model, numbers[chosen])
        self._weights = weights_of(held, numbers[chosen])
        if self._targets is None:
            raise RequestError("why", text("No loss is selected. Choose one on the Train tab."))

    def __call__(self, inputs: Sequence[np.ndarray]) -> dict[str, float]:
        """The loss, and the metrics by their names.

        Args:
            inputs: As `inputs`.
        """
        outputs = self._explained.outputs_for(inputs)
        structured = self.model.output if isinstance(self.model.output, dict) else None
        given = outputs[0] if len(outputs) == 1 else outputs
        predicted = given if structured is None else dict(zip(structured, outputs, strict=True))
        with measuring(self.model) as measure:
            measure(inputs[0], self._targets, predicted, self._weights)
            return measure.result()


def _outputs_alone(explained: Explained) -> Any:
    """A model whose outputs are those of the drawing, and its inputs, too."""
    nodes = [reference.rpartition(":")[0] for reference in explained.output_nodes]
    inputs = [keras.Input(tuple(tensor.shape[1:]), dtype=_dtype(tensor)) for tensor in explained.outputs]
    outputs = [
        keras.layers.Identity(name=name if nodes.count(name) == 1 else f"{name}_{i}", dtype=tensor.dtype)(
            tensor
        )
        for i, (name, tensor) in enumerate(zip(nodes, inputs, strict=True))
    ]
    structure = part_of(explained.document, "config").get("output_layers")
    if isinstance(structure, dict) and len(structure) == len(outputs):
        return keras.Model(inputs, dict(zip(structure, outputs, strict=True)))
    return keras.Model(inputs, outputs[0] if len(outputs) == 1 else outputs)


def _dtype(tensor: Any) -> str:
    return str(keras.backend.standardize_dtype(tensor.dtype))
