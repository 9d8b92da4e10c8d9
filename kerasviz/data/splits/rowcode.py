"""What a split divides in a script, and how its statements are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kerasviz.writing.expressions import literal


@dataclass(frozen=True)
class Rows:
    """Samples as expressions.

    Attributes:
        count: How many there are.
        target: What is to be learned, one value for each sample.
        column: Gives the expression for a column, one value for each sample.
    """

    count: str
    target: str
    column: Callable[[str], str]


def divided_lines(
    count: str, validation: float, test: float, take: Callable[[str, str], list[str]]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Writes what `splitsamples.divided` does.

    Args:
        count: The expression for the number of samples.
        validation: Share of all samples.
        test: Share of all samples.
        take: Gets the name of a part and the expression for its share of what is left in `train`; returns the
            statements that take it out of `train`.

    Returns:
        Statements, and the variables of the parts.
    """
    of_rest = f"{literal(validation)} / (1 - {literal(test)})" if test else literal(validation)
    shares = {"test": literal(test) if test else "", "validation": of_rest if validation else ""}
    taken = {part: share for part, share in shares.items() if share}
    lines = [line for part, share in taken.items() for line in take(part, share)]
    parts = ["train", *sorted(taken, reverse=True)]
    ordered = f"{', '.join(parts)} = {', '.join(f'np.sort({part})' for part in parts)}"
    return (f"train = np.arange({count})", *lines, ordered), {part: part for part in parts}
