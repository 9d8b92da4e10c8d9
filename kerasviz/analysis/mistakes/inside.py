"""Mistakes inside a layer: in the layer of a wrapper, the cell of an RNN, the Input of a nested model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from kerasviz.analysis.mistakes.situation import Fix, Mistake, Situation, fix
from kerasviz.analysis.mistakes.titles import shape_title
from kerasviz.analysis.reading import LayerConfig, is_input, is_model
from kerasviz.analysis.specs import shape_text
from kerasviz.config.layerlist import layer_name
from kerasviz.protocol.text import Text, text

Rule = Callable[[Situation], Mistake | None]


def explain_inside(s: Situation, rules: Sequence[Rule]) -> Mistake | None:
    """Returns a mistake that can be fixed in an object that is an argument of the layer, or None.

    Its message names the layer on the canvas, and its fixes set the argument of that layer.
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


def _outward(fix: Fix, key: str, inner: Mapping[str, Any]) -> Fix:
    """Returns a fix of the object inside as a fix of the layer around it."""
    edits = []
    for edit in fix["edits"]:
        if edit["edit"] == "set":
            config = {**inner["config"], **edit["arguments"]}
            kept = {name: value for name, value in config.items() if name not in edit.get("remove", ())}
            edit = {"edit": "set", "layer": edit["layer"], "arguments": {key: {**inner, "config": kept}}}
        edits.append(edit)
    return {**fix, "edits": edits}


def model_inputs(data: Mapping[str, Any]) -> list[tuple[str, list[int | None]]]:
    """Returns the names and shapes of the Inputs of a nested model."""
    found = []
    for layer in data["config"]["layers"]:
        shape = layer.get("config", {}).get("batch_shape") if isinstance(layer.get("config"), dict) else None
        if is_input(layer) and isinstance(shape, list):
            found.append((layer_name(layer), shape))
    return found


def input_fixes(
    name: str, source: LayerConfig | None, own: str, expected: list[Any], received: list[Any]
) -> Iterator[Fix]:
    """Yields fixes that make a nested model and its input fit.

    Args:
        name: Name of the model.
        source: The layer before it.
        own: Name of its Input.
        expected: Shape of its Input.
        received: Shape of the tensor that it is called on.
    """
    if source is not None and is_input(source.data):
        arguments = {"batch_shape": expected}
        edit = {"edit": "set", "layer": source.name, "arguments": arguments, "remove": ["shape"]}
        yield fix(shape_title(source.name, expected), edit)
    edit = {"edit": "set", "layer": own, "arguments": {"batch_shape": received}, "remove": ["shape"]}
    title = text("Make {model} accept {shape}", model=repr(name), shape=shape_text(received[1:]))
    yield {**fix(title, edit), "path": [name]}


def other_shape(
    name: str, source: LayerConfig | None, expected: Sequence[int | None], received: Sequence[int | None]
) -> Text:
    """Returns the message about a nested model that is called on another shape than its own."""
    if source is None:
        return text(
            "The model {model} expects {expected}, but receives {received}.",
            model=repr(name),
            expected=shape_text(expected),
            received=shape_text(received),
        )
    return text(
        "The model {model} expects {expected}, but receives {received} from {source}.",
        model=repr(name),
        expected=shape_text(expected),
        received=shape_text(received),
        source=repr(source.name),
    )


def other_input(s: Situation) -> Mistake | None:
    """A nested model that expects another shape."""
    if not is_model(s.layer.data) or len(s.inputs) != 1 or "incompatible with the layer" not in s.words:
        return None
    own = model_inputs(s.layer.data)
    if len(own) != 1:
        return None
    expected, received, source = own[0][1], list(s.inputs[0].shape), s.source()
    fixes = [*input_fixes(s.name, source, own[0][0], expected, received)]
    return Mistake(other_shape(s.name, source, expected, received), fixes, "other_input")


def not_recurrent(s: Situation) -> Mistake | None:
    """A layer inside Bidirectional that is not recurrent."""
    inside = s.config.get("layer")
    if "go_backwards" not in s.words or not isinstance(inside, dict):
        return None
    message = text(
        "Layer {layer} ({class_name}) needs a recurrent layer inside, such as LSTM; {inside} is not one.",
        layer=repr(s.name),
        class_name=s.class_name,
        inside=str(inside.get("class_name")),
    )
    return Mistake(message, [*unwrapped(s)], "bad_value")


def unwrapped(s: Situation) -> Iterator[Fix]:
    """Yields the fix that replaces a wrapper with the layer inside."""
    inside = s.config.get("layer")
    if isinstance(inside, dict) and isinstance(inside.get("config"), dict):
        class_name = inside.get("class_name")
        edit = {"edit": "class", "layer": s.name, "module": "keras.layers", "class_name": class_name}
        config = {**inside["config"], "name": s.name}
        title = text("Use {layer} without {wrapper}", layer=str(class_name), wrapper=s.class_name)
        yield fix(title, {**edit, "config": config})


RULES = (other_input, not_recurrent)
