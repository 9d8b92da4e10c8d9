"""Puts the preparation of arrays, texts and pictures into the model, which takes them as they are then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.fitting import inputs_by_key
from kerasviz.data.preparation.batchsteps import array_chains, stream_chains
from kerasviz.data.preparation.chains import Chains, changed
from kerasviz.data.preparation.namedarrays import named_arrays
from kerasviz.data.preparation.step import Step
from kerasviz.data.shapes import matches, only_folds
from kerasviz.data.splits.dividing import divide, divide_stream
from kerasviz.data.streams.begunagain import as_arrays, begun_again, parts_of
from kerasviz.data.streams.reader import Reader
from kerasviz.data.tables import keys_of, map_arrays
from kerasviz.models.functionalconfig import functional_config
from kerasviz.models.leftsteps import left_steps, none_moved
from kerasviz.models.rawinputs import applied, put_before, takes_words, whole_numbers, why_outside
from kerasviz.models.sourcelayers import SourceLayer, source_layer
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, all_of, text, text_n


def samples_in_model(document: JSON, loaded: Data | Stream, model: Any) -> tuple[JSON, list[Text]]:
    """Makes layers of the steps of a plan, with what they learn from the samples that train.

    Args:
        document: The model and its plan.
        loaded: The data of the plan.
        model: The model, built.

    Returns:
        The document whose model takes samples as they are, by the names of the inputs that it had; and what
        was done, and what stays in the plan.

    Raises:
        RequestError: With code `preparation`, where there is nothing to put into the model.
    """
    training = training_of(document)
    x, chains = _learned(loaded, training)
    inputs = inputs_by_key(model, x, loaded.name) or {}
    steps = _by_name(training.get("preparation") or [], list(chains))
    made = functional_config(document, model)
    moved, notes, data = {}, [], part_of(training, "data")
    for key, (name, array) in zip(keys_of(x), named_arrays(x).items(), strict=True):
        tensor, chain = inputs[key], chains[name]
        at = moved[name] = len(why_outside(chain))
        own = source_layer(data, loaded, tensor) if at == 0 else None
        if own is None and at == len(chain):
            continue
        put_before(made["config"], tensor.name, _before(tensor, chain, at, array, own))
        if own is not None:
            data = {**data, "config": {**part_of(data, "config"), **own.arguments}}
            notes.append(own.note)
        layers = [str(step["class_name"]) for step in steps if name in step["columns"]][at:]
        if layers:
            notes.append(_said(layers, tensor.name if len(chains) > 1 else None))
    rest, why = left_steps(steps, chains, moved)
    if not notes:
        raise RequestError("preparation", none_moved(steps, why))
    beside = {key: value for key, value in part_of(document, "kerasviz").items() if key != "positions"}
    made["kerasviz"] = {**beside, "training": {**training, "data": data, "preparation": rest}}
    return made, [*notes, *why]


def _before(tensor: Any, chain: Sequence[Step], at: int, array: Any, own: SourceLayer | None) -> Any:
    """Builds the layers from what a sample is to what an input took.

    Args:
        tensor: The input.
        chain: The steps of its array.
        at: The first of them that becomes a layer.
        array: A sample, in a batch of its own.
        own: What the source did before them.

    Returns:
        A model whose input has the name of that one.
    """
    name, expected, raw = tensor.name, tuple(tensor.shape[1:]), changed(chain[:at], array)
    shape = tuple(raw.shape[1:]) or (1,)
    if own is not None:
        shape = own.shape
    elif matches(shape, expected) and changed(chain[at:], raw).shape == raw.shape:
        shape = expected  # of any length, where the input took any
    given = keras.Input(shape, name=name, dtype=_dtype(chain[at:], raw))
    made = given if own is None else own.layer(given)
    for number, step in enumerate(chain[at:]):
        made = applied(step, made, f"{name}_step_{number + 1}")
    if not matches(made.shape[1:], expected):
        if not only_folds(made.shape[1:], expected):
            raise RequestError(
                "shape",
                text(
                    "Layer {layer} expects samples of shape {expected}, but the steps give {received}. Set "
                    "its shape to {received}.",
                    layer=repr(name),
                    expected=str(expected),
                    received=str(tuple(made.shape[1:])),
                ),
                layer=name,
            )
        made = keras.layers.Reshape(expected, name=f"{name}_reshaped")(made)
    return keras.Model(given, made)


def _learned(loaded: Data | Stream, training: Mapping[str, Any]) -> tuple[Any, Chains]:
    """A sample of each input, in a batch of its own; and the steps, which have learned."""
    steps, split = training.get("preparation") or [], training.get("split")
    share = part_of(training, "fit").get("validation_split", FIT_DEFAULTS["validation_split"])
    if isinstance(loaded, Data):
        data = loaded if split is None else divide(loaded, split)
        return map_arrays(data.x, data.x_name, lambda array, _: array[:1]), array_chains(data, steps, share)
    stream = loaded if split is None else divide_stream(loaded, split)
    if isinstance(stream.batches, Reader):
        return stream.batches.read(np.arange(1)), stream_chains(stream, steps, share)[1]
    first = next(begun_again(stream.batches), None)
    if first is None:
        raise RequestError(
            "preparation",
            text(
                "{name} gives its batches only once, and a look would use one up. Make it a "
                "tf.data.Dataset or a keras.utils.PyDataset.",
                name=stream.name,
            ),
        )
    x = map_arrays(as_arrays(parts_of(first)[0]), stream.name, lambda array, _: array[:1])
    return x, stream_chains(stream, steps, share)[1]


def _by_name(steps: Sequence[JSON], names: Sequence[str]) -> list[JSON]:
    """Steps with the arrays that they are for: of a single one all are."""
    return [
        {**step, "columns": list(names) if len(names) == 1 else step.get("columns") or list(names)}
        for step in steps
    ]


def _said(layers: Sequence[str], of: str | None) -> Text:
    if of is None:
        return text_n(
            "{steps} is a layer of the model now.",
            "{steps} are layers of the model now.",
            len(layers),
            steps=all_of(layers),
        )
    return text_n(
        "{steps} of the input {input} is a layer of the model now.",
        "{steps} of the input {input} are layers of the model now.",
        len(layers),
        steps=all_of(layers),
        input=repr(of),
    )


def _dtype(chain: Sequence[Step], raw: Any) -> str:
    if (chain and takes_words(chain[0])) or raw.dtype.kind in "OUS":
        return "string"
    return "int64" if chain and whole_numbers(chain[0]) else "float32"
