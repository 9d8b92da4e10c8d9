"""Code for files that were looked at: it says what was found out, and is written without a look at them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeAlias

from kerasviz.writing.snippet import Snippet

Keep: TypeAlias = Callable[[Snippet], None]
"""Keeps how a script loads what a source has just loaded, by what a person chose."""

_MOST = 64
_SEEN: dict[Hashable, Snippet] = {}


def remember(key: Hashable, code: Snippet) -> None:
    """Keeps the code of a file that was loaded; of many, that of the last ones.

    Args:
        key: The source, and what its `load` was given.
        code: How a script reads the file.
    """
    _SEEN.pop(key, None)
    _SEEN[key] = code
    while len(_SEEN) > _MOST:
        del _SEEN[next(iter(_SEEN))]


def seen(key: Hashable) -> Snippet | None:
    """The code of a file that was loaded before."""
    return _SEEN.get(key)
