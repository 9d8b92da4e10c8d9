"""Brings data to `fit`: what does not go together with the model is said, and batches are made of arrays."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any

import keras

from kerasviz.backend.batchshare import Share
from kerasviz.data.batches import DEFAULT_SIZE, Batches, count, split
from kerasviz.data.classweights import check_class_weight
from kerasviz.data.dataset import Data, Loaded, Stream, Table
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.fixedbatches import check_batches
from kerasviz.data.sampleorder import SampleOrder
from kerasviz.data.sampleweights import fit_sample_weight
from kerasviz.data.streams.cutshort import Take, at_once
from kerasviz.data.streams.reader import Reader
from kerasviz.training.run.run import Run
from kerasviz.training.seensamples import seen
from kerasviz.training.streaming import feed_stream, fitted_stream


def validated_share(data: Loaded, share: float) -> float:
    """The share of the samples that validates, which is 0 where no epoch of a run is validated.

    Args:
        data: As a source gives it.
        share: What the plan asks for.
    """
    if isinstance(data, Table):
        return share
    if data.validation is not None:
        return share or 0.5  # whatever: it validates
    can_be_split = isinstance(data, Data) or (isinstance(data.batches, Reader) and not data.is_divided)
    return share if can_be_split else 0.0


def fitted(data: Data | Stream, model: Any, arguments: dict[str, Any], take: Take = at_once) -> Data | Stream:
    """Adapts data to a compiled model.

    Args:
        data: As a source gives it, or as it was prepared.
        model: A compiled `keras.Model`.
        arguments: Those of `fit`.
        take: How a batch of a stream is taken.

    Returns:
        The data as `fit` takes it; `notes` says what was changed.

    Raises:
        RequestError: With the layer or the array, what is expected and what there is.
    """
    if isinstance(data, Stream):
        return fitted_stream(data, model, arguments, take)
    parts = (data.validation, data.test)
    if data.validation is not None:
        arguments["validation_split"] = 0.0  # a split of its own takes its place
    share = arguments["validation_split"]

    def fit(part: Data, share: float = 0.0) -> Data:
        part = fit_to_model(part, model, share)
        check_batches(part, model, arguments["batch_size"], share)
        return fit_sample_weight(part)

    given, data = data.x, fit(data, share)
    if data.augment is not None:
        data = dataclasses.replace(data, augment=_unfolded(data.augment, given, data.x))
    check_class_weight(arguments.get("class_weight"), data)
    validation, test = (part and fit(part) for part in parts)
    return dataclasses.replace(data, validation=validation, test=test)


def _unfolded(
    augment: Callable[[Any, int, int], Any], given: Any, fitted: Any
) -> Callable[[Any, int, int], Any]:
    """Augments batches in the shapes that samples had before they were brought to the model."""
    shapes = [[array.shape[1:] for array in keras.tree.flatten(x)] for x in (given, fitted)]

    def shaped(x: Any, shapes: list[Any]) -> Any:
        wanted = iter(shapes)

        def one(array: Any) -> Any:
            shape = next(wanted)
            return array if array.shape[1:] == shape else array.reshape(-1, *shape)

        return keras.tree.map_structure(one, x)

    return lambda x, seed, number: shaped(augment(shaped(x, shapes[0]), seed, number), shapes[1])


def feed(
    data: Data | Stream,
    arguments: dict[str, Any],
    seed: int,
    run: Run,
    *,
    in_arrays: bool,
    share: Share | None = None,
) -> tuple[Any, ...]:
    """Makes the batches of a run.

    Args:
        data: As `fitted` gives it.
        arguments: Those of `fit`; those that `fit` takes beside the batches are left in it.
        seed: Of the order of the samples.
        run: Tells how far it is.
        in_arrays: Whether `fit` has to take the arrays as they are.
        share: The part of each batch that this process computes, where it is one of several; by default all.

    Returns:
        The positional arguments of `fit`.
    """
    if isinstance(data, Stream):
        return feed_stream(data, arguments, seed, run, share)
    samples, validation = split(samples_in(data), arguments.pop("validation_split"))
    if data.validation is not None:
        validation = samples_in(data.validation)
    if validation is not None:
        arguments["validation_data"] = validation
    run.held_out = validation if data.test is None else samples_in(data.test)
    saw = seen(samples, validation, arguments.get("class_weight"))
    run.saw = lambda: saw
    steps, size = arguments.get("steps_per_epoch"), arguments.get("batch_size")
    if share is not None:
        of_validation = arguments.pop("validation_batch_size", None) or size or DEFAULT_SIZE
        if validation is not None:
            parts = SampleOrder(count(validation), of_validation, None, lambda: 0, share=share)
            arguments["validation_data"] = Batches(validation, parts)
    elif in_arrays and not steps and data.augment is None:  # shuffled by Keras, where that is asked for
        return _positional(samples, arguments)
    shuffles = arguments.get("shuffle", True)
    arguments["shuffle"] = False  # again
    order = SampleOrder(
        count(samples),
        size or (math.ceil(count(samples) / steps) if steps else DEFAULT_SIZE),
        seed if shuffles else None,
        lambda: run.epoch,
        run.step if steps else None,
        share,
    )
    augment = data.augment
    drawn = None if augment is None else lambda x, number: augment(x, seed, number)
    return (Batches(samples, order, drawn),)


def samples_in(data: Data) -> tuple[Any, ...]:
    """Samples as `fit` takes them: x and, where there are some, y and the weights of samples."""
    if data.y is None:
        return (data.x,)
    return (data.x, data.y) if data.sample_weight is None else (data.x, data.y, data.sample_weight)


def _positional(samples: tuple[Any, ...], arguments: dict[str, Any]) -> tuple[Any, ...]:
    """The weights of samples have a name, as others stand between them and y."""
    if len(samples) > 2:
        arguments["sample_weight"] = samples[2]
    return samples[:2]
