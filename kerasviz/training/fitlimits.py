"""What data does not allow of `fit`, and what `fit` needs for it: told in the form, and when a run begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kerasviz.backend import pipelines
from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS
from kerasviz.data import load
from kerasviz.data.dataset import Stream
from kerasviz.data.streams.batchkinds import batches_kind, is_py_dataset
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol import FitLimits, RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.training.epochlength import needed_ends

_AT_HAND = "batches"
"""The source whose data is there before it is loaded."""


def unused(stream: Stream) -> dict[str, Text]:
    """Arguments of `fit` that have no effect on batches, with the reason.

    Args:
        stream: As a source gives it.
    """
    name = stream.name
    if isinstance(stream.batches, Reader):
        held_out = text("{name} has samples for validation of its own.", name=name)
        return {} if stream.validation is None else {"validation_split": held_out}
    own_size = text("{name} gives batches, which have their size already.", name=name)
    found = {"batch_size": own_size, "validation_batch_size": own_size}
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
    return {}


def fit_limits(training: Mapping[str, Any]) -> FitLimits:
    """What is known of these before the data is loaded; nothing is taken of it.

    Args:
        training: What is under `kerasviz.training`.
    """
    stream = _stream_at_hand(training.get("data"))
    if stream is None:
        split = text("The split chosen under Validation and Test takes its place.")
        return FitLimits(unused={"validation_split": split} if training.get("split") else {}, needed={})
    arguments = {**FIT_DEFAULTS, **part_of(training, "fit")}
    return FitLimits(
        unused={**unused(stream), **refused(stream)},
        needed={name: reason for name, _, reason in needed_ends(stream, arguments)},
    )


def _stream_at_hand(chosen: Any) -> Stream | None:
    if not isinstance(chosen, dict) or chosen.get("class_name") != _AT_HAND:
        return None
    try:
        loaded = load(chosen, user_namespace())
    except RequestError:  # said where the data is chosen
        return None
    return loaded if isinstance(loaded, Stream) else None
