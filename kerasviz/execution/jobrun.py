"""Executes a run that another process has handed over."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from kerasviz.backend.distribution.placement import BY_ITSELF, Placement
from kerasviz.backend.installed import backend
from kerasviz.backend.logicaldevices import prepare
from kerasviz.backend.memorycap import cap
from kerasviz.config.parts import part_of
from kerasviz.execution.clusterjob import FOLDER
from kerasviz.execution.handover import MODEL, Job, unpack
from kerasviz.execution.thread import DISK
from kerasviz.execution.whyfailed import explained
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import Curves, KerasError, RunState, encode
from kerasviz.protocol.text import text, words_of
from kerasviz.training.carriedmodel import Carried, take_model
from kerasviz.training.failure import failure
from kerasviz.training.fit import fit
from kerasviz.training.plan import Plan, plan_of
from kerasviz.training.run.folder import ADJUSTABLE, LABEL, NOW, OUTPUT, RunFolder
from kerasviz.training.run.folder import MODEL as TRAINED
from kerasviz.training.run.recording import Recording
from kerasviz.training.run.run import Run
from kerasviz.training.run.takenup import take_up
from kerasviz.training.run.turn import turn_of
from kerasviz.training.together.sharedcontrol import SharedControl
from kerasviz.training.together.workers import ALONE, WorkerFailed, Workers

logger = logging.getLogger(__name__)

BEGUN = "begun"
"""A file in the folder of a job that a process has begun."""
NOTHING = Curves(batch={}, epoch={})


def execute(
    folder: Path,
    print_to: Callable[[str], None],
    *,
    again: bool = False,
    began: Callable[[Run], None] = lambda run: None,
    workers: Workers = ALONE,
    take: Callable[[dict[str, Any]], None] = lambda variables: None,
) -> None:
    """Executes a run. Whatever comes of it lies in the folder of the run.

    Args:
        folder: What `pack` wrote; it is removed as soon as it is read, or when the run ends where that may
            go on in another process.
        print_to: Takes what is printed to a file.
        again: Whether another process may go on with it. An earlier one may have begun it: then it goes on
            from its own last backup.
        began: Told of the run, once what is known of it is to be written.
        workers: Those that execute it together; the first one writes the folder of the run, and the caller
            is told of an error, as it knows whether a worker was lost.
        take: Takes the variables of the user that come along, before the run begins.

    Raises:
        WorkerFailed: Where this is one of several workers, and it failed.
    """
    try:
        job, variables = unpack(folder)
        print_to(str(Path(job.runs) / (OUTPUT if workers.is_first else f"{FOLDER}/{workers.rank}.txt")))
        plan = plan_of(job.plan)
        run, backup = _run_of(job, plan, workers), None
        if again and workers.is_first and (folder / BEGUN).exists():
            backup = take_up(run)
        elif again and workers.is_first:
            (folder / BEGUN).touch()
        backup = workers.agree_on_path(backup)
        if workers.is_first:
            _record(plan, run)
        began(run)
        take(variables)
        keeper = Keeper(Path(job.folder), job.name)
        error: KerasError | None = None
        try:
            _limit(plan)
            if job.has_model and backup is None:
                take_model(keeper, folder / MODEL)
        except Exception as raised:
            error = failure(raised)
    finally:
        if not again:
            shutil.rmtree(folder, ignore_errors=True)
    state: RunState = "failed"
    if error is None:
        state, error = _trained(plan, run, keeper, variables, backup, workers, aside=job.aside)
        if not job.aside and run.step and workers.is_first and (error is None or workers is ALONE):
            _keep(keeper, run)
    if workers is not ALONE:
        _end_together(run, workers, state, error)
        return
    run.end(state, error)
    run.extend(NOTHING)
    DISK.wait()
    shutil.rmtree(folder, ignore_errors=True)


def _limit(plan: Plan) -> None:
    """Sets what has to be set before Keras computes anything.

    Where several devices of the CPU are asked for, to try on one machine what several do, they are made.
    """
    share = part_of(plan.place, "config").get("memory")
    if share is not None:
        cap(share)
    asked = [str(name) for name in plan.distribution[0] or ()]
    cpus = sum(name.startswith("cpu:") for name in asked)
    if cpus > 1 and backend() in ("tensorflow", "jax"):
        prepare(cpus)


def _end_together(run: Run, workers: Workers, state: RunState, error: KerasError | None) -> None:
    """The run ends once all workers are done with it."""
    if not workers.is_first and run.folder is not None:
        shutil.rmtree(run.folder.path, ignore_errors=True)
    if error is not None:
        DISK.wait()
        raise WorkerFailed(json.dumps(encode(error)))
    workers.gather("done")
    if workers.is_first:
        run.end(state, None)
        run.extend(NOTHING)
        DISK.wait()
    workers.agree("written")


def _run_of(job: Job, plan: Plan, workers: Workers) -> Run:
    """The run of a job; workers other than the first have a folder of their own for what callbacks write."""
    run = Run(plan.model_name, plan.epochs)
    run.id, run.began, run.trial = job.run, job.began, job.trial
    run.place, run.backend = plan.place["class_name"], backend()
    run.model_file = None if job.aside else TRAINED
    run.folder = RunFolder(
        Path(job.runs if workers.is_first else tempfile.mkdtemp(prefix="kerasviz-worker-"))
    )
    if workers is not ALONE:
        run.control = SharedControl(workers)
    return run


def _record(plan: Plan, run: Run) -> None:
    """This process writes the folder of the run from now on."""
    assert run.folder is not None
    run.recording = Recording(run.folder, run, DISK.submit, lambda: None)
    run.recording.begin(plan.to_json(), str(run.folder.read(LABEL).get("file")))


def _trained(
    plan: Plan,
    run: Run,
    keeper: Keeper,
    variables: dict[str, Any],
    backup: Path | None,
    workers: Workers,
    *,
    aside: bool,
) -> tuple[RunState, KerasError | None]:
    placement = workers.placement or BY_ITSELF
    run.control.answers |= {"weights": _weights(keeper, run, placement), "adjustable": _adjustable(run)}

    def publish(curves: Curves | None) -> None:
        run.extend(curves or NOTHING)

    try:
        turn = turn_of(run, plan.exclusive, lambda: publish(None), plan.distribution[0])
        with turn if workers is ALONE else nullcontext():  # a cluster gives devices to its workers
            state = fit(
                plan,
                keeper,
                run,
                variables,
                publish,
                DISK.submit,
                aside=aside,
                backup=backup,
                checked=True,
                workers=workers,
            )
            return state, None
    except BaseException as raised:  # a user's layer may raise SystemExit
        logger.info("The training failed", exc_info=True)
        return "failed", explained(plan, raised)


def _keep(keeper: Keeper, run: Run) -> None:
    """Leaves the trained model in the folder of the run, from which a kernel takes it."""
    assert run.folder is not None
    try:
        Carried(keeper).write(run.folder.path / TRAINED)
    except Exception as error:
        logger.warning("The model can't be kept", exc_info=True)
        run.note(text("The trained model can't be kept: {reason}", reason=words_of(error)))


def _weights(keeper: Keeper, run: Run, placement: Placement) -> Callable[[], None]:
    """Between two batches, tells the numbers of the model."""

    def tell() -> None:
        with placement.apart():
            carried, folder = Carried(keeper), run.folder
        assert folder is not None
        DISK.submit(lambda: carried.write(folder.path / NOW))

    return tell


def _adjustable(run: Run) -> Callable[[], None]:
    """Between two batches, tells the numbers that can be changed."""

    def tell() -> None:
        values, folder = [] if run.adjustable is None else run.adjustable(), run.folder
        assert folder is not None
        DISK.submit(lambda: folder.write(ADJUSTABLE, encode({"values": values})))

    return tell
