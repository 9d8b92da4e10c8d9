"""The characters of a file."""

from __future__ import annotations

import codecs
import re

from kerasviz.data.files.located import refused
from kerasviz.protocol.text import text

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SINGLE = "cp1252"
"""What Windows writes in western Europe and America; all that is printable in Latin-1 is the same there."""
_MIXED = "kerasviz.cp1252"
_FEW = 4
"""One letter of so many has an accent at most in texts of the west, and most of these stand alone."""


def _as_single(error: UnicodeError) -> tuple[str, int]:
    """Reads bytes that are no UTF-8 as those of Windows: somebody has put two files together."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode(_SINGLE, "replace"), error.end


codecs.register_error(_MIXED, _as_single)


def encoding_of(head: bytes, whole: bool, name: str) -> str:
    """Finds the encoding of a file.

    Args:
        head: Its beginning.
        whole: Whether there is no more of it.
        name: Of the file.

    Returns:
        A name that Python knows.

    Raises:
        RequestError: With code `no_data`, where it is no text.
    """
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    if marked:
        return marked
    if b"\0" in head:
        return _wide(head, name)
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, whole)
    except UnicodeDecodeError:
        return _guessed(head)
    return "utf-8"


def _wide(head: bytes, name: str) -> str:
    """UTF-16 without a mark: each second byte is 0 in western texts."""
    even, odd = head[::2], head[1::2]
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.1 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.1 * len(odd):
        return "utf-16-be"
    raise refused(text("{file} holds zero bytes, so it is not a text file.", file=name))


def _guessed(head: bytes) -> str:
    """Guesses what is no UTF-8: where most letters are ASCII, the others tell a language badly."""
    strange = len(head) - len(head.translate(None, bytes(range(128, 256))))
    broken = head.decode("utf-8", "replace").count("\ufffd")
    if broken * 10 < strange:
        return "utf-8"  # mostly: the rest is read as Windows writes it
    in_pairs = sum(map(len, re.findall(rb"[\x80-\x9f\xa1-\xff]{2,}", head)))
    letters = sum(map(head.count, (bytes([byte]) for byte in b"abcdefghijklmnopqrstuvwxyz")))
    if strange * _FEW < letters and in_pairs * 2 < strange:
        return _SINGLE
    import charset_normalizer

    best = charset_normalizer.from_bytes(head).best()
    return best.encoding if best is not None else _SINGLE


def known_encoding(encoding: str, name: str) -> str:
    """Checks an encoding that somebody chose.

    Raises:
        RequestError: With code `no_data`, where Python knows none of that name.
    """
    try:
        "a".encode(encoding).decode(encoding)
    except (LookupError, ValueError, TypeError, AttributeError):
        raise refused(
            text(
                "There is no encoding {encoding}. Choose another for {file}.",
                encoding=repr(encoding),
                file=name,
            )
        ) from None
    return encoding


def is_utf8(encoding: str) -> bool:
    """Whether it is UTF-8, in which other bytes are taken as those of Windows."""
    return codecs.lookup(encoding).name in ("utf-8", "ascii", "utf-8-sig")


class ToUTF8:
    """Makes UTF-8 of the bytes of a file, part by part.

    Args:
        encoding: Of the file.
    """

    def __init__(self, encoding: str) -> None:
        self._plain = is_utf8(encoding)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._first = True

    def __call__(self, raw: bytes, final: bool = False) -> bytes:
        """The next part; UTF-8 is only checked by `repaired`, which gets whole lines."""
        found = raw if self._plain else self._decoder.decode(raw, final).encode("utf-8", "replace")
        if self._first and raw:
            self._first = False
            found = found.removeprefix(codecs.BOM_UTF8)
        return found


def repaired(lines: bytes) -> bytes:
    """Whole lines as UTF-8: bytes that are none are taken as those of Windows."""
    if lines.isascii():
        return lines
    import numpy as np
    import pyarrow as pa

    ends = pa.py_buffer(np.array([0, len(lines)], np.int64))
    one = pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(lines)])
    try:
        one.validate(full=True)  # several times as fast as to decode them
    except pa.ArrowInvalid:
        return lines.decode("utf-8", _MIXED).encode()
    return lines
