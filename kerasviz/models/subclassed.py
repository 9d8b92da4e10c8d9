"""Subclassed models: they are drawn as one node and described by Keras' summary."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kerasviz.config.fullconfig import full_compile_config
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import all_of, text

if TYPE_CHECKING:
    import keras

LINE_LENGTH = 72
"""Characters in a line of a summary, which fit into the panel beside the canvas with little scrolling."""


def is_subclassed(model: keras.Model) -> bool:
    """Whether the layers of a model can't be drawn, because code connects them."""
    return type(model).__name__ not in ("Functional", "Sequential")


def drawable(model: keras.Model) -> keras.Model:
    """Returns a model that can be drawn: itself, or a Functional model with a subclassed model as its node.

    Args:
        model: A model. A subclassed model is shared, not copied: training the new model trains it, too.

    Returns:
        A Functional model with the inputs, outputs and training setup of a subclassed model, for any batch
        size, but without its own `train_step`.

    Raises:
        TypeError: If the inputs of a subclassed model are unknown, or Keras can't save it.
    """
    import keras

    if not is_subclassed(model):
        return model
    inputs = _inputs(model)
    try:
        drawn = keras.Model(inputs, model(inputs), name=model.name)
        if model.compiled:
            drawn.compile_from_config(full_compile_config(model))
        drawn.to_json()
    except NotImplementedError:
        raise TypeError(
            text(
                "{class_name} has no `get_config`. Write one that returns the arguments of its constructor, "
                "and create the model again.",
                class_name=type(model).__name__,
            )
        ) from None
    except Exception as error:
        raise TypeError(
            text(
                "{class_name} can't be used as a layer of a Functional model. Keras says: {words}",
                class_name=type(model).__name__,
                words=str(error),
            )
        ) from error
    if not _is_told_by_its_config(drawn):
        raise TypeError(
            text(
                "{class_name} made again from its config has other weights: its `get_config` does not return "
                "all arguments of its constructor. Write one that does, and create the model again.",
                class_name=type(model).__name__,
            )
        )
    return drawn


STEPS = ("train_step", "test_step", "compute_loss")
"""Methods of a model that a Functional model around it does not call."""


def unused_steps(model: keras.Model) -> list[str]:
    """Says which models inside have steps of their own, with which they would train by themselves."""
    import keras

    notes: list[str] = []
    for layer in model.layers:
        own = [name for name in STEPS if getattr(type(layer), name, None) is not getattr(keras.Model, name)]
        if isinstance(layer, keras.Model) and own:
            notes.append(
                text(
                    "{class_name} has its own {steps}, which the editor does not use: it trains with the "
                    "optimizer and loss chosen here. Call fit of {class_name} in a cell to use it.",
                    class_name=type(layer).__name__,
                    steps=all_of(own),
                )
            )
    return notes


def _is_told_by_its_config(drawn: keras.Model) -> bool:
    """Whether a model made from the config has the same weights; Keras notes defaults where there is none."""
    from kerasviz.backend.isolation import isolated

    document = json.loads(drawn.to_json())
    try:
        shapes = isolated(lambda: [tuple(weight.shape) for weight in _symbolic(document).weights])
    except Exception:  # its class is not registered, which the drawing says
        return True
    return shapes == [tuple(weight.shape) for weight in drawn.weights]


def _inputs(model: keras.Model) -> Any:
    """Makes inputs like those that the model defines, else of the shapes that it was called on."""
    import keras

    if getattr(model, "inputs", None):  # its constructor makes it a Functional model

        def like(tensor: keras.KerasTensor) -> keras.KerasTensor:
            return keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype, name=tensor.name)

        structure = model.inputs[0] if isinstance(model, keras.Sequential) else model.input
        return keras.tree.map_structure(like, structure)
    shapes = (model.get_build_config() or {}).get("input_shape")
    if shapes is None:
        raise TypeError(
            text(
                "The input shape of {class_name} is unknown until it is called. Call the model once on "
                "data, such as `model(x[:1])`, and open it again.",
                class_name=type(model).__name__,
            )
        )
    return _inputs_of(shapes)


def _inputs_of(shapes: Any, name: str | None = None) -> Any:
    """Makes an input for each shape, in plain lists and dicts: JAX takes none that Keras tracks."""
    import keras

    if isinstance(shapes, Mapping):  # the data is a dict with these names
        return {key: _inputs_of(shape, str(key)) for key, shape in shapes.items()}
    if all(isinstance(size, int | None) for size in shapes):
        return keras.Input(tuple(shapes[1:]), name=name)
    found = [_inputs_of(shape) for shape in shapes]
    return tuple(found) if isinstance(shapes, tuple) else found


def summary(payload: JSON, live: keras.Model | None) -> JSON:
    """Returns Keras' summary of a subclassed model that is a layer.

    Args:
        payload: With the `document`, and `layers`: the names that lead to the layer, from the outermost.
        live: The model of this document, if there is one; else one is made without weights.

    Returns:
        `summary`, the text; None if the layer is not a subclassed model.

    Raises:
        RequestError: If the document has no such layer.
        Exception: Any error of Keras while the document is built.
    """
    import keras

    from kerasviz.backend.isolation import isolated

    document, names = payload.get("document"), payload.get("layers")
    if not isinstance(document, dict) or not isinstance(names, list) or not names:
        raise RequestError("bad_request", text("Expected a document, and the names that lead to a layer."))

    def describe(model: Any) -> str | None:
        layer = model
        for name in names:
            # A wrapper is replaced by the model that it wraps.
            inside = getattr(getattr(layer, "layer", layer), "layers", [])
            layer = next((item for item in inside if item.name == name), None)
        if layer is None:
            raise RequestError(
                "bad_request",
                text("The document has no layer {names}.", names=f"{'/'.join(map(str, names))!r:.80}"),
            )
        if not isinstance(layer, keras.Model) or not is_subclassed(layer):
            return None
        lines: list[str] = []
        layer.summary(line_length=LINE_LENGTH, print_fn=lines.append)
        return "\n".join(lines)

    return {
        "summary": describe(live) if live is not None else isolated(lambda: describe(_symbolic(document)))
    }


def _symbolic(document: Mapping[str, Any]) -> Any:
    from kerasviz.analysis.symbolic import construct

    return construct({key: value for key, value in document.items() if key != "kerasviz"})
