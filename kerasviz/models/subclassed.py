"""Models whose layers are Python code: drawn as one node, and told of by Keras' summary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kerasviz.protocol import JSON, RequestError

if TYPE_CHECKING:
    import keras

LINE_LENGTH = 72
"""Characters of a line of a summary: what a card beside the canvas shows with little scrolling."""


def is_subclassed(model: keras.Model) -> bool:
    """Whether the layers of a model can't be drawn, as code puts them together."""
    return type(model).__name__ not in ("Functional", "Sequential")


def drawable(model: keras.Model) -> keras.Model:
    """Returns a model that can be drawn: itself, or a Functional one whose one node is a subclassed model.

    Args:
        model: A model. A subclassed one is shared, not copied: what trains the new model trains it too.

    Returns:
        The Functional model of a subclassed one: it has its inputs and outputs, any batch size, its training
        setup, but not a `train_step` of its own.

    Raises:
        TypeError: When it is not known what a subclassed model takes, or when Keras can't write it down.
    """
    import keras

    if not is_subclassed(model):
        return model
    inputs = _inputs(model)
    try:
        drawn = keras.Model(inputs, model(inputs), name=model.name)
        if model.compiled:
            drawn.compile_from_config(model.get_compile_config())
        drawn.to_json()
    except NotImplementedError:
        raise TypeError(
            f"Expected {type(model).__name__} to say what it was made with. Write its `get_config`, which "
            "returns the arguments of its constructor, and make the model again."
        ) from None
    except Exception as error:
        raise TypeError(
            f"Expected {type(model).__name__} to be a node of a Functional model. Keras says: {error}"
        ) from error
    return drawn


def _inputs(model: keras.Model) -> Any:
    """Makes inputs like those of a class that names them, else of the shapes that it was called on."""
    import keras

    if getattr(model, "inputs", None):  # its constructor makes a Functional model of itself

        def like(tensor: keras.KerasTensor) -> keras.KerasTensor:
            return keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype, name=tensor.name)

        return keras.tree.map_structure(like, model.input)
    shapes = (model.get_build_config() or {}).get("input_shape")
    if shapes is None:
        raise TypeError(
            f"Expected to know what {type(model).__name__} takes, which Keras learns when it is called. "
            "Call the model once on data, e.g. `model(x[:1])`, and open it then."
        )
    if isinstance(shapes, dict):  # data comes by these names
        return {name: keras.Input(tuple(shape[1:]), name=name) for name, shape in shapes.items()}
    return keras.tree.map_shape_structure(lambda shape: keras.Input(tuple(shape[1:])), shapes)


def summary(payload: JSON, live: keras.Model | None) -> JSON:
    """Keras' summary of a subclassed model that is a layer.

    Args:
        payload: With the `document`, and `layers`: the names that lead to the layer, from the outermost.
        live: The model of that very document, where there is one; else one is made without weights.

    Returns:
        `summary`, the text; None where the layer is no subclassed model.

    Raises:
        RequestError: When the document has no such layer.
        Exception: Whatever keeps the document from being built.
    """
    import keras

    from kerasviz.analysis.isolation import isolated

    document, names = payload.get("document"), payload.get("layers")
    if not isinstance(document, dict) or not isinstance(names, list) or not names:
        raise RequestError("bad_request", "Expected a document, and the names that lead to a layer.")

    def tell(model: Any) -> str | None:
        layer = model
        for name in names:
            # A wrapper stands for the model that it wraps.
            inside = getattr(getattr(layer, "layer", layer), "layers", [])
            layer = next((item for item in inside if item.name == name), None)
        if layer is None:
            raise RequestError("bad_request", f"Expected the name of a layer, received: {names!r:.80}.")
        if not isinstance(layer, keras.Model) or not is_subclassed(layer):
            return None
        lines: list[str] = []
        layer.summary(line_length=LINE_LENGTH, print_fn=lines.append)
        return "\n".join(lines)

    return {"summary": tell(live) if live is not None else isolated(lambda: tell(_symbolic(document)))}


def _symbolic(document: Mapping[str, Any]) -> Any:
    from kerasviz.analysis.symbolic import construct

    return construct({key: value for key, value in document.items() if key != "kerasviz"})
