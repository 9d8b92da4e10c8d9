"""The variable that a trained model is given to: what the user has in it is never replaced unasked."""

from __future__ import annotations

import builtins
import itertools
import keyword
import re
import unicodedata
import weakref
from collections.abc import Callable, Mapping
from typing import Any

from kerasviz.protocol.text import text

UNNAMED = "model"
"""Where neither the document nor its file says a name."""

_models: weakref.WeakValueDictionary[tuple[object, int], Any] = weakref.WeakValueDictionary()
"""Models by the document that they came from, and their id: a cell may open the same file again."""


def name_of_file(file: str) -> str:
    """Makes a variable name of a document's file name.

    Args:
        file: Such as `digits.keras.json`; empty where there is no file.

    Returns:
        A name that a cell can use and that hides nothing of Python: `digits`.
    """
    stem = unicodedata.normalize("NFKC", file.partition(".")[0])
    name = re.sub(r"\W+", "_", stem).strip("_")
    if not name:
        return UNNAMED
    if not name.isidentifier():
        name = f"{UNNAMED}_{name}"
    if keyword.iskeyword(name) or hasattr(builtins, name):
        name = f"{name}_{UNNAMED}"
    return name if name.isidentifier() else UNNAMED


def value_of(name: str, namespace: Mapping[str, Any]) -> Any:
    """What a cell finds under a name: None where there is nothing."""
    return namespace.get(name, getattr(builtins, name, None))


_allowed: dict[object, set[str]] = {}
"""Variables that the user gave away, by the path of the document: a cell may open the same file again."""


def kind_of(value: object) -> str:
    """The class of a value as a user knows it: with its package, unless it is one of Python's own."""
    kind = type(value)
    package = kind.__module__.partition(".")[0]
    return kind.__name__ if package in ("builtins", "__main__") else f"{package}.{kind.__name__}"


class Variables:
    """The variables that the trained models of one document may be given to.

    Args:
        document: Path of the file, where it may be opened again as another object; else None.
    """

    def __init__(self, document: str | None) -> None:
        self._document = object() if document is None else document
        self._allowed = set() if document is None else _allowed.setdefault(document, set())

    def remember(self, model: Any) -> None:
        """Remembers that a model is the document's: what becomes of the document may replace it."""
        _models[self._document, id(model)] = model

    def allow(self, name: str) -> None:
        """Remembers that the user lets a variable be replaced, whatever it will hold."""
        self._allowed.add(name)

    def may_set(self, name: str, namespace: Mapping[str, Any]) -> bool:
        """Whether a variable is free, holds what came from the document, or was given away by the user."""
        value = value_of(name, namespace)
        return value is None or name in self._allowed or _models.get((self._document, id(value))) is value

    def given(self, name: str, namespace: Mapping[str, Any], note: Callable[[str], None]) -> str:
        """The variable that a trained model is given to; says so where that is not the one it was to be."""
        free = self.free(name, namespace)
        if free != name:
            note(
                text(
                    "The variable {name} holds something that is not from this document, and stays as it is. "
                    "The trained model is {free}.",
                    name=repr(name),
                    free=repr(free),
                )
            )
        return free

    def free(self, name: str, namespace: Mapping[str, Any]) -> str:
        """Finds a variable for a trained model: the name, or one with a number where that may not be set."""
        names = itertools.chain([name], (f"{name}_{number}" for number in itertools.count(2)))
        return next(one for one in names if self.may_set(one, namespace))
