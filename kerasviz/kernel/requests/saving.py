"""Models and weights in files."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from kerasviz.kernel.payload import document_in, string_in
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.failure import failure

if TYPE_CHECKING:
    from kerasviz.execution.modelexport import Exporting
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.files import Saved, SavingEvent, WeightOrigins


def formats(session: Session, payload: JSON, client: Client) -> JSON:
    """The formats that `save` writes, each with what this kernel lacks for it."""
    from dataclasses import asdict

    from kerasviz.storage import FORMATS, missing_for

    return {"formats": [{**asdict(format), "missing": missing_for(format)} for format in FORMATS]}


def save(session: Session, payload: JSON, client: Client) -> Saved | Future[Saved]:
    """Saves the model of a document; for another program in a process of its own, which tells its steps."""
    document, path = document_in(payload), string_in(payload, "path")
    keeper = session.worker.keeper()
    from kerasviz.execution.modelexport import Exporting  # late: Keras is imported with it
    from kerasviz.models.savetarget import target_in
    from kerasviz.storage.exports import EXPORTS

    target = target_in(keeper.folder, path)
    if target.end not in EXPORTS:
        return keeper.save(document, path)
    if path in session.exports:
        raise RequestError("export", text("{file} is just being written. Stop that first.", file=path))

    def tell() -> None:
        session.emit("saving", going(path, exporting))

    exporting = Exporting(document, keeper.model_to_save(document), target)
    session.exports[path] = exporting
    exporting.begin(tell)
    exporting.done.add_done_callback(lambda done: _end(session, path, done))
    return exporting.done


def going(path: str, exporting: Exporting) -> SavingEvent:
    """What is told of an export that goes on."""
    return {"path": path, "step": exporting.step, "saved": None, "error": None}


def _end(session: Session, path: str, done: Future[Saved]) -> None:
    error = done.exception()
    with session.lock:
        del session.exports[path]
        session.emit(
            "saving",
            {
                "path": path,
                "step": None,
                "saved": done.result() if error is None else None,
                "error": None if error is None else failure(error),
            },
        )


def end_save(session: Session, payload: JSON, client: Client) -> JSON:
    """Ends an export; where its file is there already, nothing is to be ended."""
    exporting = session.exports.get(string_in(payload, "path"))
    if exporting is not None:
        exporting.stop()
    return {}


def load_weights(session: Session, payload: JSON, client: Client) -> JSON:
    """Loads weights into a model as it is drawn."""
    return {"note": session.worker.keeper().load_weights(document_in(payload), string_in(payload, "file"))}


def weights(session: Session, payload: JSON, client: Client) -> WeightOrigins:
    """Where the layers of a document, as it is drawn, have their weights from."""
    from kerasviz.models.weightorigins import weight_origins

    known, folder = session.worker.known, session.worker.folder
    revision = payload.get("revision")
    if revision is None:
        return weight_origins(document_in(payload), known, folder)
    document = {"kerasviz": {"weights": payload.get("file")}}
    return weight_origins(document, known, folder, client.revisions.places(revision))
