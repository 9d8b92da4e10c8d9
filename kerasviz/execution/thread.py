"""A place to train: a thread of this kernel, so that the trained model is at hand in its cells."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import kerasviz.places as places
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.whyfailed import explained
from kerasviz.execution.worker import Worker
from kerasviz.protocol import Curves, KerasError, RunState
from kerasviz.training.plan import Plan
from kerasviz.training.run.run import Run
from kerasviz.training.run.turn import turn_of

if TYPE_CHECKING:
    from kerasviz.training.fit import Probe

logger = logging.getLogger(__name__)

Publish = Callable[[Curves | None], None]

DISK = Worker("kerasviz-backup")
"""Writes the backups of all documents, one after the other."""


ANY = places.Thread()


class Thread:
    """Trains on the thread of the document's worker.

    Args:
        place: What the plan says of it.
    """

    def __init__(self, place: places.Thread = ANY) -> None:
        self._place = place

    def warm(self) -> None:
        """Gets ready: the kernel is."""

    def start(
        self, plan: Plan, run: Run, worker: DocumentWorker, publish: Publish, probe: Probe | None = None
    ) -> None:
        """Begins a run and returns at once; see `Place`."""
        worker.execute(run, lambda: self._execute(plan, run, worker, publish, probe))

    def _execute(
        self, plan: Plan, run: Run, worker: DocumentWorker, publish: Publish, probe: Probe | None
    ) -> None:
        state: RunState = "failed"
        error: KerasError | None = None
        try:
            keeper = worker.keeper()
            from kerasviz.training.fit import fit  # late: Keras is imported with it

            with turn_of(run, self._place.exclusive, lambda: publish(None), self._place.devices):
                state = fit(
                    plan,
                    keeper,
                    run,
                    worker.namespace(),
                    publish,
                    DISK.submit,
                    aside=worker.is_aside,
                    probe=probe,
                )
        except BaseException as raised:  # a user's layer may raise SystemExit
            logger.info("The training failed", exc_info=True)
            error = explained(plan, raised)
        run.end(state, error)
        publish(None)
