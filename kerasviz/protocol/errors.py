"""What can go wrong, and how it is fixed."""

from __future__ import annotations

from typing import Annotated, NotRequired, TypedDict

from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import Sentence


class Fix(TypedDict):
    """A fix: its title for the button; the rest is for the kernel's `apply_fix` alone."""

    title: Sentence
    edits: list[JSON]
    path: NotRequired[list[str]]
    """The layers that lead to the model inside which it is about."""


class KerasError(TypedDict):
    """What went wrong, where, and Keras' own words."""

    code: str
    """Machine-readable kind: `missing_argument`, `shape`, `unknown_base`, `no_data`, ..."""
    layer: str | None
    """The layer it is about, or null when it is about the whole model."""
    message: Sentence
    """A sentence that a beginner understands, with the way out."""
    detail: str | None
    """Keras' own message, or null."""
    fix: Annotated[JSON, Fix] | None
    """A fix that is certain enough to offer, or null. Those of an analysis come after it, as `fixes`."""


class RequestError(Exception):
    """Ends a request with an error for people.

    Args:
        code: Machine-readable kind, e.g. `no_data`.
        message: A sentence that a beginner understands, with the way out.
        layer: Name of the layer it is about.
        detail: Keras' own message.
        fix: As `Fix` has it.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        layer: str | None = None,
        detail: str | None = None,
        fix: JSON | None = None,
    ) -> None:
        super().__init__(message)
        self.error = KerasError(code=code, layer=layer, message=message, detail=detail, fix=fix)
