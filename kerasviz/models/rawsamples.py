"""Puts the preparation of arrays, texts and pictures into the model, which takes them as they are then."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.preparation.batchsteps import array_chains, named_arrays, stream_chain
from kerasviz.data.preparation.chains import changed
from kerasviz.data.preparation.step import Step
from kerasviz.data.splits.dividing import divide, divide_stream
from kerasviz.data.streams.reader import Reader
from kerasviz.models.functionalconfig import functional_config
from kerasviz.models.rawinputs import applied, free_name, into_model, put_before, takes_words, whole_numbers
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, all_of, text


def samples_in_model(document: JSON, loaded: Data | Stream, model: Any) -> tuple[JSON, list[Text]]:
    """Makes layers of the steps of a plan, with what they learn from the samples that train.

    Args:
        document: The model and its plan.
        loaded: The data of the plan.
        model: The model, built.

    Returns:
        The document whose model takes samples as they are; and what was done.

    Raises:
        RequestError: With code `preparation`, where there is nothing to put into the model.
    """
    if len(model.inputs) != 1:
        raise RequestError(
            "preparation", text("Only for a model with one input can the steps be put into the model.")
        )
    training, name = training_of(document), str(model.inputs[0].name)
    expected = tuple(model.inputs[0].shape[1:])
    chain, example = _learned(loaded, training)
    at = into_model(chain)
    raw = changed(chain[:at], example)
    resized = _resizing(training, expected, f"{name}_resized")
    if resized is None and at == len(chain):
        raise RequestError("preparation", text("No step of the plan can be put into the model."))
    shape = (None, None, expected[2]) if resized is not None else tuple(raw.shape[1:]) or (1,)
    taken = free_name(f"{name}_raw", {layer.name for layer in model.layers})
    given = keras.Input(shape, name=taken, dtype=_dtype(chain[at:], raw))
    tensor = given if resized is None else resized(given)
    for number, step in enumerate(chain[at:]):
        tensor = applied(step, tensor, f"{name}_step_{number + 1}")
    if tuple(tensor.shape[1:]) != expected and None not in expected:
        tensor = keras.layers.Reshape(expected, name=f"{name}_reshaped")(tensor)
    made = functional_config(document, model)
    put_before(made["config"], name, keras.Model(given, tensor))
    steps = list(training.get("preparation") or [])
    plan = {**training, "preparation": copy.deepcopy(steps[:at])}
    notes = []
    if resized is not None:
        chosen = part_of(training, "data")
        size = {"height": expected[0], "width": expected[1]}
        plan["data"] = {**chosen, "config": {**part_of(chosen, "config"), **size}}
        notes.append(
            text(
                "The model takes pictures of any size, and resizes them to {height} by {width}.",
                height=expected[0],
                width=expected[1],
            )
        )
    if at < len(chain):
        notes.append(
            text(
                "{steps} are layers of the model now.",
                steps=all_of([str(s["class_name"]) for s in steps[at:]]),
            )
        )
    beside = {key: value for key, value in part_of(document, "kerasviz").items() if key != "positions"}
    made["kerasviz"] = {**beside, "training": plan}
    return made, notes


def _learned(loaded: Data | Stream, training: Mapping[str, Any]) -> tuple[list[Step], Any]:
    """The steps, which have learned from the samples that train; and a sample."""
    steps, split = training.get("preparation") or [], training.get("split")
    share = part_of(training, "fit").get("validation_split", FIT_DEFAULTS["validation_split"])
    if isinstance(loaded, Stream):
        stream = loaded if split is None else divide_stream(loaded, split)
        batches = stream.batches
        if isinstance(batches, Reader):
            return stream_chain(stream, steps, share), batches.read(np.arange(1))
        first = next(iter(batches))
        return stream_chain(stream, steps, share), keras.ops.convert_to_numpy(first[0])[:1]
    data = loaded if split is None else divide(loaded, split)
    arrays = named_arrays(data.x)
    if len(arrays) != 1:
        raise RequestError(
            "preparation", text("Only for a model with one input can the steps be put into the model.")
        )
    (chain,) = array_chains(data, steps, share).values()
    return chain, next(iter(arrays.values()))[:1]


def _resizing(training: Mapping[str, Any], expected: tuple[int | None, ...], name: str) -> Any:
    """The layer that resizes as a folder of pictures is read; None for all else."""
    chosen = part_of(training, "data")
    if chosen.get("class_name") != "images" or len(expected) != 3 or None in expected[:2]:
        return None
    config = part_of(chosen, "config")
    options = {
        key: config[key]
        for key in ("interpolation", "crop_to_aspect_ratio", "pad_to_aspect_ratio")
        if key in config
    }
    return keras.layers.Resizing(expected[0], expected[1], **options, name=name)


def _dtype(chain: Sequence[Step], raw: Any) -> str:
    if (chain and takes_words(chain[0])) or raw.dtype.kind in "OUS":
        return "string"
    return "int64" if chain and whole_numbers(chain[0]) else "float32"
