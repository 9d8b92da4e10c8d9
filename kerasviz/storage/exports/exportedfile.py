"""Writes a model for another program than Keras, and has that program run it before the file is kept."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.backend.installed import backend
from kerasviz.config.naming import check_names
from kerasviz.config.weightsizes import bytes_of
from kerasviz.protocol.text import Text, text, text_n, words_of
from kerasviz.storage.exports.comparing import agree, are_alike, largest_difference
from kerasviz.storage.exports.exporterror import ExportError
from kerasviz.storage.exports.runtime import Runtime
from kerasviz.storage.exports.runtimes import is_installed, missing
from kerasviz.storage.exports.savedmodel import SAVED_MODEL
from kerasviz.storage.exports.trialinputs import Trial, one_by_one, trials
from kerasviz.storage.innerlayers import inner_layers

if TYPE_CHECKING:
    import keras

MOST_DETAIL = 2000
"""Characters of what a converter says: some print the whole graph."""


Tell = Callable[[Text], None]
"""Takes what is done now, as a sentence."""


def export(
    model: "keras.Model", path: Path, runtime: Runtime, name: str, tell: Tell = lambda step: None
) -> list[Text]:
    """Writes a model for a runtime, and compares what that computes with what Keras does.

    Args:
        model: The model, built; it stays as it is.
        path: The file or folder to write, which does not exist.
        runtime: What is to run it.
        name: What people call the file.
        tell: Told of each step as it begins.

    Returns:
        What was checked, and what a person has to know of the file.

    Raises:
        ExportError: When the model can't be written so, or the runtime computes other outputs.
        ModelFileError: When a layer has a name that can't be written.
    """
    check_exportable(model, runtime, name)
    from kerasviz.storage.exports.inference import Inference, taken_by

    try:
        taken = taken_by(model)
        converting = text("Converting to {format}…", format=runtime.format)
        written = runtime.write(Inference(model, tell, converting), path, taken)
    except Exception as error:
        refused = text(
            "{format} can't hold this model, so {file} was not written.", format=runtime.format, file=name
        )
        raise ExportError(_other_way(refused, runtime), words_of(error, MOST_DETAIL)) from error
    notes = [] if written.note is None else [written.note]
    if runtime.module and not is_installed(runtime.module):
        return [*notes, _unchecked(runtime)]
    tell(text("Comparing the outputs of {runtime} with those of Keras…", runtime=runtime.name))
    try:
        tried = trials(model, taken)
    except Exception as error:
        words = words_of(error, MOST_DETAIL)
        return [*notes, text("Not checked: Keras can't compute random samples: {error}", error=words)]
    chosen = one_by_one(tried) if written.one else tried
    return [*notes, _checked(model, path, runtime, chosen, name)]


def check_exportable(model: "keras.Model", runtime: Runtime, name: str) -> None:
    """Refuses what can be known not to work without trying it.

    Raises:
        ExportError, ModelFileError: As `export` does.
    """
    check_names(model, forbidden="\0")
    lacks = missing(runtime) or _too_large(model, runtime)
    if lacks is not None:
        raise ExportError(text("{file} was not written. {why}", file=name, why=lacks))


def _other_way(refused: Text, runtime: Runtime) -> Text:
    if backend() != "tensorflow" or runtime is SAVED_MODEL:
        return refused
    return text("{refused} Try a TensorFlow SavedModel, which holds more kinds of layers.", refused=refused)


def _unchecked(runtime: Runtime) -> Text:
    return text(
        "Not checked: {runtime} is not installed. Run `%pip install kerasviz[export]`.",
        runtime=runtime.name,
    )


def _too_large(model: "keras.Model", runtime: Runtime) -> Text | None:
    size = sum(bytes_of(weight.shape, weight.dtype) for weight in model.weights)
    if runtime.most_bytes is None or size <= runtime.most_bytes:
        return None
    return text(
        "Its weights take {size} GB, and a file of {format} holds 2 GB.",
        size=f"{size / 2**30:.1f}",
        format=runtime.format,
    )


def _checked(model: "keras.Model", path: Path, runtime: Runtime, tried: list[Trial], name: str) -> Text:
    try:
        run = runtime.opened(path)
        found = [(trial.outputs, run(trial)) for trial in tried]
        apart = max(largest_difference(expected, given) for expected, given in found)
    except Exception as error:
        refused = text(
            "{runtime} can't run the exported model, so {file} was not written.",
            runtime=runtime.name,
            file=name,
        )
        raise ExportError(_other_way(refused, runtime), words_of(error, MOST_DETAIL)) from error
    halves = any("16" in str(layer.compute_dtype) for _, layer in inner_layers(model))
    if not all(agree(expected, given, halves) for expected, given in found):
        raise ExportError(
            text(
                "In {runtime} the exported model computes other outputs than in Keras: they differ by up to "
                "{difference}. So {file} was not written.",
                runtime=runtime.name,
                difference=f"{apart:.2g}",
                file=name,
            )
        )
    # JupyterLab shows 140 characters of a message, the name and size of the file among them.
    samples = sum(trial.samples for trial in tried)
    checked = _said_of(runtime, apart, samples)
    if samples > 1 and are_alike([trial.outputs for trial in tried], halves):
        return text("{checked} They all give the same outputs, so this says little.", checked=checked)
    return checked


def _said_of(runtime: Runtime, apart: float, samples: int) -> Text:
    if not apart:
        return text_n(
            "Checked: the outputs of {runtime} are those of Keras ({n} random sample).",
            "Checked: the outputs of {runtime} are those of Keras ({n} random samples).",
            n=samples,
            runtime=runtime.name,
        )
    return text_n(
        "Checked: the outputs of {runtime} are those of Keras to {difference} ({n} random sample).",
        "Checked: the outputs of {runtime} are those of Keras to {difference} ({n} random samples).",
        n=samples,
        runtime=runtime.name,
        difference=f"{apart:.0e}",
    )
