"""The model of one document: built, trained, kept and saved."""

from __future__ import annotations

import builtins
import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras

from kerasviz.backend.devices import devices
from kerasviz.config import check_model
from kerasviz.config.parts import part_of
from kerasviz.data import load
from kerasviz.data.fitting import fit_to_model
from kerasviz.models.building import build_model, compile_model
from kerasviz.models.startweights import start_from_file
from kerasviz.protocol import JSON, Curves, RequestError, RunState
from kerasviz.protocol.text import sentence_of
from kerasviz.training.backup.backupkeeper import BackupKeeper
from kerasviz.training.backup.progress import Progress, backup_path
from kerasviz.training.backup.restoring import restore
from kerasviz.training.callbacks.recorder import Recorder
from kerasviz.training.plan import TrainForm
from kerasviz.training.run.control import Control
from kerasviz.training.run.run import Run

Namespace = dict[str, Any]


class Trainer:
    """Holds the trained model of a document. Everything here runs on the model thread.

    Args:
        folder: Where the document is, and where models are saved; None for the working directory.
        name: Name of the document's file, where it has one.
    """

    def __init__(self, folder: Path | None = None, name: str = "") -> None:
        self.model: Any = None
        self._is_training = False
        self._folder = folder
        self._name = name
        self._architecture: JSON = {}
        self._compile_config: JSON | None = None

    def train(
        self, form: TrainForm, run: Run, namespace: Namespace, publish: Callable[[Curves], None]
    ) -> RunState:
        """Trains the model of a form, and leaves it in the user's namespace.

        Args:
            form: What was asked.
            run: Filled while it trains.
            namespace: The user's variables.
            publish: Called about ten times a second with new points.

        Returns:
            How the run ended: `finished` or `stopped`.
        """
        check_model(form.document, custom=True)
        _check_name(form.model_name, namespace)
        run.device = devices()[0]["label"]
        data = load(form.data, namespace)
        backup = backup_path(self._here(), self._name or form.model_name)
        progress = None
        if form.restore:
            model, progress = self._restore(form, run, backup)
        else:
            model = self._prepare(form, run)
        data = fit_to_model(data, model)
        run.notes.extend(data.notes)
        namespace[form.model_name] = model
        if run.control.stopping:
            return "stopped"
        if progress is not None:
            run.go_on(progress.epoch, progress.step)
            publish(progress.curves)
        recorder = Recorder(run, publish)
        keeper = BackupKeeper(backup, form.document, recorder)
        self._is_training = True
        try:
            model.fit(
                data.x,
                data.y,
                batch_size=form.batch_size,
                epochs=form.epochs,
                initial_epoch=run.epoch,
                validation_split=form.validation_split,
                validation_freq=_UntilStopped(run.control),
                callbacks=[recorder, keeper],
                verbose=0,
            )
        finally:
            self._is_training = False
        keeper.discard()
        return "stopped" if run.control.stopping else "finished"

    def adopt(self, model: Any, document: JSON) -> None:
        """Takes a model of the user's as that of a document: training goes on from its weights."""
        self.model = model
        self._architecture = _architecture(document)
        self._compile_config = copy.deepcopy(document.get("compile_config"))

    def kept(self, document: JSON) -> Any:
        """The model of a document where it is kept: None where it is another architecture."""
        return self.model if _architecture(document) == self._architecture else None

    def current(self, document: JSON) -> Any:
        """The model of a document: the trained one, or a new one where it is another architecture.

        It is kept, so that training goes on with it; but not while another one trains.
        """
        kept = self.kept(document)
        if kept is not None:
            return kept
        model, _ = self._build(document, fresh=False)
        if not self._is_training:
            self.adopt(model, document)
        return model

    def load_weights(self, document: JSON, name: str) -> str:
        """Makes a model of a document with the weights of a file; training goes on from them.

        Args:
            document: As it is drawn now.
            name: Of a file in the document's folder.

        Returns:
            A sentence: what was taken.

        Raises:
            RequestError: With code `weights`, when there is no such file.
            ModelFileError: When the file holds no weights, or they do not fit. The model is as it was.
        """
        check_model(document, custom=True)
        model = build_model(document)
        note = start_from_file(model, name, self._here(), some=True)
        self.adopt(model, document)
        return note

    def save(self, document: JSON, path: str) -> JSON:
        """Saves the model of a document.

        Args:
            document: As `current` takes it.
            path: Ends as one of `storage.FORMATS`; relative to the folder, and inside it.

        Returns:
            `path` of the file relative to the folder, its `bytes`, and what it `keeps` and `loses`.

        Raises:
            RequestError: With code `path`, when it is no such path.
        """
        from kerasviz import storage

        folder = self._here()
        target = (folder / path).resolve()
        try:
            chosen, _ = storage.format_of(path)
        except ValueError as error:
            raise RequestError("path", sentence_of(error)) from None
        if not target.is_relative_to(folder) or target == folder:
            raise RequestError("path", f"Expected a file name inside {folder}; received: {path!r}.")
        storage.save(self.current(document), target)
        files = [file for file in target.rglob("*") if file.is_file()] if target.is_dir() else [target]
        return {
            "path": target.relative_to(folder).as_posix(),
            "bytes": sum(file.stat().st_size for file in files),
            "keeps": chosen.keeps,
            "loses": chosen.loses,
        }

    def _here(self) -> Path:
        return (self._folder or Path.cwd()).resolve()

    def _prepare(self, form: TrainForm, run: Run) -> Any:
        """Returns the compiled model, with the weights it had where the architecture is the same."""
        document = form.document
        if form.fresh or self.kept(document) is None:
            self.model = None  # frees the old weights before new ones are made
            model, note = self._build(document, form.fresh)
            self.adopt(model, document)
            if note:
                run.note(note)
        else:
            run.note("Training goes on from the weights that the model has.")
            if document["compile_config"] != self._compile_config:
                compile_model(self.model, document["compile_config"])
                self._compile_config = copy.deepcopy(document["compile_config"])
        return self.model

    def _restore(self, form: TrainForm, run: Run, path: Path) -> tuple[Any, Progress]:
        """Returns the model as a kernel that died had backed it up, and how far it had come."""
        model, progress = restore(form.document, form.epochs, path, run)
        self.adopt(model, form.document)
        return model, progress

    def _build(self, document: JSON, fresh: bool) -> tuple[Any, str]:
        """Builds a model, with the weights of the document's file unless fresh ones are asked for."""
        model = build_model(document)
        weights = part_of(document, "kerasviz").get("weights")
        note = start_from_file(model, str(weights), self._here()) if weights and not fresh else ""
        return model, note


class _UntilStopped(list[int]):
    """Epochs after which `fit` validates: all, but none once stop is asked.

    Keras begins the validation of an epoch that was stopped, which may first have to be compiled.
    """

    def __init__(self, control: Control) -> None:
        super().__init__()
        self._control = control

    def __contains__(self, epoch: object) -> bool:
        return not self._control.stopping


def _architecture(document: JSON) -> JSON:
    keys = ("module", "class_name", "config", "registered_name")
    return copy.deepcopy({key: document.get(key) for key in keys})


def _check_name(name: str, namespace: Namespace) -> None:
    """Keeps what the user has in the kernel: the name may stand in a document that somebody else has written.

    Raises:
        RequestError: With code `model_name`, when it is that of something that is no model.
    """
    taken = namespace.get(name, getattr(builtins, name, None))
    if not isinstance(taken, (keras.Model, type(None))):
        raise RequestError(
            "model_name",
            f"Expected a name that is free for the model, received: {name!r}, a {type(taken).__name__} in "
            "the kernel. Choose another name under Train.",
        )
