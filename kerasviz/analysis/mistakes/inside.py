"""Mistakes about what is inside a layer: the layer of a wrapper, the cell of an RNN, the Input of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kerasviz.analysis.mistakes.situation import Fix, Mistake, Situation, fix, shape_text
from kerasviz.analysis.reading import LayerConfig, is_input, is_model, layer_name

Rule = Callable[[Situation], Mistake | None]


def explain_inside(s: Situation, rules: Sequence[Rule]) -> Mistake | None:
    """Returns what a rule can mend in an object that is an argument of the layer, or None.

    Its message names the layer on the canvas, and its mends set that layer's argument.
    """
    for key, inner in s.config.items():
        if not (isinstance(inner, dict) and "class_name" in inner and isinstance(inner.get("config"), dict)):
            continue
        within = replace(s, layer=replace(s.layer, data=inner))
        for rule in rules:
            mistake = rule(within)
            if mistake is not None and mistake.fixes:
                return replace(mistake, fixes=[_outward(each, key, inner) for each in mistake.fixes])
    return None


def _outward(mend: Fix, key: str, inner: Mapping[str, Any]) -> Fix:
    """Returns a mend of the object inside as one of the layer around it."""
    edits = []
    for edit in mend["edits"]:
        if edit["edit"] == "set":
            config = {**inner["config"], **edit["arguments"]}
            kept = {name: value for name, value in config.items() if name not in edit.get("remove", ())}
            edit = {"edit": "set", "layer": edit["layer"], "arguments": {key: {**inner, "config": kept}}}
        edits.append(edit)
    return {**mend, "edits": edits}


def model_inputs(data: Mapping[str, Any]) -> list[tuple[str, list[int | None]]]:
    """Returns the names and shapes of the Inputs of a model that is a layer."""
    found = []
    for layer in data["config"]["layers"]:
        shape = layer.get("config", {}).get("batch_shape") if isinstance(layer.get("config"), dict) else None
        if is_input(layer) and isinstance(shape, list):
            found.append((layer_name(layer), shape))
    return found


def input_mends(
    name: str, source: LayerConfig | None, own: str, expected: list[Any], received: list[Any]
) -> Iterator[Fix]:
    """Yields what brings together a model that is a layer, and what it is called on.

    Args:
        name: Name of the model.
        source: The layer that gives it data.
        own: Name of the Input inside.
        expected: Shape that the Input inside takes.
        received: Shape of what the model is called on.
    """
    if source is not None and is_input(source.data):
        arguments = {"batch_shape": expected}
        edit = {"edit": "set", "layer": source.name, "arguments": arguments, "remove": ["shape"]}
        yield fix(f"Set the shape of '{source.name}' to {tuple(expected[1:])}", edit)
    edit = {"edit": "set", "layer": own, "arguments": {"batch_shape": received}, "remove": ["shape"]}
    yield {**fix(f"Let '{name}' take {tuple(received[1:])}", edit), "path": [name]}


def other_input(s: Situation) -> Mistake | None:
    """A model, used as a layer, that was made for data of another shape."""
    if not is_model(s.layer.data) or len(s.inputs) != 1 or "incompatible with the layer" not in s.words:
        return None
    own = model_inputs(s.layer.data)
    if len(own) != 1:
        return None
    expected, received, source = own[0][1], list(s.inputs[0].shape), s.source()
    message = (
        f"The model '{s.name}' takes {tuple(expected)}, but receives {shape_text(s.inputs[0])}"
        f"{f' from {source.name!r}' if source else ''}."
    )
    return Mistake(message, [*input_mends(s.name, source, own[0][0], expected, received)], "other_input")


def not_recurrent(s: Situation) -> Mistake | None:
    """A layer that can't go backwards, inside Bidirectional."""
    inside = s.config.get("layer")
    if "go_backwards" not in s.words or not isinstance(inside, dict):
        return None
    message = (
        f"Layer '{s.name}' ({s.class_name}) goes through a sequence in both directions, which takes a "
        f"recurrent layer such as LSTM inside. {inside.get('class_name')} is none."
    )
    return Mistake(message, [*unwrapped(s)], "bad_value")


def unwrapped(s: Situation) -> Iterator[Fix]:
    """The layer inside a wrapper, without the wrapper."""
    inside = s.config.get("layer")
    if isinstance(inside, dict) and isinstance(inside.get("config"), dict):
        class_name = inside.get("class_name")
        edit = {"edit": "class", "layer": s.name, "module": "keras.layers", "class_name": class_name}
        config = {**inside["config"], "name": s.name}
        yield fix(f"Use the {class_name} without {s.class_name}", {**edit, "config": config})


RULES = (other_input, not_recurrent)
