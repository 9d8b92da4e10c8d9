"""All programs."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.hints.programs import amounts, imaging, questions, tabular, timed, worded
from benchmarks.hints.programs.program import HEALTHY, PROGRAMS, Program
from benchmarks.hints.training import Training

FILES = (amounts, imaging, questions, tabular, timed, worded)
"""Whose import notes what is in them."""


def programs() -> Iterator[tuple[Program, Training, str]]:
    """Makes each, without a fault and with it."""
    for each in PROGRAMS:
        for training, fault in each.trainings():
            if fault != HEALTHY or each.sound:
                yield each, training, fault
