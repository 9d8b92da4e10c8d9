"""Models as statements."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.codegen.callarguments import written_arguments
from kerasviz.codegen.imports import Imports
from kerasviz.codegen.minimal import is_plain
from kerasviz.codegen.objects import ObjectWriter
from kerasviz.codegen.variables import Names
from kerasviz.protocol.text import sentence_of, text
from kerasviz.writing.expressions import Expression, Group, call, lay_out, literal, sequence

OF_A_GRAPH = frozenset({"name", "trainable", "dtype", "layers", "input_layers", "output_layers"})
"""What the config of any Functional model has."""


@dataclass(frozen=True)
class _Call:
    """One call of a layer: `node` in Keras' graph."""

    layer: keras.Operation
    index: int
    node: Any

    @property
    def key(self) -> tuple[int, int]:
        return id(self.layer), self.index


class ModelWriter:
    """Writes models, and the models and shared layers inside them, each before what uses it.

    Args:
        variable: The wish for `target`, the variable of the whole model.
        names: Where variables get their names, if others do so too.
    """

    def __init__(self, variable: str = "model", names: Names | None = None) -> None:
        self.imports = Imports()
        self.lines: list[str] = []
        self._names = names or Names()
        self.target = self._names.claim(variable)
        self._objects = ObjectWriter(self.imports, self._nested)
        self._variables: dict[int, str] = {}
        self._kept: list[keras.Operation] = []
        self._uses: Counter[int] = Counter()
        self._counted: set[int] = set()

    def model(self, model: keras.Model, target: str) -> None:
        """Adds the statements that define a model.

        Args:
            model: A Functional or Sequential model, or one of a class of the user's.
            target: The variable for it.
        """
        self._count(model)
        if not is_plain(model):
            definition = self._layer(model)
        elif isinstance(model, keras.Sequential):
            definition = self._sequential(model)
        else:
            definition = self._functional(model)
        self.assign(target, definition)

    def assign(self, target: str, value: Expression) -> None:
        """Adds a statement that gives a variable its value."""
        self.lines += lay_out(value, f"{target} = ")

    def statement(self, value: Expression) -> None:
        """Adds a statement."""
        self.lines += lay_out(value)

    def value(self, value: Any) -> Expression:
        """Writes a value of a config."""
        return self._objects.value(value)

    def _nested(self, model: keras.Model) -> str:
        """Defines a model inside another, once."""
        if id(model) not in self._variables:
            variable = self._names.take(model.name)
            self.model(model, variable)
            self.lines.append("")
            self._remember(model, variable)
        return self._variables[id(model)]

    def _remember(self, layer: keras.Operation, variable: str) -> None:
        # Layers of configs are made for us alone: kept alive, so that no other gets their id.
        self._kept.append(layer)
        self._variables[id(layer)] = variable

    def _count(self, model: keras.Model) -> None:
        """Counts the calls of every layer in a model and in the models inside it."""
        if id(model) in self._counted or not is_plain(model):
            return
        self._counted.add(id(model))
        called = model.layers if isinstance(model, keras.Sequential) else [one.layer for one in _calls(model)]
        self._uses.update(map(id, called))
        for layer in called:
            if isinstance(layer, keras.Model):
                self._count(layer)

    def _layer(self, layer: keras.Operation) -> Expression:
        """Writes a layer, as a variable where several calls share it."""
        if id(layer) in self._variables:
            return self._variables[id(layer)]
        try:
            expression = self._objects.layer(layer)
        except (NotImplementedError, TypeError, ValueError) as error:
            raise ValueError(
                text(
                    "Layer {layer} can't be written as code. {reason}",
                    layer=repr(layer.name),
                    reason=sentence_of(error),
                )
            ) from error
        if self._uses[id(layer)] > 1 and not isinstance(expression, str):
            variable = self._names.take(layer.name)
            self.assign(variable, expression)
            self._remember(layer, variable)
            return variable
        return expression

    def _sequential(self, model: keras.Sequential) -> Expression:
        # `layers` leaves the input out.
        layers = [self._layer(layer) for layer in model._layers]
        return call("keras.Sequential", sequence(layers), **_model_arguments(model))

    def _functional(self, model: keras.Model) -> Expression:
        inputs, outputs = model._inputs_struct, model._outputs_struct
        calls = _in_order(model, keras.tree.flatten(outputs))
        entries = [call for call in calls if isinstance(call.layer, keras.layers.InputLayer)]
        calls = [call for call in calls if not isinstance(call.layer, keras.layers.InputLayer)]
        order = [tensor._keras_history.operation for tensor in keras.tree.flatten(inputs)]
        entries.sort(key=lambda entry: order.index(entry.layer))
        made = {one.key: self._layer(one.layer) for one in [*entries, *calls]}
        graph = _GraphNames(self._names, entries, calls, outputs)
        for one in entries:
            self.assign(graph.variable(one), made[one.key])
        for one in calls:
            arguments = self._call_arguments(one, graph)
            self.assign(graph.variable(one), Group(made[one.key], "()", arguments))
        named = _model_arguments(model)
        cls: Expression = "keras.Model"
        if not type(model).__module__.startswith("keras."):
            cls = self.imports.name_of(type(model))
            own = {name: value for name, value in model.get_config().items() if name not in OF_A_GRAPH}
            named |= {name: self._objects.value(value) for name, value in own.items()}
        write = graph.tensor
        return call(cls, self._objects.value(inputs, write), self._objects.value(outputs, write), **named)

    def _call_arguments(self, one: _Call, graph: _GraphNames) -> tuple[tuple[str, Expression], ...]:
        arguments = one.node.arguments
        items = [("", self._objects.value(value, graph.tensor)) for value in arguments.args]
        for name, value in written_arguments(one.layer, arguments.args, arguments.kwargs).items():
            items.append((f"{name}=", self._objects.value(value, graph.tensor)))
        return tuple(items)


class _GraphNames:
    """Names of the tensors in one graph.

    A tensor that only the next statement uses is called `x`; others have the name of their layer, and the
    only input and output are `inputs` and `outputs`. Of several tensors that a call returns, each has a name;
    `_` is one that nobody uses.
    """

    def __init__(self, names: Names, entries: list[_Call], calls: list[_Call], outputs: Any) -> None:
        self._names = names
        self._variables: dict[tuple[int, int], str] = {}
        self._tensors: dict[tuple[int, int, int], str] = {}
        ends = [_place(tensor) for tensor in keras.tree.flatten(outputs)]
        self._ends = set(ends)
        self._end = ends[0][:2] if len({end[:2] for end in ends}) == 1 else None
        self._users: dict[tuple[int, int, int], list[int]] = {}
        for position, one in enumerate(calls):
            for tensor in one.node.input_tensors:
                self._users.setdefault(_place(tensor), []).append(position)
        for one in entries:
            self._variables[one.key] = names.take("inputs" if len(entries) == 1 else one.layer.name)
        for position, one in enumerate(calls):
            accessors = _accessors(one)
            if len(accessors) > 1 and accessors == [f"[{index}]" for index in range(len(accessors))]:
                self._unpack(one, position)
                continue
            variable = self._variables[one.key] = self._name(one, position, range(len(accessors)))
            for index, accessor in enumerate(accessors):
                self._tensors[(*one.key, index)] = variable + accessor

    def variable(self, one: _Call) -> str:
        """The variable, or variables, for what a call returns."""
        return self._variables[one.key]

    def tensor(self, tensor: Any) -> str:
        """The expression for one tensor."""
        place = _place(tensor)
        return self._tensors.get(place) or self._variables[place[:2]]

    def _unpack(self, one: _Call, position: int) -> None:
        """Gives each tensor of a call a variable."""
        variables: list[str] = []
        for index in range(len(one.node.outputs)):
            place = (*one.key, index)
            is_used = place in self._users or place in self._ends
            variable = self._name(one, position, [index]) if is_used else "_"
            if variable == "x" and "x" in variables:
                variable = self._names.take(one.layer.name)
            variables.append(variable)
            self._tensors[place] = variable
        self._variables[one.key] = ", ".join(variables)

    def _name(self, one: _Call, position: int, indices: Iterable[int]) -> str:
        """Names what is at some places among the tensors of a call."""
        places = [(*one.key, index) for index in indices]
        users = [user for place in places for user in self._users.get(place, [])]
        if len(places) == 1 and users == [position + 1] and places[0] not in self._ends and self._names.has_x:
            return "x"
        is_output = one.key == self._end and not self._ends.isdisjoint(places)
        return self._names.take("outputs" if is_output else one.layer.name)


def _model_arguments(model: keras.Model) -> dict[str, Expression]:
    return {"name": literal(model.name), **({} if model.trainable else {"trainable": "False"})}


def _accessors(one: _Call) -> list[str]:
    """How to get at each tensor that a call returns, flattened: `""`, or `[0]`, `["key"]`, `[1][0]`."""
    if isinstance(one.layer, keras.Model) and hasattr(one.layer, "_outputs_struct"):
        structure = one.layer._outputs_struct
    elif len(one.node.outputs) == 1:
        return [""]
    else:
        arguments = (one.node.arguments.args, one.node.arguments.kwargs)
        args, kwargs = keras.tree.map_structure(_alike, arguments)
        structure = one.layer(*args, **kwargs)
    paths = [path for path, _ in keras.tree.flatten_with_path(structure)]
    return ["".join(f"[{literal(step)}]" for step in path) for path in paths]


def _alike(value: Any) -> Any:
    """A tensor like one of the model, which is no part of it: what is called on it leaves the model alone."""
    if not isinstance(value, keras.KerasTensor):
        return value
    return keras.KerasTensor(value.shape, value.dtype, sparse=value.sparse, ragged=value.ragged)


def _history(tensor: Any) -> Any:
    return tensor._keras_history


def _place(tensor: Any) -> tuple[int, int, int]:
    """The layer, its call, and the place among what that returns, where a tensor comes from."""
    history = _history(tensor)
    return id(history.operation), history.node_index, history.tensor_index


def _calls(model: keras.Model) -> list[_Call]:
    """The calls that make up a functional model; none for a subclassed one."""
    kept = {id(node) for nodes in getattr(model, "_nodes_by_depth", {}).values() for node in nodes}
    return [
        _Call(layer, index, node)
        for layer in getattr(model, "operations", [])
        for index, node in enumerate(layer._inbound_nodes)
        if id(node) in kept
    ]


def _in_order(model: keras.Model, outputs: list[Any]) -> list[_Call]:
    """Puts calls after those they need, branch by branch, and calls of one layer as Keras counts them."""
    known = {one.key: one for one in _calls(model)}
    previous: dict[tuple[int, int], tuple[int, int]] = {}
    latest: dict[int, tuple[int, int]] = {}
    for key in known:
        if key[0] in latest:
            previous[key] = latest[key[0]]
        latest[key[0]] = key
    ordered: dict[tuple[int, int], _Call] = {}
    stack = [(history.operation, history.node_index) for history in map(_history, reversed(outputs))]
    todo = [((id(layer), index), False) for layer, index in stack]
    while todo:
        key, ready = todo.pop()
        if key in ordered:
            continue
        if ready:
            ordered[key] = known[key]
            continue
        todo.append((key, True))
        needed = [(id(h.operation), h.node_index) for h in map(_history, known[key].node.input_tensors)]
        if key in previous:
            needed.insert(0, previous[key])
        todo += [(one, False) for one in reversed(needed) if one not in ordered]
    ordered.update({key: one for key, one in known.items() if key not in ordered})
    return list(ordered.values())
