"""A piece of a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Snippet:
    """Statements with what they need, and the variables that hold what comes of them.

    A snippet runs without kerasviz. Names and values of a document stand in it only as `literal` writes them,
    or where they are identifiers: none can become code.

    Attributes:
        lines: The statements, line by line, as `expressions.lay_out` gives them.
        imports: Import lines, each a statement of its own, such as `import pandas as pd`.
        gives: Variables by what they hold, e.g. `{"x": "x", "y": "y"}`.
        by_name: Which of `gives` are dicts of arrays.
        listed: Which of `gives` are lists of arrays.
        notes: Sentences for whoever reads the script; they stand above the statements as comments.
        is_divided: Whether what trains is apart already: nothing more may be held out of it.
        defines: Functions that the statements call, or that whoever trains calls, line by line each.
        classes: Number of classes of `y`, where that is known.
    """

    lines: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    gives: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    by_name: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    is_divided: bool = False
    defines: tuple[tuple[str, ...], ...] = ()
    classes: int | None = None
