"""What Keras says of every call of a model, of which only what changed is asked again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import keras

from kerasviz.analysis import structure
from kerasviz.analysis.explain import explain
from kerasviz.analysis.graph import Call, ConfigShapeError, LayerConfig, read_layers
from kerasviz.analysis.order import Node, topological_order
from kerasviz.analysis.symbolic import Bound, Outcome, Specs, compute, construct
from kerasviz.protocol import KerasError

CACHE_SIZE = 20_000
"""Calls that are remembered, so that an undone edit costs nothing; about 1 kB each."""

_NO_CALL = Call([], {}, (), "")


@dataclass(frozen=True, eq=False)
class NodeState:
    """The result of a node; without outcome and error, the node waits.

    Attributes:
        key: What the result depends on.
        outcome: What Keras said, where it could be called.
        error: Why it could not.
        bound: The call with its inputs, where they are known.
        first: The call that built the weights of the layer, where it was another.
    """

    key: Hashable
    outcome: Outcome | None = None
    error: KerasError | None = None
    bound: Bound | None = None
    first: Bound | None = None


@dataclass(frozen=True, eq=False)
class Snapshot:
    """All of a model at one moment.

    Attributes:
        model: The config.
        layers: Its layers, in its order.
        states: The result of each node, in the order in which they are computed.
        builders: For each layer the node that makes its weights.
        errors: Why the config could not be read at all.
    """

    model: Mapping[str, Any]
    layers: list[LayerConfig]
    states: dict[Node, NodeState]
    builders: dict[str, Node]
    errors: list[KerasError]


@dataclass
class Computation:
    """Follows a config through its edits; a copy goes its own way, with all that is known so far."""

    _layers: dict[int, LayerConfig] = field(default_factory=dict)
    _links: list[tuple[str, Any]] = field(default_factory=list)
    _order: tuple[list[Node], list[Node]] = field(default_factory=lambda: ([], []))
    _states: dict[Node, NodeState] = field(default_factory=dict)
    _seen: dict[Node, Any] = field(default_factory=dict)
    _outcomes: OrderedDict[Hashable, Outcome | None] = field(default_factory=OrderedDict)
    _custom: dict[str, Any] = field(default_factory=dict)

    def run(self, model: Mapping[str, Any]) -> Snapshot:
        """Computes a config. Call it `isolated`."""
        self._notice_registered_classes()
        try:
            layers = read_layers(model, self._layers)
        except ConfigShapeError as error:
            self._states = {}
            return Snapshot(model, [], {}, {}, [structure.problem("unreadable", None, str(error))])
        # The dicts are kept, so their ids stay theirs.
        self._layers = {id(layer.data): layer for layer in layers}
        by_name = {layer.name: layer for layer in reversed(layers)}
        links = [(layer.name, layer.links) for layer in layers]
        if links != self._links:
            self._links, self._order = links, topological_order(by_name[name] for name, _ in links)
        order, circle = self._order
        self._seen = {node: self._seen[node] for node in order if node in self._seen}
        states: dict[Node, NodeState] = {}
        built: dict[str, tuple[Node, Bound]] = {}
        for node in order:
            states[node] = self._state(by_name[node[0]], node, states, built)
        for node in circle:
            states[node] = NodeState("circle", error=structure.circle(node[0], circle))
        self._states = states
        return Snapshot(model, layers, states, {name: node for name, (node, _) in built.items()}, [])

    def _notice_registered_classes(self) -> None:
        """Forgets everything when the user registered a class: what a name stands for may have changed."""
        custom = dict(keras.saving.get_custom_objects())
        if custom != self._custom:
            self._custom = custom
            self._states = {}
            self._outcomes.clear()

    def _state(
        self,
        layer: LayerConfig,
        node: Node,
        states: Mapping[Node, NodeState],
        built: dict[str, tuple[Node, Bound]],
    ) -> NodeState:
        """Returns the state of a node whose sources have theirs, and notes which call builds its layer."""
        call = layer.calls[node[1]] if layer.calls else _NO_CALL
        sources = [states.get((reference.layer, reference.call)) for reference in call.references]
        builder = built.get(layer.name)
        first = builder[1] if builder is not None else None
        seen = (layer, sources, first)
        state = self._states.get(node)
        if state is None or self._seen.get(node) != seen:
            state = self._fresh_state(layer, node, sources, first)
        self._seen[node] = seen
        if builder is None and state.bound is not None and state.outcome is not None:
            built[layer.name] = (node, state.bound)
        return state

    def _fresh_state(
        self, layer: LayerConfig, node: Node, sources: Sequence[NodeState | None], first: Bound | None
    ) -> NodeState:
        """Returns the state of a node around which something changed, maybe nothing that matters to it."""
        call = layer.calls[node[1]] if layer.calls else _NO_CALL
        inputs: list[Specs] = []
        for reference, source in zip(call.references, sources, strict=True):
            outputs = source.outcome.outputs if source and source.outcome else ()
            if reference.tensor is not None:
                outputs = outputs[reference.tensor : reference.tensor + 1] if reference.tensor >= 0 else ()
            if outputs:
                inputs.append(outputs)
            elif source.outcome if source else (reference.layer, reference.call) not in self._order[1]:
                return NodeState("dangling", error=structure.dangling(layer.name, reference))
        ready = len(inputs) == len(call.references) and (bool(inputs) or structure.is_input(layer))
        bound = Bound(call, tuple(inputs)) if ready else None
        first = first if bound is not None else None
        key = (layer.key, _bound_key(bound), _bound_key(first))
        state = self._states.get(node)
        return state if state is not None and state.key == key else self._ask(layer, key, bound, first)

    def _ask(self, layer: LayerConfig, key: Hashable, bound: Bound | None, first: Bound | None) -> NodeState:
        """Asks Keras, or remembers what it said. Errors name their layer, so no other can have them."""
        if key in self._outcomes:
            self._outcomes.move_to_end(key)
            return NodeState(key, self._outcomes[key], bound=bound, first=first)
        code = "arguments"
        try:
            operation = construct(layer.data)
            self._remember((layer.key, None, None), None)
            if bound is None:
                return NodeState(key)
            code = "call"
            outcome = compute(operation, bound, first)
        except Exception as error:
            return NodeState(key, error=explain(error, layer.name, code=code), bound=bound, first=first)
        self._remember(key, outcome)
        return NodeState(key, outcome, bound=bound, first=first)

    def _remember(self, key: Hashable, outcome: Outcome | None) -> None:
        self._outcomes[key] = outcome
        if len(self._outcomes) > CACHE_SIZE:
            self._outcomes.popitem(last=False)


def _bound_key(bound: Bound | None) -> Hashable:
    return None if bound is None else (bound.call.key, bound.inputs)
