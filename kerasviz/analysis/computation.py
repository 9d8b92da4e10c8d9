"""What Keras says about every call of a model; only calls that changed are computed again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kerasviz.analysis import structure
from kerasviz.analysis.explain import explain
from kerasviz.analysis.order import Node, topological_order
from kerasviz.analysis.outcomes import OUTCOMES
from kerasviz.analysis.reading import (
    GIVEN,
    Call,
    ConfigShapeError,
    LayerConfig,
    is_input,
    is_model,
    read_layers,
)
from kerasviz.analysis.symbolic import (
    Bound,
    Outcome,
    Specs,
    built_for,
    check_spread,
    check_states,
    compute,
    construct,
    try_call,
)
from kerasviz.config import ModelFileError, check_layer
from kerasviz.config.budget import OutOfTime, budget, within
from kerasviz.config.cost import remember_built
from kerasviz.config.trial import try_first
from kerasviz.protocol import KerasError

_NO_CALL = Call([], {}, (), "")


@dataclass(frozen=True, eq=False)
class NodeState:
    """The result of a node; a node without outcome and error is waiting.

    Attributes:
        key: What the result depends on.
        outcome: What Keras said, if it could be called.
        error: Why it could not be called.
        bound: The call with its inputs, if they are known.
        first: The call that built the weights of the layer, if it was another call.
    """

    key: Hashable
    outcome: Outcome | None = None
    error: KerasError | None = None
    bound: Bound | None = None
    first: Bound | None = None


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A model at one moment.

    Attributes:
        model: The config.
        layers: Its layers, in its order.
        states: The result of each node, in the order in which they are computed.
        builders: The node of each layer that makes its weights.
        given: The input of its first layer, if that is not an Input.
        errors: Why the config could not be read at all.
    """

    model: Mapping[str, Any]
    layers: list[LayerConfig]
    states: dict[Node, NodeState]
    builders: dict[str, Node]
    given: Specs
    errors: list[KerasError]


@dataclass
class Computation:
    """Follows a config through its edits; a copy is independent, but knows all results so far.

    Attributes:
        check: Called before each node; an exception that it raises stops the computation.
        trusted: Whether what is new is an edit of the user's, which needs no trial.
    """

    trusted: bool = False
    check: Callable[[], None] = lambda: None
    _layers: dict[int, LayerConfig] = field(default_factory=dict)
    _links: list[tuple[str, Any]] = field(default_factory=list)
    _order: tuple[list[Node], list[Node]] = field(default_factory=lambda: ([], []))
    _states: dict[Node, NodeState] = field(default_factory=dict)
    _seen: dict[Node, Any] = field(default_factory=dict)
    _given: Specs = ()
    _generation: int = 0

    def run(self, model: Mapping[str, Any], given: Specs = ()) -> Snapshot:
        """Computes a config. Call it `isolated`.

        Args:
            model: The config.
            given: The input of a Sequential without an Input; if empty, the input that it was built for.
        """
        generation = OUTCOMES.generation()
        if generation != self._generation:
            self._generation, self._states = generation, {}
        given = given or built_for(model)
        try:
            layers = read_layers(model, self._layers, is_fed=bool(given))
        except ConfigShapeError as error:
            self._states = {}
            unreadable = structure.problem("unreadable", None, error.args[0])
            return Snapshot(model, [], {}, {}, given, [unreadable])
        # The dicts are kept, so their ids are not reused.
        self._layers = {id(layer.data): layer for layer in layers}
        by_name = {layer.name: layer for layer in reversed(layers)}
        links = [(layer.name, layer.links) for layer in layers]
        if links != self._links:
            self._links, self._order = links, topological_order(by_name[name] for name, _ in links)
        order, cycle = self._order
        self._seen = {node: self._seen[node] for node in order if node in self._seen}
        if given != self._given:
            self._given, self._states = given, {}
        states: dict[Node, NodeState] = {}
        built: dict[str, tuple[Node, Bound]] = {}
        try:
            with within(budget().seconds):
                for node in order:
                    self.check()
                    states[node] = self._state(by_name[node[0]], node, states, built)
        except ModelFileError as error:  # the time is over: what comes behind this layer waits
            slow, *waiting = order[len(states) :]
            error.layer = error.layer or slow[0]
            states[slow] = NodeState("slow", error=explain(error, slow[0], code="refused"))
            states.update((node, NodeState("waiting")) for node in waiting)
            self._seen = {node: seen for node, seen in self._seen.items() if states[node].key != "waiting"}
        for node in cycle:
            states[node] = NodeState("cycle", error=structure.cycle(by_name[node[0]], node, cycle))
        self._states = states
        return Snapshot(model, layers, states, {name: node for name, (node, _) in built.items()}, given, [])

    def _state(
        self,
        layer: LayerConfig,
        node: Node,
        states: Mapping[Node, NodeState],
        built: dict[str, tuple[Node, Bound]],
    ) -> NodeState:
        """Returns the state of a node whose sources are known, and records which call builds its layer."""
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
        """Returns the state of a node when something around it changed, which may not affect it."""
        call = layer.calls[node[1]] if layer.calls else _NO_CALL
        inputs: list[Specs] = []
        for reference, source in zip(call.references, sources, strict=True):
            if reference is GIVEN:
                inputs.append(self._given)
                continue
            outputs = source.outcome.outputs if source and source.outcome else ()
            if reference.tensor is not None:
                outputs = outputs[reference.tensor : reference.tensor + 1] if reference.tensor >= 0 else ()
            if outputs:
                inputs.append(outputs)
            elif source.outcome if source else (reference.layer, reference.call) not in self._order[1]:
                return NodeState("dangling", error=structure.dangling(layer.name, reference))
        ready = len(inputs) == len(call.references) and (bool(inputs) or is_input(layer.data))
        bound = Bound(call, tuple(inputs)) if ready else None
        first = first if bound is not None else None
        key = (layer.key, _bound_key(bound), _bound_key(first))
        state = self._states.get(node)
        return state if state is not None and state.key == key else self._ask(layer, key, bound, first)

    def _ask(self, layer: LayerConfig, key: Hashable, bound: Bound | None, first: Bound | None) -> NodeState:
        """Asks Keras, or reuses its answer. Errors name their layer, so they are not reused."""
        if key in OUTCOMES:
            return NodeState(key, OUTCOMES.get(key), bound=bound, first=first)
        code = "arguments"
        sizes = (
            [size or 1 for specs in bound.inputs for spec in specs for size in spec.shape] if bound else []
        )
        try:
            if not self.trusted and not is_input(layer.data):
                try_first(
                    try_call,
                    layer.data,
                    bound,
                    first,
                    config=layer.data,
                    shapes=sizes,
                    layer=layer.name,
                    check=lambda: check_layer(layer.data, custom=True),
                )
            check_spread(layer.data, bound)
            operation = construct(layer.data)
            OUTCOMES.remember((layer.key, None, None), None)
            if bound is None:
                return NodeState(key)
            code = "call"
            outcome = compute(operation, bound, first)
            check_states(layer.data, bound)
            if is_model(layer.data):
                outcome = replace(outcome, macs=_macs_inside(layer.data, bound))
        except OutOfTime:
            raise
        except BaseException as error:  # a layer of the user's may raise SystemExit
            return NodeState(key, error=explain(error, layer.name, code=code), bound=bound, first=first)
        OUTCOMES.remember(key, outcome)
        remember_built(layer.data, sizes)
        return NodeState(key, outcome, bound=bound, first=first)


def _macs_inside(data: Mapping[str, Any], bound: Bound) -> int | None:
    """Returns the multiply-adds of a nested model; its results are reused when it is analyzed itself."""
    states = Computation().run(data, bound.inputs[0] if bound.inputs else ()).states.values()
    counts = [state.outcome.macs if state.outcome else None for state in states]
    return None if None in counts or not counts else sum(count or 0 for count in counts)


def _bound_key(bound: Bound | None) -> Hashable:
    return None if bound is None else (bound.call.key, bound.inputs)
