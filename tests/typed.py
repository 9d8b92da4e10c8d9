"""Whether JSON, as it travels, is what a type of the protocol says."""

import types
from collections.abc import Iterator
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from kerasviz.protocol.owned import Owned
from kerasviz.protocol.text import Text


def faults(value: Any, hint: Any, where: str = "") -> Iterator[str]:
    """Tells where a value differs from its type."""
    origin, args = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        yield from _of_dict(value, hint, where)
    elif origin is NotRequired:
        yield from faults(value, args[0], where)
    elif origin is Annotated:
        yield from faults(value, args[0] if isinstance(args[1], Owned) else args[1], where)
    elif origin is Literal:
        if value not in args:
            yield f"{where}: {value!r} is none of {args}"
    elif origin in (Union, types.UnionType):
        found = [list(faults(value, arg, where)) for arg in args]
        if all(found):
            yield min(found, key=len)[0]
    elif origin is list and isinstance(value, list):
        for i, item in enumerate(value):
            yield from faults(item, args[0], f"{where}[{i}]")
    elif origin is tuple and isinstance(value, list) and len(value) == len(args):
        for i, (item, arg) in enumerate(zip(value, args, strict=True)):
            yield from faults(item, arg, f"{where}[{i}]")
    elif origin is dict and isinstance(value, dict):
        for key, item in value.items():
            yield from faults(item, args[1], f"{where}.{key}")
    elif hint is Text and isinstance(value, dict):
        if not value.keys() <= {"text", "args", "plural"} or not isinstance(value.get("text"), str):
            yield f"{where}: {value!r:.80} is no sentence"
    elif hint is not Any and not _is(value, hint):
        yield f"{where}: {value!r:.80} is no {hint}"


def _of_dict(value: Any, hint: Any, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: {value!r:.80} is no {hint.__name__}"
        return
    fields = get_type_hints(hint, include_extras=True)
    for name in value.keys() - fields.keys():
        yield f"{where}: {hint.__name__} has no {name}"
    for name, field in fields.items():
        if name in value:
            yield from faults(value[name], field, f"{where}.{name}")
        elif get_origin(field) is not NotRequired:
            yield f"{where}: {hint.__name__} lacks {name}"


def _is(value: Any, kind: Any) -> bool:
    if kind is type(None) or kind is None:
        return value is None
    if not isinstance(kind, type) or (isinstance(value, bool) and kind is not bool):
        return False
    return isinstance(value, (int, float) if kind is float else kind)
