"""What a run sees of its data where that comes in batches: the first ones that it takes."""

from __future__ import annotations

from typing import Any

from kerasviz.data.batches import count
from kerasviz.data.streams.batchkinds import steps_of
from kerasviz.data.streams.passing import PassingBatches
from kerasviz.training.seensamples import Seen


class SeenBatches:
    """Looks at batches as they pass.

    Args:
        name: What a person calls them.
        class_weight: That of `fit`.
    """

    def __init__(self, name: str, class_weight: Any = None) -> None:
        self._parts = PassingBatches(name), PassingBatches(name)
        self._class_weight = class_weight
        self._steps: int | None = None
        self._asked = self._told = 0
        self._seen: Seen | None = None

    def training(self, batches: Any) -> Any:
        """The same batches, which train."""
        self._steps = steps_of(batches)
        return self._parts[0].through(batches)

    def validation(self, batches: Any) -> Any:
        """The same batches, which validate."""
        return self._parts[1].through(batches)

    def seen(self) -> Seen | None:
        """What has passed so far: the same object until twice as much has passed, or nothing more comes."""
        there = sum(part.count for part in self._parts)
        if there != self._told and (there >= 2 * self._told or there == self._asked):
            self._seen, self._told = self._look(), there
        self._asked = there
        return self._seen

    def _look(self) -> Seen | None:
        training, held = (part.samples() for part in self._parts)
        if training is None or count(training) < 2:
            return None
        return Seen(
            training,
            held,
            (count(training), 0 if held is None else count(held)),
            self._class_weight,
            is_beginning=self._parts[0].count != self._steps,
            is_in_batches=True,
        )
