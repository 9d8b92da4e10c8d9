"""Judges a trial of a sweep by what it measures, and ends it where others do so much better."""

from __future__ import annotations

from kerasviz.protocol import JSON, Curves, Judged, KerasError, Series
from kerasviz.protocol.text import Text, all_of, text
from kerasviz.sweep.sweep import Mode, Sweep, Trial
from kerasviz.training.run.run import Run

VALIDATED = "val_"


class Judge:
    """Tells the sweep the values of its metric.

    Where no epoch is validated, the same metric of the training part is taken: it tells less of new data, but
    more than no sweep.

    Args:
        sweep: Learns from it.
        trial: What is trained.
        run: That of the trial.
        validated: The first epoch that is validated, where any is.

    Attributes:
        lost: Why no trial can be judged; None where this one can.
        broken: Why this trial is of no use, though Keras goes on; None while it is.
    """

    def __init__(self, sweep: Sweep, trial: Trial, run: Run, validated: int = 1) -> None:
        self._sweep = sweep
        self._trial = trial
        self._run = run
        self._validated = validated
        self._metric: str | None = None
        self._stopped = False
        self.lost: Text | None = None
        self.broken: KerasError | None = None

    def take(self, curves: Curves) -> None:
        """Takes new points."""
        self._look_for_nan(curves)
        if self.lost is None and self._metric is None and curves["epoch"]:
            self._metric = self._choose(curves)
        points = curves["epoch"].get(self._metric or "", Series(x=[], y=[]))
        for epoch, value in zip(points["x"], points["y"], strict=True):
            if value is None or self._stopped or self.broken:
                continue
            if self._sweep.should_stop(self._trial, epoch, value, self._mode):
                self._stopped = True
                self._run.note(text("Ended early: others did better after {epoch} epochs.", epoch=epoch))
                self._run.control.stop()

    def end(self) -> bool:
        """The trial is done.

        Returns:
            Whether it is one to compare others with: it did not fail, and was measured.
        """
        best = None if self._run.state == "failed" else self._run.best.get(self._metric or "")
        self._sweep.end(self._trial, best and best["value"], self._mode, stopped=self._stopped)
        return best is not None

    @property
    def was_ended(self) -> bool:
        """Whether others did so much better that it was ended early."""
        return self._stopped

    @property
    def _mode(self) -> Mode:
        return "max" if self._run.directions.get(self._metric or "") == "up" else "min"

    def _look_for_nan(self, curves: Curves) -> None:
        """Numbers of such a model stay what they are, and an accuracy of it means nothing."""
        loss = curves["epoch"].get("loss", Series(x=[], y=[]))
        if self.broken is None and None in loss["y"]:
            sentence = text(
                "The loss of epoch {epoch} is not a number (NaN or infinite), so the trial ended.",
                epoch=loss["x"][loss["y"].index(None)],
            )
            self.broken = KerasError(code="not_finite", layer=None, message=sentence, detail=None, fix=None)
            self._run.control.stop()

    def _choose(self, curves: Curves) -> str | None:
        """The metric that is there to judge by, once an epoch tells."""
        wanted = self._sweep.monitor
        plain = wanted.removeprefix(VALIDATED)
        known = curves["epoch"]
        metric = next((name for name in (wanted, plain) if name in known), None)
        done = max(series["x"][-1] for series in known.values())
        if metric != wanted and done < min(self._validated, self._run.epochs):
            return None
        if metric is None:
            self._lose(
                text(
                    "The sweep ended: there is no {metric} to judge trials by. Its metrics are {known}.",
                    metric=wanted,
                    known=all_of(list(known)),
                )
            )
        elif self._run.directions.get(metric) is None:
            self._lose(
                text(
                    "The sweep ended: Keras can't tell whether more or less of {metric} is better. Choose "
                    "the mode min or max.",
                    metric=metric,
                )
            )
        elif metric != wanted:
            self._run.note(
                text(
                    "Trials are judged by {metric}, as no samples are held out for {wanted}. It favours "
                    "models that learn the samples by heart: hold some out for validation.",
                    metric=metric,
                    wanted=wanted,
                )
            )
        if self.lost:
            return None
        if metric is not None and self._run.trial is not None:
            better = self._run.directions[metric] or "down"
            self._run.trial = {**self._run.trial, "judged": Judged(metric=metric, better=better)}
        return metric

    def _lose(self, why: Text) -> None:
        self.lost = why
        self._run.note(why)
        self._run.control.stop()


def first_validated(fit: JSON) -> int:
    """The first epoch that `fit` validates, where it validates any."""
    every = fit.get("validation_freq") or 1
    return int(min(every) if isinstance(every, list) else every)
