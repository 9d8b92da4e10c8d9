"""A number that a training reads at each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kerasviz.backend.isolation import aside
from kerasviz.protocol.text import Text, text


@dataclass(frozen=True)
class Value:
    """A number of a compiled model that can be changed while it trains.

    Attributes:
        what: Its name in messages: that of the argument, behind the layer's or the output's where it has one.
        read: Returns it.
        write: Sets it.
        check: Raises a ValueError with a sentence for a number that can't be set.
        is_traced: Whether the compiled step holds a copy of it, so that the step must be made again.
        fixed: Why it can't be changed; None where it can.
    """

    what: str
    read: Callable[[], float]
    write: Callable[[float], None]
    check: Callable[[float], None]
    is_traced: bool = True
    fixed: Text | None = None


def argument(what: str, owner: Any, name: str, variables: Callable[[Any], int]) -> Value:
    """A number that an object of Keras was made with, and keeps as an attribute.

    Args:
        what: As `Value` has it.
        owner: The optimizer or layer.
        name: Of the argument and the attribute.
        variables: Counts the variables that an object of the kind would have. An object that was made without
            some, such as SGD without momentum, can't use them later.
    """
    kind, config = type(owner), owner.get_config()

    def count(value: float) -> int:
        return aside(lambda: variables(kind.from_config({**config, name: value})))

    def check(value: float) -> None:
        if count(value) > count(config[name]):
            raise ValueError(_begun(what, config[name]))

    lacks = config[name] == 0 and count(0.5) > count(0.0)
    return Value(
        what,
        read=lambda: float(getattr(owner, name)),
        write=lambda value: setattr(owner, name, value),
        check=check,
        fixed=_begun(what, config[name]) if lacks else None,
    )


def _begun(what: str, value: float) -> Text:
    return text(
        "{what} was {value} when the run began, and the model keeps nothing to compute another value with. "
        "Set it before training.",
        what=what,
        value=f"{value:g}",
    )
