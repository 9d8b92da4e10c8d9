"""The page of the benchmarks, in two parts that are written by themselves."""

from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
HINTS = "\n## Hints\n"
"""Where the part about hints begins."""


def write_costs(text: str) -> None:
    """Replaces what is before the part about hints."""
    _, begin, rest = PAGE.read_text().partition(HINTS)
    PAGE.write_text(text + begin + rest)


def write_hints(text: str) -> None:
    """Replaces the part about hints."""
    before = PAGE.read_text().partition(HINTS)[0]
    PAGE.write_text(before + HINTS + "\n" + text)
