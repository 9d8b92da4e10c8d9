"""Samples as points in two dimensions, by what comes out of a layer for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar, cast

from kerasviz.execution.worker import DATA
from kerasviz.kernel.askedmoment import moment_in
from kerasviz.kernel.payload import count_in, document_in, string_in, strings_in
from kerasviz.kernel.requests.insight import looking_of, samples_for, trains
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.insight.embedding.embedding import OutputsOf
    from kerasviz.insight.samples.sampleparts import Part
    from kerasviz.insight.samples.samples import Samples
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.embedding import Embedding

Found = TypeVar("Found")


def announce(session: Session, payload: JSON, client: Client) -> None:
    """Ends older questions of this page."""
    client.embedding = payload


def end_embedding(session: Session, payload: JSON, client: Client) -> JSON:
    """Ends the question of this page, which is then refused."""
    client.embedding = None
    return {}


def embedding(session: Session, payload: JSON, client: Client) -> Embedding:
    """Places samples by what comes out of a layer."""
    from kerasviz.insight.embedding.embedding import Chosen, outputs_of, place, prepare, spread, told

    def go_on(share: float | None) -> None:
        if client.embedding is not payload:
            raise RequestError("overtaken", text("Stopped, or replaced by a newer request."))
        if share is not None:
            session.emit("embedding", {"share": share})

    go_on(None)
    document, method = document_in(payload), payload.get("method")
    part = cast("Part", string_in(payload, "part"))  # the data says which there are
    path, node = strings_in(payload, "path"), string_in(payload, "node")

    def load() -> Samples:
        prepare()
        return samples_for(session, document)

    samples = _asked(DATA.submit, load)
    indices = spread(samples, part, count_in(payload, "samples"))
    chosen = Chosen(part, indices, method if isinstance(method, dict) else None)

    def outputs() -> OutputsOf:
        keeper, moment = session.worker.keeper(), moment_in(session, payload)
        is_training = trains(session)
        source = looking_of(session).source(keeper, is_training, moment)
        return outputs_of(document, source, samples, chosen, (path, node), is_training or bool(moment), go_on)

    given = _asked(session.worker.submit, outputs)
    about = json.dumps([path, node, part, len(indices)])
    axes = client.axes[1] if client.axes is not None and client.axes[0] == about else None
    placed = place(given.outputs, chosen, axes, lambda: client.embedding is not payload)
    client.axes = None if placed.axes is None else (about, placed.axes)
    return told(document, placed, given, chosen, samples)


def _asked(submit: Callable[[Callable[[], None]], object], job: Callable[[], Found]) -> Found:
    """Does a job on another thread, and waits for it."""
    done: Future[Found] = Future()

    def do() -> None:
        try:
            done.set_result(job())
        except BaseException as error:  # a layer of the user's may raise SystemExit
            done.set_exception(error)

    submit(do)
    return done.result()
