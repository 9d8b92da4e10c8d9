"""Numbers without a meaning, of the shapes that a model takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSSES, SPARSE_LOSS, loss_name

LENGTH = 16
"""Of an axis of which a model takes any length."""
WORDS = ("a", "red", "fox", "runs", "over", "green", "hills", "today")


@dataclass(frozen=True)
class RandomData(Data):
    """Random numbers; the arrays are two samples of nothing until there is a model.

    Attributes:
        samples: How many there are.
        seed: Repeats the same numbers.
    """

    samples: int = 0
    seed: int = 0

    def suited_to(self, model: Any) -> Data:
        """The numbers for a model that is compiled."""
        import keras

        from kerasviz.data.judging import of_outputs

        random = np.random.default_rng(self.seed)
        is_chain = isinstance(model, keras.Sequential)
        inputs = {id(tensor): self._input(model, tensor, random) for tensor in model.inputs}
        x = _structured(None if is_chain else model.input, inputs)
        if model.loss is None:
            return Data(name=self.name, x=x, y=None)
        names = list(getattr(model, "output_names", None) or [model.layers[-1].name])
        losses = zip(model.outputs, of_outputs(model.loss, names), strict=True)
        targets = {id(tensor): self._target(tensor, loss, random) for tensor, loss in losses}
        return Data(name=self.name, x=x, y=_structured(None if is_chain else model.output, targets))

    def _input(self, model: Any, tensor: Any, random: np.random.Generator) -> Any:
        shape = (self.samples, *(length or LENGTH for length in tensor.shape[1:]))
        if tensor.dtype == "string":
            words = random.choice(np.array(WORDS), (*shape, 4))
            texts = [" ".join(row) for row in words.reshape(-1, 4)]
            return np.array(texts, dtype=object).reshape(shape)
        if tensor.dtype == "bool":
            return random.integers(0, 2, shape).astype(bool)
        import keras

        looked_up = [
            layer.input_dim
            for layer in model.layers
            if isinstance(layer, keras.layers.Embedding)
            and any(node.input_tensors[0] is tensor for node in layer._inbound_nodes)
        ]
        if looked_up or "int" in tensor.dtype:
            return random.integers(0, min(looked_up, default=10), shape).astype("int32")
        return random.normal(size=shape).astype("float32")

    def _target(self, tensor: Any, loss: Any, random: np.random.Generator) -> Any:
        lengths = tuple(length or LENGTH for length in tensor.shape[1:])
        shape, name = (self.samples, *lengths), "" if loss is None else loss_name(loss)
        if name == SPARSE_LOSS:
            return random.integers(0, lengths[-1], shape[:-1]).astype("int32")
        if name in ONE_HOT_LOSSES:
            return np.eye(lengths[-1], dtype="float32")[random.integers(0, lengths[-1], shape[:-1])]
        if name in BINARY_LOSSES:
            return random.integers(0, 2, shape).astype("float32")
        if name == "poisson":
            return random.poisson(3.0, shape).astype("float32")
        return random.normal(size=shape).astype("float32")


def _structured(structure: Any, arrays: dict[int, Any]) -> Any:
    """The arrays as a model takes or gives them: by name, in a list, or the only one."""
    if isinstance(structure, dict):
        return {name: arrays[id(tensor)] for name, tensor in structure.items()}
    made = list(arrays.values())
    return made[0] if len(made) == 1 else made
