"""Models that are laid out from data."""

from __future__ import annotations

from typing import TypedDict

from kerasviz.protocol.text import Sentence


class LaidOut(TypedDict):
    """A document that was made from data, and why it is so."""

    document: str
    """Keras JSON, with the training setup and the plan."""
    reasons: list[Sentence]
    """A sentence for each choice."""
