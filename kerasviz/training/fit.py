"""Executes a plan: what every place does, wherever it is."""

from __future__ import annotations

import inspect
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import keras

from kerasviz.analysis.mistakes.layernames import check_layer_names
from kerasviz.backend.devices import device_label
from kerasviz.backend.distribution import placement_of
from kerasviz.backend.installed import versions
from kerasviz.backend.isolation import draw_from
from kerasviz.backend.nolosses import trains_without_loss
from kerasviz.catalog.conversion import with_python_numbers
from kerasviz.catalog.signatures import method_schema
from kerasviz.data import Stream, load
from kerasviz.data.batches import DEFAULT_SIZE
from kerasviz.data.fixedbatches import takes_one_at_a_time
from kerasviz.data.preparation import prepared
from kerasviz.data.streams.cutshort import CutShort
from kerasviz.models.keeper import Keeper
from kerasviz.models.subclassed import unused_steps
from kerasviz.models.variablename import UNNAMED
from kerasviz.protocol import JSON, Curves, RequestError, RunState, encode
from kerasviz.protocol.text import text
from kerasviz.training.backup.backupkeeper import BackupKeeper
from kerasviz.training.backup.callbackstates import CallbackStates
from kerasviz.training.backup.progress import BACKUP, last_backup
from kerasviz.training.backup.restoring import restore
from kerasviz.training.batchthatfits import within_memory
from kerasviz.training.callbacks.chosen import make_callback
from kerasviz.training.callbacks.finitewatch import FiniteWatch
from kerasviz.training.callbacks.holding import Holding
from kerasviz.training.callbacks.monitors import Monitors, check_monitors
from kerasviz.training.callbacks.recorder import Recorder
from kerasviz.training.callbacks.untilstopped import UntilStopped
from kerasviz.training.checkedsetup import check_setup
from kerasviz.training.epochlength import check_groups
from kerasviz.training.failure import NO_LOSS
from kerasviz.training.feeding import feed, fitted, validated_share
from kerasviz.training.fitbatches import fit_batches, tell_cut
from kerasviz.training.keeping.epochkeeper import EpochKeeper
from kerasviz.training.locating import located
from kerasviz.training.manifest import digests, not_repeated
from kerasviz.training.placing import check_shares, tell_differences
from kerasviz.training.plan import Plan
from kerasviz.training.run.folder import PLAN
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.run import Run
from kerasviz.training.statistics.fixedsamples import fixed_samples
from kerasviz.training.statistics.statisticskeeper import StatisticsKeeper
from kerasviz.training.steering.lossweights import WEIGHTS, build_losses
from kerasviz.training.streaming import check_repeatable
from kerasviz.training.together.agreement import Together
from kerasviz.training.together.onlyhere import OnlyHere
from kerasviz.training.together.twin import twin_of
from kerasviz.training.together.workers import ALONE, Workers

Namespace = dict[str, Any]
Probe = Callable[[], keras.callbacks.Callback]
MOST_COMPARED = 20
"""Earlier runs that are looked at for one with the same plan and seed."""


def fit(
    plan: Plan,
    keeper: Keeper,
    run: Run,
    namespace: Namespace,
    publish: Callable[[Curves | None], None],
    write: Callable[[Callable[[], None]], None],
    *,
    aside: bool = False,
    probe: Probe | None = None,
    backup: Path | None = None,
    checked: bool = False,
    workers: Workers = ALONE,
) -> RunState:
    """Trains the model of a plan, and leaves it with its keeper and in the user's namespace.

    Args:
        plan: What to do.
        keeper: Keeps the model.
        run: Filled while it trains.
        namespace: The user's variables.
        publish: Called a few times a second with new points.
        write: Queues what writes a backup to the disk.
        aside: Whether the model is none that the user would look for: no backup is kept, from which another
            kernel could continue, and batches that can be read only once are left to the user.
        probe: Makes what measures the model while it trains, where that is all that the run is for: then no
            epoch is kept, and nobody asks where a loss stopped being a number.
        backup: Of this run, which an earlier process has begun: it goes on from there.
        checked: Whether `check_setup` was asked already, in this process or another one.
        workers: Those that train the model together. All call this with the same plan; only the first one
            keeps anything.

    Returns:
        How the run ended: `finished` or `stopped`.

    Raises:
        Exception: Whatever keeps it from being trained; what the user's own code raises, too.
    """
    run.document = plan.document
    if run.control.stopping:
        return "stopped"
    if not checked:
        check_setup(plan)
    arguments = fit_arguments(plan.fit)
    folder = None if run.folder is None else run.folder.path
    callbacks = [make_callback(callback, folder) for callback in plan.callbacks]
    placement = workers.placement or placement_of(*plan.distribution)
    run.device = device_label(placement.names)
    loaded = load(plan.data, namespace, keeper.folder)
    check_shares(placement, loaded, plan.fit)
    if aside:
        check_repeatable(loaded)
    validated = {**plan.fit, "validation_split": validated_share(loaded, plan.validation_share)}
    check_monitors(callbacks, validated)
    goes_on = backup is not None or plan.start == "backup"
    continued = (backup or last_backup(_kept_runs(run, keeper))) if goes_on else None
    continued = workers.agree_on_path(continued)
    states = CallbackStates(plan.callbacks, callbacks)
    seed = workers.agree(secrets.randbits(32)) if plan.seed is None else plan.seed
    drawn = plan.seed if workers is ALONE else seed  # else each would begin with weights of its own
    with draw_from(drawn), placement.training():
        if goes_on:
            # The last epoch of this run may be done: then there is only its end left.
            epochs_asked = plan.epochs if backup is None else plan.epochs + 1
            with placement.building():
                model, progress = restore(plan.document, epochs_asked, continued, run, states)
            placement.take(model)
            keeper.adopt(model, plan.document)
            run.resume_after(progress.epoch, progress.step, progress.curves)
            publish(progress.curves)
            seed = progress.seed if plan.seed is None else plan.seed
        else:
            for note in keeper.prepare(plan.document, plan.start == "fresh", drawn, placement):
                run.note(note)
            model = keeper.model
            for note in unused_steps(model):
                run.note(note)
        run.know(versions=versions(), device=run.device, seed_drawn=seed)
        if not model.trainable_variables:
            run.note(text("No layer has weights that are trained, so training changes nothing."))
        check_layer_names(model)
        if not model.compiled:  # where layers add the loss, a document may say nothing
            with placement.building(model):
                model.compile()
        data = prepared(
            loaded,
            plan.columns,
            plan.preparation,
            plan.split,
            model=model,
            validation_split=plan.fit["validation_split"],
        )
        cut = CutShort(lambda: run.control.stopping)
        with cut:
            data = fitted(data, model, arguments, cut.take)
        if cut.happened:
            tell_cut(loaded.name, run)
            return "stopped"
        check_groups(data, model, arguments)
        for note in data.notes:
            run.note(note)
        _tell_whether_repeated(run, plan, digests(data, model), keeper)
        run.model_name = keeper.variables.given(plan.model_name, namespace, run.note)
        namespace[run.model_name] = model
        if run.control.stopping:
            return "stopped"
        monitors = Monitors(callbacks, validated)
        whole = not arguments.get("steps_per_epoch")
        example = data.example if isinstance(data, Stream) else data
        x, is_finite = (None, True) if example is None else (example.x, example.finite)
        if example is not None and trains_without_loss(model, example.x):
            raise RequestError("no_loss", NO_LOSS)
        changes = progress.changes if goes_on else {}
        if example is not None and any(what.startswith(WEIGHTS) for what in changes):
            build_losses(model, example)
        recorder = Recorder(run, publish, finite_data=is_finite, whole_epochs=whole, changes=changes)
        backups = []
        if not aside and folder is not None and workers.is_first:
            path = folder / BACKUP
            backups = [BackupKeeper(path, plan.document, recorder, seed, states, continued, write)]
        arguments["validation_freq"] = UntilStopped(run.control, arguments.get("validation_freq", 1))
        if run.epoch:  # after a restored backup
            arguments["initial_epoch"] = run.epoch
        samples = partial(fixed_samples, data, model, {**arguments})
        tell_differences(placement, model, data, arguments, run)
        one_at_a_time = takes_one_at_a_time(model)
        batches = feed(data, arguments, seed, run, in_arrays=one_at_a_time, share=workers.share)
        with ExitStack() as around:
            around.enter_context(keeper.training())
            around.enter_context(recorder.steering())
            for kept in backups:
                around.enter_context(kept)
            size = plan.fit["batch_size"] or DEFAULT_SIZE
            around.enter_context(placement.joining(model))
            if workers is ALONE:
                around.enter_context(within_memory(model, data, size, run, placement))
            around.enter_context(located(plan.document, model, x))
            epochs = EpochKeeper(run, plan.document, write)
            watching = [FiniteWatch(run, batches[0]), *backups, epochs, StatisticsKeeper(run, samples)]
            if workers is not ALONE:
                measuring = StatisticsKeeper(run, samples, twin_of(plan.document))
                watching = [OnlyHere([*backups, epochs, measuring], placement)] if workers.is_first else []
            watching = watching if probe is None else [probe()]
            every = [monitors, *callbacks, recorder, *watching, Holding(recorder)]
            if workers is not ALONE:
                every = [Together(workers, run.control, placement), *every]
            fit_batches(model, batches, every, arguments, data, run)
        if workers.is_first:
            with placement.apart():
                epochs.end()
    if not run.control.stopping:
        return "finished"
    if run.trial is None and not aside:
        run.note(
            text(
                "Stopped after batch {step}. The model keeps its weights, and training it again goes on from "
                "them.",
                step=run.step,
            )
        )
    return "stopped"


def _kept_runs(run: Run, keeper: Keeper) -> KeptRuns:
    """The runs of the document: those of one without a file lie where this one does."""
    if keeper.name or run.folder is None:
        return KeptRuns(keeper.folder, keeper.name or UNNAMED)
    return KeptRuns(run.folder.path.parents[1], UNNAMED)


def _tell_whether_repeated(run: Run, plan: Plan, found: JSON, keeper: Keeper) -> None:
    """Writes down what the numbers depend on, and says where a run with the same seed had something else."""
    if run.recording is None or run.folder is None:
        return
    run.know(digests=found)
    if plan.seed is not None:
        folder = run.folder
        others = _kept_runs(run, keeper).all()[:MOST_COMPARED]
        earlier = (other.read(PLAN) for other in others if other.name != folder.name)
        note = not_repeated(encode(run.recording.planned), earlier)
        if note is not None:
            run.note(note)


def fit_arguments(fit: JSON) -> dict[str, Any]:
    """Checks the names of arguments of `fit` against its signature.

    Args:
        fit: Plain values, as a plan has them.

    Returns:
        The arguments as Keras takes them: classes are numbers again, which JSON can't have as keys.

    Raises:
        RequestError: With code `plan`, for a name that Keras does not know, or that a plan can't give.
    """
    schema, known = method_schema("fit"), inspect.signature(keras.Model.fit).parameters
    for name in fit:
        if name in known and name not in schema["properties"]:
            raise RequestError(
                "plan", text("The argument {name} of fit can't be set by a document.", name=repr(name))
            )
        if name not in known:
            raise RequestError(
                "plan",
                text(
                    "Keras {version} has no argument {name} of fit. Remove it from the document.",
                    version=keras.__version__,
                    name=repr(name),
                ),
            )
        if schema["properties"][name].get("type") == "boolean" and not isinstance(fit[name], bool):
            raise RequestError(
                "plan",
                text(
                    "Expected true or false for {name}, received: {value}.",
                    name=name,
                    value=f"{fit[name]!r:.80}",
                ),
            )
    return with_python_numbers(schema, fit)
