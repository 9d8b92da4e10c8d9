"""Inputs of rows of different lengths, which hardly a layer of Keras 3 computes."""

from __future__ import annotations

from typing import Any

from kerasviz.analysis.mistakes.situation import Drawing, Edit, Mistake, Situation, fix
from kerasviz.analysis.reading import LayerConfig, is_input
from kerasviz.protocol.text import text


def no_ragged_rows(s: Situation) -> Mistake | None:
    """An Input that takes ragged rows, on a backend that has none."""
    if "`ragged=True` is not supported" not in s.words:
        return None
    return ragged_rows(s.drawing, s.layer, len(s.config.get("batch_shape") or s.config.get("shape") or ()))


def ragged_rows(drawing: Drawing, layer: LayerConfig, rank: int) -> Mistake | None:
    """An Input that takes ragged rows: padded ones, with a mask, give the same numbers.

    Args:
        drawing: The model.
        layer: Any layer.
        rank: Number of axes of its output.
    """
    config = layer.data.get("config")
    if not is_input(layer.data) or not isinstance(config, dict) or config.get("ragged") is not True:
        return None
    edits: list[Edit] = [{"edit": "set", "layer": layer.name, "arguments": {"ragged": False}}]
    for reader, call, position in _readers(drawing, layer.name):
        if reader.data.get("class_name") == "Embedding":
            edits.append({"edit": "set", "layer": reader.name, "arguments": {"mask_zero": True}})
        elif rank > 2:
            edits.append(_masking(drawing, reader.name, call, position))
    message = text(
        "Input {layer} takes rows of different lengths (ragged), which layers such as LSTM can't compute in "
        "Keras 3. Pad the rows with 0 to one length, and mask the padding.",
        layer=repr(layer.name),
    )
    return Mistake(message, [fix(text("Take padded rows, and mask the padding"), *edits)], "ragged")


def _readers(drawing: Drawing, name: str) -> list[tuple[LayerConfig, int, int]]:
    """The calls that get the output of a layer, with the position among their inputs."""
    return [
        (reader, call, position)
        for reader in drawing.layers.values()
        for call, link in enumerate(reader.links)
        for position, reference in enumerate(link)
        if reference.layer == name
    ]


def _masking(drawing: Drawing, layer: str, call: int, position: int) -> Edit:
    new: dict[str, Any] = {
        "module": "keras.layers",
        "class_name": "Masking",
        "config": {"name": drawing.unique("masking")},
        "registered_name": None,
    }
    return {"edit": "insert", "new": new, "layer": layer, "call": call, "position": position}
