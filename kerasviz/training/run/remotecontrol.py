"""What is asked of a run that another process trains: it reads that in the folder of the run."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from kerasviz.protocol import JSON, RequestError
from kerasviz.training.run.control import Control, Part
from kerasviz.training.run.pulse import command

if TYPE_CHECKING:
    from kerasviz.training.run.folder import RunFolder

logger = logging.getLogger(__name__)

ACTIONS: dict[Part, str] = {"batch": "one_batch", "epoch": "one_epoch"}


class RemoteControl(Control):
    """Passes on what is asked; its methods return at once.

    Args:
        folder: Of the run.
        write: Queues what writes to the disk.
        before: Who was asked until now: what it did not do is asked again.

    Attributes:
        kill: Ends the process that trains; set once it is known.
    """

    def __init__(
        self, folder: RunFolder, write: Callable[[Callable[[], None]], None], before: Control | None = None
    ) -> None:
        super().__init__()
        self._folder = folder
        self._write = write
        self.kill: Callable[[], None] | None = None
        if before is None:
            return
        if before.until is not None:
            self.go_on_until(before.until)
        for what, value in before.take_changes():
            self.change(what, value)
        if before.pausing:
            self.pause()
        if before.stopping:
            self.stop()

    def stop(self) -> None:
        """Asks to end after the current batch; a paused run ends too."""
        super().stop()
        self._ask({"action": "stop"})

    def end(self) -> None:
        """Ends the process at once: the run loses what it has trained since its last backup."""
        self.stop()
        if self.kill is not None:
            self.kill()

    def stops(self) -> None:
        """Takes note that somebody else has asked it to end."""
        super().stop()

    def pause(self) -> None:
        """Asks to hold after the current batch."""
        super().pause()
        self._ask({"action": "pause"})

    def resume(self) -> None:
        """Lets a paused run continue."""
        super().resume()
        if not self.stopping:
            self._ask({"action": "resume"})

    def go_on_until(self, part: Part) -> None:
        """Asks to go on, and to hold again at the end of the batch or epoch that comes."""
        self.pausing = False
        self._ask({"action": ACTIONS[part]})

    def change(self, what: str, value: float) -> None:
        """Asks for another value of a number from the next batch on."""
        self._ask({"action": "change", "what": what, "value": value})

    def tell(self, what: str) -> None:
        """Asks it to tell something in its folder."""
        self._ask({"action": "tell", "what": what})

    def _ask(self, asked: JSON) -> None:
        def write() -> None:
            try:
                command(self._folder.path, asked)
            except RequestError:
                logger.warning("A run can't be asked for %s", asked, exc_info=True)

        self._write(write)
