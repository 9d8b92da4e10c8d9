"""Samples that are sorted by class and not shuffled.

Each batch then contains a single class. The model learns to always predict it, forgets the class before, and
ends up predicting the last one.

Bad: rows sorted by class, and `shuffle=False`.

Good: `shuffle=True`, the default of `fit`, or samples that were shuffled before.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.facts.sortedness import come_alike
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Samples not shuffled")


def look(situation: Situation) -> Iterator[Hint]:
    """Counts how often a sample follows one of its class, where nothing shuffles them."""
    classes = situation.classes
    if classes is None or situation.fit.get("shuffle") is not False or len(classes) < 50:
        return
    alike = come_alike(classes)
    if alike is None:
        return
    yield hint(
        __name__,
        SEVERITY,
        text("The samples are sorted by class and not shuffled. Turn shuffle on."),
        text("Each batch contains a single class, so the model forgets the others."),
        {text("fraction of samples preceded by one of the same class"): alike},
        fix=(text("Shuffle the samples"), [{"edit": "fit", "arguments": {"shuffle": True}}]),
    )
