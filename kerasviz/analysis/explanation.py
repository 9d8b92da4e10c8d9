"""The errors of a model in words for people, each with a mend that Keras is content with."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any

from kerasviz.analysis import structure
from kerasviz.analysis.computation import Computation, Snapshot
from kerasviz.analysis.graph import LayerConfig
from kerasviz.analysis.mistakes import (
    Drawing,
    Situation,
    apply_fix,
    explain_node,
    graph_fixes,
    model_mistakes,
)
from kerasviz.analysis.order import Node
from kerasviz.protocol import KerasError

MAX_TRIED = 8
"""Mends that are tried for a mistake."""

MAX_MENDED = 4
"""Mistakes that mends are looked for at a time: the first ones are mended first anyhow."""

Fault = tuple[str, str | None]


def drawing_of(snapshot: Snapshot) -> Drawing:
    """Returns what rules may look at."""
    layers: dict[str, LayerConfig] = {}
    for layer in snapshot.layers:
        layers.setdefault(layer.name, layer)
    outcomes = {node: state.outcome for node, state in snapshot.states.items() if state.outcome is not None}
    return Drawing(snapshot.model, layers, outcomes)


def whole_errors(snapshot: Snapshot, drawing: Drawing) -> list[tuple[KerasError, Sequence[Any]]]:
    """Returns what is wrong with the model as a whole, with mends to try."""
    if snapshot.errors:
        return [(error, ()) for error in snapshot.errors]
    found: list[tuple[KerasError, Sequence[Any]]] = [
        (error, graph_fixes(drawing, error))
        for error in structure.model_errors(snapshot.model, snapshot.layers)
    ]
    for layer, mistake in model_mistakes(drawing):
        found.append((structure.problem(mistake.code or "training", layer, mistake.message), mistake.fixes))
    return found


class Explainer:
    """Explains one snapshot."""

    def __init__(self, snapshot: Snapshot, computation: Computation) -> None:
        self._snapshot = snapshot
        self._computation = computation
        self._drawing = drawing_of(snapshot)
        self._whole = whole_errors(snapshot, self._drawing)
        self._faults = _faults(snapshot, (error for error, _ in self._whole))
        self._mended = 0

    def whole(self) -> list[KerasError]:
        """Returns what is wrong with the model as a whole."""
        return [
            KerasError(**{**error, "fix": self._mend((error["code"], error["layer"]), fixes)})
            for error, fixes in self._whole
        ]

    def node(self, node: Node) -> KerasError:
        """Returns the error of a node that has one."""
        state = self._snapshot.states[node]
        error = state.error
        if error is None:
            raise ValueError(f"Expected a node with an error, received: {node}")
        words = error["detail"] or error["message"]
        layer = self._drawing.layers[node[0]]
        situation = Situation(self._drawing, layer, node[1], words, state.bound, state.first)
        mistake = explain_node(situation)
        fixes = mistake.fixes if mistake else graph_fixes(self._drawing, error)
        return KerasError(
            code=(mistake and mistake.code) or error["code"],
            layer=error["layer"],
            message=mistake.message if mistake else error["message"],
            detail=error["detail"],
            fix=self._mend(("node", node[0]), fixes),
        )

    def _mend(self, fault: Fault, fixes: Sequence[Any]) -> Any:
        """Returns the first mend after which the fault is gone, best one that brings up no other."""
        if not fixes or self._mended >= MAX_MENDED:
            return None
        self._mended += 1
        good = None
        for fix in fixes[:MAX_TRIED]:
            try:
                model = apply_fix(self._snapshot.model, fix)
            except ValueError:
                continue
            snapshot = copy.copy(self._computation).run(model)
            whole = whole_errors(snapshot, drawing_of(snapshot))
            faults = _faults(snapshot, (error for error, _ in whole))
            if fault not in faults:
                if faults <= self._faults:
                    return fix
                good = good or fix
        return good


def _faults(snapshot: Snapshot, whole: Iterable[KerasError]) -> set[Fault]:
    nodes = {("node", node[0]) for node, state in snapshot.states.items() if state.error is not None}
    return nodes | {(error["code"], error["layer"]) for error in whole}
