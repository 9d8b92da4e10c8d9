"""Where plans are executed: one module for each place."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from kerasviz.config.parts import found_in
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.process import Process
from kerasviz.execution.thread import Thread
from kerasviz.protocol import Curves, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.plan import Plan
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.training.fit import Probe


class Place(Protocol):
    """Executes runs. It is made with the arguments that the plan has under `place`."""

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


PLACES: Mapping[str, Callable[..., Place]] = {"thread": Thread, "process": Process}
"""Places by the name that a plan has them under."""


def place_of(plan: Plan) -> Place:
    """Makes the place that a plan asks for.

    Raises:
        RequestError: With code `place`, when there is no such place, or it has no such arguments.
    """
    name = plan.place.get("class_name")
    place, config = found_in(PLACES, plan.place)
    if place is None:
        raise RequestError(
            "place",
            text(
                "Expected a place to train in ({known}), received: {name}.",
                known=", ".join(PLACES),
                name=repr(name),
            ),
        )
    known = inspect.signature(place).parameters
    for argument in config:
        if argument not in known:
            raise RequestError(
                "place",
                text(
                    "The place {name} has no argument {argument}. It has: {known}.",
                    name=repr(name),
                    argument=repr(argument),
                    known=", ".join(known),
                ),
            )
    return place(**config)
