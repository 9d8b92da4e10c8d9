"""A run that is kept, as pages see it: its line in the list, its curves, itself."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast

from kerasviz.config.parts import part_of
from kerasviz.protocol import (
    JSON,
    Adjustment,
    Best,
    Clock,
    Curves,
    Judged,
    KeptCurves,
    KerasError,
    Mark,
    RunState,
    RunSummary,
    Series,
    decode,
)
from kerasviz.protocol.text import Text
from kerasviz.training.run.difference import change_sentences
from kerasviz.training.run.folder import LABEL, PLAN, STATISTICS, RunFolder
from kerasviz.training.run.history import History
from kerasviz.training.run.pulse import STATE
from kerasviz.training.run.run import Run
from kerasviz.training.run.timing import ToldTiming
from kerasviz.training.statistics.measurements import read_measurements

GOING = frozenset({"waiting", "building", "training", "paused"})
"""States of a run that says for itself what it does."""


def summaries(runs: Sequence[RunFolder]) -> list[RunSummary]:
    """The lines of a list.

    Args:
        runs: The latest first: what was changed is told by the one that began before.
    """
    return [summary(run, before) for run, before in zip(runs, [*runs[1:], None], strict=False)]


def summary(run: RunFolder, before: RunFolder | None = None) -> RunSummary:
    """One line of a list.

    Args:
        run: Which one.
        before: The one that began before it.
    """
    state, label = run.read(STATE), run.read(LABEL)
    group = label.get("group")
    told = RunSummary(
        id=run.id,
        run=str(state.get("run") or run.id),
        name=_name(run, label.get("name")),
        note=str(label.get("note", "")),
        state=run.state,
        hidden=label.get("hidden") is True,
        group=group if isinstance(group, str) else None,
        values=_values(label.get("values")),
        judged=_judged(part_of(state, "trial", "judged")),
        started=run.began,
        ended=_number(state.get("ended")),
        elapsed=_number(state.get("elapsed")) or 0.0,
        device=str(state.get("device", "")),
        epoch=_count(state.get("epoch")) or 0,
        epochs=_count(state.get("epochs")) or 0,
        step=_count(state.get("step")) or 0,
        parameters=_count(state.get("parameters")),
        best=_best(state),
        last={name: _number(value) for name, value in part_of(state, "last").items()},
        changes=[] if before is None else list(_changes(before.path / PLAN, run.path / PLAN)),
        error=error_in(state),
        bytes=run.bytes(),
    )
    return {**told, "origin": run.origin, "hidden": False} if run.origin else told


def curves_of(run: RunFolder) -> KeptCurves:
    """All that is drawn of a run."""
    history, marks, _ = _read(run)
    return KeptCurves(id=run.id, curves=history.to_json(), clock=history.clock(), marks=marks)


def kept_run(folder: RunFolder) -> Run:
    """A run of an earlier kernel, as if it were one of this."""
    return run_and_bytes(folder)[0]


def run_and_bytes(folder: RunFolder) -> tuple[Run, int]:
    """A run of another process, and how many bytes of its events are in it."""
    state = folder.read(STATE)
    run = Run("", _count(state.get("epochs")) or 0, str(state.get("device", "")))
    run.kept = True
    run.timing = ToldTiming(_number(state.get("elapsed")) or 0.0)
    run.folder = folder
    run.id = str(state.get("run") or run.id)
    run.began = folder.began
    document = folder.read(PLAN).get("document")
    run.document = document if isinstance(document, dict) else None
    run.history, run.marks, read = _read(folder)
    run.statistics = read_measurements(folder.path / STATISTICS)
    take_state(run, state)
    clock = run.history.clock()  # the state is written less often
    run.epoch = max([run.epoch, *clock["epoch"]["x"][-1:]])
    run.step = max([run.step, *clock["batch"]["x"][-1:]])
    run.end(folder.state, error_in(state))
    return run, read


def take_state(run: Run, state: JSON) -> None:
    """Gives a run what `state.json` says of it; not how it ended."""
    said = state.get("state")
    if said in GOING:
        run.phase = cast(RunState, said)
    run.device = str(state.get("device", ""))
    run.epoch = max(run.epoch, _count(state.get("epoch")) or 0)
    run.epochs = _count(state.get("epochs")) or run.epochs
    run.step = max(run.step, _count(state.get("step")) or 0)
    run.steps_per_epoch = _count(state.get("steps_per_epoch"))
    run.batches_at_once = _count(state.get("batches_at_once")) or 1
    run.parameters = _count(state.get("parameters"))
    run.ahead = _count(state.get("ahead")) or 0
    layer, notes = state.get("broken_layer"), state.get("notes")
    run.broken_layer = layer if isinstance(layer, str) else None
    for note in notes if isinstance(notes, list) else []:
        if isinstance(note, (str, dict)):
            run.note(decode(note))
    run.last = {name: _number(value) for name, value in part_of(state, "last").items()}
    run.best = _best(state)
    run.directions.update(directions_in(state))


def _read(run: RunFolder) -> tuple[History, list[Mark], int]:
    history, marks = History(), list[Mark]()
    length = _count(run.read(STATE).get("steps_per_epoch"))
    events, size = run.events()
    for event in events:
        read = read_event(event)
        if read is not None:
            history.extend(read[0], length)
            history.time(read[1])
            marks += read[2]
    return history, marks, size


def read_event(event: JSON) -> tuple[Curves, Clock, list[Mark]] | None:
    """A line of `events.jsonl`; None where it is not as it must be."""
    try:
        curves, clock = event["curves"], event["clock"]
        return (
            Curves(batch=_all(curves["batch"]), epoch=_all(curves["epoch"])),
            Clock(batch=_one(clock["batch"]), epoch=_one(clock["epoch"]), ends=_one(clock["ends"])),
            [*map(_mark, event.get("marks", []))],
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def _mark(value: Any) -> Mark:
    step, epoch, seconds = int(value["step"]), int(value["epoch"]), float(value["seconds"])
    sentence = decode(value["sentence"])
    made = Mark(kind=str(value["kind"]), step=step, epoch=epoch, seconds=seconds, sentence=sentence)
    if "adjustment" in value:
        before, after = float(value["adjustment"]["before"]), float(value["adjustment"]["after"])
        made["adjustment"] = Adjustment(what=str(value["adjustment"]["what"]), before=before, after=after)
    return made


def _all(value: Any) -> dict[str, Series]:
    return {str(name): _one(series) for name, series in value.items()}


def _one(value: Any) -> Series:
    """Takes points only as they must be, since they are added to and drawn."""
    pairs = [(int(x), None if y is None else float(y)) for x, y in zip(value["x"], value["y"], strict=True)]
    return Series(x=[x for x, _ in pairs], y=[y for _, y in pairs])


def _changes(before: Path, after: Path) -> tuple[Text, ...]:
    try:
        return _compared(before, before.stat().st_mtime_ns, after, after.stat().st_mtime_ns)
    except OSError:
        return ()


@lru_cache(1000)
def _compared(before: Path, _: int, after: Path, __: int) -> tuple[Text, ...]:
    """What was changed, once for each pair: a plan is large, and is read only where it is another one."""
    plans = [RunFolder(path.parent).read(PLAN) for path in (before, after)]
    return tuple(change_sentences(*plans))


def _name(run: RunFolder, given: Any) -> str:
    own = given if isinstance(given, str) else ""
    return f"{run.title}: {own}" if run.title and own else run.title or own or run.name


def _values(said: Any) -> dict[str, str | float]:
    items = said.items() if isinstance(said, dict) else ()
    return {name: value for name, value in items if isinstance(value, (str, float, int))}


def _best(state: JSON) -> dict[str, Best]:
    found = {}
    for name in part_of(state, "best"):
        best = part_of(state, "best", name)
        value, epoch = _number(best.get("value")), _count(best.get("epoch"))
        if value is not None and epoch is not None:
            found[name] = Best(value=value, epoch=epoch)
    return found


def _judged(said: Mapping[str, Any]) -> Judged | None:
    metric, better = said.get("metric"), said.get("better")
    if not isinstance(metric, str) or better not in ("up", "down"):
        return None
    return Judged(metric=metric, better=better)


def directions_in(state: JSON) -> dict[str, Literal["up", "down"]]:
    """Whether more or less of a metric is better, where `state.json` or an event says so."""
    ways: tuple[Literal["up", "down"], ...] = ("up", "down")
    said = part_of(state, "directions")
    return {name: way for name in said for way in ways if said[name] == way}


def error_in(state: JSON) -> KerasError | None:
    """Why it failed; None where it did not, or the file does not say it as it must."""
    error = state.get("error")
    if not isinstance(error, dict) or not {"code", "message", "detail"} <= error.keys():
        return None
    return cast(KerasError, {**error, "message": decode(error["message"])})


def _number(value: Any) -> float | None:
    return value if isinstance(value, (int, float)) and math.isfinite(value) else None


def _count(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else int(number)
