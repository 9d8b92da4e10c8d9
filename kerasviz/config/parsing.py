"""JSON and YAML from outside, parsed into plain data within limits."""

import json
import math
import re
from typing import Any

from kerasviz.config.budget import most, way_on
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text, text

MAX_TEXT_BYTES = 2**25
MAX_DEPTH = 64
MAX_VALUES = 2_000_000
MAX_CONTAINERS = 2**18
"""Lists and objects: ten times as many as in the largest of keras.applications."""
MAX_STRING = 2**20
MAX_DIGITS = 22
"""JavaScript writes no longer whole number."""
_MARK = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{,]', re.DOTALL)
_QUOTE = ord('"')
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype"})


def parse_json(data: bytes) -> Any:
    """Parses JSON as strictly as browsers do.

    Args:
        data: The text, in UTF-8, with or without a byte order mark.

    Returns:
        Dicts, lists, texts, numbers, booleans and None.

    Raises:
        ModelFileError: When it is not JSON, contains a duplicate key, or exceeds a limit.
    """
    longest = most(MAX_TEXT_BYTES, "seconds")
    if len(data) > longest:
        raise ModelFileError(
            text(
                "The text is longer than {most} bytes. {way_on}",
                most=f"{longest:,}",
                way_on=way_on("seconds", 1.25 * len(data) / longest),
            )
        )
    _count(data)
    try:
        value = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=number_of,
        )
    except ModelFileError:
        raise
    except RecursionError:
        raise ModelFileError(too_deep()) from None
    except ValueError as error:
        raise ModelFileError(text("This is not JSON: {error}.", error=str(error)[:120])) from None
    check_limits(value)
    return value


def _count(data: bytes) -> None:
    """Counts before anything is made: millions of empty lists would be as many objects of Python.

    Raises:
        ModelFileError: Naming the limit that is passed.
    """
    containers = data.count(b"[") + data.count(b"{")
    most_containers, most_values = most(MAX_CONTAINERS, "seconds"), most(MAX_VALUES, "seconds")
    if containers <= most_containers and containers + data.count(b",") <= most_values:
        return
    containers = values = 0  # without what stands in texts
    for mark in _MARK.finditer(data):
        first = data[mark.start()]
        values += first != _QUOTE
        containers += first in b"[{"
        if containers > most_containers:
            raise ModelFileError(too_many_containers())
        if values > most_values:
            raise ModelFileError(too_many())


def check_limits(value: Any) -> None:
    """Refuses data that is too deep or too large to be the config of a model.

    Raises:
        ModelFileError: Naming the limit that is passed.
    """
    longest, most_values = most(MAX_STRING, "gigabytes"), most(MAX_VALUES, "seconds")
    stack = [(value, 0)]
    count = 0
    while stack:
        item, depth = stack.pop()
        if isinstance(item, str):
            if len(item) > longest:
                raise ModelFileError(
                    text(
                        "It contains a text longer than {most} characters. {way_on}",
                        most=f"{longest:,}",
                        way_on=way_on("gigabytes", 1.25 * len(item) / longest),
                    )
                )
            continue
        if not isinstance(item, (dict, list)):
            continue
        if depth > MAX_DEPTH:
            raise ModelFileError(too_deep())
        count += len(item)
        if count > most_values:
            raise ModelFileError(too_many())
        stack.extend((inner, depth + 1) for inner in (item.values() if isinstance(item, dict) else item))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ModelFileError(text("An object contains a duplicate key."))
    if not FORBIDDEN_KEYS.isdisjoint(found):
        raise ModelFileError(forbidden_key())
    return found


def _constant(name: str) -> Any:
    raise ModelFileError(text("It contains {name}, which is not a JSON number.", name=name))


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ModelFileError(text("It contains a number of more than {most} digits.", most=MAX_DIGITS))
    return int(digits)


def number_of(digits: str) -> float:
    """Reads a number with a point or an exponent.

    Raises:
        ModelFileError: When it is larger than any float: Python would take infinity, which no JSON can hold.
    """
    value = float(digits)
    if math.isinf(value):
        raise ModelFileError(text("The number {number} is too large.", number=digits[:40]))
    return value


def too_deep() -> Text:
    """Says that data is nested too deep."""
    return text("It is nested more than {most} levels deep.", most=MAX_DEPTH)


def too_many() -> Text:
    """Says that data has too many values."""
    return text(
        "It contains more than {most} values. {way_on}",
        most=f"{most(MAX_VALUES, 'seconds'):,}",
        way_on=way_on("seconds"),
    )


def too_many_containers() -> Text:
    """Says that data has too many lists and objects."""
    return text(
        "It contains more than {most} lists and objects. {way_on}",
        most=f"{most(MAX_CONTAINERS, 'seconds'):,}",
        way_on=way_on("seconds"),
    )


def forbidden_key() -> Text:
    """Says that data has a key that means something else in JavaScript."""
    return text("It contains a key that no model has, such as __proto__.")
