"""Says that this kernel works, so that a server which ends idle kernels spares one that trains."""

from __future__ import annotations

import threading
import time
import weakref
from typing import TYPE_CHECKING, Any

import comm

if TYPE_CHECKING:
    from kerasviz.kernel.session import Session

INTERVAL = 1.0
"""Seconds between two words. Servers count idle time in minutes, and one message costs nothing."""


class Awake:
    """One thread for all sessions of this kernel, as long as one of them works.

    Jupyter servers take any message of a kernel for activity. A run alone sends none where its document was
    closed, while its first batch compiles, or while it waits for a device.
    """

    def __init__(self) -> None:
        self._comm: Any = None  # that no page has opened, so none looks at what it sends
        self._sessions: weakref.WeakSet[Session] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._speaks = False

    def follow(self, session: Session) -> None:
        """Speaks from now on, until no session works; one that stops for a while is told of again."""
        if not session.works:
            return
        with self._lock:
            self._comm = self._comm or comm.create_comm(target_name="kerasviz", primary=False)
            self._sessions.add(session)
            if not self._speaks:
                self._speaks = True
                threading.Thread(target=self._talk, name="kerasviz-awake", daemon=True).start()

    def _talk(self) -> None:
        while True:
            time.sleep(INTERVAL)
            with self._lock:
                works = [session for session in self._sessions if session.works]
                self._sessions = weakref.WeakSet(works)
                if not works:
                    self._speaks = False
                    return
            del works
            self._comm.send({})


AWAKE = Awake()
"""That of this kernel."""
