"""What the messages say about a look inside a model."""

from __future__ import annotations

from typing import Literal, TypedDict

from kerasviz.protocol.owned import ChosenJSON
from kerasviz.protocol.text import Sentence

ViewKind = Literal["image", "maps", "matrix", "curves", "bars", "tokens", "number"]
"""How an output is shown: a picture in its colours; a picture for each channel; rows and columns; a line over
time for each channel; a bar for each value; words; one number."""

WeightsOf = Literal["trained", "fresh", "both"]
"""Whether what is shown comes of trained weights, or of new ones that nobody trained."""


class ViewFacts(TypedDict):
    """Of all values of an output, as the layer gives them; null where none of them is finite."""

    minimum: float | None
    maximum: float | None
    mean: float | None
    deviation: float | None
    """Standard deviation."""
    zero: float
    """Share of the values that are exactly 0."""
    odd: int
    """How many are NaN or infinite."""


class View(TypedDict):
    """What came out of a layer for one sample, small enough for its card."""

    shape: list[int]
    """Of the output, without the axis of the samples."""
    dtype: str
    kind: ViewKind
    values: str
    """Base64 of a byte for each value: `count` pictures of `height` rows of `width` pixels of `colours`; 0
    stands for `low`, 255 for `high`, between them linearly."""
    count: int
    total: int
    """Pictures or lines that there are."""
    height: int
    width: int
    colours: int
    """Bytes of a pixel: 1, or 3 for red, green and blue."""
    low: float
    high: float
    facts: ViewFacts
    tokens: list[str]
    """Of the kind `tokens`: the words, in their order."""


class Sample(TypedDict):
    """The sample that is followed through the drawing."""

    index: int | None
    """Its number among the samples of its part; null for one of the user's own."""
    part: Literal["training", "validation", "test", "own"]
    label: str | None
    """Its class, or what is to be predicted, where that is known."""
    parts: dict[str, int]
    """How many samples each part has."""
    classes: list[str]
    views: list[View]
    """Of what goes into the model, in the order of its inputs."""


class SamplePayload(TypedDict):
    """Chooses a sample of the data that the document names."""

    document: str
    """Keras JSON."""
    choice: ChosenJSON


class ProbePayload(TypedDict):
    """Asks what comes out of layers for the chosen sample."""

    document: str
    """Keras JSON."""
    path: list[str]
    """The models around what is shown, from the outermost: names of layers, or ids of their nodes."""
    nodes: list[str]
    """Those that can be seen; empty for all of them."""


class Probe(TypedDict):
    """What comes out of layers for the chosen sample."""

    views: dict[str, list[View]]
    """By the id of the node, one for each output."""
    errors: dict[str, Sentence]
    """Why a node gives nothing for this sample."""
    weights: WeightsOf
    seconds: float
    """What it took of the thread that trains."""
