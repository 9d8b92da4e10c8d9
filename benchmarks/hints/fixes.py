"""Whether fixes help: a faulty training is trained once more, with the fix of its first hint applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import kerasviz
from benchmarks.hints.cases import Case, Outcome, planned
from kerasviz.insight.hints.judgement import hints

LEAST = 0.02
"""Score that a fault costs, at least, so that there is something to bring back."""


@dataclass(frozen=True)
class Repair:
    """What a fix brought.

    Attributes:
        name: That of the faulty case.
        code: The hint whose fix it was.
        healthy: The score of the healthy training.
        faulty: That of the faulty one.
        fixed: That with the fix; None where it could not be trained.
    """

    name: str
    code: str
    healthy: float
    faulty: float
    fixed: float | None

    @property
    def is_costly(self) -> bool:
        """Whether there is something to bring back."""
        return self.healthy - self.faulty >= LEAST

    @property
    def helped(self) -> bool:
        """Whether at least half of it came back."""
        return self.fixed is not None and self.fixed - self.faulty >= (self.healthy - self.faulty) / 2


def fix_of(outcome: Outcome) -> tuple[str, dict[str, Any]] | None:
    """The code of the first hint and its fix, where it names the cause and has one."""
    if outcome.situation is None:
        return None
    first = next(iter(hints(outcome.situation)), None)
    if first is None or first["fix"] is None or first["code"] not in outcome.causes:
        return None
    return first["code"], first["fix"]


def fixed(case: Case, fix: dict[str, Any]) -> Case:
    """A case with a fix applied."""
    training = case.training
    document = planned(training.document)
    plan = {**document["kerasviz"]["training"], "fit": training.fit}
    document = kerasviz.apply_fix({**document, "kerasviz": {"training": plan}}, fix)
    fit = document["kerasviz"]["training"].pop("fit")
    return replace(case, training=replace(training, document=document, fit=fit))


def repairs(outcomes: Mapping[str, Outcome], after: Mapping[str, Outcome]) -> Iterator[Repair]:
    """Puts the scores together.

    Args:
        outcomes: Of healthy and faulty trainings, by name.
        after: Of those with a fix, by the name of the faulty one.
    """
    for name, outcome in after.items():
        faulty, sound = outcomes.get(name), outcomes.get(name.split("/")[0])
        code = None if faulty is None else fix_of(faulty)
        if faulty is not None and code is not None and sound is not None and sound.score is not None:
            yield Repair(name, code[0], sound.score, faulty.score or 0.0, outcome.score)
