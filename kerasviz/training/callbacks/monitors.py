"""Looks that what callbacks monitor is there, before Keras trains an epoch for nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import keras

from kerasviz.analysis.mistakes.situation import closest
from kerasviz.callbacks import our_callbacks
from kerasviz.callbacks.finding import keras_callbacks, path_arguments
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import Text, all_of, text

_FIELD = re.compile(r"\{(\w+)")
VALIDATED = "val_"
"""Keras puts it before the names of what is measured in validation."""


def check_monitors(callbacks: Sequence[Any], fit: JSON) -> None:
    """Refuses callbacks that monitor a validation which a run does not have.

    Args:
        callbacks: Those that a plan names.
        fit: The arguments of `fit`.

    Raises:
        RequestError: With code `callback`.
    """
    if _validates(fit):
        return
    for callback, monitor in _monitored(callbacks):
        if monitor.startswith(VALIDATED):
            raise _refused(
                text(
                    "{callback} monitors {monitor}, but no epoch of this run is validated. Set "
                    "validation_split and validation_freq, or monitor {other}.",
                    callback=callback,
                    monitor=repr(monitor),
                    other=repr(monitor.removeprefix(VALIDATED)),
                )
            )


class Monitors(keras.callbacks.Callback):  # type: ignore[misc]
    """Refuses callbacks that monitor what is not measured, as soon as the first batch tells what is.

    Args:
        callbacks: Those that a plan names, which come after this one.
        fit: The arguments of `fit`.
    """

    def __init__(self, callbacks: Sequence[Any], fit: JSON) -> None:
        super().__init__()
        self._callbacks = callbacks
        self._validates = _validates(fit)

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """Compares names.

        Raises:
            RequestError: With code `callback`.
        """
        known = list(logs or {})
        known += [f"{VALIDATED}{name}" for name in known if self._validates]
        for callback, monitor in _monitored(self._callbacks):
            if monitor not in known and monitor != "learning_rate":  # which other callbacks add
                raise _refused(_absent(callback, monitor, known))
        for one in self._callbacks:
            _check_direction(one)
        self._callbacks = []


def _validates(fit: JSON) -> bool:
    """Whether an epoch of a run is validated."""
    every = fit.get("validation_freq") or 1
    first = min(every, default=0) if isinstance(every, list) else every
    return bool(fit["validation_split"]) and first <= fit["epochs"]


def _monitored(callbacks: Sequence[Any]) -> list[tuple[str, str]]:
    """What each callback monitors; nothing where one of the user's own may measure more."""
    known = {*our_callbacks().values(), *keras_callbacks().values()}
    if any(type(callback) not in known for callback in callbacks):
        return []
    return [
        (type(callback).__name__, name)
        for callback in callbacks
        for name in (getattr(callback, "monitor", None), *_in_paths(callback))
        if isinstance(name, str)
    ]


def _in_paths(callback: Any) -> list[str]:
    """The values that Keras puts into the name of a file, such as `val_loss`."""
    paths = [str(getattr(callback, argument, "")) for argument in path_arguments(type(callback))]
    return [name for path in paths for name in _FIELD.findall(path) if name not in ("epoch", "batch")]


def _absent(callback: str, monitor: str, known: list[str]) -> Text:
    names = all_of([repr(name) for name in known])
    right = closest(monitor, known)
    if right is None:
        return text(
            "{callback} monitors {monitor}, which this run does not have. It has {names}.",
            callback=callback,
            monitor=repr(monitor),
            names=names,
        )
    return text(
        "{callback} monitors {monitor}, which this run does not have. Did you mean {right}? It has {names}.",
        callback=callback,
        monitor=repr(monitor),
        right=repr(right),
        names=names,
    )


def _check_direction(callback: Any) -> None:
    """Has a callback find out now whether lower or higher is better, as it else does after an epoch."""
    if getattr(callback, "monitor_op", callback) is not None or not hasattr(callback, "_set_monitor_op"):
        return
    try:
        callback._set_monitor_op()
    except ValueError as error:
        raise _refused(
            text(
                "{callback} can't tell whether a lower or a higher {monitor} is better. Set its mode to min "
                "or max.",
                callback=type(callback).__name__,
                monitor=repr(callback.monitor),
            )
        ) from error


def _refused(sentence: Text) -> RequestError:
    return RequestError("callback", sentence)
