"""How much of what a run prints is kept: a line for each batch is gigabytes after a week."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 2**24
KEPT_BYTES = 2**22
CUT = b"[What was printed before was removed.]\n"


def shorten(file: Path) -> None:
    """Removes the beginning of a long file, to whose end another thread or process may write meanwhile.

    Args:
        file: Opened by them to append; a line of that moment may be lost. Where it is short, or isn't there,
            nothing is done.
    """
    try:
        if file.stat().st_size <= MOST_BYTES:
            return
        with open(file, "r+b") as opened:
            opened.seek(-KEPT_BYTES, 2)
            last = opened.read().partition(b"\n")[2]
            opened.seek(0)
            opened.write(CUT + last)
            opened.truncate()
    except OSError:  # a full disk: the next beat tries again
        return
