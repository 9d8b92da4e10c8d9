"""The threads of a kernel, of which the table of requests names one for each request."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import TYPE_CHECKING

from kerasviz.execution.worker import ANALYSIS, ANSWERS, DATA, REASONS

if TYPE_CHECKING:
    from kerasviz.kernel.session import Session


class Thread(Enum):
    """Where a request is answered."""

    MESSAGE = auto()
    """Where messages come in, while a cell may run or a model train: takes no time and needs no Keras."""
    ANALYSIS = auto()
    """Checks what is drawn, without weights. It imports Keras before it does anything else."""
    ANSWERS = auto()
    """Answers what may take a moment, without waiting for Keras."""
    QUESTIONS = auto()
    """The same thread, once the shapes that were asked for before have been told, and Keras is there."""
    DATA = auto()
    """Looks at data, which may take seconds: a thread of its own, once Keras is there, with which pandas and
    scikit-learn would else be imported at the same time."""
    REASONS = auto()
    """Finds out why a model answers what it does: asks the document's worker for what it needs of the model,
    between two batches, and computes what takes seconds by itself."""
    RUN = auto()
    """Holds the document's model: between two batches where it is being trained."""


def queue(thread: Thread, session: Session, job: Callable[[], None]) -> None:
    """Does a job on a thread, in its turn.

    Args:
        thread: Which one.
        session: Whose job it is.
        job: What to do; it must not raise.
    """
    match thread:
        case Thread.MESSAGE:
            job()
        case Thread.ANALYSIS:
            ANALYSIS.submit(job)
        case Thread.ANSWERS:
            ANSWERS.submit(job)
        case Thread.QUESTIONS:
            ANALYSIS.submit(lambda: ANSWERS.submit(job))
        case Thread.DATA:
            ANALYSIS.submit(lambda: DATA.submit(job))
        case Thread.REASONS:
            ANALYSIS.submit(lambda: REASONS.submit(job))
        case Thread.RUN:
            session.worker.submit(job)
