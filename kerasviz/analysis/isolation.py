"""A place where Keras can be asked without a trace in the user's session."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import keras
from keras.src.random import seed_generator

T = TypeVar("T")


def isolated(function: Callable[[], T]) -> T:
    """Calls a function where weights are described and never made.

    Keras keeps name counters, scopes, the dtype policy and the list of variables still to be made for
    each thread (`keras.src.backend.common.global_state`), so the function gets a thread of its own, which
    takes all of these with it when it ends. A notebook that set a seed gets the same numbers with and without
    us, as `aside` draws none of them.

    Raises:
        Exception: Whatever the function raises.
    """

    def call() -> T:
        with keras.StatelessScope(initialize_variables=False):
            return function()

    return aside(call)


def aside(function: Callable[[], T]) -> T:
    """Calls a function that may make variables, also without a trace."""
    with ThreadPoolExecutor(1, thread_name_prefix="kerasviz-analysis", initializer=_seeds.seed_apart) as pool:
        return pool.submit(function).result()


class _Seeds:
    """Stands in for Python's `random`, from which Keras draws a seed for each layer that is given none.

    A thread of ours draws from a generator of our own. To put the state of `random` back instead would undo
    what a cell draws meanwhile.
    """

    def __init__(self) -> None:
        self._own = random.Random()
        self._thread = threading.local()

    def seed_apart(self) -> None:
        """From now on this thread draws from our generator."""
        self._thread.is_ours = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._own if getattr(self._thread, "is_ours", False) else random, name)


_seeds = _Seeds()
seed_generator.python_random = _seeds
