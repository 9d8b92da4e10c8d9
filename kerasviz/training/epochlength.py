"""Where an epoch ends that has no end of its own, and whether Keras ends it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kerasviz.backend import pipelines
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.streams.batchkinds import batches_kind, is_endless
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, text

PROPOSED_STEPS = 100
"""Batches in an epoch, where nobody knows how many are one pass through the data."""


def needed_ends(stream: Stream, arguments: Mapping[str, Any]) -> Iterator[tuple[str, int, Text]]:
    """Yields the arguments without which an epoch of batches has no end, or there are not enough of them.

    Args:
        stream: Batches that are not read by number.
        arguments: Those of `fit`.

    Yields:
        The argument, a value that suits, and the reason.
    """
    kind, steps = batches_kind(stream.batches), arguments.get("steps_per_epoch")
    if not steps and stream.endless:
        known = _one_pass(stream.batches)
        yield "steps_per_epoch", known or PROPOSED_STEPS, _without_end(stream.name, known)
    if not steps and kind == "Python generator" and arguments["epochs"] > 1:
        said = text(
            "{name} is a Python generator, which gives each batch once and does not tell how many there "
            "are. Set steps_per_epoch on the Train tab, for example to {steps}, or train 1 epoch.",
            name=stream.name,
            steps=PROPOSED_STEPS,
        )
        yield "steps_per_epoch", PROPOSED_STEPS, said
    held_out = stream.validation
    if held_out is not None and is_endless(held_out) and not arguments.get("validation_steps"):
        known = _one_pass(held_out) or PROPOSED_STEPS
        said = text(
            "The batches for validation never end. Set validation_steps on the Train tab, for example to "
            "{steps}.",
            steps=known,
        )
        yield "validation_steps", known, said


def check_ends(stream: Stream, arguments: JSON) -> None:
    """Checks that an epoch of batches has an end, and that there is enough for all of them.

    Args:
        stream: Batches that are not read by number.
        arguments: Those of `fit`.

    Raises:
        RequestError: With code `steps`, and a fix.
    """
    for argument, value, sentence in needed_ends(stream, arguments):
        raise _set(argument, value, sentence)


def check_groups(data: Data | Stream, model: Any, arguments: JSON) -> None:
    """Checks that Keras ends an epoch after the batches that are asked for.

    It computes `steps_per_execution` batches at once, and of data that goes on it takes all of the last ones.

    Args:
        data: As `fit` takes it.
        model: A compiled `keras.Model`.
        arguments: Those of `fit`.

    Raises:
        RequestError: With code `steps`, and a fix.
    """
    steps, group = arguments.get("steps_per_epoch"), model.steps_per_execution
    there = data.steps if isinstance(data, Stream) else None
    if not steps or not isinstance(group, int) or steps % group == 0 or (there or steps + 1) <= steps:
        return
    whole = -(-steps // group) * group
    said = text(
        "Keras would train {whole} batches in each epoch, not {steps}: it computes {group} at once "
        "(steps_per_execution). Set steps_per_epoch to a multiple of {group}.",
        whole=whole,
        steps=steps,
        group=group,
    )
    raise _set("steps_per_epoch", whole, said)


def _one_pass(batches: Any) -> int | None:
    return pipelines.one_pass(batches) if pipelines.is_pipeline(batches) else None


def _without_end(name: str, known: int | None) -> Text:
    if known is not None:
        return text(
            "The batches of {name} never end. Set steps_per_epoch on the Train tab: {steps} are one pass "
            "through the data.",
            name=name,
            steps=known,
        )
    return text(
        "The batches of {name} never end. Set steps_per_epoch on the Train tab, for example to {steps}.",
        name=name,
        steps=PROPOSED_STEPS,
    )


def _set(argument: str, steps: int, said: Text) -> RequestError:
    return RequestError(
        "steps",
        said,
        fix={
            "title": text("Set {argument} to {steps}", argument=argument, steps=steps),
            "edits": [{"edit": "fit", "arguments": {argument: steps}}],
        },
    )
