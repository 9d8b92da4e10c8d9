"""The callbacks of a plan as expressions."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from kerasviz.callbacks.finding import find_callback
from kerasviz.catalog.conversion import with_python_numbers
from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.schema import class_schema
from kerasviz.codegen.recipe.script import Script
from kerasviz.writing.expressions import Expression, call


def callback_expressions(chosen: Any, script: Script, write: Callable[[Any], Expression]) -> list[Expression]:
    """Writes what makes each callback.

    Args:
        chosen: Those of a plan: `{"class_name", "config"}` each.
        script: Its notes get which ones are left out.
        write: Writes a value of a config.

    Returns:
        An expression for each callback that can be written.
    """
    made: list[Expression] = []
    for one in chosen if isinstance(chosen, list) else []:
        name = str(one.get("registered_name") or one.get("class_name"))
        kind = find_callback(name)
        if kind is not None and hasattr(kind, "in_keras"):
            one = kind.in_keras(one.get("config", {}))
            kind = find_callback(one["class_name"])
        if kind is None:
            script.notes.append(f"Left out: the callback {name}, which is not registered in this kernel.")
            continue
        made.append(call(script.imports.name_of(kind), **_arguments(kind, one.get("config", {}), write)))
    return made


def _arguments(kind: type, config: Mapping[str, Any], write: Callable[[Any], Expression]) -> dict[str, Any]:
    """The arguments that differ from their defaults."""
    taken = inspect.signature(kind).parameters
    given = with_python_numbers(class_schema(kind, parse(kind)), config)
    return {
        name: write(value) for name, value in given.items() if name in taken and value != taken[name].default
    }
