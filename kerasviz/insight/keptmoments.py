"""Models of epochs that are kept in the folder of a run, to be looked at; the user's model stays as it is."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from kerasviz.analysis.weightspecs import places
from kerasviz.backend.isolation import aside
from kerasviz.config.weightsizes import bytes_of
from kerasviz.models.building import build_model
from kerasviz.models.drawn import architecture
from kerasviz.models.startweights import listed, start_from_model
from kerasviz.models.weightorigins import specs_of
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.storage.loading import load_untrained
from kerasviz.storage.vocabularies import take_vocabularies, without_vocabulary
from kerasviz.training.keeping.checkpoints import kept_epochs, kept_file
from kerasviz.training.run.folder import RunFolder

MOST = 64
"""Models that are held at once."""
MOST_BYTES = 2**29
"""Of their weights; one is held however large it is."""

Key = tuple[str, int, int, int]
"""A file as it is now: whoever writes it again makes another one."""


@dataclass(frozen=True, eq=False)
class Moment:
    """A model as it was after an epoch. Nobody changes it, so it may be used as long as somebody wants.

    Attributes:
        run: Id of the run.
        epoch: Counted from 1; 0 before the first one, None the end of the run.
        document: What the model was made of.
        model: With the weights of then.
    """

    run: str
    epoch: int | None
    document: JSON
    model: Any

    @property
    def words(self) -> Text:
        """When it was, for a sentence."""
        if self.epoch is None:
            return text("the end of the run")
        return text("epoch {epoch}", epoch=self.epoch)

    def model_of(self, document: JSON) -> Any:
        """The model of a drawing with the weights of then: this one where it is drawn as it was.

        Args:
            document: As it is drawn now.

        Raises:
            RequestError: With code `no_weights`, where layers have no weights of then.
            BuildError: Where the drawing makes no model.
        """
        if architecture(document) == architecture(self.document):
            return self.model
        return aside(lambda: self._rebuilt(document))

    def missing(self, document: JSON) -> list[str]:
        """The layers of a drawing that have no weights of then, with the names of those around them.

        Args:
            document: As it is drawn now.
        """
        if document.get("config") == self.document.get("config"):
            return []
        then = specs_of(self.model)
        drawn = places(document).items()
        return [way for way, place in drawn if place.weights and then.get(way) != place.weights]

    def _rebuilt(self, document: JSON) -> Any:
        model = build_model({**document, "compile_config": None})
        taken = start_from_model(model, self.model)
        missing = [way for way in specs_of(model) if way not in taken]
        if missing:
            raise RequestError(
                "no_weights",
                text(
                    "These layers have no weights from {moment}, because they were added, renamed or "
                    "reshaped since: {layers}.",
                    moment=self.words,
                    layers=listed(missing),
                ),
            )
        return model


class Moments:
    """Holds models of epochs, the ones that were asked for last. For any thread.

    Args:
        most_bytes: Of weights.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._held: OrderedDict[Key, Future[Moment]] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = 0

    def at(self, run: RunFolder, epoch: int | None, present: Any = None) -> Moment:
        """The model of an epoch.

        Args:
            run: Its run.
            epoch: As `Moment` has it.
            present: The model as it is now, which knows the words that a file may lack; None where there is
                none.

        Raises:
            RequestError: With code `file`, where the epoch is not kept any more.
            ModelFileError: Where the file is damaged, or no model of this document.
        """
        key = _key(run, epoch)
        with self._lock:
            found = self._held.get(key)
            is_ours = found is None
            if found is None:
                found = self._held[key] = Future()
            self._held.move_to_end(key)
        if is_ours:
            self._read(key, found, run.id, epoch)
        moment = found.result()
        if present is not None and any(without_vocabulary(moment.model)):
            take_vocabularies(moment.model, present)
        return moment

    def ahead(self, run: RunFolder, epoch: int | None) -> Callable[[], None]:
        """Gives a job that reads the other epochs of a run, the nearest first, as many as may be held.

        The next call ends it.
        """
        self._turn += 1
        turn = self._turn

        def read() -> None:
            for other in _nearest(run, epoch):
                with suppress(Exception):  # whoever asks for it will be told
                    if _key(run, other) in self._held:
                        continue
                    if turn != self._turn or self._is_full():
                        return
                    self.at(run, other)

        return read

    def _is_full(self) -> bool:
        """Whether the next model is likely to push another one out."""
        moments = list(self._moments())
        size = sum(map(_bytes, moments))
        return len(moments) >= MOST or size + (size / len(moments) if moments else 0) > self._most_bytes

    def _read(self, key: Key, found: Future[Moment], run: str, epoch: int | None) -> None:
        try:
            model, document = aside(lambda: load_untrained(key[0]))
            found.set_result(Moment(run, epoch, document, model))
        except BaseException as error:  # a layer of the user's may raise SystemExit
            with self._lock:
                self._held.pop(key, None)
            found.set_exception(error)
            return
        with self._lock:
            while len(self._held) > MOST or sum(map(_bytes, self._moments())) > self._most_bytes:
                oldest = next((old for old, each in self._held.items() if each.done() and old != key), None)
                if oldest is None:
                    return
                del self._held[oldest]

    def _moments(self) -> Iterator[Moment]:
        return (each.result() for each in list(self._held.values()) if each.done() and not each.exception())


def _key(run: RunFolder, epoch: int | None) -> Key:
    file = kept_file(run, epoch)
    try:
        state = file.stat()
    except OSError:  # it went just now
        file = kept_file(run, epoch)
        raise
    return os.fspath(file), state.st_ino, state.st_size, state.st_mtime_ns


def _bytes(moment: Moment) -> int:
    return sum(bytes_of(weight.shape, weight.dtype) for weight in moment.model.weights)


def _nearest(run: RunFolder, epoch: int | None) -> list[int | None]:
    kept: Mapping[int | None, int] = {each["epoch"]: at for at, each in enumerate(kept_epochs(run))}
    middle = kept.get(epoch, 0)
    return sorted((each for each in kept if each != epoch), key=lambda each: abs(kept[each] - middle))
