"""The analysis of a model that is being drawn: only what an edit changed is computed again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import keras

from kerasviz.analysis import structure
from kerasviz.analysis.explain import explain
from kerasviz.analysis.graph import Call, ConfigShapeError, LayerConfig, read_layers
from kerasviz.analysis.isolation import isolated
from kerasviz.analysis.order import Node, topological_order
from kerasviz.analysis.symbolic import Bound, Outcome, Specs, compute, construct
from kerasviz.protocol import KerasError, NodeAnalysis, Totals

CACHE_SIZE = 20_000
"""Calls that are remembered, so that an undone edit costs nothing; about 1 kB each."""

_NO_CALL = Call([], {}, (), "")


class Update(TypedDict):
    """What changed: nodes that are gone are None; `totals` and `errors` are whole."""

    nodes: dict[str, NodeAnalysis | None]
    totals: Totals
    errors: list[KerasError]


@dataclass(frozen=True, eq=False)
class NodeState:
    """The result of a node and the key it holds for; without outcome and error, the node waits."""

    key: Hashable
    outcome: Outcome | None = None
    error: KerasError | None = None


class Analyzer:
    """Follows a config through its edits.

    Layers that are the same dict as before are not even read, and calls whose layer and inputs have equal
    content are not made again, whatever their names.

    Example:
    ```python
    analyzer = Analyzer()
    analyzer.update(config)["nodes"]["dense:0"]["shapes"]   # [[None, 10]]
    analyzer.update(config)["nodes"]                        # {}: nothing changed
    ```
    """

    def __init__(self) -> None:
        self._layers: dict[int, LayerConfig] = {}
        self._links: list[tuple[str, Any]] = []
        self._order: tuple[list[Node], set[Node]] = ([], set())
        self._states: dict[Node, NodeState] = {}
        self._counting: set[Node] = set()
        self._outcomes: OrderedDict[Hashable, Outcome | None] = OrderedDict()
        self._custom: dict[str, Any] = {}

    def update(self, model: Mapping[str, Any]) -> Update:
        """Analyses a config.

        Args:
            model: The Keras JSON of a Functional or Sequential model, finished or not. Layers that did not
                change should be the same dicts as in the call before.

        Returns:
            What changed since the update before.
        """
        return isolated(lambda: self._update(model))

    def _update(self, model: Mapping[str, Any]) -> Update:
        self._notice_registered_classes()
        layers, unreadable = self._read(model)
        by_name: dict[str, LayerConfig] = {}
        for layer in layers:
            by_name.setdefault(layer.name, layer)
        links = [(layer.name, layer.links) for layer in by_name.values()]
        if links != self._links:
            self._links, self._order = links, topological_order(by_name.values())
        order, circle = self._order

        states: dict[Node, NodeState] = {}
        built: dict[str, tuple[Node, Bound]] = {}
        for node in order:
            states[node] = self._state(by_name[node[0]], node, states, built)
        for node in circle:
            states[node] = NodeState(None, error=structure.circle(node[0], circle))
        counting = {node for node, _ in built.values()}
        update = Update(
            nodes=self._changed(states, counting),
            totals=_totals(layers, [states[node].outcome for node in counting]),
            errors=unreadable or structure.model_errors(model, layers),
        )
        self._states, self._counting = states, counting
        return update

    def _notice_registered_classes(self) -> None:
        """Forgets everything when the user registered a class: what a name stands for may have changed."""
        custom = dict(keras.saving.get_custom_objects())
        if custom != self._custom:
            self._custom = custom
            self._states.clear()
            self._outcomes.clear()

    def _read(self, model: Mapping[str, Any]) -> tuple[list[LayerConfig], list[KerasError]]:
        try:
            layers = read_layers(model, self._layers)
        except ConfigShapeError as error:
            return [], [structure.problem("unreadable", None, str(error))]
        # The dicts are kept, so their ids stay theirs.
        self._layers = {id(layer.data): layer for layer in layers}
        return layers, []

    def _state(
        self,
        layer: LayerConfig,
        node: Node,
        states: Mapping[Node, NodeState],
        built: dict[str, tuple[Node, Bound]],
    ) -> NodeState:
        """Returns the state of a node whose sources have theirs, and notes which call builds its layer."""
        call = layer.calls[node[1]] if layer.calls else _NO_CALL
        inputs: list[Specs] = []
        for reference in call.references:
            source = states.get((reference.layer, reference.call))
            outputs = source.outcome.outputs if source and source.outcome else ()
            if reference.tensor is not None:
                outputs = outputs[reference.tensor : reference.tensor + 1] if reference.tensor >= 0 else ()
            if outputs:
                inputs.append(outputs)
            elif (source is None and (reference.layer, reference.call) not in self._order[1]) or (
                source is not None and source.outcome is not None
            ):
                return NodeState(None, error=structure.dangling(layer.name, reference))
        ready = len(inputs) == len(call.references) and (bool(inputs) or structure.is_input(layer))
        bound = Bound(call, tuple(inputs)) if ready else None
        first = built[layer.name][1] if bound is not None and layer.name in built else None
        key = (layer.key, _bound_key(bound), _bound_key(first))
        state = self._states.get(node)
        if state is None or state.key != key:
            state = self._ask(layer, key, bound, first)
        if bound is not None and state.outcome is not None:
            built.setdefault(layer.name, (node, bound))
        return state

    def _ask(self, layer: LayerConfig, key: Hashable, bound: Bound | None, first: Bound | None) -> NodeState:
        """Asks Keras, or remembers what it said. Errors name their layer, so no other can have them."""
        if key in self._outcomes:
            self._outcomes.move_to_end(key)
            return NodeState(key, self._outcomes[key])
        code = "arguments"
        try:
            operation = construct(layer.data)
            self._remember((layer.key, None, None), None)
            if bound is None:
                return NodeState(key)
            code = "call"
            outcome = compute(operation, bound, first)
        except Exception as error:
            return NodeState(key, error=explain(error, layer.name, code=code))
        self._remember(key, outcome)
        return NodeState(key, outcome)

    def _remember(self, key: Hashable, outcome: Outcome | None) -> None:
        self._outcomes[key] = outcome
        if len(self._outcomes) > CACHE_SIZE:
            self._outcomes.popitem(last=False)

    def _changed(
        self, states: Mapping[Node, NodeState], counting: set[Node]
    ) -> dict[str, NodeAnalysis | None]:
        changed: dict[str, NodeAnalysis | None] = {}
        for node, state in states.items():
            counts = node in counting
            if self._states.get(node) is not state or counts != (node in self._counting):
                changed[_node_id(node)] = _analysis(state, counts)
        for node in self._states.keys() - states.keys():
            changed[_node_id(node)] = None
        return changed


def _node_id(node: Node) -> str:
    return f"{node[0]}:{node[1]}"


def _bound_key(bound: Bound | None) -> Hashable:
    return None if bound is None else (bound.call.key, bound.inputs)


def _analysis(state: NodeState, counts: bool) -> NodeAnalysis:
    outcome = state.outcome
    return NodeAnalysis(
        shapes=[list(spec.shape) for spec in outcome.outputs] if outcome else [],
        dtypes=[spec.dtype for spec in outcome.outputs] if outcome else [],
        params=outcome.params if outcome and counts else 0,
        trainable=outcome.trainable if outcome and counts else 0,
        error=state.error,
        waiting=outcome is None and state.error is None,
    )


def _totals(layers: Sequence[LayerConfig], outcomes: Sequence[Outcome | None]) -> Totals:
    known = [outcome for outcome in outcomes if outcome is not None]
    return Totals(
        layers=len(layers),
        params=sum(outcome.params for outcome in known),
        trainable=sum(outcome.trainable for outcome in known),
        bytes=sum(outcome.bytes for outcome in known),
    )
