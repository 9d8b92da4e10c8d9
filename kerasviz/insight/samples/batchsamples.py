"""Samples of batches that come in an order of their own: those of the first ones can be chosen."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from kerasviz.data.dataset import Data, Stream
from kerasviz.data.streams.firstbatches import first_batches
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text


def first_samples(stream: Stream) -> tuple[Data, Mapping[Part, Text]]:
    """Takes the samples of the first batches, and keeps them.

    Args:
        stream: Batches that nobody reads by number.

    Returns:
        Their samples, with those of its validation and its test; and for each part of which not all batches
        are read a sentence with the limit.

    Raises:
        RequestError: With code `no_sample`, where no batch may be taken.
    """
    limits: dict[Part, Text] = {}

    def of(part: Part) -> Data | None:
        batches = {"training": stream.batches, "validation": stream.validation, "test": stream.test}[part]
        if batches is None:
            return None
        is_training = part == "training"
        each = stream if is_training else dataclasses.replace(stream, batches=batches, steps=None)
        found = first_batches(each, _wait)
        if found is None or found.data.y is None:
            return None
        if found.limit is not None:
            limits[part] = found.limit
        return found.data

    taken = of("training")
    if taken is None:
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
        validation=of("validation"),
        test=of("test"),
    )
    return named, limits


def _wait(share: float) -> None:
    """Nobody is told how far it is."""
