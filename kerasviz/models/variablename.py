"""The variable that a trained model is given to: one of the user's own models is never replaced."""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Mapping
from typing import Any

_ours: weakref.WeakValueDictionary[int, Any] = weakref.WeakValueDictionary()


def remember_as_ours(model: Any) -> None:
    """Remembers that a document has a model: its variable may later hold what becomes of the document."""
    _ours[id(model)] = model


def free_name(name: str, namespace: Mapping[str, Any]) -> str:
    """Finds a variable for a trained model.

    Args:
        name: The one that the plan asks for.
        namespace: The user's variables.

    Returns:
        The name, or one with a number where it holds something that no document has.
    """
    names = itertools.chain([name], (f"{name}_{number}" for number in itertools.count(2)))
    return next(one for one in names if _may_be_set(one, namespace))


def _may_be_set(name: str, namespace: Mapping[str, Any]) -> bool:
    value = namespace.get(name)
    return value is None or _ours.get(id(value)) is value
