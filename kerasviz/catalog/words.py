"""The type of an argument, from its default and from the words with which Keras describes it."""

import inspect
import re
from typing import Any

from kerasviz.catalog.jsontypes import Schema, accept

_NUMBER = re.compile(
    r"\b(floats?|numbers|python number|scalar value|floating point)\b|\bvalue\(s\)"
    r"|(minimum|maximum|bound|baseline) value"
)
_INTEGER = re.compile(r"\b(ints?|integers?|size of|number of|how many|axis|class ids?|\(in epochs\))(?!\w)")
_STRING = re.compile(r"\b([Ss]trings?|str|name of|token)\b")
#: One text: the subscripts of `einsum`.
_LISTED = re.compile(r"\bcomma[- ]separated list\b")
#: "Optional dictionary mapping class indices (integers) to a weight (float) value".
_MAPPING = re.compile(r"^(?:optional )?(?:python )?dict(?:ionary)?\b")
#: "A function that takes an epoch index": no plain value, whatever it takes and returns.
_FUNCTION = re.compile(r"^an? (?:function|callable) that\b")
_BOOLEAN = re.compile(r"\b(bool|boolean|whether|if true)\b")
#: A number is accepted beside several: "int or tuple of 2 ints", "a tuple of two floats or a single float".
_ALONE = re.compile(
    r"\b(int|integer|float)\b(, or|,? or|/| represented|,(?= tuple))"
    r"|\bor (an? )?(single )?(int|integer|float)\b|\bvalue\(s\)"
)
#: "tuple of 2 tuples of 2 ints", "((before_1, after_1), ...".
_PAIRS = re.compile(r"tuples of|\(\([^()]+\), ")
#: Sentences that say when an argument counts, before the one that says what it is.
_PREFACE = re.compile(r"^(?:Optional|Optional specification .*|Only \w+ (?:when|if)\b.*|If passed, .*)$")
#: An example says that floats are meant: `bin_boundaries=[0., 1., 2.]`.
_FLOATS = re.compile(r"=\[\d+\.,")
_COUNTS = {**{str(count): count for count in range(1, 10)}, "two": 2, "three": 3}
_CHOICES = re.compile(
    r"(?i)\b(?:one of|either|can be|values are|supported values|supported options|supports|options include"
    r"|available methods"
    r"|string,)[^\"]{0,40}\"|options include `\w|values can be:|- `\"\w+\"`"
)


def of_words(default: Any, description: str) -> Schema:
    """Reads the type from the default and from the words with which Keras describes its arguments."""
    if isinstance(default, bool):
        return {"type": "boolean"}
    first = _LISTED.sub("string", _telling_sentence(description).lower().replace("`", ""))
    if _MAPPING.search(first):
        numbers = {"additionalProperties": {"type": "number"}} if _NUMBER.search(first) else {}
        return {"type": "object", **numbers, "x-keras": "json"}
    if _FUNCTION.search(first):
        return {"x-keras": "json"}
    scalar = _scalar(default, first, description)
    if not scalar and default is inspect.Parameter.empty and _STRING.search(description):
        scalar = "string"
    several = _is_several(default, first)
    if isinstance(default, str) and _BOOLEAN.search(first):
        return {"type": ["string", "boolean"], "enum": [default, True, False]}
    choices = _choices(default, description)
    if choices:
        return {"type": "string", "enum": choices}
    if scalar in ("integer", "number"):
        return _numbers(scalar, default, first) if several else {"type": scalar, **_bounds(first)}
    if scalar == "string" and several and not isinstance(default, str):
        return {"type": "array", "items": {"type": "string"}, "x-keras": "strings"}
    if scalar and (not several or isinstance(default, str)):
        return {"type": scalar}
    return {"x-keras": "json"}


def _telling_sentence(description: str) -> str:
    """The first sentence names the type, mostly; the others are about meaning."""
    sentences = re.split(r"\. (?=[A-Z])|\.$", description)
    return next((sentence for sentence in sentences if not _PREFACE.match(sentence)), "")


def _scalar(default: Any, words: str, description: str) -> str | None:
    while isinstance(default, tuple | list) and default:
        default = default[0]
    said = _NUMBER.search(words) or "number tuple" in description or _FLOATS.search(description)
    if isinstance(default, float) or said:
        return "number"
    if _INTEGER.search(words) or (isinstance(default, int) and not words):
        return "integer"
    if isinstance(default, int):
        return "number"
    if isinstance(default, str) or _STRING.search(words):
        return "string"
    if _BOOLEAN.search(words):
        return "boolean"
    return "integer" if re.search(r"\baxes\b", words) else None


def _is_several(default: Any, words: str) -> bool:
    if isinstance(default, tuple | list):
        return True
    words_of_several = r"\b(tuples?|lists?|array|array_like|dict|dictionary|axes|each axis)\b|\bvalue\(s\)"
    return bool(re.search(words_of_several, words))


def _numbers(scalar: str, default: Any, words: str) -> Schema:
    """A number or several, as `(3, 3)`; pairs inside where Keras documents them."""
    item: Schema = {"type": scalar}
    if _PAIRS.search(words) or (isinstance(default, tuple) and isinstance(default[0], tuple)):
        item = {"type": [scalar, "array"], "items": {"type": scalar}}
    lengths = [len(default)] if isinstance(default, tuple | list) else []
    lengths += [
        _COUNTS[count]
        for count in re.findall(r"(?:tuple|list|length|size|a)\W[^.]{0,11}?\b(\d|two|three)\b", words)
    ]
    schema: Schema = {"type": [scalar, "array"] if _ALONE.search(words) else "array", "items": item}
    if lengths:
        schema["maxItems"] = max(lengths)
    if scalar == "integer":
        schema["x-keras"] = "ints"
    if re.search(r"\blist or dictionary\b", words):
        accept(schema, {})
    return schema


def _bounds(words: str) -> Schema:
    if "between 0 and 1" in words or "range [0, 1]" in words:
        return {"minimum": 0, "maximum": 1}
    if "positive int" in words:
        return {"minimum": 1}
    return {}


def _choices(default: Any, description: str) -> list[str]:
    """The words in quotes, where the description says that they are the choices."""
    if not (isinstance(default, str) or default in (None, inspect.Parameter.empty)):
        return []
    description = re.sub(r"'(\w+)'", r'"\1"', description)
    introduced = _CHOICES.search(description)
    if not introduced:
        return []
    # Keras closes some quotes with a backtick: `"valid`"; and leaves some out: `nearest`.
    rest = description[introduced.start() :]
    quoted = re.findall(r"[`{ ]\"(\w+)[\"`]", rest) or re.findall(r"`(\w+)`", rest)
    choices = list(dict.fromkeys(quoted))
    return choices if len(choices) > 1 and (default in choices or not isinstance(default, str)) else []
