"""Tickets for a device: files in one folder of the machine, locked as long as those who drew them live."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

FOLDER = "KERASVIZ_QUEUE"
"""Variable with the folder of the queues, where kernels have no folder for temporary files in common."""
DIGITS = 12

_drawn: set[Path] = set()
"""Those of this process, for systems without `flock`: there a kernel knows of its own runs alone."""


class Ticket:
    """A place in a queue. The system unlocks its file when the process dies, whatever it died of.

    Args:
        path: The file.
        lock: Its descriptor, which holds the lock.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self._path = path
        self._lock = lock

    def ahead(self) -> int:
        """How many live tickets were drawn before this one."""
        return len([path for path in _tickets(self._path.parent) if path < self._path and _is_held(path)])

    def is_last(self) -> bool:
        """Whether nobody drew one after this."""
        return not any(path > self._path and _is_held(path) for path in _tickets(self._path.parent))

    def give_back(self) -> None:
        """Leaves the queue."""
        _drawn.discard(self._path)
        if _is_at(self._path, self._lock):  # else who cleans up was here, and the number may be another's
            _remove(self._path)
        os.close(self._lock)


def draw(*queues: Path) -> list[Ticket]:
    """Draws the next ticket of each of some queues.

    Nobody draws a ticket of one of them meanwhile, so that of two runs which share several devices one is
    ahead of the other on all of these.

    Args:
        queues: Their folders, as `queue_of` gives them.

    Raises:
        OSError: When the disk does not allow it.
    """
    drawn: list[Ticket] = []
    try:
        with ExitStack() as alone:
            for queue in sorted(queues):  # all in one order, so that nobody waits for each other
                alone.enter_context(_alone(queue))
            for queue in queues:
                drawn.append(_next_of(queue))
    except OSError:
        for ticket in drawn:
            ticket.give_back()
        raise
    return drawn


def _next_of(queue: Path) -> Ticket:
    while True:
        last = max((int(path.name) for path in _tickets(queue)), default=0)
        path = queue / f"{last + 1:0{DIGITS}}"
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            if fcntl is not None:
                os.fchmod(lock, 0o644)  # whatever the umask: others look whether it is locked
                fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError:  # a disk without locks
            _remove(path)
            os.close(lock)
            raise
        if _is_at(path, lock):
            _drawn.add(path)
            return Ticket(path, lock)
        os.close(lock)  # somebody took it for a dead one before it was locked


def queue_of(device: str) -> Path:
    """The folder of the queue for a device, which all users of the machine may use.

    Args:
        device: Its name, `gpu-0`.

    Raises:
        OSError: When there is none and it can't be made, or something else has its name.
    """
    root = Path(os.environ.get(FOLDER) or Path(tempfile.gettempdir()) / "kerasviz-queue")
    for folder in (root, root / device):
        with suppress(FileExistsError):
            folder.mkdir()
            _open_to_all(folder)
        if not stat.S_ISDIR(folder.lstat().st_mode):  # a link would lead elsewhere
            raise NotADirectoryError(20, "Not a folder", os.fspath(folder))
    return root / device


def _open_to_all(folder: Path) -> None:
    """Lets others add files to a folder, which can't remove these; never one that a link leads to."""
    if fcntl is None:
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        os.fchmod(opened, 0o1777)
    finally:
        os.close(opened)


def _tickets(queue: Path) -> list[Path]:
    return sorted(path for path in queue.iterdir() if path.name.isdecimal() and len(path.name) == DIGITS)


@contextmanager
def _alone(queue: Path) -> Iterator[None]:
    """Nobody else draws meanwhile, so that numbers are those of the order in which they are seen."""
    if fcntl is None:
        yield
        return
    folder = os.open(queue, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _is_held(path: Path) -> bool:
    """Whether somebody has a ticket; one whose process died is removed."""
    if fcntl is None:
        return path in _drawn
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)  # a pipe would be waited for
    except OSError:  # given back meanwhile
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if _is_at(path, file) and _is_empty(file):
            _remove(path)  # while it is locked, so that nobody draws it
        return False
    except BlockingIOError:
        return True
    finally:
        os.close(file)


def _is_at(path: Path, file: int) -> bool:
    """Whether an open file is still the one of its name."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _is_empty(file: int) -> bool:
    """Whether a file may be a ticket: anything else in the folder is nobody's to remove."""
    found = os.fstat(file)
    return stat.S_ISREG(found.st_mode) and found.st_size == 0


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:  # of another user, who is gone: it is only looked at
        return
