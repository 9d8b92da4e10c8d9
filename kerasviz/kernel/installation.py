"""Keras in this kernel: imported in the background as soon as a page needs it, and told to the sessions."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from IPython.core.getipython import get_ipython

from kerasviz.execution.rooms import import_keras_rooms
from kerasviz.execution.worker import ANALYSIS, ANSWERS
from kerasviz.kernel.collector import keep_imported
from kerasviz.protocol import Device
from kerasviz.training.failure import failure

if TYPE_CHECKING:
    from kerasviz.kernel.session import Session

logger = logging.getLogger(__name__)


class Installation:
    """What pages want to know of the Keras of this kernel.

    Attributes:
        devices: Empty until Keras is imported; the event `keras` tells them then.
        catalog_hash: Empty until the catalogue is known; the event `catalog` tells it, and each change.
    """

    def __init__(self) -> None:
        self.devices: list[Device] = []
        self.catalog_hash = ""
        self._sessions: WeakSet[Session] = WeakSet()
        self._lock = threading.Lock()
        self._begun = False
        self._data: dict[str, int] = {}
        self._generation = 1  # the first one: before it, nothing was analysed

    def follow(self, session: Session) -> None:
        """Tells a session what becomes known from now on; imports Keras, which takes seconds, at first."""
        with self._lock:
            self._sessions.add(session)
            begins = not self._begun
            self._begun = True
        if begins:
            ANALYSIS.submit(self._load)

    def _load(self) -> None:
        try:
            self.devices = import_keras_rooms()
        except Exception as error:
            logger.exception("Keras could not be imported")
            self._begun = False  # the next page that says hello tries again
            self._tell("keras", {"devices": [], "error": failure(error)})
            return
        keep_imported()
        self._tell("keras", {"devices": self.devices, "error": None})
        shell = get_ipython()
        if shell is not None:
            shell.events.register("post_run_cell", lambda result: ANSWERS.submit(self._look_at_cell))
        ANSWERS.submit(self._look_at_cell)  # cells may have run before Keras was there

    def _look_at_cell(self) -> None:
        """A cell may register a class, which belongs on the palette, set something, or make other data."""
        self._look_at_settings()
        self._look_at_catalog()
        self._look_at_data()

    def _look_at_settings(self) -> None:
        from kerasviz.analysis.outcomes import OUTCOMES

        current = OUTCOMES.generation()
        if current != self._generation:
            self._generation = current
            self._tell("settings", {"generation": current})

    def _look_at_data(self) -> None:
        from kerasviz.backend.usernamespace import user_namespace
        from kerasviz.data.datavariables import list_variables

        namespace = user_namespace()
        names = [told["name"] for told in list_variables(namespace)]
        current = {name: id(namespace.get(name)) for name in names}
        if current != self._data:
            self._data = current
            self._tell("arrays", {"count": len(current)})

    def _look_at_catalog(self) -> None:
        from kerasviz.catalog import catalog_hash

        current = catalog_hash()  # takes a second the first time
        if current != self.catalog_hash:
            self.catalog_hash = current
            self._tell("catalog", {"hash": current})

    def _tell(self, event: str, payload: Any) -> None:
        with self._lock:
            sessions = list(self._sessions)
        for session in sessions:
            session.emit(event, payload)


INSTALLATION = Installation()
"""The one of this kernel."""
