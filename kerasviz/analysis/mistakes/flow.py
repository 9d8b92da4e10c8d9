"""Mistakes that Keras does not report, though the model will not do what was meant."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

from kerasviz.analysis.mistakes.halving import shrinking
from kerasviz.analysis.mistakes.inside import input_fixes, model_inputs, other_shape
from kerasviz.analysis.mistakes.raggedrows import ragged_rows
from kerasviz.analysis.mistakes.situation import Drawing, Mistake, fix
from kerasviz.analysis.mistakes.titles import remove_title, set_title
from kerasviz.analysis.reading import LayerConfig, is_input, is_model
from kerasviz.analysis.specs import TensorSpec, shape_text
from kerasviz.analysis.symbolic import Outcome
from kerasviz.config.parts import part_of
from kerasviz.protocol.text import text


@dataclass(frozen=True)
class Step:
    """A node that could be computed."""

    drawing: Drawing
    layer: LayerConfig
    call: int
    outcome: Outcome

    @property
    def config(self) -> dict[str, Any]:
        """The layer's arguments."""
        config: dict[str, Any] = self.layer.data["config"]
        return config

    @property
    def inputs(self) -> list[TensorSpec]:
        """The input tensors."""
        links = self.layer.links[self.call] if self.layer.links else ()
        return [spec for reference in links for spec in self.drawing.specs(reference)]


def embedding_of_fractions(step: Step) -> Mistake | None:
    """An Embedding looks up whole numbers; Keras would cut off the fractions.

    A layer with weights computes fractions. An Input is float32 unless it says otherwise, and holds indices
    all the same: what they are, the data tells. Half the bits are too few for that.
    """
    if step.layer.data.get("class_name") != "Embedding" or "float" not in step.inputs[0].dtype:
        return None
    reference = step.layer.links[step.call][0]
    source = step.drawing.layers.get(reference.layer)
    before = step.drawing.outcomes.get((reference.layer, reference.call))
    computed = before is not None and before.params > 0
    if not computed and step.inputs[0].dtype in ("float32", "float64"):
        return None
    message = text(
        "Layer {layer} (Embedding) looks up whole numbers, such as word indices, but receives {dtype}. Feed "
        "it from an Input of dtype int32.",
        layer=repr(step.layer.name),
        dtype=step.inputs[0].dtype,
    )
    fixes = []
    if source is not None and is_input(source.data):
        arguments = {"dtype": "int32"}
        edit = {"edit": "set", "layer": source.name, "arguments": arguments}
        fixes = [fix(set_title(arguments, [source.name]), edit)]
    return Mistake(message, fixes, "embedding_dtype")


def lost_mask(step: Step) -> Mistake | None:
    """A layer does not support the mask of its input: values that should be skipped are used."""
    if not step.outcome.drops_mask:
        return None
    message = text(
        "Layer {layer} ({class_name}) does not support the mask of its input, so padding would be treated as "
        "data. Use a layer that supports masks, such as LSTM, or turn the mask off.",
        layer=repr(step.layer.name),
        class_name=str(step.layer.data.get("class_name")),
    )
    makers = [x for x in step.drawing.layers.values() if part_of(x.data, "config").get("mask_zero") is True]
    fixes = [
        fix(
            text("Turn off mask_zero in {layer}", layer=repr(maker.name)),
            {"edit": "set", "layer": maker.name, "arguments": {"mask_zero": False}},
        )
        for maker in makers
    ]
    fixes += [
        fix(remove_title(maker.name), {"edit": "remove", "layer": maker.name})
        for maker in step.drawing.layers.values()
        if maker.data.get("class_name") == "Masking"
    ]
    return Mistake(message, fixes, "lost_mask")


def other_channels(step: Step) -> Mistake | None:
    """A nested model gets an image with one channel where it expects more: Keras does not check it."""
    if not is_model(step.layer.data):
        return None
    own = model_inputs(step.layer.data)
    if len(own) != 1 or len(step.inputs) != 1:
        return None
    (name, expected), received = own[0], list(step.inputs[0].shape)
    pairs = zip(expected, received, strict=False)
    if len(expected) != len(received) or not any(a and b and a != b for a, b in pairs):
        return None
    source = step.drawing.layers.get(step.layer.links[step.call][0].layer)
    fixes = [*input_fixes(step.layer.name, source, name, expected, received)]
    return Mistake(other_shape(step.layer.name, source, expected, received), fixes[:1], "other_input")


def long_strides(step: Step) -> Mistake | None:
    """Strides larger than the whole image: all but its corner is skipped."""
    strides = step.config.get("strides")
    largest = max(strides) if isinstance(strides, list) and strides else strides
    if (
        not isinstance(largest, int)
        or not step.inputs
        or "Transpose" in str(step.layer.data.get("class_name"))
    ):
        return None
    sizes = [d for d in step.inputs[0].shape[1:-1] if d]
    # A pool as large as the image is what global pooling does.
    if not sizes or largest <= max(sizes) or step.config.get("pool_size") == strides:
        return None
    message = text(
        "Layer {layer} has strides of {strides}, which is larger than its input {shape}. Use smaller "
        "strides.",
        layer=repr(step.layer.name),
        strides=largest,
        shape=shape_text(step.inputs[0].shape),
    )
    arguments = {"strides": 1}
    edit = {"edit": "set", "layer": step.layer.name, "arguments": arguments}
    return Mistake(message, [fix(set_title(arguments), edit)], "long_strides")


def text_into_weights(step: Step) -> Mistake | None:
    """Text where numbers are expected."""
    if not step.outcome.params or not any(spec.dtype == "string" for spec in step.inputs):
        return None
    message = text(
        "Layer {layer} expects numbers but receives text. Add a TextVectorization or StringLookup layer "
        "before it.",
        layer=repr(step.layer.name),
    )
    return Mistake(message, code="text")


def no_values(step: Step) -> Mistake | None:
    """A tensor without any value."""
    empty = [
        spec for spec in step.outcome.outputs if math.prod(d if d is not None else 1 for d in spec.shape) == 0
    ]
    if not empty:
        return None
    message = text(
        "The output of layer {layer} is empty: its shape is {shape}.",
        layer=repr(step.layer.name),
        shape=shape_text(empty[0].shape),
    )
    return Mistake(message, code="empty_output")


_FINE: WeakSet[Outcome] = WeakSet()
"""Outcomes without a mistake: an outcome depends on the layer and its inputs only, so it is checked once."""

RULES = (embedding_of_fractions, lost_mask, other_channels, long_strides, text_into_weights, no_values)


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields the mistakes with the layers they are about."""
    for (name, call), outcome in drawing.outcomes.items():
        if outcome in _FINE:
            continue
        step = Step(drawing, drawing.layers[name], call, outcome)
        mistake = next((m for m in (rule(step) for rule in RULES) if m is not None), None)
        mistake = mistake or shrinking(drawing, step.layer)
        if mistake is None and outcome.outputs:
            mistake = ragged_rows(drawing, step.layer, len(outcome.outputs[0].shape))
        if mistake is not None:
            yield name, mistake
        else:
            _FINE.add(outcome)
