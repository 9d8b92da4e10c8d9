"""The arguments of functions as JSON Schema: of Keras' `fit` and `compile`, and of `load` of data sources."""

import inspect
import re
import typing
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import keras

from kerasviz.backend.devicename import DeviceName
from kerasviz.catalog.docstrings import Docstring, parse
from kerasviz.catalog.jsontypes import Schema, accept
from kerasviz.catalog.schema import argument_schema
from kerasviz.data.dataset import (
    ArrayName,
    BatchesName,
    ColumnName,
    FilePath,
    FolderPath,
    TableName,
    TableSource,
)

#: "the strings 'accuracy' or 'acc', we convert this to": a name, and a short one for the same.
_CONVERTED = re.compile(r"strings? [\"'`]+(\w+)[\"'`]+ (?:or|and) [\"'`]+(\w+)")
#: A run is shown on the page, and prints nothing.
_PRINTS = "verbose"
_COUNT = re.compile(r"(?i)\bnumber of\b")
_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", DeviceName: "string"}
_NAMES = {
    ArrayName: "array_name",
    TableName: "table_name",
    BatchesName: "batches_name",
    ColumnName: "column_name",
    FilePath: "file_path",
    FolderPath: "folder_path",
}
"""Texts that name something, by the control that offers what there is."""
_LISTS: dict[Any, Schema] = {
    str: {"x-keras": "strings"},
    DeviceName: {"x-keras": "devices", "x-rare": False},
}
"""Lists by the control for all of it; what shows more than a value is not folded away."""


@cache
def method_schema(name: str) -> Schema:
    """Describes the arguments of a method of `keras.Model` that are plain values or objects of the catalogue.

    An argument for which neither its name nor its docstring tells such a type takes data or objects of
    Python: `x`, `y`, `validation_data`, `sample_weight` and `callbacks` of `fit`. A plan has
    these in other places.

    Args:
        name: `fit` or `compile`.

    Returns:
        A JSON Schema of type `object`, its properties in the order of the signature. Do not change it.
    """
    doc = method_doc(name)
    properties: dict[str, Schema] = {}
    for parameter in list(inspect.signature(getattr(keras.Model, name)).parameters.values())[1:]:
        schema = argument_schema(parameter.name, parameter.default, doc.arguments.get(parameter.name, ""))
        if "type" in schema and parameter.name != _PRINTS:
            properties[parameter.name] = schema
            _bound_count(schema)
            if schema.get("x-keras") == "metrics":
                schema["examples"] = converted_metrics()[::2]
    return {"type": "object", "properties": properties}


def method_doc(name: str) -> Docstring:
    """What Keras says of a method. The docstring is at a base of `keras.Model`: the backend's has none."""
    methods = [vars(base)[name] for base in keras.Model.__mro__ if name in vars(base)]
    return next((parse(method) for method in methods if method.__doc__), Docstring())


def converted_metrics() -> list[str]:
    """Names of metrics for which `compile` takes the class that suits the model: each, and its short form."""
    return [name for pair in _CONVERTED.findall(method_doc("compile").arguments["metrics"]) for name in pair]


def function_schema(function: Callable[..., Any]) -> Schema:
    """Describes the arguments of a function of ours by their annotations; keyword-only ones are left out.

    Args:
        function: For example the `load` of a data source.

    Returns:
        A JSON Schema of type `object`, its properties in the order of the signature.
    """
    hints, doc = typing.get_type_hints(function), parse(function)
    properties: dict[str, Schema] = {}
    required = []
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY:
            continue
        schema = properties[name] = {**_annotated(hints[name]), "description": doc.arguments.get(name, "")}
        if parameter.default is parameter.empty:
            required.append(name)
        else:
            accept(schema, parameter.default)
            schema["default"] = parameter.default
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}


def _annotated(hint: Any) -> Schema:
    inside = typing.get_args(hint)
    if typing.get_origin(hint) is Literal:
        return {"type": "string", "enum": list(inside)}
    if typing.get_origin(hint) is list:
        return {"type": "array", "items": _annotated(inside[0]), **_LISTS.get(inside[0], {})}
    if type(None) in inside:
        return _annotated(next(kind for kind in inside if kind is not type(None)))
    if hint is TableSource:
        return {"type": "object", "x-keras": "table"}
    if hint in _NAMES:
        return {"type": "string", "x-keras": _NAMES[hint]}
    return {"type": _TYPES[hint]} if hint in _TYPES else {"x-keras": "json"}


def _bound_count(schema: Schema) -> None:
    """A number of epochs or samples is 1 or more, unless Keras itself begins at 0."""
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if "integer" in types and schema.get("default") != 0 and _COUNT.search(schema.get("description", "")):
        schema["minimum"] = 1
