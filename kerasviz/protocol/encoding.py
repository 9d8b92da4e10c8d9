"""Values as JSON has them."""

from __future__ import annotations

import math
from typing import Any

from kerasviz.protocol.text import Text


def finite(value: float) -> float | None:
    """The number, or None where JSON has no word for it (NaN, infinity)."""
    return value if math.isfinite(value) else None


def encode(value: Any) -> Any:
    """Plain JSON of a value: numbers that are not finite become None, tuples lists.

    Jupyter would send NaN as the string `"nan"`, which no reader expects; and half of a character, which
    JSON in a file may hold, would keep it from sending the message at all. A sentence becomes its text and
    its values, which the page translates.
    """
    if isinstance(value, (list, tuple)):
        kinds = set(map(type, value))
        if kinds == {float}:  # the points of curves: thousands in a message
            return list(value) if all(map(math.isfinite, value)) else list(map(finite, value))
        return list(value) if kinds == {int} else [encode(item) for item in value]
    if isinstance(value, Text):
        counted = {} if value.plural is None else {"plural": _whole(value.plural)}
        return {"text": _whole(value.template), "args": encode(dict(value.args)), **counted}
    if isinstance(value, str):
        return value if value.isascii() else _whole(value)
    if isinstance(value, float):
        return finite(value)
    if isinstance(value, dict):
        return {encode(key): encode(item) for key, item in value.items()}
    return value


def decode(value: Any) -> Any:
    """Makes a sentence of what `encode` made of one; what is none stays as it is."""
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        return value
    args = value.get("args")
    filled = {str(key): decode(item) for key, item in args.items()} if isinstance(args, dict) else {}
    plural = value.get("plural")
    return Text(value["text"], filled, plural if isinstance(plural, str) and "n" in filled else None)


def _whole(text: str) -> str:
    """The text with halves of characters replaced, as browsers do it."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
