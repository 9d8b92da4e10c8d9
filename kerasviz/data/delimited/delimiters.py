"""What stands between the values of a row, and around them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from kerasviz.data.delimited.numberstyle import is_number, looks_like_a_value

_DELIMITERS = ("\t", ",", ";", "|", " ")
_ROWS = 300
"""Rows that are looked at."""
_ALIKE = 0.8
"""Share of the rows that have as many values as most have, at least."""
_FEW = 100
"""Rows whose values are looked at."""
_PAIR = re.compile(r"\d{1,3} \d{3}")
"""What may be one number with a blank between groups of digits."""
_NUMBERS = 0.3
"""Share of numbers among words with blanks between them, at least: else they are sentences."""
_TAB = 1.5
"""How much surer a tab is: hardly anybody writes one inside a value."""
_BLANKS = re.compile(r"[ \t]+")


class Style(NamedTuple):
    """How rows are divided.

    Attributes:
        delimiter: Between values.
        quote: Around values; empty where there are none.
        width: Values that most rows have.
        preamble: Lines before the first row that are none themselves, such as a title.
        body: The text from the first row on.
    """

    delimiter: str
    quote: str
    width: int
    preamble: int
    body: str


def find_delimiter(body: str, delimiter: str | None, quote: str | None) -> Style | None:
    """Finds how rows are divided: into as many values each, most of which look like a value.

    After CleverCSV (van den Burg, Nazabal and Sutton, 2019): how alike the rows are, times how many of their
    values are numbers, dates or short words. `csv.Sniffer` takes the comma of `1,5;2,5`.

    Args:
        body: The beginning of the table, whole lines.
        delimiter: Where a person or the file says it.
        quote: Where a person says it.

    Returns:
        None where no way gives a table.
    """
    best: tuple[float, Style | None] = 0.0, None
    for each in [delimiter] if delimiter else _DELIMITERS:
        around = quote_of(_plain(body, each), each) if quote is None else quote
        rows = list(_numbered(body, each, around))
        if not rows:
            continue
        lengths = Counter(len(row) for _, row in rows)
        width, count = max(lengths.items(), key=lambda item: (item[1], item[0]))
        first = _first(rows, width)
        alike = count / (len(rows) - first - (len(rows[first][1]) != width))
        if not delimiter and (width == 1 or alike < _ALIKE or first > count):
            continue
        if not delimiter and each == " " and not _are_values(rows, width):
            continue
        if not delimiter and len(rows) == 1 and _share(rows, width, looks_like_a_value) < _ALIKE:
            continue  # a paragraph of a text
        score = alike * _share(rows, width, looks_like_a_value) * (1 - 1 / (width + 1))
        score *= _TAB if each == "\t" else 1
        if score > best[0]:
            start = rows[first][0]
            best = score, Style(each, around, width, start, "\n".join(body.split("\n")[start:]))
    return best[1] or (_one_column(body) if not delimiter else None)


def _are_values(rows: list[tuple[int, list[str]]], width: int) -> bool:
    """Whether blanks divide values, and not words of sentences or digits of a number."""
    if width > 2:
        return _share(rows, width, is_number) >= _NUMBERS
    pairs = [" ".join(row) for _, row in rows if len(row) == width][1:]
    numbers = all(is_number(value) for pair in pairs for value in pair.split(" "))
    return bool(pairs) and numbers and not all(map(_PAIR.fullmatch, pairs))


def _one_column(body: str) -> Style | None:
    """A table of one column is one of numbers or short words, one in each line."""
    quote = quote_of(body, ",")
    lines = [line.strip().strip(quote or None) for line in body.split("\n")[:_ROWS] if line.strip()]
    if len(lines) < 3 or sum(map(looks_like_a_value, lines)) < 0.9 * len(lines):
        return None
    return Style(",", quote, 1, 0, body)


def _first(rows: list[tuple[int, list[str]]], width: int) -> int:
    """The row with which the table begins: names of the columns, which may be one less than there are values.

    A row of which just one cell is filled is a title: Excel writes as many delimiters behind it as elsewhere.
    """
    whole = [index for index, (_, row) in enumerate(rows) if len(row) == width]
    filled = (index for index in whole if width < 3 or sum(map(bool, map(str.strip, rows[index][1]))) > 1)
    at = next(filled, whole[0])
    above = rows[at - 1][1] if at else []
    one_less = len(above) == width - 1 > 1
    return at - 1 if one_less and (at == 1 or all(map(looks_like_a_value, above))) else at


def _share(rows: list[tuple[int, list[str]]], width: int, kind: Callable[[str], bool]) -> float:
    """The share of values that are of a kind."""
    fitting = [row for _, row in rows if len(row) == width]
    some = [value for row in (fitting[1:] or fitting)[:_FEW] for value in row[:100]]
    return (sum(map(kind, some)) + 1e-3) / max(1, len(some))


def quote_of(body: str, delimiter: str) -> str:
    """What stands around values: a quote that begins values and ends them; empty for none.

    Where there are no double quotes so far, those that may come below stand around values.
    """
    between = re.escape(delimiter)
    for quote in ('"', "'"):
        if quote not in body:
            continue
        begun = len(re.findall(rf"(?:^|{between}) *{quote}", body, re.M))
        ended = len(re.findall(rf"{quote}[^\S\n]*(?:$|{between})", body, re.M))
        if begun and ended and min(begun, ended) >= 0.7 * max(begun, ended):
            return quote
    return "" if '"' in body else '"'


def is_spaced(body: str, delimiter: str, quote: str) -> bool:
    """Whether blanks stand before values in quotes: `1, "x, y"`."""
    return bool(quote) and re.search(rf"{re.escape(delimiter)} +{quote}", body) is not None


def _plain(body: str, delimiter: str) -> str:
    """The text with one blank wherever there are any, where these divide values."""
    return (
        _BLANKS.sub(" ", body).replace(" \n", "\n").replace("\n ", "\n").strip(" ")
        if delimiter == " "
        else body
    )


def split_rows(body: str, delimiter: str, quote: str) -> list[list[str]]:
    """The values of the first rows; empty lines are none."""
    return [row for _, row in _numbered(body, delimiter, quote)]


def _numbered(body: str, delimiter: str, quote: str) -> Iterator[tuple[int, list[str]]]:
    """Rows, each with the number of the line that it begins on."""
    lines = _plain(body, delimiter).split("\n")
    if lines[-1] == "":
        lines.pop()
    given = [line.rstrip("\r") + "\n" for line in lines]
    reader = csv.reader(
        given,
        skipinitialspace=is_spaced(body, delimiter, quote),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
    )
    start = count = 0
    try:
        for row in reader:
            if row and (len(row) > 1 or row[0].strip()):
                yield start, row
                count += 1
            start = reader.line_num
            if count >= _ROWS:
                return
    except csv.Error:  # a value of more than 128 KB
        return
