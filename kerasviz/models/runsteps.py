"""The compiled steps of a model: those of the editor's runs, apart from those of the user's cells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Steps:
    """The steps that runs train and validate a model with.

    TensorFlow fits a step to all data that it has seen, and fails where a cell gives targets of `(samples,)`
    and a run the same as `(samples, 1)`. So a run leaves those of the cells alone, and has its own until the
    model is compiled again.
    """

    def __init__(self) -> None:
        self._made: tuple[Any, Any] = (None, None)
        self._since: list[Any] = []

    @contextmanager
    def of_runs(self, model: Any) -> Iterator[None]:
        """Puts the steps of runs into a compiled model, and those of the cells back in the end."""
        since = list(model.metrics)  # new ones with each `compile`
        of_cells = model.train_function, model.test_function
        is_same = len(since) == len(self._since) and all(map(_is, since, self._since))
        model.train_function, model.test_function = self._made if is_same else (None, None)
        try:
            yield
        finally:
            self._made, self._since = (model.train_function, model.test_function), list(model.metrics)
            model.train_function, model.test_function = of_cells


def _is(one: Any, other: Any) -> bool:
    return one is other
