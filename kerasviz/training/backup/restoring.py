"""A model as its backup has it, to continue where a kernel died."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from kerasviz.config.parts import part_of
from kerasviz.models.building import build_model, compile_to_train
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import all_of, text
from kerasviz.training.backup.callbackstates import CallbackStates
from kerasviz.training.backup.generators import set_generator_states, set_memories
from kerasviz.training.backup.progress import Progress, read_arrays, read_progress
from kerasviz.training.run.run import Run


def restore(
    document: JSON, epochs: int, path: Path | None, run: Run, states: CallbackStates
) -> tuple[Any, Progress]:
    """Builds the model of a document with the weights, and the optimizer's state, of a backup.

    Args:
        document: As it is drawn now.
        epochs: Epochs asked for, those that the backup has done included.
        path: The backup; None where there is none.
        run: Gets notes on what was taken.
        states: Of the callbacks, which go on where they were.

    Returns:
        The compiled model, and how far it had come.

    Raises:
        RequestError: With code `backup`, when there is none, or none of its epochs is left to do.
        ModelFileError: When the weights do not fit what is drawn now.
    """
    from kerasviz import storage

    progress = None if path is None else read_progress(path)
    if path is None or progress is None:
        raise RequestError("backup", text("The last run has left no backup. Train from the current weights."))
    if progress.epoch >= epochs:
        raise RequestError(
            "backup",
            text(
                "The backup has finished {done} of {epochs} epochs. Set more epochs to continue.",
                done=progress.epoch,
                epochs=epochs,
            ),
        )
    model = build_model({**document, "compile_config": None})
    keeps_optimizer = _optimizer(document) == _optimizer(progress.document)
    if keeps_optimizer:
        compile_to_train(model, document.get("compile_config"))
        model.optimizer.build(model.trainable_variables)
    storage.load_weights(model, path)
    set_generator_states(model, progress.generators)
    set_memories(model, progress.memories)
    run.note(text("Continuing after epoch {epoch} of {run}.", epoch=progress.epoch, run=path.parent.name))
    if not keeps_optimizer:
        compile_to_train(model, document.get("compile_config"))
        run.note(text("The optimizer was changed since the backup, so its state is reset."))
    _restore_callbacks(path, progress, run, states)
    return model, progress


def _restore_callbacks(path: Path, progress: Progress, run: Run, states: CallbackStates) -> None:
    try:
        restarted = states.keep(progress.callbacks, read_arrays(path))
    except (OSError, zipfile.BadZipFile, LookupError, TypeError, ValueError, AttributeError, RuntimeError):
        restarted = states.keep([], b"")  # of an older version, or damaged
    if restarted:
        run.note(
            text(
                "The backup does not have what {callbacks} had counted and kept so far, so that starts over.",
                callbacks=all_of(restarted),
            )
        )


def _optimizer(document: JSON) -> Any:
    return part_of(document, "compile_config").get("optimizer")
