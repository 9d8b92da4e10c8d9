"""Targets that are missing (NaN) or infinite.

The loss of a sample without a target is NaN, and after the next step all weights are NaN, too.

Bad: the target column has empty cells.

Good: rows whose target is missing are removed.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.facts.finite import unfinished
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"
TITLE = text("Missing or infinite targets")


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a target that is no finite number."""
    y = situation.y
    if y is None:
        return
    bad = unfinished(y)
    if bad.any():
        yield hint(
            __name__,
            SEVERITY,
            text(
                "{percent} % of the samples have a missing (NaN) or infinite target. Remove these samples.",
                percent=f"{100 * float(bad.mean()):.3g}",
            ),
            text("The loss becomes NaN, and then all weights do."),
            {text("samples without a valid target"): int(bad.sum())},
            samples=situation.numbered("training", bad),
        )
