"""What the messages say about samples as points in two dimensions."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from kerasviz.protocol.insight import At, PartName, WeightsOf
from kerasviz.protocol.owned import ArgumentsSchema, ChosenJSON
from kerasviz.protocol.text import Sentence


class EmbeddingPayload(TypedDict):
    """Asks for places of samples, by what comes out of a layer for them."""

    document: str
    """Keras JSON."""
    path: list[str]
    """As in `ProbePayload`."""
    node: str
    """The call whose first output counts."""
    part: PartName
    samples: int
    """How many at most."""
    method: ChosenJSON | None
    """Null for the first one."""
    at: NotRequired[At | None]
    """Null for the model as it is now."""


class EmbeddingMethod(TypedDict):
    """A way to place samples."""

    class_name: str
    title: str
    summary: str
    schema: ArgumentsSchema
    """Of its arguments."""
    unfit: Sentence | None
    """Why it can't be used; null where it can."""


class Embedding(TypedDict):
    """Places of samples, by what comes out of a layer for them."""

    methods: list[EmbeddingMethod]
    method: ChosenJSON
    """The one that was used."""
    follows: bool
    """Whether it takes no time, so that it can be asked for again while a model trains."""
    part: PartName
    indices: list[int]
    """Numbers of the samples in the part."""
    across: list[float]
    up: list[float]
    targets: list[float | None] | None
    """As in `PlanePoints`."""
    labels: list[str | None]
    """What is to be predicted of each, for people; null where that is several things."""
    predicted: list[str | None]
    """What the model says; null where it says several things."""
    numbers: int
    """That come out of the layer for a sample."""
    notes: list[Sentence]
    weights: WeightsOf
    seconds: float
    """What it took of the thread that trains."""


class EmbeddingEvent(TypedDict):
    """How far it is."""

    share: float
