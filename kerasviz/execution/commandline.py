"""The command `kerasviz train`."""

from __future__ import annotations

import dataclasses
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from kerasviz.backend.logicaldevices import prepare_as_asked
from kerasviz.config.training import training_of
from kerasviz.execution.here import train as train_here
from kerasviz.execution.setvalues import with_settings
from kerasviz.execution.subject import subject_of
from kerasviz.execution.terminal import Terminal
from kerasviz.protocol import Curves, RequestError, TrainStart
from kerasviz.protocol.text import text
from kerasviz.training.failure import failure
from kerasviz.training.run.run import Run

INTERRUPTED = 130
"""Exit status of a program that an interrupt has ended, as shells have it."""


def train(file: str, folder: str | None, settings: Sequence[str], start: TrainStart) -> int:
    """Trains a document, and prints how it goes.

    Args:
        file: The document.
        folder: Where the run is kept; None for `runs/` beside the document.
        settings: Values in place of those in the document, as `with_settings` takes them.
        start: Where weights start.

    Returns:
        The exit status: 0, or 130 after an interrupt.

    Raises:
        Exception: With a sentence, when it can't be trained.
    """
    if folder is not None and os.path.exists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):
        raise RequestError("file", text("{folder} is no empty folder.", folder=folder))
    prepare_as_asked()
    terminal, runs = Terminal(sys.stdout), list[Run]()
    subject = subject_of(Path(file))
    subject = dataclasses.replace(subject, document=with_settings(subject.document, settings))
    if training_of(subject.document).get("sweep"):
        terminal.print(
            text("note: the command trains one model. The sweep of this document begins in the editor.")
        )

    def follow(run: Run, curves: Curves) -> None:
        runs[:] = [run]
        terminal.follow(run, curves)

    try:
        ended = train_here(subject, start, folder=folder, follow=follow, save=True)
    except KeyboardInterrupt:
        terminal.print(text("stopped after {step} batches", step=runs[-1].step if runs else 0))
        return INTERRUPTED
    except Exception as error:
        message = failure(error)["message"]
        if any(map(_is_range, settings)):
            message = text(
                "{message} --set takes one value; a sweep in the editor tries several.", message=message
            )
        raise RequestError("failed", message) from error
    for hint in ended.hints:
        terminal.print(f"{hint['severity']}: {hint['sentence']} [{hint['code']}]")
    terminal.print(f"{ended.state}: {ended.folder}" if ended.folder else ended.state)
    return 0


def _is_range(setting: str) -> bool:
    """Whether several values are meant: `epochs=1,2`, `epochs=[1,2]`, `epochs=1..3` or `epochs=1-3`."""
    return re.search(r",|\.\.|\d-\d", setting.partition("=")[2]) is not None
