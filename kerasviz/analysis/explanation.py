"""The errors of a model as users read them, and fixes that Keras accepts."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kerasviz.analysis import structure
from kerasviz.analysis.computation import Computation, Snapshot
from kerasviz.analysis.mistakes import (
    Drawing,
    Situation,
    apply_fix,
    explain_node,
    graph_fixes,
    model_mistakes,
)
from kerasviz.analysis.order import Node, node_id
from kerasviz.analysis.reading import LayerConfig, is_model
from kerasviz.analysis.symbolic import Bound
from kerasviz.config.parts import part_of
from kerasviz.config.training import training_of
from kerasviz.data.known import KnownData, known_data
from kerasviz.protocol import Fixes, KerasError
from kerasviz.protocol.text import text

MAX_TRIED = 12
"""Fixes that are tried for one mistake."""

MAX_FIXED = 4
"""Mistakes that fixes are searched for at a time: users fix the first ones first."""

Fault = tuple[str, str | None]
"""A kind of mistake, and the layer that it is about."""


def drawing_of(snapshot: Snapshot) -> Drawing:
    """Returns what the rules may use."""
    layers: dict[str, LayerConfig] = {}
    for layer in snapshot.layers:
        layers.setdefault(layer.name, layer)
    outcomes = {node: state.outcome for node, state in snapshot.states.items() if state.outcome is not None}
    return Drawing(snapshot.model, layers, outcomes, snapshot.given, data_of(snapshot))


def data_of(snapshot: Snapshot) -> KnownData | None:
    """Returns what is known of the data that the model trains on."""
    return known_data(part_of(training_of(snapshot.model), "data"))


@dataclass(frozen=True)
class Whole:
    """An error of the model as a whole.

    Attributes:
        error: What is wrong, without a fix.
        fixes: Fixes to try.
        also: Kinds of mistakes of the same layer that are said when this one is fixed.
    """

    error: KerasError
    fixes: Sequence[Any] = ()
    also: Sequence[str] = ()


def whole_errors(snapshot: Snapshot, drawing: Drawing) -> list[Whole]:
    """Returns what is wrong with the model as a whole."""
    if snapshot.errors:
        return [Whole(error) for error in snapshot.errors]
    found = [
        Whole(error, graph_fixes(drawing, error))
        for error in structure.model_errors(snapshot.model, snapshot.layers)
    ]
    for layer, mistake in model_mistakes(drawing):
        error = structure.problem(mistake.code or "training", layer, mistake.message)
        found.append(Whole(error, mistake.fixes, mistake.also))
    return found


class Explainer:
    """Explains one snapshot: the errors at once, and the fixes on request, which takes longer."""

    def __init__(self, snapshot: Snapshot, computation: Computation) -> None:
        self._snapshot = snapshot
        self._computation = computation
        self._drawing = drawing_of(snapshot)
        self._whole = whole_errors(snapshot, self._drawing)
        self._faults = _faults(snapshot, self._whole)

    @property
    def data(self) -> KnownData | None:
        """What is known of the data."""
        return self._drawing.data

    def whole(self) -> list[KerasError]:
        """Returns what is wrong with the model as a whole, without fixes."""
        return [whole.error for whole in self._whole]

    def node(self, node: Node) -> KerasError:
        """Returns the error of a node that has one, without a fix."""
        return self._explained(node)[0]

    def fixes(self, check: Callable[[], None] = lambda: None) -> Fixes:
        """Searches for fixes of the nodes, and returns the errors of the model as a whole with theirs.

        Args:
            check: Called repeatedly during the search; an exception that it raises stops the search.
        """
        tried = 0

        def search(fault: Fault, fixes: Sequence[Any]) -> Any:
            nonlocal tried
            if not fixes or tried >= MAX_FIXED:
                return None
            tried += 1
            return self._fix(fault, fixes, check)

        errors = [
            KerasError(**{**one.error, "fix": search((one.error["code"], one.error["layer"]), one.fixes)})
            for one in self._whole
        ]
        broken = [node for node, state in self._snapshot.states.items() if state.error is not None]
        found = {node: search(("node", node[0]), self._explained(node)[1]) for node in broken}
        return Fixes(nodes={node_id(n): fix for n, fix in found.items() if fix is not None}, errors=errors)

    def _explained(self, node: Node) -> tuple[KerasError, Sequence[Any]]:
        """Returns the error of a node, with fixes to try."""
        state = self._snapshot.states[node]
        error = state.error
        if error is None:
            raise ValueError(text("Expected a node with an error, received: {node}.", node=node_id(node)))
        words = error["detail"] or error["message"]
        layer = self._drawing.layers[node[0]]
        if is_model(layer.data) and error["code"] in ("arguments", "refused"):
            inside = _explained_inside(layer, state.bound)
            if inside is not None:
                return inside
        called = error["code"] == "call"
        situation = Situation(self._drawing, layer, node[1], words, called, state.bound, state.first)
        mistake = explain_node(situation)
        if mistake is None:
            return error, graph_fixes(self._drawing, error)
        if error["code"] == "refused" and mistake.code == "bad_value":
            return error, ()  # our own sentence says it all; another value may need a trial, too
        code = mistake.code or error["code"]
        return KerasError(**{**error, "code": code, "message": mistake.message}), mistake.fixes

    def _fix(
        self, fault: Fault, fixes: Sequence[Any], check: Callable[[], None], *, step: bool = False
    ) -> Any:
        """Returns the first fix after which the whole model has this mistake no more, and no new one.

        Preferred is one after which nothing comes to light that was hidden behind the mistake. Where a layer
        has two mistakes, the first step is a fix after which it can be made and fixed.
        """
        uncovers = first = None
        for fix in fixes[:MAX_TRIED]:
            trial = copy.copy(self._computation)
            trial.check = check
            try:
                model = apply_fix(self._snapshot.model, fix)
            except ValueError:
                continue
            fixed = Explainer(trial.run(model), trial)
            new = fixed._faults - self._faults
            if self._breaks(fixed._snapshot) or not all(self._was_there(each, fault, fixed) for each in new):
                continue
            if fixed._faults[fault] < self._faults[fault]:
                if not new:
                    return fix
                uncovers = uncovers or fix
            elif not step and not first and self._makes(fault, fixed) and fixed._goes_on(fault, check):
                first = fix
        return uncovers or first

    def _goes_on(self, fault: Fault, check: Callable[[], None]) -> bool:
        """Tells whether there is a fix for what is still wrong with a layer."""
        node = next(n for n, s in self._snapshot.states.items() if n[0] == fault[1] and s.error)
        return self._fix(fault, self._explained(node)[1], check, step=True) is not None

    def _makes(self, fault: Fault, fixed: Explainer) -> bool:
        """Tells whether a fix lets a layer be made, though it can't be called yet."""
        return fault[0] == "node" and _made(fixed._snapshot, fault) > _made(self._snapshot, fault)

    def _was_there(self, new: Fault, fault: Fault, fixed: Explainer) -> bool:
        """Tells whether a mistake was there before a fix, behind another one or where nothing was known."""
        layer = new[1]
        if layer != fault[1] and fixed._about(layer) <= self._about(layer):
            return True
        return any(
            node[0] == layer and state.outcome is None and (state.error is None or new[0] != "node")
            for node, state in self._snapshot.states.items()
        )

    def _about(self, layer: str | None) -> int:
        """Returns the number of mistakes of a layer."""
        return sum(count for fault, count in self._faults.items() if fault[1] == layer)

    def _breaks(self, fixed: Snapshot) -> bool:
        """Tells whether a node could be computed before a fix, but not after it."""
        return any(
            state.outcome is not None and node in fixed.states and fixed.states[node].outcome is None
            for node, state in self._snapshot.states.items()
        )


def _explained_inside(layer: LayerConfig, bound: Bound | None) -> tuple[KerasError, Sequence[Any]] | None:
    """Returns what is wrong inside a nested model, with fixes to try, or None if nothing is."""
    computation = Computation()
    snapshot = computation.run(layer.data, bound.inputs[0] if bound and bound.inputs else ())
    inner = Explainer(snapshot, computation)
    broken = [inner._explained(node) for node, state in snapshot.states.items() if state.error is not None]
    for error, fixes in broken or [(whole.error, whole.fixes) for whole in inner._whole]:
        message = text("In the model {model}: {error}", model=repr(layer.name), error=error["message"])
        path = [{**fix, "path": [layer.name, *fix.get("path", [])]} for fix in fixes]
        return KerasError(**{**error, "layer": layer.name, "message": message}), path
    return None


def _made(snapshot: Snapshot, fault: Fault) -> bool:
    """Tells whether the layer of a fault could be made, even if it can't be called."""
    states = [state for node, state in snapshot.states.items() if node[0] == fault[1]]
    return all(state.error is None or state.error["code"] == "call" for state in states)


def _faults(snapshot: Snapshot, whole: Iterable[Whole]) -> Counter[Fault]:
    found: list[Fault] = [("node", node[0]) for node, state in snapshot.states.items() if state.error]
    for each in whole:
        layer = each.error["layer"]
        found += [(each.error["code"], layer), *((code, layer) for code in each.also)]
    return Counter(found)
