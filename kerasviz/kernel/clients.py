"""The pages that look at one session: who gets a reply, and that nobody misses an event."""

from __future__ import annotations

import logging
import threading
from typing import Any

from kerasviz.kernel.revisions import Revisions
from kerasviz.protocol import JSON, KerasError, Send, encode

logger = logging.getLogger(__name__)


class Client:
    """One page, or one widget on it.

    Args:
        send: Carries a message there; may be called from any thread.
    """

    def __init__(self, send: Send) -> None:
        self._send = send
        self.revisions = Revisions()
        """What `analyze` knows of this page: each counts its own revisions."""
        self.preview: JSON | None = None
        """The look at data that was asked for last: it ends older ones."""

        self.probe: JSON | None = None
        """What was asked last about layers: it ends the older look."""

        self.why: JSON | None = None
        """What was asked last about why a model answers what it does: it ends older questions."""

        self.embedding: JSON | None = None
        """The picture of samples as points that was asked for last: it ends older ones."""

        self.axes: tuple[str, Any] | None = None
        """What the samples of the last one were projected onto."""

        self.looks = False
        """Whether this page follows a sample through the drawing."""

    def send(self, message: JSON) -> None:
        """Sends a message; a page that is gone costs nothing but a line in the log."""
        try:
            self._send(encode(message))
        except Exception:
            logger.exception("A message could not be sent")

    def reply(self, request: str, payload: Any) -> None:
        """Answers a request."""
        self.send({"id": request, "ok": True, "payload": payload})

    def refuse(self, request: str, error: KerasError) -> None:
        """Answers a request with an error."""
        self.send({"id": request, "ok": False, "error": error})


class Clients:
    """The clients of a session. Events are numbered, and go to all of them in the same order."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        """Held while an event is numbered and sent, so that a snapshot and its `seq` belong together."""
        self.seq = 0
        self.everyone = Client(self._broadcast)
        """Gets replies to what came over a channel without a way back."""
        self._clients: list[Client] = []

    def attach(self, client: Client) -> None:
        """Adds a client: from now on it gets the events."""
        with self.lock:
            if client not in self._clients:
                self._clients.append(client)

    def detach(self, client: Client) -> None:
        """Removes a client that was closed."""
        with self.lock:
            if client in self._clients:
                self._clients.remove(client)

    @property
    def is_followed(self) -> bool:
        """Whether any page is there."""
        with self.lock:
            return bool(self._clients)

    @property
    def is_looked_into(self) -> bool:
        """Whether any page follows a sample."""
        with self.lock:
            return any(client.looks for client in self._clients)

    def emit(self, event: str, payload: Any) -> None:
        """Sends an event to all clients."""
        with self.lock:
            self.seq += 1
            self._broadcast({"event": event, "seq": self.seq, "payload": payload})

    def _broadcast(self, message: JSON) -> None:
        with self.lock:
            for client in self._clients:
                client.send(message)
