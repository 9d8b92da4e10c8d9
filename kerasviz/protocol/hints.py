"""Hints: what can't work, hurts, or could be better in a training, with the evidence and perhaps a fix."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from kerasviz.protocol.errors import Fix
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import Sentence

Severity = Literal["error", "warning", "info"]
"""It can't work, it hurts, it could be better."""


class Evidence(TypedDict):
    """What a hint was found by."""

    what: Sentence
    """For people, without the number."""
    value: float
    """The number."""


class Stretch(TypedDict):
    """The part of a curve that a hint was found by."""

    metric: str
    """As the history names it: `loss`, `val_loss`, ..."""
    first: int
    """Its first epoch, counted from 1."""
    last: int


class SampleNumber(TypedDict):
    """A sample that a hint was found by."""

    part: Literal["training", "validation"]
    index: int
    """Its number among the samples of the part."""


class Hint(TypedDict):
    """What is wrong with a training, or could be better."""

    code: str
    """Which rule it is: `inputs-not-scaled`, ..."""
    severity: Severity
    layer: str | None
    """The layer it is about, or null."""
    sentence: Sentence
    """What is wrong, and what to do, for a beginner."""
    evidence: list[Evidence]
    stretch: Stretch | None
    """Where it is seen on a curve, or null."""
    samples: list[SampleNumber]
    """A few of those that show it."""
    consequence: Sentence
    """What comes of it if it stays."""
    fix: Annotated[JSON, Fix] | None
    """A change of drawing or plan that helps, or null."""


class Hints(TypedDict):
    """What there is to say about the last run of a document."""

    run: str | None
    """Its id; null where there is none, or it still trains."""
    hints: list[Hint]
