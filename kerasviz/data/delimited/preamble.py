"""What stands before the rows of a table, and between them: comments, and what only Excel reads."""

from __future__ import annotations

import re

_DECLARED = re.compile(r'"?sep=(.|\\t)"?[^\S\n]*(?:\n|$)', re.I)
_COMMENTS = ("#", "%", "//", "!")


def without_declaration(body: str) -> tuple[int, str | None, str]:
    """Takes the line `sep=;` away, by which Excel knows the delimiter.

    Returns:
        How many lines it was, the delimiter where there was one, and the rest.
    """
    found = _DECLARED.match(body)
    if found is None:
        return 0, None, body
    return 1, "\t" if found[1] == "\\t" else found[1], body[found.end() :]


def comment_of(body: str) -> str:
    """What the lines begin with that are comments: those before the first row tell; empty for none."""
    first = body.lstrip().partition("\n")[0]
    mark = next((mark for mark in _COMMENTS if first.startswith(mark)), "")
    lines = [line for line in body.split("\n") if line.strip()]
    others = [at for at, line in enumerate(lines) if not line.startswith(mark)]
    scattered = len(lines) - len(others) > (others[0] if others else 0)
    if not mark or len(others) < 2 or (scattered and len(others) < len(lines) / 2):
        return ""
    return "" if _is_header(first[len(mark) :], lines, mark) else mark


def _is_header(first: str, lines: list[str], mark: str) -> bool:
    """Whether `#name,value` names columns: it has as many delimiters as the rows under it."""
    rows = [line for line in lines if not line.startswith(mark)][:20]
    commented = sum(line.startswith(mark) for line in lines)
    return commented == 1 and any(
        first.count(each) and all(row.count(each) == first.count(each) for row in rows) for each in ",;\t|"
    )


def lines_before(body: str, mark: str, count: int) -> int:
    """How many lines stand before a row, comments too.

    Args:
        body: The text, with its comments.
        mark: What these begin with; empty where there are none.
        count: Lines before the row that are no comments.
    """
    lines = body.split("\n")
    rows = [at for at, line in enumerate(lines) if not (mark and line.startswith(mark))]
    return rows[count] if count < len(rows) else len(lines)


def without_comments(body: str, mark: str) -> str:
    """Leaves out lines that begin with a mark."""
    return re.sub(rf"(?m)^{re.escape(mark)}.*(?:\n|\Z)", "", body)
