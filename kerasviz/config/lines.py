"""JSON that people can compare: one entry a line."""

import json
from typing import Any

_DEPTH = 3


def to_lines(content: Any) -> str:
    """Writes JSON with one entry a line: an item of a list, or an object three levels down.

    Args:
        content: Plain data.

    Returns:
        ASCII, the same text for the same content, with a line feed at the end.
    """
    return _text(content, _DEPTH) + "\n"


def _text(value: Any, depth: int) -> str:
    if isinstance(value, dict) and value and depth > 0:
        lines = [f"{_compact(key)}:{_text(item, depth - 1)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + "\n}"
    if isinstance(value, list) and value and depth > 0:
        return "[\n" + ",\n".join(map(_compact, value)) + "\n]"
    return _compact(value)


def _compact(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), allow_nan=False)
