"""Says before training whether a model takes the batches that there are, as far as they tell."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from types import GeneratorType
from typing import Any

import numpy as np

from kerasviz.backend import pipelines
from kerasviz.data.batches import DEFAULT_SIZE
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.eachoutput import fit_outputs
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.judging import judge
from kerasviz.data.streams.changes import ChangedReader, changed, changes, leaves
from kerasviz.data.streams.cutshort import Take, at_once
from kerasviz.data.streams.elements import SHOWN, Element, first_element
from kerasviz.data.streams.reader import Reader
from kerasviz.data.streams.shapeless import check_shapes
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def fit_stream(
    stream: Stream,
    model: Any,
    batch_size: int | None,
    validation_split: float,
    *,
    take: Take = at_once,
) -> Stream:
    """Adapts batches to a compiled model.

    Args:
        stream: As a source gives it.
        model: A compiled `keras.Model`.
        batch_size: That of `fit`, for samples that nobody made batches of.
        validation_split: The part of the samples of a `Reader`, the last ones, that validates.
        take: How a batch is taken.

    Returns:
        The batches as `fit` takes them; `notes` says what was changed.

    Raises:
        RequestError: With the layer or the array, what is expected and what there is.
    """
    try:
        if isinstance(stream.batches, Reader):
            return _fit_reader(stream, stream.batches, model, validation_split)
        fitted = _fit_batches(stream, model, batch_size or DEFAULT_SIZE, take)
        if stream.validation is None:
            return fitted
        name = text("{name} (validation)", name=stream.name)
        held_out = dataclasses.replace(
            stream, name=name, batches=stream.validation, notes=[], validation=None
        )
        return dataclasses.replace(
            fitted, validation=_fit_batches(held_out, model, batch_size or DEFAULT_SIZE, take).batches
        )
    except RequestError as error:
        said = error.error["message"]
        if stream.name in said:
            raise
        told = text("Batches of {name}: {reason}", name=stream.name, reason=said)
        raise RequestError(
            error.error["code"], told, layer=error.error["layer"], detail=error.error["detail"]
        ) from error


def _fit_reader(stream: Stream, reader: Reader, model: Any, validation_split: float) -> Stream:
    inputs = list(model.inputs) if model.built else []
    parts = [reader, stream.validation, stream.test]
    if len(inputs) == 1:
        parts = [None if part is None else part.fitted_to(inputs[0].shape[1:]) for part in parts]
    reader = parts[0]
    few = np.arange(min(SHOWN, len(reader.targets)))
    given = Data(
        stream.name, reader.read(few), reader.targets[few], stream.classes, class_names=stream.class_names
    )
    example = fit_to_model(given, model, judges=False)
    whole = dataclasses.replace(example, x=None, y=reader.targets, notes=[])
    if model.built:
        whole = fit_outputs(whole, model, validation_split)
        whole.notes.extend(judge(model, whole.y, whole.y_name))
    needed = [*changes(given.x, example.x), *changes(given.y, example.y)]

    def put_between(part: Reader | None) -> Reader | None:
        return None if part is None else ChangedReader(part, needed)

    return dataclasses.replace(
        stream,
        batches=put_between(reader),
        validation=put_between(parts[1]),
        test=put_between(parts[2]),
        notes=list(dict.fromkeys([*stream.notes, *example.notes, *whole.notes])),
        example=example,
    )


def _fit_batches(stream: Stream, model: Any, size: int, take: Take) -> Stream:
    element, batches = first_element(stream.batches, stream.name, take)
    if element is None:  # Keras finds out the rest
        check_shapes(batches, model, stream.name)
        return dataclasses.replace(stream, batches=batches)
    notes = stream.notes.copy()
    if _is_sample(element, model):
        batches = _in_batches(batches, size, stream.name)
        element = _each(element, lambda array: np.repeat(array[None], SHOWN, axis=0))
        notes.append(
            text(
                "{name} gives single samples. They are put in batches of {size}.", name=stream.name, size=size
            )
        )
    if element.y is None and model.loss is not None:
        raise RequestError(
            "no_data",
            text(
                "{name} gives inputs without targets. Give each batch as (x, y); where the inputs are to be "
                "learned, as (x, x).",
                name=stream.name,
            ),
        )
    if not element.is_real:
        element = _filled(element, model)
    if element.y is None or any(not isinstance(part, np.ndarray) for part in leaves([element.x, element.y])):
        return dataclasses.replace(stream, batches=batches, notes=notes)
    example = Data(
        stream.name, element.x, element.y, stream.classes, sample_weight=element.sample_weight, notes=notes
    )
    example = fit_to_model(example, model, judges=False)
    needed = [*changes(element.x, example.x), *changes(element.y, example.y)]
    return dataclasses.replace(stream, batches=changed(batches, needed), notes=example.notes, example=example)


def _is_sample(element: Element, model: Any) -> bool:
    """Whether these are samples that nobody made batches of."""
    inputs, given = list(model.inputs) if model.built else [], leaves(element.x)
    if any(np.ndim(part) == 0 for part in [*given, *leaves(element.y)] if part is not None):
        return True
    return (
        len(inputs) == len(given) > 0
        and all(
            np.ndim(part) == len(tensor.shape) - 1
            and (
                part.shape[0] != 0 or tensor.shape[1] is None
            )  # else it is that of a batch which nobody knows
            and _goes_with(part.shape, tensor.shape[1:])
            for part, tensor in zip(given, inputs, strict=True)
        )
    )


def _goes_with(shape: Sequence[int], expected: Sequence[int | None]) -> bool:
    """Whether lengths are equal where both are known; an unknown one is 0 or None."""
    return all(
        length in (0, wanted) or wanted is None for length, wanted in zip(shape, expected, strict=True)
    )


def _in_batches(batches: Any, size: int, name: str) -> Any:
    if pipelines.is_pipeline(batches):
        return pipelines.batched(batches, size)
    if type(batches) is GeneratorType:
        return _grouped(batches, size)
    raise RequestError(
        "shape", text("{name} gives single samples. Give it a batch size where it is made.", name=name)
    )


def _grouped(samples: Any, size: int) -> Any:
    group: list[Any] = []
    for sample in samples:
        group.append(sample)
        if len(group) == size:
            yield _stacked(group)
            group = []
    if group:
        yield _stacked(group)


def _stacked(samples: list[Any]) -> Any:
    first = samples[0]
    if isinstance(first, dict):
        return {key: _stacked([sample[key] for sample in samples]) for key in first}
    if isinstance(first, (tuple, list)):
        return tuple(_stacked(list(parts)) for parts in zip(*samples, strict=True))
    return np.stack([np.asarray(sample) for sample in samples])


def _filled(element: Element, model: Any) -> Element:
    """Takes the lengths that nobody knows as those that the model expects: any length may come."""
    inputs, outputs = (list(model.inputs), list(model.outputs)) if model.built else ([], [])

    def fill(value: Any, tensors: list[Any]) -> Any:
        parts = leaves(value)
        wanted = iter(tensors if len(tensors) == len(parts) else [None] * len(parts))

        def one(array: Any) -> Any:
            tensor = next(wanted)
            known = () if tensor is None else tuple(tensor.shape[1:])
            if array.shape[-1:] == (1,) and len(known) == np.ndim(array) - 2:
                known = (*known, 1)  # (20, 1) and (20,) hold the same
            known = known if len(known) == np.ndim(array) - 1 else ()
            lengths = [
                length or (known[axis] if axis < len(known) else None) or 1
                for axis, length in enumerate(array.shape[1:])
            ]
            return np.zeros((array.shape[0] or SHOWN, *lengths), array.dtype)

        return _mapped(value, one)

    return dataclasses.replace(
        element,
        x=fill(element.x, inputs),
        y=fill(element.y, outputs),
        sample_weight=fill(element.sample_weight, []),
    )


def _each(element: Element, change: Callable[[Any], Any]) -> Element:
    return Element(
        x=_mapped(element.x, change),
        y=_mapped(element.y, change),
        sample_weight=_mapped(element.sample_weight, change),
        is_real=element.is_real,
    )


def _mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: _mapped(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [_mapped(part, change) for part in value]
    return None if value is None else change(value)
