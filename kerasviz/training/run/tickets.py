"""Tickets for a device: files in one folder of the machine, locked as long as those who drew them live."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
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
        _remove(self._path)
        os.close(self._lock)


def draw(queue: Path) -> Ticket:
    """Draws the next ticket of a queue.

    Args:
        queue: Its folder, as `queue_of` gives it.

    Raises:
        OSError: When the disk does not allow it.
    """
    with _alone(queue):
        last = max((int(path.name) for path in _tickets(queue)), default=0)
        path = queue / f"{last + 1:0{DIGITS}}"
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        _drawn.add(path)
        return Ticket(path, lock)


def queue_of(device: str) -> Path:
    """The folder of the queue for a device, which all users of the machine may use.

    Args:
        device: Its name, `gpu-0`.

    Raises:
        OSError: When there is none and it can't be made, or something else has its name.
    """
    root = Path(os.environ.get(FOLDER) or Path(tempfile.gettempdir()) / "kerasviz-queue")
    for folder in (root, root / device):
        try:
            folder.mkdir()
            folder.chmod(0o1777)  # others add files and can't remove these
        except FileExistsError:
            if not stat.S_ISDIR(folder.lstat().st_mode):  # a link would lead elsewhere
                raise NotADirectoryError(20, "Not a folder", os.fspath(folder)) from None
    return root / device


def _tickets(queue: Path) -> list[Path]:
    return sorted(path for path in queue.iterdir() if path.name.isdecimal() and len(path.name) == DIGITS)


@contextmanager
def _alone(queue: Path) -> Iterator[None]:
    """Nobody else draws meanwhile, so that numbers are those of the order in which they are seen."""
    if fcntl is None:
        yield
        return
    folder = os.open(queue, os.O_RDONLY)
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
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:  # given back meanwhile
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    _remove(path)
    return False


def _remove(path: Path) -> None:
    try:
        path.unlink()
    except OSError:  # of another user, who is gone: it is only looked at
        return
