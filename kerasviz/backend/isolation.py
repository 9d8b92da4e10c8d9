"""Calls Keras without side effects on the user's session."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar

import keras
from keras.src.random import seed_generator

from kerasviz.backend.cellsettings import apply, settings

T = TypeVar("T")


def isolated(function: Callable[[], T]) -> T:
    """Calls a function with symbolic weights, which are never created.

    Keras keeps name counters, scopes, the dtype policy and the list of uninitialized variables for each
    thread (`keras.src.backend.common.global_state`). So the function runs in a new thread, with a copy of the
    settings, and all of these are discarded with the thread. A notebook that set a seed gets the same random
    numbers as without us, as `aside` draws none of them.

    Raises:
        Exception: Any exception of the function.
    """

    def call() -> T:
        with keras.StatelessScope(initialize_variables=False):
            return function()

    return aside(call)


def aside(function: Callable[[], T]) -> T:
    """Calls a function that may create variables, with the settings of this thread and no side effects."""
    values = settings()

    def prepare() -> None:
        apply(values)
        _seeds.seed_apart()

    with ThreadPoolExecutor(1, thread_name_prefix="kerasviz-analysis", initializer=prepare) as pool:
        return pool.submit(function).result()


@contextmanager
def draw_from(seed: int | None) -> Iterator[None]:
    """Makes what this thread does repeatable, whatever is drawn on other threads meanwhile.

    What a backend draws without a seed, such as the order of samples in TensorFlow, is the same as long as no
    other thread draws or sets a seed, because a backend has one generator for all.

    Args:
        seed: For `keras.utils.set_random_seed`; with None, the thread draws as before.
    """
    if seed is None:
        yield
        return
    keras.utils.set_random_seed(seed)
    with layers_drawn_from(random.Random(seed)):
        yield


@contextmanager
def layers_drawn_from(source: random.Random) -> Iterator[None]:
    """Makes layers without a seed of their own, which this thread makes, draw one from a generator.

    Nothing else is seeded, so a cell that draws at the same time gets the same numbers as without us.
    """
    before = _seeds.source
    _seeds.draw_from(source)
    try:
        yield
    finally:
        _seeds.draw_from(before)


class _Seeds:
    """Replaces Python's `random` in Keras, which draws a seed for each layer without one.

    Our threads draw from a separate generator. Resetting the state of `random` afterwards instead would undo
    what a cell draws in the meantime.
    """

    def __init__(self) -> None:
        self._own = random.Random()
        self._thread = threading.local()

    def seed_apart(self) -> None:
        """Makes this thread draw from our generator."""
        self.draw_from(self._own)

    def draw_from(self, source: Any) -> None:
        """Makes this thread draw from a generator, or from the module `random` itself."""
        self._thread.source = source

    @property
    def source(self) -> Any:
        """What this thread draws from."""
        return getattr(self._thread, "source", random)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.source, name)


_seeds = _Seeds()
seed_generator.python_random = _seeds
