"""Makes hints: what all rules do alike."""

from __future__ import annotations

from kerasviz.protocol.hints import Evidence, Hint, Severity
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import Text


def hint(
    module: str,
    severity: Severity,
    sentence: Text,
    consequence: Text,
    evidence: dict[Text, float],
    *,
    layer: str | None = None,
    fix: tuple[Text, list[JSON]] | None = None,
) -> Hint:
    """Makes a hint.

    Args:
        module: The name of the rule's module, which tells the code.
        severity: How grave it is.
        sentence: What is wrong, and what to do.
        consequence: What comes of it if it stays.
        evidence: Numbers by what they are.
        layer: The layer that it is about.
        fix: Its title and its edits, as `analysis/mistakes/edits.py` has them.
    """
    return Hint(
        code=code_of(module),
        severity=severity,
        layer=layer,
        sentence=sentence,
        evidence=[Evidence(what=what, value=float(value)) for what, value in evidence.items()],
        consequence=consequence,
        fix=None if fix is None else {"title": fix[0], "edits": fix[1]},
    )


def code_of(module: str) -> str:
    """The code of a rule's module."""
    return module.rpartition(".")[2].replace("_", "-")
