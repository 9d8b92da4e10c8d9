"""Changes numbers of a model between two batches, and puts back what the document says when the run ends."""

from __future__ import annotations

from typing import Any

from kerasviz.analysis.explain import brief, own_words
from kerasviz.backend.ownvariables import take_back
from kerasviz.protocol import Adjustable, Adjustment
from kerasviz.protocol.text import Text, sentence_of, text
from kerasviz.training.run.run import Run
from kerasviz.training.steering.layervalues import layer_values
from kerasviz.training.steering.lossweights import loss_weights
from kerasviz.training.steering.optimizervalues import optimizer_values
from kerasviz.training.steering.value import Value

Changes = dict[str, tuple[float, float]]
"""Numbers by their names: what the document says, and what they were changed to."""


class Steering:
    """The numbers of one run that can be changed. For the training thread, between two batches.

    Args:
        model: A compiled `keras.Model`, after its first step.
        run: Gets the changes.
    """

    def __init__(self, model: Any, run: Run) -> None:
        self._model = model
        self._run = run
        self._before: dict[str, float] = {}
        take_back(self._model)
        found = [*optimizer_values(model), *loss_weights(model), *layer_values(model)]
        self._values = {value.what: value for value in found}

    def change(self, what: str, number: float) -> None:
        """Sets a number from the next batch on, or notes why it stays."""
        value = self._values.get(what)
        if value is None:
            self._run.note(text("This run has no {what} to change.", what=repr(what)))
        elif value.fixed is not None:
            self._stays(what, value.fixed)
        else:
            self._set(value, number)

    def _set(self, value: Value, number: float) -> None:
        take_back(self._model)
        before = value.read()
        if number == before:
            return
        try:
            value.check(number)
            value.write(number)
        except Exception as error:  # Keras refuses it
            self._stays(value.what, _words(error))
            return
        self._before.setdefault(value.what, before)
        self._make_step(value)
        after = value.read()
        sentence = text(
            "{what}: {before} → {after}", what=value.what, before=f"{before:g}", after=f"{after:g}"
        )
        self._run.mark("change", sentence, Adjustment(what=value.what, before=before, after=after))

    @property
    def changes(self) -> Changes:
        """What was changed, as `begin_with` takes it."""
        return {what: (before, self._values[what].read()) for what, before in self._before.items()}

    def begin_with(self, changes: Changes) -> None:
        """Makes the changes of a run that this one continues."""
        take_back(self._model)
        for what, (before, now) in changes.items():
            value = self._values.get(what)
            if value is None:
                self._run.note(text("This run has no {what} to change.", what=repr(what)))
                continue
            value.write(before)
            self._set(value, now)

    def adjustable(self) -> list[Adjustable]:
        """What the numbers are now."""
        take_back(self._model)
        return [
            Adjustable(what=value.what, value=value.read(), fixed=value.fixed)
            for value in self._values.values()
        ]

    def restore(self) -> None:
        """Sets what was before the changes: the next run begins with what its document says."""
        for what, number in self._before.items():
            self._values[what].write(number)
            self._make_step(self._values[what])
        self._before = {}

    def _stays(self, what: str, why: str) -> None:
        self._run.note(text("{what} was not changed. {why}", what=what, why=why))

    def _make_step(self, value: Value) -> None:
        """A compiled step has the number that it was traced with."""
        if value.is_traced:
            self._model.make_train_function(force=True)
            self._model.make_test_function(force=True)


def _words(error: Exception) -> str:
    sentence = sentence_of(error)
    return sentence if isinstance(sentence, Text) else brief(own_words(error))
