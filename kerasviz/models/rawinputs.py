"""Steps of the preparation as layers in front of a model, so that it takes raw columns."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import keras

from kerasviz.backend.texttensors import takes_text
from kerasviz.config.naming import plain_name
from kerasviz.data.preparation.byinput import Place
from kerasviz.data.preparation.fill import Fill
from kerasviz.data.preparation.keraslayer import WORDS, KerasLayer, takes_pictures
from kerasviz.data.preparation.step import Step
from kerasviz.protocol import JSON
from kerasviz.protocol.text import Text, text
from kerasviz.storage.vocabularies import learned

_WHOLE = (keras.layers.IntegerLookup, keras.layers.CategoryEncoding)


@dataclass
class Raw:
    """A column on its way into the model.

    Attributes:
        column: Its name.
        steps: The steps that become layers; those before them stay where they are.
        width: Values of a sample before these steps.
    """

    column: str
    steps: Sequence[Step]
    width: int


def why_outside(chain: Sequence[Step]) -> list[Text]:
    """Tells why the first steps of a chain can't be layers, one reason for each; those after them can."""
    reasons = [_why_no_layer(step, chain[at + 1 :]) for at, step in enumerate(chain)]
    while reasons and reasons[-1] is None:
        reasons.pop()
    return [reason or text("a step after it stays") for reason in reasons]


def _why_no_layer(step: Step, after: Sequence[Step]) -> Text | None:
    if takes_words(step) and not takes_text():
        return text("only the TensorFlow backend of Keras takes text as an input")
    if isinstance(step, KerasLayer):
        return None
    if not isinstance(step, Fill):
        return text("Keras has no such layer")
    is_words = any(map(takes_words, after)) or not _is_number(step.value)
    return text("Keras has no layer that fills missing words") if is_words else None


def _is_number(value: Any) -> bool:
    try:
        float(value or 0.0)
    except ValueError:
        return False
    return True


def takes_words(step: Step) -> bool:
    """Whether a step looks words up."""
    return isinstance(step, KerasLayer) and isinstance(step.layer, WORDS)


def layers_before(place: Place, raws: Sequence[Raw], taken: set[str]) -> tuple[Any, dict[str, str]]:
    """Builds the layers from raw columns to what an input of a model took.

    Args:
        place: The input.
        raws: Its columns.
        taken: Names of layers that there are.

    Returns:
        A model that gives what the input gave, and the column of each of its inputs.
    """
    inputs: dict[str, str] = {}
    tensors: list[Any] = []
    groups: list[tuple[list[Any], Any]] = []
    for raw in raws:
        name = free_name(_plain(raw.column), taken | set(inputs))
        inputs[name] = raw.column
        tensor = keras.Input((raw.width,), name=name, dtype=_dtype(raw))
        tensors.append(tensor)
        steps = list(raw.steps)
        normal = steps.pop() if steps and _is_plain_normalization(steps[-1]) else None
        for at, step in enumerate(steps):
            tensor = applied(step, tensor, f"{name}_{_kind(step)}" + (f"_{at}" if at else ""))
        if groups and normal is not None and groups[-1][1] is not None:
            groups[-1][0].append((tensor, normal))
        else:
            groups.append(([(tensor, normal)], normal))
    ends = [_joined(members, f"{place.layer}_numbers_{at}") for at, (members, _) in enumerate(groups)]
    if len(ends) > 1:
        ends = [_as_floats(end) for end in ends]
        end = keras.layers.Concatenate(name=f"{place.layer}_joined")(ends)
    else:
        end = ends[0]
    shape = place.shape or ()
    if len(shape) != 1 and None not in shape:
        end = keras.layers.Reshape(shape, name=f"{place.layer}_reshaped")(end)
    return keras.Model(tensors, end), inputs


def _joined(members: Sequence[tuple[Any, Any]], name: str) -> Any:
    """Normalizes columns that stand beside each other by one layer."""
    tensors = [tensor for tensor, _ in members]
    tensor = keras.layers.Concatenate(name=name)(tensors) if len(tensors) > 1 else tensors[0]
    if members[0][1] is None:
        return tensor
    learned_values = {
        key: [value for _, step in members for value in step.config()[key]] for key in ("mean", "variance")
    }
    layer = keras.layers.Normalization(**learned_values, dtype="float32", name=f"{name}_normal")
    return layer(tensor)


def _is_plain_normalization(step: Step) -> bool:
    """Whether a step normalizes each value by itself, so that several can share a layer."""
    if not isinstance(step, KerasLayer) or not isinstance(step.layer, keras.layers.Normalization):
        return False
    config = step.config()
    return isinstance(config.get("mean"), list) and config.get("axis", -1) == -1 and not config.get("invert")


def applied(step: Step, tensor: Any, name: str) -> Any:
    """Applies a step as a layer of that name, with what it has learned."""
    if isinstance(step, KerasLayer):
        config = {**step.layer.get_config(), **learned(step.layer), "name": name}
        if takes_pictures(type(step.layer)) and len(tensor.shape) == 3:  # grey, without an axis of channels
            tensor = keras.layers.Reshape((*tensor.shape[1:], 1), name=f"{name}_channel")(tensor)
        return type(step.layer).from_config(config)(tensor)
    assert isinstance(step, Fill)
    value = float(step.value or 0.0)
    filled = keras.ops.nan_to_num(tensor, nan=value, posinf=value, neginf=value)
    if not step.indicator:
        return filled
    unknown = 1.0 - keras.ops.cast(keras.ops.isfinite(tensor), "float32")
    return keras.layers.Concatenate(name=name)([filled, unknown])


def _as_floats(tensor: Any) -> Any:
    return tensor if tensor.dtype.startswith("float") else keras.ops.cast(tensor, "float32")


def _dtype(raw: Raw) -> str:
    if raw.steps and takes_words(raw.steps[0]):
        return "string"
    return "int64" if raw.steps and whole_numbers(raw.steps[0]) else "float32"


def whole_numbers(step: Step) -> bool:
    """Whether a step takes whole numbers."""
    return isinstance(step, KerasLayer) and isinstance(step.layer, _WHOLE)


def _kind(step: Step) -> str:
    return type(step.layer).__name__.lower() if isinstance(step, KerasLayer) else "filled"


def _plain(name: str) -> str:
    return plain_name(name) or "column"


def free_name(name: str, taken: set[str]) -> str:
    """A name that no other layer has."""
    at, free = 1, name
    while free in taken:
        free = f"{name}_raw" if at == 1 else f"{name}_raw_{at}"
        at += 1
    return free


def put_before(config: JSON, name: str, before: Any) -> list[str]:
    """Puts layers in the place of an input of a functional config: what took the input takes what they give.

    Args:
        config: It is changed.
        name: The input. A single new input may have its name, and is then found where it was.
        before: A model whose output is what the input gave.

    Returns:
        The names of the new inputs.
    """
    made = json.loads(before.to_json())["config"]
    rest = [layer for layer in config["layers"] if layer["name"] != name]
    others = {str(layer["name"]) for layer in rest}
    names = {layer["name"]: free_name(layer["name"], others) for layer in made["layers"]}
    inputs = [names[key] for key in _ends(made["input_layers"])]
    end = {name: names[_ends(made["output_layers"])[0]]}
    config["layers"] = [
        *(_renamed(layer, names) for layer in made["layers"]),
        *({**layer, "inbound_nodes": _renamed(layer["inbound_nodes"], end)} for layer in rest),
    ]
    config["output_layers"] = _with_ends(config["output_layers"], end)
    given = config["input_layers"]
    if inputs == [name]:
        return inputs
    if isinstance(given, dict):
        left = {key: value for key, value in given.items() if value[0] != name}
        config["input_layers"] = {**left, **{key: [key, 0, 0] for key in inputs}}
    else:
        listed = [given] if isinstance(given[0], str) else given
        at = next(place for place, one in enumerate(listed) if one[0] == name)
        config["input_layers"] = [*listed[:at], *([key, 0, 0] for key in inputs), *listed[at + 1 :]]
    return inputs


def _ends(listed: Any) -> list[str]:
    """Names of inputs or outputs: one alone is not in a list of its own."""
    return [listed[0]] if isinstance(listed[0], str) else [one[0] for one in listed]


def _with_ends(listed: Any, names: dict[str, str]) -> Any:
    """Outputs, some of which are those of another layer now."""
    if isinstance(listed, dict):
        return {key: _with_ends(one, names) for key, one in listed.items()}
    first, *others = listed
    if isinstance(first, str):
        return [names.get(first, first), *others]
    return [_with_ends(one, names) for one in listed]


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(item, names) for item in value]
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("keras_history"), list):
        first, *rest = value["keras_history"]
        return {**value, "keras_history": [names.get(first, first), *rest]}
    changed = {key: _renamed(item, names) for key, item in value.items()}
    if isinstance(value.get("name"), str) and value["name"] in names and "class_name" in value:
        changed["name"] = names[value["name"]]
        changed["config"] = {**changed["config"], "name": names[value["name"]]}
    return changed


def width_of(values: Any) -> int:
    """Values of a sample."""
    return math.prod(values.shape[1:])
