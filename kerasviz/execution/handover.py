"""What a run in another process needs of this one: packed into a folder, and unpacked there."""

from __future__ import annotations

import json
import pickle
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.data.namedvariables import named_variables
from kerasviz.execution.pickles import Buffers, mapped, pickled
from kerasviz.execution.takenalong import take, taken_along
from kerasviz.protocol import JSON, RequestError, TrialStatus
from kerasviz.protocol.text import text, words_of
from kerasviz.training.carriedmodel import Carried
from kerasviz.training.plan import Plan
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.models.keeper import Keeper

JOB, MODEL = "job.json", "model.keras"
PICKLES, BUFFERS = "objects.pickle", "arrays.bin"


@dataclass(frozen=True)
class Job:
    """A run that another process executes; all of it is JSON.

    Attributes:
        plan: As `Plan.to_json` gives it.
        run: Id of the run.
        began: When it began, in seconds since 1970.
        trial: Which trial of a sweep it is.
        runs: Folder of the run.
        folder: Where the document is.
        name: Of the document's file; empty where it has none.
        aside: Whether the model is none that the user would look for.
        has_model: Whether the model of the kernel comes along.
        places: Where the arrays lie in their file.
    """

    plan: JSON
    run: str
    began: float
    trial: TrialStatus | None
    runs: str
    folder: str
    name: str
    aside: bool
    has_model: bool
    places: list[list[int]] = field(default_factory=list)


def pack(
    plan: Plan,
    run: Run,
    keeper: Keeper,
    namespace: Mapping[str, Any],
    *,
    aside: bool,
    into: Path | None = None,
) -> Path:
    """Packs a run; for the thread that holds the model.

    Args:
        plan: What to do.
        run: Has a folder.
        keeper: Its model comes along, where training may go on from it.
        namespace: The user's variables; those that the plan names come along.
        aside: Whether the model is none that the user would look for.
        into: The folder to make, where other machines see it; by default one of this machine.

    Returns:
        A new folder that only this user can read, for `unpack`.

    Raises:
        RequestError: With code `place`, where something can't be taken to another process.
        OSError: Where the disk does not take it.
    """
    assert run.folder is not None
    if into is None:
        folder = Path(tempfile.mkdtemp(prefix="kerasviz-job-"))
    else:
        folder = into
        folder.mkdir(mode=0o700, parents=True)
    try:
        with open(folder / BUFFERS, "wb") as file:
            buffers = Buffers(file)
            parts = [
                (kind, name, _pickled(name, value, buffers)) for kind, name, value in _parts(plan, namespace)
            ]
        (folder / PICKLES).write_bytes(pickle.dumps(parts))
        has_model = plan.start == "trained" and keeper.model is not None
        if has_model:
            Carried(keeper).write(folder / MODEL)
        job = Job(
            plan.to_json(),
            run.id,
            run.began,
            run.trial,
            str(run.folder.path),
            str(keeper.folder),
            keeper.name,
            aside,
            has_model,
            [list(place) for place in buffers.places],
        )
        (folder / JOB).write_text(json.dumps(asdict(job)), encoding="utf-8")
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def unpack(folder: Path) -> tuple[Job, dict[str, Any]]:
    """Reads what `pack` wrote, in a process of the same user, which takes over classes and settings.

    Args:
        folder: That of `pack`. It is the caller's to remove.

    Returns:
        The job, and the variables that its plan names.
    """
    job = Job(**json.loads((folder / JOB).read_text(encoding="utf-8")))
    buffers = iter(mapped(folder / BUFFERS, [(start, size) for start, size in job.places]))
    variables: dict[str, Any] = {}
    for kind, name, data in pickle.loads((folder / PICKLES).read_bytes()):
        value = pickle.loads(data, buffers=buffers)
        if kind == "variable":
            variables[name] = value
        else:
            take(kind, name, value)
    return job, variables


def _parts(plan: Plan, namespace: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """What comes along, in the order in which it is needed: its kind, its name and itself."""
    yield from taken_along(plan.to_json())
    for name in named_variables(plan.data):
        if name in namespace:  # else the run says that it is not there
            yield "variable", name, namespace[name]


def _pickled(name: str, value: Any, buffers: Buffers) -> bytes:
    try:
        return pickled(value, buffers.add)
    except (OSError, RequestError):
        raise
    except Exception as error:  # of any class that the user may have made
        raise RequestError(
            "place",
            text(
                "{name} can't be taken to another process. Train in the kernel, or read the data from files.",
                name=name,
            ),
            detail=words_of(error),
        ) from error
