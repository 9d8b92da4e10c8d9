"""What a data source gives, and what is known of one before it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NewType, TypeAlias, TypedDict

if TYPE_CHECKING:
    import pandas as pd

    from kerasviz.protocol.preview import PreviewSample

ArrayName = NewType("ArrayName", str)
"""The name of an array among the user's variables: the form offers those that there are."""
TableName = NewType("TableName", str)
"""The name of a table, such as a DataFrame of pandas, among the user's variables."""
BatchesName = NewType("BatchesName", str)
"""The name of what gives batches, such as a `tf.data.Dataset`, among the user's variables."""
ColumnName = NewType("ColumnName", str)
"""The name of a column of the table that was chosen."""
FilePath = NewType("FilePath", str)
"""A file, relative to the folder of the document: the form lets a person choose one."""
TableSource = NewType("TableSource", dict[str, Any])
"""A source that gives a table, `{"class_name", "config"}`."""
FolderPath = NewType("FolderPath", str)
"""A folder, relative to that of the document."""

Found: TypeAlias = Mapping[str, str | float | bool | None]
"""What was found out of a file, by name."""
GoOn: TypeAlias = Callable[[float], None]
"""Told from time to time how far something is, from 0 to 1; what it raises ends it."""


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
        sample_weight: Array `(samples,)`, or a list or dict of such for several outputs; None where all
            samples count alike.
        class_names: What the classes are called, in the order of their numbers; None where they are numbers.
        names_of_classes: The same of each array, where y is several, by its key; None where nobody knows.
        validation: The part that training does not see, where a split was asked for; else the last samples
            are taken, as `fit` does it.
        test: The part that is looked at only after training, where a split was asked for.
        augment: Changes the x of each batch that trains, given the seed of the run and the number of the
            batch; None where it stays.
    """

    name: str
    x: Any
    y: Any
    classes: int | None = None
    notes: list[str] = field(default_factory=list)
    x_name: str = "x"
    y_name: str = "y"
    finite: bool = True
    sample_weight: Any = None
    class_names: list[str] | None = None
    names_of_classes: Mapping[Any, list[str]] | None = None
    validation: Data | None = None
    test: Data | None = None
    augment: Callable[[Any, int, int], Any] | None = None


class Sampled(NamedTuple):
    """Some rows of a table, how many there are, and what was left out while reading them."""

    frame: pd.DataFrame
    rows: int
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    """Rows of named columns, of which nobody has said yet what is to be learned.

    Attributes:
        name: For people: the name of the file, or of the variable.
        columns: Names of the columns, in their order.
        parts: Reads the rows from the first one on: a DataFrame for each part, with these columns and an
            index that goes on from part to part. A table that fits into memory is one part.
        notes: What was done or left out while reading.
        found: What was found out of a file, by the arguments of its source: `delimiter`, `encoding`, ...
        sample: Counts the rows and reads some from everywhere, about as many as asked for at most, which is
            faster than reading all; None where there is no such way. Their index is the rows' numbers.
        source: The data source of a plan that it comes from, `{"class_name", "config"}`.
        folder: Where the document of that plan is.
    """

    name: str
    columns: tuple[str, ...]
    parts: Callable[[], Iterator[pd.DataFrame]]
    notes: list[str] = field(default_factory=list)
    found: Found = field(default_factory=dict)
    sample: Callable[[int, GoOn], Sampled] | None = None
    source: Mapping[str, Any] | None = None
    folder: Path | None = None


@dataclass(frozen=True)
class Stream:
    """Batches that come one after the other, which `fit` iterates itself.

    Attributes:
        name: For people: the name of the folder, or of the variable.
        batches: What `fit` takes as `x`: a `tf.data.Dataset`, `keras.utils.PyDataset`, `DataLoader` or Python
            generator, whose elements are `(x, y)` or `(x, y, sample_weight)`; or a `Reader` of samples by
            their number (`streams/reader.py`), of which a run makes batches of its own.
        samples: Samples in an epoch; None where nobody knows.
        steps: Batches in an epoch; None where nobody knows or they never end.
        endless: Whether they never end, so that `steps_per_epoch` has to say how long an epoch is.
        classes: Number of classes where the source tells it.
        class_names: What the classes are called, in the order of their numbers.
        notes: What was found out or done, e.g. which files can't be read.
        validation: Such batches that training does not see; None where there are none.
        test: Such batches that are looked at only after training; None where there are none.
        example: A batch as arrays, where somebody looked at one; what `fit` gets has its shapes.
        found: What was found out of the files, by name.
        proposed: Arguments of the source that a plan leaves open, and what suits the samples.
        reasons: A sentence for each of these.
        target_name: What a person calls that which is to be learned.
        is_divided: Whether the source has divided the samples, so that nothing more is held out of those that
            train: windows of a series overlap.
        table: What the samples are cut from, where that is a table.
        shown: Draws some samples for people, where their source knows best how.
        normal: Mean and variance, by which the source has normalized the inputs; None where they are as they
            lie.
        begin: Has what draws at random for batches that train begin again, given the seed of a run; None
            where nothing does, or the place in the run decides.
    """

    name: str
    batches: Any
    samples: int | None = None
    steps: int | None = None
    endless: bool = False
    classes: int | None = None
    class_names: list[str] | None = None
    notes: list[str] = field(default_factory=list)
    validation: Any = None
    test: Any = None
    example: Data | None = None
    found: Found = field(default_factory=dict)
    proposed: Mapping[str, Any] = field(default_factory=dict)
    reasons: Sequence[str] = ()
    target_name: str = "output"
    is_divided: bool = False
    table: Table | None = None
    shown: Callable[[], list[PreviewSample]] | None = None
    normal: tuple[Any, Any] | None = None
    begin: Callable[[int], None] | None = None


Loaded: TypeAlias = Data | Table | Stream
"""What a source gives."""


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
