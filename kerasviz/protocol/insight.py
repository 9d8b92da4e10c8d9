"""What the messages say about a look inside a model."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from kerasviz.protocol.owned import ChosenJSON
from kerasviz.protocol.samplechange import SampleInput
from kerasviz.protocol.text import Sentence

ViewKind = Literal["image", "maps", "matrix", "curves", "bars", "tokens", "number"]
"""How an output is shown: a picture in its colours; a picture for each channel; rows and columns; a line over
time for each channel; a bar for each value; words; one number."""

WeightsOf = Literal["trained", "fresh", "both"]
"""Whether what is shown comes of trained weights, or of new ones that nobody trained."""


class At(TypedDict):
    """An epoch of a run that is kept: whose weights count."""

    run: str
    """Name of the folder of the run."""
    epoch: int | None
    """Counted from 1; 0 before the first one, null for the end of the run."""


ViewOf = Literal["output", "attention", "plane"]
"""What is shown: an output of the layer; which positions its heads look at; its units over a plane."""


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

    of: ViewOf
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
    """Of the kind `tokens` the words, in their order; of attention those of the keys, where known."""
    query_tokens: NotRequired[list[str]]
    """Of attention the words of the queries, where known."""


PartName = Literal["training", "validation", "test"]
"""A part of the data."""


class PlaneAxis(TypedDict):
    """An axis of a plane of samples, in the units of the data."""

    name: str
    number: int
    """Which one of the numbers of a sample it is."""
    low: float
    high: float


class PlanePoints(TypedDict):
    """Samples of a part of the data, in a plane."""

    part: PartName
    indices: list[int]
    """Their numbers in the part."""
    across: list[float | None]
    up: list[float | None]
    targets: list[float | None] | None
    """The number of the class of each, or the number that is to be predicted; null where that is several
    things."""


class SamplePlane(TypedDict):
    """A plane of samples: two of their numbers vary, all others stay."""

    across: PlaneAxis
    up: PlaneAxis
    numbers: list[str]
    """What the numbers of a sample are called; of more than two, the others are those of one sample."""
    points: list[PlanePoints]


class Sample(TypedDict):
    """The sample that is followed through the drawing."""

    index: int | None
    """Its number among the samples of its part, also where it was changed; null for one of the user's own."""
    part: Literal["training", "validation", "test", "new", "own"]
    """`new` for data that is not the plan's, which was predicted on the Results tab."""
    is_changed: bool
    """Whether a sample of the data was changed."""
    label: str | None
    """Its class, or what is to be predicted, where that is known; of a changed one, before it was."""
    parts: dict[str, int]
    """How many samples each part has."""
    classes: list[str]
    ways: list[str]
    """Those that the model and the data allow, of the ways that not all do: `by_row`, `changed`, ..."""
    inputs: list[SampleInput]
    """What can be changed of it, where it is no row of a table."""
    note: Sentence | None
    """Where not all samples of its part can be chosen, which can; where it is a random one, why."""
    why_no_data: Sentence | None
    """Why no sample of the data can be chosen; null where one can."""
    views: list[View]
    """Of what goes into the model, in the order of its inputs."""
    plane: SamplePlane | None
    """Where a whole plane of samples is followed; the sample is that whose other numbers stay."""


class SamplePayload(TypedDict):
    """Chooses a sample of the data that the document names, or gives one of the user's own."""

    document: str
    """Keras JSON."""
    choice: ChosenJSON


class ProbePayload(TypedDict):
    """Asks what comes out of layers for the chosen sample."""

    document: str
    """Keras JSON."""
    path: list[str]
    """The models around what is shown, from the outermost: names of layers, or ids of their nodes. Behind the
    node of a wrapper which call of the model inside it, counted from 0: `film:0@3`."""
    nodes: list[str]
    """Those that can be seen; empty for all of them."""
    at: NotRequired[At | None]
    """Null for the model as it is now."""
    is_hurried: NotRequired[bool]
    """Whether the nodes are wanted at once, and nothing else that takes long. A newer question of a page
    ends the one before, which is refused as `overtaken`."""


class Likely(TypedDict):
    """A class, and how probable the model finds it."""

    name: str
    probability: float


class PredictedNumber(TypedDict):
    """A number that the model predicts."""

    name: str
    value: float | None
    """In the units of the data; null where it is not finite."""
    target: float | None
    """What it should be; null where nobody knows."""


class Prediction(TypedDict):
    """What an output of the model says about the sample: classes, or numbers."""

    likely: list[Likely]
    """The most probable classes, from the first; empty where numbers are predicted."""
    numbers: list[PredictedNumber]
    """Empty where classes are predicted."""
    is_right: bool | None
    """Whether the first one is the target; null where that is unknown."""
    output: str
    """What the output is called; empty where it is the only one of the model."""
    target: str | None
    """What is to be predicted, for people; null where that is unknown, or several things."""


SurfaceKind = Literal["probability", "classes", "number"]
"""How probable the second of two classes is; which of several classes is the most probable one; a number."""


class Surface(TypedDict):
    """What an output of the model says all over a plane."""

    kind: SurfaceKind
    side: int
    """Cells of a row, and rows; the first row is the highest."""
    values: str
    """Base64 of a float32 (little-endian) for each cell: a probability, a class by its number, a number."""
    certainty: str
    """Of the kind `classes`: base64 of a float32 for each cell, how probable the class is. Else empty."""
    low: float
    middle: float
    """Where one answer becomes the other: the boundary, or what is neither much nor little."""
    high: float


class Probe(TypedDict):
    """What comes out of layers for the chosen sample."""

    views: dict[str, list[View]]
    """By the id of the node, one for each output."""
    errors: dict[str, Sentence]
    """Why a node gives nothing for this sample."""
    predictions: dict[str, Prediction]
    """Of outputs of the whole model that tell classes or a few numbers, by the id of the node, in their
    order."""
    before: dict[str, Prediction]
    """The same before the sample was changed; empty where it was not."""
    surfaces: dict[str, Surface]
    """Of a plane of samples: what outputs of the whole model say, by the id of the node."""
    steps: list[int]
    """For each model around what is shown how often the wrapper that holds it calls it; 0 where none does."""
    weights: WeightsOf
    missing: list[str]
    """At an epoch: the layers without weights of then, with the names of those around them. Nothing comes out
    of them."""
    is_whole: bool
    """Whether all was computed; else what is predicted is told when it is asked without hurry."""
    seconds: float
    """What it took of the thread that trains."""


class ProbeLayerPayload(TypedDict):
    """Asks for all that comes out of one layer for the chosen sample."""

    document: str
    """Keras JSON."""
    path: list[str]
    """As in `ProbePayload`."""
    node: str
    tensor: int
    """Which of its outputs."""
    at: NotRequired[At | None]
    """As in `ProbePayload`."""


class LargeView(TypedDict):
    """What came out of a layer, with its numbers."""

    view: View
    numbers: str
    """Base64 of a float32 (little-endian) for each byte of the view's `values`."""
    step: int
    """So many pixels a side, or values of a line, are one that is shown: pixels are averaged, and of values
    the one farthest from 0 is taken."""
    channels: list[ViewFacts]
    """Of each channel; empty where there are none."""


class ProbedLayer(TypedDict):
    """All that comes out of one layer for the chosen sample."""

    views: list[LargeView]
    """The output, and where it looked, if it is a layer of attention."""
    sentence: Sentence | None
    """How the layer computes, at the largest number of its output."""
    seconds: float
    """As in `Probe`."""
