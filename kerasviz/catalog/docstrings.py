"""Keras' docstrings as data: summary, Markdown and a description of each argument."""

import inspect
import re
import textwrap
from dataclasses import dataclass, field

_SECTION = re.compile(r"^(\*{0,2})([A-Z][A-Za-z ]*):?\1:\s*$")
_ENTRY = re.compile(r"^\*{0,2}([A-Za-z_]\w*)(?: ?\([^)]*\))?:\s*(.*)$")
_ARGUMENTS = {"args", "arguments"}
_CALL_ARGUMENTS = {"call arguments", "call args"}


@dataclass(frozen=True)
class Docstring:
    """The content of a docstring.

    Attributes:
        summary: The first paragraph, on one line.
        markdown: The whole text as Markdown.
        arguments: Description of each argument of the constructor, on one line.
        call_arguments: Description of each argument of `call`, on one line.
    """

    summary: str = ""
    markdown: str = ""
    arguments: dict[str, str] = field(default_factory=dict)
    call_arguments: dict[str, str] = field(default_factory=dict)


def parse(documented: object) -> Docstring:
    """Reads the docstring of a class or function in Google's style.

    Args:
        documented: A class or function, with or without a docstring.

    Returns:
        Its `Docstring`; every field is empty if there is none.
    """
    text = _unindented(inspect.getdoc(documented) or "")
    summary = " ".join(text.strip().partition("\n\n")[0].split())
    blocks: list[str] = []
    arguments: dict[str, str] = {}
    call_arguments: dict[str, str] = {}
    for title, body in _sections(text):
        kind = title.lower()
        entries = _entries(body) if kind in _ARGUMENTS | _CALL_ARGUMENTS else {}
        known = arguments if kind in _ARGUMENTS else call_arguments
        known.update({name: " ".join(words.split()) for name, words in entries.items()})
        if title:
            blocks.append(f"**{title}**")
        blocks.append(_list(entries) if entries else _fenced(textwrap.dedent(body)))
    markdown = "\n\n".join(block.strip("\n") for block in blocks if block.strip())
    return Docstring(summary, markdown, arguments, call_arguments)


def _unindented(text: str) -> str:
    """Removes the indentation of the first line after the summary, which some docstrings of Keras keep."""
    first, _, rest = text.partition("\n")
    written = [line for line in rest.splitlines() if line.strip()]
    indent = len(written[0]) - len(written[0].lstrip()) if written else 0
    return "\n".join([first, *(re.sub(rf"^ {{0,{indent}}}", "", line) for line in rest.splitlines())])


def _sections(text: str) -> list[tuple[str, str]]:
    """Splits at `Title:` lines before an indented body or text; code blocks are not split."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    fenced = False
    for line in text.splitlines():
        fenced ^= line.lstrip().startswith("```")
        title = None if fenced else _SECTION.match(line)
        if title:
            sections.append((title[2], []))
        else:
            if line and not line[0].isspace() and sections[-1][0] and _is_indented(sections[-1][1]):
                sections.append(("", []))
            sections[-1][1].append(line)
    return [(title, "\n".join(lines)) for title, lines in sections]


def _is_indented(lines: list[str]) -> bool:
    written = [line for line in lines if line.strip()]
    return bool(written) and written[0][0].isspace()


def _entries(body: str) -> dict[str, str]:
    """Splits `name: text` entries at the first level of indentation; further lines stay relative to it."""
    entries: dict[str, list[str]] = {}
    name = None
    for line in textwrap.dedent(body).strip("\n").splitlines():
        entry = _ENTRY.match(line)
        if entry:
            name = entry[1]
            entries[name] = [entry[2]]
        elif name:
            entries[name].append(line)
    entries.pop("kwargs", None)
    return {name: _reflow(lines) for name, lines in entries.items()}


def _reflow(lines: list[str]) -> str:
    rest = textwrap.dedent("\n".join(lines[1:])).strip("\n")
    return f"{lines[0]}\n{rest}".strip()


def _list(entries: dict[str, str]) -> str:
    return "\n".join(f"- **{name}**: " + text.replace("\n", "\n  ") for name, text in entries.items())


def _fenced(text: str) -> str:
    """Puts interactive sessions (`>>>`) into code blocks, as Markdown would join their lines."""
    lines: list[str] = []
    fenced = session = False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        if not fenced and not session and line.startswith(">>>"):
            lines.append("```python")
            session = True
        if session and not line.strip():
            lines.append("```")
            session = False
        lines.append(line)
    if session:
        lines.append("```")
    return "\n".join(lines)
