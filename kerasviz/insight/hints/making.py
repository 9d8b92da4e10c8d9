"""Makes hints: what all rules do alike."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Sequence

from kerasviz.protocol.hints import Evidence, Hint, SampleNumber, Severity, Stretch
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import Text

MOST_SAMPLES = 6
"""Samples that a hint tells."""


def hint(
    module: str,
    severity: Severity,
    sentence: Text,
    consequence: Text,
    evidence: dict[Text, float],
    *,
    layer: str | None = None,
    stretch: tuple[str, int, int] | None = None,
    samples: Sequence[SampleNumber] = (),
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
        stretch: Where it is seen on a curve: the metric, and the first and the last epoch, counted from 1.
        samples: Some that show it; the first few are told.
        fix: Its title and its edits, as `analysis/mistakes/edits.py` has them.
    """
    return Hint(
        code=code_of(module),
        of="drawing",
        title=sys.modules[module].TITLE,
        severity=severity,
        layer=layer,
        sentence=sentence,
        evidence=[Evidence(what=what, value=float(value)) for what, value in evidence.items()],
        stretch=None if stretch is None else Stretch(metric=stretch[0], first=stretch[1], last=stretch[2]),
        samples=list(samples[:MOST_SAMPLES]),
        consequence=consequence,
        doc=doc_of(sys.modules[module].__doc__),
        fix=None if fix is None else {"title": fix[0], "edits": fix[1]},
    )


def code_of(module: str) -> str:
    """The code of a rule's module."""
    return module.rpartition(".")[2].replace("_", "-")


def doc_of(docstring: str | None) -> str:
    """The docstring of a rule's module as Markdown."""
    return re.sub(r"^(Bad|Good): ", r"**\1:** ", inspect.cleandoc(docstring or ""), flags=re.MULTILINE)
