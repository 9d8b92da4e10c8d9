"""Reads model files of any format and age."""

import copy
import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.config.build import build_model
from kerasviz.config.compileconfig import Keeps, is_left_out, is_own
from kerasviz.config.convert import convert
from kerasviz.config.layerlist import check_layers
from kerasviz.config.malformed import is_malformed
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.names import is_own_model, is_registered, registered_model, takes_its_layers
from kerasviz.config.oldnames import of_any_backend
from kerasviz.config.parts import part_of
from kerasviz.config.trainingcosts import check_training_costs
from kerasviz.protocol.text import Text, text
from kerasviz.storage.checkpoint import Checkpoint
from kerasviz.storage.checkpoint_layout import load_checkpoint
from kerasviz.storage.container import Container, open_container
from kerasviz.storage.hdf5_weights import load_state, load_weights_into
from kerasviz.storage.nomodel import said_of_hdf5
from kerasviz.storage.vocabularies import check_vocabularies
from kerasviz.storage.widths import add_widths

if TYPE_CHECKING:
    import keras


def read_config(path: str | os.PathLike[str]) -> dict[str, Any]:
    """Reads the config of a model file as Keras writes it today.

    Args:
        path: A `.json`, `.yaml`, `.keras` or `.h5` file of any Keras since 1.0.

    Returns:
        The Keras JSON of the model. A layer that can't be built is in it as it is in the file, and so is what
        a document says of its training.

    Raises:
        ModelFileError: When the file holds no model or is damaged.
    """
    with open_container(path) as container:
        config = _converted(container, is_own)[0]
        own = part_of(container.config or {}, "kerasviz")
        return {**config, "kerasviz": own} if own else config


def read_document(path: str | os.PathLike[str]) -> tuple[dict[str, Any], list[Text]]:
    """Reads a model file as a document of the editor, and what had to be changed in it.

    Returns:
        The config as `read_config` gives it, with the file's name under `kerasviz` where it holds weights to
        start from, and a sentence for each change.
    """
    with open_container(path) as container:
        config, report = _converted(container, is_own)
        if container.weights is not None:
            config = {**config, "kerasviz": {"version": 1, "weights": os.path.basename(path)}}
        return config, report + _of_tensorflow_js(container)


def load(path: str | os.PathLike[str], custom: bool = False) -> "keras.Model":
    """Loads a model with its weights.

    Nothing in the file is run, imported or downloaded, and no other file is read.

    Args:
        path: A `.keras` or `.h5` file of any Keras since 1.0, or a config, which gives new weights.
        custom: Whether the file may name classes that were registered in this process with
            `keras.saving.register_keras_serializable`.

    Returns:
        The model, compiled where the file says how.

    Raises:
        ModelFileError: With the file, the layer and the reason.
    """
    model, notes = load_file(path, custom)
    for note in notes:
        warnings.warn(note, stacklevel=2)
    return model


def load_file(path: str | os.PathLike[str], custom: bool = False) -> tuple["keras.Model", list[Text]]:
    """Loads a model as `load` does, and gives what the user should know of it as sentences.

    That is what did not come over: how the model is compiled, or the state of its optimizer.
    """
    with open_container(path) as container:
        config, changes = _custom(container) if custom else _converted(container, lambda name: False)
        model = _built(config, container, custom)
        notes = [change for change in changes if is_left_out(change)] + _of_tensorflow_js(container)
        notes += _compile(model, config.get("compile_config"))
        if container.weights is not None:
            notes += load_weights_into(model, container)
            notes += load_state(model, container) if model.compiled else []
            check_vocabularies(model)
        return model, notes


def load_untrained(path: str | os.PathLike[str]) -> tuple["keras.Model", dict[str, Any]]:
    """Loads a model that is not to be trained: not compiled, and without the state of an optimizer.

    Args:
        path: A `.keras` or `.h5` file with weights, which may name classes that were registered here.

    Returns:
        The model, and its config as the file has it. Words that a layer has learned may be missing, as Keras
        keeps them apart.

    Raises:
        ModelFileError: With the file, the layer and the reason.
    """
    with open_container(path) as container:
        container.need_weights()
        written = container.config
        config, _ = _custom(container)
        check_layers(written)
        model = _built(config, container, custom=True)
        load_weights_into(model, container)
        return model, written


def load_weights(model: "keras.Model", path: str | os.PathLike[str]) -> list[Text]:
    """Sets the weights of a model from a file.

    Args:
        model: A built model.
        path: A `.weights.h5`, `.h5` or `.keras` file, or the `.index` of a TensorFlow checkpoint, whose
            values are in files in the same folder.

    Returns:
        What the user should know: how weights were matched, what was rounded, what is reset.

    Raises:
        ModelFileError: When the file has no weights, they don't fit the model, or a layer is left without the
            words that it looks up.
    """
    if str(path).endswith(".index"):
        try:
            notes = load_checkpoint(model, Checkpoint(path))
            check_vocabularies(model)
        except ModelFileError as error:
            error.file = Path(path).name
            raise
        return notes
    with open_container(path) as container:
        notes = load_weights_into(model, container) + load_state(model, container)
        check_vocabularies(model)
        return notes


def _built(config: dict[str, Any], container: Container, custom: bool) -> "keras.Model":
    # A layer of the user's own may leave some of its weights as they are.
    model = build_model(config, custom, replaced=container.weights is not None and not custom)
    if not model.built and config.get("build_config"):
        model.build_from_config(config["build_config"])  # code makes its layers
        model.built = True  # as deserialize_keras_object says
    if not model.built and is_own_model(config):
        raise _of_code(config)
    return model


def _compile(model: "keras.Model", compile_config: dict[str, Any] | None) -> list[Text]:
    if not compile_config:
        return []
    check_training_costs(compile_config)
    try:
        model.compile_from_config(copy.deepcopy(compile_config))
    except Exception as error:  # whatever a damaged file asks of Keras
        if is_malformed(error):
            return [text("The model was not compiled: a value is missing or of the wrong kind.")]
        return [text("The model was not compiled: {error}", error=str(error).strip())]
    return []


def _of_tensorflow_js(container: Container) -> list[Text]:
    """Says that the weights of a TensorFlow.js model, which are in other files, are not read."""
    manifest = container.config.get("weightsManifest") if isinstance(container.config, dict) else None
    if not manifest:
        return []
    return [
        text(
            "The weights of this TensorFlow.js model are in binary files beside it, which are not read: all "
            "layers have new weights. To keep the weights, convert the model to .keras or .h5 with "
            "tensorflowjs_converter, and open that."
        )
    ]


def _custom(container: Container) -> tuple[dict[str, Any], list[Text]]:
    """The config with what the user registered in this process."""
    config = container.config
    if container.kind == "h5" and isinstance(config, dict) and "registered_name" not in config:
        name = registered_model(str(config.get("class_name")))
        if name is not None:  # Keras writes it without its package there
            container.config = {**config, "module": None, "registered_name": name}
    if is_own_model(container.config):
        if container.kind == "h5":  # where Keras writes models inside without their modules, too
            raise _of_code(container.config)
        return of_any_backend(container.config), []
    return _converted(container, is_registered, lambda name: is_registered(name) and takes_its_layers(name))


def _of_code(config: dict[str, Any]) -> ModelFileError:
    return ModelFileError(
        text(
            "{class_name} makes its layers in its code, and this file does not say for which input. Save it "
            "as .keras once it was called, or create it in a cell, call it once and load its weights.",
            class_name=config["class_name"],
        )
    )


def _converted(
    container: Container, keeps: Keeps, keeps_model: Keeps = lambda name: False
) -> tuple[dict[str, Any], list[Text]]:
    if container.config is None:
        said = (
            None
            if container.weights is None
            else said_of_hdf5(container.weights.groups, container.weights.arrays)
        )
        raise ModelFileError(said or text("The file contains only weights. Open the model's config instead."))
    if container.kind == "h5" and container.weights is not None:
        add_widths(container.config, container.weights)
    return convert(container.config, container.version, container.training, keeps, keeps_model)
