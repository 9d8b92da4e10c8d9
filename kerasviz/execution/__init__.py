"""Where plans are executed: one module for each place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kerasviz import places
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.process import Process
from kerasviz.execution.raycluster import Ray
from kerasviz.execution.raysweep import ray_trials
from kerasviz.execution.slurm import Slurm
from kerasviz.execution.thread import Thread
from kerasviz.protocol import Curves
from kerasviz.training.plan import Plan
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.training.fit import Probe


class Place(Protocol):
    """Executes runs. It is made with the arguments that the plan has under `place`."""

    def warm(self) -> None:
        """Gets ready, so that a run begins at once; returns at once."""

    def start(
        self,
        plan: Plan,
        run: Run,
        worker: DocumentWorker,
        publish: Callable[[Curves | None], None],
        probe: Probe | None = None,
    ) -> None:
        """Begins a run and returns at once.

        The place fills the run, obeys its `control`, ends it in any case, and leaves the trained model with
        the worker's keeper.

        Args:
            plan: What to do.
            run: What comes of it.
            worker: Of the document.
            publish: Called from the thread that changes the run, with its new points; and when it has ended.
            probe: What the run is for, as `fit` takes it.
        """


def place_of(chosen: Mapping[str, Any]) -> Place:
    """Makes what executes plans in a place.

    Args:
        chosen: As a plan has it under `place`.

    Raises:
        RequestError: With code `place`, when there is no such place, or it has no such arguments.
    """
    match places.place_of(chosen):
        case places.Thread() as place:
            return Thread(place)
        case places.Slurm() as place:
            return Slurm(place)
        case places.Ray() as place:
            return Ray(place)
        case place:
            return Process(place)


@contextmanager
def trials_at(chosen: Mapping[str, Any], runs: Path) -> Iterator[tuple[Place, int]]:
    """Around a sweep: where its trials train, and how many at the same time.

    Args:
        chosen: As a plan has it under `place`.
        runs: The folder of its runs.

    Raises:
        RequestError: As `place_of` does.
    """
    place = places.place_of(chosen)
    if isinstance(place, places.Ray) and find_spec("ray"):  # else each trial says what is missing
        with ray_trials(place, runs) as trials:
            yield trials, place.workers
    else:
        yield place_of(chosen), 1
