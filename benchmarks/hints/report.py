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
HALVES = {
    "train": "seen mutations",
    "test": "kerasviz: mutations",
    "seen": "seen programs",
    "programs": "kerasviz: programs",
    "outside": "published, from memory",
}
"""What a column of the table is called."""
MEASURED = (
    ("healthy trainings with a warning or error", "5 %", PUBLISHED["warned"]),
    ("healthy trainings with an error", "0 %", ""),
    ("faulty ones with a warning or error", "85 %", ""),
    ("right root cause first", "70 %", PUBLISHED["cause"]),
    ("right layer, where there is one and the cause is right", "", ""),
    ("fixes that bring back half of what the fault cost", "67 %", ""),
)
"""Each row: what is measured, the bar, and what others published."""
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
    """The table, with a column for each half.

    Args:
        outcomes: What came of trainings.
        repairs: What came of fixes.
        each: Whether there is a line for each of them, too.
    """
    found = [(outcome, said(outcome)) for outcome in outcomes]
    lines = [_line(outcome, some) for outcome, some in found if each and (outcome.fault or some)]
    lines += [
        f"{'helped' if repair.helped else 'IN VAIN'} {repair}"
        for repair in repairs
        if each and repair.is_costly
    ]
    halves = sorted({outcome.half for outcome in outcomes}, key=list(HALVES).index)
    names = {half: {outcome.name for outcome in outcomes if outcome.half == half} for half in halves}
    columns = [
        _measured(
            [(outcome, some) for outcome, some in found if outcome.half == half],
            [repair for repair in repairs if repair.name in names[half] and repair.is_costly],
        )
        for half in halves
    ]
    head = ["what", *(HALVES[half] for half in halves), "bar", "published"]
    rows = [[what, *(column[row] for column in columns), *more] for row, (what, *more) in enumerate(MEASURED)]
    table = [head, ["---"] * len(head), *rows]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in table)])


def _measured(found: Sequence[tuple[Outcome, Found]], costly: Sequence[Repair]) -> list[str]:
    """What `MEASURED` names, of one half."""
    sound = [some for outcome, some in found if not outcome.fault]
    faulty = [(outcome, some) for outcome, some in found if outcome.fault]
    grave = [[each for each in some if each[0] != "info"] for some in sound]
    flagged = [(outcome, some) for outcome, some in faulty if any(each[0] != "info" for each in some)]
    right = [(outcome, some) for outcome, some in flagged if some[0][1] in outcome.causes]
    placed = [(outcome, some) for outcome, some in right if outcome.layer is not None]
    return [
        _share(sum(map(bool, grave)), len(sound)),
        _share(sum(any(each[0] == "error" for each in some) for some in grave), len(sound)),
        _share(len(flagged), len(faulty)),
        _share(len(right), len(faulty)),
        _share(sum(some[0][2] == outcome.layer for outcome, some in placed), len(placed)),
        _share(sum(repair.helped for repair in costly), len(costly)),
    ]


def _line(outcome: Outcome, some: Found) -> str:
    is_right = bool(some) and some[0][1] in outcome.causes
    mark = "ok  " if is_right else "HELD" if some else "MISS"
    mark = mark if outcome.fault else "CRY "
    return f"{mark} {outcome.half:5} {outcome.name}: {some} {outcome.message}"


def _share(some: int, of: int) -> str:
    return f"{some} of {of} ({100 * some / of:.0f} %)" if of else ""
