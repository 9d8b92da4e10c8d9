"""Where a callback writes: inside the folder of its run, whatever a document says."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Any

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

_FIELD = re.compile(r"\{\w+(?::0?\d{0,2}(?:\.\d{1,2})?[defg]?)?\}")
"""A value that Keras fills in, as `{epoch:02d}`: nothing that looks into the value, or fills with dots."""


def inside(folder: Path, value: Any, argument: str) -> Any:
    """Puts the paths of an argument into the folder of the run.

    Args:
        folder: That of the run.
        value: A path relative to it, or a dict of such; anything else is Keras' to refuse.
        argument: Its name.

    Returns:
        The same with absolute paths.

    Raises:
        RequestError: With code `callback`, where a path leads out of the folder.
    """
    if isinstance(value, dict):
        return {key: inside(folder, one, argument) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    plain = _FIELD.sub("", value)
    parts = PurePosixPath(value).parts
    is_inside = value.strip() and not (set(plain) & set("\\{}:\0")) and not value.startswith("/")
    if not is_inside or ".." in parts:
        raise RequestError(
            "callback",
            text(
                "{argument} must be a path inside the folder of the run, such as {example}, not {value}.",
                argument=argument,
                example="'best.keras'",
                value=f"{value!r:.80}",
            ),
        )
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    return str(target)
