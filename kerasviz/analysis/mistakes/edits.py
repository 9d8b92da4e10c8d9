"""Fixes as plain JSON, and how they change a config.

A fix is `{"title": ..., "edits": [...]}`; each edit names one of the functions in `EDITS` and its arguments.
A fix of a nested model also has a `path`: the names of the layers that lead to it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kerasviz.analysis.reading import TENSOR_CLASS, expect_config, is_tensor, tensor_reference
from kerasviz.config.layerlist import layer_name
from kerasviz.config.parts import part_of
from kerasviz.config.training import training_of
from kerasviz.protocol.text import text

JSON = dict[str, Any]
History = Sequence[Any]
"""[layer, call, tensor], as in Keras' JSON."""


def apply_fix(config: Mapping[str, Any], fix: Mapping[str, Any]) -> JSON:
    """Applies a fix to a config.

    Args:
        config: The Keras JSON of a model; it is not changed.
        fix: The `fix` of one of its errors.

    Returns:
        The fixed config; layers that did not change are the same objects.

    Raises:
        TypeError: If the config or the fix is not a dict; an error without a fix has None in its place.
        ValueError: If kerasviz has no such fix, or the config has changed since.
    """
    expect_config(config)
    if not isinstance(fix, Mapping):
        raise TypeError(
            text(
                "Expected the `fix` of an error found by kerasviz.analyze; it is None for errors without a "
                "fix. Received: {kind}.",
                kind=type(fix).__name__,
            )
        )
    try:
        draft = Draft(config)
        if fix.get("path"):
            name, *path = fix["path"]
            inner = draft.layer(name)
            draft.layers[draft.position(name)] = apply_fix(inner, {**fix, "path": path})
            return draft.model
        for edit in fix["edits"]:
            arguments = {key: value for key, value in edit.items() if key != "edit"}
            EDITS[edit["edit"]](draft, **copy.deepcopy(arguments))
    except (AttributeError, KeyError, IndexError, TypeError) as error:
        raise ValueError(
            text(
                "The fix no longer applies to this model: {error}. Analyze the model again.",
                error=repr(error),
            )
        ) from error
    return draft.model


class Draft:
    """A copy of a config; only the layers that are changed are copied deeply."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.layers: list[JSON] = list(config["config"]["layers"])
        self.config: JSON = {**config["config"], "layers": self.layers}
        self.model: JSON = {**config, "config": self.config}

    def position(self, name: str) -> int:
        """Returns the index of a layer in the list."""
        for index, layer in enumerate(self.layers):
            if layer_name(layer) == name:
                return index
        raise KeyError(name)

    def layer(self, name: str) -> JSON:
        """Returns a layer that may be changed."""
        index = self.position(name)
        self.layers[index] = copy.deepcopy(self.layers[index])
        self.layers[index].pop("build_config", None)  # the shape it had before the fix
        return self.layers[index]

    def replace_references(self, change: Callable[[History], History | None]) -> None:
        """Changes every reference, including the model's inputs and outputs; None removes it."""
        for index, layer in enumerate(self.layers):
            nodes = layer.get("inbound_nodes")
            if nodes:
                self.layers[index] = {**layer, "inbound_nodes": _changed(nodes, change)}
        for key in ("input_layers", "output_layers"):
            if key in self.config:
                self.config[key] = _changed_histories(self.config[key], change)


def tensor(history: History, shape: Sequence[int | None] = (None,), dtype: str = "float32") -> JSON:
    """Returns a reference as Keras writes it."""
    config = {"shape": list(shape), "dtype": dtype, "keras_history": list(history)}
    return {"class_name": TENSOR_CLASS, "config": config}


def _set(draft: Draft, layer: str, arguments: JSON, remove: Sequence[str] = ()) -> None:
    config = draft.layer(layer)["config"]
    config.update(arguments)
    for key in remove:
        config.pop(key, None)


def _change_class(draft: Draft, layer: str, module: str, class_name: str, config: JSON) -> None:
    draft.layer(layer).update(module=module, class_name=class_name, registered_name=None, config=config)


def _insert(draft: Draft, new: JSON, layer: str, call: int = 0, position: int = 0) -> None:
    """Inserts a layer between another layer and one of its input tensors."""
    index, name = draft.position(layer), layer_name(new)
    if "inbound_nodes" not in draft.layers[index]:
        draft.layers.insert(index, new)
        return
    node = draft.layer(layer)["inbound_nodes"][call]
    taken = _tensors(node)[position]
    source = copy.deepcopy(taken)
    taken["config"].update(shape=[None], keras_history=[name, 0, 0])
    new.update(name=name, inbound_nodes=[{"args": [source], "kwargs": {}}])
    draft.layers.insert(index, new)


def _remove(draft: Draft, layer: str) -> None:
    """Removes a layer; the layers after it are connected to its first input."""
    nodes = draft.layers.pop(draft.position(layer)).get("inbound_nodes") or []
    sources = [_first_source(node) for node in nodes]

    def bypass(history: History) -> History | None:
        found: History | None = history
        for _ in range(len(sources) + 1):  # a call may take the output of another one
            if found is None or found[0] != layer:
                return found
            found = sources[found[1]] if found[1] < len(sources) else None
        return None

    draft.replace_references(bypass)


def _remove_call(draft: Draft, layer: str, call: int) -> None:
    """Removes one call of a shared layer; what used its output is connected to its first input."""
    source = _first_source(draft.layer(layer)["inbound_nodes"].pop(call))

    def move(history: History) -> History | None:
        if history[0] != layer or history[1] < call:
            return history
        return source if history[1] == call else [layer, history[1] - 1, history[2]]

    draft.replace_references(move)


def _first_source(node: JSON) -> History | None:
    taken = _tensors(node)
    return taken[0]["config"]["keras_history"] if taken else None


def _call(draft: Draft, layer: str, call: int, args: list[Any], kwargs: JSON) -> None:
    nodes = draft.layer(layer).setdefault("inbound_nodes", [])
    nodes[call : call + 1] = [{"args": args, "kwargs": kwargs}]


def _connect(draft: Draft, layer: str, call: int, position: int, history: History) -> None:
    _tensors(draft.layer(layer)["inbound_nodes"][call])[position]["config"]["keras_history"] = list(history)


def _move_output(draft: Draft, old: str, new: str) -> None:
    """Makes a layer an output instead of another, if that one was an output."""

    def move(history: History) -> History:
        return [new, 0, 0] if history[0] == old else history

    outputs = _changed_histories(draft.config.get("output_layers", []), move)
    # The new one may already have been an output, as a layer that nothing follows.
    several = isinstance(outputs, list) and all(isinstance(item, list) for item in outputs)
    draft.config["output_layers"] = (
        [o for i, o in enumerate(outputs) if o not in outputs[:i]] if several else outputs
    )


def _rename(draft: Draft, index: int, name: str) -> None:
    layer = draft.layers[index] = copy.deepcopy(draft.layers[index])
    layer["config"]["name"] = name
    if "name" in layer:
        layer["name"] = name


def _unshare(draft: Draft, layer: str, call: int, name: str) -> None:
    """Replaces one call of a shared layer with an independent layer."""
    original = draft.layer(layer)
    new = {**copy.deepcopy(original), "name": name, "inbound_nodes": [original["inbound_nodes"].pop(call)]}
    new["config"]["name"] = name
    draft.layers.insert(draft.position(layer) + 1, new)

    def move(history: History) -> History:
        if history[0] != layer or history[1] < call:
            return history
        return [name, 0, history[2]] if history[1] == call else [layer, history[1] - 1, history[2]]

    draft.replace_references(move)


def _add_input(draft: Draft, name: str, batch_shape: list[int | None], dtype: str) -> None:
    config = {"name": name, "batch_shape": batch_shape, "dtype": dtype}
    new = {"module": "keras.layers", "class_name": "InputLayer", "config": config, "registered_name": None}
    draft.layers.insert(0, new)


def _inputs(draft: Draft, inputs: list[Any]) -> None:
    draft.config["input_layers"] = inputs


def _outputs(draft: Draft, outputs: list[Any]) -> None:
    draft.config["output_layers"] = outputs


def _compile(draft: Draft, values: JSON) -> None:
    draft.model["compile_config"] = {**part_of(draft.model, "compile_config"), **values}


def _fit(draft: Draft, arguments: JSON) -> None:
    """Sets arguments of `fit` in the plan."""
    training = training_of(draft.model)
    training["fit"] = {**part_of(training, "fit"), **arguments}
    draft.model["kerasviz"] = {**part_of(draft.model, "kerasviz"), "training": training}


EDITS: Mapping[str, Callable[..., None]] = {
    "set": _set,
    "class": _change_class,
    "insert": _insert,
    "remove": _remove,
    "remove_call": _remove_call,
    "call": _call,
    "connect": _connect,
    "move_output": _move_output,
    "rename": _rename,
    "unshare": _unshare,
    "add_input": _add_input,
    "inputs": _inputs,
    "outputs": _outputs,
    "compile": _compile,
    "fit": _fit,
}


def _tensors(value: Any) -> list[JSON]:
    """Returns the serialised tensors inside a call, in the order of its references."""
    if is_tensor(value):
        return [value]
    if isinstance(value, dict):
        if "args" in value and "kwargs" in value:
            return _tensors(value["args"]) + _tensors(value["kwargs"])
        return [item for part in value.values() for item in _tensors(part)]
    if isinstance(value, list):
        return [item for part in value for item in _tensors(part)]
    return []


def _changed(value: Any, change: Callable[[History], History | None]) -> Any:
    if is_tensor(value):
        reference = tensor_reference(value)
        if reference is None:
            return value
        old = [reference.layer, reference.call, reference.tensor]
        new = change(old)
        if new is None or new == old:
            return None if new is None else value
        return {**value, "config": {**value["config"], "keras_history": list(new)}}
    if isinstance(value, dict):
        return {key: _changed(item, change) for key, item in value.items()}
    if isinstance(value, list):
        changed = [(item, _changed(item, change)) for item in value]
        return [new for old, new in changed if new is not None or not is_tensor(old)]
    return value


def _changed_histories(value: Any, change: Callable[[History], History | None]) -> Any:
    if isinstance(value, list) and len(value) == 3 and isinstance(value[0], str):
        new = change(value)
        return [] if new is None else list(new)
    if isinstance(value, dict):
        return {key: _changed_histories(item, change) for key, item in value.items()}
    if isinstance(value, list):
        return [item for item in (_changed_histories(item, change) for item in value) if item != []]
    return value
