"""The bytes of a table in parts that are whole rows, clean for a reader: UTF-8, without comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from kerasviz.data.delimited.charset import ToUTF8, repaired
from kerasviz.data.delimited.dialect import Dialect
from kerasviz.data.files.located import refused
from kerasviz.data.files.unpacking import Unpacked
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

LONGEST = 2**26
"""Bytes that a row may have."""
_NEWLINE, _RETURN = 10, 13
_BLANKS = re.compile(rb"[ \t]+")
_RETURNS = re.compile(rb"\r(?!\n)")
_REPLACED = "\ufffd".encode()
_PARITY = np.array([byte.bit_count() % 2 for byte in range(256)], np.uint8)
"""Whether an odd number of bits is set in a byte."""
_BELOW = np.array([(1 << place) - 1 for place in range(8)], np.uint8)
"""The bits below each of eight."""


def blocks(
    file: Unpacked,
    encoding: str,
    dialect: Dialect,
    size: int,
    strange: Callable[[], None] = lambda: None,
) -> Iterator[bytes]:
    """Reads a table in parts that are whole rows, from the first one of data on; its names are left out.

    Args:
        file: At its beginning.
        encoding: Of the file.
        dialect: How the table is written.
        size: Bytes of a part, about.
        strange: Is called where bytes are no characters of this encoding.

    Raises:
        RequestError: With code `no_data`, where the file is damaged, or a row is too long.
    """
    decoded, rest, left_out, header = ToUTF8(encoding), b"", dialect.skip, dialect.header
    final = returns = False
    while not final:
        raw = file.read(size)
        final = len(raw) < size
        lines = rest + decoded(raw, final)
        returns = returns or _ends_in_returns(lines)
        if returns:
            lines = _RETURNS.sub(b"\n", lines)
        while left_out and b"\n" in lines:
            lines, left_out = lines[lines.index(b"\n") + 1 :], left_out - 1
        cut = len(lines) if final else whole_rows(lines, dialect.quote)
        rest = lines[cut:]
        if len(rest) > LONGEST:
            raise too_long(file.name)
        rows = _clean(lines[:cut], dialect, strange)
        if header and rows.strip():
            rows, header = rows[_end_of_row(rows, dialect.quote) :], False
        if rows:
            yield rows if rows.endswith(b"\n") else rows + b"\n"


def _unspaced(rows: bytes, dialect: Dialect) -> bytes:
    """Takes blanks away that stand before values, but not those inside of quotes."""
    quote, delimiter = re.escape(dialect.quote.encode()), re.escape(dialect.delimiter.encode())
    whole = rb"%s[^%s]*%s|((?:^|(?<=%s)) +)" % (quote, quote, quote, delimiter)
    return re.sub(whole, lambda found: b"" if found[1] else found[0], rows, flags=re.M)


def too_long(name: str) -> RequestError:
    """The error for a file with a row longer than any."""
    return refused(
        text(
            "{file} has a row of more than {size} MB, or a quote that nothing closes.",
            file=name,
            size=LONGEST // 2**20,
        )
    )


def whole_rows(lines: bytes, quote: str) -> int:
    """Where the last row ends that is whole: behind a line end outside of quotes; 0 where there is none."""
    end = lines.rfind(b"\n") + 1
    if not quote or end == 0:
        return end
    mark = quote.encode()
    quotes = _count(memoryview(lines)[:end], mark)
    while quotes % 2 and end > 0:
        before = lines.rfind(b"\n", 0, end - 1) + 1
        quotes -= lines.count(mark, before, end)
        end = before
    return end


def count_rows(rows: bytes, quote: str) -> int:
    """How many rows there are: line ends outside of quotes; empty lines are none.

    Args:
        rows: Whole rows, as `blocks` gives them.
        quote: Around values; empty where there is none.
    """
    letters = np.frombuffer(rows, np.uint8)
    ends = np.flatnonzero(letters == _NEWLINE)
    if not len(ends):
        return 0
    lengths = np.diff(ends, prepend=-1) - 1
    empty = (lengths == 0) | ((lengths == 1) & (letters[ends - 1] == _RETURN))
    if not quote or quote.encode() not in rows:
        return len(ends) - int(np.count_nonzero(empty))
    whole = _outside(letters == ord(quote), ends)
    begun = np.concatenate(([True], whole[:-1]))
    return int(np.count_nonzero(whole & ~(empty & begun)))


def _outside(quotes: Any, ends: Any) -> Any:
    """Which line ends stand outside of quotes: behind an even number of them.

    Eight letters are one byte here, so that the sums are over an eighth of the letters.
    """
    bits = np.packbits(quotes, bitorder="little")
    before = np.bitwise_xor.accumulate(_PARITY[bits])
    byte, place = ends >> 3, ends & 7
    here = _PARITY[bits[byte] & _BELOW[place]]
    return (np.where(byte > 0, before[byte - 1], 0) ^ here) == 0


def _count(rows: bytes | memoryview, mark: bytes) -> int:
    """How often a byte occurs: several times as fast as `bytes.count`."""
    return int(np.count_nonzero(np.frombuffer(rows, np.uint8) == mark[0]))


def _end_of_row(rows: bytes, quote: str) -> int:
    """Where the first row that is not empty ends."""
    start = len(rows) - len(rows.lstrip())
    end = rows.find(b"\n", start) + 1
    while end and quote and rows.count(quote.encode(), start, end) % 2:
        end = rows.find(b"\n", end) + 1
    return end or len(rows)


def _ends_in_returns(lines: bytes) -> bool:
    """Whether rows end as on an old Mac, even if the last line ends as today."""
    if b"\r" not in lines:
        return False
    return len(_RETURNS.findall(lines)) > lines.count(b"\n")


def _clean(rows: bytes, dialect: Dialect, strange: Callable[[], None]) -> bytes:
    written, rows = rows, repaired(rows)
    if rows is not written or _REPLACED in rows:
        strange()
    if dialect.spaced:
        rows = _unspaced(rows, dialect)
    if dialect.comment:
        rows = re.sub(rb"(?m)^%s.*(?:\n|\Z)" % re.escape(dialect.comment.encode()), b"", rows)
    if dialect.delimiter == " ":
        rows = b"\n".join(line.strip() for line in _BLANKS.sub(b" ", rows).split(b"\n"))
    return rows
