"""Types of JSON Schema."""

from typing import Any

Schema = dict[str, Any]

_JSON_TYPES = (
    (bool, "boolean"),
    (int, "integer"),
    (float, "number"),
    (str, "string"),
    ((tuple, list), "array"),
    (dict, "object"),
)


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


def _json_type(value: Any) -> str:
    for kind, name in _JSON_TYPES:
        if isinstance(value, kind):
            return name
    return "null"
