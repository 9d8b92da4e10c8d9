"""Steps for arrays and batches whose samples are no columns: pictures, texts, sequences."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.data.dataset import Data, Stream
from kerasviz.data.preparation.augmenting import Augmentation, before_drawing, begin, is_random
from kerasviz.data.preparation.chains import Chains, chains_of, changed, learn
from kerasviz.data.preparation.keraslayer import KerasLayer
from kerasviz.data.preparation.namedarrays import X, as_before, named, named_arrays
from kerasviz.data.preparation.samplesizes import keep_sizes
from kerasviz.data.preparation.step import Step
from kerasviz.data.preparation.stepped import Stepped, SteppedReader
from kerasviz.data.shapes import Shape, only_folds
from kerasviz.data.splits.dividing import taken_apart
from kerasviz.data.splits.splitsamples import TRAINING, VALIDATION
from kerasviz.data.streams import changes
from kerasviz.data.streams.elements import first_element
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text

BLOCK = 256
"""Samples that a step looks at, at once."""
MOST_BLOCKS = 1000
"""Batches that steps learn from: they may never end."""


def step_arrays(data: Data, steps: Sequence[Mapping[str, Any]], validation_split: float) -> Data:
    """Sends arrays through steps, which learn from those that train; what draws at random is for these alone.

    Args:
        data: Arrays, divided or not.
        steps: Of a plan; the names of arrays are their columns, where x is a dict of them.
        validation_split: The share of samples, the last ones, that `fit` takes where nothing was held out.

    Raises:
        RequestError: With code `preparation`, where samples get another shape at random.
    """
    chains = array_chains(data, steps, validation_split)
    before = {name: before_drawing(chain) for name, chain in chains.items()}
    after = {name: chain[len(before[name]) :] for name, chain in chains.items()}
    still = {name: [step for step in chain if not is_random(step)] for name, chain in after.items()}

    def stepped(part: Data | None, by: Mapping[str, Sequence[Step]]) -> Data | None:
        if part is None:
            return None
        arrays = {name: _all_changed(by[name], array) for name, array in named_arrays(part.x).items()}
        return dataclasses.replace(part, x=as_before(part.x, arrays))

    if not any(after.values()):
        done = stepped(data, before) or data
        return dataclasses.replace(
            done, validation=stepped(data.validation, before), test=stepped(data.test, before)
        )
    if data.validation is None and validation_split:  # `fit` would send those that validate through them, too
        data = _apart(data, validation_split)
    done = stepped(data, before) or data
    whole = {name: [*before[name], *still[name]] for name in chains}
    _check_shapes(named_arrays(done.x), after)
    drawn = {name: Augmentation(chain) for name, chain in after.items()}

    def augment(x: Any, seed: int, number: int) -> Any:
        arrays = {name: drawn[name](array, seed, number) for name, array in named_arrays(x).items()}
        return as_before(x, arrays)

    return dataclasses.replace(
        done,
        validation=stepped(data.validation, whole),
        test=stepped(data.test, whole),
        augment=augment,
    )


def _apart(data: Data, validation_split: float) -> Data:
    """Holds the last samples out, as `fit` does."""
    count = len(next(iter(named_arrays(data.x).values())))
    at = math.floor(count * (1 - validation_split))
    return taken_apart(data, np.where(np.arange(count) < at, TRAINING, VALIDATION))


def _check_shapes(arrays: Mapping[str, Any], after: Mapping[str, Sequence[Step]]) -> None:
    """Checks that samples keep their shape from the first step on that draws.

    Raises:
        RequestError: With code `preparation`.
    """
    for name, chain in after.items():
        values = arrays[name][:1]
        for step in chain:
            shape = values.shape
            values = step(values)
            if values.shape != shape and not only_folds(shape, values.shape):
                raise RequestError(
                    "preparation",
                    text(
                        "{step} gives samples another shape after something was drawn at random. Put the "
                        "preparation into the model.",
                        step=type(step.layer).__name__ if isinstance(step, KerasLayer) else "",
                    ),
                )


def array_chains(data: Data, steps: Sequence[Mapping[str, Any]], validation_split: float) -> Chains:
    """The steps of each array, which have learned from the samples that train."""
    arrays = named_arrays(data.x)
    chains = _chains(steps, list(arrays))
    count = len(next(iter(arrays.values())))
    last = count if data.validation is not None else math.floor(count * (1 - validation_split))

    def training() -> Iterator[dict[str, Any]]:
        for start in range(0, last, BLOCK):
            yield {name: array[start : min(start + BLOCK, last)] for name, array in arrays.items()}

    learn(chains, training)
    return chains


def _all_changed(chain: Sequence[Step], array: Any) -> Any:
    if not chain:
        return array
    return np.concatenate(
        [changed(chain, array[start : start + BLOCK]) for start in range(0, len(array), BLOCK)]
    )


def _chains(steps: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Chains:
    """The steps of each array: of a single one all are.

    Raises:
        RequestError: With code `preparation`, for a step of an array that there is not.
    """
    if len(names) == 1:
        return chains_of([{**step, "columns": names} for step in steps], names)
    for step in steps:
        for name in step.get("columns") or ():
            if name not in names:
                raise RequestError(
                    "preparation",
                    text(
                        "The step {step} is for {name}, but the inputs are {known}. Choose its inputs under "
                        "Train.",
                        step=str(step.get("class_name")),
                        name=repr(name),
                        known=all_of([repr(one) for one in names]),
                    ),
                )
    return chains_of(steps, names)


def stream_chains(
    stream: Stream, steps: Sequence[Mapping[str, Any]], validation_split: float
) -> tuple[Stream, Chains]:
    """The steps of each array of a batch, which have learned from the batches that train.

    Args:
        stream: Any batches.
        steps: Of a plan.
        validation_split: The share of samples that are read by number, the last ones, that `fit` holds out.

    Returns:
        The stream, with a batch that was taken to look at, and the steps in the order of the arrays.

    Raises:
        RequestError: With code `preparation`, where batches can be gone through but once.
    """
    names, is_once = [X], isinstance(stream.batches, Iterator)
    if not isinstance(stream.batches, Reader):
        first, batches = first_element(stream.batches, stream.name)
        stream = dataclasses.replace(stream, batches=batches)
        names = names if first is None else list(named(first.x))
    chains = _chains(steps, names)
    learning = next((step for chain in chains.values() for step in chain if step.learns), None)
    if learning is not None and is_once:
        name = type(learning.layer).__name__ if isinstance(learning, KerasLayer) else ""
        raise RequestError(
            "preparation",
            text(
                "{name} gives its batches only once, and {step} would use them up to learn. Make it a "
                "tf.data.Dataset or a keras.utils.PyDataset, or tell the step what it would learn.",
                name=stream.name,
                step=name,
            ),
        )
    learn(chains, lambda: _blocks(stream, validation_split))
    return stream, chains


def sized_stream(stream: Stream, steps: Sequence[Mapping[str, Any]] | None, shape: Shape | None) -> Stream:
    """Reads samples in the size that a model takes, where nobody chose another, and no step changes it.

    Args:
        stream: Any batches.
        steps: Of a plan.
        shape: Of a sample as a model takes it; None where there is none that tells it.
    """
    if shape is None or not isinstance(stream.batches, Reader) or not keep_sizes(steps or [], shape):
        return stream
    parts = [part and part.fitted_to(shape) for part in (stream.batches, stream.validation, stream.test)]
    return dataclasses.replace(stream, batches=parts[0], validation=parts[1], test=parts[2])


def step_stream(
    stream: Stream, steps: Sequence[Mapping[str, Any]], validation_split: float, shape: Shape | None
) -> Stream:
    """Sends batches through steps; what draws at random is for those that train.

    Args:
        stream: Any batches.
        steps: Of a plan.
        validation_split: The share of samples that are read by number, the last ones, that `fit` holds out.
        shape: Of a sample as a model takes it; None where there is none that tells it.
    """
    stream = sized_stream(stream, steps, shape)
    stream, chains = stream_chains(stream, steps, validation_split)

    def stepped(batches: Any, chosen: Sequence[Sequence[Step]]) -> Any:
        of = [Stepped(steps=tuple(chain)) if chain else changes.Change() for chain in chosen]
        if batches is None or not any(chosen):
            return batches
        if isinstance(batches, Reader):
            return SteppedReader(batches, of)
        return changes.changed(batches, of)

    def begun(seed: int) -> None:
        for chain in chains.values():
            begin(chain, seed)

    for_all = [[step for step in chain if not is_random(step)] for chain in chains.values()]
    return dataclasses.replace(
        stream,
        batches=stepped(stream.batches, list(chains.values())),
        validation=stepped(stream.validation, for_all),
        test=stepped(stream.test, for_all),
        example=None,
        begin=begun,
    )


def _blocks(stream: Stream, validation_split: float) -> Iterator[dict[str, Any]]:
    """Some batches of the training, as arrays."""
    if isinstance(stream.batches, Reader):
        count = len(stream.batches.targets)
        if stream.validation is None and not stream.is_divided:
            count = math.floor(count * (1 - validation_split))
        for start in range(0, min(count, BLOCK * MOST_BLOCKS), BLOCK):
            yield {X: np.asarray(stream.batches.read(np.arange(start, min(start + BLOCK, count))))}
        return
    for batch in itertools.islice(iter(stream.batches), MOST_BLOCKS):
        yield {name: keras.ops.convert_to_numpy(part) for name, part in named(batch[0]).items()}
