"""A step of the preparation: it learns from the training rows of a column, and changes the column."""

from __future__ import annotations

from typing import Any


class Step:
    """Changes a column. What has to learn first is shown all training rows, block by block.

    Attributes:
        learns: Whether it has to be shown the training rows.
    """

    learns = False

    def see(self, values: Any) -> None:
        """Looks at a block of training rows: an array `(rows,)`, or `(rows, n)` after another step."""

    def finish(self) -> None:
        """Learns, once all training rows were seen."""

    def __call__(self, values: Any) -> Any:
        """Changes a block of rows; the rows stay the first axis."""
        raise NotImplementedError

    def config(self) -> dict[str, Any]:
        """What makes the same step again, with what it has learned, as a plan has it."""
        raise NotImplementedError
