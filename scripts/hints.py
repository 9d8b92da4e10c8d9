"""Writes `docs/hints.md` from the docstrings of the rules; `--check` compares."""

from __future__ import annotations

import sys
from pathlib import Path

from kerasviz.insight.hints.allrules import RULES
from kerasviz.insight.hints.making import code_of, doc_of

PAGE = Path(__file__).parent.parent / "docs" / "hints.md"
HEAD = """# Hints

What kerasviz says about a model, its training settings and its data before training, and about the curves
during and after training: on the *Hints* tab below the canvas, at the layer, on the curve, in `run.hints`
of `kerasviz.run`, and in the last lines of `kerasviz train`. An *error* cannot work, a *warning* hurts, an
*info* is a suggestion. Each hint has its evidence, and some have a fix for the model or its training
settings. Before training, only data that was already read, or that is an array in memory, is checked.

In Python, pass `hint["fix"]` to `kerasviz.apply_fix(document, hint["fix"])`. Codes in the list
`kerasviz.hints.silenced` of a document are not shown there.

This page is written by `python scripts/hints.py` from the rules in `kerasviz/insight/hints/rules/`. They were
developed on one half of the trainings in `benchmarks/hints/`, and measured on the other
([benchmarks](benchmarks.md#hints)): `make bench-hints` trains these, and prints how often hints are right.
"""


def page() -> str:
    """The text of the page."""
    parts = [HEAD]
    for rule in sorted(RULES, key=lambda rule: rule.__name__):
        head = f"## `{code_of(rule.__name__)}`"
        parts.append(
            f"{head}\n\n{doc_of(rule.__doc__)}\n\nShown as *{rule.TITLE}*. Severity: {rule.SEVERITY}.\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    if "--check" not in sys.argv:
        PAGE.write_text(page())
    elif PAGE.read_text() != page():
        sys.exit("docs/hints.md differs from the rules: run python scripts/hints.py")
