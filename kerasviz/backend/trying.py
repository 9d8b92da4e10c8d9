"""What Keras is asked by trying it, which takes a moment: whoever can't wait leaves it to others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")

_BEFORE: ContextVar[Callable[[], None]] = ContextVar("before", default=lambda: None)


class NotTried(Exception):
    """Something was not tried before, and whoever asks does not wait for it."""


@contextmanager
def before_trying(call: Callable[[], None]) -> Iterator[None]:
    """Has something called before anything is tried that was not tried before.

    Args:
        call: Where it raises, nothing is tried, and whoever asks gets `NotTried`.
    """
    token = _BEFORE.set(call)
    try:
        yield
    finally:
        _BEFORE.reset(token)


def about_to_try() -> None:
    """Says that something is to be tried, of which the result is not remembered.

    Raises:
        NotTried: Where it is not to be.
    """
    try:
        _BEFORE.get()()
    except Exception as error:
        raise NotTried from error


def tried(answers: Iterator[T]) -> Iterator[T]:
    """Yields answers up to the first that would have to be tried: what follows is asked later."""
    with suppress(NotTried):
        yield from answers
