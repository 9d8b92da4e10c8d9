"""What there is to say about a document and its last run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import part_of
from kerasviz.config.training import about_data, training_of
from kerasviz.kernel.payload import document_in
from kerasviz.kernel.requests.insight import samples_for
from kerasviz.protocol import JSON, KerasError, RequestError

if TYPE_CHECKING:
    from kerasviz.insight.hints.hintcache import HintCache
    from kerasviz.insight.hints.modelfacts import ModelFacts
    from kerasviz.insight.hints.runsituation import Situation
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.hints import Hints
    from kerasviz.training.seensamples import Seen


def hints(session: Session, payload: JSON, client: Client) -> Hints:
    """Asks each rule about the document as it stands, and about its last run."""
    from kerasviz.insight.hints.hintcache import HintCache
    from kerasviz.models.weightorigins import file_of

    if session.hint_cache is None:
        session.hint_cache = HintCache()
    document = document_in(payload)
    if payload.get("read") is True:
        samples_for(session, document)
    seen = _seen(session, session.hint_cache, document)
    is_new = session.worker.known is None and file_of(document) is None
    return session.hint_cache.hints(document, seen, _run(session), lambda: _model(session), is_new)


def _run(session: Session) -> tuple[str, Situation] | None:
    """The last run, as far as it has come; None where it has not begun, or nobody knows its document."""
    from kerasviz.insight.hints.trainedsituation import situation_of

    with session.lock:
        run = session.run
        if run is None or run.document is None:
            return None
        return run.id, situation_of(run.document, run, None)


def _model(session: Session) -> ModelFacts | None:
    """What the model of a run is that has ended: nobody else holds it meanwhile."""
    from kerasviz.insight.hints.modelfacts import facts_of

    if session.run is not None and session.run.kept:  # the model that it trained is not in this kernel
        return None

    def look() -> ModelFacts | None:
        model = session.worker.keeper().model
        return None if model is None else facts_of(model)

    return session.worker.call(look)


def _seen(session: Session, cache: HintCache, document: JSON) -> Seen | KerasError | None:
    """Samples of the data that a document names, where they were read already, or are in memory.

    Of arrays in memory that can't be taken it says why.
    """
    from kerasviz.insight.hints.readsamples import seen_in
    from kerasviz.insight.samples.samples import samples_of

    about, run = about_data(document), session.run
    arrays = _arrays(document)
    if arrays:

        def make() -> Seen | KerasError | None:
            try:
                return seen_in(samples_of(document, user_namespace(), session.worker.folder))
            except RequestError as error:
                return error.error

        return cache.seen(about, arrays, make)
    if run is not None and run.document is not None and about_data(run.document) == about:
        if run.seen is not None:
            return run.seen
    if session.samples is not None and session.samples[0][0] == about:
        samples = session.samples[1]
        return cache.seen(about, [samples], lambda: seen_in(samples))
    return None


def _arrays(document: JSON) -> list[object]:
    """The user's own arrays that a document is trained on, where they are in memory; nothing is read."""
    from kerasviz.data.arraylike import described, is_lazy

    chosen = training_of(document).get("data")
    config = part_of(chosen, "config") if isinstance(chosen, dict) else {}
    if not isinstance(chosen, dict) or chosen.get("class_name") != "arrays":
        return []
    variables = user_namespace()
    found = [variables.get(str(config.get(name))) for name in ("x", "y")]
    return found if all(described(each) and not is_lazy(each) for each in found) else []
