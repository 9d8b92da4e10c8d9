"""The arguments of a class as JSON Schema, from its signature and docstring."""

import inspect
import re
from collections.abc import Iterator
from types import CodeType
from typing import Any

from kerasviz.catalog.docstrings import Docstring
from kerasviz.catalog.jsontypes import Schema, accept
from kerasviz.catalog.words import of_words
from kerasviz.config.fromconfig import demanded_keys

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
    (r"_optimizer$", "optimizer", ["object"]),
    (r"^loss$", "loss", ["string", "object", "array"]),
    (r"(^|_)metrics$", "metrics", ["array", "object"]),
)
#: Which class a layer inside another must have: "`keras.layers.RNN` instance".
_ROLE = re.compile(r"^(?:Optional )?`keras\.layers\.(\w+)`")


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
        if kept is not None and name not in kept and not _is_handed_on(cls, name):
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
    schema = _of_name(name, description) or of_words(default, description)
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
    """The texts in the code of every `get_config` of a Keras class, hence the keys that it may write.

    None for a class of the user's, and for one that leaves its config to Keras, which keeps every argument.
    """
    methods = [base.__dict__["get_config"] for base in cls.__mro__ if "get_config" in base.__dict__]
    inherited = not methods or methods[0].__module__ in ("keras.src.layers.layer", "keras.src.ops.operation")
    if inherited or not cls.__module__.startswith("keras."):
        return None
    return {text for method in methods for text in _texts(method.__code__)}


def _is_handed_on(cls: type, name: str) -> bool:
    """Whether a loss or metric hands an argument to its function, where `fullconfig.py` finds it."""
    wrappers = ("LossFunctionWrapper", "MeanMetricWrapper")
    wrapper = next((base for base in cls.__mro__ if base.__name__ in wrappers), None)
    return wrapper not in (None, cls) and name not in inspect.signature(wrapper or cls).parameters


def _texts(constant: Any) -> Iterator[str]:
    if isinstance(constant, str):
        yield constant
    elif isinstance(constant, tuple | frozenset):
        for item in constant:
            yield from _texts(item)
    elif isinstance(constant, CodeType):
        yield from _texts(constant.co_consts)
