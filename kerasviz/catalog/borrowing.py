"""Types of arguments that one docstring of Keras omits but others of the same argument name give."""

from collections import defaultdict
from typing import Any

from kerasviz.catalog.jsontypes import Schema, accept

_BORROWED = ("type", "items", "enum", "minimum", "maximum", "maxItems", "x-keras")


def borrow_types(entries: list[dict[str, Any]]) -> None:
    """Completes arguments from others of the same name: `seed` means the same everywhere in Keras.

    An argument without a type gets the type of its namesakes in the same group, or else in all entries, if at
    least two have one and they agree. A number whose namesakes may be tuples may be a tuple, too: Keras saves
    `pool_size` of `MaxPooling1D` as a tuple, though its docstring describes a number.

    Args:
        entries: Entries with a `schema` and, for layers, a `group`; their schemas are changed in place.
    """
    arguments = [
        (entry.get("group"), name, schema)
        for entry in entries
        for name, schema in entry["schema"]["properties"].items()
    ]
    known: dict[tuple[str | None, str], list[Schema]] = defaultdict(list)
    for group, name, schema in arguments:
        if not _is_vague(schema):
            known[group, name].append(schema)
            known[None, name].append(schema)
    for group, name, schema in arguments:
        if _is_vague(schema):
            _complete(schema, _agreed(known[group, name]) or _agreed(known[None, name]))
        else:
            namesakes = known[group, name] if len(known[group, name]) > 1 else known[None, name]
            _accept_several(schema, namesakes)


def _is_vague(schema: Schema) -> bool:
    """Whether there is no type, or a string without a description, which others may describe as a choice."""
    text = schema.get("type") == "string" and "enum" not in schema and "description" not in schema
    return text or "type" not in schema


def _agreed(namesakes: list[Schema]) -> Schema | None:
    """Returns the shortest schema of the widest type, if there are two or more and it includes all others."""
    kinds = [frozenset(_types(schema)) - {"null"} for schema in namesakes]
    widest = max(kinds, key=len, default=frozenset())
    if len(namesakes) < 2 or not all(kind <= widest for kind in kinds):
        return None
    able = [schema for schema, kind in zip(namesakes, kinds, strict=True) if kind == widest]
    return min(able, key=lambda schema: (len(schema.get("enum", [])), len(_types(schema))))


def _complete(schema: Schema, model: Schema | None) -> None:
    default = schema.get("default")
    if not model or (default is not None and default not in model.get("enum", [default])):
        return
    schema.pop("x-keras", None)
    schema.update({key: model[key] for key in _BORROWED if key in model})
    if schema.get("x-keras") == "ints":
        # The number of values depends on the class.
        schema.pop("maxItems", None)
    if "default" in schema:
        accept(schema, default)


def _accept_several(schema: Schema, namesakes: list[Schema]) -> None:
    scalar = next((kind for kind in _types(schema) if kind in ("integer", "number")), None)
    several = any(
        {"array", "integer"} <= {*_types(one)} or {"array", "number"} <= {*_types(one)} for one in namesakes
    )
    if scalar and several and "array" not in _types(schema):
        accept(schema, [])
        schema["items"] = {"type": scalar}
        if scalar == "integer":
            schema["x-keras"] = "ints"


def _types(schema: Schema) -> list[str]:
    types = schema["type"]
    return types if isinstance(types, list) else [types]
