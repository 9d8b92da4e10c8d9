"""Where a plan can be trained. A place is one module with a class of the arguments that a plan has for it.

The module's docstring is the name for people, the class' says what happens there and what each argument
means. What executes a plan there is in `execution/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kerasviz.config.parts import found_in
from kerasviz.places.inkernel import Thread as Thread
from kerasviz.places.onray import Ray as Ray
from kerasviz.places.onslurm import Slurm as Slurm
from kerasviz.places.ownprocess import Process as Process
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

Place = Thread | Process | Slurm | Ray

PLACES: Mapping[str, type[Place]] = MappingProxyType(
    {"thread": Thread, "process": Process, "ray": Ray, "slurm": Slurm}
)
"""Places by the name that a plan has for them, as they are offered."""


def place_of(chosen: Mapping[str, Any]) -> Place:
    """Reads the place of a plan.

    Args:
        chosen: `{"class_name", "config"}`.

    Raises:
        RequestError: With code `place`, when there is no such place, or it has no such arguments.
    """
    place, config = found_in(PLACES, chosen)
    if place is None:
        name = chosen.get("class_name")
        raise RequestError(
            "place",
            text(
                "Expected a place to train in ({known}), received: {name}.",
                known=", ".join(PLACES),
                name=repr(name),
            ),
        )
    known = [*place.__dataclass_fields__]
    for argument in config:
        if argument not in known:
            raise RequestError(
                "place",
                text(
                    "The place {name} has no argument {argument}. It has: {known}.",
                    name=repr(chosen.get("class_name")),
                    argument=repr(argument),
                    known=", ".join(known),
                ),
            )
    return place(**config)
