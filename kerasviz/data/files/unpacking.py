"""The bytes of a file, packed or not, from its beginning on."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from kerasviz.data.files.firstbytes import ZIP
from kerasviz.data.files.located import refused
from kerasviz.protocol.text import all_of, text

_PACKED: dict[str, tuple[bytes, Callable[[Path], Any]]] = {
    "gzip": (b"\x1f\x8b", lambda path: gzip.open(path, "rb")),
    "bzip2": (b"BZh", lambda path: bz2.open(path, "rb")),
    "xz": (b"\xfd7zXZ\0", lambda path: lzma.open(path, "rb")),
}
_DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError, ValueError)
_MOST = 500
"""How many times as large as it is on the disk a table may be: those of people are 3 to 50 times."""
_SMALL = 2**26
"""Bytes up to which nobody minds."""


class Unpacked:
    """Reads a file, unpacked.

    Args:
        path: Of a file that is there.

    Attributes:
        packing: How it is packed, for people; None where it is not.
        member: Its name in an archive; None where it is in none.
        alone: Whether the archive holds nothing else.
        name: For people.

    Raises:
        RequestError: With code `no_data`, where it can't be unpacked; so does `read`.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.packing: str | None = None
        self.member: str | None = None
        self.alone = True
        self.size = path.stat().st_size
        self._given = 0
        try:
            with path.open("rb") as file:
                head = file.read(8)
            self._stream = self._open(path, head)
        except _DAMAGED as error:
            raise self._damaged(error) from None

    def read(self, count: int) -> bytes:
        """The next bytes, as many as asked for, fewer at the end only."""
        try:
            found = self._stream.read(count)
        except _DAMAGED as error:
            raise self._damaged(error) from None
        self._given += len(found)
        if self.packing and self._given > max(_SMALL, _MOST * self.size):
            raise refused(
                text(
                    "{file} grows to more than {times} times its size when unpacked.",
                    file=self.name,
                    times=_MOST,
                )
            )
        return found

    def share(self) -> float:
        """How much of the file has been read, from 0 to 1, as far as it is known."""
        if self.packing is None:
            return min(1.0, self._given / max(1, self.size))
        return 0.5

    def close(self) -> None:
        """Closes the file."""
        self._stream.close()

    def __enter__(self) -> Unpacked:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _open(self, path: Path, head: bytes) -> IO[bytes]:
        for packing, (start, opened) in _PACKED.items():
            if head.startswith(start):
                self.packing = packing
                stream: IO[bytes] = opened(path)
                return stream
        if head.startswith(ZIP):
            return self._member(zipfile.ZipFile(path))
        return path.open("rb", buffering=0)

    def _member(self, archive: zipfile.ZipFile) -> IO[bytes]:
        """The one file in an archive."""
        self.packing = "zip"
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
        shown = [name for name in names if not name.startswith("__MACOSX/") and Path(name).name[:1] != "."]
        if "[Content_Types].xml" in names or "mimetype" in names:
            raise refused(text("{file} is a workbook or a document, not a text file.", file=self.name))
        if len(shown) != 1:
            some = [*shown[:5], *(["…"] if len(shown) > 5 else [])]
            raise refused(
                text(
                    "{file} holds {count} files: {names}. Unpack it, and choose one of them.",
                    file=self.name,
                    count=len(shown),
                    names=all_of(some) if some else "-",
                )
            )
        self.member, self.alone = shown[0], len(archive.namelist()) == 1
        return archive.open(shown[0])

    def _damaged(self, error: BaseException) -> Exception:
        return refused(
            text("{file} is damaged, or can't be unpacked.", file=self.name),
            f"{type(error).__name__}: {error}",
        )
