"""The folder of one run: what is in it, and how it is read. `recording.py` writes it."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any, cast, get_args

from kerasviz.config.naming import is_writable
from kerasviz.protocol import JSON, RunState
from kerasviz.training.run.pulse import CONTROL as CONTROL
from kerasviz.training.run.pulse import OUTPUT as OUTPUT
from kerasviz.training.run.pulse import STATE as STATE
from kerasviz.training.run.pulse import is_alive

ENDED = frozenset({"finished", "stopped", "failed", "lost"})
GOES_TO = "goes_to"
"""Key of a label: the folder that the run is moved to when it ends, as its document was moved meanwhile."""
RUNS = "runs"
"""Name of the folder beside a document that has a folder for each run."""
PLAN, LABEL, EVENTS, HISTORY = "plan.json", "label.json", "events.jsonl", "history.csv"
STATISTICS = "statistics.jsonl"
TRASH = ".trash"
"""Name of the folder in `runs/` that deleted runs lie in."""
MODEL, NOW, ADJUSTABLE = "model.keras", "now.keras", "adjustable.json"
SCHEDULED, QUEUED = "scheduled.json", "queued"
CHECKPOINTS, LOGS = "checkpoints", "logs"
MOST_BYTES = 2**26
"""Larger files are not ours, and not read."""
STEM_LENGTH = 60


class RunFolder:
    """A run on the disk. Nothing here raises because of what somebody else may have put there.

    - `plan.json`: document and plan as they were, versions, seed; written once.
    - `state.json`: where it stands; replaced as a whole, by who trains it.
    - `label.json`: what people say of it: name, note, whether it is hidden; the document that it is of.
    - `events.jsonl`: curves, and when their points were reached; lines are only added.
    - `history.csv`: a row for each epoch, as Keras' `CSVLogger` writes it.
    - `statistics.jsonl`: a line for each time that the layers were measured (`protocol/statistics.py`).
    - `control.json`: what is asked of it; who trains it removes the file when it has heard.
    - `model.keras`: the trained model, where no kernel keeps it.
    - `now.keras`, `adjustable.json`: while another process trains, what it was asked for last: the model, and
      the numbers that can be changed.
    - `output.txt`: what that process has printed.
    - `scheduled.json`: of a job of a cluster, by which it is found again; `queued` is there while it waits.
    - `cluster/`: what a cluster is given, and what its workers print.
    - `checkpoints/`, `logs/`: where they are needed.

    Args:
        path: The folder.
        id: By which pages ask for it; its name where nothing is said.

    Attributes:
        origin: Of a run of another document: where that is. Else empty.
        title: What people are told such a run is called.
    """

    def __init__(self, path: Path, id: str = "") -> None:
        self.path = path
        self.id = id or path.name
        self.origin = ""
        self.title = ""

    @property
    def name(self) -> str:
        """Name of the folder."""
        return self.path.name

    @property
    def began(self) -> float:
        """When it began, in seconds since 1970."""
        began = self.read(STATE).get("started")
        return began if isinstance(began, (int, float)) else 0.0

    @property
    def state(self) -> RunState:
        """Where it stands; `lost` where nobody writes it any more."""
        state = self.read(STATE)
        known = state.get("state")
        if known in ENDED:
            return cast(RunState, known)
        alive = self.is_queued or is_alive(state.get("process"), self.path / STATE)
        return cast(RunState, known) if alive and known in get_args(RunState) else "lost"

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ENDED

    @property
    def is_queued(self) -> bool:
        """Whether it waits in the queue of a cluster, where nobody writes it."""
        return (self.path / QUEUED).exists()

    def wait_in_queue(self) -> None:
        """Says that it waits, where nobody writes it; the mark comes first, so that it is not taken for lost.

        Raises:
            OSError: When the disk does not take it.
        """
        (self.path / QUEUED).touch()
        self.write(STATE, {**self.read(STATE), "state": "waiting"})

    def leave_queue(self) -> None:
        """Takes note that it waits no longer."""
        (self.path / QUEUED).unlink(missing_ok=True)

    def bytes(self) -> int:
        """What it takes on the disk."""
        paths = (os.path.join(folder, name) for folder, _, names in os.walk(self.path) for name in names)
        return sum(map(_size, paths))

    def stamp(self) -> tuple[str, ...]:
        """What a look sees from outside: another value where something is another."""
        return (self.state, *(stamp_of(self.path / name) for name in (STATE, LABEL, EVENTS)))

    def read(self, name: str) -> JSON:
        """One of the JSON files; empty where there is none, or it is damaged."""
        try:
            file = self.path / name
            if file.stat().st_size > MOST_BYTES:
                return {}
            value = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def write(self, name: str, value: JSON) -> None:
        """Replaces one of the JSON files as a whole.

        Raises:
            OSError: When the disk does not take it.
        """
        from kerasviz.storage.atomic import replaced  # late: NumPy is imported with it

        with replaced(self.path / name) as beside:
            beside.write_text(json.dumps(value, indent=1, allow_nan=False) + "\n", encoding="utf-8")

    def move(self, place: Path) -> None:
        """Moves it into another folder, which is made where it is not there.

        Raises:
            OSError: When the disk does not allow it.
        """
        if place != self.path.parent:
            place.mkdir(parents=True, exist_ok=True)
            self.path = self.path.rename(place / self.name)

    def follow_document(self) -> None:
        """Moves it to where its document was moved while it trained.

        Raises:
            OSError: When the disk does not allow it.
        """
        label = self.read(LABEL)
        place = label.pop(GOES_TO, None)
        if isinstance(place, str) and os.path.basename(place) == RUNS:
            self.move(Path(place))
            self.write(LABEL, label)

    def events(self, start: int = 0) -> tuple[list[JSON], int]:
        """The lines of `events.jsonl`; one that is not whole is left out.

        Args:
            start: Bytes that are left aside.

        Returns:
            The lines, and how many bytes of the file they and those before take.
        """
        try:
            if (self.path / EVENTS).stat().st_size > MOST_BYTES:
                return [], start
            with open(self.path / EVENTS, "rb") as file:
                file.seek(start)
                data = file.read()
        except OSError:
            return [], start
        whole = data.rfind(b"\n") + 1
        lines = data[:whole].decode(errors="replace").split("\n")
        return [*filter(None, map(_object_in, lines))], start + whole


def _size(path: str) -> int:
    try:
        return os.lstat(path).st_size
    except OSError:  # replaced just now
        return 0


def stamp_of(file: Path) -> str:
    """What tells a file from what it was before; empty where there is none."""
    try:
        found = file.stat()
    except OSError:
        return ""
    return f"{found.st_mtime_ns} {found.st_size}"


def new_folder(runs: Path, file: str) -> RunFolder:
    """Makes the folder of a new run.

    Its name is that of the document with date and time, so that names sort as the runs began:
    `digits-2026-11-29-164514`.

    Args:
        runs: The folder of all runs; made where it is not there.
        file: Name of the document's file.

    Raises:
        OSError: When the disk does not take it.
    """
    runs.mkdir(exist_ok=True)
    stem = safe_stem(file)
    begun = time.strftime("%Y-%m-%d-%H%M%S")
    for number in range(1, 10_000):
        path = runs / (f"{stem}-{begun}" if number == 1 else f"{stem}-{begun}-{number}")
        if (runs / TRASH / path.name).exists():
            continue
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return RunFolder(path)
    raise FileExistsError(os.fspath(runs))


def safe_stem(file: str) -> str:
    """The name of a document as a part of file names that every system allows."""
    stem = file.removesuffix(".keras.json") if is_writable(file) else ""
    safe = re.sub(r"[^\w.-]+", "-", stem).strip("-.")
    while len(safe.encode()) > STEM_LENGTH:
        safe = safe[:-1]
    return safe or "model"


def _object_in(line: str) -> JSON | None:
    """The object that a line of JSON is; None where it is none."""
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
