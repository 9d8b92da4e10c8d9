"""What Keras may take for a model from anywhere, in time and memory, and the end of what takes more."""

import contextlib
import ctypes
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text, text

GIGABYTE = 2**30
READING = 60
"""Seconds of a processor for reading one file in a process of its own, where an unusual Keras is imported."""
SLOWNESS = 10
"""How many times as long something may last on a busy machine as a processor may work for it."""
_LOOKS = 0.25


@dataclass(frozen=True)
class Budget:
    """What may be taken.

    Attributes:
        seconds: Of one processor, for one analysis or one build.
        gigabytes: Of memory, for the weights of a model or for making its layers.
    """

    seconds: float = 20.0
    gigabytes: float = 2.0

    @property
    def bytes(self) -> int:
        """The memory in bytes."""
        return int(self.gigabytes * GIGABYTE)


def _of_environment() -> Budget:
    def given(name: str, default: float) -> float:
        try:
            return float(os.environ[name])
        except (KeyError, ValueError):
            return default

    usual = Budget()
    return Budget(given("KERASVIZ_SECONDS", usual.seconds), given("KERASVIZ_GIGABYTES", usual.gigabytes))


_now = [_of_environment()]


def budget() -> Budget:
    """What may be taken now."""
    return _now[0]


def set_budget(seconds: float | None = None, gigabytes: float | None = None) -> Budget:
    """Lets models take more of this machine, or less, until the kernel ends.

    A model file from a stranger may be made to fill the memory. So Keras gets a budget for making its layers;
    a file that needs more is refused. If you trust the file, give it more. Limits by number, such as those of
    layers or of words, grow with it.

    Args:
        seconds: Of one processor, for one analysis or build of a model; None leaves it as it is.
        gigabytes: Of memory; None leaves it as it is.

    Returns:
        What may be taken from now on.

    Example:
    ```python
    kerasviz.set_budget(seconds=120, gigabytes=16)
    ```
    """
    now = budget()
    _now[0] = Budget(
        now.seconds if seconds is None else float(seconds),
        now.gigabytes if gigabytes is None else float(gigabytes),
    )
    return budget()


Of = Literal["seconds", "gigabytes"]
"""What a limit saves."""


def most(usual: int, of: Of) -> int:
    """How many of something are allowed: more than usual where the budget is larger.

    Args:
        usual: How many with the usual budget, which is what they take.
        of: What they take: time or memory.
    """
    return int(usual * max(1.0, getattr(budget(), of) / getattr(Budget(), of)))


_cells = [True]


@contextlib.contextmanager
def without_cells() -> Iterator[None]:
    """Says in the block that a budget is set in the environment: this process runs no cells."""
    _cells[0] = False
    try:
        yield
    finally:
        _cells[0] = True


def way_on(of: Of, times: float = 10) -> Text:
    """Says how a person who trusts a file gets past a limit.

    Args:
        of: What the limit saves.
        times: How much more is needed than is allowed now.
    """
    needed = getattr(budget(), of) * times
    more = f"{needed:g}" if needed < 10 else f"{needed:.0f}"
    if not _cells[0]:
        return text(
            "If you trust the file, start Jupyter with {variable}={more} in its environment.",
            variable=f"KERASVIZ_{of.upper()}",
            more=more,
        )
    return text(
        "If you trust the file, run kerasviz.set_budget({budget}={more}) in a cell and try again.",
        budget=of,
        more=more,
    )


def too_slow() -> Text:
    """Says that the time is over."""
    return text(
        "It takes more than {seconds} seconds. {way_on}",
        seconds=f"{budget().seconds:g}",
        way_on=way_on("seconds"),
    )


def too_large(bytes: int | None = None) -> Text:
    """Says that the memory is over.

    Args:
        bytes: What would be needed, where that is known.
    """
    allowed = f"{budget().gigabytes:g}"
    if bytes is None:
        return text(
            "It takes more than {allowed} GB of memory. {way_on}",
            allowed=allowed,
            way_on=way_on("gigabytes", 4),
        )
    needed = bytes / GIGABYTE
    return text(
        "It needs {needed} GB of memory, more than the {allowed} GB allowed. If that is intended, run "
        "kerasviz.set_budget(gigabytes={more}) in a cell and try again.",
        needed=f"{needed:,.1f}" if needed < 2**30 else text("far too many"),
        allowed=allowed,
        more=f"{needed * 1.25:.0f}" if needed < 2**30 else "...",
    )


class OutOfTime(BaseException):
    """The time is over; raised in the thread that took it, wherever that is in Python.

    It is no `Exception`, so that nobody on the way up takes it for an error of a layer.
    """


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Ends what this thread does in the block when it has taken so much time of a processor.

    Code in C is not ended, but what may be long there has been tried in another process.

    Raises:
        ModelFileError: When the time is over.
    """
    thread = threading.get_ident()
    done, fired = threading.Event(), threading.Event()
    lock = threading.Lock()

    def watch() -> None:
        end = _clock(thread) + seconds
        while not done.wait(min(_LOOKS, seconds)):
            with lock:
                if not done.is_set() and _clock(thread) > end:
                    fired.set()
                    _raise_in(thread, OutOfTime)
                    return

    threading.Thread(target=watch, name="kerasviz-budget", daemon=True).start()
    try:
        try:
            yield
        finally:
            with lock:
                done.set()
            # What was sent and has not come yet must not come later. It can't be taken back: Python 3.11
            # would then look for it at every call, and for ever where a profiler follows.
            while fired.is_set() and not isinstance(sys.exc_info()[1], OutOfTime):
                time.sleep(0)
    except OutOfTime:
        raise ModelFileError(too_slow()) from None


def _clock(thread: int) -> float:
    """Seconds that a thread has had of a processor; where that is unknown, a third of those that went by."""
    with contextlib.suppress(AttributeError, OSError):
        return time.clock_gettime(time.pthread_getcpuclockid(thread))
    return time.monotonic() / 3


def _raise_in(thread: int, error: type[BaseException]) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))
