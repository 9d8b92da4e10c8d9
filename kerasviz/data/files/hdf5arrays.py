"""Arrays of an HDF5 file, read by a child process that can be killed."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from kerasviz.backend.memory import capacity
from kerasviz.data.files.located import refused
from kerasviz.protocol.text import all_of, text

_SECONDS = 30.0
"""Without an answer, after which the child is killed."""
_SHARE = 4
"""An array that takes more than such a part of the free memory lies in a file, and is mapped."""
_SHOWN = 20
_TAKEN = 2**22
"""Bytes that are taken at once."""


class HDF5Arrays:
    """The arrays of a file.

    Args:
        path: Of a file that is there.

    Attributes:
        shapes: Shape and dtype of each array that can be read, by its path in the file.

    Raises:
        RequestError: With code `no_data`, where it is no such file; so do the methods.
    """

    def __init__(self, path: Path) -> None:
        self._name = path.name
        with path.open("rb") as file:
            self._child = subprocess.Popen(
                [
                    sys.executable,
                    "-I",
                    str(Path(__file__).with_name("hdf5worker.py")),
                    str(file.fileno()),
                    *sys.path,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=(file.fileno(),),
            )
        line = self._line()
        found: dict[str, tuple[list[int] | None, str, str]] = json.loads(line)
        self._refused = {path: why for path, (_, _, why) in found.items() if why}
        self.shapes = {
            path: (tuple(shape), dtype)
            for path, (shape, dtype, why) in sorted(found.items())
            if not why and shape
        }

    def read(self, path: str) -> Any:
        """Reads an array: numbers, or words."""
        if self._refused.get(path) in ("link", "elsewhere"):
            raise refused(
                text(
                    "{path} of {file} lies in another file or place, which is not read.",
                    path=path,
                    file=self._name,
                )
            )
        if path not in self.shapes:
            raise refused(
                text(
                    "{file} has no array of numbers {path}. There are {names}.",
                    file=self._name,
                    path=f"{path!r:.80}",
                    names=self.names(),
                )
            )
        shape, dtype = self.shapes[path]
        if dtype == "words":
            self._ask(path)
            return np.array(json.loads(self._line()))
        array = self._room(shape, np.dtype(dtype))
        self._ask(path)
        view = memoryview(array.reshape(-1).view(np.uint8).data)
        while len(view):
            count = self._within(partial(self._child.stdout.readinto, view[:_TAKEN]))  # type: ignore[union-attr]
            if not count:
                raise self._damaged()
            view = view[count:]
        return array

    def names(self) -> str:
        """The arrays that can be read, for a sentence."""
        return all_of(list(self.shapes)[:_SHOWN]) if self.shapes else "-"

    def close(self) -> None:
        """Ends the child."""
        self._child.kill()
        self._child.communicate()

    def __enter__(self) -> HDF5Arrays:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _room(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Any:
        size = int(np.prod(shape, dtype=object)) * dtype.itemsize
        free = capacity(False)
        if free is None or size * _SHARE < free["free"]:
            return np.empty(shape, dtype)
        with tempfile.TemporaryFile() as file:  # its name is gone at once, and its space with the array
            return np.memmap(file, dtype, "w+", shape=shape)

    def _ask(self, path: str) -> None:
        self._child.stdin.write(json.dumps({"read": path}).encode() + b"\n")  # type: ignore[union-attr]
        self._child.stdin.flush()  # type: ignore[union-attr]

    def _line(self) -> bytes:
        line: bytes = self._within(self._child.stdout.readline)  # type: ignore[union-attr]
        if not line.endswith(b"\n"):
            raise self._damaged()
        return line

    def _within(self, reads: Callable[[], Any]) -> Any:
        """Reads from the child, which is killed where it does not answer."""
        timer = threading.Timer(_SECONDS, self._child.kill)
        timer.daemon = True
        timer.start()
        try:
            return reads()
        finally:
            timer.cancel()

    def _damaged(self) -> Exception:
        said = self._child.communicate()[1].decode("utf-8", "replace").strip()
        return refused(
            text("{file} is not an HDF5 file, or it is damaged.", file=self._name), said[-500:] or None
        )
