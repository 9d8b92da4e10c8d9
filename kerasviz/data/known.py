"""What is known of the data that a document trains on: of bundled sets, and of the user's own arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import ref

import numpy as np

from kerasviz.backend.interrupts import pass_interrupt
from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import found_in
from kerasviz.data import title
from kerasviz.data.arraylike import described, is_lazy
from kerasviz.data.dataset import Facts
from kerasviz.data.sources import SOURCES, arrays
from kerasviz.data.target import Target, look_at


@dataclass(frozen=True)
class KnownData:
    """What is known of data with one x and one y.

    Attributes:
        name: What a person calls x.
        shape: Shape of one sample.
        target: What is to be predicted, where that is sure.
        target_shape: Shape of what is to be predicted for one sample; empty where nobody knows.
        target_name: What a person calls y.
        has_one_target: Whether y is one array.
    """

    name: str
    shape: tuple[int, ...]
    target: Target | None
    has_one_target: bool
    target_name: str
    target_shape: tuple[int, ...] = ()


def known_data(chosen: Mapping[str, Any]) -> KnownData | None:
    """Tells what is in the data of a plan before it is loaded; None where nobody knows.

    Args:
        chosen: `{"class_name": source, "config": arguments of its load}`.
    """
    source, config = found_in(SOURCES, chosen)
    facts: Facts | None = getattr(source, "FACTS", None)
    if source is not None and facts is not None:
        label = title(source)
        target = Target(label, facts["classes"], facts["loss"], complete=True)
        return KnownData(label, tuple(facts["shape"]), target, has_one_target=True, target_name=label)
    return _known_arrays(config.get("x"), config.get("y")) if source is arrays else None


def known_samples(chosen: Mapping[str, Any]) -> int | None:
    """Tells how many samples the data of a plan has before it is loaded; None where nobody knows."""
    source, config = found_in(SOURCES, chosen)
    facts: Facts | None = getattr(source, "FACTS", None)
    if facts is not None:
        return facts["samples"]
    x = config.get("x")
    told = described(user_namespace().get(x)) if isinstance(x, str) else None
    return told[0][0] if told else None


def _known_arrays(x: object, y: object) -> KnownData | None:
    variables = user_namespace()
    if not isinstance(x, str) or not isinstance(y, str):
        return None
    samples, targets = described(variables.get(x)), described(variables.get(y))
    if samples is None or (len(samples[0]) == 1 and _may_hold_rows(variables[x])):
        return None
    fits = targets is not None and targets[0][0] == samples[0][0]
    target = known_target(variables[y], y) if fits and not is_lazy(variables[y]) else None
    return KnownData(
        x,
        tuple(samples[0][1:]),
        target,
        has_one_target=targets is not None,
        target_name=y,
        target_shape=tuple(targets[0][1:]) if targets is not None else (),
    )


def _may_hold_rows(value: Any) -> bool:
    """Whether an array of objects may have lists or arrays in it, whose shapes it does not tell."""
    if not isinstance(value, np.ndarray):
        return str(getattr(value, "dtype", "")) == "object"
    return value.dtype.kind == "O" and isinstance(value[0], (list, tuple, np.ndarray))


def known_target(y: Any, name: str) -> Target | None:
    """Looks at an array of that name once, so that edits do not wait for it.

    Args:
        y: An array of the user's.
        name: What a person calls it.

    Returns:
        What it holds; None where that is not sure, or the array can't be looked at.
    """
    array, target = _LOOKED_AT.get(name, (lambda: None, None))
    if array() is not y:
        try:
            target = look_at(np.asarray(y), name)
            _LOOKED_AT[name] = (ref(y), target)
        except BaseException as error:  # code of anybody's class may raise anything; training says it
            pass_interrupt(error)
            return None
    return target


_LOOKED_AT: dict[str, tuple[Callable[[], Any], Target | None]] = {}
"""The last array of each name."""
