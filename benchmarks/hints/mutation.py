"""Puts faults into healthy trainings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.hints.faults import FAULTS, Fault
from benchmarks.hints.subtlefaults import SUBTLE
from benchmarks.hints.training import Training

Faulty = tuple[Training, Fault, str | None]
"""A training, what was done to it, and the layer where that is."""


def faulty(healthy: Sequence[Training], each: int = 4) -> Iterator[Faulty]:
    """Puts each fault into some healthy trainings, of as many domains as can have it.

    Args:
        healthy: Trainings.
        each: How often a fault occurs, at most.
    """
    domains: dict[str, list[Training]] = {}
    for training in healthy:
        if training.is_plain and training.goal != "other":
            domains.setdefault(training.domain, []).append(training)
    for number, fault in enumerate((*FAULTS, *SUBTLE)):
        begun = [_from(number, some) for some in domains.values()]
        found = [_into(fault, some) for some in begun]
        taken = 0
        while found and taken < each:
            for some in list(found):
                made = next(some, None)
                if made is None:
                    found.remove(some)
                elif taken < each:
                    taken += 1
                    yield made


def _from(number: int, some: list[Training]) -> list[Training]:
    """The same, begun elsewhere, so that not all faults go into the same few."""
    at = 3 * number % len(some)
    return some[at:] + some[:at]


def _into(fault: Fault, some: list[Training]) -> Iterator[Faulty]:
    for training in some:
        made = fault.into(training) if training.weights is None else None
        if made is not None:
            yield made[0], fault, made[1]
