"""What people are told where a process that trains ended before its run did."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from kerasviz.protocol import KerasError, RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.training.run.folder import OUTPUT, RunFolder

MOST_BYTES = 2000
"""Of what it printed last."""


def unexpected_end(folder: RunFolder, status: int | None, log: Path | None = None) -> KerasError:
    """Why a run is lost, as far as that is known.

    Args:
        folder: Of the run.
        status: Exit status of its process, or less than 0 for a signal; None where nobody knows.
        log: What else was printed.
    """
    printed = _printed(folder.path / OUTPUT) + ("" if log is None else _printed(log))
    return RequestError("process", _sentence(status), detail=printed).error


def _sentence(status: int | None) -> Text:
    if status is None:
        return text("The process that trained ended before the training did.")
    if status >= 0:
        return text("The process that trained ended with the exit status {status}.", status=status)
    name = signal_of(status)
    if name == "SIGKILL":
        return text("The process that trained was killed. The system does so where memory runs out.")
    return text("The process that trained crashed ({signal}).", signal=name)


def signal_of(status: int) -> str:
    """The name of the signal that has ended a process, or its number where it has none.

    Args:
        status: As `subprocess` gives it, less than 0.
    """
    return signal.Signals(-status).name if -status in set(signal.Signals) else str(-status)


def _printed(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - MOST_BYTES))
            return file.read().decode(errors="replace")
    except OSError:
        return ""
