"""The arguments of a class as JSON Schema, from its signature and docstring."""

import inspect
import re
from collections.abc import Iterator
from types import CodeType
from typing import Any

from .docstrings import Docstring

Schema = dict[str, Any]

#: Kinds told by the name of an argument: Keras names them alike everywhere.
_NAMED_KINDS = (
    (r"initializer$", "initializer", ["string", "object"]),
    (r"regularizer$", "regularizer", ["string", "object"]),
    (r"constraint$", "constraint", ["string", "object"]),
    (r"(^|_)activation$", "activation", ["string", "object"]),
    (r"(^|_)dtype$", "dtype", ["string", "object"]),
    (r"^(layer|backward_layer|cell)$", "layer", ["object"]),
    (r"^(layers|cells)$", "layers", ["array"]),
    (r"(^|_)shape$", "shape", ["array"]),
)
_NUMERIC = {"integer", "number"}


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
    required: list[str] = []
    for name, parameter in constructor(cls).items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) or name == "name":
            continue
        if kept is not None and name not in kept:
            continue
        properties[name] = argument_schema(name, parameter.default, doc.arguments.get(name, ""))
        if parameter.default is parameter.empty:
            required.append(name)
    schema: Schema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    return schema


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
    schema = _of_name(name) or _of_words(name, default, description)
    has_default = default is not inspect.Parameter.empty
    if "type" in schema:
        types = schema["type"] + (["null"] if _is_nullable(default, description, schema) else [])
        schema["type"] = types[0] if len(types) == 1 else types
        if "enum" in schema and "null" in types:
            schema["enum"] = [*schema["enum"], None]
    if description:
        schema["description"] = description
    if has_default and _is_json(default):
        schema["default"] = _plain(default)
    return schema


def _of_name(name: str) -> Schema:
    for pattern, kind, types in _NAMED_KINDS:
        if re.search(pattern, name):
            schema: Schema = {"type": list(types), "x-keras": kind}
            if kind == "shape":
                schema["items"] = {"type": ["integer", "null"]}
            elif kind == "layers":
                schema["items"] = {"type": "object"}
            return schema
    return {}


def _of_words(name: str, default: Any, description: str) -> Schema:
    """Reads the type from the default and from the words with which Keras describes its arguments."""
    # The first sentences name the type; what follows is about meaning.
    words = re.split(r"\. (?=[A-Z])|\.$", description)[0].lower().replace("`", "")
    scalar = _scalar_type(default, words)
    several = _is_several(default, words)
    choices = _choices(default, description)
    if choices:
        mixed = [] if isinstance(default, str) or not scalar or scalar == "string" else [scalar]
        return {"type": ["string", *mixed], "enum": choices} if not mixed else {"type": ["string", *mixed]}
    if several and scalar in _NUMERIC:
        return _numbers(scalar, default, words)
    if scalar in _NUMERIC:
        return {"type": [scalar], **_bounds(words)}
    if scalar and not several:
        return {"type": [scalar]}
    return {"x-keras": "json"}


def _scalar_type(default: Any, words: str) -> str | None:
    while isinstance(default, tuple | list) and default:
        default = default[0]
    if isinstance(default, bool):
        return "boolean"
    if isinstance(default, float) or re.search(r"\bfloats?\b", words):
        return "number"
    if isinstance(default, int) or re.search(r"\b(int|ints|integers?|size of|the number of)\b", words):
        return "integer"
    if isinstance(default, str):
        return "string"
    if re.search(r"\b(bool|boolean|whether|if true)\b", words):
        return "boolean"
    if re.search(r"\b(string|str|name of)\b", words):
        return "string"
    return None


def _is_several(default: Any, words: str) -> bool:
    if isinstance(default, tuple | list):
        return True
    return bool(re.search(r"\b(tuples?|lists?|array|matrix|dict|dictionary|axes)\b", words))


def _numbers(scalar: str, default: Any, words: str) -> Schema:
    """A number or several, as `(3, 3)`; pairs in a tuple where Keras documents them."""
    alone = not isinstance(default, tuple | list) and not re.match(
        r"(an? )?(integer )?(tuple|list)\b(?! of .*\bor\b)", words
    )
    alone = alone or bool(
        re.search(r"\b(int|integer|float)\b,? or\b|\bor (an? )?(single )?(int|integer|float)\b", words)
    )
    item: Schema = {"type": scalar}
    if "tuples of" in words or (isinstance(default, tuple) and default and isinstance(default[0], tuple)):
        item = {"type": [scalar, "array"], "items": {"type": scalar}}
    schema: Schema = {"type": ([scalar] if alone else []) + ["array"], "items": item}
    length = re.search(r"(?:tuple|list|length|size)\D{0,12}(\d|two|three)", words)
    if length:
        schema["maxItems"] = {"two": 2, "three": 3}.get(length[1]) or int(length[1])
    if scalar == "integer":
        schema["x-keras"] = "ints"
    return schema


def _bounds(words: str) -> Schema:
    if "between 0 and 1" in words:
        return {"minimum": 0, "maximum": 1}
    if "positive int" in words:
        return {"minimum": 1}
    return {}


def _choices(default: Any, description: str) -> list[str]:
    """The words in quotes, where the description says that they are the choices."""
    if not (isinstance(default, str) or default in (None, inspect.Parameter.empty)):
        return []
    introduced = re.search(
        r"(?i)\b(one of|either|can be|values are|values can be|supported values|supports|available methods|string,)"
        r"[^\"]{0,40}\"",
        description,
    )
    if not introduced:
        return []
    choices = list(dict.fromkeys(re.findall(r"[`{ ]\"([A-Za-z0-9_]+)\"", description[introduced.start() :])))
    if len(choices) < 2 or (isinstance(default, str) and default not in choices):
        return []
    return choices


def _is_nullable(default: Any, description: str, schema: Schema) -> bool:
    if default is None or re.search(r"(?i)\bor `?None|, None\}|`None`: ", description):
        return True
    return schema.get("x-keras") in ("initializer", "regularizer", "constraint", "activation")


def _is_json(value: Any) -> bool:
    if isinstance(value, tuple | list):
        return all(_is_json(item) for item in value)
    return value is None or isinstance(value, bool | int | float | str)


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value


def _config_keys(cls: type) -> set[str] | None:
    """The texts in the code of every `get_config` of a class, hence the keys that it may write.

    None where the class leaves its config to Keras, which then keeps every argument.
    """
    own = [base.__dict__["get_config"] for base in cls.__mro__ if "get_config" in base.__dict__]
    if not own or cls.__dict__.get("get_config", own[0]).__module__ in (
        "keras.src.layers.layer",
        "keras.src.ops.operation",
    ):
        return None
    return {text for function in own for text in _texts(function.__code__)}


def _texts(constant: Any) -> Iterator[str]:
    if isinstance(constant, str):
        yield constant
    elif isinstance(constant, tuple | frozenset):
        for item in constant:
            yield from _texts(item)
    elif isinstance(constant, CodeType):
        yield from _texts(constant.co_consts)
