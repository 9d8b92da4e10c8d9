"""A place where Keras can be asked without a trace in the user's session."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import keras

T = TypeVar("T")


def isolated(function: Callable[[], T]) -> T:
    """Calls a function where weights are described and never made.

    Keras keeps name counters, scopes, the dtype policy and the list of variables still to be made for
    each thread (`keras.src.backend.common.global_state`), so the function gets a thread of its own, which
    takes all of these with it when it ends. Layers and initializers without a seed draw one from Python's
    `random`, so its state is put back: a notebook that set a seed gets the same numbers with and without us.

    Raises:
        Exception: Whatever the function raises.
    """

    def call() -> T:
        with keras.StatelessScope(initialize_variables=False):
            return function()

    return aside(call)


def aside(function: Callable[[], T]) -> T:
    """Calls a function that may make variables, also without a trace."""
    with _random_state_kept(), ThreadPoolExecutor(1, thread_name_prefix="kerasviz-analysis") as pool:
        return pool.submit(function).result()


_lock = threading.Lock()
_inside = 0
_state: Any = None


@contextmanager
def _random_state_kept() -> Iterator[None]:
    """Several threads may be inside: the first keeps the state of `random`, the last puts it back."""
    global _inside, _state
    with _lock:
        if _inside == 0:
            _state = random.getstate()
        _inside += 1
    try:
        yield
    finally:
        with _lock:
            _inside -= 1
            if _inside == 0:
                random.setstate(_state)
