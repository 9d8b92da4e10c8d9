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
    of: Literal["drawing", "run"]
    """What it was found in: drawing, plan and data as they stand, or the curves of the run."""
    title: Sentence
    """What it is about, in a few words."""
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
    doc: str
    """Why it is bad, with a bad and a good example: Markdown, in English."""
    fix: Annotated[JSON, Fix] | None
    """A change of drawing or plan that helps, or null."""


class HintsPayload(TypedDict):
    """Asks about a document as it stands, and about its last run."""

    document: str
    """Keras JSON."""
    read: bool
    """Whether its data may be read; else only what was read before, or is in memory, is looked at."""


class Hints(TypedDict):
    """What there is to say about a document and its last run, whether it is silenced or not."""

    hints: list[Hint]
    """The gravest first."""
    run: str | None
    """The run whose curves were looked at, by its id; null where there is none in this kernel."""
    changed: bool
    """Whether the drawing or the plan is another one than that of the run."""
    looked: bool
    """Whether samples of the data were looked at."""
    done: list[str]
    """Codes of hints about the run whose fix the document has."""
