"""Batches that are sent through steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.backend import pipelines
from kerasviz.data.preparation.augmenting import Augmentation, is_random
from kerasviz.data.preparation.chains import changed
from kerasviz.data.preparation.keraslayer import KerasLayer
from kerasviz.data.preparation.step import Step
from kerasviz.data.sampleorder import SampleOrder
from kerasviz.data.streams import changes
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


@dataclass(frozen=True)
class Stepped(changes.Change):
    """Steps that each batch is sent through.

    Attributes:
        steps: They have learned.
    """

    steps: tuple[Step, ...] = ()

    def of_array(self, array: Any) -> Any:
        """Changes an array of a batch."""
        return changed(self.steps, np.asarray(array))

    def of_tensor(self, tensor: Any) -> Any:
        """Changes a tensor of TensorFlow in a pipeline."""
        for step in self.steps:
            if not isinstance(step, KerasLayer):
                raise RequestError("preparation", text("Batches go through layers of Keras alone."))
            if step.takes_pictures and len(tensor.shape) == 3:  # grey
                tensor = tensor[..., None]
            tensor = pipelines.applied(step.layer, tensor)
        return tensor

    @property
    def draws(self) -> bool:
        """Whether a step draws, so that batches have to be changed in their order."""
        return any(map(is_random, self.steps))


class SteppedReader(changes.ChangedReader):
    """A `Reader` whose samples are sent through steps."""

    def read(self, numbers: np.ndarray) -> Any:
        """Some samples, changed by what draws nothing."""
        (one,) = self._of
        steps = one.steps if isinstance(one, Stepped) else ()
        return changed([step for step in steps if not is_random(step)], self._reader.read(numbers))

    def batches(self, order: SampleOrder) -> Any:
        """Changed batches; where something draws, by the seed and the number of the batch."""
        (one,) = self._of
        steps = one.steps if isinstance(one, Stepped) else ()
        if not any(map(is_random, steps)):
            return super().batches(order)
        reader, augment = self._reader, Augmentation(steps)

        class Drawn(keras.utils.PyDataset):  # type: ignore[misc]
            @property
            def num_batches(self) -> int | None:
                return order.num_batches

            def __getitem__(self, index: int) -> tuple[Any, Any]:
                chosen = order.batch(index)
                x = augment(np.asarray(reader.read(chosen)), order.seed or 0, order.number(index))
                return x, reader.targets[chosen]

        return Drawn()

    def part(self, numbers: np.ndarray) -> SteppedReader:
        """Some of the samples."""
        return SteppedReader(self._reader.part(numbers), self._of)

    def fitted_to(self, shape: tuple[int | None, ...]) -> SteppedReader:
        """They stay as the steps have seen them."""
        return self
