"""Finds the largest batch that fits into memory, where that of a run did not."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from kerasviz.analysis.explain import own_words
from kerasviz.backend.distribution.placement import BY_ITSELF, Placement
from kerasviz.data.batches import count
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.sampleorder import SampleOrder
from kerasviz.data.streams.batchkinds import batches_kind
from kerasviz.data.streams.begunagain import as_arrays, begun_again, parts_of
from kerasviz.data.streams.reader import Reader
from kerasviz.data.tables import map_arrays
from kerasviz.models.weightvalues import restored
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.training.failure import OF_MEMORY
from kerasviz.training.run.run import Run

CLOSER = 3
"""Tries between a batch that fits and one twice as large."""
_WORDS = "RESOURCE_EXHAUSTED"
"""What JAX's one exception for everything says."""


def took_too_much(error: BaseException) -> bool:
    """Whether an exception, of whatever backend, is about memory."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & OF_MEMORY) or (names >= {"RuntimeError"} and _WORDS in own_words(error))


@contextmanager
def within_memory(
    model: Any, data: Data | Stream, size: int, run: Run, placement: Placement = BY_ITSELF
) -> Iterator[None]:
    """Around a `fit`: says of one that takes too much memory which batch size does not.

    Args:
        model: What trains; it is as it was after the last batch that fitted.
        data: As `fit` takes it. Of a stream its first batch is tried, where it can be taken once more.
        size: Samples in a batch, where they are made of arrays.
        run: A stop of it ends the tries.
        placement: Where the model lies: several devices share a batch equally.

    Raises:
        RequestError: With code `memory`, and a fix where a smaller batch fits.
    """
    try:
        yield
    except BaseException as error:
        if not took_too_much(error):
            raise
        traceback.clear_frames(error.__traceback__)  # they hold what filled the memory
        words = own_words(error)
        tried = _first_batch(data, size) if isinstance(data, Stream) else data
        if tried is None:
            raise
        elsewhere = isinstance(data, Stream) and not isinstance(data.batches, Reader)
        most = count((tried.x,)) if elsewhere else min(size, count((tried.x,)))
        with restored(model):
            one = placement.copies
            fits = one * largest(
                most // one, lambda some: _trains(model, tried, placement.on_batch(some * one)), run
            )
        if elsewhere:
            raise _told_of(data.name, most, fits, words) from error
        raise _told(size, fits, words) from error


def largest(size: int, fits: Callable[[int], bool], run: Run) -> int:
    """Finds about the largest batch that fits.

    Args:
        size: One that does not.
        fits: Tries one.
        run: A stop of it ends the tries.

    Returns:
        0 where not even one sample does.
    """
    low, high = size // 2, size
    while low and not run.control.stopping and not fits(low):
        low, high = low // 2, low
    for _ in range(CLOSER):
        middle = (low + high) // 2
        if low < middle < high and not run.control.stopping:
            low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _trains(model: Any, data: Data, size: int) -> bool:
    def take(array: Any, _: str) -> Any:
        return array[:size]

    x, y, weights = (
        None if part is None else map_arrays(part, "", take) for part in (data.x, data.y, data.sample_weight)
    )
    try:
        model.train_on_batch(x, y, weights)
    except BaseException as error:
        if not took_too_much(error):
            raise
        traceback.clear_frames(error.__traceback__)
        gc.collect()
        return False
    return True


def _first_batch(stream: Stream, size: int) -> Data | None:
    """A batch to try with; None of what gives each batch once, and shows no arrays."""
    batches = stream.batches
    if isinstance(batches, Reader):
        batches = batches.batches(SampleOrder(len(batches.targets), size, None, lambda: 0))
    elif stream.example is not None and batches_kind(batches) == "Python generator":
        return stream.example
    batch = next(begun_again(batches), None)
    if batch is None:
        return None
    x, y, weights = map(as_arrays, parts_of(batch))
    return Data(stream.name, x, y, None, sample_weight=weights)


def _told_of(name: str, size: int, fits: int, words: str) -> RequestError:
    """The same of batches that are made in a cell."""
    if not fits:
        return _told(size, fits, words)
    sentence = text(
        "A batch of {name} with {size} samples does not fit into memory; {fits} samples do. Make its batches "
        "smaller where it is made.",
        name=name,
        size=size,
        fits=fits,
    )
    return RequestError("memory", sentence, detail=words)


def _told(size: int, fits: int, words: str) -> RequestError:
    if not fits:
        sentence = text(
            "Not even one sample at a time fits into memory. Use fewer units or filters, or smaller inputs."
        )
        return RequestError("memory", sentence, detail=words)
    return RequestError(
        "memory",
        text("A batch of {size} samples does not fit into memory; {fits} samples do.", size=size, fits=fits),
        detail=words,
        fix={
            "title": text("Set the batch size to {size}", size=fits),
            "edits": [{"edit": "fit", "arguments": {"batch_size": fits}}],
        },
    )
