"""Stateful layers that the backend can't train as they are."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.analysis.mistakes.situation import Drawing, Mistake, class_arguments, fix
from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.backend.statefulgradients import lacks_gradients
from kerasviz.config.parts import part_of
from kerasviz.protocol.text import text

_FAST = "use_cudnn"
"""The argument of layers that have a second way to compute, which is slower."""


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields each stateful layer of which the backend computes no gradients, with the way to have them."""
    for name, layer in drawing.layers.items():
        config, class_name = part_of(layer.data, "config"), str(layer.data.get("class_name"))
        if config.get("stateful") is not True or config.get(_FAST, "auto") is False:
            continue
        if layer.data.get("module") != "keras.layers" or _FAST not in class_arguments(class_name):
            continue
        if lacks_gradients(class_name):
            arguments = {_FAST: False}
            message = text(
                "Keras on PyTorch can't train the stateful layer {layer} ({class_name}) with use_cudnn. Set "
                "use_cudnn to False.",
                layer=repr(name),
                class_name=class_name,
            )
            edit = {"edit": "set", "layer": name, "arguments": arguments}
            yield name, Mistake(message, [fix(set_title(arguments), edit)], "stateful")
