"""The table of the benchmark: how often hints are right, beside what others published."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.hints.cases import Outcome
from benchmarks.hints.fixes import Repair
from kerasviz.insight.hints.judgement import hints

REFUSALS = {
    "classes": "targets-out-of-range",
    "compile": "output-does-not-fit-loss",
    "labels": "targets-out-of-range",
    "loss": "output-does-not-fit-loss",
    "missing": "targets-not-finite",
    "not_finite": "inputs-not-finite",
    "targets": "targets-out-of-range",
}
"""What a refusal before training says, as the code of a hint."""
PUBLISHED = {
    "warned": "DeepLocalize 78 of 78, UMLAUT 68 of 78, DeepDiagnosis 37 of 78 (MNIST), "
    "UMLAUT 35 of 35 (CIFAR-10)",
    "cause": "UMLAUT 14 of 52, DeepFD 27 of 52",
}
Found = list[tuple[str, str, str | None]]
"""Severity, code and layer of each hint, in order."""


def said(outcome: Outcome) -> Found:
    """What is said of a training, before or after."""
    if outcome.refused is not None:
        code, layer = outcome.refused
        return [("error", REFUSALS.get(code, code), layer)]
    if outcome.situation is None:
        return []
    return [(hint["severity"], hint["code"], hint["layer"]) for hint in hints(outcome.situation)]


def report(outcomes: Sequence[Outcome], repairs: Sequence[Repair], *, each: bool) -> str:
    """The table.

    Args:
        outcomes: What came of trainings.
        repairs: What came of fixes.
        each: Whether there is a line for each of them, too.
    """
    found = [(outcome, said(outcome)) for outcome in outcomes]
    sound = [some for outcome, some in found if not outcome.fault]
    faulty = [(outcome, some) for outcome, some in found if outcome.fault]
    grave = [[each for each in some if each[0] != "info"] for some in sound]
    flagged = [(outcome, some) for outcome, some in faulty if any(each[0] != "info" for each in some)]
    right = [(outcome, some) for outcome, some in flagged if some[0][1] in outcome.causes]
    placed = [(outcome, some) for outcome, some in right if outcome.layer is not None]
    costly = [repair for repair in repairs if repair.is_costly]
    lines = [_line(outcome, some) for outcome, some in found if each and (outcome.fault or some)]
    lines += [f"{'helped' if repair.helped else 'IN VAIN'} {repair}" for repair in costly if each]
    lines += [
        "| what | kerasviz | bar | published |",
        "|---|---|---|---|",
        f"| healthy trainings with a warning or error | {_share(sum(map(bool, grave)), len(sound))} | 5 % | "
        f"{PUBLISHED['warned']} |",
        f"| healthy trainings with an error | "
        f"{_share(sum(any(each[0] == 'error' for each in some) for some in grave), len(sound))} | 0 % | |",
        f"| faulty ones with a warning or error | {_share(len(flagged), len(faulty))} | 85 % | |",
        f"| right root cause first | {_share(len(right), len(faulty))} | 70 % | {PUBLISHED['cause']} |",
        f"| right layer, where there is one and the cause is right | "
        f"{_share(sum(some[0][2] == outcome.layer for outcome, some in placed), len(placed))} | | |",
        f"| fixes that bring back half of what the fault cost | "
        f"{_share(sum(repair.helped for repair in costly), len(costly))} | 67 % | |",
    ]
    return "\n".join(lines)


def _line(outcome: Outcome, some: Found) -> str:
    is_right = bool(some) and some[0][1] in outcome.causes
    mark = "ok  " if is_right else "HELD" if some else "MISS"
    mark = mark if outcome.fault else "CRY "
    return f"{mark} {outcome.half:5} {outcome.name}: {some} {outcome.message}"


def _share(some: int, of: int) -> str:
    return f"{some} of {of} ({100 * some / max(1, of):.0f} %)"
