"""Types that Keras leaves out of one docstring and says in others of the same argument."""

from collections import defaultdict
from typing import Any

from .schema import Schema, accept

_BORROWED = ("type", "items", "enum", "minimum", "maximum", "maxItems", "x-keras")


def borrow_types(entries: list[dict[str, Any]]) -> None:
    """Completes arguments that tell no type from their namesakes: Keras means the same by `seed` everywhere.

    Args:
        entries: Entries with a `schema` and, for layers, a `group`; changed in place. Namesakes of the same
            group come first; those of all entries count where at least two tell a type, and they agree.
    """
    known: dict[tuple[str | None, str], list[Schema]] = defaultdict(list)
    lacking: list[tuple[dict[str, Any], str, Schema]] = []
    for entry in entries:
        for name, schema in entry["schema"]["properties"].items():
            if "type" in schema and not _is_vague(schema):
                known[entry.get("group"), name].append(schema)
                known[None, name].append(schema)
            else:
                lacking.append((entry, name, schema))
    for entry, name, schema in lacking:
        of_group = _agreed(known[entry.get("group"), name])
        model = of_group or _agreed(known[None, name])
        default = schema.get("default")
        if model and (default is None or "enum" not in model or default in model["enum"]):
            schema.pop("x-keras", None)
            schema.update({key: model[key] for key in _BORROWED if key in model})
            if "default" in schema:
                accept(schema, default)


def _is_vague(schema: Schema) -> bool:
    """A text, and not a word on which: perhaps a choice that is documented elsewhere."""
    return schema.get("type") == "string" and "enum" not in schema and "description" not in schema


def _agreed(namesakes: list[Schema]) -> Schema | None:
    """The shortest description that at least two give, or None where they differ in type."""
    kinds = {frozenset(_types(schema)) - {"null"} for schema in namesakes}
    if len(namesakes) < 2 or len(kinds) != 1:
        return None
    return min(namesakes, key=lambda schema: (len(schema.get("enum", [])), len(_types(schema))))


def _types(schema: Schema) -> list[str]:
    types = schema["type"]
    return types if isinstance(types, list) else [types]
