"""Calls `fit`, so that a run hears a stop while a user's batches keep it waiting."""

from __future__ import annotations

from typing import Any

import keras

from kerasviz.backend.keptvalues import values_kept
from kerasviz.backend.surviving import survive_losses
from kerasviz.data.dataset import Data, Stream
from kerasviz.data.streams.cutshort import CutShort
from kerasviz.data.streams.reader import Reader
from kerasviz.protocol.text import text
from kerasviz.training.run.run import Run


def fit_batches(
    model: Any,
    batches: tuple[Any, ...],
    callbacks: list[keras.callbacks.Callback],
    arguments: dict[str, Any],
    data: Data | Stream,
    run: Run,
) -> None:
    """Trains a model; where a stop has to cut a batch short, the callbacks end as in any other run.

    Args:
        model: A compiled `keras.Model`.
        batches: The positional arguments of `fit`.
        callbacks: Those of the run.
        arguments: The others.
        data: What the batches are made of.
        run: Is told of a batch that was cut short.
    """
    survive_losses()
    if not isinstance(data, Stream) or isinstance(data.batches, Reader):
        with values_kept(model):
            model.fit(*batches, callbacks=callbacks, verbose=0, **arguments)
        return
    cut = CutShort(lambda: run.control.stopping)
    last = keras.callbacks.LambdaCallback(on_train_end=lambda logs: cut.close())
    arguments = {
        **arguments,
        **{name: cut.of(arguments[name]) for name in arguments.keys() & {"validation_data"}},
    }
    with cut, values_kept(model):
        model.fit(*map(cut.of, batches), callbacks=[*callbacks, last], verbose=0, **arguments)
    if cut.happened:
        for callback in callbacks:
            callback.on_train_end()
        tell_cut(data.name, run)


def tell_cut(name: str, run: Run) -> None:
    """Notes that nobody waited for a batch.

    Args:
        name: What a person calls the batches.
        run: Which has ended.
    """
    run.note(
        text(
            "{name} was still making a batch when the run was stopped, and was interrupted. What waits "
            "outside of Python, such as a queue, can't be: it goes on waiting in the background.",
            name=name,
        )
    )
