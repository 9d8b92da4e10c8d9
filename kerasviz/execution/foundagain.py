"""Runs that another kernel has begun, and that go on."""

from __future__ import annotations

from kerasviz.execution.clusterjob import is_ours
from kerasviz.execution.elsewhere import ASKED, Follow
from kerasviz.execution.jobfollowing import follow_job
from kerasviz.execution.process import follow
from kerasviz.models.variablename import UNNAMED
from kerasviz.training.run.folder import PLAN, SCHEDULED, STATE, RunFolder
from kerasviz.training.run.keptrun import run_and_bytes
from kerasviz.training.run.pulse import is_here
from kerasviz.training.run.remotecontrol import RemoteControl
from kerasviz.training.run.run import Run


def comes_back(folder: RunFolder) -> bool:
    """Whether a process of this machine, or a job of ours, trains a run for the kernel of its document.

    A folder that only says so, such as one of a stranger, tells no process that lives.
    """
    if folder.read(SCHEDULED):
        return is_ours(folder)
    state = folder.read(STATE)
    return isinstance(state.get("model"), str) and is_here(state.get("process"))


def found_again(folder: RunFolder) -> tuple[Run, Follow]:
    """A run that trains elsewhere, which another kernel has begun.

    Args:
        folder: Of the run, which has not ended.

    Returns:
        The run, with what is known of it now, and what follows it from now on.
    """
    run, read = run_and_bytes(folder)
    run.kept = False
    run.model_name = str(folder.read(PLAN).get("model_name") or UNNAMED)
    state = folder.read(STATE)
    run.place, run.backend = str(state.get("place")), str(state.get("backend"))
    run.control = RemoteControl(folder, ASKED.submit)
    follows = follow_job if folder.read(SCHEDULED) else follow
    return run, lambda worker, publish, tell: follows(run, worker, publish, tell, read=read)
