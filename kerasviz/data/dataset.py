"""What a data source gives, and what is known of one before it is loaded."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NewType, TypedDict

ArrayName = NewType("ArrayName", str)
"""The name of an array among the user's variables: the form offers those that there are."""


@dataclass(frozen=True)
class Data:
    """Samples and what is to be learned from them.

    Attributes:
        name: For people: `digits`, or the names of the arrays.
        x: Array `(samples, ...)`, or a list or dict of such arrays.
        y: Array `(samples, ...)`, or a list or dict of such arrays.
        classes: Number of classes where the data set tells it.
        notes: What was done to the data.
        x_name: What a person calls x: the name of the variable where it is one.
        y_name: What a person calls y.
        finite: Whether x has no value that is missing or infinite, as far as anybody looked.
    """

    name: str
    x: Any
    y: Any
    classes: int | None = None
    notes: list[str] = field(default_factory=list)
    x_name: str = "x"
    y_name: str = "y"
    finite: bool = True


class Facts(TypedDict):
    """What is in a data set, and what suits it; known without loading it.

    `shape` is that of one sample; `classes` is None where a number is to be predicted; `loss` and `metrics`
    are Keras' names.
    """

    samples: int
    shape: list[int]
    classes: int | None
    loss: str
    metrics: list[str]
