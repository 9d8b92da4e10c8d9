"""What pages ask: one line for each request, one module for each topic.

A handler takes the session, the payload and the client, and returns the payload of the reply; it may raise.
The table says which thread it runs on. Where that can't wait, it returns a `Future` of the payload.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, NamedTuple

from kerasviz.kernel.requests import (
    analysis,
    code,
    devices,
    embedding,
    epochs,
    hello,
    hints,
    insight,
    pictures,
    preparation,
    preview,
    questions,
    ratetest,
    results,
    runs,
    saving,
    sweeping,
    training,
    variables,
    why,
)
from kerasviz.kernel.threads import Thread
from kerasviz.protocol import JSON

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


class Request(NamedTuple):
    """How a request is answered.

    Attributes:
        handler: Answers it.
        thread: Where.
        before: Done at once where the message comes in, before the request waits for its turn. What it raises
            is the reply.
        around: What holds from the handler's start until the reply is sent, for a payload.
    """

    handler: Callable[[Session, JSON, Client], Any]
    thread: Thread
    before: Callable[[Session, JSON, Client], None] | None = None
    around: Callable[[JSON], AbstractContextManager[None]] | None = None


REQUESTS: Mapping[str, Request] = {
    "hello": Request(hello.hello, Thread.MESSAGE),
    "asset": Request(hello.asset, Thread.MESSAGE),
    "catalog": Request(hello.catalog, Thread.QUESTIONS),
    "analyze": Request(
        analysis.analyze, Thread.ANALYSIS, before=analysis.announce, around=analysis.undisturbed
    ),
    "fixes": Request(analysis.fixes, Thread.ANALYSIS),
    "apply_fix": Request(analysis.apply_fix, Thread.ANALYSIS),
    "code": Request(code.code, Thread.QUESTIONS),
    "cost": Request(questions.cost, Thread.QUESTIONS),
    "diagram": Request(questions.diagram, Thread.QUESTIONS),
    "schedule": Request(questions.schedule, Thread.QUESTIONS),
    "devices": Request(devices.devices, Thread.QUESTIONS),
    "fit_limits": Request(questions.fit_limits, Thread.QUESTIONS),
    "summary": Request(questions.summary, Thread.QUESTIONS),
    "train": Request(training.train, Thread.RUN, before=training.refuse_while_training),
    "warm_place": Request(training.warm_place, Thread.ANSWERS),
    "sweep": Request(sweeping.sweep, Thread.QUESTIONS, before=training.refuse_while_training),
    "end_sweep": Request(sweeping.end_sweep, Thread.MESSAGE),
    "rate_test": Request(ratetest.rate_test, Thread.RUN, before=training.refuse_while_training),
    "end_rate_test": Request(ratetest.end_rate_test, Thread.MESSAGE),
    "history": Request(training.history, Thread.MESSAGE),
    "control": Request(training.control, Thread.MESSAGE),
    "statistics": Request(training.statistics, Thread.ANSWERS),
    "adjustable": Request(training.adjustable, Thread.RUN),
    "runs": Request(runs.runs, Thread.ANSWERS),
    "take_runs": Request(runs.take_runs, Thread.ANSWERS),
    "leave_runs": Request(runs.leave_runs, Thread.ANSWERS),
    "run_control": Request(runs.run_control, Thread.ANSWERS),
    "run_curves": Request(runs.run_curves, Thread.ANSWERS),
    "run_change": Request(runs.run_change, Thread.ANSWERS),
    "run_difference": Request(runs.run_difference, Thread.ANSWERS),
    "run_document": Request(runs.run_document, Thread.ANSWERS),
    "run_export": Request(runs.run_export, Thread.ANSWERS),
    "run_code": Request(runs.run_code, Thread.QUESTIONS),
    "kept_epochs": Request(epochs.kept_epochs, Thread.ANSWERS),
    "go_back": Request(epochs.go_back, Thread.RUN, before=training.refuse_while_training),
    "undo_go_back": Request(epochs.undo_go_back, Thread.RUN, before=training.refuse_while_training),
    "arrays": Request(variables.arrays, Thread.ANSWERS),
    "models": Request(variables.models, Thread.ANSWERS),
    "open_model": Request(variables.open_model, Thread.RUN),
    "preview": Request(preview.preview, Thread.DATA, before=preview.announce),
    "class_weights": Request(preview.class_weights, Thread.DATA),
    "columns": Request(preview.columns, Thread.DATA),
    "first_model": Request(preparation.first_model, Thread.DATA),
    "prepare_in_model": Request(preparation.prepare_in_model, Thread.DATA),
    "sample": Request(insight.sample, Thread.DATA),
    "sample_form": Request(insight.sample_form, Thread.DATA),
    "probe": Request(insight.probe, Thread.RUN, before=insight.announce),
    "probe_layer": Request(insight.probe_layer, Thread.RUN),
    "why": Request(why.why, Thread.REASONS, before=why.announce),
    "end_why": Request(why.end_why, Thread.MESSAGE),
    "picture_code": Request(pictures.picture_code, Thread.RUN),
    "embedding": Request(embedding.embedding, Thread.REASONS, before=embedding.announce),
    "end_embedding": Request(embedding.end_embedding, Thread.MESSAGE),
    "look_away": Request(insight.look_away, Thread.DATA),
    "hints": Request(hints.hints, Thread.DATA),
    "evaluate": Request(results.evaluate, Thread.DATA, before=results.announce),
    "end_evaluation": Request(results.end_evaluation, Thread.MESSAGE),
    "result": Request(results.result, Thread.DATA),
    "formats": Request(saving.formats, Thread.ANSWERS),
    "save": Request(saving.save, Thread.RUN),
    "end_save": Request(saving.end_save, Thread.MESSAGE),
    "load_weights": Request(saving.load_weights, Thread.RUN, before=training.refuse_while_training),
    "weights": Request(saving.weights, Thread.QUESTIONS),
}
"""What pages may ask."""
