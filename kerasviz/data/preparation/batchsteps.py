"""Steps for arrays and batches whose samples are no columns: pictures, texts, sequences."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.data.dataset import Data, Stream
from kerasviz.data.preparation.chains import Chains, chains_of, changed, learn
from kerasviz.data.preparation.keraslayer import KerasLayer
from kerasviz.data.preparation.step import Step
from kerasviz.data.streams import changes
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

BLOCK = 256
"""Samples that a step looks at, at once."""
MOST_BLOCKS = 1000
"""Batches that steps learn from: they may never end."""
X = "x"
"""What a single array is called as a column of a step."""


def is_random(step: Step) -> bool:
    """Whether a step draws something else in each epoch."""
    return isinstance(step, KerasLayer) and any(
        isinstance(value, keras.random.SeedGenerator) for value in vars(step.layer).values()
    )


def step_arrays(data: Data, steps: Sequence[Mapping[str, Any]], validation_split: float) -> Data:
    """Sends arrays through steps, which learn from those that train.

    Args:
        data: Arrays, divided or not.
        steps: Of a plan; the names of arrays are their columns, where x is a dict of them.
        validation_split: The share of samples, the last ones, that `fit` takes where nothing was held out.

    Raises:
        RequestError: With code `preparation`, for a step that draws at random: its place is in the model.
    """
    chains = array_chains(data, steps, validation_split)
    for step in itertools.chain(*chains.values()):
        if is_random(step):
            raise RequestError(
                "preparation",
                text(
                    "{step} draws something else in each epoch, so it has to be in the model. Put the "
                    "preparation into the model.",
                    step=type(step.layer).__name__ if isinstance(step, KerasLayer) else "",
                ),
            )

    def stepped(part: Data | None) -> Data | None:
        if part is None:
            return None
        arrays = {name: _all_changed(chains[name], array) for name, array in named_arrays(part.x).items()}
        return dataclasses.replace(part, x=_as_before(part.x, arrays))

    done = stepped(data) or data
    return dataclasses.replace(done, validation=stepped(data.validation), test=stepped(data.test))


def array_chains(data: Data, steps: Sequence[Mapping[str, Any]], validation_split: float) -> Chains:
    """The steps of each array, which have learned from the samples that train."""
    arrays = named_arrays(data.x)
    chains = chains_of(steps, list(arrays))
    count = len(next(iter(arrays.values())))
    last = count if data.validation is not None else math.floor(count * (1 - validation_split))

    def training() -> Iterator[dict[str, Any]]:
        for start in range(0, last, BLOCK):
            yield {name: array[start : min(start + BLOCK, last)] for name, array in arrays.items()}

    learn(chains, training)
    return chains


def named_arrays(x: Any) -> dict[str, Any]:
    """Arrays by the names that steps have for them."""
    if isinstance(x, dict):
        return {str(name): np.asarray(array) for name, array in x.items()}
    if isinstance(x, (list, tuple)):
        return {f"{X}[{at}]": np.asarray(array) for at, array in enumerate(x)}
    return {X: np.asarray(x)}


def _as_before(x: Any, arrays: dict[str, Any]) -> Any:
    if isinstance(x, dict):
        return {name: arrays[str(name)] for name in x}
    return list(arrays.values()) if isinstance(x, (list, tuple)) else arrays[X]


def _all_changed(chain: Sequence[Step], array: Any) -> Any:
    if not chain:
        return array
    return np.concatenate(
        [changed(chain, array[start : start + BLOCK]) for start in range(0, len(array), BLOCK)]
    )


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
            tensor = step.layer(tensor)
        return tensor


class _SteppedReader(changes.ChangedReader):
    """A `Reader` whose samples are sent through steps, after they have the shape that the model takes."""

    def part(self, numbers: np.ndarray) -> _SteppedReader:
        return _SteppedReader(self._reader.part(numbers), self._of)

    def fitted_to(self, shape: tuple[int | None, ...]) -> _SteppedReader:
        return _SteppedReader(self._reader.fitted_to(shape), self._of)


def step_stream(stream: Stream, steps: Sequence[Mapping[str, Any]]) -> Stream:
    """Sends batches through steps; what draws at random is for those that train.

    Args:
        stream: Batches with one input.
        steps: Of a plan.
    """
    chain = chains_of([{**step, "columns": [X]} for step in steps], [X])
    learn(chain, lambda: _blocks(stream))

    def stepped(batches: Any, chosen: Sequence[Step]) -> Any:
        of = [Stepped(steps=tuple(chosen))]
        if batches is None or not chosen:
            return batches
        if isinstance(batches, Reader):
            return _SteppedReader(batches, of)
        return changes.changed(batches, of)

    for_all = [step for step in chain[X] if not is_random(step)]
    return dataclasses.replace(
        stream,
        batches=stepped(stream.batches, chain[X]),
        validation=stepped(stream.validation, for_all),
        test=stepped(stream.test, for_all),
        example=None,
    )


def _blocks(stream: Stream) -> Iterator[dict[str, Any]]:
    """Some batches of the training, as arrays."""
    if isinstance(stream.batches, Reader):
        count = len(stream.batches.targets)
        for start in range(0, min(count, BLOCK * MOST_BLOCKS), BLOCK):
            yield {X: np.asarray(stream.batches.read(np.arange(start, min(start + BLOCK, count))))}
        return
    for batch in itertools.islice(iter(stream.batches), MOST_BLOCKS):
        yield {X: keras.ops.convert_to_numpy(batch[0])}
