"""Mends as plain JSON, and what they do to a config.

A fix is `{"title": ..., "edits": [...]}`; each edit names one of the functions in `EDITS` and its arguments.
One for a model inside the model has a `path`, too: the names of the layers that lead there.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kerasviz.analysis.reading import TENSOR_CLASS, expect_config, is_tensor, layer_name, tensor_reference
from kerasviz.config.parts import part_of

JSON = dict[str, Any]
History = Sequence[Any]
"""[layer, call, tensor], as in Keras' JSON."""


def apply_fix(config: Mapping[str, Any], fix: Mapping[str, Any]) -> JSON:
    """Mends a config.

    Args:
        config: The Keras JSON of a model; it is left as it is.
        fix: The `fix` of one of its errors.

    Returns:
        The mended config; layers that did not change are the same objects.

    Raises:
        TypeError: If the config or the fix is no dict; an error without a mend has None for a fix.
        ValueError: If the fix is not one of kerasviz', or the config has changed since.
    """
    expect_config(config)
    if not isinstance(fix, Mapping):
        raise TypeError(
            "Expected the `fix` of one of the errors that kerasviz.analyze found, which is None where it has "
            f"no mend. Received: {type(fix).__name__}."
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
        message = f"The mend does not fit this model any more: {error!r}. Analyse the model again."
        raise ValueError(message) from error
    return draft.model


class Draft:
    """A copy of a config, made as deep as it is written to."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.layers: list[JSON] = list(config["config"]["layers"])
        self.config: JSON = {**config["config"], "layers": self.layers}
        self.model: JSON = {**config, "config": self.config}

    def position(self, name: str) -> int:
        """Returns the place of a layer in the list."""
        for index, layer in enumerate(self.layers):
            if layer_name(layer) == name:
                return index
        raise KeyError(name)

    def layer(self, name: str) -> JSON:
        """Returns a layer that may be written to."""
        index = self.position(name)
        self.layers[index] = copy.deepcopy(self.layers[index])
        self.layers[index].pop("build_config", None)  # the shape it had before the mend
        return self.layers[index]

    def replace_references(self, change: Callable[[History], History | None]) -> None:
        """Changes every reference, also those that say what the model's outputs are; None takes it away."""
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
    """Puts a layer between another and the tensor at one of its inputs."""
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
    """Takes a layer away; what it was connected to is connected to what it took."""
    nodes = draft.layers.pop(draft.position(layer)).get("inbound_nodes") or []
    sources = [[item["config"]["keras_history"] for item in _tensors(node)] for node in nodes]

    def heal(history: History) -> History | None:
        if history[0] != layer:
            return history
        taken = sources[history[1]] if history[1] < len(sources) else []
        return taken[0] if taken else None

    draft.replace_references(heal)


def _call(draft: Draft, layer: str, call: int, args: list[Any], kwargs: JSON) -> None:
    nodes = draft.layer(layer).setdefault("inbound_nodes", [])
    nodes[call : call + 1] = [{"args": args, "kwargs": kwargs}]


def _connect(draft: Draft, layer: str, call: int, position: int, history: History) -> None:
    _tensors(draft.layer(layer)["inbound_nodes"][call])[position]["config"]["keras_history"] = list(history)


def _move_output(draft: Draft, old: str, new: str) -> None:
    """Makes a layer the output in the place of another, where that one was an output."""

    def move(history: History) -> History:
        return [new, 0, 0] if history[0] == old else history

    outputs = _changed_histories(draft.config.get("output_layers", []), move)
    # The new one may have been an output already, as a layer that leads nowhere.
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
    """Makes a layer of its own of one call of a shared layer."""
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


EDITS: Mapping[str, Callable[..., None]] = {
    "set": _set,
    "class": _change_class,
    "insert": _insert,
    "remove": _remove,
    "call": _call,
    "connect": _connect,
    "move_output": _move_output,
    "rename": _rename,
    "unshare": _unshare,
    "add_input": _add_input,
    "inputs": _inputs,
    "outputs": _outputs,
    "compile": _compile,
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
