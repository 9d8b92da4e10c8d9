"""What the first bytes of a file tell: most of what is no table says so itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from kerasviz.protocol.text import text

ZIP, HDF5, PARQUET = b"PK\x03\x04", b"\x89HDF\r\n\x1a\n", b"PAR1"
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NPY = b"\x93NUMPY"

Name = Callable[[], str]

_BINARY: tuple[tuple[bytes, Name], ...] = (
    (b"\x89PNG\r\n\x1a\n", partial(text, "a PNG picture")),
    (b"\xff\xd8\xff", partial(text, "a JPEG picture")),
    (b"GIF8", partial(text, "a GIF picture")),
    (b"%PDF-", partial(text, "a PDF document")),
    (HDF5, partial(text, "an HDF5 file")),
    (PARQUET, partial(text, "a Parquet file")),
    (NPY, partial(text, "a NumPy array")),
    (OLD_EXCEL, partial(text, "an Excel workbook")),
    (ZIP, partial(text, "a ZIP archive")),
    (b"SQLite format 3\0", partial(text, "an SQLite database")),
    (b"ARROW1", partial(text, "an Arrow file")),
    (b"ORC", partial(text, "an ORC file")),
    (b"RIFF", partial(text, "a sound or a video")),
    (b"ID3", partial(text, "a sound")),
    (b"OggS", partial(text, "a sound")),
    (b"fLaC", partial(text, "a sound")),
    (b"\x7fELF", partial(text, "a program")),
    (b"MZ\x90", partial(text, "a program")),
)
_PICKLE = re.compile(rb"\x80[\x02-\x05]")
_WRITTEN: tuple[tuple[re.Pattern[str], Name], ...] = (
    (re.compile(r"\s*<(!doctype html|html|head|body)\b", re.I), partial(text, "a web page")),
    (re.compile(r"\s*<(\?xml|svg)\b", re.I), partial(text, "an XML document")),
    (re.compile(r'\s*\{\s*"(cells|nbformat)"'), partial(text, "a notebook")),
    (re.compile(r'\s*(\{\s*("|\})|\[\s*[\[\{"\d-])'), partial(text, "JSON")),
    (re.compile(r"\s*\{\\rtf"), partial(text, "a text document")),
    (re.compile(r"version https://git-lfs"), partial(text, "a placeholder of Git LFS, without the data")),
    (re.compile(r"@relation\b", re.I), partial(text, "an ARFF file")),
    (re.compile(r"#!|from \S+ import |import \S+$", re.M), partial(text, "a program")),
)


def binary_name(head: bytes) -> str | None:
    """What a file is, for people, where its first bytes say that it is no text; else None."""
    if _PICKLE.match(head) and b"\n" not in head[:2]:
        return text("a pickle of Python, which could run anything when it is opened")
    return next((name() for bytes_, name in _BINARY if head.startswith(bytes_)), None)


def written_name(head: str) -> str | None:
    """What a text is, for people, where its beginning says that it is no table; else None."""
    return next((name() for pattern, name in _WRITTEN if pattern.match(head)), None)
