"""Where a file of a plan is."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+://")


def located(file: object, folder: Path) -> Path:
    """Finds a file that a plan names.

    Args:
        file: Its path, relative to the folder of the document; `~` is the user's folder.
        folder: Where the document is.

    Raises:
        RequestError: With code `no_data`, where there is no such file, or it is none that can be read.
    """
    if not isinstance(file, str) or not file or "\0" in file:
        raise refused(text("Choose a file."))
    if _ADDRESS.match(file):
        raise refused(text("{file} is an address, not a file. Download it and choose the file.", file=file))
    try:
        path = folder / Path(file).expanduser()
        mode = path.stat().st_mode
    except FileNotFoundError:
        if Path(file).is_absolute():
            raise refused(text("There is no file {file}.", file=file)) from None
        raise refused(text("There is no file {file} in {folder}.", file=file, folder=str(folder))) from None
    except (OSError, RuntimeError) as error:  # no permission; no home of that user
        raise refused(text("{file} can't be read.", file=file), str(error)) from None
    if stat.S_ISDIR(mode):
        raise refused(text("{file} is a folder. Choose a file in it.", file=file))
    if not stat.S_ISREG(mode):
        raise refused(text("{file} is a device or a pipe, not a file.", file=file))
    return path


def refused(sentence: str, detail: str | None = None) -> RequestError:
    """The error for data that can't be read."""
    return RequestError("no_data", sentence, detail=detail)
