"""The model of one document: built, kept with its weights, and saved."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras

from kerasviz import storage
from kerasviz.backend.distribution.placement import WHERE_IT_IS, Placement, same_replicas
from kerasviz.config import check_model
from kerasviz.models.building import build_model, compile_model
from kerasviz.models.drawn import Drawn, architecture, made
from kerasviz.models.goingback import Before
from kerasviz.models.moving import built_beside, take_everything
from kerasviz.models.runsteps import Steps
from kerasviz.models.savetarget import target_in
from kerasviz.models.startweights import listed, start_from_file, start_from_model
from kerasviz.models.variablename import Variables
from kerasviz.models.weightorigins import Kept, file_of, goes_on, specs_of, still_fresh
from kerasviz.protocol import JSON
from kerasviz.protocol.files import Saved
from kerasviz.protocol.text import Text, text


class Keeper:
    """Keeps the trained model of a document. Everything here runs on the document's worker.

    A model that is made only to be saved does not replace the trained one, so that undoing the edit brings
    back the trained weights.

    Args:
        folder: Where the document is, and where models are saved; None for the working directory.
        name: Name of the document's file, where it has one.

    Attributes:
        name: Name of the document's file, where it has one.
        place: Where the document is; None for the working directory.
        known: What is known of the model, for any thread; None before the first.
        variables: Those of the user's that the model may be given to.
        before: What the model was before it went back to an earlier epoch, until it trains again.
        trains_elsewhere: Whether another process trains the model: no other one takes its place meanwhile.
    """

    def __init__(self, folder: Path | None = None, name: str = "") -> None:
        self.name = name
        self.known: Kept | None = None
        self.before: Before | None = None
        self.variables = Variables(str(folder.resolve() / name) if folder and name else None)
        self.place = folder
        self.trains_elsewhere = False
        self._is_training = False
        self._kept: Drawn | None = None
        self._draft: Drawn | None = None
        self._steps = Steps()

    @property
    def folder(self) -> Path:
        """Where the document is."""
        return (self.place or Path.cwd()).resolve()

    @property
    def model(self) -> Any:
        """The model; None before the first."""
        return None if self._kept is None else self._kept.model

    def adopt(self, model: Any, document: JSON, fresh: frozenset[str] = frozenset()) -> None:
        """Takes a model as that of a document: training continues from its weights.

        Args:
            model: The model.
            document: What it was made of.
            fresh: The layers whose weights are new and untrained, as `inner_layers` names them.
        """
        self.variables.remember(model)
        self._keep(made(model, copy.deepcopy(document), fresh, []))

    def _keep(self, drawn: Drawn) -> None:
        if drawn.model is not self.model:
            self._steps = Steps()
        self._kept, self._draft = drawn, None
        self.known = Kept(drawn.document, specs_of(drawn.model), drawn.fresh)

    def kept(self, document: JSON) -> Any:
        """The model of a document where it is kept: None where it is another architecture."""
        kept = self._kept
        return kept.model if kept is not None and architecture(document) == kept.architecture else None

    def current(self, document: JSON) -> Any:
        """The model of a document: the trained one, or a new one where it is another architecture.

        It is kept, so that training continues with it; but not while another one trains.
        """
        kept = self.kept(document)
        if kept is not None:
            return kept
        drawn = self._drawn(document)
        if not self._is_training and not self.trains_elsewhere:
            self.adopt(drawn.model, document, drawn.fresh)
        return drawn.model

    def copied(self, document: JSON, seed: int | None = None) -> Keeper:
        """Another keeper, with a model of its own whose weights are those that this one would take.

        Args:
            document: What the other model is made of.
            seed: Of weights that neither has, as `build_model` takes it.
        """
        other = Keeper(self.place)
        draft = self._draft
        is_draft = draft is not None and architecture(document) == draft.architecture
        source = draft if is_draft else self._kept
        if source is not None:
            other._keep(source)
        drawn = other._drawn(document, seed)
        other.adopt(drawn.model, document, drawn.fresh)
        return other

    def prepare(
        self, document: JSON, fresh: bool, seed: int | None = None, placement: Placement = WHERE_IT_IS
    ) -> list[str]:
        """Makes `model` that of a document, compiled; layers that are the same keep their weights.

        Args:
            document: What is to be trained.
            fresh: Whether to begin with new weights.
            seed: Of new weights, as `build_model` takes it.
            placement: Where it is to lie.

        Returns:
            Sentences for the user: where the weights come from.
        """
        lies_there = self.model is None or placement.holds(self.model)
        building = placement.building(self.model)
        if fresh:
            self._kept = self._draft = self.known = None  # frees the old weights before new ones are made
            self._steps = Steps()
            with building:
                model = build_model(document, seed)
            placement.take(model)
            self.adopt(model, document, frozenset(specs_of(model)))
            return []
        if not lies_there:
            self._draft = None
        notes: list[str] = [text("Continuing from the current weights.")]
        kept = self._kept
        with building:
            if kept is None or self.kept(document) is None:
                kept = self._drawn(document, seed, there=True)
                notes = kept.notes
            elif not lies_there:
                model = build_model(document, seed)
                same = document.get("compile_config") == kept.document.get("compile_config")
                take_everything(model, kept.model, optimizer=same)
                kept = made(model, document, kept.fresh, notes)
            elsewhere = kept.optimizer is not None and kept.model.optimizer is not kept.optimizer
            if elsewhere or document.get("compile_config") != kept.document.get("compile_config"):
                compile_model(kept.model, document.get("compile_config"))
        if elsewhere:
            notes.append(
                text("A cell had compiled the model, which is compiled as the Train tab says again.")
            )
        placement.take(kept.model)
        self.adopt(kept.model, document, kept.fresh)
        return notes

    @contextmanager
    def training(self) -> Iterator[None]:
        """While the model trains, no other one takes its place. After a batch its weights are trained."""
        kept, self.before = self._kept, None
        before = _steps(self.model)
        self._is_training = True
        try:
            with self._steps.of_runs(self.model):
                yield
        finally:
            self._is_training = False
            if kept is not None and self._kept is kept and _steps(kept.model) > before:
                self.take_trained()

    def take_trained(self) -> None:
        """Takes note that the model was trained, whoever did it."""
        kept, self.before = self._kept, None
        if kept is not None:
            self._keep(replace(kept, fresh=still_fresh(kept.model, kept.fresh)))

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
        model = built_beside(self.model, document)
        with same_replicas(model):
            start = start_from_file(model, name, self.folder, some=True)
        self.adopt(model, document, frozenset(specs_of(model)) - start.taken)
        return start.note

    def save(self, document: JSON, path: str) -> Saved:
        """Saves the model of a document, in this process.

        Args:
            document: As `current` takes it.
            path: As `target_in` takes it.

        Returns:
            As `SaveTarget.saved` has it.

        Raises:
            RequestError: With code `path`, when it is no such path.
        """
        target = target_in(self.folder, path)
        return target.saved(storage.write_model(self.model_to_save(document), target.path))

    def model_to_save(self, document: JSON) -> Any:
        """The model of a document, which doesn't replace the trained one: the edit may be undone."""
        model = self.kept(document)
        if model is None and self._kept is None:
            return self.current(document)
        if model is None:
            self._draft = self._drawn(document)
            return self._draft.model
        return model

    def _drawn(self, document: JSON, seed: int | None = None, there: bool = False) -> Drawn:
        """A model of a document that is not kept: each layer has the weights that it had, where they fit.

        They are those of the model that is kept; else of the document's file; else new ones. It lies on the
        devices of the model that is kept, unless the current ones are `there`.
        """
        draft = self._draft
        if draft is not None and architecture(document) == draft.architecture:
            return draft
        self._draft = None
        model = build_model(document, seed) if there else built_beside(self.model, document, seed)
        with same_replicas(model):
            fresh = frozenset(specs_of(model))
            weights, kept = file_of(document), self._kept
            if kept is not None and goes_on(self.known, document):
                taken = start_from_model(model, kept.model)
                fresh -= {way for way, source in taken.items() if source not in kept.fresh}
                return made(model, document, fresh, [_all_new() if fresh and not taken else _note(fresh)])
            if weights is None:
                return made(model, document, fresh, [])
            start = start_from_file(model, weights, self.folder)
            return made(model, document, fresh - start.taken, [start.note])


def _note(fresh: frozenset[str]) -> Text:
    if not fresh:
        return text("Continuing from the current weights.")
    return text(
        "Continuing from the current weights, except those of: {layers}, which are new.",
        layers=listed(sorted(fresh)),
    )


def _all_new() -> Text:
    return text("All weights are new: no layer has the name, shapes and dtype of one with trained weights.")


def _steps(model: Any) -> int:
    """Batches that a model was trained on; the counter may have a copy on each of several devices."""
    return int(keras.ops.convert_to_numpy(model.optimizer.iterations))
