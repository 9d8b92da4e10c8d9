"""A script in the making: sections of statements and definitions, laid out as `ruff format` does."""

from __future__ import annotations

from dataclasses import dataclass

from kerasviz.codegen.imports import Imports
from kerasviz.writing.snippet import Snippet


@dataclass(frozen=True)
class _Block:
    """Lines without an empty one above or below the whole."""

    lines: tuple[str, ...]
    is_definition: bool


class Script:
    """Collects what a script does.

    Args:
        imports: Collects what the script names.

    Attributes:
        notes: Sentences for the head of the script: what it needs, and what it leaves out.
    """

    def __init__(self, imports: Imports) -> None:
        self.imports = imports
        self.notes: list[str] = []
        self._blocks: list[_Block] = []
        self._title = ""

    def section(self, title: str) -> None:
        """Begins a part of the script; it has a title where something follows."""
        self._title = f"# {title}"

    def add(self, *lines: str) -> None:
        """Adds statements that belong together."""
        self._append(lines, is_definition=False)

    def define(self, *lines: str) -> None:
        """Adds a function or a class."""
        self._append(lines, is_definition=True)

    def paste(self, snippet: Snippet) -> None:
        """Adds the functions and statements of a snippet, and its imports and notes."""
        for line in snippet.imports:
            self.imports.need(line)
        for function in snippet.defines:
            self.define(*function)
        self.add(*(f"# {note}" for note in snippet.notes), *snippet.lines)

    def text(self) -> str:
        """Returns the script."""
        if self.imports.registered:
            names = ", ".join(self.imports.registered)
            self.notes.append(f"Registered classes, which the script has to define or import first: {names}.")
        lines = [*(f"# {note}" for note in self.notes), *self.imports.lines()]
        before = False
        for block in self._blocks:
            lines += ["", ""] if before or block.is_definition else [""]
            lines += block.lines
            before = block.is_definition
        return "\n".join([*lines, ""])

    def _append(self, lines: tuple[str, ...], *, is_definition: bool) -> None:
        if lines:
            title = (self._title,) if self._title else ()
            self._blocks.append(_Block((*title, *lines), is_definition))
            self._title = ""
