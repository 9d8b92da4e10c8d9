"""Data that a run would be refused for: its shapes, its dtype or its labels are not what the model takes.

A model takes samples of the shape of its inputs, and a loss compares targets of a certain kind with its
outputs. What does not go together ends a training before its first batch.

Bad: pictures of 28 x 28 for an Input of 32 x 32; ten classes for an output of five values; a column of words.

Good: an Input of the shape of the samples, and an output with a value for each class.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"
TITLE = text("Data does not fit the model")


def look(situation: Situation) -> Iterator[Hint]:
    """Says what a run says that is refused."""
    refused = situation.refused
    if refused is not None:
        made = hint(
            __name__,
            SEVERITY,
            text("{sentence}", sentence=refused["message"]),
            text("Training is refused before its first batch."),
            {},
            layer=refused["layer"],
        )
        yield {**made, "fix": refused["fix"]}
