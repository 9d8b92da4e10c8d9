"""What the messages say about the results of a model on a part of the data."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from kerasviz.protocol.insight import At, PartName
from kerasviz.protocol.owned import JSON, ChosenJSON
from kerasviz.protocol.preview import Histogram
from kerasviz.protocol.text import Sentence

TaskKind = Literal["classes", "two", "labels", "numbers", "other"]
"""What was to be predicted: one of several classes, one of two, any of several labels, numbers, or what has
only metrics."""


class OutputTask(TypedDict):
    """What one output of the model was to predict."""

    name: str
    kind: TaskKind
    names: list[str]
    """Of the classes, labels or numbers; empty where these can't be told apart."""
    positions: int
    """Predictions of each sample: pixels, steps of a sequence; 1 where it has one."""
    has_truth: bool
    """Whether anything is known to be true."""


class EvaluatePayload(TypedDict):
    """Asks for predictions of a part of the data by the trained model."""

    document: str
    """Keras JSON."""
    part: PartName
    data: NotRequired[ChosenJSON | None]
    """A source of new samples, which are predicted in the place of the part; null for the part."""
    at: NotRequired[At | None]
    """The epoch whose weights predict; null for the model as it is now."""
    beside: NotRequired[bool]
    """Whether this is to be compared with what was predicted last, of the same samples."""


class Metric(TypedDict):
    """One number of `model.evaluate`."""

    name: str
    value: float | None


class Evaluation(TypedDict):
    """What a part of the data was measured as; results are made of its predictions."""

    part: PartName
    count: int
    parts: dict[str, int]
    """How many samples each part has."""
    data: str | None
    """The name of the new samples; null where a part of the data was predicted."""
    columns: list[str]
    """By which samples can be told apart."""
    notes: list[Sentence]
    """What was done to new samples, or which of the part these are."""
    outputs: list[OutputTask]
    metrics: list[Metric]
    """As `model.evaluate` has them, the loss first."""
    run: str | None
    """The name of the run that trained the model; null where nobody knows it."""
    epoch: int | None
    """Epochs that it had trained; null where nobody knows."""


class SliceOf(TypedDict):
    """Samples of which a column says the same."""

    column: str
    number: int
    """Of the group, as `Slices` has them."""


class ResultPayload(TypedDict):
    """Asks for a result of what was predicted last."""

    class_name: str
    config: JSON
    output: NotRequired[int]
    """Which output; the first one where it is not said."""
    slice: NotRequired[SliceOf | None]
    """The samples that it is about; null for all of them."""
    whose: NotRequired[Literal["this", "other"]]
    """Whether it is about what was predicted to be compared."""


class Confusion(TypedDict):
    """How many samples, or positions in them, of each true class were predicted as each class."""

    kind: Literal["confusion"]
    classes: list[str]
    numbers: list[int]
    """Of the classes."""
    counts: list[list[int]]
    """By true class, then by predicted class."""
    left_out: int
    """Classes that are not shown, as there are too many; those have the fewest mistakes."""


class ClassScore(TypedDict):
    """How well one class is told from the others."""

    name: str
    precision: float
    recall: float
    f1: float
    support: int
    """Samples of the class."""


class PerClass(TypedDict):
    """How well each class is told from the others."""

    kind: Literal["per_class"]
    rows: list[ClassScore]
    mean: ClassScore
    """Of all classes, each as important as another."""
    accuracy: float


class ShownSample(TypedDict):
    """A sample of a gallery."""

    index: int
    """Its number in its part."""
    true: str
    predicted: str
    """Empty where words do not tell it."""
    wrong: int | None
    """Positions at which another class is predicted; null where it has one class, or numbers."""
    positions: int | None
    """Of those that count."""
    error: float | None
    """Root mean squared error; null where it has one number, or classes."""
    picture: str | None
    """A PNG as a `data:` URL."""
    true_picture: str | None
    """What is true, where that is a picture."""
    predicted_picture: str | None
    text: str | None
    """The beginning of what is no picture."""


class Gallery(TypedDict):
    """Some samples, the worst first."""

    kind: Literal["gallery"]
    count: int
    """How many there are of the kind, more than are shown."""
    samples: list[ShownSample]


class EvaluationEvent(TypedDict):
    """How far the predictions are."""

    share: float


class Line(TypedDict):
    """Points of a curve."""

    x: list[float]
    y: list[float]


class Threshold(TypedDict):
    """Samples by what is true of them and what is predicted above a threshold."""

    at: float
    hits: int
    false_alarms: int
    missed: int
    rejected: int
    """Rightly."""


class ClassCurves(TypedDict):
    """How well the score of a class tells it from the others."""

    kind: Literal["curves"]
    of: int
    """Number of the class."""
    roc: Line
    """Share of the others that are false alarms, against the share of the class that is found."""
    auc: float | None
    """Area under it."""
    precision: Line
    """Recall against precision."""
    average_precision: float | None
    calibration: Line
    """What the model says against how often it happened; empty where scores are no probabilities."""
    thresholds: list[Threshold]
    threshold: float
    """That of the model."""
    count: int
    """Samples, or positions in them, that this is about."""
    is_all: bool
    """Whether these are all; of very many, evenly chosen ones are sorted."""


class Residuals(TypedDict):
    """How far predicted numbers are from the true ones."""

    kind: Literal["residuals"]
    of: int | None
    """Which of the numbers of a sample; null for all of them."""
    count: int
    """Numbers that were compared."""
    indices: list[int]
    """Numbers of the samples that are drawn, evenly chosen of all."""
    true: list[float]
    predicted: list[float]
    histogram: Histogram
    """Of prediction less truth, of all samples."""
    mean_error: float | None
    mean_absolute_error: float | None
    root_mean_squared_error: float | None
    r2: float | None


class CSVFile(TypedDict):
    """All predictions."""

    kind: Literal["csv_file"]
    text: str


class Slice(TypedDict):
    """Samples of which a column says the same, and how well they are predicted."""

    name: str | None
    """What the column says; null for a range, for all rarer values, and where it says nothing."""
    low: str | None
    high: str | None
    is_missing: bool
    count: int
    score: float | None
    other_score: float | None
    """Of the model that is compared."""


class Slices(TypedDict):
    """How well the model does on groups of samples."""

    kind: Literal["slices"]
    column: str
    measure: Literal["accuracy", "mean_absolute_error"]
    rows: list[Slice]
    all: float | None
    """Of all samples."""
    other_all: float | None


class ResultComparison(TypedDict):
    """Samples by which of two models is right, or nearer to the truth."""

    kind: Literal["comparison"]
    is_of_distance: bool
    """Whether it counts which one is nearer; then `both` are equally near."""
    both: int
    only_this: int
    only_other: int
    neither: int


AnyResult = Confusion | PerClass | Gallery | ClassCurves | Residuals | Slices | ResultComparison | CSVFile
"""What a result is, told by its `kind`."""
