"""What the messages say about runs."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from kerasviz.protocol.errors import KerasError
from kerasviz.protocol.text import Sentence

RunState = Literal[
    "waiting", "building", "training", "paused", "stopping", "finished", "stopped", "failed", "lost"
]
"""Where a run is; `waiting` is for the device, which another run uses."""


class Adjustment(TypedDict):
    """A number that was changed while a run trained, from `before` to `after`."""

    what: str
    """Name of the argument, such as "momentum"; behind that of its layer or output where it has one, such as
    "drop/rate" and "loss_weights/price"."""
    before: float
    after: float


class Mark(TypedDict):
    """Something that happened at one point of a run, such as another learning rate."""

    kind: str
    """Machine-readable: `change` of a number that the run trains with, ..."""
    step: int
    """Batches that were done."""
    epoch: int
    seconds: float
    sentence: Sentence
    adjustment: NotRequired[Adjustment]
    """Of the kind `change`: the next batch is the first with it."""


class Judged(TypedDict):
    """By what the trials of a sweep are compared."""

    metric: str
    better: Literal["up", "down"]
    """Whether more or less of it is better."""


class TrialStatus(TypedDict):
    """Which trial of a sweep a run is."""

    group: str
    """What the trials of the sweep have in common."""
    number: int
    """From 1."""
    trials: int
    judged: NotRequired[Judged]
    """What trials are compared by, once an epoch tells."""


class RunStatus(TypedDict):
    """Where a run stands. Times are seconds."""

    run: str
    state: RunState
    model_name: str
    device: str
    epoch: int
    epochs: int
    step: int
    """Batches done in all epochs together."""
    steps_per_epoch: int | None
    elapsed: float
    remaining: float | None
    """Seconds to go, or null while unknown."""
    error: KerasError | None
    notes: list[Sentence]
    """What the user should know and is no error, e.g. "digits reshaped from (8, 8, 1) to (64,)"."""
    marks: list[Mark]
    """What happened on the way, in its order; of much the latest."""
    kept: NotRequired[bool]
    """True for a run of an earlier kernel, which was found in its folder."""
    measured: NotRequired[int]
    """Batches that were done as the layers were measured last. Where it changes, ask for `statistics`."""
    trial: NotRequired[TrialStatus]
    """Where the run is one of a sweep."""
    awaits: NotRequired[Sentence]
    """What a run that is to stop waits for."""
    awaited: NotRequired[float]
    """Seconds since that was asked of it."""
    ahead: NotRequired[int]
    """Of a run that waits: runs on this device, of any kernel, that come before it."""
    place: NotRequired[str]
    """Where it trains, as a plan has it, where that is a process of its own: that can be ended at once."""
    backend: NotRequired[str]
    """What Keras computes with there."""


class Series(TypedDict):
    """Points of one curve."""

    x: list[int]
    y: list[float | None]
    """Null where the value was not a finite number."""


class Curves(TypedDict):
    """Curves by metric name. Validation metrics are named `val_...`, as Keras names them."""

    batch: dict[str, Series]
    """`x` counts batches."""
    epoch: dict[str, Series]
    """`x` counts epochs from 1."""


class RunJSON(TypedDict):
    """A whole run, as `hello` gives it."""

    status: RunStatus
    curves: Curves


class RunSnapshot(RunJSON):
    """A whole run, as `history` gives it."""

    seq: int
    """The number of the last event that it holds."""


class Backup(TypedDict):
    """A backup of a run whose kernel died, beside the document: `epoch` of `epochs` were finished."""

    file: str
    epoch: int
    epochs: int


TrainStart = Literal["trained", "fresh", "backup"]
"""Where weights start: where training left them, as new ones, or in the backup of a kernel that died."""


class TrainPayload(TypedDict):
    """Begins a run of the plan that stands in the document."""

    document: str
    """Keras JSON."""
    start: TrainStart
    replace: NotRequired[str]
    """A variable that the trained model may replace, whatever it holds: the user was asked."""
    until: NotRequired[Literal["batch", "epoch"]]
    """Holds at the end of the first batch or epoch."""


class WarmPayload(TypedDict):
    """A place to get ready."""

    place: str
    """As a plan has it, as JSON."""


class TakenName(TypedDict):
    """The variable for the trained model holds something that is not from the document."""

    name: str
    free: str
    """Another name, which is free."""
    sentence: Sentence
    """What it holds."""


class Begun(TypedDict):
    """The run that began, or why it did not yet: the user is asked for the name of the trained model."""

    run: str | None
    taken: TakenName | None


class RateTest(TypedDict):
    """A learning-rate range test: where it stands, and what it has measured so far."""

    state: RunState
    batches: int
    """How many it will train on at most."""
    rates: list[float]
    """One for each batch that is done, growing."""
    losses: list[float | None]
    """Of each batch alone."""
    smoothed: list[float]
    """The losses without their noise; as many as are finite."""
    proposed: float | None
    """The rate to train with; null while it goes on, and where the loss fell at no rate."""
    reason: Sentence
    """Why, or why none; empty while it goes on."""
    error: KerasError | None


class RateTestEvent(TypedDict):
    """The range test that was begun last is further."""

    test: RateTest


class SweepPayload(TypedDict):
    """Begins the sweep that stands in the document."""

    document: str
    """Keras JSON."""
    go_on: NotRequired[bool]
    """Whether it is the last sweep, of which some trials were trained."""


class RunPayload(TypedDict):
    """Names a run."""

    run: str


class ControlPayload(TypedDict):
    """Asks something of a run, over the control channel where there is one: it must not wait in any queue."""

    run: str
    action: Literal["stop", "pause", "resume", "one_batch", "one_epoch", "change", "end"]
    """`one_batch` and `one_epoch` go on, and hold again at the end of it; `end` ends a process at once."""
    what: NotRequired[str]
    """Of `change`: an `Adjustable` of the run."""
    value: NotRequired[float]
    """Of `change`."""


class Adjustable(TypedDict):
    """A number that can be changed while a run trains."""

    what: str
    """As `Adjustment` has it."""
    value: float
    fixed: Sentence | None
    """Why it can't be changed."""


class AdjustableResult(TypedDict):
    """The numbers of a run that trains; none where it does not."""

    values: list[Adjustable]


class RunEvent(TypedDict):
    """A run's state, and the points since the last event."""

    status: RunStatus
    curves: Curves


class BackupEvent(TypedDict):
    """What a kernel that died has left of the last run, told after each `hello`."""

    backup: Backup | None
    """Null where there is nothing."""
