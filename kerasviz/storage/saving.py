"""Writes model files: completely and checked, or not at all."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.naming import check_names
from kerasviz.config.slim import slim
from kerasviz.config.wholeconfig import complete
from kerasviz.config.writable import check_writable
from kerasviz.protocol.text import Text, text
from kerasviz.storage.atomic import flush, replaced
from kerasviz.storage.exports import EXPORTS, export
from kerasviz.storage.exports.runtime import Runtime
from kerasviz.storage.formats import format_of
from kerasviz.storage.verify import verify
from kerasviz.storage.vocabularies import with_vocabularies
from kerasviz.storage.writers import write_h5, write_keras

if TYPE_CHECKING:
    import keras


def save(model: "keras.Model", path: str | os.PathLike[str]) -> Text:
    """Saves a model; the file is the old one or the new one, never a part of it.

    Args:
        model: The model, built.
        path: Where to; the extension chooses the format, as in `FORMATS`.

    Returns:
        What the file keeps of the model and what not, and what was checked, in sentences.

    Raises:
        ValueError: When the extension is not that of a format, or it is no name of a file.
        ModelFileError: When a layer has a name that can't be written.
        ExportError: When the format of another program can't hold the model; the old file is as it was.
        OSError: When it can't be written; the old file is as it was.
    """
    chosen, _ = format_of(os.fspath(path))
    told = text(
        "{file} keeps {keeps}. It does not keep {loses}.",
        file=Path(path).name,
        keeps=chosen.keeps,
        loses=chosen.loses,
    )
    for note in write_model(model, path):
        told = text("{said} {note}", said=told, note=note)
    return told


def write_model(model: "keras.Model", path: str | os.PathLike[str]) -> list[Text]:
    """Saves a model as `save` does.

    Returns:
        What was found out of a file for another program, as sentences; nothing of the formats of Keras.
    """
    _, end = format_of(os.fspath(path))
    runtime = EXPORTS.get(end)
    if runtime is not None:
        with replaced_export(path, runtime) as beside:
            return export(model, beside, runtime, Path(path).name)
    check_names(model, forbidden="\0", whole="." if end in (".h5", ".hdf5") else "")  # HDF5's own group
    with replaced(path) as beside:
        _WRITERS[end](model, beside)
        # The disk works while the file is read back.
        flushing = threading.Thread(target=flush, args=(beside,))
        flushing.start()
        verify(model, beside, by_layer=end in (".keras", ".weights.h5"))
        flushing.join()
    return []


@contextmanager
def replaced_export(path: str | os.PathLike[str], runtime: Runtime) -> Iterator[Path]:
    """Gives a new file or folder beside `path`, as `replaced` does, for what a runtime reads.

    Raises:
        FileExistsError: When something else than a folder of this runtime would be replaced.
        FileNotFoundError: When its folder does not exist.
    """
    _check_replaceable(Path(path), runtime)
    with replaced(path) as beside:
        yield beside
        _check_replaceable(Path(path), runtime)  # converting takes a while


def _check_replaceable(folder: Path, runtime: Runtime) -> None:
    """Refuses to put a folder in the place of anything but its like: a folder may hold all of one's work."""
    if runtime.marks and folder.exists() and not (folder / runtime.marks).is_file():
        raise FileExistsError(
            text(
                "{name} exists and is not a folder of {format}, so it is not replaced. Choose another name.",
                name=repr(folder.name),
                format=runtime.format,
            )
        )


def model_config(model: "keras.Model") -> dict[str, Any]:
    """Gives the config of a model in today's Keras JSON, without what is a default.

    What Keras leaves out though it is none is in it.

    Raises:
        ModelFileError: When a call has bytes that no text can hold.
        TypeError: When Keras can't write how it is compiled.
    """
    check_writable(model)
    try:
        written = model.to_json()
    except UnicodeDecodeError as error:
        raise ModelFileError(
            text(
                "A call has the bytes {value}, which are no text in UTF-8, so no file can hold them.",
                value=repr(error.object)[:80],
            )
        ) from error
    whole = complete(model, json.loads(written))
    found: dict[str, Any] = slim(whole)
    if "build_config" in whole and "layers" not in whole["config"]:  # whose code makes them when it is built
        found["build_config"] = whole["build_config"]
    return found


def write_config(config: dict[str, Any], path: str | os.PathLike[str]) -> None:
    """Writes a config in today's Keras JSON, as JSON or YAML by the extension."""
    with replaced(path) as beside:
        beside.write_text(_text(config, beside), encoding="utf-8")


def _text(config: dict[str, Any], path: Path) -> str:
    import yaml

    if path.suffix == ".json":
        return json.dumps(config, indent=2) + "\n"
    return yaml.safe_dump(config, sort_keys=False)


def _write_config(model: "keras.Model", path: Path) -> None:
    path.write_text(_text(with_vocabularies(model, model_config(model)), path), encoding="utf-8")


def _write_h5(model: "keras.Model", path: Path) -> None:
    write_h5(model, with_vocabularies(model, model_config(model)), path)


_WRITERS: dict[str, Callable[["keras.Model", Path], Any]] = {
    ".keras": lambda model, path: write_keras(model, model_config(model), path),
    ".weights.h5": lambda model, path: model.save_weights(path),
    **dict.fromkeys((".h5", ".hdf5"), _write_h5),
    **dict.fromkeys((".json", ".yaml", ".yml"), _write_config),
}
