"""Gives a model the weights that it had at an epoch that was kept, and takes that back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.backend.distribution.placement import same_replicas
from kerasviz.config import check_model
from kerasviz.models.moving import built_beside
from kerasviz.models.startweights import start_from_file
from kerasviz.models.weightorigins import specs_of
from kerasviz.models.weightvalues import set_values, values_of
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, text

if TYPE_CHECKING:
    from kerasviz.models.keeper import Keeper


class Before:
    """A model as it was, with copies of all that training changes.

    Args:
        keeper: Has the model.
    """

    def __init__(self, keeper: Keeper) -> None:
        assert keeper.known is not None
        self._model = keeper.model
        self._document, self._fresh = keeper.known.document, keeper.known.fresh
        self._values = values_of(self._model)

    def bring_back(self, keeper: Keeper) -> None:
        """Makes it the model of its document again."""
        set_values(self._values)
        keeper.adopt(self._model, self._document, self._fresh)


def go_back(keeper: Keeper, document: JSON, file: Path) -> Text:
    """Gives the model of a document the weights of an epoch; training continues from them.

    The model stays the same object where it is of this document, so that it is in the user's variables, too.

    Args:
        keeper: Has the model that is trained, if there is one; it remembers what that was.
        document: As it is drawn now.
        file: Of the epoch.

    Returns:
        A sentence: what was taken.

    Raises:
        ModelFileError: When the file holds no weights, or they do not fit. The model is as it was.
    """
    check_model(document, custom=True)
    before = Before(keeper) if keeper.known is not None else None
    model = keeper.kept(document)
    try:
        model = built_beside(keeper.model, document) if model is None else model
        with same_replicas(model):
            start = start_from_file(model, file.name, file.parent, some=True)
    except BaseException:
        if before is not None:
            before.bring_back(keeper)
        raise
    keeper.adopt(model, document, frozenset(specs_of(model)) - start.taken)
    keeper.before = before
    return start.note


def take_back(keeper: Keeper) -> None:
    """Undoes `go_back`, once.

    Raises:
        RequestError: With code `weights`, when there is nothing to take back.
    """
    if keeper.before is None:
        raise RequestError("weights", text("The weights from before are not there any more."))
    before, keeper.before = keeper.before, None
    before.bring_back(keeper)
