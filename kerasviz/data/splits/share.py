"""Random share."""

from __future__ import annotations

import numpy as np

from kerasviz.data.splits.rowcode import Rows, divided_lines
from kerasviz.data.splits.splitsamples import Samples, divided
from kerasviz.writing.expressions import call, lay_out, literal
from kerasviz.writing.snippet import Snippet


def split(validation: float = 0.2, test: float = 0.0, seed: int = 0, *, samples: Samples) -> np.ndarray:
    """Takes samples at random.

    Args:
        validation: Fraction of samples held out for validation.
        test: Fraction of samples held out for a test after training.
        seed: Repeats the same choice.
        samples: What is to be divided.

    Returns:
        The part of each sample.
    """
    from sklearn.model_selection import train_test_split

    return divided(
        samples.count,
        validation,
        test,
        lambda left, share: train_test_split(left, test_size=share, random_state=seed),
    )


def code(validation: float = 0.2, test: float = 0.0, seed: int = 0, *, rows: Rows) -> Snippet:
    """As `split` does it."""

    def take(part: str, share: str) -> list[str]:
        taken = call("train_test_split", "train", test_size=share, random_state=literal(seed))
        return lay_out(taken, f"train, {part} = ")

    lines, gives = divided_lines(rows.count, validation, test, take)
    needed = ("import numpy as np", "from sklearn.model_selection import train_test_split")
    return Snippet(lines, needed, gives)
