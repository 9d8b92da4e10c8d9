"""Mistakes that Keras lets pass without a word, though the model will not do what was meant."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

from kerasviz.analysis.mistakes.inside import input_mends, model_inputs
from kerasviz.analysis.mistakes.situation import Drawing, Mistake, fix, shape_text
from kerasviz.analysis.reading import LayerConfig, is_input, is_model
from kerasviz.analysis.specs import TensorSpec
from kerasviz.analysis.symbolic import Outcome
from kerasviz.config.parts import part_of


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
        """The tensors that come in."""
        links = self.layer.links[self.call] if self.layer.links else ()
        return [spec for reference in links for spec in self.drawing.specs(reference)]


def embedding_of_fractions(step: Step) -> Mistake | None:
    """An Embedding looks up whole numbers; Keras would cut the fractions off."""
    if step.layer.data.get("class_name") != "Embedding" or "float" not in step.inputs[0].dtype:
        return None
    message = (
        f"Layer '{step.layer.name}' (Embedding) looks up whole numbers, such as those of words, but receives "
        f"{step.inputs[0].dtype}. Feed it from an Input of dtype int32."
    )
    source = step.drawing.layers.get(step.layer.links[step.call][0].layer)
    fixes = []
    if source is not None and is_input(source.data):
        edit = {"edit": "set", "layer": source.name, "arguments": {"dtype": "int32"}}
        fixes = [fix(f"Make '{source.name}' int32", edit)]
    return Mistake(message, fixes, "embedding_dtype")


def lost_mask(step: Step) -> Mistake | None:
    """A mask ends at a layer that cannot take it: what was to be skipped is computed with."""
    if not step.outcome.drops_mask:
        return None
    message = (
        f"Layer '{step.layer.name}' ({step.layer.data.get('class_name')}) can't take the mask that comes "
        "with its input, so the padding that it hides would be learned from. Use a layer that can, such as "
        "LSTM, or turn the mask off where it is made."
    )
    makers = [x for x in step.drawing.layers.values() if part_of(x.data, "config").get("mask_zero") is True]
    fixes = [
        fix(
            f"Turn mask_zero off in '{maker.name}'",
            {"edit": "set", "layer": maker.name, "arguments": {"mask_zero": False}},
        )
        for maker in makers
    ]
    fixes += [
        fix(f"Remove '{maker.name}'", {"edit": "remove", "layer": maker.name})
        for maker in step.drawing.layers.values()
        if maker.data.get("class_name") == "Masking"
    ]
    return Mistake(message, fixes, "lost_mask")


def other_channels(step: Step) -> Mistake | None:
    """A model that is a layer gets an image with one channel where it was made for more: Keras looks away."""
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
    message = (
        f"The model '{step.layer.name}' takes {tuple(expected)}, but receives {tuple(received)}"
        f"{f' from {source.name!r}' if source else ''}."
    )
    fixes = [*input_mends(step.layer.name, source, name, expected, received)]
    return Mistake(message, fixes[:1], "other_input")


def long_strides(step: Step) -> Mistake | None:
    """Steps larger than the whole image: all but its corner is never looked at."""
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
    message = (
        f"Layer '{step.layer.name}' moves by {largest} at each step, more than its input, "
        f"{shape_text(step.inputs[0])}, is large. Make its strides smaller."
    )
    edit = {"edit": "set", "layer": step.layer.name, "arguments": {"strides": 1}}
    return Mistake(message, [fix("Set strides to 1", edit)], "long_strides")


def text_into_weights(step: Step) -> Mistake | None:
    """Text where numbers are multiplied."""
    if not step.outcome.params or not any(spec.dtype == "string" for spec in step.inputs):
        return None
    message = (
        f"Layer '{step.layer.name}' computes with numbers, but receives text. Put a TextVectorization or a "
        "StringLookup before it."
    )
    return Mistake(message, code="text")


def no_values(step: Step) -> Mistake | None:
    """A tensor without a single value."""
    empty = [
        spec for spec in step.outcome.outputs if math.prod(d if d is not None else 1 for d in spec.shape) == 0
    ]
    if not empty:
        return None
    return Mistake(
        f"Layer '{step.layer.name}' gives {shape_text(empty[0])}, which holds no values.", code="empty_output"
    )


_FINE: WeakSet[Outcome] = WeakSet()
"""Outcomes without a mistake: each stands for the content of a layer and its inputs, so one look will do."""

RULES = (embedding_of_fractions, lost_mask, other_channels, long_strides, text_into_weights, no_values)


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields the mistakes with the layers they are about."""
    for (name, call), outcome in drawing.outcomes.items():
        if outcome in _FINE:
            continue
        step = Step(drawing, drawing.layers[name], call, outcome)
        mistake = next((m for m in (rule(step) for rule in RULES) if m is not None), None)
        if mistake is not None:
            yield name, mistake
        else:
            _FINE.add(outcome)
