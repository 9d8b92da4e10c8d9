"""The code that pages were shown of a document: what a cell with it has set is the document's, too."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_MOST = 64
"""Codes that are remembered, and cells that are looked back."""


class GivenCode:
    """Remembers the code of a document that pages were shown."""

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}

    def remember(self, code: str) -> None:
        """Remembers code that a page is shown; of much, the last."""
        self._texts[code.strip()] = None
        while len(self._texts) > _MOST:
            del self._texts[next(iter(self._texts))]

    def set_by(self, cells: Sequence[str]) -> set[str]:
        """Tells what cells with the document's code have set.

        Args:
            cells: The cells that were run, in their order.

        Returns:
            The variables that no other cell has set since.
        """
        found: dict[str, bool] = {}
        for cell in reversed(cells[-_MOST:]):
            own = cell.strip() in self._texts
            found |= {name: own for name in assigned_in(cell) if name not in found}
        return {name for name, own in found.items() if own}


def assigned_in(source: str) -> Iterator[str]:
    """Lists the variables that a program sets, in its order; none where it is no Python."""
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError):
        return
    for statement in statements:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            yield statement.name
            continue
        for node in ast.walk(statement):
            # Those of a comprehension are its own, and begin no statement.
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = node.targets
            elif isinstance(node, ast.For | ast.AugAssign):
                targets = [node.target]
            for target in targets:
                yield from (name.id for name in ast.walk(target) if isinstance(name, ast.Name))
