"""Python expressions and how they are laid out: as `ruff format` does, at 88 columns."""

from __future__ import annotations

import keyword
import math
import re
from dataclasses import dataclass
from typing import Any

from kerasviz.protocol.text import text

WIDTH = 88
INDENT = 4


@dataclass(frozen=True)
class Group:
    """Something in brackets, with what precedes them: a call, a list, a tuple or a dict.

    Attributes:
        head: What is called; empty for a list, tuple or dict.
        brackets: The opening and the closing one.
        items: Each with its prefix, such as `name=` or `"key": `.
    """

    head: Expression
    brackets: str
    items: tuple[tuple[str, Expression], ...]


Expression = str | Group


def call(function: Expression, *arguments: Expression, **named: Expression) -> Group:
    """Returns the call of a function."""
    items = [("", argument) for argument in arguments]
    items += [(f"{name}=", argument) for name, argument in named.items()]
    return Group(function, "()", tuple(items))


def sequence(values: list[Expression] | tuple[Expression, ...]) -> Group:
    """Returns a list or tuple, whichever the values are in."""
    return Group("", "[]" if isinstance(values, list) else "()", tuple(("", value) for value in values))


def literal(value: Any) -> str:
    """Writes a value that Python has a literal for, whatever text it holds.

    Args:
        value: None, a bool, number, string, bytes, `...` or slice.

    Returns:
        Its source; strings in double quotes where that takes no escape.
    """
    if isinstance(value, str):
        quoted = repr(value)
        return (
            f'"{quoted[1:-1]}"' if quoted[0] == "'" and '"' not in quoted and "\\'" not in quoted else quoted
        )
    if isinstance(value, float) and not math.isfinite(value):
        return f'float("{value}")'
    if isinstance(value, slice):
        parts = [value.stop] if value.start is None else [value.start, value.stop]
        if value.step is not None:
            parts = [value.start, value.stop, value.step]
        return f"slice({', '.join(map(literal, parts))})"
    if value is Ellipsis:
        return "..."
    if isinstance(value, float):
        return _number(value)
    if value is None or isinstance(value, bool | int | bytes):
        return repr(value)
    raise TypeError(
        text(
            "Expected a value that can be written as Python, received: {value} of type {type}.",
            value=repr(value),
            type=type(value).__name__,
        )
    )


def _number(value: float) -> str:
    """Writes a float as people do: 0.001, 1e-6, -1e9, 1 / 255."""
    spellings = [repr(value)]
    power = f"{value:g}"
    if "e" in power and float(power) == value:
        spellings.append(power)
    parts = round(1 / value, 1) if 0 < value < 1 else 0
    if parts and 1 / parts == value:
        spellings.append(f"1 / {parts:g}")
    return min((re.sub(r"e\+?(-?)0*", r"e\1", text) for text in spellings), key=len)


def is_identifier(text: str) -> bool:
    """Tells whether a text can be a name in code: plain letters, and not a keyword."""
    return text.isascii() and text.isidentifier() and not keyword.iskeyword(text)


def flat(expression: Expression) -> str:
    """Writes an expression on one line."""
    if isinstance(expression, str):
        return expression
    return flat(expression.head) + _flat_brackets(expression)


def lay_out(expression: Expression, before: str = "", after: str = "", indent: int = 0) -> list[str]:
    """Writes an expression on as many lines as it needs.

    Args:
        expression: What to write.
        before: What precedes it on its first line, such as `x = `.
        after: What follows it on its last line, such as a comma.
        indent: Column where its lines start.

    Returns:
        The lines, with their indentation.
    """
    margin = " " * indent
    line = margin + before + flat(expression) + after
    if len(line) <= WIDTH or isinstance(expression, str):
        return [line]
    groups: list[Group] = []
    head: Expression = expression
    while isinstance(head, Group):
        groups.insert(0, head)
        head = head.head
    lines: list[str] = []
    current = margin + before + head
    for position, group in enumerate(groups):
        # The line may end after the bracket that opens next.
        rest = groups[position + 1].brackets[0] if position + 1 < len(groups) else after
        if not group.items or len(current + _flat_brackets(group) + rest) <= WIDTH:
            current += _flat_brackets(group)
        else:
            lines += [current + group.brackets[0], *_body(group, indent + INDENT)]
            current = margin + group.brackets[1]
    return [*lines, current + after]


def _flat_brackets(group: Group) -> str:
    inside = ", ".join(prefix + flat(item) for prefix, item in group.items)
    lonely = group.head == "" and group.brackets == "()" and len(group.items) == 1
    return f"{group.brackets[0]}{inside}{',' if lonely else ''}{group.brackets[1]}"


def _body(group: Group, indent: int) -> list[str]:
    """The items of a group between its brackets: those of a call on one line where they fit."""
    inside = " " * indent + ", ".join(prefix + flat(item) for prefix, item in group.items)
    if group.head != "" and len(inside) <= WIDTH:
        return [inside]
    comma = "" if group.head != "" and len(group.items) == 1 and not group.items[0][0] else ","
    return [line for prefix, item in group.items for line in lay_out(item, prefix, comma, indent)]
