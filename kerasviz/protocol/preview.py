"""What is in the data, before anybody trains on it."""

from __future__ import annotations

from typing import Literal, TypedDict

from kerasviz.protocol.owned import JSON, ChosenJSON, ColumnsJSON, StepJSON
from kerasviz.protocol.text import Sentence

ColumnKind = Literal["number", "category", "text", "date", "id", "constant", "empty"]
"""What a column seems to be: `id` tells rows apart and says nothing more of them."""

PreviewKind = Literal["table", "images", "texts", "sounds", "arrays", "stream"]
"""What data is, for the eye: a table of columns, or samples that are pictures, texts, sounds or arrays."""


class ClassCount(TypedDict):
    """A value, and how often it occurs."""

    name: str
    count: int


class Histogram(TypedDict):
    """How often values lie between two edges."""

    edges: list[float]
    """One more than counts, ascending."""
    counts: list[int]


class PreviewColumn(TypedDict):
    """A column of a table, or one of an array. What is counted is counted in the rows that were looked at."""

    name: str
    kind: ColumnKind
    dtype: str
    """As pandas or numpy calls it."""
    missing: int
    infinite: int
    distinct: int
    """How many different values there are, the missing ones aside."""
    minimum: float | None
    """Null where a column holds no numbers; so are the next ones."""
    maximum: float | None
    mean: float | None
    deviation: float | None
    """Standard deviation."""
    quantiles: list[float]
    """At 5, 25, 50, 75 and 95 %; empty without numbers."""
    first: str | None
    """The earliest date, or null where there is none."""
    last: str | None
    classes: list[ClassCount]
    """The most frequent values, the first is the most frequent: all of them where there are few."""
    histogram: Histogram | None
    unspaced: bool
    """Whether it holds words without blanks between them, as Chinese and Thai are written."""


class PreviewSample(TypedDict):
    """One sample."""

    values: list[str | float | bool | None]
    """What it has in each column, in their order; dates and long texts as short text."""
    label: str | None
    """Its class, where that is no column."""
    file: str | None
    """Where it comes from, relative to the folder that was chosen."""
    picture: str | None
    """A PNG as a `data:` URL."""
    text: str | None
    """The beginning of a text, or the shape of what can't be shown."""


class PreviewQuestion(TypedDict):
    """What a careful person would ask about the data."""

    code: str
    """Machine-readable kind: `missingcells`, `constant`, `rareclasses`, ..."""
    column: str | None
    """The column or array that it is about."""
    sentence: Sentence


class Proposed(TypedDict):
    """What suits the data: as in `kerasviz.training` and `compile_config`; null where nothing is proposed."""

    columns: ColumnsJSON | None
    preparation: list[StepJSON] | None
    split: ChosenJSON | None
    loss: str | None
    metrics: list[str | JSON] | None
    """Names, or objects as Keras writes them."""
    data: JSON | None
    """Arguments of the data source that are open, such as the size of pictures."""
    class_weight: dict[str, float] | None
    """Of `fit`: with these, each class counts alike."""
    reasons: list[Sentence]


class Preview(TypedDict):
    """A look at the data."""

    kind: PreviewKind
    name: str
    rows: int | None
    """Samples that there are, counted; null where nobody knows, or they never end."""
    sampled: int | None
    """How many of them were looked at; null where it was all of them."""
    columns: list[PreviewColumn]
    inputs: list[str]
    """What is no table: its arrays that a model takes, as the steps of a preparation name them."""
    classes: list[ClassCount]
    """Where samples have a class that is no column: folders, and arrays with targets."""
    samples: list[PreviewSample]
    found: dict[str, str | float | bool | None]
    """What was found out of the file, by the arguments of the source: `delimiter`, `encoding`, ..."""
    notes: list[Sentence]
    """What was done or left out while reading, e.g. the files that can't be read."""
    questions: list[PreviewQuestion]
    proposed: Proposed


class PreviewPayload(TypedDict):
    """Asks for a look at the data that a document is to be trained on; a newer request ends an older one."""

    document: str
    """The text of the document."""


class NamedPart(TypedDict):
    """A column of a table, or an array in a file."""

    name: str
    holds: str
    """Shape and dtype; empty where they are not known."""


class ColumnNames(TypedDict):
    """What data is made of, which takes no time; empty where nothing in it has a name."""

    columns: list[NamedPart]


class PreviewEvent(TypedDict):
    """How far a look at the data is; told once at least, and often where it takes long."""

    share: float
    """From 0 to 1."""
