"""A model as a file that takes it to another process, so that training goes on there as if it had stayed.

The file is a plain `.keras`. What Keras has no place for in it is one more part, which Keras does not read.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any, Protocol

from kerasviz.backend.distribution.placement import same_replicas
from kerasviz.config import check_model
from kerasviz.models.building import build_model
from kerasviz.models.keeper import Keeper
from kerasviz.models.weightorigins import Kept
from kerasviz.protocol import JSON
from kerasviz.storage.loading import load_weights
from kerasviz.storage.snapshot import Snapshot
from kerasviz.storage.vocabularies import with_vocabularies
from kerasviz.training.backup.generators import generator_states, memories, set_generator_states, set_memories

PART = "carried.json"
CONFIG = "config.json"


class Holder(Protocol):
    """Who has a model: a keeper, or what has the same of one."""

    @property
    def model(self) -> Any:
        """The model."""

    @property
    def known(self) -> Kept | None:
        """What is known of it."""


class Carried:
    """The model of a keeper as it is now; another thread may write it.

    Args:
        keeper: Has a model; between two batches.
        to_train: Whether it is to train on there, for which the state of its optimizer is needed.
    """

    def __init__(self, keeper: Holder, *, to_train: bool = True) -> None:
        assert keeper.known is not None
        model, self._known = keeper.model, keeper.known
        self._config = with_vocabularies(model, keeper.known.document)
        self._snapshot = Snapshot(model, to_train=to_train)
        self._states = {"generators": generator_states(model), "memories": memories(model)}

    def write(self, path: Path) -> None:
        """Writes the file, whole or not at all.

        Raises:
            OSError: Where the disk does not take it.
        """
        part = {"document": self._known.document, "fresh": sorted(self._known.fresh), **self._states}
        self._snapshot.write(path, {CONFIG: self._config, PART: part})


def carried_in(path: Path) -> JSON:
    """What a file says beside the numbers: `document`, `fresh`, and the states that Keras keeps nowhere.

    Raises:
        OSError, ValueError, LookupError: Where it was not written by `Carried`.
    """
    with zipfile.ZipFile(path) as archive:
        return {**json.loads(archive.read(PART)), CONFIG: json.loads(archive.read(CONFIG))}


def take_model(keeper: Keeper, path: Path) -> None:
    """Makes the model of a file that of a keeper. It stays the same object where that has it already.

    Args:
        keeper: Of the document.
        path: What `Carried` wrote in a process of ours.

    Raises:
        OSError, ValueError, LookupError: Where the file was not written so.
        ModelFileError, BuildError: Where it can't be made here.
    """
    said = carried_in(path)
    document = said["document"]
    check_model(document, custom=True)
    model = keeper.kept(document)
    with same_replicas(keeper.model):
        if model is None:
            model = build_model({**document, "config": said[CONFIG]["config"]})
        _set_model(model, said, path)
    keeper.adopt(model, document, frozenset(said["fresh"]))


def _set_model(model: Any, said: JSON, path: Path) -> None:
    """Gives a model the numbers of a file."""
    optimizer = getattr(model, "optimizer", None)  # a model that is only to predict has none
    if optimizer is not None and not optimizer.built:
        optimizer.build(model.trainable_variables)
    load_weights(model, path)
    set_generator_states(model, said["generators"])
    set_memories(model, said["memories"])
