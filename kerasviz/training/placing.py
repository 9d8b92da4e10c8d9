"""What several devices ask of the batches of a run, and what they compute otherwise."""

from __future__ import annotations

from typing import Any

from kerasviz.backend.distribution.placement import Placement
from kerasviz.data.batches import DEFAULT_SIZE, count, split
from kerasviz.data.dataset import Data, Loaded, Stream
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.feeding import samples_in
from kerasviz.training.run.run import Run


def check_shares(placement: Placement, loaded: Loaded, arguments: JSON) -> None:
    """Checks that devices can share a batch equally, where its size is that of the plan.

    Args:
        placement: Where the model will lie.
        loaded: The data as its source gives it.
        arguments: Those of `fit`.

    Raises:
        RequestError: With code `devices`, and a fix.
    """
    size, copies = arguments.get("batch_size") or DEFAULT_SIZE, placement.copies
    if size % copies == 0 or (isinstance(loaded, Stream) and not isinstance(loaded.batches, Reader)):
        return
    fits = max(size // copies, 1) * copies
    raise RequestError(
        "devices",
        text(
            "{copies} devices can't share a batch of {size} samples equally. Set the batch size to {fits}, "
            "or choose other devices.",
            copies=copies,
            size=size,
            fits=fits,
        ),
        fix={
            "title": text("Set the batch size to {size}", size=fits),
            "edits": [{"edit": "fit", "arguments": {"batch_size": fits}}],
        },
    )


def tell_differences(
    placement: Placement, model: Any, data: Data | Stream, arguments: JSON, run: Run
) -> None:
    """Notes what is computed otherwise on several devices than on one.

    Args:
        placement: Where the model lies.
        model: The model.
        data: As `fit` takes it.
        arguments: Those of `fit`.
        run: Gets the notes.
    """
    samples: int | None = None
    if isinstance(data, Data):
        samples = count(split(samples_in(data), arguments.get("validation_split") or 0.0)[0])
    elif isinstance(data.batches, Reader):
        samples = len(data.batches.targets)
    for note in placement.differences(model, samples, arguments.get("batch_size") or DEFAULT_SIZE):
        run.note(note)
