"""The plan of a sweep, and what it has learned from its trials so far."""

from __future__ import annotations

import importlib.util
import inspect
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from kerasviz.config.parts import found_in
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import any_of, text
from kerasviz.sweep.ranges import Path, Range, read_ranges, with_values
from kerasviz.sweep.strategies import STRATEGIES
from kerasviz.sweep.study import Search

Mode = Literal["min", "max"]
"""Keras' word for whether less or more of a metric is better."""


@dataclass
class Trial:
    """One combination of values.

    Attributes:
        number: From 1.
        values: By the path of each.
        drawn: Optuna's own trial.
    """

    number: int
    values: Mapping[Path, Any]
    drawn: Any


class Sweep:
    """Draws trials, and is told what came of them.

    Args:
        ranges: What is tried.
        search: How.
        monitor: The metric by which trials are judged, as Keras names it.
        mode: Whether less or more of it is better; None where Keras is asked.
    """

    def __init__(
        self, ranges: Sequence[Range], search: Search, monitor: str, mode: Mode | None = None
    ) -> None:
        self.ranges = ranges
        self.monitor = monitor
        self._mode = mode
        self.trials = search.trials
        self._study = search.study
        self._begun = 0

    @property
    def directions(self) -> dict[str, Literal["up", "down"] | None]:
        """What the plan says of the metric, also where that of the training part takes its place."""
        if self._mode is None:
            return {}
        way: Literal["up", "down"] = "up" if self._mode == "max" else "down"
        return dict.fromkeys((self.monitor, self.monitor.removeprefix("val_")), way)

    def next(self) -> Trial | None:
        """The values to try next; None where all were."""
        if self._begun == self.trials:
            return None
        self._begun += 1
        drawn = self._study.ask({str(i): one.distribution() for i, one in enumerate(self.ranges)})
        values = {one.path: one.value(drawn.params[str(i)]) for i, one in enumerate(self.ranges)}
        return Trial(self._begun, values, drawn)

    def document(self, document: JSON, trial: Trial) -> JSON:
        """The document that a trial trains.

        Raises:
            RequestError: With code `plan`, where a value has no place in it any more.
        """
        return with_values(document, trial.values)

    def should_stop(self, trial: Trial, epoch: int, value: float, mode: Mode) -> bool:
        """Takes the value of an epoch, and says whether others do so much better that the trial is to end.

        Args:
            trial: What is trained.
            epoch: From 1.
            value: Of the metric.
            mode: Whether less or more of it is better.
        """
        trial.drawn.report(_cost(value, mode), epoch)
        return bool(trial.drawn.should_prune())

    def end(self, trial: Trial, best: float | None, mode: Mode, *, stopped: bool = False) -> None:
        """Takes what came of a trial.

        Args:
            trial: What was trained.
            best: The best value of the metric; None where there was none, as when the run failed.
            mode: Whether less or more of it is better.
            stopped: Whether it ended early as others did better.
        """
        from optuna.trial import TrialState

        if stopped:
            self._study.tell(trial.drawn, state=TrialState.PRUNED)
        elif best is None or not math.isfinite(best):
            self._study.tell(trial.drawn, state=TrialState.FAIL)
        else:
            self._study.tell(trial.drawn, _cost(best, mode))


def read_sweep(written: object) -> Sweep:
    """Reads what stands under `kerasviz.sweep`.

    Args:
        written: `{"class_name": strategy, "config": its arguments, "ranges": [...], "monitor": metric,
            "mode": "min" or "max"}`; without a mode, Keras says which is better.

    Raises:
        RequestError: With code `plan`, for what can't be tried; with code `package`, without Optuna.
    """
    said: Mapping[str, Any] = written if isinstance(written, Mapping) else {}
    ranges = read_ranges(said.get("ranges"))
    strategy, config = found_in(STRATEGIES, said)
    if strategy is None:
        raise RequestError(
            "plan",
            text(
                "Expected a strategy ({known}). Received: {name}.",
                known=any_of(list(STRATEGIES)),
                name=f"{said.get('class_name')!r:.80}",
            ),
        )
    if importlib.util.find_spec("optuna") is None:
        raise RequestError(
            "package",
            text("A sweep needs the package optuna. Install it with: pip install optuna"),
        )
    try:
        bound = inspect.signature(strategy.tried).bind(**{**config, "ranges": ranges})
    except TypeError as error:
        raise RequestError(
            "plan", text("The sweep has other arguments. Fill in its form."), detail=str(error)
        ) from None
    monitor = said.get("monitor") or "val_loss"
    mode = said.get("mode")
    known: Mode | None = mode if mode in ("min", "max") else None
    return Sweep(ranges, strategy.tried(*bound.args, **bound.kwargs), str(monitor), known)


def _cost(value: float, mode: Mode) -> float:
    return -value if mode == "max" else value
