"""A page that begins runs of the digits, and waits for what it is told of them."""

from pathlib import Path
from typing import Any

from sessionpage import SessionPage

from kerasviz.kernel.session import Session
from kerasviz.training.run.folder import RunFolder

FILE = "digits.keras.json"
ENDED = ("failed", "finished", "stopped", "lost")


class RunPage(SessionPage):
    """A page of a session that has a folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Session(folder, FILE))
        self.session.attach(self.client)

    def begin(self, document: dict[str, Any], start: str = "fresh") -> str:
        return str(self.answer("train", document=document, start=start)["run"])

    def until(self, *states: str, step: int = 0) -> dict[str, Any]:
        while True:
            status = self.status()
            if status["state"] in states and status["step"] >= step:
                return status
            assert status["state"] not in ENDED, status["error"]

    def control(self, action: str, **more: Any) -> None:
        assert self.session.run is not None
        self.ask("control", run=self.session.run.id, action=action, **more)

    @property
    def weights(self) -> list[Any]:
        return list(self.session.worker.keeper().model.get_weights())

    @property
    def folder(self) -> RunFolder:
        assert self.session.run is not None and self.session.run.folder is not None
        return self.session.run.folder

    @property
    def curves(self) -> dict[str, Any]:
        assert self.session.run is not None
        return self.session.run.history.to_json()
