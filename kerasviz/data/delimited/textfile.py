"""A file with a table as text: found out, sampled, and read by parts."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kerasviz.data.dataset import Found, GoOn, Sampled, Table
from kerasviz.data.delimited.ascode import known_code
from kerasviz.data.delimited.charset import ToUTF8, encoding_of, is_utf8, known_encoding, repaired
from kerasviz.data.delimited.dialect import Chosen, find_dialect
from kerasviz.data.delimited.opencode import WINDOWS, Stored
from kerasviz.data.delimited.rowreader import RowReader
from kerasviz.data.delimited.wholerows import LONGEST, blocks, count_rows, too_long, whole_rows
from kerasviz.data.files.firstbytes import binary_name, written_name
from kerasviz.data.files.located import refused
from kerasviz.data.files.unpacking import Unpacked
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.snippet import Snippet

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_HEAD = 2**18
"""Bytes from which is found out how a file is written."""
WHOLE = 2**28
"""Bytes of a table that is read as one part: it takes a few times as much memory."""
PART = 2**22
"""Bytes of a part of a larger one."""
_THREADS = 2
_LOOK = 2**22
"""Bytes of which some rows are looked at."""
_TYPES = 20_000
"""Rows that tell the types of the columns of a larger table."""
_PACKED = 8
"""How many times as large as on the disk a table is, about."""


class TextFile:
    """A file with a table.

    Args:
        path: Of a file that is there.
        encoding: Where a person says it.
        chosen: What else a person says.

    Raises:
        RequestError: With code `no_data`, where it holds no table.
    """

    def __init__(self, path: Path, encoding: str | None, chosen: Chosen) -> None:
        self._path = path
        self._notes: list[str] = []
        head, whole, self._packing, member, alone = self._beginning()
        self.encoding = (
            known_encoding(encoding, path.name) if encoding else encoding_of(head, whole, path.name)
        )
        lines = _whole_lines(ToUTF8(self.encoding)(head, True), whole)
        written = repaired(lines).decode("utf-8", "replace")
        written = written.replace("\r\n", "\n").replace("\r", "\n")
        name = written_name(written)
        if name is not None:
            raise self._refused(name)
        self.dialect = find_dialect(written, chosen, path.name)
        self._written = written
        self._told: Callable[[], None] = lambda: None
        self._stored = Stored(self.encoding, None, self._packing, member, alone)
        if repaired(lines) != lines or "\ufffd" in written:
            self._is_strange()
        self._left_out = False

    def table(self, told: Callable[[], None] = lambda: None) -> Table:
        """The table in the file.

        Args:
            told: Is called when it was found out while reading that a script reads the file in another way.
        """
        self._told = told
        return Table(
            name=self._path.name,
            columns=tuple(
                name for name in self.dialect.columns if name not in self.dialect.unnamed_and_empty
            ),
            parts=self.parts,
            notes=self._notes,
            sample=self.sample,
            found=self._found(),
        )

    def parts(self, whole: int = WHOLE, part: int = PART) -> Iterator[pd.DataFrame]:
        """Reads all rows.

        Args:
            whole: Bytes up to which they are read at once.
            part: Bytes of a part where there are more.
        """
        self._notes.clear()
        reader, tables, size = self._first_reader.fresh(), [], 0
        with Unpacked(self._path) as file:
            for rows, table in _parsed(reader, self._blocks(file, part)):
                tables.append(table)
                size += len(rows)
                if size > whole:
                    break
        if size > whole:
            del tables
            yield from self._by_parts(part)
            return
        if tables and all(table is not None for table in tables) and not reader.filled_below(tables):
            yield reader.joined(tables)
        else:
            with Unpacked(self._path) as file:
                rows = b"".join(self._blocks(file, part))
            reader = self._knowing_more(rows).fresh()
            yield reader.read(rows, whole=True)
        self._end(reader)

    def _by_parts(self, part: int) -> Iterator[pd.DataFrame]:
        """Reads part after part, with the types that rows from everywhere tell."""
        reader, read = self._knowing_more(self._survey().rows).fresh(), 0
        with Unpacked(self._path) as file:
            for rows, table in _parsed(reader, self._blocks(file, part)):
                frame = reader.read(rows, whole=False) if table is None else reader.frame(table)
                frame.index += read
                read += len(frame)
                yield frame
        self._end(reader)

    def _end(self, reader: RowReader) -> None:
        """Keeps what was found out on the way."""
        self._notes.extend(reader.notes())
        self._leaves_out(reader)

    def _leaves_out(self, reader: RowReader) -> None:
        if reader.left_out and not self._left_out:
            self._left_out = True
            self._told()

    def _knowing_more(self, rows: bytes) -> RowReader:
        """A reader of these rows, of which a script learns what the first ones do not tell of the columns."""
        reader = RowReader(self.dialect, rows)
        if reader.kinds != self._first_reader.kinds:
            self._first_reader = reader
            self._told()
        return reader

    def _blocks(self, file: Unpacked, size: int) -> Iterator[bytes]:
        return blocks(file, self.encoding, self.dialect, size, self._is_strange)

    def _is_strange(self) -> None:
        """Bytes far below are no characters of the encoding, which a script has to know."""
        if self._stored.errors is None:
            self._stored = replace(self._stored, errors=WINDOWS if is_utf8(self.encoding) else "replace")
            self._told()

    def sample(self, most: int, go_on: GoOn) -> Sampled:
        """Counts the rows, and reads some from everywhere in the file: all where it is small."""
        survey = self._survey(most, go_on)
        reader = self._knowing_more(survey.rows).fresh()
        frame = reader.read(survey.rows, whole=True)
        if len(frame) == len(survey.numbers):
            frame.index = survey.numbers
        self._leaves_out(reader)
        all_read = len(survey.numbers) == survey.total
        return Sampled(frame, len(frame) if all_read else survey.total, reader.notes())

    def _survey(self, most: int = _TYPES, go_on: GoOn = lambda share: None) -> _Survey:
        rows, numbers, count = [], [], 0
        parts = max(1, self._path.stat().st_size * (_PACKED if self._packing else 1) // _LOOK)
        with Unpacked(self._path) as file:
            for block in self._blocks(file, _LOOK):
                inside = count_rows(block, self.dialect.quote)
                wanted = min(inside, max(1, most // parts))
                some = block
                if wanted < inside:
                    cut = len(block) * wanted // inside
                    some = block[: whole_rows(block[:cut], self.dialect.quote)]
                rows.append(some)
                numbers.append(range(count, count + count_rows(some, self.dialect.quote)))
                count += inside
                go_on(file.share())
        return _Survey(b"".join(rows), [number for part in numbers for number in part], count)

    def code(self, file: str) -> Snippet:
        """Writes how a script reads the file.

        Args:
            file: Its path, as the plan has it.
        """
        dialect = self.dialect
        plain = not (self._left_out or self._first_reader.left_out)
        if dialect.comment:  # pandas takes one letter, and that anywhere
            lines = [line for line in self._written.split("\n") if dialect.comment in line]
            plain &= len(dialect.comment) == 1 and all(line.startswith(dialect.comment) for line in lines)
        return known_code(file, self._stored, dialect, self._first_reader, plain)

    @cached_property
    def _first_reader(self) -> RowReader:
        """Knows the types that the first rows tell."""
        with Unpacked(self._path) as file:
            first = next(self._blocks(file, _HEAD), b"")
        return RowReader(self.dialect, first)

    def _beginning(self) -> tuple[bytes, bool, str | None, str | None, bool]:
        """The first bytes, whether there are no more, and how the file is packed, in which archive."""
        with Unpacked(self._path) as file:
            head = file.read(_HEAD)
            name = binary_name(head)
            if name is not None:
                raise self._refused(name)
            if not head.strip():
                raise refused(text("{file} is empty.", file=self._path.name))
            while b"\n" not in head and b"\r" not in head and (more := file.read(_HEAD * 16)):
                head += more
                if len(head) > LONGEST:
                    raise too_long(self._path.name)
            return head, not file.read(1), file.packing, file.member, file.alone

    def _refused(self, name: str) -> RequestError:
        return refused(text("{file} is {what}, not a table.", file=self._path.name, what=name))

    def _found(self) -> Found:
        dialect = self.dialect
        marks = [mark for mark in dialect.missing if mark.strip() == mark and mark and mark in self._written]
        return {
            "delimiter": dialect.delimiter,
            "encoding": self.encoding,
            "decimal": dialect.decimal,
            "thousands": dialect.thousands,
            "header": dialect.header,
            "missing": " ".join(marks),
            "comment": dialect.comment,
            "quote": dialect.quote,
            "dates": dialect.dates[0] if dialect.dates else None,
            "skip": dialect.skip,
            "line_breaks": dialect.line_breaks,
            "packed": self._packing,
        }


def _parsed(reader: RowReader, parts: Iterable[bytes]) -> Iterator[tuple[bytes, pa.Table | None]]:
    """Parses parts on two threads, a few ahead of whoever takes them."""
    with ThreadPoolExecutor(_THREADS) as threads:
        ahead: deque[tuple[bytes, Future[pa.Table | None]]] = deque()
        for rows in parts:
            ahead.append((rows, threads.submit(reader.parse, rows)))
            if len(ahead) > _THREADS:
                rows, table = ahead.popleft()
                yield rows, table.result()
        for rows, table in ahead:
            yield rows, table.result()


class _Survey(NamedTuple):
    """Some rows of a file, their numbers, and how many there are."""

    rows: bytes
    numbers: list[int]
    total: int


def _whole_lines(head: bytes, whole: bool) -> bytes:
    """The beginning up to its last line end: what is behind may be half a line."""
    end = max(head.rfind(b"\n"), head.rfind(b"\r")) + 1
    return head if whole or not end else head[:end]
