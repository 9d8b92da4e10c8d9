"""From a document to a `keras.Model`, with errors that name the layer or the part of the training setup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras

from kerasviz.analysis.explain import explain, own_words
from kerasviz.analysis.mistakes.compileoptions import wrong_options
from kerasviz.analysis.mistakes.compiling import refusal
from kerasviz.analysis.mistakes.sortedoutputs import SORTED, misplaced
from kerasviz.analysis.reading import ConfigShapeError, read_layers
from kerasviz.analysis.structure import model_errors
from kerasviz.analysis.symbolic import built_for
from kerasviz.analysis.wholemodel import explained
from kerasviz.backend.isolation import draw_from
from kerasviz.catalog.conversion import as_keras_takes
from kerasviz.catalog.signatures import method_schema
from kerasviz.codegen import to_code
from kerasviz.codegen.running import run_code
from kerasviz.config import ModelFileError
from kerasviz.config.build import build_model as build_config
from kerasviz.config.build import first_names
from kerasviz.config.cost import may_be_large
from kerasviz.config.fresh import fresh
from kerasviz.config.layerspolicy import mixed_policy
from kerasviz.config.malformed import is_malformed
from kerasviz.config.oldarguments import todays_setup
from kerasviz.config.oldnames import BY_TARGETS
from kerasviz.config.parts import part_of
from kerasviz.config.trainingcosts import check_training_costs
from kerasviz.config.trial import child_knows
from kerasviz.protocol import KerasError, RequestError
from kerasviz.protocol.text import Text, text

RESOLVERS: Mapping[str, Callable[[Any], Any]] = {
    "optimizer": keras.optimizers.get,
    "loss": lambda value: value if value in BY_TARGETS["loss"] else keras.losses.get(value),
    "metrics": lambda value: value if value in BY_TARGETS["metrics"] else keras.metrics.get(value),
}
"""What resolves the objects in `compile_config`, by kind of argument; other arguments are plain values."""

INCOMPLETE = frozenset({"empty", "no_input", "unconnected", "duplicate_name"})
"""Faults of a drawing that Keras would pass over by leaving layers out of the model."""


class BuildError(RequestError):
    """A document that does not make a model.

    Args:
        error: What is wrong, at which layer, and the fix where there is one.
    """

    def __init__(self, error: KerasError) -> None:
        super().__init__(error["code"], error["message"], layer=error["layer"], detail=error["detail"])
        self.error = error


def build_model(document: Mapping[str, Any], seed: int | None = None) -> keras.Model:
    """Builds the model of a document with new weights, compiled where the document says how.

    Args:
        document: Today's Keras JSON; the `kerasviz` key is left aside, and nothing is changed.
        seed: Of the weights, and of what layers draw later: they are those of a script that sets this seed
            and goes on with the code of the document. None where they are drawn again each time.

    Returns:
        A model like the one that `keras.models.model_from_json` makes.

    Raises:
        BuildError: With the layer, or the part of the training setup, and the fix where there is one.
    """
    check_graph(document)
    if not child_knows(document) and may_be_large(document.get("config")):
        _try_each_layer(document)
    try:
        config = {key: value for key, value in document.items() if key != "kerasviz"}
        config["compile_config"] = todays_setup(part_of(document, "compile_config"))
        made = None if seed is None else _by_code(config, seed)
        model = build_config(config, custom=True, make=made)
    except ModelFileError as error:
        raise BuildError(_diagnosis(document, error)) from error
    compile_model(model, part_of(document, "compile_config"))
    return model


def _by_code(config: dict[str, Any], seed: int) -> Callable[[], keras.Model] | None:
    """What makes a model as its code does; None where it can't be code."""
    try:
        source = to_code({**config, "compile_config": None}, "model")
    except ValueError:  # a layer holds code of Python, or its class has no name that a script can reach
        return None

    def make() -> keras.Model:
        with draw_from(seed):
            return run_code(source, "model")

    return make


def check_graph(document: Mapping[str, Any], *, needs_input: bool = True) -> None:
    """Refuses a drawing of which Keras would make a model that lacks some of its layers.

    Args:
        document: Keras JSON.
        needs_input: Whether a Sequential needs an Input, too, as it does to have weights.

    Raises:
        BuildError: With the layer that is not connected, or the input that is missing.
    """
    try:
        layers = read_layers(document, {}, is_fed=bool(built_for(document)))
    except ConfigShapeError:
        return  # A subclassed model has no graph, and Keras knows what to do with it.
    for error in model_errors(document, layers):
        is_unfed = error["code"] == "no_input" and error["layer"] is not None
        if error["code"] in INCOMPLETE and (needs_input or not is_unfed):
            raise BuildError(error)


def compile_model(model: keras.Model, compile_config: Mapping[str, Any] | None) -> None:
    """Compiles a model as a document says, if it says anything.

    Args:
        model: Any model.
        compile_config: As Keras writes it: everything that `keras.Model.compile` takes is used.

    Raises:
        BuildError: With the part that Keras does not know.
    """
    given = todays_setup(compile_config)
    try:
        check_training_costs(given)
    except ModelFileError as error:
        raise BuildError(explain(error, None, code="compile")) from error
    with first_names():
        arguments = _arguments(given)
    if not arguments:
        return
    names = getattr(model, "output_names", None) or [layer.name for layer in model.layers[-1:]]
    keys = list(model.output) if model.built and isinstance(getattr(model, "output", None), dict) else []
    for part in SORTED if names else ():
        wrong = misplaced(part, given.get(part), names, keys, loss=given.get("loss"))
        if wrong is not None:
            raise BuildError(_wrong_setup(wrong.message))
    if isinstance(arguments.get("loss"), dict) and not getattr(model, "output_names", None):
        arguments["loss"] = arguments["loss"][names[0]]  # a Sequential takes no loss by name
    option = next(wrong_options(given), None)
    if option is not None:
        raise BuildError(_wrong_setup(option.message))
    if (policy := mixed_policy(model)) is not None:
        model.dtype_policy = policy
    try:
        model.compile(**arguments)
    except Exception as error:
        message = text("The training setup does not fit the model: {error}", error=own_words(error))
        if is_malformed(error):
            message = text(
                "The training setup does not fit the model: a value is missing or of the wrong kind."
            )
        raise BuildError(_compile_error(message, error)) from error


def compile_to_train(model: keras.Model, compile_config: Mapping[str, Any] | None) -> None:
    """Compiles a model as `compile_model` does, with the defaults of Keras where a document says nothing.

    Raises:
        BuildError: With the part that Keras does not know.
    """
    compile_model(model, compile_config)
    if not model.compiled:
        model.compile()


def _arguments(given: Mapping[str, Any]) -> dict[str, Any]:
    """Makes what `compile` takes."""
    arguments: dict[str, Any] = {}
    for name, schema in method_schema("compile")["properties"].items():
        value = given.get(name)
        if value is None:
            continue
        resolve = RESOLVERS.get(schema.get("x-keras", ""))
        try:
            arguments[name] = value
            if resolve is not None:
                made = keras.saving.deserialize_keras_object(fresh(as_keras_takes(value)))
                keras.tree.map_structure(resolve, made)
                arguments[name] = made
        except Exception as error:
            raise BuildError(_compile_error(refusal(name, value, error), error)) from error
    return arguments


def _try_each_layer(document: Mapping[str, Any]) -> None:
    """Has each layer of Keras' tried in another process, which does not know the user's and so not the whole.

    Raises:
        BuildError: With the layer that takes too much.
    """
    _, errors, _ = explained(document)
    for error in errors:
        if error["code"] == "refused":
            raise BuildError(error)


def _diagnosis(document: Mapping[str, Any], raised: ModelFileError) -> KerasError:
    """Finds the layer, or the part of the training setup, that made the whole model fail."""
    _, of_nodes, of_model = explained(document)
    errors = [error for error in of_model if error["code"] == "compile"] if raised.in_training else of_nodes
    return errors[0] if errors else explain(raised, raised.layer, code="refused")


def _wrong_setup(message: Text) -> KerasError:
    return KerasError(code="compile", layer=None, message=message, detail=None, fix=None)


def _compile_error(message: Text, error: Exception) -> KerasError:
    return KerasError(code="compile", layer=None, message=message, detail=own_words(error), fix=None)
