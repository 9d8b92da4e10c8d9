"""What the messages say about why a model answers what it answers."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from kerasviz.protocol.insight import At, View, WeightsOf
from kerasviz.protocol.owned import ArgumentsSchema, ChosenJSON
from kerasviz.protocol.text import Sentence


class WhyPayload(TypedDict):
    """Asks what of the chosen sample counts for an answer of the model."""

    document: str
    """Keras JSON."""
    method: ChosenJSON | None
    """Null for the first that fits the sample."""
    output: int
    """Which output of the model, counted from 0."""
    target: int | None
    """Which of its answers; null for what the model says."""
    at: NotRequired[At | None]
    """Null for the model as it is now."""


class WhyMethod(TypedDict):
    """A way to find out what counts."""

    class_name: str
    title: str
    summary: str
    schema: ArgumentsSchema
    """Of its arguments."""
    means: Sentence
    means_not: Sentence
    unfit: Sentence | None
    """Why it can't be used for this sample; null where it can."""


class WhyPart(TypedDict):
    """What counts in one Input of the model."""

    name: str
    kind: Literal["picture", "tokens", "series", "columns"]
    view: View | None
    """Of a picture and a series: the sample itself."""
    numbers: str
    """Base64 of a float32 (little-endian) for each weight: `height` rows of `width`."""
    height: int
    width: int
    step: int
    """So many positions of a side are one weight, their mean."""
    most: float
    """The largest weight, without its sign."""
    names: list[str]
    """The words; what columns are called."""
    values: list[str]
    """What the columns hold."""


class Why(TypedDict):
    """What of the sample counts for an answer of the model."""

    methods: list[WhyMethod]
    """Those that fit the sample come first."""
    method: ChosenJSON | None
    """The one that was used; null where none fits."""
    outputs: list[str]
    """The nodes that the outputs come out of."""
    output: int
    answers: list[str]
    """What the output can answer, such as classes; empty for a single number."""
    target: int
    says: int
    """What the model answers."""
    probability: float | None
    """Of the answer that is explained; null where it has none."""
    value: float | None
    """The number that the weights are about: the score before softmax or sigmoid, the probability, or what is
    predicted."""
    is_score: bool
    """Whether that is a score."""
    is_of_data: bool
    """Whether weights are about the whole data, and not about this sample."""
    is_signed: bool
    """Whether negative weights speak against the answer."""
    parts: list[WhyPart]
    notes: list[Sentence]
    weights: WeightsOf
    seconds: float
    """What it took of the thread that trains."""


class WhyEvent(TypedDict):
    """How far it is."""

    share: float
