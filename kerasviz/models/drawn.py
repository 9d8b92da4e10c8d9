"""A model, and the document that it was made of."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from kerasviz.models.unsaid import unsaid
from kerasviz.protocol import JSON


@dataclass(frozen=True)
class Drawn:
    """A model of a document.

    Attributes:
        model: The model, compiled.
        document: What it was made of.
        fresh: The layers whose weights are new and untrained.
        notes: Sentences for the user: where its weights come from.
        architecture: What tells this model from another one, when it was made.
        optimizer: What it was compiled with; a cell may compile it with another one.
    """

    model: Any
    document: JSON
    fresh: frozenset[str]
    notes: list[str]
    architecture: JSON
    optimizer: Any


def made(model: Any, document: JSON, fresh: frozenset[str], notes: list[str]) -> Drawn:
    """A model as it was made of a document."""
    return Drawn(model, document, fresh, notes, architecture(document), getattr(model, "optimizer", None))


def architecture(document: JSON) -> JSON:
    """What tells the model of a document from another one."""
    keys = ("module", "class_name", "config", "registered_name")
    parts = copy.deepcopy({key: document.get(key) for key in keys})
    return {**parts, "settings": unsaid(parts)}
