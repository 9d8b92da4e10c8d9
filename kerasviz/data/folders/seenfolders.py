"""What was found out about a folder that was loaded: code says it, and is written without a look at it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

_MOST = 64
_SEEN: dict[Hashable, SeenFolder] = {}


@dataclass(frozen=True)
class SeenFolder:
    """A folder with a folder for each class.

    Attributes:
        left_out: The files that can't be read, from the folder on, with slashes.
        parts: The folder of each part, `training`, `validation` and `test`; empty where it has none.
        classes: How many there are; None where nobody has looked.
        proposed: Arguments of the source, where nobody chose them.
    """

    left_out: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    classes: int | None = None
    proposed: Mapping[str, int] = field(default_factory=dict)


def remember_folder(key: Hashable, folder: SeenFolder) -> None:
    """Keeps what is known; of many folders, that of the last ones.

    Args:
        key: The source, and what of its arguments decides which files can be read.
        folder: What was found out.
    """
    _SEEN.pop(key, None)
    _SEEN[key] = folder
    while len(_SEEN) > _MOST:
        del _SEEN[next(iter(_SEEN))]


def seen_folder(key: Hashable) -> SeenFolder:
    """What is known of a folder: nothing, where it was never loaded."""
    return _SEEN.get(key, SeenFolder())
