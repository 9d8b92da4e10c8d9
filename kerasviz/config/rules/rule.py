"""What a rule of the converter is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kerasviz.protocol.text import Text

Layer = dict[str, Any]
"""A layer as it is in a config: `class_name`, `config`, and in a graph `name` and `inbound_nodes`."""

KERAS_2 = (2,)
KERAS_3 = (3,)
NOTHING = Text("", {})


class NoCounterpartError(Exception):
    """A layer has no counterpart in today's Keras.

    Args:
        reason: A sentence for the user; empty where nobody is told.
    """

    def __init__(self, reason: Text = NOTHING) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownClassError(NoCounterpartError):
    """A layer is of a class that Keras does not have, but that the user may register."""


@dataclass(frozen=True)
class Rule:
    """One change in the history of Keras, undone.

    Attributes:
        name: Short name, used by tests.
        says: What the user is told, e.g. "Removed groups=1"; the names of the layers follow.
        source: Where Keras made the change.
        before: Version of Keras from which on files need the rule no more.
        classes: Classes of layers that it is about; empty for all.
        apply: Changes the layer in place and returns whether it did, or raises `NoCounterpartError`.
    """

    name: str
    says: Text
    source: str
    before: tuple[int, ...]
    classes: frozenset[str]
    apply: Callable[[Layer], bool]

    def concerns(self, layer: Layer, version: tuple[int, ...]) -> bool:
        """Tells whether the rule is about this layer of a file of that version."""
        return version < self.before and (not self.classes or layer["class_name"] in self.classes)


def rule(
    *classes: str, says: Text, source: str, before: tuple[int, ...] = KERAS_3
) -> Callable[[Callable[[Layer], bool]], Rule]:
    """Makes a rule of a function, named after it.

    Args:
        *classes: Classes of layers that it is about; none for all.
        says: As in `Rule`.
        source: As in `Rule`.
        before: As in `Rule`.
    """

    def make(apply: Callable[[Layer], bool]) -> Rule:
        return Rule(apply.__name__, says, source, before, frozenset(classes), apply)

    return make
