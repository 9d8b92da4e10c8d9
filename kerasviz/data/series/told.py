"""What is to be known of a series before windows of it are trained on."""

from __future__ import annotations

import numpy as np

from kerasviz.data.files.located import refused
from kerasviz.data.series.cut import Cut
from kerasviz.data.series.duration import duration_text
from kerasviz.data.series.times import Times
from kerasviz.data.series.timeseries import TimeSeries
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, all_of, text, text_n

_NAMED = 10


def told_of(series: TimeSeries, cut: Cut, target: str, times: Times | None) -> list[Text]:
    """Says how long windows last, and where the series has gaps."""
    return [*_step(series, cut, target, times), *_gaps(series), *_missing(series)]


def too_short(series: TimeSeries, starts: np.ndarray) -> list[Text]:
    """Says which of several series have no window."""
    if series.number is None:
        return []
    there = np.unique(series.number)
    without = np.setdiff1d(there, series.number[starts])
    if not len(without):
        return []
    return [
        text_n(
            "No window fits into {n} of {count} series: {names}.",
            "No window fits into {n} of {count} series: {names}.",
            len(without),
            count=len(there),
            names=all_of([repr(series.labels[at]) for at in without[:_NAMED]]),
        )
    ]


def nothing_fits(series: TimeSeries, cut: Cut) -> RequestError:
    """The error where the series is nowhere long enough."""
    numbers = series.stretch[~series.missing]
    return refused(
        text(
            "No window fits: {rows} rows, without a gap, are needed for {length} values and the next "
            "{horizon}, and there are at most {longest}. Choose a smaller length or horizon, or a larger "
            "gap. {hint}",
            rows=cut.span + cut.horizon,
            length=cut.length,
            horizon=cut.horizon,
            longest=int(np.unique(numbers, return_counts=True)[1].max()) if len(numbers) else 0,
            hint=next(iter(_missing(series)), ""),
        )
    )


def not_validated(series: TimeSeries) -> Text:
    """Says that no window fits into the part that validates, and what helps."""
    if series.number is None:
        return text("No window fits into the part that is to validate: no epoch is validated.")
    return text(
        "No window fits into the part that is to validate: no epoch is validated. Choose by_group as split, "
        "which holds out whole series, or a smaller length."
    )


def _step(series: TimeSeries, cut: Cut, target: str, times: Times | None) -> list[Text]:
    if times is None:
        return [text("No column says when: each row is taken as one step after the one before.")]
    if not times.is_clock or not series.step:
        return []
    return [
        text(
            "By {column}, a row comes every {step}: a window is {span} long, and {target} is predicted for "
            "the next {horizon}.",
            column=all_of([repr(name) for name in times.columns]),
            step=duration_text(series.step),
            span=duration_text(cut.span * series.step),
            horizon=duration_text(cut.horizon * series.step),
            target=repr(target),
        )
    ]


def _gaps(series: TimeSeries) -> list[Text]:
    gaps = np.flatnonzero(series.late)
    if not len(gaps) or series.when is None:
        return []
    when = series.when.reset_index(drop=True)
    longest = int(gaps[np.argmax(when[gaps].to_numpy() - when[gaps - 1].to_numpy())])
    if series.number is not None:
        return [
            text_n(
                "There is a gap in {series} from {start} to {end}: no window crosses it.",
                "There are {n} gaps in the series, the longest in {series} from {start} to {end}: no window "
                "crosses one.",
                len(gaps),
                series=repr(series.label_of(longest)),
                start=str(when[longest - 1]),
                end=str(when[longest]),
            )
        ]
    return [
        text_n(
            "The series has a gap from {start} to {end}: no window crosses it.",
            "The series has {n} gaps, the longest from {start} to {end}: no window crosses one.",
            len(gaps),
            start=str(when[longest - 1]),
            end=str(when[longest]),
        )
    ]


def _missing(series: TimeSeries) -> list[Text]:
    """Which column costs the most rows, as leaving it out may help."""
    counts = (~np.isfinite(series.values)).sum(axis=0)
    if not counts.max(initial=0):
        return []
    return [
        text_n(
            "{n} row lacks a value, and no window has it: {column} is missing in {most}.",
            "{n} rows lack a value, and no window has one of them: {column} is missing in {most}.",
            int(series.missing.sum()),
            column=repr(series.columns[int(counts.argmax())]),
            most=int(counts.max()),
        )
    ]
