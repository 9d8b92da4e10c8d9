"""JSON and YAML from outside, parsed into plain data within limits."""

import json
from typing import Any

from kerasviz.config.modelfileerror import ModelFileError

MAX_TEXT_BYTES = 2**25
MAX_DEPTH = 64
MAX_VALUES = 2_000_000
MAX_STRING = 2**20
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype"})


def parse_json(data: bytes) -> Any:
    """Parses JSON as strictly as browsers do.

    Args:
        data: The text, in UTF-8, with or without a byte order mark.

    Returns:
        Dicts, lists, texts, numbers, booleans and None.

    Raises:
        ModelFileError: When it is no JSON, a key stands twice, or a limit is passed.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise ModelFileError(f"its text is longer than {MAX_TEXT_BYTES:,} bytes.")
    try:
        value = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_constant, parse_int=_integer
        )
    except ModelFileError:
        raise
    except RecursionError:
        raise ModelFileError(f"it is nested deeper than {MAX_DEPTH} levels.") from None
    except ValueError as error:
        raise ModelFileError(f"expected JSON, but {str(error)[:120]}.") from None
    check_limits(value)
    return value


def check_limits(value: Any) -> None:
    """Refuses data that is too deep or too large to be the config of a model.

    Raises:
        ModelFileError: Naming the limit that is passed.
    """
    stack = [(value, 0)]
    count = 0
    while stack:
        item, depth = stack.pop()
        if isinstance(item, str):
            if len(item) > MAX_STRING:
                raise ModelFileError(f"it holds a text longer than {MAX_STRING:,} characters.")
            continue
        if not isinstance(item, (dict, list)):
            continue
        if depth > MAX_DEPTH:
            raise ModelFileError(f"it is nested deeper than {MAX_DEPTH} levels.")
        count += len(item)
        if count > MAX_VALUES:
            raise ModelFileError(f"it holds more than {MAX_VALUES:,} values.")
        stack.extend((inner, depth + 1) for inner in (item.values() if isinstance(item, dict) else item))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ModelFileError("a key stands twice in one object, so readers would disagree about it.")
    if not FORBIDDEN_KEYS.isdisjoint(found):
        raise ModelFileError("it holds a key that no model has, such as __proto__.")
    return found


def _constant(text: str) -> Any:
    raise ModelFileError(f"it holds {text}, which is no number in JSON.")


def _integer(text: str) -> int:
    if len(text) > 20:
        raise ModelFileError("it holds a number of more than 20 digits.")
    return int(text)
