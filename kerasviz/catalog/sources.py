"""What is ours to choose, described like classes of Keras: sources, splits, steps, strategies and places."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

from kerasviz.catalog.docstrings import parse
from kerasviz.catalog.signatures import function_schema
from kerasviz.data import Table, title
from kerasviz.data.preparation.ownsteps import STEPS
from kerasviz.data.sources import SOURCES
from kerasviz.data.splits import SPLITS
from kerasviz.places import PLACES
from kerasviz.sweep.strategies import STRATEGIES


def source_entries() -> list[dict[str, Any]]:
    """Describes each source by the signature and docstring of its `load`; nothing is loaded.

    Returns:
        `ISourceEntry` of `src/core/catalog/catalog.ts`, in the order of the table of sources.
    """
    return [
        {
            **described(name, source, source.load),
            "facts": getattr(source, "FACTS", None),
            "is_table": source.load.__annotations__.get("return") == Table.__name__,
        }
        for name, source in SOURCES.items()
    ]


def split_entries() -> list[dict[str, Any]]:
    """Describes each split by the signature and docstring of its `split`.

    Returns:
        `IClassEntry` of `src/core/catalog/catalog.ts`, in the order of the table of splits.
    """
    return [described(name, split, split.split) for name, split in SPLITS.items()]


def step_entries() -> list[dict[str, Any]]:
    """Describes each step of ours by the signature and docstring of its `step`; Keras' are layers.

    Returns:
        `IClassEntry` of `src/core/catalog/catalog.ts`, in the order of the table of steps.
    """
    return [described(name, module, module.step) for name, module in STEPS.items()]


def strategy_entries() -> list[dict[str, Any]]:
    """Describes each strategy of a sweep by the signature and docstring of its `tried`.

    Returns:
        `IClassEntry` of `src/core/catalog/catalog.ts`, in the order of the table of strategies.
    """
    return [described(name, strategy, strategy.tried) for name, strategy in STRATEGIES.items()]


def place_entries() -> list[dict[str, Any]]:
    """Describes each place by the signature and docstring of its class.

    Returns:
        `IClassEntry` of `src/core/catalog/catalog.ts`, in the order of the table of places.
    """
    return [described(name, sys.modules[place.__module__], place) for name, place in PLACES.items()]


def described(name: str, module: ModuleType, function: Callable[..., Any]) -> dict[str, Any]:
    """Describes a module of ours by its docstring, and by the signature and docstring of a function in it.

    Args:
        name: What a document or a page calls it.
        module: Its docstring is its title.
        function: Takes its arguments.

    Returns:
        `IClassEntry` of `src/core/catalog/catalog.ts`.
    """
    doc = parse(function)
    return {
        "class_name": name,
        "module": module.__name__,
        "registered_name": None,
        "summary": doc.summary,
        "doc": doc.markdown,
        "schema": {"title": title(module), **function_schema(function)},
    }
