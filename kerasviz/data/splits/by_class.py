"""Same share of each class."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.splits.rowcode import Rows, divided_lines
from kerasviz.data.splits.splitsamples import Samples, divided
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal
from kerasviz.writing.snippet import Snippet

MOST_CLASSES = 1000
"""More different values than this are numbers, or texts."""


def split(validation: float = 0.2, test: float = 0.0, seed: int = 0, *, samples: Samples) -> np.ndarray:
    """Takes the same share of each class at random, so that rare ones are in each part.

    Args:
        validation: Fraction of samples held out for validation.
        test: Fraction of samples held out for a test after training.
        seed: Repeats the same choice.
        samples: What is to be divided.

    Returns:
        The part of each sample. Of a class with fewer samples than parts, all are in the training.

    Raises:
        RequestError: With code `plan`, where there are no classes.
    """
    from sklearn.model_selection import train_test_split

    if samples.target is None:
        raise _refused()
    classes, counts = np.unique(samples.target, return_inverse=True, return_counts=True)[1:]
    if len(counts) > min(MOST_CLASSES, max(2, samples.count // 2)):
        raise _refused()

    def take(left: Any, share: float) -> tuple[Any, Any]:
        rare = np.bincount(classes[left], minlength=len(counts))[classes[left]] * min(share, 1 - share) < 1
        kept, common = left[rare], left[~rare]
        if not len(common):
            return left, left[:0]
        stay, taken = train_test_split(common, test_size=share, random_state=seed, stratify=classes[common])
        return np.concatenate([kept, stay]), taken

    return divided(samples.count, validation, test, take)


def code(validation: float = 0.2, test: float = 0.0, seed: int = 0, *, rows: Rows) -> Snippet:
    """As `split` does it, with a function that leaves what is too rare where it is."""
    taken = call(
        "train_test_split",
        "train[~rare]",
        test_size="share",
        random_state=literal(seed),
        stratify="numbers[~rare]",
    )
    classes = call("np.unique", f"{rows.target}[train]", return_inverse="True", return_counts="True")
    before = (
        "",
        "def of_each_class(train, share):",
        *lay_out(classes, "_, numbers, counts = ", "", 4),
        "    rare = counts[numbers] * min(share, 1 - share) < 1",
        *lay_out(taken, "stay, taken = ", "", 4),
        "    return np.concatenate([train[rare], stay]), taken",
        "",
        "",
    )

    def take(part: str, share: str) -> list[str]:
        return [f"train, {part} = of_each_class(train, {share})"]

    lines, gives = divided_lines(rows.count, validation, test, take)
    needed = ("import numpy as np", "from sklearn.model_selection import train_test_split")
    return Snippet((*before, *lines), needed, gives)


def _refused() -> RequestError:
    return RequestError(
        "plan",
        text("The target has no classes to take shares of. Choose another split, such as a random share."),
    )
