"""Whose turn it is: runs that share a device, one after the other, whatever kernels they are of."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.protocol.text import text
from kerasviz.training.run.tickets import Ticket, draw, queue_of

if TYPE_CHECKING:
    from kerasviz.training.run.run import Run

logger = logging.getLogger(__name__)

SLICE = 15.0
"""Seconds after which a run that trains lets those go first that wait."""
INTERVAL = 0.25
"""Seconds between two looks at who is ahead."""
LOOK = 1.0
"""Seconds between two looks at whether somebody waits."""


class Turn:
    """The turn of one run. Who trains longer than others like to wait goes to the end of the queue.

    Its methods are for the thread that trains.

    Args:
        run: Whose; while it waits its state is `waiting`, and it says how many are ahead.
        queues: Folders of the tickets, one for each device.
        tell: Called when that is another number.
    """

    def __init__(self, run: Run, queues: Sequence[Path], tell: Callable[[], None]) -> None:
        self._run = run
        self._queues = queues
        self._tell = tell
        self._tickets: list[Ticket] = []
        self._due = 0.0

    def take(self) -> None:
        """Waits for the turn; jobs about the model are done meanwhile, and a stop ends the wait."""
        run, before = self._run, self._run.phase
        try:
            self._tickets = draw(*self._queues)
            while (ahead := max(ticket.ahead() for ticket in self._tickets)) and not run.control.stopping:
                if (run.phase, run.ahead) != ("waiting", ahead):
                    run.phase, run.ahead = "waiting", ahead
                    self._tell()
                run.control.wait(INTERVAL)
        except OSError as error:
            logger.warning("There is no queue for the device", exc_info=True)
            reason = error.strerror or str(error)
            run.note(text("Runs of other kernels are not waited for: {reason}", reason=reason))
        run.phase, run.ahead = before, 0
        self._due = time.perf_counter() + SLICE

    def give_back(self) -> None:
        """Lets the next one go."""
        tickets, self._tickets = self._tickets, []
        for ticket in tickets:
            ticket.give_back()

    @property
    def is_over(self) -> bool:
        """Whether somebody waits who should go first now; cheap, as it is asked after each batch."""
        now = time.perf_counter()
        if now < self._due or not self._tickets:
            return False
        self._due = now + LOOK
        try:
            return not all(ticket.is_last() for ticket in self._tickets)
        except OSError:  # the folder was cleaned away: nobody waits in it
            return False


@contextmanager
def turn_of(
    run: Run, exclusive: bool | None, tell: Callable[[], None], chosen: Sequence[str] | None = None
) -> Iterator[None]:
    """Waits for the turn of a run, and lets the next one go in the end.

    Args:
        run: Who asks.
        exclusive: Whether it needs its devices alone. Where it is None, it does on a GPU, whose memory one
            model may fill; on a CPU all train at once.
        tell: Called when the state of the run is another one.
        chosen: The devices that it trains on; without any, the one that Keras chooses.
    """
    from kerasviz.backend.devices import devices  # late: Keras is imported with it

    names = {*(str(name) for name in chosen or [devices()[0]["name"]])}
    if not (any(not name.startswith("cpu") for name in names) if exclusive is None else exclusive):
        yield
        return
    try:
        queues = [queue_of(_of_machine(name)) for name in sorted(names)]
    except OSError as error:
        run.note(
            text("Runs of other kernels are not waited for: {reason}", reason=error.strerror or str(error))
        )
        yield
        return
    run.turn = Turn(run, queues, tell)
    try:
        run.turn.take()
        yield
    finally:
        run.turn.give_back()
        run.turn = None


def _of_machine(device: str) -> str:
    """What a device that this process calls `gpu:0` is for others, which may see other ones."""
    from kerasviz.backend.hardware.visiblegpus import chosen_gpu

    kind, _, index = device.partition(":")
    known = chosen_gpu(int(index)) if kind == "gpu" and index.isdecimal() else index
    return f"{kind}-{''.join(filter(str.isalnum, known)) or 0}"
