"""What callbacks have learned during a run, such as the patience that is left: no file of Keras has it.

It is all attributes of a callback that Keras does not set for every one. Functions are no state, but for
those of `keras.ops`: where Keras has found how to compare, it has changed the sign of `min_delta`, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.callbacks.finding import path_arguments
from kerasviz.protocol import JSON

_PLAIN = (type(None), bool, int, float, str)


class CallbackStates:
    """The states of the callbacks of a plan.

    Args:
        chosen: The callbacks as the plan has them.
        callbacks: The callbacks themselves.
    """

    def __init__(self, chosen: Sequence[JSON], callbacks: Sequence[Any]) -> None:
        self._pairs = list(zip(chosen, callbacks, strict=True))
        self._kept: list[JSON] = []

    def now(self) -> tuple[list[JSON], list[np.ndarray]]:
        """Copies the states.

        Returns:
            For each callback `callback`, as the plan has it, and `values`, None where a backup can't hold
            them; and the arrays in them.
        """
        arrays: list[np.ndarray] = []
        states: list[JSON] = []
        for chosen, callback in self._pairs:
            try:
                values = _encoded(_attributes(callback), arrays)
            except TypeError:
                values = None
            states.append({"callback": chosen, "values": values})
        return states, arrays

    def keep(self, states: Sequence[JSON], data: bytes) -> list[str]:
        """Takes what a backup has, for `begin`.

        Args:
            states: As `now` gave them.
            data: The arrays, one after the other.

        Returns:
            The callbacks of this run that start over: they were added or changed since, or can't be kept.
        """
        read = [{**state, "values": _decoded(state["values"], data)} for state in states]
        restarted = []
        for chosen, _ in self._pairs:
            same = [state for state in read if state["callback"] == chosen and state["values"] is not None]
            if same:
                read.remove(same[0])
            else:
                restarted.append(str(chosen["class_name"]))
            self._kept.append(same[0]["values"] if same else {})
        return restarted

    def begin(self) -> None:
        """Sets what was kept; call it after the callbacks' own `on_train_begin`, which resets them."""
        for (_, callback), values in zip(self._pairs, self._kept, strict=False):
            for name in values.keys() - path_arguments(type(callback)):  # those of the earlier run
                # A damaged backup must not put a number in the place of a method.
                if not callable(getattr(type(callback), name, None)):
                    setattr(callback, name, values[name])


def _attributes(callback: Any) -> JSON:
    every = vars(keras.callbacks.Callback())
    return {
        name: value
        for name, value in vars(callback).items()
        if name not in every and (not callable(value) or _is_operation(value))
    }


def _is_operation(value: Any) -> bool:
    return getattr(keras.ops, getattr(value, "__name__", ""), None) is value


def _encoded(value: Any, arrays: list[np.ndarray]) -> Any:
    """Makes JSON of a value, in which lists stay lists and everything else that JSON lacks is marked.

    Raises:
        TypeError: When it is not plain data.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, (np.ndarray, np.generic)) and value.dtype.kind in "biufcV":
        at = sum(array.nbytes for array in arrays)
        arrays.append(np.array(value))
        return {"array": [at, value.dtype.name, list(value.shape), isinstance(value, np.generic)]}
    if type(value) is list:
        return [_encoded(item, arrays) for item in value]
    if type(value) is tuple:
        return {"tuple": [_encoded(item, arrays) for item in value]}
    if type(value) is dict and all(type(key) is str for key in value):
        return {"dict": {key: _encoded(item, arrays) for key, item in value.items()}}
    if _is_operation(value):
        return {"operation": value.__name__}
    raise TypeError(type(value))


def _decoded(value: Any, data: bytes) -> Any:
    if isinstance(value, list):
        return [_decoded(item, data) for item in value]
    match value:
        case {"array": [at, dtype, shape, is_number]}:
            count = int(np.prod(shape, dtype=np.int64))
            array = np.frombuffer(data, np.dtype(dtype), count, at).reshape(shape).copy()
            return array[()] if is_number else array
        case {"operation": name} if str(name).isidentifier():
            return getattr(keras.ops, name)
        case {"tuple": items}:
            return tuple(_decoded(items, data))
        case {"dict": items}:
            return {key: _decoded(item, data) for key, item in items.items()}
    return value
