"""The page of the benchmarks, in parts that are written by themselves."""

from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
WORKERS, HINTS = "\n## Several workers\n", "\n## Hints\n"
"""Where the parts begin that come after the first one."""


def write_costs(text: str) -> None:
    """Replaces what is before the other parts."""
    _write("", text)


def write_workers(text: str) -> None:
    """Replaces the part about several workers."""
    _write(WORKERS, "\n" + text)


def write_hints(text: str) -> None:
    """Replaces the part about hints."""
    _write(HINTS, "\n" + text)


def _write(heading: str, text: str) -> None:
    rest, parts = PAGE.read_text(), {}
    for each in (HINTS, WORKERS):  # from the end
        rest, _, parts[each] = rest.partition(each)
    parts = {"": rest, WORKERS: parts[WORKERS], HINTS: parts[HINTS], heading: text}
    PAGE.write_text("".join(each + parts[each] for each in ("", WORKERS, HINTS)))
