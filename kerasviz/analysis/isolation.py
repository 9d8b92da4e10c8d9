"""A place where Keras can be asked without a trace in the user's session."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

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
    state = random.getstate()
    try:
        with ThreadPoolExecutor(1, thread_name_prefix="kerasviz-analysis") as pool:
            return pool.submit(function).result()
    finally:
        random.setstate(state)
