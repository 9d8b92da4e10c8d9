"""What data does not allow of `fit`, and what `fit` needs for it: told in the form, and when a run begins."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kerasviz.backend import pipelines
from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS
from kerasviz.data import given_by, load
from kerasviz.data.classweights import NOT_BOTH
from kerasviz.data.dataset import Stream
from kerasviz.data.streams.batchkinds import batches_kind, is_py_dataset
from kerasviz.protocol import FitLimits, RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.training.epochlength import needed_ends

_AT_HAND = "batches"
"""The source whose data is there before it is loaded."""
_OF_VALIDATION = ("validation_batch_size", "validation_freq", "validation_steps")


def unused(stream: Stream) -> dict[str, Text]:
    """Arguments of `fit` that have no effect on batches, with the reason.

    Args:
        stream: Batches that are not read by number.
    """
    name = stream.name
    found: dict[str, Text] = {}
    if stream.validation is None:
        found = dict.fromkeys(_OF_VALIDATION, text("There are no batches for validation."))
    own_size = text("{name} gives batches, which have their size already.", name=name)
    found |= {"batch_size": own_size, "validation_batch_size": own_size}
    found["validation_split"] = (
        text(
            "{name} gives batches, from which no share can be held out. Choose batches for validation on the "
            "Train tab.",
            name=name,
        )
        if stream.validation is None
        else text("The batches for validation take its place.")
    )
    if not is_py_dataset(stream.batches) or stream.endless:
        found["shuffle"] = text("{name} gives its batches in an order of its own.", name=name)
    return found


def refused(stream: Stream) -> dict[str, Text]:
    """Arguments of `fit` that Keras refuses for batches, with the way out.

    Args:
        stream: As a source gives it.
    """
    kind = batches_kind(stream.batches)
    if pipelines.is_loader(stream.batches) or kind == "Python generator":
        said = text(
            "class_weight does not work with a {kind}. Remove it, and give batches of (x, y, sample_weight).",
            kind=str(kind),
        )
        return {"class_weight": said}
    if pipelines.is_pipeline(stream.batches) and pipelines.has_weights(stream.batches):
        return {"class_weight": weighted(stream.name)}
    return {}


def weighted(name: str) -> Text:
    """Says that batches have weights already.

    Args:
        name: What a person calls the batches.
    """
    return text(
        "{name} has a weight for each sample, beside which there can't be weights of classes. Remove "
        "class_weight, or the weights.",
        name=name,
    )


def fit_limits(training: Mapping[str, Any], folder: Path | None = None) -> FitLimits:
    """What is known of these before the data is loaded; nothing is taken of it.

    Args:
        training: What is under `kerasviz.training`.
        folder: Where the document is.
    """
    stream = _stream_at_hand(training.get("data"))
    if stream is None:
        return _by_plan(training, folder)
    arguments = {**FIT_DEFAULTS, **part_of(training, "fit")}
    return FitLimits(
        unused={**unused(stream), **refused(stream)},
        needed={name: reason for name, _, reason in needed_ends(stream, arguments)},
        split=text("{name} gives batches, which can't be divided: the split is not used.", name=stream.name),
    )


def _by_plan(training: Mapping[str, Any], folder: Path | None) -> FitLimits:
    """What the plan says, and what was found out when its data was loaded last."""
    given = given_by(part_of(training, "data"), folder)
    limits = FitLimits(unused={}, needed={}, split=None)
    has_weights = "table" in given.parts and part_of(training, "columns").get("weight") is not None
    if has_weights or "sample_weight" in given.parts:
        limits["unused"]["class_weight"] = NOT_BOTH
    if given.is_divided:
        said = text("Samples overlap, so their source holds the last ones out: set validation under Data.")
        limits["unused"]["validation_split"] = limits["split"] = said
    elif given.validates:
        said = text("The data has samples for validation of its own.")
        limits["unused"]["validation_split"] = limits["split"] = said
    elif training.get("split"):
        said = text("The split chosen under Validation and Test takes its place.")
        limits["unused"]["validation_split"] = said
    return limits


def _stream_at_hand(chosen: Any) -> Stream | None:
    if not isinstance(chosen, dict) or chosen.get("class_name") != _AT_HAND:
        return None
    try:
        loaded = load(chosen, user_namespace())
    except RequestError:  # said where the data is chosen
        return None
    return loaded if isinstance(loaded, Stream) else None
