"""Sees runs that other processes train: `kerasviz train`, other kernels."""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kerasviz.kernel.session import Session

INTERVAL = 1.0
"""Seconds between two looks, at least."""
SHARE = 50
"""Looking takes at most one part in so many of the time."""


class RunsWatch:
    """Tells the pages of a session when a run that it does not train itself is somewhere else.

    Args:
        session: Its thread lives as long as this has pages.
    """

    def __init__(self, session: Session) -> None:
        self._session = weakref.ref(session)
        self._lock = threading.Lock()
        self._is_looking = False

    def follow(self) -> None:
        """Looks from now on: a page has asked for the list."""
        with self._lock:
            if not self._is_looking:
                self._is_looking = True
                threading.Thread(target=self._look, name="kerasviz-runs", daemon=True).start()

    def _look(self) -> None:
        before: Hashable = None
        took = 0.0
        while True:
            time.sleep(max(INTERVAL, SHARE * took))
            session = self._session()
            if session is None or not session.is_followed:
                with self._lock:
                    self._is_looking = False
                return
            start = time.perf_counter()
            now = _seen(session)
            took = time.perf_counter() - start
            if before is not None and now != before:
                session.tell_runs()
            before = now
            del session


def _seen(session: Session) -> Hashable:
    """What a look sees: another value where something is another."""
    own = session.kept_runs.all()
    trained = session.run.folder if session.run is not None and not session.run.ended else None
    here = None if trained is None else trained.path
    return tuple((run.id, *run.stamp()) for run in [*own, *session.others.all(own)] if run.path != here)
