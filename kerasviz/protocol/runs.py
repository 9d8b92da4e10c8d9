"""What the messages say about the runs of a document that are kept, each in a folder beside it."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from kerasviz.protocol.errors import KerasError
from kerasviz.protocol.run import Curves, Judged, Mark, RunState, Series
from kerasviz.protocol.text import Sentence


class Best(TypedDict):
    """The best value of a metric, and the epoch that it was reached in."""

    value: float
    epoch: int


class RunSummary(TypedDict):
    """One run in the list. Times are seconds since 1970."""

    id: str
    """Name of its folder, by which the other requests ask for it; of another document's, the path of that."""
    run: str
    """What the events `run` call it, while it is trained here."""
    name: str
    """For people; that of its folder until the user gives it another one."""
    note: str
    """What the user wrote about it; may have several lines."""
    state: RunState
    """`lost` where nobody writes it any more, although it did not end."""
    hidden: bool
    """Whether its curves are not to be drawn."""
    group: str | None
    """Runs that belong together, such as the trials of a sweep, have the same one."""
    values: dict[str, str | float]
    """What a trial of a sweep tries, by the name of each value; empty for other runs."""
    judged: Judged | None
    """By what a trial is compared with others; null for other runs, and before an epoch tells."""
    started: float
    ended: float | None
    elapsed: float
    """Seconds that it has trained, pauses left out."""
    device: str
    epoch: int
    epochs: int
    step: int
    parameters: int | None
    """Of the model; null until it is built."""
    best: dict[str, Best]
    """By metric, for those of which Keras tells whether more or less is better."""
    last: dict[str, float | None]
    """The values of the last epoch, by metric; null where one was not a finite number."""
    changes: list[Sentence]
    """What was changed since the run before it; empty for the first one, and where nothing was."""
    error: KerasError | None
    bytes: int
    """What it takes on the disk, with its checkpoints."""
    origin: NotRequired[str]
    """Of a run of another document, which is only looked at: where that is."""


class Runs(TypedDict):
    """The runs of a document, the latest first."""

    runs: list[RunSummary]
    deleted: list[RunSummary]
    """Those that can still be restored."""
    where: str
    """The folder that they are in, for people; empty where none can be kept."""
    others: list[str]
    """Folders whose runs are listed, too, from the folder of the document."""


class RunsFolder(TypedDict):
    """A folder with runs of other documents, or tables of epochs as `CSVLogger` writes them, at any depth."""

    folder: str
    """From the folder of the document."""


class RunControlPayload(TypedDict):
    """Asks something of runs, whatever process trains them: they hear it within a second."""

    ids: list[str]
    action: Literal["stop", "pause", "resume"]


class RunsEvent(TypedDict):
    """The list of runs is another one: ask for it again. Curves that grow come as `run`."""

    count: int


class RunIds(TypedDict):
    """Names runs by their ids."""

    ids: list[str]


class Clock(TypedDict):
    """When points of a run were reached; seconds from its start, pauses left out."""

    batch: Series
    """`x` counts batches, `y` seconds; a few a second, the rest lies between."""
    epoch: Series
    """`x` counts epochs from 1, `y` seconds."""
    ends: Series
    """`x` counts epochs from 1, `y` the batches that were done at its end."""


class KeptCurves(TypedDict):
    """All that is drawn of one run."""

    id: str
    curves: Curves
    clock: Clock
    marks: list[Mark]


class CurvesPayload(RunIds):
    """Asks for curves."""

    epochs_only: NotRequired[bool]
    """Leaves the points of batches out, where so many runs are drawn that they would not be seen."""


class AllCurves(TypedDict):
    """The curves of the runs that were asked for, in that order; one that is gone is left out."""

    runs: list[KeptCurves]


class RunChangePayload(TypedDict):
    """Changes what people say of runs, or removes them. Only what is given is changed."""

    ids: list[str]
    name: NotRequired[str]
    """Empty for the name of the folder."""
    note: NotRequired[str]
    hidden: NotRequired[bool]
    deleted: NotRequired[bool]
    """True moves them to the trash beside them, from which false brings them back."""


class RunPair(TypedDict):
    """Two runs to compare: what changed from the first to the second."""

    before: str
    after: str


class Changed(TypedDict):
    """One value that is another one, as people read it: `0.001`, `relu`; null where it is not set."""

    key: str
    """Its path: `optimizer.learning_rate`, `fit.epochs`."""
    before: str | None
    after: str | None


class LayerChange(TypedDict):
    """One layer that is not the same in both runs."""

    kind: Literal["added", "removed", "changed"]
    layer: str
    """Its name; names of models that it is inside of stand before it, with `/`."""
    class_name: str
    arguments: list[Changed]
    """Of one that changed; `inputs` where it is connected otherwise."""


class FinalValues(TypedDict):
    """The last and the best value of a metric in both runs."""

    metric: str
    before: float | None
    after: float | None
    best_before: float | None
    best_after: float | None


class RunDifference(TypedDict):
    """What differs between two runs."""

    layers: list[LayerChange]
    plan: list[Changed]
    """Compile, fit, data, callbacks, seed; then versions and device."""
    values: list[FinalValues]
    before: str
    """The document of the first run as it was, to draw it."""
    after: str


class RunId(TypedDict):
    """Names a run by its id."""

    id: str


class RunDocument(TypedDict):
    """The document of a run as it was, with its plan."""

    document: str
    file: str
    """A free name for it, beside the document."""


class KeptEpoch(TypedDict):
    """The model after an epoch, as a file."""

    epoch: int | None
    """Counted from 1; 0 is before the first one, null the end of the run, whatever callbacks did then."""
    bytes: int
    best: bool
    values: dict[str, float | None]
    """Loss and metrics of that epoch."""


class KeptEpochs(TypedDict):
    """What is kept of a run, in order."""

    epochs: list[KeptEpoch]


class GoBackPayload(TypedDict):
    """Asks for the weights of an epoch that was kept, for the model as it is drawn now."""

    document: str
    """Keras JSON."""
    id: str
    """Of the run."""
    epoch: int | None


class RunExportPayload(TypedDict):
    """Asks for runs as one file. `csv`: a row for each run and epoch. `html`: curves, plans and versions."""

    ids: list[str]
    format: Literal["csv", "html"]


class RunExport(TypedDict):
    """A file for the user to keep."""

    file: str
    """Its name."""
    mimetype: str
    content: str
