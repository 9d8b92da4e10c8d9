"""Inputs that are missing (NaN) or infinite.

Every number computed from a NaN is NaN. One such input in a batch makes the loss NaN, and after the next step
all weights are NaN, too; the model cannot recover.

Bad: a table with empty cells is read with pandas, and `table.values` goes to `fit`.

Good: each missing number is replaced with the median of its column (the preparation step *Fill*), or its row
is removed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.facts.finite import unfinished
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"
TITLE = text("Missing or infinite inputs")


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a sample with a value that is no finite number."""
    for array in situation.x:
        bad = unfinished(array)
        count = int(bad.sum())
        if count:
            yield hint(
                __name__,
                SEVERITY,
                text(
                    "{percent} % of the samples have missing (NaN) or infinite values. Replace these "
                    "values, or remove the samples.",
                    percent=f"{100 * count / len(array):.3g}",
                ),
                text("The loss becomes NaN, and then all weights do."),
                {text("affected samples"): count},
                samples=situation.numbered("training", bad),
            )
