"""The analysis of a model while it is edited: what changed since the last edit, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kerasviz.analysis.computation import Computation, NodeState, Snapshot
from kerasviz.analysis.explanation import Explainer, data_of
from kerasviz.analysis.order import Node, node_id
from kerasviz.backend.isolation import isolated
from kerasviz.backend.trying import NotTried, before_trying
from kerasviz.protocol import Fixes, KerasError, NodeAnalysis, Totals, Update


class Analyzer:
    """Follows a config through its edits.

    Layers that are the same dict as before are not read again, and calls whose layer and inputs are equal are
    not computed again, even if their names differ.

    Example:
    ```python
    analyzer = Analyzer()
    analyzer.update(config)["nodes"]["dense:0"]["shapes"]   # [[None, 10]]
    analyzer.update(config)["nodes"]                        # {}: nothing changed
    ```
    """

    def __init__(self) -> None:
        self._computation = Computation()
        self._snapshot: Snapshot | None = None
        self._nodes: dict[Node, NodeAnalysis] = {}
        self._explainer: Explainer | None = None
        self._errors: list[KerasError] = []
        self._judging = False

    @property
    def snapshot(self) -> Snapshot | None:
        """What was computed in the last update."""
        return self._snapshot

    def update(self, model: Mapping[str, Any], trusted: bool = False) -> Update:
        """Analyzes a config.

        Args:
            model: The Keras JSON of a Functional or Sequential model, finished or not. Layers that did not
                change should be the same dicts as in the previous call.
            trusted: Whether what changed since the previous call is an edit of the user's. Else layers that
                may take much memory or time are tried in another process first.

        Returns:
            What changed since the previous update.
        """
        self._computation.trusted = trusted
        return isolated(lambda: self._update(model))

    def fixes(self, check: Callable[[], None] = lambda: None) -> Fixes:
        """Searches for fixes of the errors of the last update, and for what that left to be judged.

        Args:
            check: Called repeatedly during the search; an exception that it raises stops the search.
        """
        return isolated(lambda: self._fixes(check))

    def _fixes(self, check: Callable[[], None]) -> Fixes:
        if self._explainer is None or self._snapshot is None:
            return Fixes(nodes={}, errors=[])
        with before_trying(check):
            if self._judging:
                explainer = Explainer(self._snapshot, self._computation)
                check()  # else something was not tried
                self._explainer, self._errors, self._judging = explainer, explainer.whole(), False
            fixes = self._explainer.fixes(check)
            check()
            return fixes

    def _leave(self) -> None:
        """Leaves to `fixes` what has to be tried: shapes do not wait for it."""
        self._judging = True
        raise NotTried

    def _update(self, model: Mapping[str, Any]) -> Update:
        with before_trying(self._leave):
            return self._followed(model)

    def _followed(self, model: Mapping[str, Any]) -> Update:
        old, new = self._snapshot, self._computation.run(model)
        known = self._explainer
        same = old is not None and known is not None and _same(old, new) and known.data == data_of(new)
        explainer = None
        if not same:
            self._judging = False
            explainer = Explainer(new, self._computation)
            self._explainer, self._errors = explainer, explainer.whole()
        changed: dict[str, NodeAnalysis | None] = {}
        for node, state in new.states.items():
            before = self._nodes.get(node)
            counts = new.builders.get(node[0]) == node
            if before is not None and old is not None and _unchanged(old, node, state, counts):
                if state.error is None or explainer is None:
                    continue
            error = explainer.node(node) if explainer is not None and state.error is not None else None
            analysis = _analysis(state, error, counts)
            if analysis != before:
                self._nodes[node] = changed[node_id(node)] = analysis
        for node in self._nodes.keys() - new.states.keys():
            del self._nodes[node]
            changed[node_id(node)] = None
        self._snapshot = new
        return Update(nodes=changed, totals=_totals(new), errors=self._errors, judging=self._judging)


def _same(old: Snapshot, new: Snapshot) -> bool:
    """Tells whether nothing changed that affects an explanation."""
    return (
        len(old.layers) == len(new.layers)
        and all(a is b for a, b in zip(old.layers, new.layers, strict=True))
        and all(
            old.model.get(key) == new.model.get(key) for key in ("class_name", "compile_config", "kerasviz")
        )
        and _inputs_and_outputs(old) == _inputs_and_outputs(new)
        and all(state is old.states.get(node) for node, state in new.states.items())
    )


def _inputs_and_outputs(snapshot: Snapshot) -> Any:
    config = snapshot.model.get("config")
    keys = ("input_layers", "output_layers")
    return [config.get(key) for key in keys] if isinstance(config, dict) else None


def _unchanged(old: Snapshot, node: Node, state: NodeState, counts: bool) -> bool:
    return old.states.get(node) is state and counts == (old.builders.get(node[0]) == node)


def _analysis(state: NodeState, error: KerasError | None, counts: bool) -> NodeAnalysis:
    outcome = state.outcome
    return NodeAnalysis(
        shapes=[list(spec.shape) for spec in outcome.outputs] if outcome else [],
        dtypes=[spec.dtype for spec in outcome.outputs] if outcome else [],
        params=outcome.params if outcome and counts else 0,
        trainable=outcome.trainable if outcome and counts else 0,
        macs=outcome.macs if outcome else None,
        error=error,
        waiting=outcome is None and state.error is None,
    )


def _totals(snapshot: Snapshot) -> Totals:
    built = [
        state.outcome for node, state in snapshot.states.items() if snapshot.builders.get(node[0]) == node
    ]
    known = [outcome for outcome in built if outcome is not None]
    return Totals(
        layers=len(snapshot.layers),
        params=sum(outcome.params for outcome in known),
        trainable=sum(outcome.trainable for outcome in known),
        bytes=sum(outcome.bytes for outcome in known),
    )
