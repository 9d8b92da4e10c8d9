"""Inputs that are identical for all samples.

A model can only distinguish samples by what differs between them.

Bad: integer pixels are divided by 255 with `//`, which turns almost all of them into 0.

Good: `x.astype("float32") / 255`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.facts.sameness import is_same
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"
TITLE = text("All samples are identical")


def look(situation: Situation) -> Iterator[Hint]:
    """Compares all samples with the first."""
    arrays = [array for array in situation.x if array.dtype.kind in "iufb"]
    if arrays and len(arrays) == len(situation.x) and all(map(is_same, arrays)):
        yield hint(
            __name__,
            SEVERITY,
            text(
                "All samples are identical: no input varies between samples. Check how the data is "
                "loaded and scaled."
            ),
            text("The model cannot distinguish samples, so it predicts the same for all of them."),
            {text("value of the first input"): float(arrays[0].reshape(-1)[0])},
            samples=situation.numbered("training", [0, 1]),
        )
