"""By time."""

from __future__ import annotations

import math

import numpy as np

from kerasviz.data.dataset import ColumnName
from kerasviz.data.splits.rowcode import Rows
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION, Samples, check_shares
from kerasviz.writing.expressions import literal
from kerasviz.writing.snippet import Snippet


def split(
    column: ColumnName | None = None, validation: float = 0.2, test: float = 0.0, *, samples: Samples
) -> np.ndarray:
    """Takes the last samples, so that nothing is learned from the future.

    Args:
        column: The column with the time of each sample; none where they are in their order already.
        validation: Fraction of samples held out for validation: those before the test.
        test: Fraction of samples held out for a test after training: the last ones.
        samples: What is to be divided.

    Returns:
        The part of each sample. Those of one moment are in one part; those without a time train.
    """
    check_shares(validation, test)
    when = np.arange(samples.count) if column is None else samples.column(column)
    known = ~_missing(when)
    order = np.flatnonzero(known)[np.argsort(when[known], kind="stable")]
    sorted_times, parts = when[order], np.full(samples.count, TRAINING, dtype="int8")
    for part, share in ((VALIDATION, validation + test), (TEST, test)):
        first = math.floor(len(order) * (1 - share) + 1e-9)
        if share and 0 < first < len(order):
            parts[order[np.searchsorted(sorted_times, sorted_times[first]) :]] = part
    return parts


def code(
    column: ColumnName | None = None, validation: float = 0.2, test: float = 0.0, *, rows: Rows
) -> Snippet:
    """As `split` does it; a part that would be empty is an error in the script."""
    when = f"np.arange({rows.count})" if column is None else f"np.asarray({rows.column(column)})"
    lines = [f"when = {when}"]
    imports = ["import numpy as np"]
    if column is None:
        lines.append("times = when")
    else:
        imports.append("import pandas as pd")
        lines.append("times = np.sort(when[~pd.isna(when)])")
    first: dict[str, str] = {}
    held_out = f"({literal(validation)} + {literal(test)})" if test else literal(validation)
    for part, share, named in (("validation", validation, held_out), ("test", test, literal(test))):
        if share:
            first[part] = f"{part}_begins"
            lines.append(f"{part}_begins = times[int(len(times) * (1 - {named}) + 1e-9)]")
    begins = next(iter(first.values()), None)
    if begins is None:
        return Snippet((*lines, "train = np.arange(len(when))"), tuple(imports), {"train": "train"})
    lines.append(f"train = np.flatnonzero(~(when >= {begins}))")
    if validation:
        until = " & (when < test_begins)" if test else ""
        held = f"(when >= {begins}){until}" if test else f"when >= {begins}"
        lines.append(f"validation = np.flatnonzero({held})")
    if test:
        lines.append("test = np.flatnonzero(when >= test_begins)")
    return Snippet(tuple(lines), tuple(imports), {part: part for part in ("train", *first)})


def _missing(values: np.ndarray) -> np.ndarray:
    import pandas as pd

    return np.asarray(pd.isna(values))
