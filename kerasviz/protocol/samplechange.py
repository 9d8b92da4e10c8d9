"""What the messages say about changing a sample."""

from __future__ import annotations

from typing import Literal, TypedDict

from kerasviz.protocol.owned import ChosenJSON

FieldKind = Literal["number", "category", "text", "date", "moment", "picture", "numbers", "other"]
"""What a field of a form takes; a moment has a time of the day, and of another one nothing can be changed."""


class NumbersField(TypedDict):
    """Numbers of an input; rows lie one after the other."""

    shape: list[int]
    values: list[float | None]
    """Null where one is not finite."""
    low: list[float]
    """The lowest of each that some samples of the data have."""
    high: list[float]


class SampleInput(TypedDict):
    """An input of a sample."""

    name: str
    ways: list[str]
    """Those to something else in its place, such as `by_drawing`."""


class SampleField(TypedDict):
    """A part of a sample that a person can change."""

    name: str
    """The column, or the input."""
    kind: FieldKind
    ways: list[str]
    """Of an input, those to something else in its place."""
    value: str | float | bool | None
    """What it is now; null where it is missing. Of a picture a PNG as a `data:` URL."""
    minimum: float | None
    """Of the values in the data; null where they are no numbers."""
    maximum: float | None
    whole: bool
    """Whether all of them are whole numbers."""
    choices: list[str]
    """The classes, the most frequent one first; empty where others are possible, too."""
    may_miss: bool
    """Whether it is missing in some samples."""
    numbers: NumbersField | None
    """Of the kind `numbers`."""


class SampleFormPayload(TypedDict):
    """Asks what of a sample can be changed."""

    document: str
    """Keras JSON."""
    of: ChosenJSON | None
    """The sample; null for a typical row."""


class SampleForm(TypedDict):
    """What of a sample can be changed."""

    fields: list[SampleField]
