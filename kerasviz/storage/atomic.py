"""Files that are replaced as a whole or not at all."""

import contextlib
import glob
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from kerasviz.protocol.text import text

MARK = "kerasviz"
"""Prefix of the names of files that are being written, after a dot."""
OLD = ".old"
"""Suffix of the name of a folder that is moved aside for a new one."""
HOUR = 3600.0
END_BYTES = 100


@contextlib.contextmanager
def replaced(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Gives a new file beside `path`, and puts it in its place when the block ends without an error.

    Whatever happens inside, killed at any moment or the disk full, `path` is the old file or the new one.

    Args:
        path: The file to write or replace; a link is followed.

    Yields:
        Where to write: a name in the same folder with the same suffixes, so that the last step is a rename.

    Raises:
        FileNotFoundError: When its folder does not exist.
    """
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise FileNotFoundError(
            text("There is no folder {folder}. Create it first.", folder=repr(str(target.parent)))
        )
    remove_abandoned(target)
    beside = target.with_name(f".{MARK}-{os.getpid()}-{secrets.token_hex(4)}.{_end(target.name)}")
    try:
        yield beside
        if beside.is_dir():
            _replace_folder(beside, target)
        else:
            flush(beside)
            if target.exists():
                beside.chmod(target.stat().st_mode & 0o777)
            os.replace(beside, target)
    except BaseException:
        _remove(beside)
        raise
    _flush_folder(target.parent)


def _end(name: str) -> str:
    """The end of a name, by which Keras finds the format; short, as systems count the bytes of a name."""
    return name.encode()[-END_BYTES:].decode(errors="ignore")


def remove_abandoned(target: Path) -> None:
    """Removes what saves of the same file left that were killed.

    Another process may be saving just now, here or on another machine that shares the folder: a file is
    abandoned when it is an hour old, and no process has the number in its name.
    """
    for path in target.parent.glob(f".{MARK}-*-*.{glob.escape(_end(target.name))}*"):
        number = path.name.split("-")[1]
        with contextlib.suppress(OSError):
            old = time.time() - path.stat().st_mtime > HOUR
            # A folder that was set aside is the only good one until the new one has its place.
            last = path.suffix == OLD and not target.exists()
            if old and not last and number.isdecimal() and not _is_running(int(number)):
                _remove(path)


def _is_running(process: int) -> bool:
    if os.name == "nt":  # where this would end the process
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it belongs to somebody else
        return True
    return True


def flush(path: Path) -> None:
    """Waits until the disk has what was written into a file."""
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def _replace_folder(beside: Path, target: Path) -> None:
    """Puts a folder in the place of another, for which systems have no single step."""
    for file in beside.rglob("*"):
        if file.is_file():
            flush(file)
    old = beside.with_name(f"{beside.name}{OLD}")
    if target.exists():
        os.rename(target, old)
    try:
        os.rename(beside, target)
    except OSError:
        os.rename(old, target)
        raise
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    """Makes the rename last through a power cut, where the system has that for folders."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
