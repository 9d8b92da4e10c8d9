"""Takes batches of a user's code on another thread, so that a run can end while these keep it waiting.

Keras takes batches where it trains, or TensorFlow does for it, and neither comes back before there is one.
Here whoever takes a batch waits for it and looks now and then whether the run is to end. A batch that takes
longer than a moment then is not waited for, and the thread of the user's code is interrupted as by Ctrl+C: it
ends as soon as Python runs there again. What waits outside of Python, such as `queue.get()`, goes on waiting
in the background.
"""

from __future__ import annotations

import ctypes
import math
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, TypeAlias, TypeVar

from kerasviz.backend.cellsettings import CELL_SETTINGS
from kerasviz.data.streams.passedon import passed_on

T = TypeVar("T")

Take: TypeAlias = Callable[[Callable[[], Any]], Any]
"""Does what takes a batch, and returns it."""
EVERY = 0.1
"""Seconds between two looks whether the run is to end."""
GRACE = 1.0
"""Seconds that a batch may still take then: what is interrupted may not be of use afterwards."""


def at_once(job: Callable[[], T]) -> T:
    """Takes a batch here."""
    return job()


class RunEnds(Exception):
    """The run is to end, and waits for no batch."""


class CutShort:
    """Around what takes batches; an exception that comes of cutting it short ends here.

    Args:
        ends: Whether the run is to end.

    Attributes:
        happened: Whether something was cut short.
    """

    def __init__(self, ends: Callable[[], bool]) -> None:
        self.happened = False
        self._ends = ends
        self._is_closed = False
        self._idle: deque[_Hand] = deque()

    def __enter__(self) -> CutShort:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.close()
        # TensorFlow, which takes batches too, makes an exception of its own of it.
        return self.happened and (isinstance(error, RunEnds) or RunEnds.__name__ in str(error))

    def close(self) -> None:
        """Lets nobody wait any longer: nothing more is taken."""
        self._is_closed = True
        while self._idle:
            self._idle.pop().end()

    def take(self, job: Callable[[], T]) -> T:
        """Does what takes a batch on another thread, and waits for it.

        Raises:
            RunEnds: Where the run is to end before that.
            BaseException: What the job raises.
        """
        try:
            hand = self._idle.pop()
        except IndexError:  # several may take batches at once
            hand = _Hand()
        hand.begin(job)
        until = math.inf
        while (done := hand.done(EVERY)) is None:
            if self._is_closed:
                hand.end()
                raise RunEnds
            if self._ends():
                until = min(until, time.monotonic() + GRACE)
            if time.monotonic() > until:
                self.happened = True
                hand.let_go()
                raise RunEnds
        self._idle.append(hand)
        if self._is_closed:  # since it was asked whether it is
            self.close()
        result: T = done.result()
        return result

    def of(self, batches: Any) -> Any:
        """Gives the same batches, taken in this way.

        Args:
            batches: What `fit` takes. A `tf.data.Dataset` stays as it is, and so does what processes of Keras
                read: neither can be taken from elsewhere.
        """
        return passed_on(batches, self._taken, lambda number: self.take(lambda: batches[number]))

    def _taken(self, batches: Iterable[Any]) -> Iterator[Any]:
        # At once: Keras on PyTorch begins an iteration of which it takes nothing, and a loader draws for it.
        return self._rest(self.take(lambda: iter(batches)))

    def _rest(self, begun: Iterator[Any]) -> Iterator[Any]:
        end = object()
        while (batch := self.take(lambda: next(begun, end))) is not end:
            yield batch


class _Hand:
    """A thread that does one job after the other."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Callable[[], Any] | None] = SimpleQueue()
        self._done: SimpleQueue[Future[Any]] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="kerasviz-batches", daemon=True)
        self._thread.start()

    def begin(self, job: Callable[[], Any]) -> None:
        """Begins a job."""
        self._jobs.put(job)

    def done(self, seconds: float) -> Future[Any] | None:
        """What came of the job; None where it takes longer."""
        with suppress(Empty):
            return self._done.get(timeout=seconds)
        return None

    def end(self) -> None:
        """Ends the thread once its job is done."""
        self._jobs.put(None)

    def let_go(self) -> None:
        """Interrupts the job. The thread is there until it is told to end, so no other one has its number."""
        number = ctypes.c_ulong(self._thread.ident or 0)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(number, ctypes.py_object(KeyboardInterrupt))
        self.end()

    def _work(self) -> None:
        with suppress(KeyboardInterrupt):  # it may come when the job has just been done
            CELL_SETTINGS.apply()
            while (job := self._jobs.get()) is not None:
                done: Future[Any] = Future()
                try:
                    done.set_result(job())
                except BaseException as error:
                    done.set_exception(error)
                self._done.put(done)
