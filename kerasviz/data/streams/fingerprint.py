"""What tells a stream of batches from another one, as far as it is known without training."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerasviz.backend import pipelines
from kerasviz.data.dataset import Stream
from kerasviz.data.streams.reader import Reader

_READ = 16
"""Samples of a reader that are read."""


def fingerprint(stream: Stream) -> list[Any]:
    """Finds what a digest of a stream is made of.

    A pipeline tells what is in it, and nothing is taken of it: that would move its shuffling on. Of what
    files hold, a few are read; of other batches the first one was looked at.

    Args:
        stream: As `fit` takes it.

    Returns:
        Arrays, and texts as arrays.
    """
    return [*_told(stream), *([] if stream.validation is None else _of(stream.validation))]


def _told(stream: Stream) -> Iterator[Any]:
    yield from _of(stream.batches)
    if stream.example is not None and not pipelines.is_pipeline(stream.batches):
        yield from (stream.example.x, stream.example.y, stream.example.sample_weight)


def _of(batches: Any) -> Iterator[Any]:
    if isinstance(batches, Reader):
        yield batches.targets
        yield batches.read(np.unique(np.linspace(0, len(batches.targets) - 1, _READ).astype(int)))
    elif pipelines.is_pipeline(batches):
        yield from pipelines.told_by(batches)
    else:
        yield np.array(f"{type(batches).__qualname__}")
