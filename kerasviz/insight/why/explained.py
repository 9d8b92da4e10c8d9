"""What a drawing answers about one sample, as a function of anything on the way to the answer."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import keras
import numpy as np

from kerasviz.backend.gradients import gradients_at
from kerasviz.backend.surviving import survive_losses
from kerasviz.config.parts import part_of
from kerasviz.insight.outputs.predictions import output_nodes
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.passage import Passage
from kerasviz.insight.passage.passed import Passed, Tensors, outputs_of
from kerasviz.insight.samples.samples import Samples
from kerasviz.insight.why.answers import Answer, answer_of, said, takes_logits
from kerasviz.insight.why.logits import with_logits
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

MOST_BATCH, BYTES = 32, 2**29
"""Samples that go through the drawing together, and what comes out of its layers for them."""
MOST_ROWS = 1000
"""Rows of a table that do."""
HALF = 1024.0
"""Small gradients would vanish in half precision: they are made so many times larger, and smaller after."""


class Explained:
    """One sample, and what is answered of it. Layers are called as outside training; nothing of them changes.

    Args:
        document: Keras JSON.
        inputs: What goes in, `(1, ...)` each, in the order of the Inputs.
        source: Gives the layers.
        output: Which output of the model, counted from 0.
        target: Which answer; None for what the model says.
        class_names: What classes are called; empty where nobody knows.
        samples: Those of the data, where there is data.
        check: Called before each layer; what it raises ends everything.

    Attributes:
        found: What comes out of each call for the sample.
        answer: What is explained.

    Raises:
        RequestError: With code `no_output`, where nothing comes out of the drawing.
    """

    def __init__(
        self,
        document: JSON,
        inputs: Sequence[np.ndarray],
        source: LayerSource,
        output: int = 0,
        target: int | None = None,
        class_names: Sequence[str] = (),
        samples: Samples | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self.document = document
        self.source = source
        self.samples = samples
        self._check = check
        self._inputs = list(inputs)
        self._ways: dict[tuple[bool, int], tuple[Passage, list[np.ndarray]]] = {}
        self._behind: dict[str, frozenset[str]] = {}
        self.found = self._pass({}, 1, score=False)
        self.outputs = self._outputs(self.found)
        self.output = min(output, len(self.outputs) - 1)
        self._score_document, squash = with_logits(document, self.output)
        self.answer: Answer = answer_of(
            keras.ops.convert_to_numpy(self.outputs[self.output]),
            self.output,
            target,
            in_model=squash,
            logits=takes_logits(document),
            class_names=class_names if len(self.outputs) == 1 else (),
        )

    def behind(self, node: str) -> frozenset[str]:
        """The calls that depend on what comes out of one."""
        if node not in self._behind:
            tensors = set(map(id, self.found[node].outputs))
            names = []
            for name, passed in self.found.items():
                if any(id(tensor) in tensors for tensor in passed.inputs):
                    names.append(name)
                    tensors.update(map(id, passed.outputs))
            self._behind[node] = frozenset(names)
        return self._behind[node]

    @property
    def says(self) -> int:
        """What the model answers, whatever is explained."""
        return said(keras.ops.convert_to_numpy(self.outputs[self.output]), self.answer)

    @cached_property
    def value(self) -> float:
        """What is answered: a probability, or a number."""
        return float(keras.ops.convert_to_numpy(self.numbers({}, score=False))[0])

    @cached_property
    def score(self) -> float:
        """The same before the softmax or sigmoid."""
        return float(keras.ops.convert_to_numpy(self.numbers({}, score=True))[0])

    def numbers(self, pinned: Mapping[str, Any], *, score: bool) -> Any:
        """What is answered where other tensors come out of some calls.

        Args:
            pinned: These tensors or arrays, by the id of the node; all with as many samples.
            score: Whether the score is wanted, or the probability.

        Returns:
            A tensor, `(samples,)`.
        """
        rows = len(next(iter(pinned.values()))) if pinned else 1
        tensors = {node: keras.ops.convert_to_tensor(value) for node, value in pinned.items()}
        outputs = self._outputs(self._pass(tensors, rows, score=score))
        return self.answer.of(outputs[self.output], score=score)

    def at(self, node: str, arrays: Iterable[np.ndarray], *, score: bool = False) -> np.ndarray:
        """What is answered for many arrays in the place of what comes out of a call, some at a time.

        Args:
            node: The call.
            arrays: Each without the axis of the samples.
            score: As in `numbers`.
        """
        numbers: list[np.ndarray] = []
        waiting = iter(arrays)
        while some := list(islice(waiting, self.batch)):
            numbers.append(keras.ops.convert_to_numpy(self.numbers({node: np.stack(some)}, score=score)))
        return np.concatenate(numbers)

    def gradients(self, arrays: Mapping[str, Any], *, score: bool) -> dict[str, np.ndarray | None]:
        """How the answer changes with what comes out of some calls.

        Args:
            arrays: What comes out of them, `(samples, ...)`, floats, by the id of the node.
            score: As in `numbers`.

        Returns:
            Of the shape of the array, float32; None where the answer does not depend on it.
        """
        scale = HALF if self._is_half else 1.0

        def answered(tensors: list[Any]) -> Any:
            return self.numbers(dict(zip(arrays, tensors, strict=True)), score=score) * scale

        survive_losses()
        _, gradients = gradients_at(answered, list(arrays.values()))
        return {
            node: None if each is None else keras.ops.convert_to_numpy(each).astype("float32") / scale
            for node, each in zip(arrays, gradients, strict=True)
        }

    def outputs_for(self, inputs: Sequence[np.ndarray]) -> list[Any]:
        """What comes out of the drawing for other samples.

        Args:
            inputs: `(samples, ...)` each, in the order of the Inputs.

        Returns:
            A tensor for each output, in their order.
        """
        passage, found = Passage(self.source, self._check), []
        for at in range(0, len(inputs[0]), MOST_ROWS):
            some = [array[at : at + MOST_ROWS] for array in inputs]
            found.append(self._outputs(passage.run(self.document, some)))
        return [keras.ops.concatenate(parts) for parts in zip(*found, strict=True)]

    @property
    def output_nodes(self) -> list[str]:
        """The nodes that the outputs come out of, in their order."""
        return output_nodes(self.document, {n: each for n, each in self.found.items() if "/" not in n})

    @cached_property
    def batch(self) -> int:
        """How many samples are taken at once, so that all that comes out of layers fits into memory."""
        layers = part_of(self.document, "config").get("layers", [])
        if any(part_of(layer, "config").get("batch_shape", [None])[0] for layer in layers):
            return 1  # the drawing says how many it takes
        tensors = [tensor for passed in self.found.values() for tensor in passed.outputs]
        size = sum(4 * math.prod(map(int, tensor.shape)) for tensor in tensors)
        return max(1, min(MOST_BATCH, BYTES // max(1, size)))

    @property
    def _is_half(self) -> bool:
        tensors = (tensor for passed in self.found.values() for tensor in passed.outputs)
        return any(keras.backend.standardize_dtype(tensor.dtype) == "float16" for tensor in tensors)

    def _pass(self, pinned: Mapping[str, Any], rows: int, *, score: bool) -> dict[str, Passed]:
        if (score, rows) not in self._ways:
            inputs = [np.repeat(array, rows, axis=0) for array in self._inputs]
            self._ways[score, rows] = Passage(self.source, self._check), inputs
        passage, inputs = self._ways[score, rows]
        return passage.run(self._score_document if score else self.document, inputs, pinned)

    def _outputs(self, found: Mapping[str, Passed]) -> Tensors:
        """What comes out of the drawing."""
        here = {name: passed for name, passed in found.items() if "/" not in name}
        outputs = outputs_of(self.document, here)
        if not outputs:
            wrong = next((each.error for each in found.values() if each.error is not None), None)
            raise RequestError(
                "no_output",
                wrong["message"] if wrong else text("The model has no output yet. Connect its layers."),
                layer=wrong["layer"] if wrong else None,
            )
        return outputs
