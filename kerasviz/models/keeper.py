"""The model of one document: built, kept with its weights, and saved."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kerasviz.config import check_model
from kerasviz.config.parts import part_of
from kerasviz.models.building import build_model, compile_model
from kerasviz.models.startweights import start_from_file
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import sentence_of, text


class Keeper:
    """Keeps the trained model of a document. Everything here runs on the document's worker.

    Args:
        folder: Where the document is, and where models are saved; None for the working directory.
        name: Name of the document's file, where it has one.

    Attributes:
        model: The model; None before the first.
        name: Name of the document's file, where it has one.
    """

    def __init__(self, folder: Path | None = None, name: str = "") -> None:
        self.model: Any = None
        self.name = name
        self._folder = folder
        self._is_training = False
        self._architecture: JSON = {}
        self._compile_config: JSON | None = None

    @property
    def folder(self) -> Path:
        """Where the document is."""
        return (self._folder or Path.cwd()).resolve()

    def adopt(self, model: Any, document: JSON) -> None:
        """Takes a model as that of a document: training continues from its weights."""
        self.model = model
        self._architecture = _architecture(document)
        self._compile_config = copy.deepcopy(document.get("compile_config"))

    def kept(self, document: JSON) -> Any:
        """The model of a document where it is kept: None where it is another architecture."""
        return self.model if _architecture(document) == self._architecture else None

    def current(self, document: JSON) -> Any:
        """The model of a document: the trained one, or a new one where it is another architecture.

        It is kept, so that training continues with it; but not while another one trains.
        """
        kept = self.kept(document)
        if kept is not None:
            return kept
        model, _ = self._build(document, fresh=False)
        if not self._is_training:
            self.adopt(model, document)
        return model

    def prepare(self, document: JSON, fresh: bool) -> list[str]:
        """Makes `model` that of a document, compiled; it keeps its weights if the layers are the same.

        Args:
            document: What is to be trained.
            fresh: Whether to begin with new weights.

        Returns:
            Sentences for the user: where the weights come from.
        """
        if fresh or self.kept(document) is None:
            self.model = None  # frees the old weights before new ones are made
            model, notes = self._build(document, fresh)
            self.adopt(model, document)
            return notes
        if document["compile_config"] != self._compile_config:
            compile_model(self.model, document["compile_config"])
            self._compile_config = copy.deepcopy(document["compile_config"])
        return [text("Continuing from the current weights.")]

    @contextmanager
    def training(self) -> Iterator[None]:
        """While the model trains, no other one takes its place."""
        self._is_training = True
        try:
            yield
        finally:
            self._is_training = False

    def load_weights(self, document: JSON, name: str) -> str:
        """Makes a model of a document with the weights of a file; training continues from them.

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
        note = start_from_file(model, name, self.folder, some=True)
        self.adopt(model, document)
        return note

    def save(self, document: JSON, path: str) -> JSON:
        """Saves the model of a document.

        Args:
            document: As `current` takes it.
            path: With the file extension of one of `storage.FORMATS`; relative to the folder, and inside it.

        Returns:
            `path` of the file relative to the folder, its `bytes`, and what it `keeps` and `loses`.

        Raises:
            RequestError: With code `path`, when it is no such path.
        """
        from kerasviz import storage

        folder = self.folder
        target = (folder / path).resolve()
        try:
            chosen, _ = storage.format_of(path)
        except ValueError as error:
            raise RequestError("path", sentence_of(error)) from None
        if not target.is_relative_to(folder) or target == folder:
            raise RequestError(
                "path",
                text(
                    "Expected a file name inside {folder}, received: {path}.",
                    folder=str(folder),
                    path=repr(path),
                ),
            )
        storage.save(self.current(document), target)
        files = [file for file in target.rglob("*") if file.is_file()] if target.is_dir() else [target]
        return {
            "path": target.relative_to(folder).as_posix(),
            "bytes": sum(file.stat().st_size for file in files),
            "keeps": chosen.keeps,
            "loses": chosen.loses,
        }

    def _build(self, document: JSON, fresh: bool) -> tuple[Any, list[str]]:
        """Builds a model, with the weights of the document's file unless fresh ones are asked for."""
        model = build_model(document)
        weights = part_of(document, "kerasviz").get("weights")
        if not weights or fresh:
            return model, []
        return model, [start_from_file(model, str(weights), self.folder)]


def _architecture(document: JSON) -> JSON:
    keys = ("module", "class_name", "config", "registered_name")
    return copy.deepcopy({key: document.get(key) for key in keys})
