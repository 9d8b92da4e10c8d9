"""A page of a session in this process, without a kernel."""

import collections
import queue
from typing import Any

from conftest import PATIENCE, written

from kerasviz.kernel.clients import Client
from kerasviz.kernel.session import Session


class SessionPage:
    """A client that keeps what it gets, also the events that come while it waits for a reply."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.got: queue.Queue[dict[str, Any]] = queue.Queue()
        self.client = Client(self.got.put)
        self.heard: collections.deque[dict[str, Any]] = collections.deque()

    def post(self, id: str, type: str, /, **payload: Any) -> None:
        request = {"id": id, "type": type, "payload": written(payload), "version": 1}
        self.session.dispatch(request, self.client)

    def ask(self, type: str, /, **payload: Any) -> dict[str, Any]:
        """The whole reply."""
        self.post("asked", type, **payload)
        return self.reply("asked")

    def answer(self, type: str, /, **payload: Any) -> dict[str, Any]:
        """What is answered, or the error."""
        self.post("asked", type, **payload)
        reply = self.reply("asked")
        return dict(reply["payload"] if reply["ok"] else reply["error"])

    def reply(self, id: str) -> dict[str, Any]:
        while True:
            message = self.got.get(timeout=PATIENCE)
            if message.get("id") == id:
                return message
            if "event" in message:
                self.heard.append(message)

    def told(self, event: str) -> dict[str, Any]:
        """The next event of a kind, which may be in front of a reply that was read."""
        while True:
            message = self.heard.popleft() if self.heard else self.got.get(timeout=PATIENCE)
            if message.get("event") == event:
                return dict(message["payload"])

    def status(self) -> dict[str, Any]:
        """The next state of a run that it is told."""
        return dict(self.told("run")["status"])

    def trained(self, document: dict[str, Any], start: str = "fresh") -> dict[str, Any]:
        """Trains, and gives the state in which the run has ended."""
        self.session.attach(self.client)
        run = self.answer("train", document=document, start=start)["run"]
        while True:
            status = self.status()
            if status["run"] == run and status["state"] in ("failed", "finished"):
                return status
