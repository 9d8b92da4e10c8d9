"""Keras code for a model, as a teacher would hand it out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from kerasviz.analysis.explain import own_words
from kerasviz.analysis.reading import expect_config
from kerasviz.backend.isolation import isolated
from kerasviz.codegen.compilation import write_compile
from kerasviz.codegen.recipe import write_recipe
from kerasviz.codegen.recipe.serverscript import write_server
from kerasviz.codegen.statements import ModelWriter
from kerasviz.config import ModelFileError, check_model
from kerasviz.config.build import build_model, try_build
from kerasviz.config.fresh import fresh
from kerasviz.config.fullconfig import full_compile_config
from kerasviz.config.malformed import said
from kerasviz.config.naming import check_names
from kerasviz.config.oldarguments import todays_setup
from kerasviz.config.parts import part_of
from kerasviz.config.writable import check_writable
from kerasviz.protocol.text import Text, sentence_of, text
from kerasviz.storage.vocabularies import without_vocabulary

__all__ = ["to_code"]


def to_code(
    model: keras.Model | Mapping[str, Any],
    variable: str = "model",
    *,
    recipe: str | None = None,
    folder: Path | None = None,
) -> str:
    """Writes Keras code that defines a model, or a script that trains it.

    Args:
        model: A model, or a document: today's Keras JSON as a dict.
        variable: Name of the variable for the model; one that the code needs for itself gets `_model`.
        recipe: How the script trains: with `fit`; with train_on_batch (`batch`); with a loop of its own
            (`tensorflow`, `jax` or `torch`, or `loop` for the backend in use). Data, callbacks and all else
            are those of the document's plan. `serve` is no training but a server of the predictions of the
            model's ONNX file. None for the model alone.
        folder: Where the document is, which tells what is known of its data here; the working directory where
            it is None.

    Returns:
        Python source that runs without kerasviz. It defines the model, with the same config, and compiles it
        where it is compiled; a server reads the ONNX file.
        Only arguments that are not Keras' default are written. Names are written as strings, or made into
        identifiers: none can become code.

    Raises:
        TypeError: If it is neither.
        ModelFileError: If a document names what is not allowed, or Keras can't build it.
        ValueError: If a layer holds Python code, or its class is neither importable nor registered.
    """
    document: Mapping[str, Any] = {}
    if isinstance(model, keras.Model):
        check_names(model)
        check_writable(model)
        compile_config = full_compile_config(model)
    else:
        expect_config(model)
        compile_config = todays_setup(part_of(model, "compile_config"))
        document, model = model, from_document({**model, "compile_config": compile_config})
    live = model

    def write(writer: ModelWriter) -> None:
        _write_model(writer, live, compile_config)

    if recipe == "serve":
        inputs = getattr(live, "inputs", None) or []
        return write_server(variable, inputs[0].name if inputs else "")
    if recipe is not None:
        return write_recipe(
            {**document, "compile_config": compile_config}, live, variable, recipe, write, folder
        )
    writer = ModelWriter(variable)
    write(writer)
    return "\n".join([*writer.imports.lines(), "", *writer.lines, ""])


def _write_model(writer: ModelWriter, model: keras.Model, compile_config: Mapping[str, Any] | None) -> None:
    isolated(lambda: writer.model(model, writer.target))
    for name in without_vocabulary(model):
        writer.lines.append(f"# {name!r} has no vocabulary yet: adapt it before the model is used.")
    try:  # not isolated: an optimizer has variables from the start
        write_compile(writer, model, compile_config)
    except Exception as error:
        if isinstance(sentence_of(error), Text):
            raise
        reason = text("Keras can't make it: {error}", error=said(error, own_words(error)))
        raise ModelFileError(reason, in_training=True) from error


def from_document(document: dict[str, Any]) -> keras.Model:
    """Makes the model of a document to be looked at; it has weights only where Keras can't do without.

    Raises:
        ModelFileError: If the document names what is not allowed, or Keras can't build it.
    """
    check_model(document, custom=True)
    architecture = {
        key: value for key, value in document.items() if key not in ("kerasviz", "compile_config")
    }
    try_build(architecture)
    try:
        model = isolated(lambda: keras.saving.deserialize_keras_object(fresh(architecture)))
    except Exception:
        # A stateful layer needs memory for its state at once. This explains any other problem.
        return build_model(document, custom=True)
    if not isinstance(model, keras.Model):
        raise ModelFileError(
            text("Expected a model, received: {received}.", received=str(document.get("class_name")))
        )
    return model
