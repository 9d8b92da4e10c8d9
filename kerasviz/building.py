"""From a document to a `keras.Model`, with errors that name the layer or the part of the training setup."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.analysis.analyzer import Analyzer
from kerasviz.analysis.explain import explain, own_words
from kerasviz.analysis.graph import ConfigShapeError, read_layers
from kerasviz.analysis.structure import model_errors
from kerasviz.analysis.symbolic import fresh
from kerasviz.config import ModelFileError, check_model
from kerasviz.protocol import KerasError, RequestError

IDENTIFIERS: Mapping[str, Callable[[Any], Any]] = {
    "optimizer": keras.optimizers.get,
    "loss": keras.losses.get,
    "metrics": keras.metrics.get,
    "weighted_metrics": keras.metrics.get,
}
"""What resolves each part of `compile_config`; the rest of it is about speed, where Keras' defaults serve."""

INCOMPLETE = frozenset({"empty", "no_input", "unconnected", "duplicate_name"})

"""Faults of a drawing that Keras would pass over by leaving layers out of the model."""


class BuildError(RequestError):
    """A document that does not make a model.

    Args:
        error: What is wrong, at which layer, and the mend where there is one.
    """

    def __init__(self, error: KerasError) -> None:
        super().__init__(error["code"], error["message"], layer=error["layer"], detail=error["detail"])
        self.error = error


def build_model(document: Mapping[str, Any], weights: Sequence[np.ndarray] | None = None) -> keras.Model:
    """Builds the model of a document, compiled where the document says how.

    Args:
        document: Today's Keras JSON; the `kerasviz` key is left aside, and nothing is changed.
        weights: Arrays to start from, in the order of `model.get_weights()`, or None for new weights.

    Returns:
        A model like the one that `keras.models.model_from_json` makes.

    Raises:
        BuildError: With the layer, or the part of the training setup, and what would mend it.
    """
    try:
        check_model(dict(document), custom=True)
    except ModelFileError as error:
        raise BuildError(explain(error, error.layer, code="refused")) from None
    problem = _graph_error(document)
    if problem is not None:
        raise BuildError(problem)
    config = fresh({key: document.get(key) for key in ("module", "class_name", "config", "registered_name")})
    try:
        model = keras.saving.deserialize_keras_object(config)
    except Exception as error:
        raise BuildError(_diagnosis(document, error)) from error
    if not isinstance(model, keras.Model):
        raise BuildError(_error("refused", f"Expected a model, received: {document.get('class_name')}."))
    if weights is not None:
        _set_weights(model, weights)
    compile_model(model, document.get("compile_config") or {})
    return model


def _graph_error(document: Mapping[str, Any]) -> KerasError | None:
    """Returns the first fault of the drawing that Keras would pass over by leaving layers out, or None."""
    try:
        layers = read_layers(document, {})
    except ConfigShapeError:
        return None  # A subclassed model has no graph, and Keras knows what to do with it.
    errors = model_errors(document, layers)
    return next((error for error in errors if error["code"] in INCOMPLETE), None)


def _diagnosis(document: Mapping[str, Any], raised: Exception) -> KerasError:
    """Finds the layer that made the whole model fail."""
    update = Analyzer().update(document)
    for node in update["nodes"].values():
        if node is not None and node["error"] is not None:
            return node["error"]
    return update["errors"][0] if update["errors"] else explain(raised, None, code="model")


def _set_weights(model: keras.Model, weights: Sequence[np.ndarray]) -> None:
    try:
        model.set_weights(list(weights))
    except ValueError as error:
        message = f"The saved weights do not fit this model: {own_words(error)} Train it from the start."
        raise BuildError(_error("weights", message, detail=str(error))) from error


def compile_model(model: keras.Model, compile_config: Mapping[str, Any]) -> None:
    """Compiles a model as a document says; one without optimizer, loss and metrics is left as it is.

    Args:
        model: The model; its weights are kept.
        compile_config: As `model.get_compile_config()` writes it.

    Raises:
        BuildError: With the part of the training setup that Keras does not take.
    """
    parts: dict[str, Any] = {}
    for part, resolve in IDENTIFIERS.items():
        value = compile_config.get(part)
        if value is None:
            continue
        try:
            parts[part] = keras.saving.deserialize_keras_object(fresh(value))
            keras.tree.map_structure(resolve, parts[part])
        except Exception as error:
            message = (
                f"Expected the {part} to be one that Keras knows, received: {_short(value)}. Choose another."
            )
            raise BuildError(_error("compile", message, detail=own_words(error))) from error
    if not parts:
        return
    if compile_config.get("loss_weights") is not None:
        parts["loss_weights"] = compile_config["loss_weights"]
    try:
        model.compile(**parts)
    except Exception as error:
        message = f"The training setup does not fit the model: {own_words(error)}"
        raise BuildError(_error("compile", message, detail=str(error))) from error


def _short(value: Any) -> str:
    name = (
        value.get("config", {}).get("name") or value.get("class_name") if isinstance(value, dict) else value
    )
    return repr(name)[:80]


def _error(code: str, message: str, detail: str | None = None) -> KerasError:
    return KerasError(code=code, layer=None, message=message, detail=detail, fix=None)
