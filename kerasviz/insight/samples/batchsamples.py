"""Samples of batches that come in an order of their own: those of the first ones can be chosen."""

from __future__ import annotations

import dataclasses
from typing import Any

from kerasviz.data.dataset import Data, Stream
from kerasviz.data.streams.firstbatches import first_batches
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text


def first_samples(stream: Stream) -> tuple[Data, Text]:
    """Takes the samples of the first batches, and keeps them.

    Args:
        stream: Batches that nobody reads by number.

    Returns:
        Their samples, with those of its validation; and a sentence that says so.

    Raises:
        RequestError: With code `no_sample`, where no batch may be taken.
    """
    taken = first_batches(stream, _wait)
    if taken is None or taken.y is None:
        raise RequestError(
            "no_sample",
            text(
                "{name} yields batches that can be read only once, or without targets, so no sample "
                "can be chosen. To look at samples, put some of them into arrays and choose these as "
                "the data.",
                name=stream.name,
            ),
        )
    named = dataclasses.replace(
        taken,
        x_name=stream.name,
        y_name=stream.target_name,
        validation=_of(stream, stream.validation),
        test=_of(stream, stream.test),
    )
    return named, text(
        "{name} yields batches, so only samples of its first batches can be chosen, in the "
        "order in which they were read.",
        name=stream.name,
    )


def _of(stream: Stream, batches: Any) -> Data | None:
    held = None if batches is None else first_batches(dataclasses.replace(stream, batches=batches), _wait)
    return held if held is not None and held.y is not None else None


def _wait(share: float) -> None:
    """Nobody is told how far it is."""
