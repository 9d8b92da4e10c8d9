"""Common mistakes in networks, explained, with fixes that Keras accepts.

Each rule is a function for one kind of mistake. It uses what Keras said and what is known about the tensors,
never its own rules about shapes. Keras also decides whether a fix helps.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kerasviz.analysis.mistakes import (
    badvalues,
    compiling,
    datafit,
    flow,
    inside,
    keptstates,
    layernames,
    merging,
    raggedrows,
    values,
)
from kerasviz.analysis.mistakes import misfits as shapes
from kerasviz.analysis.mistakes import targets as training
from kerasviz.analysis.mistakes import wiring as graph
from kerasviz.analysis.mistakes.edits import apply_fix
from kerasviz.analysis.mistakes.situation import Drawing, Fix, Mistake, Situation
from kerasviz.backend.trying import tried
from kerasviz.protocol import KerasError

__all__ = ["Drawing", "Mistake", "Situation", "apply_fix", "explain_node", "graph_fixes", "model_mistakes"]

NODE_RULES = (
    *values.RULES,
    *merging.RULES,
    *inside.RULES,
    *shapes.RULES,
    raggedrows.no_ragged_rows,
    badvalues.bad_value,
    merging.unlike,
)
INNER_RULES = (*values.RULES, badvalues.bad_value)


def explain_node(situation: Situation) -> Mistake | None:
    """Returns the result of the first rule that recognizes the mistake, or None."""
    for rule in NODE_RULES:
        mistake = rule(situation)
        if mistake is not None:
            within = inside.explain_inside(situation, INNER_RULES)
            return mistake if within is None else replace(mistake, fixes=[*mistake.fixes, *within.fixes])
    return inside.explain_inside(situation, INNER_RULES)


def graph_fixes(drawing: Drawing, error: KerasError) -> list[Fix]:
    """Returns fixes to try for an error of the graph."""
    find = graph.FIXES.get(error["code"])
    return [] if find is None else list(find(drawing, error))


def model_mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields mistakes that Keras does not report, with the layer of each."""
    for module in (layernames, keptstates, flow, datafit, training, compiling):
        yield from tried(module.mistakes(drawing))
