"""The arguments of a class as JSON Schema, from its signature and docstring."""

import inspect
import json
import re
from collections.abc import Iterator
from types import CodeType
from typing import Any

from kerasviz.catalog.docstrings import Docstring
from kerasviz.config.fromconfig import demanded_keys

Schema = dict[str, Any]

#: Kinds told by the name of an argument: Keras names them alike everywhere.
_NAMED_KINDS = (
    (r"initializer$", "initializer", ["string", "object"]),
    (r"regularizer$", "regularizer", ["string", "object"]),
    (r"constraint$", "constraint", ["string", "object"]),
    (r"(^|_)activation$", "activation", ["string", "object"]),
    (r"(^|_)dtype$", "dtype", ["string"]),
    (r"^(layer|backward_layer|cell)$", "layer", ["object"]),
    (r"^(layers|cells)$", "layers", ["array"]),
    (r"shape$", "shape", ["array"]),
    (r"^optimizer$", "optimizer", ["string", "object"]),
    (r"^loss$", "loss", ["string", "object", "array"]),
    (r"(^|_)metrics$", "metrics", ["array", "object"]),
)
_JSON_TYPES = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    ((tuple, list), "array"),
    (dict, "object"),
)
_NUMBER = re.compile(
    r"\b(floats?|numbers|python number|scalar value|floating point)\b|\bvalue\(s\)"
    r"|(minimum|maximum|bound|baseline) value"
)
_INTEGER = re.compile(r"\b(ints?|integers?|size of|number of|how many|axis|class ids?|\(in epochs\))(?!\w)")
_STRING = re.compile(r"\b([Ss]trings?|str|name of|token)\b")
#: One text: the subscripts of `einsum`.
_LISTED = re.compile(r"\bcomma[- ]separated list\b")
#: One of a few words and numbers: `"auto"`, 0, 1, or 2.
_LITERAL = r"`?(?:\"\w+\"|\d+)`?"
_LITERALS = re.compile(rf"^{_LITERAL}(?:, {_LITERAL})*,? or \d+\.")
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
#: Which class a layer inside another must have: "`keras.layers.RNN` instance".
_ROLE = re.compile(r"^(?:Optional )?`keras\.layers\.(\w+)`")
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


def class_schema(cls: type, doc: Docstring) -> Schema:
    """Describes the arguments of a constructor that Keras keeps in a config.

    Args:
        cls: A class of Keras, or of the user's.
        doc: Its docstring.

    Returns:
        A JSON Schema of type `object`, its properties in the order of the signature.
    """
    kept = _config_keys(cls)
    properties: dict[str, Schema] = {}
    required: set[str] = set()
    for name, parameter in constructor(cls).items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) or name == "name":
            continue
        if kept is not None and name not in kept:
            continue
        properties[name] = argument_schema(name, parameter.default, doc.arguments.get(name, ""))
        if parameter.default is parameter.empty:
            required.add(name)
    _align_lengths(properties)
    required.update(demanded_keys(cls, {name: schema.get("default") for name, schema in properties.items()}))
    schema: Schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = [name for name in properties if name in required]
    return schema


def _align_lengths(properties: dict[str, Schema]) -> None:
    """A class of two strides takes two sizes: docstrings were copied from one dimension to the next."""
    sizes = [schema for schema in properties.values() if "maxItems" in schema]
    longest = max(
        (len(schema["default"]) for schema in sizes if isinstance(schema.get("default"), list)), default=0
    )
    for schema in sizes:
        schema["maxItems"] = max(schema["maxItems"], longest)


def constructor(cls: type) -> dict[str, inspect.Parameter]:
    """The parameters of a constructor, without `self`."""
    parameters = inspect.signature(cls.__init__).parameters  # type: ignore[misc]
    return dict(list(parameters.items())[1:])


def argument_schema(name: str, default: Any, description: str) -> Schema:
    """Describes one argument.

    Args:
        name: Its name in the signature.
        default: Its default, or `inspect.Parameter.empty` where it is required.
        description: What the docstring says of it, on one line; may be empty.

    Returns:
        A JSON Schema; without `type` where nothing tells which values are accepted.
    """
    schema = _of_name(name, description) or _of_words(default, description)
    if name == "axis" and "array" in schema.get("type", []):
        accept(schema, 0)
    if _is_nullable(default, description, schema):
        accept(schema, None)
    if description:
        schema["description"] = description
    if "LearningRateSchedule" in description:
        accept(schema, {})
        schema["x-keras"] = "schedule"
    if default is not inspect.Parameter.empty and _is_json(default):
        accept(schema, default)
        schema["default"] = _plain(default)
    return schema


def accept(schema: Schema, value: Any) -> None:
    """Widens the type of a schema to a value that Keras accepts, such as the default."""
    if "type" not in schema:
        return
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    known = _json_type(value)
    if known not in types and not (known == "integer" and "number" in types):
        types = [known, *types] if known in ("integer", "number") else [*types, known]
    schema["type"] = types[0] if len(types) == 1 else types
    if value is None and "enum" in schema and None not in schema["enum"]:
        schema["enum"] = [*schema["enum"], None]


def _of_name(name: str, description: str) -> Schema:
    for pattern, kind, types in _NAMED_KINDS:
        if re.search(pattern, name):
            schema: Schema = {"type": types[0] if len(types) == 1 else [*types], "x-keras": kind}
            role = "cell" if name.startswith("cell") else _ROLE.match(description)
            if kind == "shape":
                schema["items"] = {"type": ["integer", "null"]}
            elif kind == "layers":
                schema["items"] = {"type": "object"}
            if role:
                schema["x-role"] = role if isinstance(role, str) else role[1]
            return schema
    return {}


def _of_words(default: Any, description: str) -> Schema:
    """Reads the type from the default and from the words with which Keras describes its arguments."""
    if isinstance(default, bool):
        return {"type": "boolean"}
    first = _LISTED.sub("string", _telling_sentence(description).lower().replace("`", ""))
    literals = _LITERALS.search(description)
    if literals:
        values = [json.loads(word) for word in re.findall(r"\"\w+\"|\d+", literals[0])]
        return {"type": sorted({_json_type(value) for value in values}), "enum": values}
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


def _is_nullable(default: Any, description: str, schema: Schema) -> bool:
    if default is None or re.search(r"(?i)\bor `?None|, None\}|`None`: ", description):
        return True
    return schema.get("x-keras") in ("initializer", "regularizer", "constraint", "activation")


def _json_type(value: Any) -> str:
    for kind, name in _JSON_TYPES:
        if isinstance(value, kind):
            return name
    return "null"


def _is_json(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return all(_is_json(item) for item in value)
    return value is None or isinstance(value, bool | int | float | str)


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def _config_keys(cls: type) -> set[str] | None:
    """The texts in the code of every `get_config` of a Keras class, hence the keys that it may write.

    None for a class of the user's, and for one that leaves its config to Keras, which keeps every argument.
    """
    methods = [base.__dict__["get_config"] for base in cls.__mro__ if "get_config" in base.__dict__]
    inherited = not methods or methods[0].__module__ in ("keras.src.layers.layer", "keras.src.ops.operation")
    if inherited or not cls.__module__.startswith("keras."):
        return None
    return {text for method in methods for text in _texts(method.__code__)}


def _texts(constant: Any) -> Iterator[str]:
    if isinstance(constant, str):
        yield constant
    elif isinstance(constant, tuple | frozenset):
        for item in constant:
            yield from _texts(item)
    elif isinstance(constant, CodeType):
        yield from _texts(constant.co_consts)
